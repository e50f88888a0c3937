#include "normalize/relation/text_list.h"
#include <string.h>

/* How far an introducer may stand from its total and from its first part, in characters; sentences
 * between total and introducer; tokens of one list. */
enum { GAP_CHARACTERS_MAX = 90, SENTENCES_BETWEEN_MAX = 2, LIST_TOKENS_MAX = 4096 };

static gboolean ends_in_colon(const char *text) {
    return g_str_has_suffix(text, "：") || g_str_has_suffix(text, ":");
}

static gboolean is_group_head(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    if (token->end >= flow->codes->len)
        return FALSE;
    gunichar code = g_array_index(flow->codes, gunichar, token->end);
    return code == U'：' || code == ':';
}

gboolean list_has_group_head(const Flow *flow, Run run) {
    for (guint i = run.first; i < run.end; i++)
        if (flow_is_fact(flow, i, FIGURE_COUNT) && is_group_head(flow, i))
            return TRUE;
    return FALSE;
}

/* The next figure or marker at or after `i`; `run.end` where there is none. */
static guint next_item(const Flow *flow, guint i, Run run) {
    while (i < run.end && flow_token(flow, i)->kind != TOKEN_FACT &&
           flow_token(flow, i)->kind != TOKEN_MARKER)
        i++;
    return i;
}

/* 其中 right behind ；. */
static gboolean leads_parts(const Flow *flow, guint group) {
    guint end = flow_token(flow, group)->end;
    g_autofree char *text = flow_text(flow, end, MIN(end + 2, flow->codes->len));
    gsize n;
    return wording_find(flow->wording, WORDS_SOME, text, &n) == text;
}

/* Sentences that end between two tokens; a large number where a group or a paragraph does. */
static guint stops_between(const Flow *flow, guint from, guint to) {
    guint stops = 0;
    if (from + 1 == to && flow_token(flow, from)->kind == TOKEN_GROUP && leads_parts(flow, from))
        return 0; /* 收回 768 份；其中满意 701 份 */
    while (to > from && flow_token(flow, to - 1)->kind == TOKEN_BREAK)
        to--; /* the list may stand in the next paragraph */
    for (guint k = from; k < to; k++) {
        const Token *token = flow_token(flow, k);
        if (token->kind == TOKEN_GROUP)
            return G_MAXUINT;
        stops += token->kind == TOKEN_STOP ? 1 : 0;
    }
    return stops;
}

/* The last sentence of the gap, without white space at its ends: the introducer's own. */
static const char *last_sentence(const char *text) {
    const char *stop = g_strrstr(text, "。");
    return stop == NULL ? text : stop + strlen("。");
}

/* A colon before the words of the first item. */
static gboolean has_colon(const Flow *flow, guint i, guint item) {
    const Token *token = flow_token(flow, item);
    guint to =
        token->kind == TOKEN_FACT ? MAX(token->lead, flow_token(flow, i)->end) : token->start;
    g_autofree char *head = flow_text(flow, flow_token(flow, i)->end, to);
    return ends_in_colon(g_strchomp(head));
}

/* 1.本年收入合计 84206.85 万元。⏎（1）拨款收入 …⏎（2）事业收入 …: a total with nothing behind it,
 * and markers below it. */
static gboolean is_outline_head(const Flow *flow, guint i, guint item) {
    if (flow_token(flow, item)->kind != TOKEN_MARKER || item == i + 1)
        return FALSE;
    for (guint k = i + 1; k < item; k++)
        if (flow_token(flow, k)->kind != TOKEN_STOP && flow_token(flow, k)->kind != TOKEN_BREAK)
            return FALSE;
    g_autofree char *words = flow_words(flow, i);
    for (guint k = i; k > 0; k--)
        if (flow_token(flow, k - 1)->kind == TOKEN_MARKER)
            return flow_token(flow, k - 1)->style != flow_token(flow, item)->style &&
                   wording_suffix(flow->wording, WORDS_TOTAL, words, strlen(words)) > 0;
    return wording_suffix(flow->wording, WORDS_TOTAL, words, strlen(words)) > 0;
}

gboolean introducer_read(const Flow *flow, guint i, Run run, Introducer *introducer) {
    guint item = next_item(flow, i + 1, run);
    if (item >= run.end)
        return FALSE;
    guint stops = stops_between(flow, i + 1, item);
    if (stops > SENTENCES_BETWEEN_MAX ||
        flow_token(flow, item)->start - flow_token(flow, i)->end > GAP_CHARACTERS_MAX)
        return FALSE;
    g_autofree char *text = flow_gap(flow, i, item);
    g_strdelimit(text, "\n", ' ');
    g_strchomp(text);
    const char *own = last_sentence(text);
    gsize n, m;
    const char *word = wording_find(flow->wording, WORDS_PARTS, own, &n);
    *introducer = (Introducer){.after = i, .item = item, .colon = has_colon(flow, i, item)};
    gboolean carried = stops == 0 || clues_prefix(flow->clues, CLUE_CARRY, own) > 0;
    introducer->listed = clues_find(flow->clues, CLUE_LIST, own, &n) != NULL;
    introducer->some = word != NULL && carried && !introducer->listed &&
                       wording_find(flow->wording, WORDS_SOME, word, &m) == word;
    /* 总支出中：, 总支出包括： take up a name of the sentence before */
    gboolean among = clues_find(flow->clues, CLUE_AMONG, own, &m) != NULL;
    introducer->within = stops == 1 && !carried && (introducer->listed || among);
    introducer->listed &= carried || introducer->within;
    introducer->some |= introducer->within && !introducer->listed;
    introducer->listed |= is_outline_head(flow, i, item);
    return introducer->some || introducer->listed || (introducer->colon && stops == 0);
}

