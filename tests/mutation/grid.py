"""Relations that a table states by its layout, derived from the grid of cells alone: codes that nest,
totals below and beside their parts, both sides of a statement, funds and their sources, rates,
trees of weights. What is derived must hold in the clean document; where it does not it is no
relation, and is told apart in `doubtful`."""
import re

from figure import Figure, NUMBER
from relation import FAIL, Relation, sums

CODE = re.compile(r"\d{2,7}")
CELL = re.compile(f"({NUMBER.pattern})(%?)")
NOTHING = re.compile(r"[-—－/／无]*")
ORDINAL = re.compile(r"[一二三四五六七八九十]+、")
TOTAL = re.compile(r"(本年|当年|本期)?(收入|支出)?(合计|小计|总计|总额)")
TOTAL_ROW = re.compile(r"[^、]{0,6}(合计|总计|汇总|总分|总数)|合计分值")
FUNDS = re.compile(r"(年度|项目|部门)?(资金|预算)?总额|总额|资金总额|年度预算总额")
WEIGHT, EARNED, RATE = re.compile("分值|权重"), re.compile("得分(?!率)|评分"), re.compile("执行率|完成率|到位率|支出率|支付率|得分率")
LEFT, GROWTH = re.compile("增减额|增加额|结余|差额|扣分$|增减$"), re.compile("增减率|增减幅|增长率|变动率|增幅|增减（%）|增减\\(%\\)")
SHARE_HOLDING = 0.8  # of the rows in which a layout must hold to be one


