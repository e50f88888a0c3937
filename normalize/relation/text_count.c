/* Counts against what is enumerated: 所属单位4家：甲、乙、丙、丁。 — 甲、乙、丙三个环节 —
 * 分为三类：一是 … */
#include "normalize/relation/text_relation.h"
#include <string.h>

/* Things that are enumerated have short names; a longer piece is a sentence. */
enum { PIECE_CHARACTERS_MAX = 30, ENUMERATED_MAX = 200, PIECES_BEFORE_MIN = 3, HAN_BYTES = 3 };
/* A count far from the names before it counts something else. */
enum { STATED_BEFORE_MAX = 20, OFF_MAX = 2 };
/* Between a count and the total of its list. */
enum { TOTAL_CHARACTERS_MAX = 5, RELATIONS_BACK_MAX = 64 };

static gboolean is_count(const Flow *flow, guint i) {
    const Fact *fact = flow_fact(flow, i);
    return fact->kind == FIGURE_COUNT && fact->qualifier == QUALIFIER_EXACT &&
           fact->text_high == NULL && fact->value.decimals == 0 && fact->value.coefficient > 0 &&
           fact->value.coefficient <= ENUMERATED_MAX;
}

static const char *count_rule(const Flow *flow, const Fact *fact) {
    gsize n;
    gboolean indicator = fact->label != NULL &&
                         wording_find(flow->wording, WORDS_INDICATOR, fact->label, &n) != NULL;
    return indicator ? "CNT-03" : "CNT-02";
}

static void add_counted(Flow *flow, guint token, gint64 n, Span place, gboolean certain) {
    const Fact *fact = flow_fact(flow, token);
    guint index = flow_token(flow, token)->fact;
    guint relation = relation_begin(flow->report, count_rule(flow, fact), place);
    report_relation(flow->report, relation)->certain = certain;
    report_relation(flow->report, relation)->scope = fact->label;
    relation_add(flow->report, relation, index, "total");
    relation_count(flow->report, relation, n, place);
}

/* Markers of one style from token `i` on, in order, until the list ends; 0 for none. */
static guint count_markers(const Flow *flow, guint i, guint *end) {
    guint n = 0, style = 0, ordinal = 0;
    for (; i < flow->tokens->len; i++) {
        const Token *token = flow_token(flow, i);
        if (token->kind != TOKEN_MARKER || (n > 0 && token->style != style))
            continue;
        if (n > 0 && token->ordinal <= ordinal)
            break;
        style = token->style;
        ordinal = token->ordinal;
        *end = token->end;
        n++;
    }
    return n;
}

/* Pieces between 、 of an enumeration, brackets and quotes left whole. The last piece may join two
 * by 和: then `joined` is set. Gives 0 where it is no list of short names. */
static guint count_pieces(const Clues *clues, const char *text, gboolean *joined) {
    guint n = 0, length = 0;
    int depth = 0;
    const char *piece = text;
    *joined = FALSE;
    for (const char *p = text;; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        depth += code == U'（' || code == '(' || code == U'《' || code == U'“' ? 1 : 0;
        depth -= code == U'）' || code == ')' || code == U'》' || code == U'”' ? 1 : 0;
        if (*p != '\0' && (code != U'、' || depth > 0)) {
            if (code == U'，' && depth == 0)
                return 0;
            length++;
            continue;
        }
        if (length == 0 || length > PIECE_CHARACTERS_MAX)
            return 0;
        n++;
        if (*p == '\0')
            break;
        length = 0;
        piece = g_utf8_next_char(p);
    }
    gsize length_of;
    const char *at = clues_find(clues, CLUE_JOINER, piece, &length_of);
    if (at == piece)
        at = clues_find(clues, CLUE_JOINER, piece + length_of, &length_of);
    *joined = at != NULL && at[length_of] != '\0';
    return n;
}

static gboolean is_open_list(const Clues *clues, const char *text) {
    gsize n;
    return clues_find(clues, CLUE_AND_SO_ON, text, &n) != NULL;
}

