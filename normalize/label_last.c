/* What the figure before lends a figure that names nothing itself: the plan whose outcome it is,
 * what grew by so much, what is shared out or summed up. */
#include "normalize/label_name.h"
#include <string.h>

/* 投资计划 3.65 亿元，完成【】3.58 亿元: the plan's name without the plan, and what came of it. */
char *labeller_name_of_done(const Labeller *labeller, const char *last, const char *printed) {
    const Wording *wording = labeller->wording;
    gsize n, plan = wording_suffix(wording, WORDS_PLAN, last, strlen(last));
    const char *done = wording_find(wording, WORDS_DONE, printed, &n);
    if (done == NULL || labeller->relative ||
        wording_suffix(wording, WORDS_DONE, last, strlen(last)) > 0)
        return g_strdup(last);
    g_autofree char *thing = g_strndup(last, strlen(last) - plan);
    g_autofree char *deed = g_strndup(done, n);
    return g_strconcat(thing, deed, NULL);
}

/* Nothing but words stands between the figure before and this one. */
gboolean labeller_stands_behind(const Labeller *labeller, const Quantity *quantity) {
    guint start = clause_start(labeller->prose, quantity->start);
    return start > 0 && prose_mark(labeller->prose, start - 1) == MARK_QUANTITY;
}

/* What grew by so much, where the figure before is of another unit: 项目 86 项，经费 4,312
 * 万元，较上年 增加【】9 项、【】560 万元; 列第 142 位，【较上年上升】7 位. NULL for none. */
static char *name_of_changed(Labeller *labeller, const Quantity *quantity, CoreKind kind,
                             const char *printed, const char *core) {
    gboolean listed =
        kind == CORE_EMPTY && labeller->change != NULL && g_str_has_prefix(printed, "、");
    const char *change = listed ? labeller->change : core;
    if (!listed && kind != CORE_RELATIVE)
        return NULL;
    if (kind == CORE_RELATIVE) {
        g_free(labeller->change);
        labeller->change = g_strdup(core);
    }
    if (labeller->placed != NULL && quantity->unit != NULL &&
        wording_has(labeller->wording, WORDS_PLACE_UNIT, quantity->unit))
        return g_strconcat(labeller->placed, change, NULL);
    if ((quantity->kind != FIGURE_COUNT && quantity->kind != FIGURE_AMOUNT) ||
        (!listed && labeller_stands_behind(labeller, quantity)))
        return NULL;
    if (g_strcmp0(quantity->unit, labeller->last_unit) == 0)
        return listed && labeller->last != NULL ? g_strconcat(labeller->last, change, NULL) : NULL;
    for (guint i = labeller->recent->len; i > 0; i--)
        if (g_strcmp0(labeller->recent_units->pdata[i - 1], quantity->unit) == 0)
            return g_strconcat(labeller->recent->pdata[i - 1], change, NULL);
    return NULL;
}

/* 省级补助 3,860 万元，市级配套 1,240 万元，【共计】5,100 万元: of all of them, not of the last. */
static gboolean is_total_of_recent(const Labeller *labeller, const Quantity *quantity,
                                   const char *printed) {
    guint n = labeller->recent->len;
    return n >= 2 && wording_prefix(labeller->wording, WORDS_TOTAL, printed) > 0 &&
           wording_prefix(labeller->wording, WORDS_SO_FAR, printed) == 0 &&
           quantity->unit != NULL &&
           g_strcmp0(labeller->recent_units->pdata[n - 1], quantity->unit) == 0 &&
           g_strcmp0(labeller->recent_units->pdata[n - 2], quantity->unit) == 0;
}

/* 考试 500 人（492 人【合格】）: what the bracket says became of so many of them; NULL for others.
 */
