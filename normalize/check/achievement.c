/* Achievements: what a score table promised, what it reports as done, and the points for it. */
#include "normalize/check/deadline.h"
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include "normalize/check/message.h"
#include <string.h>

/* Targets of fewer pieces than this are missed and beaten by one piece. */
enum { SMALL_TARGET = 5, EQUAL_ROWS_MIN = 5 };
/* What a message tells of a cell, and of how many rows. */
enum { SAID_CHARACTERS_MAX = 20, ROWS_SAID_MAX = 5 };

static const Decimal TOLERANCE = {.coefficient = 5, .decimals = 2}; /* 0.05: a rounded product */

/* A row with a target and a result that can be compared, and its points. */
typedef struct {
    const Indicator *row;
    const Fact *target, *actual, *weight, *score;
    gboolean reverse; /* the less the better */
    gboolean guessed; /* … by its name alone */
} Achievement;

static gboolean is_quantity(const Fact *fact) {
    return fact->kind == FIGURE_AMOUNT || fact->kind == FIGURE_COUNT ||
           fact->kind == FIGURE_PERCENT || fact->kind == FIGURE_NUMBER;
}

/* The cell is its figure, not a sentence with one in it. */
static gboolean is_plain(const Indicators *indicators, const Indicator *row, HeadRole role,
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

/* FALSE where there is nothing to compare. Weight and score may be missing. */
static gboolean achievement_read(const Examination *examination, const Indicator *row,
                                 Achievement *result) {
    const Indicators *indicators = examination->indicators;
    const Fact *target = indicator_fact(indicators, row, HEAD_TARGET);
    const Fact *actual = indicator_fact(indicators, row, HEAD_RESULT);
    const char *sign = indicator_words(indicators, row, HEAD_SIGN);
    const TableWords *words = patterns_table_words(examination->patterns);
    if (row->funds || row->total || target == NULL || actual == NULL || !is_quantity(target) ||
        !is_quantity(actual) || target->text_high != NULL || actual->text_high != NULL ||
        g_strcmp0(target->unit, actual->unit) != 0 ||
        table_words_has(words, TABLE_SIGN_NONE, sign) ||
        !is_plain(indicators, row, HEAD_TARGET, target) ||
        !is_plain(indicators, row, HEAD_RESULT, actual) || actual->qualifier == QUALIFIER_AT_MOST ||
        actual->qualifier == QUALIFIER_UNDER)
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

static gboolean is_met(const Achievement *achievement) {
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
    if (is_met(achievement)) {
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
        if (full && !is_met(&achievement))
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

/* Whether the row's target is a date; `missed`: it was done later. */
static gboolean has_deadline(const Indicators *indicators, const Indicator *row, gboolean *missed) {
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
    if (!has_deadline(indicators, row, &missed) || !is_scored(&achievement))
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
                 : !nothing && full && !is_met(&achievement))
            fail_row(examination, rule,
                     achievement.guessed ? CERTAINTY_SUSPECTED : CERTAINTY_PROVEN, &achievement,
                     zero ? "没有完成却有得分" : "未达目标却得满分");
        else
            pass_row(examination, rule, &achievement);
    }
    if (n == 0)
        examination_leave(examination, rule, "没有可比的目标值、完成值和得分");
}

/* “管护机制”目标建立健全、完成部分达成，分值10分、得分9.5分（第2页） */
static void say_indicator(const Examination *examination, GString *text, const Indicator *row,
                          Span place) {
    const Indicators *indicators = examination->indicators;
    const char *target = indicator_words(indicators, row, HEAD_TARGET),
               *result = indicator_words(indicators, row, HEAD_RESULT);
    const Fact *weight = indicator_fact(indicators, row, HEAD_WEIGHT),
               *score = indicator_fact(indicators, row, HEAD_EARNED);
    g_string_append_printf(text, "“%s”", row->name);
    if (*target != '\0' && g_utf8_strlen(target, -1) <= SAID_CHARACTERS_MAX)
        g_string_append_printf(text, "目标%s%s、", indicator_words(indicators, row, HEAD_SIGN),
                               target);
    if (*result != '\0' && g_utf8_strlen(result, -1) <= SAID_CHARACTERS_MAX)
        g_string_append_printf(text, "完成%s，", result);
    if (weight != NULL && score != NULL)
        g_string_append_printf(text, "分值%s分、得分%s分", weight->text, score->text);
    while (g_str_has_suffix(text->str, "、") || g_str_has_suffix(text->str, "，"))
        g_string_truncate(text, text->len - strlen("、"));
    if (place.end > 0)
        g_string_append_printf(text, "（第%u页）", place_page(examination->report, place.start));
}

/* Rows of one verdict are one finding. */
typedef struct {
    GString *names;
    Span first;
    guint n, failed;
} Rows;

static void rows_add(const Examination *examination, Rows *rows, const Indicator *row) {
    static const HeadRole PLACES[] = {HEAD_RESULT, HEAD_EARNED, HEAD_NAME, HEAD_TARGET};
    Span place = {0, 0};
    for (guint i = 0; i < G_N_ELEMENTS(PLACES) && place.end == 0; i++)
        place = indicator_place(examination->indicators, row, PLACES[i]);
    if (rows->failed++ == 0)
        rows->first = place;
    if (rows->failed > ROWS_SAID_MAX)
        return;
    if (rows->failed > 1)
        g_string_append(rows->names, "；");
    say_indicator(examination, rows->names, row, place);
}

static void rows_judge(Examination *examination, const Rule *rule, Rows *rows, const char *none) {
    if (rows->n == 0)
        examination_leave(examination, rule, none);
    else if (rows->failed == 0)
        examination_pass(examination, rule);
    else {
        if (rows->failed > ROWS_SAID_MAX)
            g_string_append_printf(rows->names, "等%u项", rows->failed);
        g_autofree char *message = examination_say(examination, rule, rows->names->str);
        examination_fail(examination, rule, rule->certainty, rows->first, message);
    }
    g_string_free(rows->names, TRUE);
}

/* At least `percent` of a target that more is better of. */
static gboolean is_beaten(const Achievement *achievement, int percent) {
    Decimal product, most;
    const Fact *target = achievement->target;
    if (achievement->reverse || decimal_sign(target->value) <= 0 ||
        (target->kind == FIGURE_COUNT &&
         decimal_compare(target->value, decimal_from_integer(SMALL_TARGET)) < 0))
        return FALSE;
    return decimal_multiply(target->value, decimal_from_integer(percent), &product) &&
           decimal_divide(product, decimal_from_integer(100), product.decimals + 2, &most) &&
           decimal_compare(achievement->actual->value, most) >= 0;
}

/* ACH-04: beaten by far and not explained; parameter `percent`. */
void check_beaten(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    Rows rows = {.names = g_string_new(NULL)};
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        Achievement achievement;
        if (!row->has[HEAD_REASON] || !achievement_read(examination, row, &achievement))
            continue;
        rows.n++;
        if (is_beaten(&achievement, rule_number(rule, "percent", 130)) &&
            words_are_blank(indicator_words(indicators, row, HEAD_REASON)))
            rows_add(examination, &rows, row);
    }
    rows_judge(examination, rule, &rows, "没有可比的目标值、完成值和原因");
}

/* ACH-05: a number was promised and words are reported. */
void check_numeric(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    Rows rows = {.names = g_string_new(NULL)};
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        const Fact *target = indicator_fact(indicators, row, HEAD_TARGET);
        const char *actual = indicator_words(indicators, row, HEAD_RESULT);
        if (row->funds || row->total || target == NULL || !is_quantity(target) ||
            !is_plain(indicators, row, HEAD_TARGET, target) || words_are_blank(actual))
            continue;
        rows.n++;
        if (strpbrk(actual, "0123456789") == NULL &&
            indicator_fact(indicators, row, HEAD_RESULT) == NULL)
            rows_add(examination, &rows, row);
    }
    rows_judge(examination, rule, &rows, "没有定量目标");
}

