/* Totals of rows.
 *
 *   合计          100      a total that stands first: what follows it
 *   201           60       codes, numbers, 其中: rows below a row
 *   20106         60
 *   208           40
 *
 *   甲            60       what is open
 *   乙            40       what is open
 *   小计          100      takes what is open, and is open itself
 *   丙            5
 *   总计          105      takes 小计 and 丙
 *
 * So rows that no total has taken lie on a stack; a total takes from its top down to the next total
 * that it does not rank above, to a title, or to where its merged cell begins — unless the lanes
 * say that another number of rows is its sum.
 */
#include "normalize/relation/table_relation.h"
#include <string.h>

/* Rows that the one above them may be the sum of. */
enum { DETAILS_MAX = 12 };

typedef struct {
    const Outline *outline;
    const Lanes *lanes;
    const char *rule;
    GArray *open;    /* Part: rows on the stack */
    GArray *entries; /* guint: their entries; ENTRY_NONE is a title */
    gboolean *taken; /* of each entry: by a total before it */
    gboolean gap;    /* a total on the stack is blank */
} Rows;

static const char *row_name(gpointer data, guint row) {
    const Outline *outline = data;
    guint low = 0, high = outline->entries->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (outline_entry(outline, middle)->row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < outline->entries->len ? outline_entry(outline, low)->name : "";
}

static gboolean names_make_whole(const Rows *rows, const Sum *sum) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < sum->parts->len; i++)
        g_ptr_array_add(names, (gpointer)row_name((gpointer)rows->outline,
                                                  g_array_index(sum->parts, Part, i).at));
    return table_words_whole(rows->outline->grid->words, NULL, names) != NULL;
}

static void add_sum(const Rows *rows, const Sum *sum, Trust trust, const char *rule) {
    sum_add(rows->lanes, sum, trust, rows->lanes->scores ? rows->rule : rule, row_name,
            (gpointer)rows->outline);
}

/* 中央补助, 地方资金, 其他资金: what is called the rest closes the list, if the parts sum anywhere.
 */
static gboolean rest_makes_whole(const Rows *rows, const Sum *sum, const Vote *vote) {
    guint n = sum->parts->len;
    return n > 1 && vote->holds > 0 &&
           table_words_begins(
               rows->outline->grid->words, TABLE_REST,
               row_name((gpointer)rows->outline, g_array_index(sum->parts, Part, n - 1).at));
}

/* Where 其中 ends nothing says: where its first rows sum to the total in most lanes, and in more
 * than all of them do, the others are no part of it. */
static void cut_some(const Rows *rows, Sum *sum) {
    Vote all = sum_vote(rows->lanes, sum);
    if (all.fails == 0)
        return;
    for (guint k = sum->parts->len; k > 2; k--) {
        g_autoptr(Sum) head = sum_new(sum->total);
        g_array_append_vals(head->parts, sum->parts->data, k - 1);
        Vote vote = sum_vote(rows->lanes, head);
        if (vote.holds > all.holds && vote_trust(&vote, FALSE) == TRUST_CERTAIN) {
            g_array_set_size(sum->parts, k - 1);
            return;
        }
    }
}

/* Parts that the words do not make a whole are some of it. Where most lanes have more than all of
 * it, it was not theirs. */
static void relate_some(const Rows *rows, Sum *sum) {
    cut_some(rows, sum);
    Vote vote = sum_vote(rows->lanes, sum);
    gboolean whole = names_make_whole(rows, sum) || rest_makes_whole(rows, sum, &vote);
    Trust trust = vote_trust(&vote, whole);
    guint over = sum_overflows(rows->lanes, sum);
    if (trust == TRUST_CERTAIN || (whole && vote.fails > 0))
        add_sum(rows, sum, trust, "SUM-01");
    else if (vote.fails > 0 && over * 2 <= vote.fails + vote.holds)
        sum_add(rows->lanes, sum,
                over == 0 || rows->lanes->lanes->len > 2 ? TRUST_CERTAIN : TRUST_GUESS, "SUM-02",
                row_name, (gpointer)rows->outline);
    else if (vote.fails == 0 && vote.open > 0)
        add_sum(rows, sum, TRUST_CERTAIN, "SUM-01");
}

