#include "normalize/relation/fit.h"
#include "normalize/check/judge.h"
#include "normalize/check/slip.h"

enum { OPERANDS_MAX = 8 };

/* A figure of fewer digits is what a slip made of many others. */
enum { SLIP_DIGITS_MIN = 2 };

typedef struct {
    const Report *report;
    CheckKind kind;
    Operand operands[OPERANDS_MAX];
    guint n;
} Trial;

static void add(Trial *trial, guint fact, const char *role) {
    Member member = {.fact = fact, .role = role, .sign = 1};
    trial->operands[trial->n++] = operand_of_member(trial->report, &member);
}

static gboolean holds(const Trial *trial) {
    return judge(trial->kind, trial->operands, trial->n, JUDGE_UNCOUNTED).outcome <=
           OUTCOME_ROUNDING;
}

/* Whether what a slip of the hand may have made of the operand makes the relation hold. */
static gboolean is_slip(Trial *trial, guint index) {
    Operand *operand = &trial->operands[index];
    const Fact *fact = report_fact(trial->report, operand->fact);
    Decimal printed, kept = operand->value;
    gboolean found = FALSE;
    if (slip_digits(fact->value) < SLIP_DIGITS_MIN ||
        !decimal_scale(fact->value, -fact->unit_power, &printed))
        return FALSE;
    g_autoptr(GArray) origins = g_array_new(FALSE, FALSE, sizeof(Decimal));
    slip_append_origins(printed, fact->decimals, origins);
    for (guint i = 0; i < origins->len && !found; i++) {
        if (!decimal_scale(g_array_index(origins, Decimal, i), fact->unit_power, &operand->value))
            continue;
        operand->value_high = operand->value;
        found = holds(trial);
    }
    operand->value = operand->value_high = kept;
    return found;
}

static Fit fit(Trial *trial) {
    if (holds(trial))
        return FIT_EXACT;
    for (guint i = 0; i < trial->n; i++)
        if (is_slip(trial, i))
            return FIT_SLIP;
    return FIT_NONE;
}

static gboolean begin_ratio(Trial *trial, const guint *above, guint n, guint below, guint rate) {
    if (n == 0 || n + 2 > OPERANDS_MAX ||
        decimal_sign(report_fact(trial->report, below)->value) == 0)
        return FALSE;
    for (guint i = 0; i < n; i++)
        add(trial, above[i], "numerator");
    add(trial, below, "denominator");
    add(trial, rate, "rate");
    return TRUE;
}

/* Whether the ratio can be the rate at all, by far more than rounding grants: 100 × above is within
 * a tenth, and two units of the rate's last place, of rate × below. */
static gboolean is_near(const Report *report, const guint *above, guint n, guint below,
                        guint rate) {
    static const Decimal TENTH = {.coefficient = 1, .decimals = 1};
    const Fact *printed = report_fact(report, rate);
    Decimal base = report_fact(report, below)->value, sum = DECIMAL_ZERO, product, gap, room, units;
    Decimal unit = {.coefficient = 2, .decimals = printed->decimals};
    for (guint i = 0; i < n; i++)
        if (!decimal_add(sum, report_fact(report, above[i])->value, &sum))
            return TRUE;
    if (!decimal_multiply(printed->value, base, &product) || !decimal_scale(sum, 2, &sum) ||
        !decimal_subtract(sum, product, &gap) || !decimal_multiply(product, TENTH, &room) ||
        !decimal_multiply(base, unit, &units) ||
        !decimal_add(decimal_absolute(room), decimal_absolute(units), &room))
        return TRUE; /* too large to tell */
    return decimal_compare(decimal_absolute(gap), room) <= 0;
}

gboolean fit_ratio(const Report *report, const guint *above, guint n, guint below, guint rate) {
    if (!is_near(report, above, n, below, rate))
        return FALSE;
    Trial trial = {.report = report, .kind = CHECK_RATIO};
    return begin_ratio(&trial, above, n, below, rate) && holds(&trial);
}

gboolean fit_ratio_of_sum(const Report *report, guint above, const guint *below, guint n,
                          guint rate) {
    Trial trial = {.report = report, .kind = CHECK_RATIO};
    if (n == 0 || n + 2 > OPERANDS_MAX)
        return FALSE;
    add(&trial, above, "numerator");
    for (guint i = 0; i < n; i++)
        add(&trial, below[i], "denominator");
    add(&trial, rate, "rate");
    return holds(&trial);
}

Fit fit_ratio_nearly(const Report *report, const guint *above, guint n, guint below, guint rate) {
    Trial trial = {.report = report, .kind = CHECK_RATIO};
    return begin_ratio(&trial, above, n, below, rate) ? fit(&trial) : FIT_NONE;
}

Fit fit_members(const Report *report, CheckKind kind, const Member *members, guint n) {
    Trial trial = {.report = report, .kind = kind};
    if (n > OPERANDS_MAX)
        return FIT_NONE;
    for (guint i = 0; i < n; i++)
        trial.operands[trial.n++] = operand_of_member(report, &members[i]);
    return fit(&trial);
}

static void begin_growth(Trial *trial, guint this, guint change, guint rate, int sign) {
    add(trial, this, "this");
    add(trial, change, "change");
    add(trial, rate, "rate");
    trial->operands[1].sign = trial->operands[2].sign = sign;
}

gboolean fit_growth(const Report *report, guint this, guint change, guint rate, int sign) {
    Trial trial = {.report = report, .kind = CHECK_GROWTH};
    begin_growth(&trial, this, change, rate, sign);
    return holds(&trial);
}

Fit fit_growth_nearly(const Report *report, guint this, guint change, guint rate, int sign) {
    Trial trial = {.report = report, .kind = CHECK_GROWTH};
    begin_growth(&trial, this, change, rate, sign);
    return fit(&trial);
}

static void begin_difference(Trial *trial, guint this, guint last, guint change) {
    add(trial, this, "this");
    add(trial, last, "last");
    add(trial, change, "change");
}

gboolean fit_difference(const Report *report, guint this, guint last, guint change) {
    Trial trial = {.report = report, .kind = CHECK_DIFFERENCE};
    begin_difference(&trial, this, last, change);
    return holds(&trial);
}

Fit fit_difference_nearly(const Report *report, guint this, guint last, guint change) {
    Trial trial = {.report = report, .kind = CHECK_DIFFERENCE};
    begin_difference(&trial, this, last, change);
    return fit(&trial);
}

gboolean fit_same(const Fact *a, const Fact *b) {
    Decimal gap, slack = {.coefficient = 5};
    int exponent = MAX(a->unit_power - a->decimals, b->unit_power - b->decimals);
    return decimal_subtract(a->value, b->value, &gap) &&
           decimal_scale(slack, exponent - 1, &slack) &&
           decimal_compare(decimal_absolute(gap), slack) <= 0;
}

gboolean fit_one_value(const Report *report, guint fact, guint *found) {
    if (*found == REPORT_NONE)
        *found = fact;
    return decimal_compare(report_fact(report, *found)->value, report_fact(report, fact)->value) ==
           0;
}