/* The first hard end of a paragraph, or of a sentence, at or after `i`. */
static guint run_end(const Flow *flow, guint i, guint end, gboolean paragraph) {
    while (i < end &&
           !(paragraph ? flow_token(flow, i)->kind == TOKEN_BREAK && !flow_token(flow, i)->soft
                       : flow_is_end(flow, i)))
        i++;
    return i;
}

/* A list that begins in brackets ends with them. */
static guint bracket_end(const Flow *flow, guint first, guint end) {
    guint i = first + 1;
    while (i < end && flow_token(flow, i)->depth >= flow_token(flow, first)->depth)
        i++;
    return MIN(i, end);
}

static gboolean is_hard_break(const Flow *flow, guint i) {
    return flow_token(flow, i)->kind == TOKEN_BREAK && !flow_token(flow, i)->soft;
}

/* Hard ends of paragraphs in [from, to). */
static guint count_paragraphs(const Flow *flow, guint from, guint to) {
    guint n = 0;
    for (guint i = from; i < to; i++)
        n += is_hard_break(flow, i) ? 1 : 0;
    return n;
}

/* Markers that each begin a paragraph own all of it, and as many more as every item before the last
 * has (1、行政运行（项）。⏎ 年初预算为 …); others own the sentence. */
static guint markers_end(const Flow *flow, guint first, guint end) {
    const Token *head = flow_token(flow, first);
    guint last = first, ordinal = head->ordinal, paragraphs = G_MAXUINT;
    for (guint i = first + 1; i < end; i++) {
        const Token *token = flow_token(flow, i);
        if (token->kind != TOKEN_MARKER || token->style != head->style)
            continue;
        if (token->ordinal <= ordinal && ordinal != 0)
            break;
        ordinal = token->ordinal;
        paragraphs = MIN(paragraphs, count_paragraphs(flow, last, i));
        last = i;
    }
    if (last == first || flow_token(flow, last - 1)->kind != TOKEN_BREAK)
        return run_end(flow, last + 1, end, FALSE);
    guint to = run_end(flow, last + 1, end, TRUE);
    for (guint n = 1; n < paragraphs && to < end; n++)
        to = run_end(flow, to + 1, end, TRUE);
    return MIN(to, end);
}

/* Figures of a kind in the run that stand in no brackets of their own; how a figure changed and
 * what it is compared with count with it: 甲 8103 万元，比上年增收 1284 万元. */
static guint count_facts(const Flow *flow, Run run, FigureKind kind, int depth) {
    guint n = 0;
    for (guint i = run.first; i < run.end; i++) {
        const Token *token = flow_token(flow, i);
        gboolean beside =
            n > 0 && (token->change != CHANGE_NONE || token->base || token->reference);
        n += flow_is_fact(flow, i, kind) && token->depth == depth && !beside ? 1 : 0;
    }
    return n;
}

/* A group by itself has one figure, or a head, or a total of its own. */
static gboolean is_single_group(const Flow *flow, Run run, FigureKind kind) {
    guint n = count_facts(flow, run, kind, flow_token(flow, run.first)->depth);
    if (n == 1 || list_has_group_head(flow, run))
        return TRUE;
    for (guint i = run.first; n > 0 && i < run.end; i++) {
        Introducer inner;
        if (flow_is_fact(flow, i, kind))
            return introducer_read(flow, i, run, &inner) ||
                   (i + 1 < run.end && flow_is_fact(flow, i + 1, FIGURE_PERCENT));
    }
    return FALSE;
}

static Split find_split(const Flow *flow, guint first, FigureKind kind, guint *list_end) {
    guint group = first;
    while (group < *list_end && flow_token(flow, group)->kind != TOKEN_GROUP)
        group++;
    if (group == *list_end)
        return SPLIT_FIGURES;
    if (is_single_group(flow, (Run){first, group}, kind))
        return SPLIT_GROUPS;
    *list_end = group;
    return SPLIT_FIGURES;
}

/* A paragraph without a marker, or with one that is misprinted, behind an item that ends in ；. */
static gboolean is_unmarked(const Flow *flow, guint i) {
    guint next = i + 1;
    return flow_token(flow, i)->kind == TOKEN_BREAK && i > 0 &&
           flow_token(flow, i - 1)->kind == TOKEN_GROUP &&
           flow_token(flow, i - 1)->end == flow_token(flow, i)->start && next < flow->tokens->len &&
           flow_token(flow, next)->kind != TOKEN_MARKER;
}

static gboolean is_cut(const Flow *flow, guint i, Split split, guint style) {
    const Token *token = flow_token(flow, i);
    switch (split) {
    case SPLIT_MARKERS:
        return (token->kind == TOKEN_MARKER && token->style == style) || is_unmarked(flow, i);
    case SPLIT_GROUPS:
        return token->kind == TOKEN_GROUP;
    default:
        return token->kind == TOKEN_FACT;
    }
}

Split list_split(const Flow *flow, guint first, guint end, FigureKind kind, GArray *items,
                 guint *list_end) {
    const Token *head = flow_token(flow, first);
    Split split = SPLIT_MARKERS;
    end = bracket_end(flow, first, MIN(end, first + LIST_TOKENS_MAX));
    if (head->kind == TOKEN_MARKER)
        *list_end = markers_end(flow, first, end);
    else {
        *list_end = run_end(flow, first, end, FALSE);
        split = find_split(flow, first, kind, list_end);
    }
    guint from = first;
    for (guint i = first + 1; i <= *list_end; i++) {
        if (i < *list_end && !is_cut(flow, i, split, head->style))
            continue;
        Run item = {from, i};
        g_array_append_val(items, item);
        from = i;
    }
    return split;
}
