/* What a score table promised, what it reports as done, and the points for it: row by row. */
#include "normalize/check/achievement.h"
#include "normalize/check/deadline.h"
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include "normalize/check/quote.h"
#include <string.h>

static const Decimal TOLERANCE = {.coefficient = 5, .decimals = 2}; /* 0.05: a rounded product */

gboolean achievement_is_quantity(const Fact *fact) {
    return fact->kind == FIGURE_AMOUNT || fact->kind == FIGURE_COUNT ||
           fact->kind == FIGURE_PERCENT || fact->kind == FIGURE_NUMBER;
}

gboolean achievement_is_plain(const Indicators *indicators, const Indicator *row, HeadRole role,
                              const Fact *fact) {
    Span place = indicator_place(indicators, row, role);
    glong words = g_utf8_strlen(indicator_words(indicators, row, role), -1);
    glong own = (glong)(fact->place.end - fact->place.start);
    return fact->place.start >= place.start && fact->place.end <= place.end && words <= own + 3;
}

/* ≥ 95 tells that more is better; 95 by itself may be a limit as well. */
static gboolean has_sign(const TableWords *words, const Fact *target, const char *sign) {
    return table_words_has(words, TABLE_SIGN_MORE, sign) || target->qualifier != QUALIFIER_EXACT;
}

/* Of one unit; whole things that the target names need not be named again: ≥12眼 | 13. */
static gboolean is_comparable(const Fact *target, const Fact *actual) {
    return g_strcmp0(target->unit, actual->unit) == 0 ||
           (target->kind == FIGURE_COUNT && target->unit_power == 0 &&
            actual->kind == FIGURE_NUMBER);
}

gboolean achievement_read(const Examination *examination, const Indicator *row,
                          Achievement *result) {
    const Indicators *indicators = examination->indicators;
    const Fact *target = indicator_fact(indicators, row, HEAD_TARGET);
    const Fact *actual = indicator_fact(indicators, row, HEAD_RESULT);
    const char *sign = indicator_words(indicators, row, HEAD_SIGN);
    const TableWords *words = patterns_table_words(examination->patterns);
    if (row->funds || row->total || target == NULL || actual == NULL ||
        !achievement_is_quantity(target) || !achievement_is_quantity(actual) ||
        target->text_high != NULL || actual->text_high != NULL || !is_comparable(target, actual) ||
        table_words_has(words, TABLE_SIGN_NONE, sign) ||
        !achievement_is_plain(indicators, row, HEAD_TARGET, target) ||
        !achievement_is_plain(indicators, row, HEAD_RESULT, actual) ||
        actual->qualifier == QUALIFIER_AT_MOST || actual->qualifier == QUALIFIER_UNDER)
        return FALSE;
    *result = (Achievement){.row = row,
                            .target = target,
                            .actual = actual,
                            .weight = indicator_fact(indicators, row, HEAD_WEIGHT),
                            .score = indicator_fact(indicators, row, HEAD_EARNED)};
    result->reverse = target->qualifier == QUALIFIER_AT_MOST ||
                      target->qualifier == QUALIFIER_UNDER ||
                      table_words_has(words, TABLE_SIGN_LESS, sign);
    result->guessed = !result->reverse && !has_sign(words, target, sign) &&
                      table_words_has(words, TABLE_LESSER, row->name);
    result->reverse |= result->guessed;
    return TRUE;
}

gboolean achievement_is_met(const Achievement *achievement) {
    int order = decimal_compare(achievement->actual->value, achievement->target->value);
    return achievement->reverse ? order <= 0 : order >= 0;
}

static gboolean is_scored(const Achievement *achievement) {
    return achievement->weight != NULL && achievement->score != NULL &&
           decimal_sign(achievement->weight->value) > 0;
}

static Span row_place(const Examination *examination, const Indicator *row) {
    return indicator_place(examination->indicators, row, HEAD_RESULT);
}

