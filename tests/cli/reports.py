"""Reports as XML, with the facts that a test says: the archive's tests start from them."""
import hashlib
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

POWERS = {"元": 0, "千元": 3, "万元": 4, "亿元": 8}
LINE_CHARACTERS = 40


class Fact:
    """A figure with a label; `raw` is printed, as “1200.50万元”, “98%” or “95分”."""
    def __init__(self, concept, label, raw, **attributes):
        number = raw.rstrip("元万千亿%分家")
        unit = raw[len(number):]
        self.concept, self.label, self.raw, self.attributes = concept, label, raw, attributes
        self.decimals = len(number.partition(".")[2])
        self.power = POWERS.get(unit, 0)
        self.kind = {"%": "percent", "分": "score", "家": "count"}.get(unit, "amount")
        self.unit = "元" if unit in POWERS else unit
        self.printed_unit = unit
        value = format(Decimal(number).scaleb(self.power), "f")
        self.value = value.rstrip("0").rstrip(".") if "." in value else value

    def xml(self, block, start):
        known = {"kind": self.kind, "value": self.value, "unit": self.unit, "qualifier": "exact",
                 "decimals": str(self.decimals), "printed-unit": self.printed_unit, "raw": self.raw,
                 "label": self.label, "concept": self.concept, "block": str(block),
                 "place": f"{start} {start + len(self.raw)}", "source": "text"}
        if self.power:
            known["unit-power"] = str(self.power)
        known.update(self.attributes)
        return "<fact " + " ".join(f"{k}={quoteattr(v)}" for k, v in known.items() if v) + "/>"


def lines(text, y):
    for at in range(0, len(text), LINE_CHARACTERS):
        part = text[at:at + LINE_CHARACTERS]
        xs = " ".join(str(72 + 10 * i) for i in range(len(part)))
        yield f'<line page="1" y="{y} {y + 10}" x="{xs}:{72 + 10 * len(part)}">{escape(part)}</line>'
        y += 12


def report(department, year, facts=(), paragraphs=(), doc_type="整体自评", subject=None, inferred=None,
           name=None, findings=(), checks=(), salt=""):
    """The XML of a Report. `paragraphs` are texts or (section title, text); `findings` are (rule,
    severity, message, fact index); `checks` are (rule, outcome, [(fact index, role)])."""
    blocks, sections, placed, at, y = [], [], [], 0, 60

    def add(kind, text):
        nonlocal at, y
        tag = f'<{kind} level="1" number="一、">' if kind == "heading" else f"<{kind}>"
        blocks.append(tag + "".join(lines(text, y)) + f"</{kind}>")
        y += 12 * (1 + len(text) // LINE_CHARACTERS) + 6
        at += len(text)

    for paragraph in paragraphs:
        if isinstance(paragraph, tuple):
            sections.append(f'<section code="{len(sections) + 1}" number="一、" title={quoteattr(paragraph[0])}'
                            f' level="1" page="1" block="{len(blocks)}"/>')
            add("heading", "一、" + paragraph[0])
            paragraph = paragraph[1]
        add("paragraph", paragraph)
    for fact in facts:
        placed.append(fact.xml(len(blocks), at + len(fact.label)))
        add("paragraph", fact.label + fact.raw)
    if not blocks:
        add("paragraph", "报告")
    identity = {"department": department, "year": str(year) if year else None, "doc-type": doc_type,
                "subject": subject, "inferred": inferred}
    head = " ".join(f"{k}={quoteattr(v)}" for k, v in identity.items() if v)
    sha256 = hashlib.sha256((head + salt + "".join(blocks) + "".join(placed)).encode()).hexdigest()
    name = name or f"{department}-{year}-{doc_type}.pdf"
    found = "".join(
        f'<finding rule="{rule}" severity="{severity}" certainty="proven" message={quoteattr(message)} place="0 0">'
        f'<member fact="{fact}" role="total"/></finding>' for rule, severity, message, fact in findings)
    checked = "".join(
        f'<check rule="{rule}" outcome="{outcome}">'
        + "".join(f'<member fact="{fact}" role="{role}"/>' for fact, role in members) + "</check>"
        for rule, outcome, members in checks)
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<report version="1" {head} patterns="00">'
            f'<document version="1" file={quoteattr(name)} sha256="{sha256}">'
            f'<page n="1" size="600 {max(842, y + 40)}"/>{"".join(blocks)}</document>'
            f'<sections>{"".join(sections)}</sections><tables/>'
            f'<facts>{"".join(placed)}</facts><numerals/><relations/>'
            f'<checks>{checked}</checks><findings>{found}</findings></report>')
