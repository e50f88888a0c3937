/* Totals and their parts in running text.
 *
 *   共 14640.83 万元，均按计划到位。其中甲局 6 个：1. … 8.1437 万元，2. … ；乙中心 1 个：… 1.24
 * 万元。 └ total                      └ introducer                       └ groups, markers within
 *
 * An introducer (其中, 包括, 分为, a colon …) stands between the total and its parts. What follows
 * it is cut into items by its list markers, else by ；, else every figure is an item; an item gives
 * its first figure, or, where it is a group with a head of its own (N 个：), all of them. Items are
 * read for totals of their own in turn. Of several figures before the introducer the nearest is the
 * total, unless another is exactly the sum.
 *
 * 其中 alone may name some parts only (SUM-02). A list is whole where its form says so: markers,
 * groups, another introducer, words that make a whole (基本支出, 项目支出), or the sum itself.
 */
#include "normalize/relation/text_relation.h"
#include <string.h>

/* How far an introducer may stand from its total and from its first part, in characters; sentences
 * between total and introducer; parts of one total. */
enum { GAP_CHARACTERS_MAX = 60, SENTENCES_BETWEEN_MAX = 1, PARTS_MAX = 512, DEPTH_MAX = 8 };
/* Amounts with fewer digits agree with a slip by chance. */
enum { SLIP_DIGITS_MIN = 4 };

typedef struct {
    guint first, end; /* tokens */
} Run;

typedef struct {
    Flow *flow;
    gboolean nested;
    int depth;
} Sums;

void fact_take_role(Report *report, guint fact, const char *role) {
    if (report_fact(report, fact)->role == NULL)
        report_fact(report, fact)->role = report_string(report, role);
}

static gboolean is_fact(const Flow *flow, guint i, FigureKind kind) {
    return flow_token(flow, i)->kind == TOKEN_FACT && flow_fact(flow, i)->kind == kind;
}

static gboolean same_unit(const Fact *a, const Fact *b) {
    static const char *const PEOPLE[] = {"人", "名", "位", NULL};
    if (g_strcmp0(a->unit, b->unit) == 0)
        return TRUE;
    return a->unit != NULL && b->unit != NULL && g_strv_contains(PEOPLE, a->unit) &&
           g_strv_contains(PEOPLE, b->unit);
}

static gboolean is_addend(const Fact *fact) {
    return fact->qualifier == QUALIFIER_EXACT && fact->text_high == NULL;
}

/* The text between two tokens. */
static char *gap(const Flow *flow, guint from, guint to) {
    return flow_text(flow, flow_token(flow, from)->end, flow_token(flow, to)->start);
}

static gboolean ends_in_colon(const char *text) {
    return g_str_has_suffix(text, "：") || g_str_has_suffix(text, ":");
}

/* A figure and, right behind it, a colon: the head of a group. */
static gboolean is_group_head(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    if (token->end >= flow->codes->len)
        return FALSE;
    gunichar code = g_array_index(flow->codes, gunichar, token->end);
    return code == U'：' || code == ':';
}

/* The next figure or marker at or after `i`; `run.end` where there is none. */
static guint next_item(const Flow *flow, guint i, Run run) {
    while (i < run.end && flow_token(flow, i)->kind != TOKEN_FACT &&
           flow_token(flow, i)->kind != TOKEN_MARKER)
        i++;
    return i;
}

typedef struct {
    guint after; /* token of the figure before the introducer */
    guint item;  /* token of the first item */
    gboolean some;
} Introducer;

/* Whether an introducer stands between token `i` and the next figure or marker. */
static gboolean introducer_read(const Flow *flow, guint i, Run run, Introducer *introducer) {
    guint item = next_item(flow, i + 1, run), stops = 0;
    if (item >= run.end)
        return FALSE;
    for (guint k = i + 1; k < item; k++) {
        const Token *token = flow_token(flow, k);
        if (token->kind == TOKEN_GROUP)
            return FALSE;
        stops += token->kind == TOKEN_STOP ? 1 : 0;
    }
    g_autofree char *text = gap(flow, i, item);
    g_strdelimit(text, "\n", ' ');
    g_strchomp(text);
    gsize n = 0;
    if (g_utf8_strlen(text, -1) > GAP_CHARACTERS_MAX || stops > SENTENCES_BETWEEN_MAX)
        return FALSE;
    const char *word = wording_find(flow->wording, WORDS_PARTS, text, &n);
    gboolean colon = ends_in_colon(text) && stops == 0;
    *introducer = (Introducer){.after = i, .item = item};
    if (word != NULL) {
        gsize m;
        introducer->some =
            wording_find(flow->wording, WORDS_SOME, word, &m) == word && !ends_in_colon(text);
        return stops == 0 || strstr(text, "。") == NULL || word > strstr(text, "。");
    }
    return colon;
}

