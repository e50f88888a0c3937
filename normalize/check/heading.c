/* Headings: those of the template, their order and numbers, and what stands below them. */
#include "normalize/check/kind.h"
#include "normalize/check/likeness.h"
#include "normalize/check/match.h"
#include "normalize/family.h"
#include "normalize/wording.h"
#include <string.h>

/* Titles are one when so many of their pairs of characters are, in per cent. */
enum { TITLE_ALIKE_PERCENT = 50, TEMPLATE_KNOWN_PERCENT = 60 };
/* First-level headings of a report whose template can be told. */
enum { HEADS_MIN = 3, FORM_ROWS_MIN = 5 };
/* A table of contents has no more entries than this. */
enum { CONTENTS_MAX = 2000 };
/* What asks for an answer in a form is short. */
enum { ASKING_UNITS_MAX = 16 };

/* A later section of the same title: this one stands in a table of contents. */
static gboolean stands_again(const Report *report, guint section) {
    const Section *own = report_section(report, section);
    guint end = MIN(report->sections->len, section + CONTENTS_MAX);
    for (guint i = section + 1; i < end; i++)
        if (report_section(report, i)->level == own->level &&
            strcmp(report_section(report, i)->title, own->title) == 0)
            return TRUE;
    return FALSE;
}

static const char *family_title(const Family *family, guint i) {
    return g_array_index(family->sections, FamilySection, i).title;
}

/* 政府性基金预算支出情况 is itself, however much it resembles 社会保险基金预算支出情况. */
static gboolean is_another(const Family *family, guint own, const char *title, guint alike) {
    for (guint i = 0; i < family->sections->len; i++)
        if (i != own && words_alike_percent(title, family_title(family, i)) > alike)
            return TRUE;
    return FALSE;
}

/* The section that most resembles the family's; REPORT_NONE where none does. */
static guint find_title(const Report *report, const Family *family, guint wanted) {
    const char *title = family_title(family, wanted);
    guint best = REPORT_NONE, most = TITLE_ALIKE_PERCENT - 1;
    for (guint i = 0; i < report->sections->len; i++) {
        const Section *section = report_section(report, i);
        guint alike = section->level == 1 ? words_alike_percent(section->title, title) : 0;
        if (alike > most && !is_another(family, wanted, section->title, alike)) {
            most = alike;
            best = i;
        }
    }
    return best;
}

/* First-level headings that are none of the template's. */
static guint count_other_titles(const Report *report, const Family *family) {
    guint other = 0;
    for (guint i = 0; i < report->sections->len; i++) {
        const Section *section = report_section(report, i);
        gboolean known = section->level != 1;
        for (guint k = 0; k < family->sections->len && !known; k++)
            known =
                words_alike_percent(section->title, family_title(family, k)) >= TITLE_ALIKE_PERCENT;
        other += !known;
    }
    return other;
}

