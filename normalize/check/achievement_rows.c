/* What many rows of a score table may have wrong alike: the rows of one rule are one finding. */
#include "normalize/check/achievement.h"
#include "normalize/check/kind.h"
#include "normalize/check/quote.h"
#include <string.h>

/* Targets of fewer pieces than this are missed and beaten by one piece. */
enum { SMALL_TARGET = 5, EQUAL_ROWS_MIN = 5 };
/* What a message tells of a cell, and of how many rows. */
enum { SAID_CHARACTERS_MAX = 20, ROWS_SAID_MAX = 5 };

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

typedef struct {
    GString *names;
    Span first;
    guint failed;
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

static void rows_fail(Examination *examination, const Rule *rule, Rows *rows) {
    if (rows->failed > ROWS_SAID_MAX)
        g_string_append_printf(rows->names, "等%u项", rows->failed);
    g_autofree char *message = examination_say(examination, rule, rows->names->str);
    examination_fail(examination, rule, rule->certainty, rows->first, message);
}

typedef enum { ROW_LEFT, ROW_HOLDS, ROW_FAILS } RowVerdict;
typedef RowVerdict (*RowJudge)(const Examination *examination, const Rule *rule,
                               const Indicator *row);

/* `none`: why the rule cannot be checked where all rows are left. */
static void judge_rows(Examination *examination, const Rule *rule, RowJudge verdict_of,
                       const char *none) {
    g_autoptr(GString) names = g_string_new(NULL);
    Rows rows = {.names = names};
    guint judged = 0;
    for (guint i = 0; i < examination->indicators->rows->len; i++) {
        const Indicator *row = indicators_row(examination->indicators, i);
        RowVerdict verdict = verdict_of(examination, rule, row);
        judged += verdict != ROW_LEFT;
        if (verdict == ROW_FAILS)
            rows_add(examination, &rows, row);
    }
    if (judged == 0)
        examination_leave(examination, rule, none);
    else if (rows.failed == 0)
        examination_pass(examination, rule);
    else
        rows_fail(examination, rule, &rows);
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

static RowVerdict judge_beaten(const Examination *examination, const Rule *rule,
                               const Indicator *row) {
    Achievement achievement;
    if (!row->has[HEAD_REASON] || !achievement_read(examination, row, &achievement))
        return ROW_LEFT;
    gboolean beaten = is_beaten(&achievement, rule_number(rule, "percent", 130));
    return beaten && indicator_is_blank(examination->indicators, row, HEAD_REASON) ? ROW_FAILS
                                                                                   : ROW_HOLDS;
}

/* ACH-04: beaten by far and not explained; parameter `percent`. */
void check_beaten(Examination *examination, const Rule *rule) {
    judge_rows(examination, rule, judge_beaten, "没有可比的目标值、完成值和原因");
}

static RowVerdict judge_numeric(const Examination *examination, const Rule *rule G_GNUC_UNUSED,
                                const Indicator *row) {
    const Indicators *indicators = examination->indicators;
    const Fact *target = indicator_fact(indicators, row, HEAD_TARGET);
    const char *actual = indicator_words(indicators, row, HEAD_RESULT);
    if (row->funds || row->total || target == NULL || !achievement_is_quantity(target) ||
        !achievement_is_plain(indicators, row, HEAD_TARGET, target) ||
        indicator_is_blank(indicators, row, HEAD_RESULT))
        return ROW_LEFT;
    return strpbrk(actual, "0123456789") == NULL &&
                   indicator_fact(indicators, row, HEAD_RESULT) == NULL
               ? ROW_FAILS
               : ROW_HOLDS;
}

/* ACH-05: a number was promised and words are reported. */
void check_numeric(Examination *examination, const Rule *rule) {
    judge_rows(examination, rule, judge_numeric, "没有定量目标");
}

static gboolean is_missed(const Examination *examination, const Indicator *row) {
    gboolean late;
    Achievement achievement;
    if (achievement_has_deadline(examination->indicators, row, &late))
        return late;
    return achievement_read(examination, row, &achievement) && !achievement_is_met(&achievement);
}

/* What was not spent is another rule's: EXE-04. */
static RowVerdict judge_unexplained(const Examination *examination, const Rule *rule G_GNUC_UNUSED,
                                    const Indicator *row) {
    const Indicators *indicators = examination->indicators;
    const Fact *weight = indicator_fact(indicators, row, HEAD_WEIGHT);
    const Fact *score = indicator_fact(indicators, row, HEAD_EARNED);
    if (row->total || row->funds || !row->has[HEAD_REASON] ||
        table_words_begins(indicators->words, TABLE_EXECUTION, row->name))
        return ROW_LEFT;
    gboolean lost =
        weight != NULL && score != NULL && decimal_compare(score->value, weight->value) < 0;
    return (lost || is_missed(examination, row)) && indicator_is_blank(indicators, row, HEAD_REASON)
               ? ROW_FAILS
               : ROW_HOLDS;
}

/* ACH-08: points lost or a target missed, and the cell for the reason is empty. */
void check_unexplained(Examination *examination, const Rule *rule) {
    judge_rows(examination, rule, judge_unexplained, "没有原因一列");
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

static RowVerdict judge_qualitative(const Examination *examination, const Rule *rule,
                                    const Indicator *row) {
    const Indicators *indicators = examination->indicators;
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
        return ROW_LEFT;
    return decimal_compare(share, least) < 0 || decimal_compare(share, most) > 0 ? ROW_FAILS
                                                                                 : ROW_HOLDS;
}

/* ACH-09: the points of a qualitative result lie in its band. */
void check_qualitative(Examination *examination, const Rule *rule) {
    judge_rows(examination, rule, judge_qualitative, "没有按档评分的定性指标");
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