/* The end of a list of markers: behind its last item's sentence. */
static guint markers_end(const Flow *flow, guint first, guint end) {
    const Token *head = flow_token(flow, first);
    guint last = first, ordinal = head->ordinal;
    for (guint i = first + 1; i < end; i++) {
        const Token *token = flow_token(flow, i);
        if (token->kind != TOKEN_MARKER || token->style != head->style)
            continue;
        if (token->ordinal <= ordinal && ordinal != 0)
            break;
        ordinal = token->ordinal;
        last = i;
    }
    guint i = last + 1;
    while (i < end && flow_token(flow, i)->kind != TOKEN_STOP &&
           flow_token(flow, i)->kind != TOKEN_BREAK)
        i++;
    return i;
}

static guint sentence_end(const Flow *flow, guint i, guint end) {
    while (i < end && flow_token(flow, i)->kind != TOKEN_STOP &&
           flow_token(flow, i)->kind != TOKEN_BREAK)
        i++;
    return i;
}

/* Figures of a kind in the run that stand in no brackets of their own. */
static guint count_facts(const Flow *flow, Run run, FigureKind kind, int depth) {
    guint n = 0;
    for (guint i = run.first; i < run.end; i++)
        n += is_fact(flow, i, kind) && flow_token(flow, i)->depth == depth ? 1 : 0;
    return n;
}

typedef enum { SPLIT_MARKERS, SPLIT_GROUPS, SPLIT_FIGURES } Split;

static gboolean has_group_head(const Flow *flow, Run run) {
    for (guint i = run.first; i < run.end; i++)
        if (is_fact(flow, i, FIGURE_COUNT) && is_group_head(flow, i))
            return TRUE;
    return FALSE;
}

/* A group by itself has one figure, or a head, or a total of its own. */
static gboolean is_single_group(const Flow *flow, Run run, FigureKind kind) {
    guint n = count_facts(flow, run, kind, flow_token(flow, run.first)->depth);
    if (n <= 1 || has_group_head(flow, run))
        return TRUE;
    for (guint i = run.first; i < run.end; i++) {
        Introducer inner;
        if (is_fact(flow, i, kind))
            return introducer_read(flow, i, run, &inner);
    }
    return FALSE;
}

/* Cuts what follows the introducer into items; gives how, and where the list ends. */
static Split split_items(const Flow *flow, guint first, guint end, FigureKind kind, GArray *items,
                         guint *list_end) {
    Split split = SPLIT_FIGURES;
    const Token *head = flow_token(flow, first);
    if (head->kind == TOKEN_MARKER) {
        split = SPLIT_MARKERS;
        *list_end = markers_end(flow, first, end);
    } else
        *list_end = sentence_end(flow, first, end);
    guint group = first;
    while (group < *list_end && flow_token(flow, group)->kind != TOKEN_GROUP)
        group++;
    if (split == SPLIT_FIGURES && group < *list_end) {
        if (is_single_group(flow, (Run){first, group}, kind))
            split = SPLIT_GROUPS;
        else
            *list_end = group;
    }
    guint from = first;
    for (guint i = first + 1; i <= *list_end; i++) {
        const Token *token = i < *list_end ? flow_token(flow, i) : NULL;
        gboolean cut = token == NULL ||
                       (split == SPLIT_MARKERS && token->kind == TOKEN_MARKER &&
                        token->style == head->style) ||
                       (split == SPLIT_GROUPS && token->kind == TOKEN_GROUP) ||
                       (split == SPLIT_FIGURES && token->kind == TOKEN_FACT);
        if (!cut)
            continue;
        Run item = {from, i};
        g_array_append_val(items, item);
        from = i;
    }
    return split;
}

/* The parts that an item gives: token indices. */
static void item_parts(const Flow *flow, Run item, FigureKind kind, int depth, GArray *parts) {
    gboolean all = kind == FIGURE_AMOUNT && has_group_head(flow, item);
    for (guint i = item.first; i < item.end; i++) {
        if (!is_fact(flow, i, kind) || flow_token(flow, i)->depth != depth)
            continue;
        if (parts->len < PARTS_MAX)
            g_array_append_val(parts, i);
        if (!all)
            return;
    }
}