/* The first passage of the section or of a later one. */
static guint passage_from(const Script *script, guint section) {
    guint low = 0, high = script->passages->len;
    while (low < high) {
        guint middle = (low + high) / 2, at = script_passage(script, middle)->section;
        if (at == REPORT_NONE || at < section)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Passages of the section and of those below it: [first, end). */
static void section_passages(const Examination *examination, guint section, guint *first,
                             guint *end) {
    const Script *script = examination->script;
    const Report *report = examination->report;
    guint last = section + 1;
    while (last < report->sections->len &&
           report_section(report, last)->level > report_section(report, section)->level)
        last++;
    *first = passage_from(script, section);
    *end = passage_from(script, last);
}

static gboolean section_is_empty(const Examination *examination, guint section) {
    guint first, end;
    section_passages(examination, section, &first, &end);
    for (guint i = first; i < end; i++) {
        const Passage *passage = script_passage(examination->script, i);
        if (passage->kind != PASSAGE_HEADING || passage->section != section)
            return FALSE;
    }
    return TRUE;
}

static void append_title(GString *text, const char *title) {
    g_string_append_printf(text, "%s“%s”", text->len > 0 ? "、" : "", title);
}

gboolean template_is_known(const Examination *examination) {
    const Report *report = examination->report;
    const Family *family =
        report->family == NULL
            ? NULL
            : families_find(patterns_families(examination->patterns), report->family);
    guint n = family == NULL ? 0 : family->sections->len, found = 0, asked = 0, heads = 0;
    for (guint i = 0; i < report->sections->len; i++)
        heads += report_section(report, i)->level == 1 ? 1 : 0;
    for (guint i = 0; i < n; i++) {
        const FamilySection *section = &g_array_index(family->sections, FamilySection, i);
        gboolean there = find_title(report, family, i) != REPORT_NONE;
        found += there ? 1 : 0;
        asked += there || !section->usual ? 1 : 0;
    }
    if (heads < HEADS_MIN) /* a form has no headings, nor a few lines */
        return examination->indicators->rows->len < FORM_ROWS_MIN;
    return (asked > 0 && found * 100 >= asked * TEMPLATE_KNOWN_PERCENT);
}

void check_sections(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    const Family *family = families_find(patterns_families(examination->patterns), report->family);
    guint n = family == NULL ? 0 : family->sections->len, found = 0, before = 0, usual = 0,
          lost = 0;
    g_autoptr(GString) missing = g_string_new(NULL), moved = g_string_new(NULL),
                       empty = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        const char *title = family_title(family, i);
        guint section = find_title(report, family, i);
        if (section == REPORT_NONE) {
            if (g_array_index(family->sections, FamilySection, i).usual) {
                usual++;
                continue;
            }
            append_title(missing, title);
            lost++;
            continue;
        }
        if (found++ > 0 && section < before)
            append_title(moved, report_section(report, section)->title);
        else if (!stands_again(report, section) && section_is_empty(examination, section))
            append_title(empty, report_section(report, section)->title);
        before = MAX(before, section);
    }
    if (n == 0 || found * 100 < (n - usual) * TEMPLATE_KNOWN_PERCENT) {
        examination_leave(examination, rule, "报告没有采用已知的模板");
        return;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    if (missing->len > 0)
        g_string_append_printf(text, "缺少规定的标题%s", missing->str);
    if (moved->len > 0)
        g_string_append_printf(text, "%s标题顺序与规定不符：%s", text->len > 0 ? "，" : "",
                               moved->str);
    if (empty->len > 0)
        g_string_append_printf(text, "%s标题下没有内容：%s", text->len > 0 ? "，" : "", empty->str);
    if (text->len == 0) {
        examination_pass(examination, rule);
        return;
    }
    g_string_append(text, "。");
    /* With headings of its own instead it may follow the template of another place or year. */
    gboolean other =
        moved->len == 0 && empty->len == 0 && count_other_titles(report, family) >= lost;
    guint index = examination_fail(examination, rule, other ? CERTAINTY_SUSPECTED : rule->certainty,
                                   (Span){0, 0}, text->str);
    if (other)
        report_finding(examination->report, index)->severity = SEVERITY_HINT;
}

/* Whether the body of the section, its title left out, has the topic. */
static gboolean body_has(const Examination *examination, guint section, Expression *topic) {
    guint first, end;
    section_passages(examination, section, &first, &end);
    for (guint i = first; i < end; i++) {
        const Passage *passage = script_passage(examination->script, i);
        gboolean own = passage->kind == PASSAGE_HEADING && passage->section == section;
        if (!own && script_has(examination->script, topic, passage->start, passage->end))
            return TRUE;
    }
    return FALSE;
}

static gboolean names_several(const Examination *examination, const char *title) {
    gsize n;
    return wording_find(patterns_wording(examination->patterns), WORDS_JOIN, title, &n) != NULL;
}

/* A section whose title names several things, topics of the rule among them. */
static void check_promises(Examination *examination, const Rule *rule, guint section, guint *n) {
    const Report *report = examination->report;
    const Section *own = report_section(report, section);
    guint promised = 0;
    g_autoptr(GString) missing = g_string_new(NULL);
    for (guint i = 0; i < rule->matches->len; i++) {
        const RuleMatch *match = &g_array_index(rule->matches, RuleMatch, i);
        if (strstr(own->title, match->name) == NULL)
            continue;
        promised++;
        if (!body_has(examination, section, match->expression))
            append_title(missing, match->name);
    }
    if (promised == 0 || !names_several(examination, own->title) || stands_again(report, section) ||
        section_is_empty(examination, section))
        return;
    (*n)++;
    if (missing->len == 0) {
        examination_pass(examination, rule);
        return;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    Span place =
        document_lines_span(report->document, document_block(report->document, own->block)->lines);
    g_string_append(text, "标题");
    examination_quote(examination, text, place);
    g_string_append_printf(text, "所列%s，正文没有说明。", missing->str);
    examination_fail(examination, rule, rule->certainty, place, text->str);
}

void check_topics(Examination *examination, const Rule *rule) {
    guint n = 0;
    for (guint i = 0; i < examination->report->sections->len; i++)
        check_promises(examination, rule, i, &n);
    if (n == 0)
        examination_leave(examination, rule, "没有列出多项内容的标题");
}

/* What stands under a title of other topics than its own. */
typedef struct {
    const Rule *rule;
    Evidence evidence;
    guint n;
} Placing;

static void take_misplaced(Examination *examination, const RuleMatch *match, guint sentence,
                           Span place, gpointer data) {
    Placing *placing = data;
    const Script *script = examination->script;
    guint section = script_passage(script, script_sentence(script, sentence)->passage)->section;
    g_autofree char *topic = expression_group(match->expression, "topic");
    if (section == REPORT_NONE || topic == NULL)
        return;
    const char *title = report_section(examination->report, section)->title;
    gboolean topical = FALSE;
    for (guint i = 0; i < placing->rule->words->len; i++)
        topical |= strstr(title, placing->rule->words->pdata[i]) != NULL;
    if (!topical)
        return;
    placing->n++;
    if (strstr(title, topic) == NULL)
        evidence_add(&placing->evidence, place);
}

void check_placed(Examination *examination, const Rule *rule) {
    Placing placing = {rule, evidence_new(), 0};
    match_rule(examination, rule, take_misplaced, &placing);
    if (placing.n == 0)
        examination_leave(examination, rule, "没有分指标说明的标题");
    else
        examination_judge(examination, rule, &placing.evidence);
    evidence_clear(&placing.evidence);
}

static gboolean says_nothing(const Examination *examination, const Rule *rule,
                             const Passage *passage) {
    g_autofree char *words = script_folded(examination->script, passage->start, passage->end);
    if (g_str_has_suffix(words, "。"))
        words[strlen(words) - strlen("。")] = '\0';
    return g_ptr_array_find_with_equal_func(rule->words, words, g_str_equal, NULL);
}

static gboolean asks_for(const Rule *rule, const char *title) {
    for (guint i = 0; i < rule->reasons->len; i++)
        if (expression_find(rule->reasons->pdata[i], title))
            return TRUE;
    return FALSE;
}

/* Where a text is asked for, and the answers that say nothing. */
typedef struct {
    GString *text;
    Span first;
    guint n;
} Answers;

/* “存在问题”只写“无”（第4页） */
static void answers_add(const Examination *examination, Answers *answers, const char *title,
                        const Passage *answer) {
    Span place = script_span(examination->script, answer->start, answer->end);
    g_string_append_printf(answers->text, "%s“%s”只写", answers->text->len > 0 ? "、" : "", title);
    examination_quote(examination, answers->text, place);
    answers->first = answers->first.end == 0 ? place : answers->first;
}

/* An answer that says nothing where something was lost. */
static void check_answer(const Examination *examination, const Rule *rule, guint section,
                         Answers *answers) {
    guint first, end, bodies = 0, body = 0;
    section_passages(examination, section, &first, &end);
    for (guint i = first; i < end; i++)
        if (script_passage(examination->script, i)->kind != PASSAGE_HEADING) {
            body = i;
            bodies++;
        }
    answers->n++;
    if (bodies != 1)
        return;
    const Passage *passage = script_passage(examination->script, body);
    if (says_nothing(examination, rule, passage))
        answers_add(examination, answers, report_section(examination->report, section)->title,
                    passage);
}

/* 存在问题 | 无 in a form. */
static void check_answer_cells(const Examination *examination, const Rule *rule, Answers *answers) {
    const Script *script = examination->script;
    for (guint i = 0; i + 1 < script->passages->len; i++) {
        const Passage *key = script_passage(script, i), *value = key + 1;
        if (key->kind != PASSAGE_CELL || value->kind != PASSAGE_CELL ||
            key->table != value->table || key->end - key->start > ASKING_UNITS_MAX)
            continue;
        const Table *table = document_table(examination->report->document, key->table);
        g_autofree char *head = script_folded(script, key->start, key->end);
        if (table_cell(table, key->cell)->row != table_cell(table, value->cell)->row ||
            !asks_for(rule, head))
            continue;
        answers->n++;
        if (says_nothing(examination, rule, value))
            answers_add(examination, answers, head, value);
    }
}

/* The total is below a hundred, or a score below its weight. */
static gboolean points_are_lost(const Examination *examination) {
    const Report *report = examination->report;
    guint total = examination_total_score(examination);
    if (total != REPORT_NONE)
        return decimal_compare(report_fact(report, total)->value, decimal_from_integer(100)) < 0;
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        if (!g_str_equal(relation->rule, "SCO-02") || relation->members->len != 2)
            continue;
        guint a = g_array_index(relation->members, Member, 0).fact,
              b = g_array_index(relation->members, Member, 1).fact;
        if (decimal_compare(report_fact(report, a)->value, report_fact(report, b)->value) < 0)
            return TRUE;
    }
    return FALSE;
}

void check_answers(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    g_autoptr(GString) text = g_string_new(NULL);
    Answers answers = {.text = text};
    for (guint i = 0; i < report->sections->len; i++)
        if (asks_for(rule, report_section(report, i)->title) && !stands_again(report, i))
            check_answer(examination, rule, i, &answers);
    check_answer_cells(examination, rule, &answers);
    gboolean lost = points_are_lost(examination);
    if (answers.n == 0 || !lost)
        examination_leave(examination, rule, answers.n == 0 ? "没有应作说明的标题" : "没有失分");
    else if (text->len == 0)
        examination_pass(examination, rule);
    else {
        g_autofree char *message = examination_say(examination, rule, text->str);
        examination_fail(examination, rule, rule->certainty, answers.first, message);
    }
}