/* “新建城市书房数量”目标≥9座、完成8座，分值10分、得分10分（第1页） */
static void say_row(const Examination *examination, GString *text, const Achievement *achievement) {
    const Indicators *indicators = examination->indicators;
    const Indicator *row = achievement->row;
    g_string_append_printf(text, "“%s”目标%s%s、完成%s", row->name,
                           indicator_words(indicators, row, HEAD_SIGN),
                           indicator_words(indicators, row, HEAD_TARGET),
                           indicator_words(indicators, row, HEAD_RESULT));
    if (achievement->weight != NULL && achievement->score != NULL)
        g_string_append_printf(text, "，分值%s分、得分%s分", achievement->weight->text,
                               achievement->score->text);
    g_string_append_printf(text, "（第%u页）",
                           place_page(examination->report, row_place(examination, row).start));
}

/* Adds the figures of the row to the check that was made last. */
static void add_figures(Examination *examination, const Achievement *achievement) {
    static const struct {
        HeadRole column;
        const char *role;
    } ROLES[] = {{HEAD_WEIGHT, "weight"},
                 {HEAD_TARGET, "target"},
                 {HEAD_RESULT, "actual"},
                 {HEAD_EARNED, "earned"}};
    for (guint i = 0; i < G_N_ELEMENTS(ROLES); i++)
        if (achievement->row->facts[ROLES[i].column] != REPORT_NONE)
            examination_add(examination, achievement->row->facts[ROLES[i].column], ROLES[i].role);
}

static void pass_row(Examination *examination, const Rule *rule, const Achievement *achievement) {
    examination_pass(examination, rule);
    add_figures(examination, achievement);
}

static void fail_row(Examination *examination, const Rule *rule, Certainty certainty,
                     const Achievement *achievement, const char *verdict) {
    g_autoptr(GString) text = g_string_new(NULL);
    say_row(examination, text, achievement);
    g_string_append_printf(text, "，%s。", verdict);
    Span place = achievement->actual == NULL ? row_place(examination, achievement->row)
                                             : achievement->actual->place;
    examination_fail(examination, rule, certainty, place, text->str);
    add_figures(examination, achievement);
}

/* min(1, a ÷ t) × w, or t ÷ a where less is better. */
static gboolean due_score(const Achievement *achievement, Decimal *due) {
    Decimal a = achievement->actual->value, t = achievement->target->value, product;
    if (achievement_is_met(achievement)) {
        *due = achievement->weight->value;
        return TRUE;
    }
    if (decimal_sign(a) < 0 || decimal_sign(t) <= 0)
        return FALSE;
    Decimal above = achievement->reverse ? t : a, below = achievement->reverse ? a : t;
    return decimal_multiply(above, achievement->weight->value, &product) &&
           decimal_divide(product, below, MAX(achievement->score->decimals, 2), due);
}

/* Within 0.05, or half a unit of the score's own last place. */
static gboolean is_near(Decimal due, const Fact *score) {
    Decimal gap, half = {.coefficient = 5, .decimals = score->decimals + 1};
    if (!decimal_subtract(due, score->value, &gap))
        return FALSE;
    gap = decimal_absolute(gap);
    return decimal_compare(gap, TOLERANCE) <= 0 || decimal_compare(gap, half) <= 0;
}

/* What the rule has to say of its rows. */
static gboolean formula_is_stated(Examination *examination, const Rule *rule) {
    Span first = {0, 0};
    match_rule(examination, rule, match_keep_first, &first);
    return first.end > 0;
}

static void fail_score(Examination *examination, const Rule *rule, const Achievement *achievement,
                       Decimal due, gboolean stated) {
    Report *report = examination->report;
    g_autofree char *expected = decimal_text(due);
    g_autofree char *verdict = g_strdup_printf("按完成比例应得%s分", expected);
    fail_row(examination, rule, stated ? CERTAINTY_PROVEN : CERTAINTY_SUSPECTED, achievement,
             verdict);
    Finding *finding = report_finding(report, report->findings->len - 1);
    Decimal gap;
    if (!stated) /* other formulas are in use: for a person to look at */
        finding->severity = SEVERITY_HINT;
    finding->expected = report_string(report, expected);
    finding->actual = achievement->score->text;
    finding->unit = achievement->score->unit;
    if (decimal_subtract(achievement->score->value, due, &gap)) {
        g_autofree char *difference = decimal_text(gap);
        finding->difference = report_string(report, difference);
    }
}