static gboolean sum_parts(const Flow *flow, const GArray *parts, Decimal *sum) {
    *sum = DECIMAL_ZERO;
    for (guint i = 0; i < parts->len; i++)
        if (!decimal_add(*sum, flow_fact(flow, g_array_index(parts, guint, i))->value, sum))
            return FALSE;
    return TRUE;
}

static gboolean is_total_for(const Flow *flow, guint token, const GArray *parts) {
    const Fact *total = flow_fact(flow, token);
    const Fact *part = flow_fact(flow, g_array_index(parts, guint, 0));
    return total->kind == part->kind && is_addend(total) && same_unit(total, part);
}

/* The total among the figures before the introducer: the nearest, or the one that is the sum. */
static guint find_total(const Flow *flow, guint after, guint first, const GArray *parts,
                        Decimal sum) {
    guint nearest = G_MAXUINT, stops = 0;
    for (guint i = after + 1; i > first; i--) {
        const Token *token = flow_token(flow, i - 1);
        stops += token->kind == TOKEN_STOP ? 1 : 0;
        if (token->kind == TOKEN_BREAK || stops > SENTENCES_BETWEEN_MAX)
            break;
        if (token->kind != TOKEN_FACT || !is_total_for(flow, i - 1, parts))
            continue;
        if (decimal_compare(flow_fact(flow, i - 1)->value, sum) == 0)
            return i - 1;
        if (nearest == G_MAXUINT)
            nearest = i - 1;
    }
    return nearest;
}

/* Whether one digit, two neighbouring digits in the wrong order, or a power of ten in one operand
 * explains the difference. */
static gboolean one_slip(const Flow *flow, const Fact *total, Decimal sum, const GArray *parts) {
    Decimal difference, shifted;
    if (!decimal_subtract(sum, total->value, &difference))
        return FALSE;
    g_autofree char *digits = decimal_text(decimal_absolute(decimal_trim(difference)));
    g_strdelimit(digits, ".", '0');
    char *end = digits + strlen(digits);
    while (end > digits && end[-1] == '0')
        *--end = '\0';
    const char *significant = digits + strspn(digits, "0");
    gsize n = strlen(significant);
    if (n == 1 || (n == 2 && atoi(significant) % 9 == 0))
        return TRUE;
    for (guint i = 0; i < parts->len; i++) {
        const Fact *part = flow_fact(flow, g_array_index(parts, guint, i));
        static const int POWERS[] = {-4, -2, -1, 1, 2, 4};
        for (guint k = 0; k < G_N_ELEMENTS(POWERS); k++)
            if (decimal_scale(part->value, POWERS[k], &shifted) &&
                decimal_subtract(part->value, shifted, &shifted) &&
                decimal_compare(shifted, difference) == 0)
                return TRUE;
    }
    return FALSE;
}

static guint significant_digits(Decimal value) {
    g_autofree char *text = decimal_text(decimal_absolute(value));
    g_strdelimit(text, ".", '0');
    char *end = text + strlen(text);
    while (end > text && end[-1] == '0')
        *--end = '\0';
    return (guint)strlen(text + strspn(text, "0"));
}

/* Labels that together make a whole: every one has another word of one set. */
static gboolean is_whole(const Flow *flow, const GArray *parts) {
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (guint i = 0; i < parts->len; i++)
        g_ptr_array_add(labels, (gpointer)flow_fact(flow, g_array_index(parts, guint, i))->label);
    return wording_is_whole(flow->wording, labels);
}

static const char *sum_rule(const Sums *sums, const Fact *total, gboolean purpose) {
    static const char *const PEOPLE[] = {"人", "名", "位", NULL};
    if (total->kind == FIGURE_COUNT && total->unit != NULL && g_strv_contains(PEOPLE, total->unit))
        return "CNT-04";
    return purpose ? "SUM-04" : sums->nested ? "SUM-03" : "SUM-01";
}

static void add_relation(Sums *sums, const char *rule, guint total, const GArray *parts,
                         gboolean certain) {
    Flow *flow = sums->flow;
    Report *report = flow->report;
    guint last = g_array_index(parts, guint, parts->len - 1);
    guint from = MIN(total, g_array_index(parts, guint, 0)), to = MAX(total, last);
    guint relation = relation_begin(
        report, rule, flow_span(flow, flow_token(flow, from)->start, flow_token(flow, to)->end));
    report_relation(report, relation)->certain = certain;
    report_relation(report, relation)->scope = flow_fact(flow, total)->label;
    relation_add(report, relation, flow_token(flow, total)->fact, "total");
    fact_take_role(report, flow_token(flow, total)->fact, "total");
    for (guint i = 0; i < parts->len; i++) {
        guint fact = flow_token(flow, g_array_index(parts, guint, i))->fact;
        relation_add(report, relation, fact, "part");
        fact_take_role(report, fact, "part");
    }
}

