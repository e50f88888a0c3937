#!/usr/bin/python3
# quick
"""gouji extract: the tables of the samples, cell by cell, against the truth from their sources."""
import glob
import json
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter

import support
from support import SAMPLES, gouji

# Kangxi radicals fold under NFKC; these supplement radicals do not
RADICALS = str.maketrans("⻔⻋⻅⻆⻓⻘⻚⻛⻜⻢⻣⻥⻦⻨⻩⻬⻮⻰⺠⻉⺟⻄⻝⻒⻙⻤⻶⻗⻑⺫",
                         "门车见角长青页风飞马骨鱼鸟麦黄齐齿龙民贝母西食镸韦鬼瓜雨長目")


def folded(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(RADICALS))


def text_of(element):
    return folded("".join("" if element is None else "".join(element.itertext())))


def cells_found(table):
    return Counter((int(cell.get("row")), int(cell.get("column")), int(cell.get("rows", 1)),
                    int(cell.get("columns", 1)), text_of(cell)) for cell in table.iter("cell"))


def cells_wanted(table):
    return Counter((cell["row"], cell["col"], cell["row_span"], cell["col_span"],
                    folded(cell["text"])) for cell in table["cells"])


def head_found(table):
    unit = re.search(r"单位[:：](万元|元)", text_of(table.find("notes")))
    return {"page": int(table.get("page")), "last_page": int(table.get("last-page")),
            "rows": int(table.get("rows")), "columns": int(table.get("columns")),
            "header_rows": int(table.get("header-rows")),
            "caption": text_of(table.find("caption")), "unit": unit[1] if unit else ""}


class Tables(support.Case):
    def sample(self, truth):
        name = os.path.basename(os.path.dirname(truth)).removesuffix(".truth")
        with open(truth, encoding="utf8") as opened:
            wanted = json.load(opened)
        root = ET.fromstring(gouji("extract", os.path.join(SAMPLES, name + ".pdf")).stdout)
        return name, wanted, root.findall("table")

    def test_cells_of_the_samples(self):
        right = total = 0
        for truth in sorted(glob.glob(os.path.join(SAMPLES, "*.truth/tables.json"))):
            name, wanted, found = self.sample(truth)
            with self.subTest(name):
                self.assertEqual(len(found), len(wanted))
                for want, got in zip(wanted, found):
                    cells, truth_cells = cells_found(got), cells_wanted(want)
                    same = cells & truth_cells
                    right += 2 * same.total()
                    total += cells.total() + truth_cells.total()
                    missing, extra = truth_cells - same, cells - same
                    if missing or extra:
                        print(f"# {name} p{want['page']}: missing {sorted(missing)[:6]} "
                              f"extra {sorted(extra)[:6]}", file=sys.stderr)
        self.assertGreaterEqual(right / total, 0.995)

    def test_heads_of_the_samples(self):
        for truth in sorted(glob.glob(os.path.join(SAMPLES, "*.truth/tables.json"))):
            name, wanted, found = self.sample(truth)
            for want, got in zip(wanted, found):
                with self.subTest(f"{name} page {want['page']}"):
                    head = head_found(got)
                    self.assertEqual(head, {key: folded(want[key]) if isinstance(want[key], str)
                                            else want[key] for key in head})


if __name__ == "__main__":
    support.main()