static void relate_children(const Rows *rows, guint parent, const GArray *children) {
    const Outline *outline = rows->outline;
    g_autoptr(Sum) sum = sum_new(outline_entry(outline, parent)->row);
    gboolean some = FALSE;
    for (guint i = 0; i < children->len; i++) {
        const Entry *child = outline_entry(outline, g_array_index(children, guint, i));
        if (child->some && sum->parts->len > 0) {
            if (some)
                relate_some(rows, sum);
            g_array_set_size(sum->parts, 0);
        }
        some |= child->some;
        sum_add_part(sum, child->row, child->minus ? -1 : 1);
    }
    if (some) {
        relate_some(rows, sum);
        return;
    }
    Vote vote = sum_vote(rows->lanes, sum);
    Trust trust = vote_trust(&vote, outline->coded || names_make_whole(rows, sum));
    if (trust == TRUST_NONE && vote.holds == 0 && vote.fails == 1 && sum_is_slip(rows->lanes, sum))
        trust = TRUST_GUESS;
    if (outline->coded || trust == TRUST_CERTAIN || (trust == TRUST_GUESS && vote.holds == 0))
        add_sum(rows, sum, outline->coded && trust != TRUST_NONE ? TRUST_CERTAIN : trust, "SUM-03");
}

static void relate_nested(const Rows *rows) {
    const Outline *outline = rows->outline;
    guint n = outline->entries->len;
    g_autoptr(GPtrArray) children = g_ptr_array_new_full(n, (GDestroyNotify)g_array_unref);
    g_ptr_array_set_size(children, (gint)n);
    for (guint i = 0; i < n; i++) {
        guint parent = outline_entry(outline, i)->parent;
        if (parent == ENTRY_NONE)
            continue;
        if (children->pdata[parent] == NULL)
            children->pdata[parent] = g_array_new(FALSE, FALSE, sizeof(guint));
        g_array_append_val((GArray *)children->pdata[parent], i);
    }
    for (guint i = 0; i < n; i++)
        if (children->pdata[i] != NULL && !outline_entry(outline, i)->blank)
            relate_children(rows, i, children->pdata[i]);
        else if (children->pdata[i] == NULL)
            children->pdata[i] = g_array_new(FALSE, FALSE, sizeof(guint));
}

/* The end of the rows from `i` on that count 1, 2, 3 … in one style; `i` where they do not. */
static guint series_end(const Outline *outline, guint i, Sum *sum) {
    guint style = 0, number = 0, end = i;
    for (guint k = i; k < outline->entries->len; k++) {
        const Entry *entry = outline_entry(outline, k);
        if (entry->parent != ENTRY_NONE && entry->parent >= i)
            continue; /* a part of one of them */
        if (entry->parent != ENTRY_NONE || entry->rank > 0 || entry->style == STYLE_DASH ||
            entry->number != number + 1 || (style != 0 && entry->style != style))
            break;
        style = entry->style;
        number = entry->number;
        sum_add_part(sum, entry->row, entry->minus ? -1 : 1);
        end = k + 1;
    }
    return end;
}

/* A row without a number before rows that count from one: “三公”经费 | 1.公务用车 | 2.公务接待.
 * Nothing but the lanes says that it is their sum. */
static void relate_leads(const Rows *rows) {
    const Outline *outline = rows->outline;
    for (guint i = 0; i + 2 < outline->entries->len; i++) {
        const Entry *lead = outline_entry(outline, i);
        if (lead->style != 0 || lead->rank > 0 || lead->blank || lead->some)
            continue;
        g_autoptr(Sum) sum = sum_new(lead->row);
        series_end(outline, i + 1, sum);
        Vote vote = sum_vote(rows->lanes, sum);
        if (sum->parts->len < 2 || vote.holds == 0)
            continue;
        Trust trust = vote_trust(&vote, names_make_whole(rows, sum));
        if (trust == TRUST_CERTAIN)
            add_sum(rows, sum, trust, "SUM-01");
    }
}

static gboolean is_nested(const Rows *rows, const Entry *entry) {
    return entry->parent != ENTRY_NONE && !(outline_entry(rows->outline, entry->parent)->blank &&
                                            (rows->outline->titled || !rows->outline->coded));
}

