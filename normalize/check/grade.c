/* Grades: the word against the scale, the grade against its score, one without the other. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include "normalize/check/quote.h"
#include "normalize/scheme.h"
#include <string.h>

typedef struct {
    const Rule *rule;
    const GradeScale *scale;
    guint n; /* grades that were looked at */
    Evidence evidence;
} Grading;

static const Decimal HUNDRED = {.coefficient = 100};

static Grading grading_of(const Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    const Schemes *schemes = patterns_schemes(examination->patterns);
    const char *region = schemes_region(schemes, report->department);
    return (Grading){.rule = rule,
                     .scale = schemes_grades(schemes, region, report->year, report->doc_type),
                     .evidence = evidence_new()};
}

/* The grade of a word; NULL where the scale has none of that name. */
static const Grade *named_grade(const GradeScale *scale, const char *word) {
    for (guint i = 0; i < scale->grades->len; i++) {
        const Grade *grade = &g_array_index(scale->grades, Grade, i);
        if (strcmp(grade->name, word) == 0 || g_strcmp0(grade->also, word) == 0)
            return grade;
    }
    return NULL;
}

/* Says that a score has another grade than the one that stands there. */
static void fail_grade(Examination *examination, Grading *grading, Span place, const char *score,
                       const Grade *right, const char *wrong) {
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%s分的等级应为“%s”，文中为“%s”：", score, right->name, wrong);
    examination_quote(examination, text, place);
    g_string_append(text, "。");
    guint index =
        examination_fail(examination, grading->rule, grading->rule->certainty, place, text->str);
    Finding *finding = report_finding(examination->report, index);
    finding->expected = report_string(examination->report, right->name);
    finding->actual = report_string(examination->report, wrong);
}

static gboolean grades_differ(const GradeScale *scale, const char *word, Decimal score,
                              const Grade **right) {
    const Grade *stated = named_grade(scale, word);
    *right = scale_grade(scale, score);
    return decimal_compare(score, HUNDRED) <= 0 && *right != NULL && stated != NULL &&
           stated != *right;
}

/* The grade beside the report's total score is the report's own. */
static void note_grade(const Examination *examination, const GradeScale *scale, const char *word,
                       Decimal score) {
    Report *report = examination->report;
    const Grade *stated = named_grade(scale, word);
    guint total = examination_total_score(examination);
    if (report->grade == NULL && stated != NULL && total != REPORT_NONE &&
        decimal_compare(report_fact(report, total)->value, score) == 0)
        report->grade = report_string(report, stated->name);
}

/* 总分98.57分，其中执行9.87分，指标88.7分，等级为“优”: of scores in one sentence the grade is the
 * total's. */
static gboolean total_of_sentence(const Examination *examination, guint sentence, Decimal *score) {
    const Script *script = examination->script;
    guint total = examination_total_score(examination);
    if (total == REPORT_NONE)
        return FALSE;
    const Fact *fact = report_fact(examination->report, total);
    *score = fact->value;
    return script_sentence_of(script, fact->place.start) == sentence;
}

/* 自评96.5分(其中：执行9.5分；效益10分)，等级为“优”: behind a bracket the grade is not that of the
 * last score within. */
static gboolean is_behind_bracket(const RuleMatch *match) {
    g_autofree char *evidence = expression_group(match->expression, "evidence");
    gsize open = evidence == NULL ? 0 : strcspn(evidence, "(");
    return evidence != NULL && strcspn(evidence, ")") < open;
}

/* The total that a grade by itself is of: the last one before it. */
static guint total_before(const Examination *examination, Span grade) {
    const Report *report = examination->report;
    guint found = REPORT_NONE;
    for (guint i = 0; i < report->facts->len; i++)
        if (examination_is_total_score(examination, i) &&
            report_fact(report, i)->place.start < grade.start)
            found = i;
    return found;
}

static gboolean graded_score(const Examination *examination, const RuleMatch *match, guint sentence,
                             Span place, Decimal *score) {
    guint total = examination_total_score(examination);
    if (total_of_sentence(examination, sentence, score))
        return TRUE;
    g_autofree char *printed = expression_group(match->expression, "score");
    if (printed == NULL) {
        total = total_before(examination, place);
        *score =
            total == REPORT_NONE ? DECIMAL_ZERO : report_fact(examination->report, total)->value;
        return total != REPORT_NONE;
    }
    if (!is_behind_bracket(match))
        return match_number(match, "score", score);
    if (total != REPORT_NONE)
        *score = report_fact(examination->report, total)->value;
    return total != REPORT_NONE;
}

