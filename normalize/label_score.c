/* Scores: what they are of, whether they weigh, were earned or lost. */
#include "normalize/label_name.h"
#include <string.h>

enum { PART_CHARACTERS_MIN = 3 };

/* 【预算调整率】（扣 2 分）: what stands before the bracket that the clause begins in; NULL for
 * none. */
static char *name_before_bracket(const Labeller *labeller, const Quantity *quantity) {
    static const char ITEM[] = "、";
    const Prose *prose = labeller->prose;
    guint start = clause_start(prose, quantity->start);
    if (start < 2 || prose_mark(prose, start - 1) != MARK_OPEN ||
        prose_mark(prose, start - 2) == MARK_QUANTITY)
        return NULL;
    g_autofree char *before = prose_text(prose, clause_start(prose, start - 1), start - 1);
    const char *item = g_strrstr(before, ITEM);
    g_autoptr(GString) name = g_string_new(item == NULL ? before : item + strlen(ITEM));
    core_strip(labeller->wording, name);
    return name->len == 0 ? NULL : g_strdup(name->str);
}

/* What a score without a name is of: the rate or amount before or the weight right before it (预算
 * 执行 10 分得 9.5 分), else what was spoken of. */
static char *thing_scored(const Labeller *labeller, const Quantity *quantity) {
    char *bracketed = name_before_bracket(labeller, quantity);
    if (bracketed != NULL)
        return bracketed;
    guint start = clause_start(labeller->prose, quantity->start);
    gboolean behind = start > 0 && prose_mark(labeller->prose, start - 1) == MARK_QUANTITY;
    gboolean other = labeller->last != NULL &&
                     (labeller->last_kind != FIGURE_SCORE || behind || labeller->subject->len == 0);
    const char *thing = other ? labeller->last : labeller->subject->str;
    gsize mark = wording_suffix(labeller->wording, WORDS_FULL_MARK, thing, strlen(thing));
    if (other && mark > 0 && mark < strlen(thing)) /* 执行率指标【分值】10 分，自评得分 9.78 分 */
        return g_strndup(thing, strlen(thing) - mark);
    gsize done = wording_suffix(labeller->wording, WORDS_DONE, thing, strlen(thing));
    return g_strndup(thing, strlen(thing) - done); /* 满意度【实际】 93%，得 9 分 */
}

/* 自评得分 24 分，扣 1 分: points that the subject lost. */
gboolean labeller_name_deduction(Labeller *labeller, const Quantity *quantity,
                                 const char *printed) {
    if (quantity->kind != FIGURE_SCORE ||
        wording_suffix(labeller->wording, WORDS_DEDUCTED, printed, strlen(printed)) == 0)
        return FALSE;
    g_autoptr(GString) core = g_string_new(printed);
    core_strip(labeller->wording, core);
    g_autofree char *noun = core_noun(labeller->wording, core->str);
    g_autofree char *scored = thing_scored(labeller, quantity);
    g_ptr_array_add(labeller->names, g_strconcat(*noun == '\0' ? scored : noun, "扣分", NULL));
    return TRUE;
}

gboolean labeller_is_scored_part(const Labeller *labeller, const Quantity *quantity,
                                 const char *printed, const char *core) {
    const Wording *wording = labeller->wording;
    return quantity->kind == FIGURE_SCORE && labeller->whole_earned &&
           g_utf8_strlen(printed, -1) >= PART_CHARACTERS_MIN &&
           wording_suffix(wording, WORDS_EARNED, core, strlen(core)) == 0 &&
           wording_suffix(wording, WORDS_FULL_MARK, core, strlen(core)) == 0;
}

/* The name before the bracket with its weight, of 投入（15 分）得; NULL for none. `earned`: behind
 * it.
 */
static char *name_before_weight(const char *core, const char **earned) {
    const char *close = g_strrstr(core, "）") == NULL ? strrchr(core, ')') : g_strrstr(core, "）");
    const char *open = g_strrstr(core, "（") == NULL ? strrchr(core, '(') : g_strrstr(core, "（");
    if (close == NULL || open == NULL || open == core || open > close ||
        strcspn(open, "0123456789") >= (gsize)(close - open))
        return NULL;
    *earned = g_utf8_next_char(close);
    return g_strndup(core, (gsize)(open - core));
}

/* 预算完成率 100%，得 5 分. */
gboolean labeller_name_earned(Labeller *labeller, const Quantity *quantity, const char *core) {
    const char *words = core;
    g_autofree char *weighted = name_before_weight(core, &words);
    if (quantity->kind != FIGURE_SCORE || !wording_has(labeller->wording, WORDS_EARNED, words))
        return FALSE;
    g_autofree char *scored =
        weighted == NULL ? thing_scored(labeller, quantity) : g_steal_pointer(&weighted);
    gboolean again = g_str_has_suffix(scored, words); /* 得分 80 分以上为良，得分 86 分 */
    char *name =
        g_strconcat(scored, again ? "" : words, g_str_has_suffix(words, "得") ? "分" : NULL, NULL);
    g_ptr_array_add(labeller->names, name);
    g_free(labeller->earned);
    labeller->earned = g_strdup(name);
    if (*scored == '\0')
        labeller_remember(labeller, quantity, name);
    return TRUE;
}

/* 投入 10 分，【得】9 分: the figure is what could be earned. */
static gboolean earns_behind(const Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    guint from = quantity->end;
    while (from < prose->length && prose_mark(prose, from) == MARK_COMMA)
        from++;
    guint end = clause_end(prose, from);
    if (end >= prose->length || prose_mark(prose, end) != MARK_QUANTITY)
        return FALSE;
    g_autofree char *words = prose_text(prose, from, end);
    return wording_has(labeller->wording, WORDS_EARNED, words) ||
           wording_has(labeller->wording, WORDS_DEDUCTED, words);
}

/* 各指标【得分为：】投入 14 分、过程 24 分: what the sentence said of all its
 * scores. */
void labeller_name_scores(Labeller *labeller, const Quantity *quantity) {
    static const char EARNED[] = "得分";
    const Prose *prose = labeller->prose;
    if (quantity->kind != FIGURE_SCORE)
        return;
    g_autofree char *before =
        prose_text(prose, sentence_start(prose, quantity->start), quantity->start);
    gsize n;
    if ((wording_find(labeller->wording, WORDS_SCORE_HEAD, before, &n) == NULL &&
         !labeller->whole_earned) ||
        earns_behind(labeller, quantity))
        return;
    for (guint i = 0; i < labeller->names->len; i++) {
        char *name = labeller->names->pdata[i];
        if (wording_suffix(labeller->wording, WORDS_EARNED, name, strlen(name)) > 0 ||
            wording_suffix(labeller->wording, WORDS_FULL_MARK, name, strlen(name)) > 0)
            continue;
        labeller->names->pdata[i] = g_strconcat(name, EARNED, NULL);
        g_free(name);
    }
}