static void push(Rows *rows, guint index, gboolean minus) {
    const Entry *entry = outline_entry(rows->outline, index);
    Part part = {entry->row, minus ? -1 : 1};
    guint own = entry->title ? ENTRY_NONE : index;
    g_array_append_val(rows->open, part);
    g_array_append_val(rows->entries, own);
}

/* How many rows the words give a total. */
static guint usual_tail(const Rows *rows, const Entry *total) {
    guint k = 0, n = rows->entries->len;
    gboolean totals = FALSE;
    while (k < n) {
        guint index = g_array_index(rows->entries, guint, n - 1 - k);
        if (index == ENTRY_NONE)
            break;
        const Entry *entry = outline_entry(rows->outline, index);
        gboolean ends = entry->rank >= total->rank && entry->rank > 0;
        if (total->group != DOCUMENT_NONE && entry->group != total->group)
            break;
        if (k == 0)
            totals = ends;
        if (ends != totals || (ends && entry->rank > total->rank))
            break;
        k++;
    }
    return k;
}

static void take_tail(const GArray *open, guint k, Sum *sum) {
    for (guint i = open->len - k; i < open->len; i++) {
        const Part *part = &g_array_index(open, Part, i);
        sum_add_part(sum, part->at, part->sign);
    }
}

/* What stands after 减: may be taken off too. */
static GArray *minus_to_the_end(const Rows *rows, guint k) {
    GArray *open = g_array_copy(rows->open);
    gboolean minus = FALSE, any = FALSE;
    for (guint i = open->len - k; i < open->len; i++) {
        Part *part = &g_array_index(open, Part, i);
        minus |= part->sign < 0;
        any |= minus && part->sign > 0;
        part->sign = minus ? -1 : part->sign;
    }
    if (any)
        return open;
    g_array_unref(open);
    return NULL;
}

/* Drops rows that sum, wherever they print something, to the row above them: 年初结转 before what
 * it is made of. */
static gboolean drop_details(const Rows *rows, GArray *open) {
    guint before = open->len;
    for (guint i = 0; i + 1 < open->len; i++) {
        g_autoptr(Sum) sum = sum_new(g_array_index(open, Part, i).at);
        guint end = i + 1;
        for (; end < open->len && sum->parts->len <= DETAILS_MAX; end++) {
            sum_add_part(sum, g_array_index(open, Part, end).at, 1);
            Vote vote = sum_vote(rows->lanes, sum);
            if (vote.holds > 0 && vote.fails == 0)
                break;
        }
        if (end < open->len && sum->parts->len <= DETAILS_MAX)
            g_array_remove_range(open, i + 1, end - i);
    }
    return open->len < before;
}

/* The last `k` rows on the stack without details, where the total is their sum then. */
static gboolean take_without_details(const Rows *rows, guint k, Sum *sum, Vote *vote) {
    g_autoptr(GArray) tail = g_array_new(FALSE, FALSE, sizeof(Part));
    g_autoptr(Sum) other = sum_new(sum->total);
    g_array_append_vals(tail, &g_array_index(rows->open, Part, rows->open->len - k), k);
    if (!drop_details(rows, tail))
        return FALSE;
    take_tail(tail, tail->len, other);
    Vote own = sum_vote(rows->lanes, other);
    if (own.holds == 0 || own.fails > 0)
        return FALSE;
    take_tail(tail, tail->len, sum);
    *vote = own;
    return TRUE;
}

/* The parts of a total among the rows on the stack; gives how many were taken. */
static guint find_tail(const Rows *rows, const Entry *total, Sum *sum, Vote *vote) {
    guint usual = usual_tail(rows, total);
    guint best = sum_best_tail(rows->lanes, total->row, rows->open, usual, vote);
    guint k = best == 0 ? usual : best;
    if (vote->holds == 0 && usual > 1) {
        g_autoptr(GArray) other = minus_to_the_end(rows, usual);
        Vote own = {0, 0, 0};
        guint deeper =
            other == NULL ? 0 : sum_best_tail(rows->lanes, total->row, other, usual, &own);
        if (own.holds > 0) {
            *vote = own;
            k = deeper == 0 ? usual : deeper;
            take_tail(other, k, sum);
            return k;
        }
    }
    if (vote->holds == 0 && vote->fails > 0 && k > 1 && take_without_details(rows, k, sum, vote))
        return k;
    take_tail(rows->open, k, sum);
    return k;
}