/* ACH-08: points lost or a target missed, and the cell for the reason is empty. */
void check_unexplained(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    Rows rows = {.names = g_string_new(NULL)};
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        const Fact *weight = indicator_fact(indicators, row, HEAD_WEIGHT);
        const Fact *score = indicator_fact(indicators, row, HEAD_EARNED);
        Achievement achievement;
        if (row->total || row->funds || !row->has[HEAD_REASON])
            continue;
        rows.n++;
        gboolean lost =
            weight != NULL && score != NULL && decimal_compare(score->value, weight->value) < 0;
        gboolean late, missed = has_deadline(indicators, row, &late)
                                    ? late
                                    : achievement_read(examination, row, &achievement) &&
                                          !is_met(&achievement);
        if ((lost || missed) && words_are_blank(indicator_words(indicators, row, HEAD_REASON)))
            rows_add(examination, &rows, row);
    }
    rows_judge(examination, rule, &rows, "没有原因一列");
}

/* The band of a qualitative result: `name` of the match has it in per cent, “60-80”. */
static gboolean band_of(const Rule *rule, const char *words, int *low, int *high) {
    for (guint i = 0; i < rule->matches->len; i++) {
        const RuleMatch *match = &g_array_index(rule->matches, RuleMatch, i);
        if (match->name == NULL || !expression_find(match->expression, words))
            continue;
        const char *dash = strchr(match->name, '-');
        *low = (int)g_ascii_strtoll(match->name, NULL, 10);
        *high = dash == NULL ? 100 : (int)g_ascii_strtoll(dash + 1, NULL, 10);
        return TRUE;
    }
    return FALSE;
}

