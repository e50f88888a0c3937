#!/usr/bin/python3
"""Real final accounts: every amount in a cell of a table is a fact with the unit of its table."""
import os
import re
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from decimal import Decimal

import support
from support import SHARED, gouji, needs_shared

AMOUNT = re.compile(r"-?\d[\d,]*\.\d\d")
# file, and the pages that have its tables of amounts
REPORTS = (("putuo-planning-2024-final-accounts", 7, 19),
           ("putuo-finance-2024-final-accounts", 6, 20))


def canonical(value):
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@needs_shared
class FinalAccounts(support.Case):
    def read(self, name):
        document = gouji("extract", os.path.join(SHARED, "reports", name + ".pdf")).stdout
        return ET.fromstring(document), ET.fromstring(gouji("normalize", stdin=document).stdout)

    def test_every_amount_of_a_cell(self):
        for name, *_ in REPORTS:
            with self.subTest(name):
                document, report = self.read(name)
                facts = {(f.get("table"), f.get("row"), f.get("column")): f
                         for f in report.find("facts") if f.get("table")}
                wrong, amounts = [], 0
                for index, table in enumerate(document.findall("table")):
                    for cell in table.iter("cell"):
                        text = "".join("".join(cell.itertext()).split())
                        if not AMOUNT.fullmatch(text):
                            continue
                        amounts += 1
                        fact = facts.get((str(index), cell.get("row"), cell.get("column")))
                        value = canonical(Decimal(text.replace(",", "")) * 10000)
                        found = fact is not None and (fact.get("kind"), fact.get("value"),
                                                      fact.get("unit"), fact.get("printed-unit"))
                        if found != ("amount", value, "元", "万元") or not fact.get("label"):
                            wrong.append(f"table {index} {cell.attrib} {text}: {found}")
                self.assertEqual(wrong, [])
                self.assertGreater(amounts, 190)

    def test_every_amount_that_is_printed(self):
        """By another program: what pdftotext sees on the pages of the tables."""
        for name, first, last in REPORTS:
            with self.subTest(name):
                path = os.path.join(SHARED, "reports", name + ".pdf")
                text = subprocess.run(["pdftotext", "-f", str(first), "-l", str(last), path, "-"],
                                      capture_output=True, text=True, check=True).stdout
                printed = Counter(line for line in text.split() if AMOUNT.fullmatch(line))
                _, report = self.read(name)
                facts = Counter(f.get("raw") for f in report.find("facts") if f.get("table"))
                self.assertEqual(printed - facts, Counter())

    def test_what_the_amounts_are(self):
        """A few cells, by hand from the pages: column path, row path, concept, year."""
        _, report = self.read(REPORTS[0][0])
        facts = [f for f in report.find("facts") if f.get("table")]

        def of(label):
            return [(f.get("raw"), f.get("concept"), f.get("period")) for f in facts
                    if f.get("label") == label]
        self.assertEqual(of("收入·决算数·一、一般公共预算财政拨款收入"), [("9746.50", None, "2024")])
        self.assertIn(("112.88", "年初结转", "2024"), of("收入·决算数·年初结转和结余"))
        self.assertEqual(of("财政拨款“三公”经费·合计·预算数"), [("2.85", "三公经费", "2024")])
        self.assertEqual(of("财政拨款“三公”经费·公务接待费·决算数"), [("0.39", None, "2024")])
        self.assertEqual(of("决算数·基本工资"), [("537.64", None, "2024")])
        self.assertIn(("54.53", None, "2024"), of("本年收入合计·行政单位离退休"))


if __name__ == "__main__":
    support.main()
