"""Relations between figures, and what holds: the rules of ARCHITECTURE.md, “How figures are
compared”, written a second time in exact decimals and without a look at the program's."""
from collections import Counter
from decimal import Decimal, ROUND_HALF_UP, getcontext
from fractions import Fraction

getcontext().prec = 60
PASS, ROUNDING, FAIL = "pass", "rounding", "fail"


class Operand:
    """A figure's numbers, apart from it, so that others can be tried."""

    def __init__(self, value, decimals, figure):
        self.value, self.power = value.scaleb(figure.power), figure.power
        self.exponent, self.exact = figure.power - decimals, figure.exact and decimals <= figure.decimals
        self.kind = figure.kind

    def half(self, exponent=None):
        if self.exact:
            return Fraction(0)
        return Fraction(10) ** min(self.exponent, self.exponent if exponent is None else exponent) / 2


def usual(operands):
    """The last place usual among figures that are no exact ones: the mode, the finer of two."""
    counts = Counter(operand.exponent for operand in operands if not operand.exact)
    return min((-n, exponent) for exponent, n in counts.items())[1] if counts else None


def near(difference, envelope):
    if difference == 0:
        return PASS
    return ROUNDING if abs(difference) <= envelope else FAIL


def rounded(value, decimals):
    """A fraction to decimals, half up, as a fraction."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Fraction(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


class Relation:
    """`kind` says what must hold of `members`, each a figure, its role and its sign."""

    def __init__(self, kind, members, what, rule=None, counted=None, partial=False):
        self.kind, self.members, self.what, self.rule = kind, members, what, rule
        self.counted, self.partial = counted, partial
        self.figures = [figure for figure, _, _ in members]

    def __repr__(self):
        return f"{self.kind} {self.what}"

    def key(self):
        return self.kind, tuple((figure.start, role) for figure, role, _ in self.members)

    def judge(self, tried=None):
        """pass, rounding or fail; `tried` is a figure and the value and decimals to try for it, or None
        for a figure that is gone."""
        operands = []
        for figure, role, sign in self.members:
            value, decimals = figure.value, figure.decimals
            if tried is not None and tried[0] is figure:
                if tried[1] is None:
                    continue
                value, decimals = tried[1:]
            operands.append((Operand(value, decimals, figure), role, sign))
        return getattr(self, self.kind)(operands)

    @staticmethod
    def one(operands, role):
        return next((operand for operand, r, _ in operands if r == role), None)

    def sum(self, operands):
        place = usual([operand for operand, _, _ in operands])
        difference, envelope = Fraction(0), Fraction(0)
        for operand, role, sign in operands:
            difference += Fraction(operand.value) * (sign if role == "total" else -sign)
            envelope += operand.half(place)
        return near(difference, envelope)

    def same(self, operands):
        place = usual([operand for operand, _, _ in operands])
        worst = PASS
        for a, _, _ in operands:
            for b, _, _ in operands:
                outcome = near(Fraction(a.value - b.value), a.half(place) + b.half(place))
                worst = max(worst, outcome, key=[PASS, ROUNDING, FAIL].index)
        return worst

    def ratio(self, operands):
        numerator, denominator, rate = (self.one(operands, r) for r in ("numerator", "denominator", "rate"))
        if denominator.value == 0:
            return PASS if rate.value == 0 and numerator.value == 0 else FAIL
        place = usual([numerator, denominator])
        return self.percent(numerator, denominator, rate, place, rate)

    @staticmethod
    def percent(numerator, denominator, rate, place, printed, sign=1):
        n, d = Fraction(numerator.value) * sign, Fraction(denominator.value)
        hn, hd = numerator.half(place), denominator.half(place)
        decimals = max(0, -printed.exponent)
        corners = [100 * (n + a) / (d + b) for a in (-hn, hn) for b in (-hd, hd) if d + b != 0]
        unit = Fraction(1, 10 ** decimals)
        low, high = rounded(min(corners), decimals), rounded(max(corners), decimals)
        value = Fraction(rate.value)
        if value == rounded(100 * n / d, decimals):
            return PASS
        return ROUNDING if low - unit <= value <= high + unit else FAIL

    def growth(self, operands):
        """rate = change ÷ last; last may be this − change, change this − last. Words carry the sign, so
        size is compared; a printed minus is no size."""
        this, last, change, rate = (self.one(operands, r) for r in ("this", "last", "change", "rate"))
        sign = next(sign for _, role, sign in operands if role in ("change", "rate"))
        place = usual([o for o in (this, last, change) if o])
        if change is None:
            n, hn = Fraction(this.value - last.value) * sign, this.half(place) + last.half(place)
        else:
            n, hn = Fraction(change.value), change.half(place)
        if last is None:
            d, hd = Fraction(this.value) - sign * n, this.half(place) + change.half(place)
        else:
            d, hd = Fraction(last.value), last.half(place)
        if d == 0:
            return FAIL
        decimals = max(0, -rate.exponent)
        corners = [100 * (n + a) / (d + b) for a in (-hn, hn) for b in (-hd, hd) if d + b != 0]
        unit = Fraction(1, 10 ** decimals)
        if Fraction(rate.value) == rounded(100 * n / d, decimals):
            return PASS
        low, high = rounded(min(corners), decimals) - unit, rounded(max(corners), decimals) + unit
        return ROUNDING if low <= Fraction(rate.value) <= high else FAIL

    def difference(self, operands):
        this, last, change = (self.one(operands, r) for r in ("this", "last", "change"))
        sign = next(sign for _, role, sign in operands if role == "change")
        place = usual([this, last, change])
        return near(Fraction(this.value - last.value - sign * change.value),
                    this.half(place) + last.half(place) + change.half(place))

    def deduction(self, operands):
        weight, earned = self.one(operands, "weight"), self.one(operands, "earned")
        deducted = sum((operand.value for operand, role, _ in operands if role == "deducted"), Decimal(0))
        return near(Fraction(weight.value - earned.value - deducted), 0)

    def product(self, operands):
        """A score that a rate gave; what is rounded may be off by the 0.05 that RULES grants."""
        weight, rate, earned = (self.one(operands, r) for r in ("weight", "rate", "earned"))
        exact = Fraction(weight.value) * min(Fraction(rate.value), 100) / 100
        difference = abs(exact - Fraction(earned.value))
        if difference <= Fraction(10) ** earned.exponent / 2:
            return PASS
        return ROUNDING if difference <= Fraction(5, 100) else FAIL

    def order(self, operands):
        smaller, larger = self.one(operands, "smaller"), self.one(operands, "larger")
        return PASS if smaller.value <= larger.value else FAIL

    def bound(self, operands):
        earned, weight = self.one(operands, "earned"), self.one(operands, "weight")
        return PASS if 0 <= earned.value <= weight.value else FAIL

    def some(self, operands):
        total = self.one(operands, "total")
        parts = sum((operand.value for operand, role, _ in operands if role == "part"), Decimal(0))
        return PASS if parts <= total.value else FAIL

    def count(self, operands):
        return PASS if operands[0][0].value == self.counted else FAIL


INEQUALITIES = ("order", "bound", "some")


def sums(total, parts, what, rule=None, **options):
    members = [(total, "total", 1)]
    members += [(part, "part", sign) for part, sign in
                (p if isinstance(p, tuple) else (p, 1) for p in parts)]
    return Relation("sum", members, what, rule, **options)