/* ACH-01, ACH-02: the score follows from the result; by parameter `reverse` those where less is
 * better. Full marks below target are another rule's. */
void check_proportion(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    gboolean reverse = rule_parameter(rule, "reverse") != NULL;
    gboolean stated = formula_is_stated(examination, rule);
    guint n = 0;
    for (guint i = 0; i < indicators->rows->len; i++) {
        Achievement achievement;
        Decimal due;
        if (!achievement_read(examination, indicators_row(indicators, i), &achievement) ||
            achievement.reverse != reverse || !is_scored(&achievement) ||
            !due_score(&achievement, &due))
            continue;
        gboolean full = decimal_compare(achievement.score->value, achievement.weight->value) == 0;
        if (full && !achievement_is_met(&achievement))
            continue;
        n++;
        if (is_near(due, achievement.score))
            pass_row(examination, rule, &achievement);
        else
            fail_score(examination, rule, &achievement, due, stated);
    }
    if (n == 0)
        examination_leave(examination, rule, "没有可比的目标值、完成值和得分");
}

gboolean achievement_has_deadline(const Indicators *indicators, const Indicator *row,
                                  gboolean *missed) {
    *missed = FALSE;
    return !row->funds && !row->total &&
           deadline_compare(indicator_words(indicators, row, HEAD_TARGET),
                            indicator_words(indicators, row, HEAD_RESULT), missed);
}

/* Full marks though the date was missed. FALSE where the row has no date to compare. */
static gboolean judge_deadline(Examination *examination, const Rule *rule, const Indicator *row) {
    const Indicators *indicators = examination->indicators;
    gboolean missed;
    Achievement achievement = {.row = row,
                               .weight = indicator_fact(indicators, row, HEAD_WEIGHT),
                               .score = indicator_fact(indicators, row, HEAD_EARNED)};
    if (!achievement_has_deadline(indicators, row, &missed) || !is_scored(&achievement))
        return FALSE;
    if (missed && decimal_compare(achievement.score->value, achievement.weight->value) == 0)
        fail_row(examination, rule, CERTAINTY_PROVEN, &achievement, "晚于目标时间却得满分");
    else
        pass_row(examination, rule, &achievement);
    return TRUE;
}

/* ACH-03: full marks below target; ACH-10: points for nothing, by parameter `zero`. */
void check_undeserved(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    gboolean zero = rule_parameter(rule, "zero") != NULL;
    guint n = 0;
    for (guint i = 0; i < indicators->rows->len; i++) {
        Achievement achievement;
        if (!zero && judge_deadline(examination, rule, indicators_row(indicators, i))) {
            n++;
            continue;
        }
        if (!achievement_read(examination, indicators_row(indicators, i), &achievement) ||
            !is_scored(&achievement))
            continue;
        n++;
        gboolean full = decimal_compare(achievement.score->value, achievement.weight->value) == 0;
        gboolean nothing = !achievement.reverse && decimal_sign(achievement.actual->value) <= 0 &&
                           decimal_sign(achievement.target->value) > 0;
        if (zero ? nothing && decimal_sign(achievement.score->value) > 0
                 : !nothing && full && !achievement_is_met(&achievement))
            fail_row(examination, rule,
                     achievement.guessed ? CERTAINTY_SUSPECTED : CERTAINTY_PROVEN, &achievement,
                     zero ? "没有完成却有得分" : "未达目标却得满分");
        else
            pass_row(examination, rule, &achievement);
    }
    if (n == 0)
        examination_leave(examination, rule, "没有可比的目标值、完成值和得分");
}