/* The number that the pieces stand for, as near to the stated one as 和 allows. */
static gint64 pieces_as(guint pieces, gboolean joined, gint64 stated) {
    return joined && stated > (gint64)pieces ? (gint64)pieces + 1 : (gint64)pieces;
}

/* The end of the enumeration: 。 ； or the end of the paragraph. */
static guint list_stop(const Flow *flow, guint token) {
    guint i = token + 1;
    while (i < flow->tokens->len && flow_token(flow, i)->kind != TOKEN_STOP &&
           flow_token(flow, i)->kind != TOKEN_GROUP && flow_token(flow, i)->kind != TOKEN_BREAK)
        i++;
    return i < flow->tokens->len ? flow_token(flow, i)->start : flow->codes->len;
}

/* 科室 7 个，分别为甲、乙 …: the word right behind the count's comma. */
static gboolean list_after_word(const Flow *flow, guint from, guint to, guint *start) {
    if (from >= to || g_array_index(flow->codes, gunichar, from) != U'，')
        return FALSE;
    g_autofree char *text = flow_text(flow, from + 1, MIN(to, from + PIECE_CHARACTERS_MAX));
    gsize n = clues_prefix(flow->clues, CLUE_NAMELY, text);
    if (n == 0)
        return FALSE;
    text[n] = '\0';
    *start = from + 1 + (guint)g_utf8_strlen(text, -1);
    return TRUE;
}

/* What stands between the count and the colon or word that its list begins with. */
static gboolean list_start(const Flow *flow, guint token, guint *start) {
    guint from = flow_token(flow, token)->end, to = list_stop(flow, token);
    gboolean last = token + 1 == flow->tokens->len;
    if (!last && flow_token(flow, token + 1)->kind == TOKEN_FACT)
        to = MIN(to, flow_token(flow, token + 1)->start);
    for (guint i = from; i < MIN(to, from + PIECE_CHARACTERS_MAX); i++) {
        gunichar code = g_array_index(flow->codes, gunichar, i);
        if (code == U'：' || code == ':') {
            *start = i + 1;
            return TRUE;
        }
        if (code == U'，' || code == U'、')
            break;
    }
    return list_after_word(flow, from, to, start);
}

/* 分为三类，合计 80 万元：一是: the total of the list stands between. */
static gboolean list_after_total(const Flow *flow, guint token, guint *start) {
    guint next = token + 1;
    if (next >= flow->tokens->len || flow_token(flow, next)->kind != TOKEN_FACT)
        return FALSE;
    g_autofree char *between = flow_gap(flow, token, next);
    gsize n = wording_suffix(flow->wording, WORDS_TOTAL, between, strlen(between));
    return n > 0 && g_utf8_strlen(between, -1) <= TOTAL_CHARACTERS_MAX &&
           list_start(flow, next, start);
}

static void relate_list_behind(Flow *flow, guint token) {
    guint start, end = 0;
    const Fact *fact = flow_fact(flow, token);
    if (!list_start(flow, token, &start) && !list_after_total(flow, token, &start))
        return;
    guint next = token + 1;
    while (next < flow->tokens->len &&
           (flow_token(flow, next)->kind == TOKEN_BREAK || flow_token(flow, next)->start < start))
        next++;
    if (next < flow->tokens->len && flow_token(flow, next)->kind == TOKEN_MARKER &&
        flow_token(flow, next)->start <= start + 1) {
        guint n = count_markers(flow, next, &end);
        if (n >= 2)
            add_counted(flow, token, n, flow_span(flow, start, end), TRUE);
        return;
    }
    guint stop = list_stop(flow, token);
    g_autofree char *text = flow_text(flow, start, stop);
    gboolean joined;
    guint pieces = count_pieces(flow->clues, text, &joined);
    if (pieces < 2 || is_open_list(flow->clues, text))
        return;
    for (guint i = token + 1; i < flow->tokens->len && flow_token(flow, i)->start < stop; i++)
        if (flow_token(flow, i)->kind == TOKEN_FACT)
            return;
    add_counted(flow, token, pieces_as(pieces, joined, (gint64)fact->value.coefficient),
                flow_span(flow, start, stop), TRUE);
}