static void take_band(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                      gpointer data) {
    Grading *grading = data;
    const Grade *right;
    Decimal score;
    g_autofree char *word = expression_group(match->expression, "grade");
    if (word == NULL || !graded_score(examination, match, sentence, place, &score))
        return;
    g_autofree char *printed = decimal_text(score);
    note_grade(examination, grading->scale, word, score);
    if (grades_differ(grading->scale, word, score, &right))
        fail_grade(examination, grading, place, printed, right, word);
    else
        examination_pass(examination, grading->rule);
    grading->n++;
}

/* Of a table that has none of its own it is the report's first. */
static guint total_of_table(const Examination *examination, guint table) {
    const Report *report = examination->report;
    for (guint i = 0; i < report->facts->len; i++)
        if (report_fact(report, i)->table == table && examination_is_total_score(examination, i))
            return i;
    return examination_total_score(examination);
}

/* Whether the passage is a cell of a form that asks for the grade, and the next one answers. */
static gboolean asks_grade(const Script *script, const Rule *rule, guint passage) {
    if (passage + 1 >= script->passages->len)
        return FALSE;
    const Passage *key = script_passage(script, passage), *value = key + 1;
    if (key->kind != PASSAGE_CELL || value->kind != PASSAGE_CELL || key->table != value->table)
        return FALSE;
    g_autofree char *head = script_folded(script, key->start, key->end);
    return g_ptr_array_find_with_equal_func(rule->words, head, g_str_equal, NULL);
}

/* A form's cell 评价等级, and the grade in the cell after it. */
static void check_cells(Examination *examination, Grading *grading) {
    const Script *script = examination->script;
    for (guint i = 0; i < script->passages->len; i++) {
        const Grade *right;
        if (!asks_grade(script, grading->rule, i))
            continue;
        const Passage *value = script_passage(script, i + 1);
        guint total = total_of_table(examination, value->table);
        if (total == REPORT_NONE)
            return;
        const Fact *fact = report_fact(examination->report, total);
        g_autofree char *word = script_folded(script, value->start, value->end);
        g_autofree char *score = decimal_text(fact->value);
        note_grade(examination, grading->scale, word, fact->value);
        if (grades_differ(grading->scale, word, fact->value, &right)) {
            fail_grade(examination, grading, script_span(script, value->start, value->end), score,
                       right, word);
            examination_add(examination, total, "total");
        } else if (named_grade(grading->scale, word) != NULL)
            examination_pass(examination, grading->rule);
        else
            continue;
        grading->n++;
    }
}

/* The score of a row: the only one below a head of scores. */
static const Fact *score_of_row(const Examination *examination, guint table, guint row) {
    const Report *report = examination->report;
    const TableWords *heads = patterns_table_words(examination->patterns);
    const Fact *found = NULL;
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (fact->table != table || fact->row != row || fact->kind != FIGURE_SCORE ||
            fact->label == NULL)
            continue;
        g_auto(GStrv) parts = g_strsplit(fact->label, "·", 2);
        if (table_words_column(heads, parts[0], NULL) != HEAD_EARNED)
            continue;
        if (found != NULL)
            return NULL;
        found = fact;
    }
    return found;
}

/* A grade below the head 等级 and the score in its row. */
static void check_row(Examination *examination, Grading *grading, guint table, const Cell *cell,
                      const char *word) {
    const Grade *right;
    const Fact *score = named_grade(grading->scale, word) == NULL
                            ? NULL
                            : score_of_row(examination, table, cell->row);
    if (score == NULL)
        return;
    if (grades_differ(grading->scale, word, score->value, &right)) {
        g_autofree char *printed = decimal_text(score->value);
        fail_grade(examination, grading,
                   document_lines_span(examination->report->document, cell->lines), printed, right,
                   word);
    } else
        examination_pass(examination, grading->rule);
    grading->n++;
}

