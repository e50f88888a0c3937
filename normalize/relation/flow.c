#include "normalize/relation/flow.h"
#include "normalize/text.h"
#include <string.h>

/* Styles of markers beyond those that a bracket or a point makes. */
enum { STYLE_SPOKEN = 0x10000 }; /* 一是 */

/* Headings from this level on number the items of a list: 1. （1） ①. */
enum { LIST_LEVEL_MIN = 3 };

static void flow_init(Flow *flow, Report *report, const Patterns *patterns) {
    *flow = (Flow){.report = report,
                   .wording = patterns_wording(patterns),
                   .clues = patterns_clues(patterns),
                   .codes = g_array_new(FALSE, FALSE, sizeof(gunichar)),
                   .origins = g_array_new(FALSE, FALSE, sizeof(guint)),
                   .tokens = g_array_new(FALSE, TRUE, sizeof(Token))};
}

static void flow_clear(Flow *flow) {
    g_array_unref(flow->codes);
    g_array_unref(flow->origins);
    g_array_unref(flow->tokens);
}

static void flow_empty(Flow *flow) {
    g_array_set_size(flow->codes, 0);
    g_array_set_size(flow->origins, 0);
    g_array_set_size(flow->tokens, 0);
}

char *flow_text(const Flow *flow, guint start, guint end) {
    end = MIN(end, flow->codes->len);
    char *text = g_malloc((gsize)(MAX(end, start) - start) * TEXT_BYTES_MAX + 1), *at = text;
    for (guint i = start; i < end; i++)
        at = code_write(g_array_index(flow->codes, gunichar, i), at);
    *at = '\0';
    return text;
}

char *flow_gap(const Flow *flow, guint from, guint to) {
    return flow_text(flow, flow_token(flow, from)->end, flow_token(flow, to)->start);
}

Span flow_span(const Flow *flow, guint start, guint end) {
    if (start >= end || end > flow->origins->len)
        return (Span){0, 0};
    return (Span){g_array_index(flow->origins, guint, start),
                  g_array_index(flow->origins, guint, end - 1) + 1};
}

static void set_length(Flow *flow, guint length) {
    g_array_set_size(flow->codes, length);
    g_array_set_size(flow->origins, length);
}

static void set_code(Flow *flow, guint at, gunichar code, guint origin) {
    g_array_index(flow->codes, gunichar, at) = code;
    g_array_index(flow->origins, guint, at) = origin;
}

static void append_block(Flow *flow, const Block *block) {
    const Document *document = flow->report->document;
    Span span = document_lines_span(document, block->lines);
    guint n = flow->codes->len;
    set_length(flow, n + span.end - span.start + 1);
    for (guint i = span.start; i < span.end; i++) {
        gunichar code = document_character(document, i)->code;
        if (code_is_plain(code) || !g_unichar_isspace(code))
            set_code(flow, n++, code, i);
    }
    set_code(flow, n++, '\n', span.end == 0 ? 0 : span.end - 1);
    set_length(flow, n);
}