static char *name_of_outcome(const Labeller *labeller, const Quantity *quantity, const char *last) {
    const Prose *prose = labeller->prose;
    guint end = clause_end(prose, quantity->end);
    if (labeller->outer == NULL || quantity->start == 0 || end >= prose->length ||
        prose_mark(prose, quantity->start - 1) != MARK_OPEN || prose_mark(prose, end) != MARK_CLOSE)
        return NULL;
    g_autofree char *outcome = prose_text(prose, quantity->end, end);
    return core_kind(labeller->wording, outcome) == CORE_WEAK ? g_strconcat(last, outcome, NULL)
                                                              : NULL;
}

/* The figure before lends its name: 占比提高 5 个百分点，达到【】56%;
 * 支出【增长】5%. */
char *labeller_name_from_last(Labeller *labeller, const Quantity *quantity, CoreKind kind,
                              const char *printed, const char *core) {
    const char *last = labeller->last;
    if (last == NULL || (kind == CORE_EMPTY && labeller->last_kind != quantity->kind &&
                         quantity->kind != FIGURE_NUMBER && labeller->last_kind != FIGURE_POINTS))
        last = labeller->subject->str;
    if (kind == CORE_RELATIVE && quantity->kind == FIGURE_POINTS && labeller->share != NULL)
        return g_strconcat(labeller->share, core, NULL);
    if (kind == CORE_RELATIVE && quantity->kind == FIGURE_SCORE && labeller->earned != NULL)
        return g_strconcat(labeller->earned, core, NULL);
    g_autofree char *alike = name_of_changed(labeller, quantity, kind, printed, core);
    if (alike != NULL)
        return g_steal_pointer(&alike);
    if (kind == CORE_EMPTY && wording_prefix(labeller->wording, WORDS_TOTAL, printed) > 0 &&
        wording_suffix(labeller->wording, WORDS_PER_UNIT, last, strlen(last)) > 0)
        return g_strdup(labeller->subject->str); /* 每人 1,200 元，共 14.4 万元 */
    gsize each = wording_prefix(labeller->wording, WORDS_PER_UNIT, last);
    if (kind == CORE_EMPTY && wording_prefix(labeller->wording, WORDS_TOTAL, printed) > 0 &&
        each > 0 && quantity->kind == labeller->last_kind) /* 每个补助 5 万元，共计 300 万元 */
        return g_strdup(last + each);
    if (kind == CORE_EMPTY && is_total_of_recent(labeller, quantity, printed)) {
        g_string_truncate(labeller->subject, 0);
        return g_strdup("合计");
    }
    if (kind == CORE_EMPTY) {
        char *outcome = name_of_outcome(labeller, quantity, last);
        if (outcome != NULL)
            return outcome;
        g_autofree char *kept = core_without_change(labeller->wording, last);
        return labeller_name_of_done(labeller, kept, printed);
    }
    g_autofree char *thing = core_without_change(labeller->wording, last);
    if (kind != CORE_BASE)
        return g_strconcat(thing, core, NULL);
    gsize n = wording_prefix(labeller->wording, WORDS_BASE, core);
    gsize period = wording_period_prefix(labeller->wording, core + n);
    g_autofree char *year = g_strndup(core + n, period);
    return g_strconcat(year, thing, NULL);
}

/* 分别【恢复到 2019 年的】76.2%、71.4%: each is a share of what it was in that year. */
char *labeller_name_of_share(Labeller *labeller, guint index, const char *noun) {
    const Prose *prose = labeller->prose;
    guint first = index;
    while (first > 0 && prose_quantity(prose, first)->kind == FIGURE_PERCENT)
        first--;
    const Quantity *year = prose_quantity(prose, first);
    if (first == index || !labeller_is_of_year(labeller, first + 1, first))
        return g_strdup(noun);
    g_autofree char *lead = prose_text(prose, clause_start(prose, year->start), year->start);
    if (wording_suffix(labeller->wording, WORDS_RATIO_BASE, lead, strlen(lead)) == 0)
        return g_strdup(noun);
    labeller->relative = labeller->ratio = TRUE;
    g_autofree char *printed = prose_text(prose, year->start, year->end);
    return g_strconcat(noun, printed, NULL);
}

