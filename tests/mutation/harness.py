"""The mutation harness: clean documents, their relations, every figure changed in eight ways, and what
gouji makes of each. See tests/bench/mutation.py for how to run it."""
import glob
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)),
                os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "cli")]
import support  # noqa: E402
from change import NAMES, changes, expected  # noqa: E402
from document import Document, folded  # noqa: E402
from figure import NUMBER, read  # noqa: E402
from grid import Grid, across_tables  # noqa: E402
from relation import FAIL, INEQUALITIES  # noqa: E402
from statement import Statements, table as table_of  # noqa: E402

FOLDER = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("GOUJI_SOURCE", os.path.dirname(os.path.dirname(FOLDER)))
GOUJI = os.path.abspath(os.environ.get("GOUJI", os.path.join(SOURCE, "build", "gouji")))
SHARED = os.environ.get("GOUJI_SHARED")
NORMALIZER = os.path.join(os.path.dirname(GOUJI), "tests", "normalizer")


RIGHT = table_of(FOLDER, "right")


class Reading:
    """What matters of a Report: facts by place, checks, findings."""

    def __init__(self, xml):
        root = ET.fromstring(xml)
        self.places = [tuple(map(int, fact.get("place").split())) for fact in root.find("facts")]
        self.findings = [Found(element, self.places) for element in root.find("findings")]
        self.checks = [(element.get("outcome"), [self.places[int(m.get("fact"))] for m in element])
                       for element in root.find("checks")]

    def loud(self):
        return [f for f in self.findings if f.severity in ("error", "warning")]


class Found:
    def __init__(self, element, places):
        self.rule, self.severity = element.get("rule"), element.get("severity")
        self.message, self.explanation = element.get("message"), element.get("explanation")
        self.places = [places[int(member.get("fact"))] for member in element]
        self.evidence = element.get("evidence")

    def has(self, start, end):
        return any(a < end and start < b for a, b in self.places)

    def key(self):
        """The same finding in a document where pages and places stay and figures change."""
        return self.rule, self.message


