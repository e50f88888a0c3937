#include "normalize/check/script.h"
#include "normalize/check/trigger.h"
#include "normalize/section.h"
#include "normalize/text.h"

/* What runs on without an end is cut: expressions read short texts only. */
enum { SENTENCE_UNITS_MAX = 4000, UNITS_PER_CODE_MAX = 2 };

typedef struct {
    Script *script;
    const Triggers *triggers;
    NormalText folded; /* of the passage */
    gunichar2 *text;   /* of the script, with room for the passage */
    guint *origins;    /* of each unit */
    guint length;      /* units of the script that are written */
    guint *sections;
} Writing;

static gboolean ends_sentence(gunichar code) {
    return code == U'。' || code == ';' || code == '!' || code == '?' || code == U'｡';
}

static void append_unit(Writing *writing, guint unit, guint origin) {
    const guint at = writing->length++;
    writing->text[at] = (gunichar2)unit;
    writing->origins[at] = origin;
}

static void append_code(Writing *writing, gunichar code, guint origin) {
    if (code > 0xFFFF) {
        append_unit(writing, 0xD7C0 + (code >> 10), origin);
        append_unit(writing, 0xDC00 + (code & 0x3FF), origin);
    } else
        append_unit(writing, code, origin);
}

static void set_length(Writing *writing, guint length) {
    Script *script = writing->script;
    g_array_set_size(script->text, length);
    g_array_set_size(script->origins, length);
    writing->text = (gunichar2 *)(gpointer)script->text->data;
    writing->origins = (guint *)(gpointer)script->origins->data;
}

static void make_room(Writing *writing, guint units) {
    const guint length = writing->length + units;
    if (length > writing->script->text->len)
        set_length(writing, MAX(length, 2 * writing->script->text->len));
}

static void end_sentence(const Writing *writing, guint *start) {
    Script *script = writing->script;
    Sentence sentence = {script->passages->len, *start, writing->length};
    if (sentence.end > sentence.start)
        g_array_append_val(script->sentences, sentence);
    *start = sentence.end;
}

static void record_hit(guint slot, gpointer data) {
    Script *script = data;
    GArray *hits = script->hits->pdata[slot];
    guint sentence = script->sentences->len;
    if (hits->len == 0 || g_array_index(hits, guint, hits->len - 1) != sentence)
        g_array_append_val(hits, sentence);
}

static void write_passage(Writing *writing, Passage passage, Span span) {
    Script *script = writing->script;
    NormalText *folded = &writing->folded;
    guint start = writing->length;
    normal_text_read_span(folded, script->report->document, span);
    make_room(writing, UNITS_PER_CODE_MAX * folded->length);
    passage.start = start;
    passage.first_sentence = script->sentences->len;
    for (guint i = 0; i < folded->length; i++) {
        if (triggers_begin(writing->triggers, folded->codes[i]))
            triggers_at(writing->triggers, folded->codes + i, folded->length - i, record_hit,
                        script);
        append_code(writing, folded->codes[i], span.start + folded->origins[i]);
        if (ends_sentence(folded->codes[i]) || writing->length - start >= SENTENCE_UNITS_MAX)
            end_sentence(writing, &start);
    }
    end_sentence(writing, &start);
    passage.end = writing->length;
    passage.n_sentences = script->sentences->len - passage.first_sentence;
    if (passage.n_sentences > 0)
        g_array_append_val(script->passages, passage);
}

static void write_run(Writing *writing, LineRun lines, Passage passage) {
    if (lines.count == 0)
        return;
    write_passage(writing, passage, document_lines_span(writing->script->report->document, lines));
}

static void write_table(Writing *writing, Passage passage) {
    const Table *table = document_table(writing->script->report->document, passage.table);
    passage.kind = PASSAGE_NOTE;
    write_run(writing, table->caption, passage);
    write_run(writing, table->notes, passage);
    passage.kind = PASSAGE_CELL;
    for (guint i = 0; i < table->cells->len; i++) {
        passage.cell = i;
        write_run(writing, table_cell(table, i)->lines, passage);
    }
}