class Grid:
    def __init__(self, document, table):
        self.document, self.table = document, table
        self.relations, self.doubtful, self.known = [], [], {}
        self.name = table.caption or f"table {table.index + 1}"
        self.top, self.header = 0, 0
        self.header = next((row for row in range(table.rows) if any(
            CELL.fullmatch(self.text(row, column)) and not self.is_code(row, column)
            for column in range(table.columns))), table.rows)
        self.top = self.header

    def cell(self, row, column):
        return self.table.at.get((row, column))

    def text(self, row, column):
        cell = self.cell(row, column)
        return cell.text if cell else ""

    def is_code(self, row, column):
        """A code or a number of a row: digits alone under a header that says so."""
        return bool(re.fullmatch(r"\d{1,7}", self.text(row, column)) and
                    re.search("编码|编号|代码|序号|^类|^款|^项$|行次", self.title(row, column)))

    def title(self, row, column):
        """The words above a place: the nearest cell up the column that is no figure, with those of the
        rows above it where they head the table."""
        words = []
        for above in range(row - 1, -1, -1):
            cell = self.cell(above, column)
            if cell is None or cell.row != above:
                continue
            text = cell.text
            if CELL.fullmatch(text) or CODE.fullmatch(text) or NOTHING.fullmatch(text) or (
                    above >= self.top and TOTAL_ROW.fullmatch(text)):
                if words:
                    break
                continue
            words.append(text)
            if above >= self.top:
                break
        return "".join(reversed(words))

    def label(self, row, before=None):
        """The first words of a row."""
        for column in range(self.table.columns if before is None else before):
            text = self.text(row, column)
            cell = self.cell(row, column)
            if text and cell.row == row and not CELL.fullmatch(text) and not CODE.fullmatch(text):
                return text
        return ""

    def figure(self, row, column):
        """The figure of a cell, or None; one object for a merged cell."""
        cell = self.cell(row, column)
        if cell is None or not cell.lines or cell in self.known:
            return self.known.get(cell)
        match = CELL.fullmatch(cell.text)
        figure = None
        if match and not self.is_code(row, column):
            figure = self.read(cell, match)
        self.known[cell] = figure
        return figure

    def read(self, cell, match):
        title = self.title(cell.row, cell.column)
        start = cell.lines[0].start
        end = cell.lines[-1].end
        characters = self.document.characters
        while characters[start].isspace():
            start += 1
        while characters[end - 1].isspace() or characters[end - 1] in "%％":
            end -= 1
        words = title + self.table.notes + self.table.caption
        money = re.search("预算|执行|决算|资金|金额|支出|收入|下达", title) and any(
            "万元" in self.text(row, c) for row in range(cell.row + 1) for c in range(self.table.columns))
        if match[2] or re.search("率|占比|比例|%|幅度", title):
            kind, unit, power = "percent", "%", 0
        elif WEIGHT.search(title) or EARNED.search(title) or title.endswith("扣分"):
            kind, unit, power = "score", "分", 0
        elif re.search(r"（个|人|户|数\)|村", title) and "万元" not in title:
            kind, unit, power = "count", "", 0
        elif "万元" in words or money:
            kind, unit, power = "amount", "万元", 4
        elif "元" in self.table.notes:
            kind, unit, power = "amount", "元", 0
        else:
            kind, unit, power = "count", "", 0
        where = f"{self.name} [{cell.row},{cell.column}] {self.label(cell.row)}"
        figure = Figure(self.document, start, end, unit, kind, power, where)
        figure.grid, figure.cell = self, cell
        return figure

    def add(self, relation):
        printed = [f for f in relation.figures if f is not None]
        if len(printed) < 2 or any(f is None for f in relation.figures):
            return
        relation.rule = relation.rule or "table"
        (self.doubtful if relation.judge() == FAIL else self.relations).append(relation)

    def add_sum(self, total, parts, what):
        parts = [part for part in parts if part is not None]
        if total is not None and parts:
            self.add(sums(total, parts, f"{self.name}: {what}"))

    def add_layout(self, candidates):
        """Sums of one layout: they stand where most of them hold."""
        made = []
        for total, parts, what in candidates:
            parts = [part for part in parts if part is not None]
            if total is not None and parts:
                made.append(sums(total, parts, f"{self.name}: {what}"))
        holding = [relation for relation in made if relation.judge() != FAIL]
        if made and len(holding) >= SHARE_HOLDING * len(made) and any(r.figures[0].value for r in holding):
            for relation in made:
                self.add(relation)
            return True
        return False

    # Codes

    def sides(self):
        """Columns of a coded table: for each side its code columns and its value columns."""
        coded = [column for column in range(self.table.columns)
                 if sum(bool(CODE.fullmatch(self.text(row, column))) for row in range(self.table.rows)) >= 2
                 and re.search("编码|^类|款$|^项$|科目", self.title(self.first_code(column), column))]
        found = []
        for column in coded:
            if found and column == found[-1][0][-1] + 1:
                found[-1][0].append(column)
            else:
                found.append(([column], []))
        for i, (codes, values) in enumerate(found):
            last = found[i + 1][0][0] if i + 1 < len(found) else self.table.columns
            values += [column for column in range(codes[-1] + 1, last)]
        return found

    def first_code(self, column):
        return next(row for row in range(self.table.rows) if CODE.fullmatch(self.text(row, column)))

    def codes(self):
        for code_columns, values in self.sides():
            rows = {}
            for row in range(self.table.rows):
                digits = [self.text(row, column) for column in code_columns]
                code = ""
                for text in digits:
                    if not CODE.fullmatch(text):
                        break
                    code += text
                if len(code) in (3, 5, 7):
                    rows[code] = row
            for column in values:
                for code, row in rows.items():
                    below = [r for c, r in rows.items() if c.startswith(code) and len(c) == len(code) + 2]
                    self.add_sum(self.figure(row, column), [self.figure(r, column) for r in below],
                                 f"{code} column {column}")
                top = [row for code, row in rows.items() if len(code) == 3]
                for row in range(self.table.rows):
                    label = [self.text(row, c) for c in range(code_columns[0], column)]
                    if any(re.fullmatch("(人员经费|公用经费)?(合计|总计)", text) for text in label):
                        self.add_sum(self.figure(row, column), [self.figure(r, column) for r in top],
                                     f"{label[-1] or '合计'} column {column}")

    # Totals beside their parts

    def children(self, cell, first, last):
        """Header cells right below a header cell, or the top ones; blank ones are looked through."""
        row = 0 if cell is None else cell.row + cell.rows
        found, column = [], first
        while column < last:
            below = self.cell(row, column) if row < self.header else None
            if below is None:
                column += 1
                continue
            if not below.text:
                found += self.children(below, column, below.column + below.columns)
            else:
                found.append(below)
            column = below.column + below.columns
        return found

    def leaves(self, cell):
        """The columns that stand for a header cell: by measure (预算数 …) or ""."""
        below = self.children(cell, cell.column, cell.column + cell.columns)
        if not below:
            return {"": [cell.column]}
        subtotal = [child for child in below if TOTAL.fullmatch(child.text)]
        if subtotal:
            return self.leaves(subtotal[0])
        if all(re.fullmatch(".*(预算|决算|执行|完成)数", child.text) for child in below):
            return {child.text: [child.column] for child in below}
        merged = {}
        for child in below:
            for measure, columns in self.leaves(child).items():
                merged.setdefault(measure, []).extend(columns)
        return merged

    def across(self, parent=None, first=0, last=None):
        last = self.table.columns if last is None else last
        nodes = self.children(parent, first, last)
        for i, node in enumerate(nodes):
            if TOTAL.fullmatch(node.text):
                self.across_total(node, nodes[i + 1:])
            if node.row + node.rows < self.header:
                self.across(node, node.column, node.column + node.columns)

    def across_total(self, node, siblings):
        parts = []
        for sibling in siblings:
            if TOTAL.fullmatch(sibling.text):
                break
            if sibling.text == "其中":
                parts += self.children(sibling, sibling.column, sibling.column + sibling.columns)
            else:
                parts.append(sibling)
        for measure, (column, *_) in self.leaves(node).items():
            for n in range(len(parts), 1, -1):
                columns = [c for part in parts[:n] for c in self.leaves(part).get(measure, [])]
                if columns and self.add_layout([
                        (self.figure(row, column), [self.figure(row, c) for c in columns],
                         f"{node.text}{measure} across, row {row}")
                        for row in range(self.header, self.table.rows)]):
                    break

    # Statements of two sides

    def statement(self):
        labels = [column for column in range(self.table.columns)
                  if sum(bool(ORDINAL.match(self.text(row, column))) for row in range(self.table.rows)) >= 2]
        grand = []
        for i, column in enumerate(labels):
            last = labels[i + 1] if i + 1 < len(labels) else self.table.columns
            for values in range(column + 1, last):
                if "行次" not in self.title(self.header, values):
                    grand.append(self.side(column, values))
        grand = [figure for figure in grand if figure is not None]
        if len(labels) == 2 and len(grand) >= 2:
            self.add(Relation("same", [(figure, "same", 1) for figure in grand[:2]], f"{self.name}: 总计"))

    def side(self, labels, column):
        """Totals of one side; gives its grand total."""
        numbered, top, heads, seen_total = [], [], [], False
        for row in range(self.header, self.table.rows):
            text, figure = self.text(row, labels), self.figure(row, column)
            if re.fullmatch("(收入|支出)?总计|合计", text) and seen_total:
                self.add_sum(figure, top, f"{text} column {column}")
                for head, below in heads:
                    self.add_sum(head, below, f"carried column {column}")
                return figure
            if re.fullmatch("(本年|当年)(收入|支出)(合计)?", text):
                self.add_sum(figure, numbered, f"{text} column {column}")
                top, seen_total = [figure], True
            elif ORDINAL.match(text):
                (heads[-1][1] if heads else numbered).append(figure)
            elif text and seen_total:
                top.append(figure)
                heads.append((figure, []))
        return None

    # Plain lists, funds

    def lists(self):
        """A row of totals below or above a list."""
        if self.sides():
            return
        for row in range(self.header, self.table.rows):
            if not TOTAL_ROW.fullmatch(self.label(row)):
                continue
            for column in range(self.table.columns):
                total = self.figure(row, column)
                if total is None or total.kind == "percent":
                    continue
                for rows in (range(row - 1, self.header - 1, -1), range(row + 1, self.table.rows)):
                    if self.list_of(total, rows, column):
                        break

    def list_of(self, total, rows, column):
        parts = []
        for row in rows:
            figure = self.figure(row, column)
            if figure is not None and figure.kind == total.kind and figure not in parts:
                parts.append(figure)
            elif self.text(row, column) and figure is None and WEIGHT.search(self.text(row, column)):
                # the table above has the points for execution
                self.list_with_execution(total, parts, column)
                return True
        if len(parts) > 1 and sums(total, parts, "").judge() != FAIL:
            self.add_sum(total, parts, f"{self.label(total.cell.row)} column {column}")
            return True
        return self.list_with_execution(total, parts, column)

    def list_with_execution(self, total, parts, column):
        scores = [self.figure(cell.row, cell.column) for cell in self.table.cells
                  if cell.row < total.cell.row and self.figure(cell.row, cell.column) is not None]
        for extra in [None] + [f for f in scores if f.kind == "score" and f not in parts and f.worth <= 20]:
            chosen = parts + ([extra] if extra else [])
            if len(chosen) > 1 and sums(total, chosen, "").judge() == "pass":
                self.add_sum(total, chosen, f"{self.label(total.cell.row)} column {column}")
                return True
        return False

    def funds(self):
        for row in range(self.table.rows):
            if any(FUNDS.fullmatch(self.text(row, c)) for c in range(min(4, self.table.columns))):
                self.fund_groups(row)

    def fund_groups(self, row):
        groups = []
        for below in range(row + 1, self.table.rows):
            words = [self.text(below, c) for c in range(self.table.columns)
                     if self.cell(below, c).row == below and re.match(r"\D", self.text(below, c))]
            if not words or not any(self.figure(below, c) for c in range(self.table.columns)):
                break
            if words[0].startswith("其中") or not groups:
                groups.append([])
            groups[-1].append(below)
        for rows in groups:
            self.add_layout([(self.figure(row, c), [self.figure(r, c) for r in rows], f"funds column {c}")
                             for c in range(self.table.columns)
                             if self.figure(row, c) is not None and self.figure(row, c).kind == "amount"
                             and self.cell(row, c).column == c])

    # Rates, weights

    def rates(self):
        for column in range(self.table.columns):
            rows = [row for row in range(self.table.rows) if self.figure(row, column) is not None
                    and self.figure(row, column).kind == "percent" and RATE.search(self.title(row, column))
                    and self.cell(row, column).column == column and self.cell(row, column).row == row]
            pairs = self.rate_columns(rows, column)
            for row in rows if pairs else ():
                self.add(self.rate(row, column, *pairs))
            for row in rows:
                self.points(row, column)

    def rate(self, row, column, numerator, denominator):
        figures = [self.figure(row, c) for c in (numerator, denominator, column)]
        return Relation("ratio", list(zip(figures, ("numerator", "denominator", "rate"), (1, 1, 1))),
                        f"{self.name}: rate of row {row}")

    def rate_columns(self, rows, column):
        """The two columns whose quotient is the rate in every row; of several the latest budget."""
        if not rows:
            return None
        kinds = ("score",) if "得分率" in self.title(rows[0], column) else ("amount", "count")
        amounts = self.full_columns(rows, kinds)
        fitting = [(n, d) for n in amounts for d in amounts if n != d and all(
            self.rate(row, column, n, d).judge() != FAIL for row in rows)]
        return max(fitting, key=lambda pair: (pair[1] < pair[0], pair[1]), default=None)

    def full_columns(self, rows, kinds):
        return [c for c in range(self.table.columns) if all(
            self.figure(row, c) is not None and self.figure(row, c).kind in kinds
            and self.cell(row, c).column == c for row in rows)]

    def columns_of_changes(self):
        """Columns that are the difference of two others, or their growth, in every row."""
        for column in range(self.table.columns):
            rows = [row for row in range(self.header, self.table.rows) if self.figure(row, column) is not None
                    and self.cell(row, column).column == column and self.cell(row, column).row == row]
            title = self.title(rows[0], column) if rows else ""
            growth = bool(GROWTH.search(title))
            if len(rows) < 2 or not (growth or LEFT.search(title)):
                continue
            pairs = [(a, b) for a in range(self.table.columns) for b in range(self.table.columns)
                     if column not in (a, b) and a != b]
            fitting = [pair for pair in pairs if self.changes_hold(rows, *pair, column, growth)]
            for row in rows if fitting else ():
                self.add(self.change(row, *fitting[0], column, growth))

    def change(self, row, this, last, column, growth):
        a, b, c = (self.figure(row, x) for x in (this, last, column))
        what = f"{self.name}: change in row {row}"
        if growth:
            return Relation("growth", [(a, "this", 1), (b, "last", 1), (c, "rate", 1)], what)
        return sums(a, [b, c], what)

    def changes_hold(self, rows, this, last, column, growth):
        kinds = {self.figure(row, column).kind for row in rows}
        for row in rows:
            a, b = self.figure(row, this), self.figure(row, last)
            if a is None or b is None or a.kind != b.kind or a.kind == "percent" or not growth and a.kind not in kinds:
                return False
            if growth and b.value == 0 or self.change(row, this, last, column, growth).judge() == FAIL:
                return False
        return True

    def points(self, row, column):
        """Points for execution: weight × rate."""
        scores = [self.figure(row, c) for c in range(self.table.columns)
                  if self.figure(row, c) is not None and self.figure(row, c).kind == "score"]
        weight = [f for f in scores if WEIGHT.search(self.title(row, f.cell.column))]
        earned = [f for f in scores if f not in weight]
        if len(weight) == 1 and len(earned) == 1:
            self.add(Relation("product", [(weight[0], "weight", 1), (self.figure(row, column), "rate", 1),
                                          (earned[0], "earned", 1)], f"{self.name}: points for execution"))

    def weights(self):
        """Each merged weight is the sum of those in the next column of weights."""
        columns = [c for c in range(self.table.columns) if sum(
            self.figure(row, c) is not None and bool(WEIGHT.search(self.title(row, c)))
            for row in range(self.table.rows)) >= 2]
        for left, right in zip(columns, columns[1:]):
            for cell in {self.cell(row, left) for row in range(self.header, self.table.rows)}:
                if cell.rows < 2 or self.known.get(cell) is None:
                    continue
                parts = []
                for row in range(cell.row, cell.row + cell.rows):
                    part = self.figure(row, right)
                    if part is not None and part not in parts:
                        parts.append(part)
                self.add_sum(self.known[cell], parts, f"weights below [{cell.row},{cell.column}]")
        self.bounds(columns)

    def bounds(self, weights):
        for row in range(self.header, self.table.rows):
            earned = [self.figure(row, c) for c in range(self.table.columns)
                      if self.figure(row, c) is not None and self.figure(row, c).kind == "score"
                      and not WEIGHT.search(self.title(row, c))]
            weight = [self.figure(row, c) for c in weights if self.figure(row, c) is not None]
            if len(earned) == 1 and weight:
                self.add(Relation("bound", [(earned[0], "earned", 1), (weight[-1], "weight", 1)],
                                  f"{self.name}: row {row} earned within weight"))

    def derive(self):
        self.codes()
        if self.header < self.table.rows:
            self.across()
        self.statement()
        self.lists()
        self.funds()
        self.rates()
        self.columns_of_changes()
        self.weights()
        return self