class Normalizer:
    """The stage in a process of its own that loads the patterns once."""

    def __init__(self):
        self.process = subprocess.Popen([NORMALIZER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self, xml):
        data = xml.encode()
        self.process.stdin.write(b"%d\n" % len(data) + data)
        self.process.stdin.flush()
        length = int(self.process.stdout.readline())
        assert length, "the normalizer refused a document"
        return Reading(self.process.stdout.read(length))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Clean:
    """A document with its relations, as derived without the program."""

    def __init__(self, name, xml, truth=None, listed=None):
        self.name = name
        self.document = Document(name, xml)
        grids = [Grid(self.document, table).derive() for table in self.document.tables]
        self.statements = Statements(self.document, grids)
        if truth:
            self.statements.sample(truth)
        if listed:
            self.statements.listed(listed)
        relations = [r for grid in grids for r in grid.relations]
        relations += [r for r in across_tables(grids) if r.judge() != FAIL] + self.statements.relations
        self.relations = list({r.key(): r for r in relations}.values())
        producer = re.search('producer="([^"]*)"', xml[:2000])
        self.producer = producer.group(1) if producer else TEXT
        self.figures = []
        for relation in self.relations:
            for figure in relation.figures:
                if figure not in self.figures:
                    self.figures.append(figure)
                if relation not in figure.relations:
                    figure.relations.append(relation)

    def alarms(self):
        """Errors and warnings about the unchanged document that are not known to be right."""
        return [f for f in self.base.loud() if not any(
            row["document"] == self.name and re.fullmatch(row["rule"], f.rule)
            and row["words"] in f.message + (f.evidence or "") for row in RIGHT)]

    def start(self, normalizer):
        """Reads the unchanged document; figures that it already complains about are left out."""
        self.base = normalizer.read(self.document.xml)
        known = self.base.loud()
        self.known = {f.key() for f in self.base.findings}
        self.changed = [f for f in self.figures if not any(k.has(f.start, f.end) for k in known)]
        return self


def confirmed(figure, failing):
    """Whether another relation or another place says what the figure was: two relations of different
    figures fail without it, or the same figure stands elsewhere."""
    solid = [r for r in failing if r.kind not in INEQUALITIES and r.kind != "count"]
    if any(r.kind == "same" for r in solid):
        return True
    others = [frozenset(f.start for f in r.figures if f is not figure) for r in solid]
    return len(set(others)) >= 2


SINGLE = re.compile(r"^([^；。]*?)应为([^，。；（]*)")


class Outcome:
    """One change and what came of it."""

    def __init__(self, clean, change, want, failing, reading):
        self.clean, self.change, self.want, self.failing = clean, change, want, failing
        figure = change.figure
        shift = len(change.text) - (change.end - change.start)
        new = [f for f in reading.findings if f.key() not in clean.known]
        if change.value is None:
            targets = [self.moved(f, change, shift) for r in failing for f in r.figures if f is not figure]
        elif change.way == "unit" and not hasattr(figure, "grid"):
            targets = [(figure.start, figure.end)]
        else:
            targets = [(figure.start, figure.end + shift)]
        self.findings = [f for f in new if any(f.has(*target) for target in targets)]
        self.found = bool(self.findings)
        self.loud = [f for f in self.findings if f.severity in ("error", "warning")]
        outcomes = {outcome for outcome, places in reading.checks for target in targets
                    if any(a < target[1] and target[0] < b for a, b in places)}
        self.related = bool(outcomes)
        self.rounding = "rounding" in outcomes
        self.confirmed = change.value is not None and confirmed(figure, failing)
        self.named = self.names()

    @staticmethod
    def moved(figure, change, shift):
        if figure.start < change.start:
            return figure.start, figure.end
        return figure.start + shift, figure.end + shift

    def names(self):
        """right: the explanation names the true value of the figure alone; wrong: it names another alone;
        none: it names nothing alone."""
        single = [f.explanation for f in self.findings if f.explanation and "可能" not in f.explanation
                  and "应为" in f.explanation]
        if not single:
            return "none"
        for explanation in single:
            match = SINGLE.match(explanation)
            if match and self.is_true(folded(match.group(2))):
                return "right"
        return "wrong"

    def is_true(self, text):
        """Whether the text is the figure as it was, whatever the unit it is said in."""
        figure, number = self.change.figure, NUMBER.match(text)
        if not number:
            return False
        value, _ = read(number.group())
        scale = 8 if "亿" in text else 4 if "万" in text else 0
        return value.scaleb(scale) == figure.worth or value == figure.value and figure.kind != "amount"

    @property
    def good(self):
        if self.want == "fail":
            return self.found
        return self.rounding and not self.loud


def run(cleans, normalizer, choose=lambda i: True):
    """All chosen changes of all figures."""
    results, i = [], 0
    for clean in cleans:
        clean.start(normalizer)
        for figure in clean.changed:
            for change in changes(figure, clean.figures):
                want, failing = expected(change)
                if want is None:
                    continue
                i += 1
                if choose(i):
                    results.append(Outcome(clean, change, want, failing, normalizer.read(change.xml())))
    return results


TEXT = "plain text"
CLEAN = ("culture-2022", "library-project-2022", "forestry-project-2023", "health-score-2023",
         "water-accounts-2022", "rural-transfer-2022")


def extracted(pdf):
    return subprocess.run([GOUJI, "extract", pdf], capture_output=True, text=True, check=True).stdout


def whole(path):
    with open(path, encoding="utf8") as opened:
        return opened.read()


def samples():
    """The clean samples."""
    for name in CLEAN:
        path = os.path.join(SOURCE, "samples", name)
        yield Clean(name, extracted(path + ".pdf"), truth=path + ".truth")


def texts():
    """Documents of plain text in other wordings, with their relations behind them."""
    for path in sorted(glob.glob(os.path.join(FOLDER, "texts", "*.txt"))):
        text, _, listed = whole(path).partition("\nrelations\n")
        yield Clean(os.path.basename(path)[:-4], support.document(text), listed=listed)


def real():
    """Real final accounts of the shared corpora, where they are beside the checkout."""
    for department in ("planning", "finance") if SHARED else ():
        pdf = os.path.join(SHARED, "reports", f"putuo-{department}-2024-final-accounts.pdf")
        yield Clean(f"putuo-{department}", extracted(pdf), listed=whole(os.path.join(FOLDER, f"putuo-{department}.tsv")))


def share(part, whole):
    return f"{part}/{whole} = {100 * part / whole:.1f} %" if whole else "–"


def table(cleans, results, out=print):
    out(f"{'document':<24}{'producer':<22}{'relations':>10}{'figures':>9}{'changes':>9}{'found':>18}")
    for clean in cleans:
        mine = [r for r in results if r.clean.name == clean.name and r.want == "fail"]
        found = sum(r.found for r in mine)
        out(f"{clean.name:<24}{clean.producer[:20]:<22}{len(clean.relations):>10}{len(clean.changed):>9}"
            f"{sum(r.clean.name == clean.name for r in results):>9}{share(found, len(mine)):>22}")
    out("")
    beyond = [r for r in results if r.want == "fail"]
    for way, words in NAMES.items():
        mine = [r for r in beyond if r.change.way == way]
        out(f"  {words:<26}{share(sum(r.found for r in mine), len(mine)):>24}")
    inside = [r for r in results if r.want == "rounding"]
    sure = [r for r in beyond if r.confirmed and r.found]
    unsure = [r for r in beyond if not r.confirmed and r.found and r.change.value is not None]
    out("")
    for words, text in (("in typeset reports", False), ("in plain texts", True)):
        mine = [r for r in beyond if (r.clean.producer == TEXT) == text]
        out(f"  {words:<34}{share(sum(r.found for r in mine), len(mine))}")
    out(f"  beyond the envelope, found        {share(sum(r.found for r in beyond), len(beyond))}")
    out(f"  inside the envelope, rounding     {share(sum(r.good for r in inside), len(inside))}")
    out(f"  confirmed, true value named       {share(sum(r.named == 'right' for r in sure), len(sure))}"
        f", another named {sum(r.named == 'wrong' for r in sure)}")
    out(f"  confirmed by none known here      {len(unsure)}: true value named {sum(r.named == 'right' for r in unsure)}"
        f", another named {sum(r.named == 'wrong' for r in unsure)}")
    loud = sum(len(clean.base.loud()) for clean in cleans)
    alarms = [(clean, f) for clean in cleans for f in clean.alarms()]
    out(f"  unchanged documents: {loud - len(alarms)} findings that are right, {len(alarms)} false alarms")
    for clean, finding in alarms:
        out(f"    {clean.name} {finding.rule} {finding.severity} {finding.message}")


def misses(results, out=print):
    """What was not found, by document and figure; the relations it should have broken, each once."""
    groups, kinds, told = defaultdict(list), Counter(), {}
    for r in results:
        if not r.good:
            groups[r.clean.name, r.change.figure].append(r)
    for (name, figure), outcomes in groups.items():
        if all(o.want == "rounding" for o in outcomes):
            why = "inside: " + ("loud " + outcomes[0].loud[0].rule if outcomes[0].loud else "no rounding")
        else:
            why = "related, not found" if any(o.related for o in outcomes) else "in no relation"
        kinds[name, why] += len(outcomes)
        ways = ", ".join(f"{o.change.way} {o.change.text or 'nothing'}" for o in outcomes)
        for relation in {r for o in outcomes for r in o.failing}:
            told.setdefault((name, why, relation), []).append(f"{figure.text}{figure.unit} ({ways})")
    for (name, why, relation), figures in told.items():
        out(f"{name} p{relation.figures[0].page} {why}: {relation.rule} {relation!r} "
            f"{' '.join(f.text for f in relation.figures)}")
        out("      " + "; ".join(figures))
    for (name, why), n in kinds.items():
        out(f"{n:>6} {name} {why}")


def names(results, out=print):
    """Explanations that name a value alone and should not, or the wrong one."""
    for r in results:
        if r.want == "fail" and (r.named == "wrong" or r.named == "right" and not r.confirmed):
            for finding in r.findings:
                if finding.explanation and "可能" not in finding.explanation:
                    out(f"{r.named} {r.clean.name} {r.change!r}: {finding.rule} {finding.explanation}")


def unnamed(results, out=print):
    """What two relations or another place confirm, and yet no explanation names alone."""
    for r in results:
        if r.want == "fail" and r.confirmed and r.found and r.named == "none":
            out(f"{r.clean.name} {r.change!r}")
            for relation in r.failing:
                out(f"      {relation.rule} {relation!r} {' '.join(f.text for f in relation.figures)}")
            for finding in r.findings:
                out(f"   {finding.rule} {finding.message} — {finding.explanation}")