static void pop(Rows *rows, guint k) {
    guint left = rows->open->len - k;
    while (left > 0 && g_array_index(rows->entries, guint, left - 1) == ENTRY_NONE)
        left--;
    g_array_set_size(rows->open, left);
    g_array_set_size(rows->entries, left);
}

/* Other readings of what a total sums: all rows since the last total, numbers that nest no sums;
 * numbered rows alone, where those without a number are parts of them; without so many rows from
 * 其中 on, where it ends sooner than it seems. */
typedef enum {
    FLAT_ALL,
    FLAT_NUMBERED,
    FLAT_WITHOUT_SOME,
    FLAT_READINGS = FLAT_WITHOUT_SOME + 6
} Flat;

static gboolean flat_takes(Flat flat, const Entry *entry, guint since_some) {
    if (flat < FLAT_WITHOUT_SOME)
        return flat == FLAT_ALL || (entry->style > 0 && entry->style < STYLE_DASH);
    return since_some > (guint)(flat - FLAT_WITHOUT_SOME);
}

static gboolean find_flat(const Rows *rows, guint index, Flat flat, Sum *sum, Vote *vote) {
    const Outline *outline = rows->outline;
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(Part));
    guint since_some = G_MAXUINT, first = index;
    while (first > 0 && outline_entry(outline, first - 1)->rank == 0 &&
           !outline_entry(outline, first - 1)->title)
        first--;
    for (guint i = first; i < index; i++) {
        const Entry *entry = outline_entry(outline, i);
        Part part = {entry->row, entry->minus ? -1 : 1};
        since_some = entry->some ? 0 : since_some == G_MAXUINT ? since_some : since_some + 1;
        if (flat_takes(flat, entry, since_some))
            g_array_append_val(open, part);
    }
    if (open->len < 2)
        return FALSE;
    guint k = sum_best_tail(rows->lanes, outline_entry(outline, index)->row, open, open->len, vote);
    take_tail(open, k == 0 ? open->len : k, sum);
    return TRUE;
}

/* The reading that the most lanes hold for. */
static void try_flat(const Rows *rows, guint index, Sum *sum, Vote *vote) {
    for (Flat reading = 0; reading < FLAT_READINGS; reading++) {
        g_autoptr(Sum) flat = sum_new(sum->total);
        Vote own = {0, 0, 0};
        if (!find_flat(rows, index, reading, flat, &own) || own.holds <= vote->holds ||
            own.fails >= vote->fails)
            continue;
        g_array_set_size(sum->parts, 0);
        g_array_append_vals(sum->parts, flat->parts->data, flat->parts->len);
        *vote = own;
        return;
    }
}

static void relate_after(Rows *rows, guint index) {
    const Entry *total = outline_entry(rows->outline, index);
    g_autoptr(Sum) sum = sum_new(total->row);
    Vote vote = {0, 0, 0};
    guint k = find_tail(rows, total, sum, &vote);
    if (vote.fails > 0 && !rows->outline->coded)
        try_flat(rows, index, sum, &vote);
    gboolean ruled = rows->outline->grid->shape->ruled;
    Trust trust = vote_trust(&vote, sum->parts->len > 1 && ruled);
    if (trust == TRUST_NONE && vote.holds == 0 && vote.fails == 1 && sum_is_slip(rows->lanes, sum))
        trust = TRUST_GUESS;
    if (trust == TRUST_CERTAIN && vote.fails > 0 && rows->gap)
        trust = TRUST_GUESS; /* what is missing may have been meant to be */
    gboolean blank = total->blank && vote.open > 0;
    if (trust == TRUST_NONE && !blank)
        g_array_set_size(sum->parts, 0);
    add_sum(rows, sum, trust, "SUM-01");
    if (trust != TRUST_NONE || blank)
        pop(rows, k);
    rows->gap |= blank;
    push(rows, index, total->minus);
}