static void check_columns_of_grades(Examination *examination, Grading *grading) {
    const Document *document = examination->report->document;
    for (guint t = 0; t < document->tables->len; t++) {
        const Table *table = document_table(document, t);
        char **words = examination->indicators->tables->pdata[t];
        for (guint i = 0; words != NULL && i < table->cells->len; i++) {
            if (!g_ptr_array_find_with_equal_func(grading->rule->words, words[i], g_str_equal,
                                                  NULL))
                continue;
            const Cell *head = table_cell(table, i);
            for (guint k = 0; k < table->cells->len; k++) {
                const Cell *cell = table_cell(table, k);
                if (cell->column == head->column && cell->row > head->row && cell->lines.count > 0)
                    check_row(examination, grading, t, cell, words[k]);
            }
        }
    }
}

void check_band(Examination *examination, const Rule *rule) {
    Grading grading = grading_of(examination, rule);
    if (grading.scale != NULL) {
        match_rule(examination, rule, take_band, &grading);
        check_cells(examination, &grading);
        check_columns_of_grades(examination, &grading);
    }
    if (grading.scale == NULL)
        examination_leave(examination, rule, "没有适用的等级标准");
    else if (grading.n == 0)
        examination_leave(examination, rule, "没有同时列出得分与等级");
    evidence_clear(&grading.evidence);
}

/* A word that the scale does not have, or that a bound (90分以上) excludes. */
static void take_word(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                      gpointer data) {
    Grading *grading = data;
    const Grade *right;
    Decimal score;
    (void)examination, (void)sentence;
    g_autofree char *word = expression_group(match->expression, "grade");
    if (word == NULL)
        return;
    grading->n++;
    if (match_number(match, "score", &score) ? grades_differ(grading->scale, word, score, &right)
                                             : named_grade(grading->scale, word) == NULL)
        evidence_add(&grading->evidence, place);
}

void check_grade(Examination *examination, const Rule *rule) {
    Grading grading = grading_of(examination, rule);
    if (grading.scale != NULL)
        match_rule(examination, rule, take_word, &grading);
    evidence_sort(&grading.evidence);
    if (grading.scale == NULL)
        examination_leave(examination, rule, "没有适用的等级标准");
    else if (grading.n == 0)
        examination_leave(examination, rule, "没有列出等级");
    else
        examination_judge(examination, rule, &grading.evidence);
    evidence_clear(&grading.evidence);
}

/* Whether the grade's own sentence has a score: what one of `reason` matches. */
static gboolean stands_with_score(const Examination *examination, const Rule *rule, Span grade) {
    const Script *script = examination->script;
    guint index = grade.end == 0 ? REPORT_NONE : script_sentence_of(script, grade.start);
    if (index == REPORT_NONE)
        return FALSE;
    const Sentence *sentence = script_sentence(script, index);
    return script_has_any(script, rule->reasons, sentence->start, sentence->end);
}

/* The first grade of a form. */
static void find_grade_of_cells(const Examination *examination, const Rule *rule, Span *grade) {
    const Script *script = examination->script;
    Grading grading = grading_of(examination, rule);
    for (guint i = 0; grading.scale != NULL && i < script->passages->len && grade->end == 0; i++) {
        if (!asks_grade(script, rule, i))
            continue;
        const Passage *value = script_passage(script, i + 1);
        g_autofree char *word = script_folded(script, value->start, value->end);
        if (named_grade(grading.scale, word) != NULL)
            *grade = script_span(script, value->start, value->end);
    }
    evidence_clear(&grading.evidence);
}

void check_graded(Examination *examination, const Rule *rule) {
    Span grade = {0, 0};
    guint total = examination_total_score(examination);
    match_rule(examination, rule, match_keep_first, &grade);
    if (grade.end == 0)
        find_grade_of_cells(examination, rule, &grade);
    gboolean scored = total != REPORT_NONE || stands_with_score(examination, rule, grade);
    if (!scored && grade.end == 0)
        examination_leave(examination, rule, "没有列出总得分和等级");
    else if (scored && grade.end != 0)
        examination_pass(examination, rule);
    else {
        Span place = total == REPORT_NONE ? grade : report_fact(examination->report, total)->place;
        g_autoptr(GString) text = g_string_new("文中列出");
        if (total != REPORT_NONE)
            quote_fact(text, examination->report, total);
        else
            examination_quote(examination, text, place);
        g_string_append(text,
                        total == REPORT_NONE ? "，却没有总得分。" : "的总得分，却没有评价等级。");
        examination_fail(examination, rule, rule->certainty, place, text->str);
        if (total != REPORT_NONE)
            examination_add(examination, total, "total");
    }
}