static void write_block(Writing *writing, guint index) {
    const Block *block = document_block(writing->script->report->document, index);
    Passage passage = {.block = index,
                       .section = writing->sections[index],
                       .table = block->table,
                       .cell = DOCUMENT_NONE};
    switch (block->kind) {
    case BLOCK_FURNITURE:
        return;
    case BLOCK_TABLE:
        write_table(writing, passage);
        return;
    case BLOCK_HEADING:
        passage.kind = block->level == 0 ? PASSAGE_TITLE : PASSAGE_HEADING;
        break;
    case BLOCK_FIELD:
        passage.kind = PASSAGE_FIELD;
        break;
    default:
        passage.kind = PASSAGE_PARAGRAPH;
    }
    passage.table = DOCUMENT_NONE;
    write_run(writing, block->lines, passage);
}

static void release_hits(gpointer hits) { g_array_unref(hits); }

Script *script_new(const Report *report, const Rules *rules) {
    Script *script = g_new0(Script, 1);
    *script = (Script){.report = report,
                       .text = g_array_new(FALSE, FALSE, sizeof(gunichar2)),
                       .origins = g_array_new(FALSE, FALSE, sizeof(guint)),
                       .passages = g_array_new(FALSE, TRUE, sizeof(Passage)),
                       .sentences = g_array_new(FALSE, TRUE, sizeof(Sentence)),
                       .hits = g_ptr_array_new_with_free_func(release_hits)};
    Writing writing = {.script = script,
                       .triggers = rules_triggers(rules),
                       .sections = sections_of_blocks(report)};
    for (guint i = 0; i < triggers_slots(writing.triggers); i++)
        g_ptr_array_add(script->hits, g_array_new(FALSE, FALSE, sizeof(guint)));
    script->waits = g_new(gboolean, script->hits->len + 1);
    for (guint i = 0; i < script->hits->len; i++)
        script->waits[i] = triggers_waits(writing.triggers, i);
    for (guint i = 0; i < report->document->blocks->len; i++)
        write_block(&writing, i);
    set_length(&writing, writing.length);
    normal_text_clear(&writing.folded);
    g_free(writing.sections);
    return script;
}

void script_free(Script *script) {
    if (script == NULL)
        return;
    g_array_unref(script->text);
    g_array_unref(script->origins);
    g_array_unref(script->passages);
    g_array_unref(script->sentences);
    g_ptr_array_unref(script->hits);
    g_free(script->waits);
    g_free(script);
}

Span script_span(const Script *script, guint start, guint end) {
    guint first = g_array_index(script->origins, guint, start);
    return (Span){first, g_array_index(script->origins, guint, MAX(end, start + 1) - 1) + 1};
}

char *script_folded(const Script *script, guint start, guint end) {
    char *text = g_utf16_to_utf8(script_units(script, start), end - start, NULL, NULL, NULL);
    return text == NULL ? g_strdup("") : text;
}

guint script_sentence_of(const Script *script, guint character) {
    guint low = 0, high = script->sentences->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        guint end = script_sentence(script, middle)->end;
        if (g_array_index(script->origins, guint, end - 1) < character)
            low = middle + 1;
        else
            high = middle;
    }
    return low < script->sentences->len ? low : REPORT_NONE;
}

gboolean script_has(const Script *script, Expression *expression, guint start, guint end) {
    glong from, to;
    return end > start && expression_find_utf16(expression, script_units(script, start),
                                                (glong)(end - start), &from, &to);
}

gboolean script_has_any(const Script *script, const GPtrArray *expressions, guint start,
                        guint end) {
    for (guint i = 0; i < expressions->len; i++)
        if (script_has(script, expressions->pdata[i], start, end))
            return TRUE;
    return FALSE;
}

const GArray *script_candidates(const Script *script, const RuleMatch *match) {
    if (!script->waits[match->slot])
        return NULL;
    return script->hits->pdata[match->slot];
}