/* A total that stands first takes the rows that follow, to the next total or title. */
static gboolean relate_before(Rows *rows, guint index, gboolean must_hold) {
    const Outline *outline = rows->outline;
    const Entry *total = outline_entry(outline, index);
    g_autoptr(Sum) sum = sum_new(total->row);
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = index + 1; i < outline->entries->len; i++) {
        const Entry *entry = outline_entry(outline, i);
        if (entry->parent == index || entry->title || entry->rank >= total->rank ||
            (total->group != DOCUMENT_NONE && entry->group != total->group))
            break;
        if (is_nested(rows, entry))
            continue;
        sum_add_part(sum, entry->row, entry->minus ? -1 : 1);
        g_array_append_val(parts, i);
    }
    if (parts->len == 0)
        return FALSE;
    Vote vote = sum_vote(rows->lanes, sum);
    Trust trust = vote_trust(&vote, parts->len >= 2 || outline->coded);
    if (trust == TRUST_NONE || ((must_hold || total->before) && vote.holds == 0))
        return FALSE;
    add_sum(rows, sum, trust, "SUM-01");
    for (guint i = 0; i < parts->len; i++)
        rows->taken[g_array_index(parts, guint, i)] = TRUE;
    return TRUE;
}

/* Nothing, or but another total, as 收入总计 with its parts before 支出总计 with its. */
static gboolean may_stand_first(const Rows *rows, const Entry *total, gboolean *must_hold) {
    guint usual = usual_tail(rows, total), n = rows->entries->len;
    *must_hold = usual == 1;
    if (usual == 0)
        return TRUE;
    guint last = g_array_index(rows->entries, guint, n - 1);
    return usual == 1 && last != ENTRY_NONE && outline_entry(rows->outline, last)->rank > 0;
}

/* Whether the total is one that stands before its parts; they are related where they are found. */
static gboolean relate_first(Rows *rows, guint index) {
    const Entry *total = outline_entry(rows->outline, index);
    gboolean must_hold = FALSE, first = may_stand_first(rows, total, &must_hold);
    if (!total->before && !first)
        return FALSE;
    gboolean related = relate_before(rows, index, must_hold);
    return related || total->before || !must_hold;
}

void relate_rows(const Outline *outline, const Lanes *lanes, const char *rule) {
    if (lanes->lanes->len == 0 || outline->entries->len < 2)
        return;
    Rows rows = {.outline = outline,
                 .lanes = lanes,
                 .rule = rule,
                 .open = g_array_new(FALSE, FALSE, sizeof(Part)),
                 .entries = g_array_new(FALSE, FALSE, sizeof(guint)),
                 .taken = g_new0(gboolean, outline->entries->len + 1)};
    if (!lanes->scores)
        relate_nested(&rows);
    if (!lanes->scores && !outline->coded)
        relate_leads(&rows);
    for (guint i = 0; i < outline->entries->len; i++) {
        const Entry *entry = outline_entry(outline, i);
        if (rows.taken[i] || is_nested(&rows, entry) ||
            table_words_begins(outline->grid->words, TABLE_APART, entry->name))
            continue;
        if (entry->rank == 0 || (entry->blank && usual_tail(&rows, entry) < 2))
            push(&rows, i, entry->minus);
        else if (relate_first(&rows, i))
            push(&rows, i, entry->minus);
        else
            relate_after(&rows, i);
    }
    g_array_unref(rows.open);
    g_array_unref(rows.entries);
    g_free(rows.taken);
}

GArray *outline_additive(const Outline *outline) {
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < outline->figures->len; i++) {
        guint column = g_array_index(outline->figures, guint, i);
        switch (grid_column_role(outline->grid, outline->block, column)) {
        case HEAD_SINGLE:
        case HEAD_RATE:
        case HEAD_SHARE:
        case HEAD_GROWTH:
        case HEAD_WEIGHT:
        case HEAD_EARNED:
        case HEAD_SCORED:
        case HEAD_DEDUCTED:
        case HEAD_TARGET:
        case HEAD_RESULT:
            break;
        default:
            g_array_append_val(columns, column);
        }
    }
    return columns;
}