/* 名录项目国家级 7 项、【省级】52 项: the other kinds of the same thing. */
void labeller_remember_kind(Labeller *labeller, const Quantity *quantity, const char *name) {
    gsize n = wording_suffix(labeller->wording, WORDS_KIND_OF, name, strlen(name));
    if (n == 0 || n == strlen(name) || quantity->kind != FIGURE_COUNT)
        return;
    if (labeller->kinds != NULL && g_str_has_prefix(name, labeller->kinds))
        return;
    g_free(labeller->kinds);
    labeller->kinds = g_strndup(name, strlen(name) - n);
    labeller->kinds_unit = quantity->unit;
}

char *labeller_name_of_kind(const Labeller *labeller, const Quantity *quantity, const char *core) {
    gboolean kind = wording_has(labeller->wording, WORDS_KIND_OF, core);
    if (kind && labeller->kinds == NULL && labeller->outer != NULL &&
        g_strcmp0(quantity->unit, labeller->last_unit) == 0) { /* 新增平台 21 家（【省级】6 家 */
        g_autofree char *thing = core_noun(labeller->wording, labeller->outer);
        return g_strconcat(core, thing, NULL);
    }
    if (labeller->kinds == NULL || g_strcmp0(quantity->unit, labeller->kinds_unit) != 0 || !kind)
        return g_strdup(core);
    return g_strconcat(labeller->kinds, core, NULL);
}

/* A count behind an amount hides what the amount was of; other figures that are named do away with
 * it. */
void labeller_remember_funds(Labeller *labeller, const Quantity *quantity, CoreKind kind) {
    if (quantity->kind == FIGURE_PERCENT || quantity->kind == FIGURE_POINTS) {
        g_free(labeller->share);
        labeller->share = quantity->kind == FIGURE_PERCENT && labeller->relative
                              ? g_strdup(labeller->names->pdata[labeller->names->len - 1])
                              : NULL;
    }
    if (quantity->kind != FIGURE_AMOUNT || kind != CORE_NAME || labeller->outer != NULL)
        return;
    g_free(labeller->funds);
    labeller->funds = *labeller->subject->str == '\0' ? NULL : g_strdup(labeller->subject->str);
}

char *labeller_name_in_bracket(const Labeller *labeller, const Quantity *quantity,
                               const char *core) {
    const Prose *prose = labeller->prose;
    guint start = clause_start(prose, quantity->start);
    if (start < 2 || prose_mark(prose, start - 1) != MARK_OPEN ||
        prose_mark(prose, start - 2) != MARK_QUANTITY || labeller->last == NULL ||
        (!wording_has(labeller->wording, WORDS_PLAN, core) &&
         !wording_has(labeller->wording, WORDS_FULL_MARK, core)))
        return NULL;
    return g_strconcat(labeller->last, core, NULL);
}

/* 接待游客 1,028 万人次，【恢复至2019年的】87.4%: a share or multiple of another year's. */
gboolean labeller_name_ratio(Labeller *labeller, guint index, const Quantity *quantity) {
    static const char OF[] = "的";
    const Prose *prose = labeller->prose;
    gboolean share = quantity->kind == FIGURE_PERCENT && labeller->last_kind != FIGURE_PERCENT;
    gboolean year = labeller_is_of_year(labeller, index, index - 1);
    if (labeller->last == NULL || (!share && g_strcmp0(quantity->unit, "倍") != 0))
        return FALSE;
    guint start = clause_start(prose, year ? quantity[-1].start : quantity->start);
    g_autofree char *text = prose_text(prose, start, quantity->start);
    gsize n = wording_prefix(labeller->wording, WORDS_RATIO_BASE, text);
    if (n == 0 || !g_str_has_suffix(text, OF) ||
        (!year && wording_period_prefix(labeller->wording, text + n) == 0))
        return FALSE;
    text[strlen(text) - strlen(OF)] = '\0';
    g_ptr_array_add(labeller->names, g_strconcat(labeller->last, text, NULL));
    labeller->relative = labeller->ratio = TRUE;
    return TRUE;
}