def find(grids, *words, without=()):
    return next((g for g in grids if all(w in g.name for w in words) and not any(w in g.name for w in without)), None)


def lookup(grid, row_label, title):
    """The figure in the row of a label and the column of a title (its last words)."""
    if grid is None:
        return None
    for row in range(grid.header, grid.table.rows):
        for column in range(grid.table.columns):
            if re.sub(ORDINAL, "", grid.text(row, column)) == row_label:
                for right in range(column + 1, grid.table.columns):
                    if grid.figure(row, right) is not None and grid.title(row, right).endswith(title):
                        return grid.figure(row, right)
    return None


def across_tables(grids):
    """What final accounts print in more than one table."""
    found = []
    overall, income = find(grids, "收入支出决算总表", without=("财政拨款",)), find(grids, "收入决算表")
    spending = find(grids, "支出决算表", without=("财政拨款",))
    grants = find(grids, "财政拨款收入支出决算总表")
    general = find(grids, "一般公共预算财政拨款支出决算表")
    pairs = [((overall, "本年收入合计", ""), (income, "合计", "本年收入合计")),
             ((overall, "本年支出合计", ""), (spending, "合计", "本年支出合计")),
             ((grants, "本年收入合计", ""), (income, "合计", "财政拨款收入")),
             ((grants, "本年支出合计", "一般公共预算财政拨款"), (general, "合计", "计"))]
    for totals, classes, title in ((overall, spending, ""), (grants, general, "一般公共预算财政拨款")):
        for row in range(totals.header if totals else 0, totals.table.rows if totals else 0):
            for column in range(totals.table.columns):
                text = totals.text(row, column)
                if ORDINAL.match(text) and text.endswith("支出"):
                    name = re.sub(ORDINAL, "", text)
                    pairs.append(((totals, name, title), (classes, name, "计")))
    for first, second in pairs:
        a, b = lookup(*first), lookup(*second)
        if a is not None and b is not None:
            relation = Relation("same", [(a, "same", 1), (b, "same", 1)], f"{a.where} in {b.grid.name}", "tables")
            found.append(relation)
    return found