/* ACH-09: the points of a qualitative result lie in its band. */
void check_qualitative(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    Rows rows = {.names = g_string_new(NULL)};
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        const Fact *weight = indicator_fact(indicators, row, HEAD_WEIGHT);
        const Fact *score = indicator_fact(indicators, row, HEAD_EARNED);
        int low, high;
        Decimal share, least, most;
        if (weight == NULL || score == NULL || row->total || row->funds ||
            indicator_fact(indicators, row, HEAD_TARGET) != NULL ||
            !band_of(rule, indicator_words(indicators, row, HEAD_RESULT), &low, &high) ||
            !decimal_multiply(score->value, decimal_from_integer(100), &share) ||
            !decimal_multiply(weight->value, decimal_from_integer(low), &least) ||
            !decimal_multiply(weight->value, decimal_from_integer(high), &most))
            continue;
        rows.n++;
        if (decimal_compare(share, least) < 0 || decimal_compare(share, most) > 0)
            rows_add(examination, &rows, row);
    }
    rows_judge(examination, rule, &rows, "没有按档评分的定性指标");
}

/* ACH-11: every result is exactly its target. */
void check_equal(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    guint n = 0, equal = 0;
    Span first = {0, 0}, last = {0, 0};
    for (guint i = 0; i < indicators->rows->len; i++) {
        Achievement achievement;
        if (!achievement_read(examination, indicators_row(indicators, i), &achievement))
            continue;
        last = achievement.actual->place;
        if (n++ == 0)
            first = last;
        equal += decimal_compare(achievement.actual->value, achievement.target->value) == 0;
    }
    if (n < EQUAL_ROWS_MIN)
        examination_leave(examination, rule, "可比的定量指标太少");
    else if (equal < n)
        examination_pass(examination, rule);
    else {
        guint page = place_page(examination->report, first.start),
              last_page = place_page(examination->report, last.start);
        g_autofree char *count =
            page == last_page ? g_strdup_printf("%u个定量指标（第%u页）", n, page)
                              : g_strdup_printf("%u个定量指标（第%u—%u页）", n, page, last_page);
        g_autofree char *message = examination_say(examination, rule, count);
        examination_fail(examination, rule, rule->certainty, first, message);
    }
}