/* Decides what the list of parts is to its total, and says so. */
static void relate(Sums *sums, const Introducer *introducer, guint first, const GArray *parts,
                   gboolean structured) {
    const Flow *flow = sums->flow;
    Decimal sum;
    if (parts->len == 0 || !sum_parts(flow, parts, &sum))
        return;
    guint total = find_total(flow, introducer->after, first, parts, sum);
    if (total == G_MAXUINT)
        return;
    const Fact *fact = flow_fact(flow, total);
    const char *rule = sum_rule(sums, fact, FALSE);
    if (parts->len >= 2 && decimal_compare(fact->value, sum) == 0)
        add_relation(sums, rule, total, parts, TRUE);
    else if (parts->len >= 2 && (structured || !introducer->some || is_whole(flow, parts)))
        add_relation(sums, rule, total, parts, TRUE);
    else if (parts->len >= 2 && fact->kind == FIGURE_AMOUNT &&
             significant_digits(fact->value) >= SLIP_DIGITS_MIN && one_slip(flow, fact, sum, parts))
        add_relation(sums, rule, total, parts, FALSE);
    else if (introducer->some)
        add_relation(sums, "SUM-02", total, parts, TRUE);
}

static gboolean parts_agree(const Flow *flow, GArray *parts) {
    const Fact *first = parts->len == 0 ? NULL : flow_fact(flow, g_array_index(parts, guint, 0));
    for (guint i = 0; i < parts->len; i++) {
        const Fact *part = flow_fact(flow, g_array_index(parts, guint, i));
        if (!is_addend(part) || !same_unit(first, part))
            return FALSE;
    }
    return TRUE;
}

/* A list of figures ends before words that begin something else. */
static void cut_run(const Flow *flow, GArray *parts) {
    for (guint i = 1; i < parts->len; i++) {
        guint before = g_array_index(parts, guint, i - 1), at = g_array_index(parts, guint, i);
        g_autofree char *between = gap(flow, before, at);
        gsize n;
        if (wording_find(flow->wording, WORDS_TOTAL, between, &n) != NULL ||
            flow_fact(flow, at)->period != flow_fact(flow, before)->period) {
            g_array_set_size(parts, i);
            return;
        }
    }
}

static void relate_run(Sums *sums, Run run);

/* The list behind an introducer, for one kind of figure; gives where it ends. */
static guint relate_list(Sums *sums, const Introducer *introducer, Run run, FigureKind kind,
                         GArray *items, Split *split) {
    const Flow *flow = sums->flow;
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(guint));
    guint end;
    g_array_set_size(items, 0);
    *split = split_items(flow, introducer->item, run.end, kind, items, &end);
    int depth = flow_token(flow, introducer->item)->depth;
    guint whole = 0;
    for (guint i = 0; i < items->len; i++) {
        guint before = parts->len;
        item_parts(flow, g_array_index(items, Run, i), kind, depth, parts);
        whole += parts->len > before ? 1 : 0;
    }
    gboolean structured = *split != SPLIT_FIGURES && items->len >= 2 && whole == items->len;
    if (*split == SPLIT_FIGURES)
        cut_run(flow, parts);
    if (parts_agree(flow, parts))
        relate(sums, introducer, run.first, parts, structured);
    return end;
}

/* Items have totals of their own; of a list of figures only what stands in brackets has. */
static void relate_items(Sums *sums, const GArray *items, Split split) {
    Sums inner = {sums->flow, TRUE, sums->depth + 1};
    if (inner.depth > DEPTH_MAX)
        return;
    for (guint i = 0; i < items->len; i++) {
        Run item = g_array_index(items, Run, i);
        if (split != SPLIT_FIGURES)
            relate_run(&inner, item);
    }
    if (split != SPLIT_FIGURES || items->len == 0)
        return;
    guint end = g_array_index(items, Run, items->len - 1).end;
    guint first = g_array_index(items, Run, 0).first;
    int depth = flow_token(sums->flow, first)->depth;
    for (guint i = first; i + 1 < end; i++) {
        Introducer introducer;
        guint to = i + 1;
        while (to < end && flow_token(sums->flow, to)->depth > depth)
            to++;
        if (to > i + 1 && flow_token(sums->flow, i)->depth == depth &&
            flow_token(sums->flow, i)->kind == TOKEN_FACT &&
            introducer_read(sums->flow, i, (Run){i, to}, &introducer))
            relate_run(&inner, (Run){i, to});
    }
}

