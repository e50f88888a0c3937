/* Copies: results that are written in the words of the targets. */
#include "normalize/check/kind.h"
#include "normalize/check/likeness.h"
#include "normalize/check/match.h"
#include <string.h>

/* Shorter sentences are alike by chance. */
enum { COPIED_UNITS_MIN = 24 };

static gboolean title_has(const Examination *examination, const Passage *passage,
                          const GPtrArray *expressions) {
    const Report *report = examination->report;
    for (guint i = passage->section; i != REPORT_NONE; i = report_section(report, i)->parent)
        for (guint k = 0; k < expressions->len; k++)
            if (expression_find(expressions->pdata[k], report_section(report, i)->title))
                return TRUE;
    return FALSE;
}

/* Cells below or beside a head: 预期目标, 实际完成情况. */
static gboolean cell_is_under(const Examination *examination, const Passage *passage,
                              const char *word) {
    const Table *table = document_table(examination->report->document, passage->table);
    const Cell *own = table_cell(table, passage->cell);
    char **words = examination->indicators->tables->pdata[passage->table];
    for (guint i = passage->cell; words != NULL && i > 0; i--) {
        const Cell *cell = table_cell(table, i - 1);
        if (cell->row + cell->row_span < own->row)
            break;
        gboolean above = cell->row + cell->row_span == own->row && cell->column == own->column;
        gboolean beside = cell->row == own->row && i == passage->cell;
        if ((above || beside) && strstr(words[i - 1], word) != NULL)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_under(const Examination *examination, const Passage *passage,
                         const GPtrArray *words) {
    for (guint i = 0; i < words->len; i++)
        if (cell_is_under(examination, passage, words->pdata[i]))
            return TRUE;
    return FALSE;
}

typedef struct {
    Shingles text, cells; /* of targets */
    guint targets, results;
    Evidence evidence;
} Copies;

static void read_targets(const Examination *examination, const Rule *rule, Copies *copies) {
    const Script *script = examination->script;
    for (guint i = 0; i < script->passages->len; i++) {
        const Passage *passage = script_passage(script, i);
        guint length = passage->end - passage->start;
        gboolean cell = passage->kind == PASSAGE_CELL;
        if (length < COPIED_UNITS_MIN || (!cell && passage->kind != PASSAGE_PARAGRAPH) ||
            !(cell ? is_under(examination, passage, rule->words)
                   : title_has(examination, passage, rule->reasons)))
            continue;
        shingles_add(cell ? &copies->cells : &copies->text, script_units(script, passage->start),
                     length);
        copies->targets++;
    }
}

static void judge_sentence(const Examination *examination, const Rule *rule, Copies *copies,
                           const Sentence *sentence, gboolean cell) {
    const Script *script = examination->script;
    guint length = sentence->end - sentence->start;
    if (length < COPIED_UNITS_MIN ||
        script_has_any(script, rule->unless, sentence->start, sentence->end))
        return;
    copies->results++;
    guint alike = shingles_percent(cell ? &copies->cells : &copies->text,
                                   script_units(script, sentence->start), length);
    if (alike >= (guint)rule_number(rule, cell ? "cells" : "text", 80))
        evidence_add(&copies->evidence, script_span(script, sentence->start, sentence->end));
}

/* The rule's `reason` are titles of sections with targets, its `outside` of those with results, its
 * words heads of cells with targets, its parameter `results` heads of those with results. */
static void read_results(const Examination *examination, const Rule *rule, Copies *copies) {
    const Script *script = examination->script;
    g_autoptr(GPtrArray) heads = g_ptr_array_new();
    g_auto(GStrv) words = g_strsplit(rule_parameter(rule, "results"), " ", -1);
    for (char **word = words; *word != NULL; word++)
        g_ptr_array_add(heads, *word);
    for (guint i = 0; i < script->passages->len; i++) {
        const Passage *passage = script_passage(script, i);
        gboolean cell = passage->kind == PASSAGE_CELL;
        if ((!cell && passage->kind != PASSAGE_PARAGRAPH) ||
            passage->end - passage->start < COPIED_UNITS_MIN ||
            !(cell ? is_under(examination, passage, heads)
                   : title_has(examination, passage, rule->outside)))
            continue;
        for (guint k = 0; k < passage->n_sentences; k++)
            judge_sentence(examination, rule, copies,
                           script_sentence(script, passage->first_sentence + k), cell);
    }
}

void check_copy(Examination *examination, const Rule *rule) {
    Copies copies = {.text = shingles_new(), .cells = shingles_new(), .evidence = evidence_new()};
    read_targets(examination, rule, &copies);
    if (copies.targets > 0)
        read_results(examination, rule, &copies);
    if (copies.targets == 0 || copies.results == 0)
        examination_leave(examination, rule, "没有同时列出目标和完成情况");
    else
        examination_judge(examination, rule, &copies.evidence);
    shingles_clear(&copies.text);
    shingles_clear(&copies.cells);
    evidence_clear(&copies.evidence);
}