/* So far off that something else is counted. */
static gboolean is_far_off(gint64 off, gint64 stated) {
    return (off < 0 ? -off : off) > MAX(OFF_MAX, stated / 2);
}

/* 甲、乙、丙、丁和戊五个环节: the list right before its count, in one clause. */
static void relate_list_before(Flow *flow, guint token) {
    guint end = flow_token(flow, token)->start, start = end;
    guint floor = token == 0 ? 0 : flow_token(flow, token - 1)->end;
    while (start > floor) {
        gunichar code = g_array_index(flow->codes, gunichar, start - 1);
        if (code == U'，' || code == U'：' || code == U'。' || code == U'；' || code == '\n')
            break;
        start--;
    }
    g_autofree char *text = flow_text(flow, start, end);
    gboolean joined;
    guint pieces = count_pieces(flow->clues, text, &joined);
    gint64 stated = (gint64)flow_fact(flow, token)->value.coefficient;
    gint64 off = pieces_as(pieces, joined, stated) - stated;
    if (pieces < PIECES_BEFORE_MIN || stated > STATED_BEFORE_MAX || is_far_off(off, stated) ||
        is_open_list(flow->clues, text))
        return;
    add_counted(flow, token, pieces_as(pieces, joined, stated), flow_span(flow, start, end), FALSE);
}

/* Whether a score is said to be a weight: neither earned nor deducted nor a total. */
static gboolean is_weight(const Flow *flow, guint i) {
    const Fact *fact = flow_fact(flow, i);
    return fact->kind == FIGURE_SCORE && g_strcmp0(fact->role, "weight") == 0;
}

/* 一级指标 4 个 … 投入指标15分、过程指标25分 …: the weights that follow in the paragraph. */
static void relate_weights(Flow *flow, guint token) {
    const Fact *fact = flow_fact(flow, token);
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(guint));
    gsize n;
    if (fact->label == NULL || clues_find(flow->clues, CLUE_FIRST, fact->label, &n) == NULL)
        return;
    for (guint i = token + 1; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind == TOKEN_BREAK && !flow_token(flow, i)->soft)
            break;
        if (flow_token(flow, i)->kind == TOKEN_FACT && is_weight(flow, i))
            g_array_append_val(weights, i);
    }
    if (weights->len < 2)
        return;
    guint last = g_array_index(weights, guint, weights->len - 1);
    guint relation = relation_begin(
        flow->report, "CNT-03",
        flow_span(flow, flow_token(flow, token)->start, flow_token(flow, last)->end));
    report_relation(flow->report, relation)->scope = fact->label;
    relation_add(flow->report, relation, flow_token(flow, token)->fact, "total");
    for (guint i = 0; i < weights->len; i++)
        relation_add(flow->report, relation,
                     flow_token(flow, g_array_index(weights, guint, i))->fact, "item");
}

static gboolean says(const Flow *flow, guint token, ClueSet set) {
    gsize n;
    const char *label = flow_fact(flow, token)->label;
    g_autofree char *words = flow_words(flow, token);
    return clues_find(flow->clues, set, words, &n) != NULL ||
           (label != NULL && clues_find(flow->clues, set, label, &n) != NULL);
}