static void relate_run(Sums *sums, Run run) {
    static const FigureKind KINDS[] = {FIGURE_COUNT, FIGURE_AMOUNT};
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(Run));
    for (guint i = run.first; i < run.end;) {
        Introducer introducer;
        Split split = SPLIT_FIGURES;
        guint end = i;
        if (flow_token(sums->flow, i)->kind != TOKEN_FACT ||
            !introducer_read(sums->flow, i, run, &introducer)) {
            i++;
            continue;
        }
        for (guint k = 0; k < G_N_ELEMENTS(KINDS); k++)
            end = relate_list(sums, &introducer, run, KINDS[k], items, &split);
        relate_items(sums, items, split);
        /* The list may end in a total that a next introducer follows. */
        i = MAX(i + 1, end > introducer.item ? end - (split == SPLIT_FIGURES ? 1 : 0) : end);
    }
}

/* 45.2万元用于甲，38.5万元用于乙: each figure with its purpose behind it. */
static gboolean has_purpose(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    g_autofree char *after = flow_text(flow, token->end, token->end + 6);
    return wording_prefix(flow->wording, WORDS_PURPOSE, after) > 0;
}

static void relate_purposes(Sums *sums) {
    const Flow *flow = sums->flow;
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(guint));
    guint total = G_MAXUINT;
    for (guint i = 0; i <= flow->tokens->len; i++) {
        const Token *token = i < flow->tokens->len ? flow_token(flow, i) : NULL;
        gboolean amount = token != NULL && is_fact(flow, i, FIGURE_AMOUNT);
        if (amount && has_purpose(flow, i) && total != G_MAXUINT) {
            g_array_append_val(parts, i);
            continue;
        }
        if (token != NULL && !amount && token->kind != TOKEN_STOP && token->kind != TOKEN_BREAK)
            continue;
        if (parts->len >= 2 && is_total_for(flow, total, parts) && parts_agree(flow, parts))
            add_relation(sums, sum_rule(sums, flow_fact(flow, total), TRUE), total, parts, TRUE);
        g_array_set_size(parts, 0);
        total = amount ? i : G_MAXUINT;
    }
}

static gboolean is_related_total(const Flow *flow, guint i) {
    return g_strcmp0(flow_fact(flow, i)->role, "total") == 0;
}

/* 甲5万元，乙6万元，共计11万元: the total behind its parts. */
static void relate_total_behind(Sums *sums, guint at) {
    const Flow *flow = sums->flow;
    const Fact *total = flow_fact(flow, at);
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(guint));
    Decimal sum;
    for (guint i = at; i > 0; i--) {
        const Token *token = flow_token(flow, i - 1);
        if (token->kind == TOKEN_STOP || token->kind == TOKEN_BREAK)
            break;
        guint k = i - 1;
        if (token->kind == TOKEN_FACT && flow_fact(flow, k)->kind == total->kind) {
            if (!is_addend(flow_fact(flow, k)) || is_related_total(flow, k))
                break;
            g_array_prepend_val(parts, k);
        }
    }
    if (parts->len >= 2 && is_addend(total) && parts_agree(flow, parts) &&
        is_total_for(flow, at, parts) && sum_parts(flow, parts, &sum) &&
        (decimal_compare(sum, total->value) == 0 ||
         (total->kind == FIGURE_AMOUNT && significant_digits(total->value) >= SLIP_DIGITS_MIN &&
          one_slip(flow, total, sum, parts))))
        add_relation(sums, sum_rule(sums, total, FALSE), at, parts,
                     decimal_compare(sum, total->value) == 0);
}

static void relate_totals_behind(Sums *sums) {
    const Flow *flow = sums->flow;
    for (guint i = 1; i < flow->tokens->len; i++) {
        if (!(is_fact(flow, i, FIGURE_AMOUNT) || is_fact(flow, i, FIGURE_COUNT)) ||
            is_related_total(flow, i))
            continue;
        guint from = flow_token(flow, i)->start;
        g_autofree char *before = flow_text(flow, from > 4 ? from - 4 : 0, from);
        if (wording_suffix(flow->wording, WORDS_TOTAL, before, strlen(before)) > 0)
            relate_total_behind(sums, i);
    }
}

void relate_sums(Flow *flow) {
    Sums sums = {.flow = flow};
    relate_run(&sums, (Run){0, flow->tokens->len});
    relate_purposes(&sums);
    relate_totals_behind(&sums);
}