/* The flow's position of a document character, or of the next one that is in the flow. */
static guint flow_position(const Flow *flow, guint origin) {
    guint low = 0, high = flow->origins->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(flow->origins, guint, middle) < origin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static guint chinese_digit(gunichar code) {
    static const gunichar DIGITS[] = U"一二三四五六七八九十";
    for (guint i = 0; i < 10; i++)
        if (DIGITS[i] == code)
            return i + 1;
    return 0;
}

/* What a marker counts, and which list it may belong to: its form without the numerals. */
static void read_marker(const Flow *flow, Token *token) {
    guint style = 0, value = 0;
    for (guint i = token->start; i < token->end; i++) {
        gunichar code = g_array_index(flow->codes, gunichar, i);
        if (code >= U'①' && code <= U'⑳') {
            value = code - U'①' + 1;
            style = style * 31 + 1;
        } else if (code >= U'⑴' && code <= U'⒇') {
            value = code - U'⑴' + 1;
            style = style * 31 + 2;
        } else if (g_unichar_digit_value(code) >= 0)
            value = value * 10 + (guint)g_unichar_digit_value(code);
        else if (chinese_digit(code) > 0) {
            guint digit = chinese_digit(code);
            value = digit == 10 && value > 0 ? value * 10 : value + digit;
            style |= 0x8000;
        } else
            style = style * 31 + (code == U'（'   ? '('
                                  : code == U'）' ? ')'
                                  : code == U'．' ? '.'
                                                  : code);
    }
    token->style = style & 0xffff;
    token->ordinal = value;
}

static void add_token(Flow *flow, TokenKind kind, guint start, guint end, guint fact) {
    Token token = {.kind = kind, .start = start, .end = end, .fact = fact};
    if (kind == TOKEN_MARKER)
        read_marker(flow, &token);
    g_array_append_val(flow->tokens, token);
}

/* 一是, 二是 … behind a point or at the start. */
static gboolean is_spoken_marker(const Flow *flow, guint i) {
    if (i + 1 >= flow->codes->len || g_array_index(flow->codes, gunichar, i + 1) != U'是' ||
        chinese_digit(g_array_index(flow->codes, gunichar, i)) == 0)
        return FALSE;
    gunichar before = i == 0 ? '\n' : g_array_index(flow->codes, gunichar, i - 1);
    return before == '\n' || g_unichar_ispunct(before);
}

static void add_point(Flow *flow, guint i) {
    switch (g_array_index(flow->codes, gunichar, i)) {
    case U'。':
    case U'！':
    case U'？':
        add_token(flow, TOKEN_STOP, i, i + 1, 0);
        break;
    case U'；':
    case ';':
        add_token(flow, TOKEN_GROUP, i, i + 1, 0);
        break;
    case '\n':
        add_token(flow, TOKEN_BREAK, i, i + 1, 0);
        break;
    default:
        if (is_spoken_marker(flow, i)) {
            add_token(flow, TOKEN_MARKER, i, i + 2, 0);
            flow_token(flow, flow->tokens->len - 1)->style = STYLE_SPOKEN;
        }
    }
}

static gboolean is_one_of(const Flow *flow, guint i, const gunichar *codes) {
    for (; i < flow->codes->len && *codes != 0; codes++)
        if (g_array_index(flow->codes, gunichar, i) == *codes)
            return TRUE;
    return FALSE;
}

/* A claimed marker with its brackets and its point. */
static guint add_marker(Flow *flow, guint start, guint end) {
    if (start > 0 && is_one_of(flow, start - 1, U"（("))
        start--;
    if (is_one_of(flow, end, U"）)"))
        end++;
    if (is_one_of(flow, end, U".．、"))
        end++;
    add_token(flow, TOKEN_MARKER, start, end, 0);
    return end;
}

/* Walks facts, claimed markers and points of the section side by side. */
typedef struct {
    guint fact, numeral;
} Cursor;

static void add_tokens(Flow *flow, Cursor *cursor) {
    const Report *report = flow->report;
    guint n = flow->codes->len;
    for (guint i = 0; i < n;) {
        guint origin = g_array_index(flow->origins, guint, i);
        while (cursor->fact < report->facts->len &&
               (report_fact(report, cursor->fact)->place.start < origin ||
                report_fact(report, cursor->fact)->table != DOCUMENT_NONE))
            cursor->fact++;
        const GArray *numerals = report->numerals;
        while (cursor->numeral < numerals->len &&
               g_array_index(numerals, Numeral, cursor->numeral).place.start < origin)
            cursor->numeral++;
        const Numeral *numeral = cursor->numeral < numerals->len
                                     ? &g_array_index(numerals, Numeral, cursor->numeral)
                                     : NULL;
        if (cursor->fact < report->facts->len &&
            report_fact(report, cursor->fact)->place.start == origin) {
            guint end = flow_position(flow, report_fact(report, cursor->fact)->place.end);
            add_token(flow, TOKEN_FACT, i, end, cursor->fact);
            i = MAX(end, i + 1);
        } else if (numeral != NULL && numeral->place.start == origin &&
                   strcmp(numeral->kind, "list-marker") == 0) {
            guint end = add_marker(flow, i, flow_position(flow, numeral->place.end));
            i = MAX(end, i + 1);
        } else
            add_point(flow, i++);
    }
}

static void measure_depths(Flow *flow) {
    int depth = 0;
    guint at = 0;
    for (guint i = 0; i < flow->tokens->len; i++) {
        Token *token = flow_token(flow, i);
        for (; at < token->start; at++) {
            gunichar code = g_array_index(flow->codes, gunichar, at);
            depth += code == U'（' || code == '(' ? 1 : code == U'）' || code == ')' ? -1 : 0;
        }
        at = MAX(at, token->end);
        if (token->kind == TOKEN_BREAK || depth < 0)
            depth = 0;
        token->depth = depth;
    }
}

/* A paragraph that no point ends goes on in the next: a line that the typesetter broke. */
static void soften_breaks(Flow *flow) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        Token *token = flow_token(flow, i);
        if (token->kind != TOKEN_BREAK || token->start == 0)
            continue;
        gunichar before = g_array_index(flow->codes, gunichar, token->start - 1);
        token->soft = before != U'。' && before != U'！' && before != U'？';
    }
}

/* Headings of lists (1. （1）) are part of the text that they head. */
static gboolean runs_on(const Block *block) {
    return block->kind == BLOCK_PARAGRAPH ||
           (block->kind == BLOCK_HEADING && block->level >= LIST_LEVEL_MIN);
}

static gboolean begins_section(const Block *block) {
    return block->kind == BLOCK_HEADING && block->level > 0 && block->level < LIST_LEVEL_MIN;
}

static void give(Flow *flow, Cursor *cursor, FlowFunction found, gpointer data) {
    if (flow->codes->len == 0)
        return;
    add_tokens(flow, cursor);
    measure_depths(flow);
    soften_breaks(flow);
    flow_read_words(flow);
    found(flow, data);
    flow->ordinal++;
    flow_empty(flow);
}

void flow_each(Report *report, const Patterns *patterns, FlowFunction found, gpointer data) {
    const Document *document = report->document;
    Flow flow;
    Cursor cursor = {0};
    flow_init(&flow, report, patterns);
    for (guint i = 0; i < document->blocks->len; i++) {
        const Block *block = document_block(document, i);
        if (begins_section(block))
            give(&flow, &cursor, found, data);
        if (runs_on(block) && block->lines.count > 0)
            append_block(&flow, block);
    }
    give(&flow, &cursor, found, data);
    flow_clear(&flow);
}