/* 申报 298 家，通过认定 199 家: the same thing applied for and granted, in one sentence. */
static void relate_funnel(Flow *flow, guint token) {
    const Fact *wide = flow_fact(flow, token);
    if (wide->kind != FIGURE_COUNT || wide->qualifier != QUALIFIER_EXACT ||
        !says(flow, token, CLUE_WIDE) || says(flow, token, CLUE_NARROW))
        return;
    for (guint i = token + 1; i < flow->tokens->len; i++) {
        const Token *next = flow_token(flow, i);
        if (next->kind == TOKEN_FACT && flow_fact(flow, i)->kind == FIGURE_RANK)
            continue;
        if (next->kind != TOKEN_FACT)
            return;
        const Fact *narrow = flow_fact(flow, i);
        g_autofree char *words = flow_words(flow, i);
        gsize n;
        gboolean begins = clues_prefix(flow->clues, CLUE_NARROW, words) > 0;
        gboolean same = g_strcmp0(narrow->subject, wide->subject) == 0;
        if (narrow->kind != FIGURE_COUNT || narrow->qualifier != QUALIFIER_EXACT ||
            g_strcmp0(narrow->unit, wide->unit) != 0 || !(begins || same) ||
            clues_find(flow->clues, CLUE_NARROW, words, &n) == NULL)
            return;
        guint relation = relation_begin(flow->report, "CNT-05",
                                        flow_span(flow, flow_token(flow, token)->start, next->end));
        report_relation(flow->report, relation)->certain = FALSE;
        relation_add(flow->report, relation, next->fact, "smaller");
        relation_add(flow->report, relation, flow_token(flow, token)->fact, "larger");
        return;
    }
}

/* The sum whose parts stand between two tokens; how many they are, 0 for none. */
static guint parts_between(const Flow *flow, guint from, guint to) {
    const GArray *relations = flow->report->relations;
    for (guint i = relations->len; i > 0 && relations->len - i < RELATIONS_BACK_MAX; i--) {
        const Relation *relation = &g_array_index(relations, Relation, i - 1);
        guint n = relation->members->len, parts = 0;
        for (guint k = 1; k < n; k++) {
            const Member *member = &g_array_index(relation->members, Member, k);
            parts += g_str_equal(member->role, "part") && member->fact >= from && member->fact <= to
                         ? 1
                         : 0;
        }
        if (n >= 3 && parts == n - 1 && g_str_has_prefix(relation->rule, "SUM"))
            return parts;
    }
    return 0;
}

/* 分解到 3 个县，其中甲县 2640 万元、乙县 2112 万元、丙县 1848 万元: as many parts as things. */
static void relate_parts(Flow *flow, guint token) {
    const Fact *fact = flow_fact(flow, token);
    guint end = token + 1, first = token + 1;
    if (!clues_is(flow->clues, CLUE_KINDS, fact->unit) ||
        fact->value.coefficient > STATED_BEFORE_MAX || g_strcmp0(fact->role, "total") == 0 ||
        g_strcmp0(fact->role, "part") == 0)
        return;
    while (end < flow->tokens->len && !flow_is_end(flow, end))
        end++;
    while (first < end && flow_token(flow, first)->kind != TOKEN_FACT)
        first++;
    if (first >= end ||
        !(flow_is_fact(flow, first, FIGURE_AMOUNT) || flow_is_fact(flow, first, FIGURE_COUNT)) ||
        g_strcmp0(flow_fact(flow, first)->unit, fact->unit) == 0 ||
        g_strcmp0(flow_fact(flow, first)->role, "part") != 0)
        return;
    guint last = end - 1;
    while (last > first && flow_token(flow, last)->kind != TOKEN_FACT)
        last--;
    guint parts = parts_between(flow, flow_token(flow, first)->fact, flow_token(flow, last)->fact);
    gint64 off = (gint64)parts - (gint64)fact->value.coefficient;
    if (parts >= 2 && !is_far_off(off, (gint64)fact->value.coefficient))
        add_counted(flow, token, parts,
                    flow_span(flow, flow_token(flow, first)->start, flow_token(flow, last)->end),
                    off == 0);
}

void relate_counts(Flow *flow) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind != TOKEN_FACT)
            continue;
        relate_funnel(flow, i);
        if (!is_count(flow, i))
            continue;
        guint before = flow->report->relations->len;
        relate_weights(flow, i);
        if (flow->report->relations->len == before)
            relate_list_behind(flow, i);
        if (flow->report->relations->len == before)
            relate_list_before(flow, i);
        if (flow->report->relations->len == before)
            relate_parts(flow, i);
    }
}
