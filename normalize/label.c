#include "normalize/label.h"
#include "normalize/label_name.h"
#include <string.h>

Labeller *labeller_new(const Wording *wording) {
    Labeller *labeller = g_new0(Labeller, 1);
    labeller->wording = wording;
    labeller->names = g_ptr_array_new_with_free_func(g_free);
    labeller->shares = g_ptr_array_new_with_free_func(g_free);
    labeller->recent = g_ptr_array_new_with_free_func(g_free);
    labeller->recent_units = g_ptr_array_new();
    labeller->subject = g_string_new(NULL);
    return labeller;
}

/* A new sentence begins anew. */
static void labeller_forget(Labeller *labeller) {
    g_string_assign(labeller->subject, labeller->topic == NULL ? "" : labeller->topic);
    g_clear_pointer(&labeller->head, g_free);
    g_clear_pointer(&labeller->entity, g_free);
    g_clear_pointer(&labeller->whole, g_free);
    g_clear_pointer(&labeller->outer, g_free);
    g_clear_pointer(&labeller->followed, g_free);
    g_clear_pointer(&labeller->change, g_free);
    g_clear_pointer(&labeller->placed, g_free);
    g_clear_pointer(&labeller->own, g_free);
    g_clear_pointer(&labeller->kinds, g_free);
    g_clear_pointer(&labeller->funds, g_free);
    g_clear_pointer(&labeller->share, g_free);
    g_clear_pointer(&labeller->earned, g_free);
    g_ptr_array_set_size(labeller->recent_units, 0);
    labeller->whole_earned = FALSE;
    g_ptr_array_set_size(labeller->recent, 0);
}

void labeller_free(Labeller *labeller) {
    if (labeller == NULL)
        return;
    g_clear_pointer(&labeller->topic, g_free);
    labeller_forget(labeller);
    g_free(labeller->last);
    g_free(labeller->outer);
    g_ptr_array_unref(labeller->names);
    g_ptr_array_unref(labeller->shares);
    g_ptr_array_unref(labeller->recent);
    g_ptr_array_unref(labeller->recent_units);
    g_string_free(labeller->subject, TRUE);
    g_free(labeller);
}

/* Without the quotation marks around it. */
static char *unquoted(const char *text) {
    GString *bare = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        gboolean edge = p == text || *g_utf8_next_char(p) == '\0';
        if (!edge || (code != U'“' && code != U'”' && code != U'"' && code != U'＂'))
            g_string_append_unichar(bare, code);
    }
    return g_string_free(bare, FALSE);
}

/* What the others are about: a short first sentence without figures, or a subject of the budget by
 * its class. 社会保障和就业支出（类）行政单位离退休（项）。年初预算为 54.53 万元 … */
static char *opening_topic(const Labeller *labeller) {
    const Prose *prose = labeller->prose;
    guint start = 0, end = 0;
    while (start < prose->length && prose_mark(prose, start) == MARK_LIST)
        start++;
    for (end = start; end < prose->length; end++) {
        Mark mark = prose_mark(prose, end);
        if (mark == MARK_STOP || mark == MARK_COMMA || mark == MARK_QUANTITY)
            break;
    }
    if (end == prose->length || end - start > TOPIC_CHARACTERS_MAX)
        return NULL;
    g_autofree char *printed = prose_text(prose, start, end);
    g_autofree char *text = unquoted(printed);
    gsize n = strlen(text);
    if (wording_suffix(labeller->wording, WORDS_CLASS_END, text, n) > 0)
        return g_steal_pointer(&text);
    gboolean sentence = prose_mark(prose, end) == MARK_STOP;
    return sentence && (g_str_has_suffix(text, "）") || g_str_has_suffix(text, ")") ||
                        wording_suffix(labeller->wording, WORDS_TOPIC, text, n) > 0)
               ? g_steal_pointer(&text)
               : NULL;
}

void labeller_start(Labeller *labeller, const Prose *prose, const char *subject) {
    labeller->prose = prose;
    g_free(labeller->topic);
    labeller->topic = g_strdup(subject);
    g_ptr_array_set_size(labeller->shares, 0);
    if (subject == NULL)
        labeller->topic = opening_topic(labeller);
    labeller_forget(labeller);
    g_clear_pointer(&labeller->last, g_free);
}

/* 【亩均增产】：较上年增加 12 公斤: what stands before the colon is what changed. */
static void find_changed(Labeller *labeller, const Quantity *quantity, const char *text) {
    g_autoptr(GString) thing = g_string_new(text);
    core_strip(labeller->wording, thing);
    g_autoptr(GString) core = labeller_core(labeller, quantity);
    core_strip(labeller->wording, core);
    if (core_kind(labeller->wording, core->str) != CORE_RELATIVE ||
        core_kind(labeller->wording, thing->str) != CORE_NAME)
        return;
    g_string_assign(labeller->subject, thing->str);
    labeller_remember(labeller, quantity, thing->str);
}

/* 【公务接待费】：年初预算 6 万元，实际支出 4.41 万元: at the first figure of a sentence, or of its
 * part before ；, what the clauses behind the colon are of. */
static void find_head(Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    guint start = quantity->start, colon;
    while (start > 0 && prose_mark(prose, start - 1) != MARK_STOP &&
           prose_mark(prose, start - 1) != MARK_LIST)
        if (prose_mark(prose, --start) == MARK_QUANTITY)
            return;
    for (colon = start; colon < quantity->start && prose_mark(prose, colon) != MARK_COMMA; colon++)
        ;
    if (colon == quantity->start || colon - start > TOPIC_CHARACTERS_MAX ||
        (prose_code(prose, colon) != U'：' && prose_code(prose, colon) != ':'))
        return;
    g_autofree char *text = prose_text(prose, start, colon);
    if (core_kind(labeller->wording, text) != CORE_NAME)
        return;
    g_autofree char *behind = prose_text(prose, colon + 1, quantity->start);
    g_autoptr(GString) measure = g_string_new(behind);
    core_strip(labeller->wording, measure);
    gboolean planned =
        wording_has(labeller->wording, WORDS_PLAN, measure->str); /* 目标值 4.5 万人 */
    if (!planned && wording_suffix(labeller->wording, WORDS_HEAD, text, strlen(text)) == 0) {
        find_changed(labeller, quantity, text);
        return;
    }
    g_string_assign(labeller->subject, text);
    g_free(labeller->head);
    labeller->head = g_steal_pointer(&text);
}

/* Left from `at` to the end of the figure, marker, delimiter or bracket before;
 * brackets that close are stepped over whole. */
guint clause_start(const Prose *prose, guint at) {
    guint depth = 0;
    for (guint i = at; i > 0; i--) {
        Mark mark = prose_mark(prose, i - 1);
        if (mark == MARK_CLOSE)
            depth++;
        else if (mark == MARK_OPEN && depth == 0)
            return i;
        else if (mark == MARK_OPEN)
            depth--;
        else if (mark == MARK_STOP)
            return i;
        else if (depth == 0 && mark != MARK_NONE && mark != MARK_CLAIM)
            return i;
    }
    return 0;
}

guint clause_end(const Prose *prose, guint at) {
    guint depth = 0;
    for (guint i = at; i < prose->length; i++) {
        Mark mark = prose_mark(prose, i);
        if (mark == MARK_OPEN)
            depth++;
        else if (mark == MARK_CLOSE && depth == 0)
            return i;
        else if (mark == MARK_CLOSE)
            depth--;
        else if (mark == MARK_STOP)
            return i;
        else if (depth == 0 && mark != MARK_NONE && mark != MARK_CLAIM)
            return i;
    }
    return prose->length;
}

guint sentence_start(const Prose *prose, guint at) {
    guint i = at, least = at > SENTENCE_CHARACTERS_MAX ? at - SENTENCE_CHARACTERS_MAX : 0;
    while (i > least && !(prose_mark(prose, i - 1) == MARK_STOP &&
                          prose_code(prose, i - 1) != U'；' && prose_code(prose, i - 1) != ';'))
        i--;
    return i;
}

static gboolean in_brackets(const Prose *prose, guint from, guint at) {
    int depth = 0;
    for (guint i = from; i < at; i++)
        depth += prose_mark(prose, i) == MARK_OPEN    ? 1
                 : prose_mark(prose, i) == MARK_CLOSE ? -1
                                                      : 0;
    return depth > 0;
}

/* A year at the head of a sentence holds for all of it, others for their group
 * up to ；. */
static gboolean holds_for(const Prose *prose, guint from, const Quantity *period, guint at) {
    if (period->kind == FIGURE_YEAR && period->start <= from + 1)
        return TRUE;
    for (guint i = period->end; i < at; i++)
        if (prose_mark(prose, i) == MARK_STOP)
            return FALSE;
    return TRUE;
}

/* 与 2021 年全年支出【100 万元】相比: the year is that of the figure, which is what others are
 * compared with. */
static gboolean is_compared(const Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    g_autofree char *after =
        prose_text(prose, quantity->end, MIN(quantity->end + 4, prose->length));
    return wording_prefix(labeller->wording, WORDS_COMPARED, after) > 0;
}

/* The year or date that the sentence set last before the quantity; then words
 * such as 上年. */
static void find_period(Labeller *labeller, guint index, Label *label) {
    const Prose *prose = labeller->prose;
    const Quantity *quantity = prose_quantity(prose, index);
    guint from = sentence_start(prose, quantity->start), words = from;
    for (guint i = index; i > 0 && prose_quantity(prose, i - 1)->start >= from; i--) {
        const Quantity *before = prose_quantity(prose, i - 1);
        if ((before->kind != FIGURE_YEAR && before->kind != FIGURE_DATE) ||
            before->date[0] == '-' || in_brackets(prose, from, before->start) ||
            !holds_for(prose, from, before, quantity->start) || (i == index && labeller->ratio))
            continue;
        g_autofree char *lead = prose_text(prose, from, before->start);
        if (labeller->ratio &&
            wording_suffix(labeller->wording, WORDS_RATIO_BASE, lead, strlen(lead)) > 0)
            continue;
        if (!labeller_is_of_year(labeller, index, i - 1) &&
            !(i == index && is_compared(labeller, quantity)) &&
            wording_suffix(labeller->wording, WORDS_BASE, lead, strlen(lead)) > 0)
            continue;
        g_autofree char *text = quantity_text(before);
        if (wording_suffix(labeller->wording, WORDS_AS_OF, lead, strlen(lead)) > 0)
            text[strcspn(text, "-")] = '\0';
        g_strlcpy(labeller->period, text, sizeof labeller->period);
        label->period = labeller->period;
        words = before->end;
        break;
    }
    g_autofree char *rest = prose_text(prose, words, quantity->start);
    int years = -1;
    if (!wording_period(labeller->wording, rest, &years) && !labeller->base)
        return;
    label->relative = TRUE;
    label->years = years;
    label->period = NULL;
}

/* X局 6 个：… — what follows is X's, until the next such head or the end of the
 * sentence. */
static void find_entity(Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    if (quantity->kind != FIGURE_COUNT || quantity->end >= prose->length ||
        (prose_code(prose, quantity->end) != U'：' && prose_code(prose, quantity->end) != ':'))
        return;
    g_autoptr(GString) core = labeller_core(labeller, quantity);
    core_strip(labeller->wording, core);
    if (wording_suffix(labeller->wording, WORDS_ORGANISATION, core->str, core->len) == 0)
        return;
    g_free(labeller->entity);
    labeller->entity = g_strdup(core->str);
}

static gboolean is_placing(const Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    guint from =
        quantity->start > PLACING_CHARACTERS_MAX ? quantity->start - PLACING_CHARACTERS_MAX : 0;
    guint start = clause_start(prose, quantity->start);
    if (start > 0 && prose_mark(prose, start - 1) == MARK_QUANTITY &&
        quantity > prose_quantity(prose, 0) && quantity[-1].kind == FIGURE_COUNT)
        start = clause_start(prose, quantity[-1].start); /* 位列全省 66 个县【第三】 */
    from = MAX(from, start);
    g_autofree char *before = prose_text(prose, from, quantity->start);
    g_autofree char *after =
        prose_text(prose, quantity->end, MIN(quantity->end + 4, prose->length));
    gsize n;
    return wording_find(labeller->wording, WORDS_PLACING, before, &n) != NULL &&
           wording_prefix(labeller->wording, WORDS_ORDINAL, after) == 0;
}

/* 造林 12 万亩（其中人工 5 万亩），占…: behind a bracket that hangs on a figure that figure is
 * spoken of again. */
static void step_over_bracket(Labeller *labeller, guint index, gboolean bracketed) {
    const Prose *prose = labeller->prose;
    guint start = prose_quantity(prose, index)->start;
    if (!bracketed && labeller->outer != NULL) {
        g_free(labeller->last);
        labeller->last = g_steal_pointer(&labeller->outer);
        labeller->last_kind = labeller->outer_kind;
    }
    if (!bracketed || labeller->outer != NULL || index == 0 || labeller->last == NULL)
        return;
    guint end = prose_quantity(prose, index - 1)->end;
    if (end >= start || prose_mark(prose, end) != MARK_OPEN)
        return;
    labeller->outer = g_strdup(labeller->last);
    labeller->outer_kind = labeller->last_kind;
}

void labeller_read(Labeller *labeller, guint index, Label *label) {
    const Prose *prose = labeller->prose;
    const Quantity *quantity = prose_quantity(prose, index);
    *label = (Label){.names = labeller->names};
    g_ptr_array_set_size(labeller->names, 0);
    g_clear_pointer(&labeller->own, g_free);
    if (index > 0 &&
        sentence_start(prose, quantity->start) > prose_quantity(prose, index - 1)->start)
        labeller_forget(labeller);
    find_head(labeller, quantity);
    g_autofree char *subject = g_strdup(labeller->subject->str);
    gboolean bracketed =
        in_brackets(prose, sentence_start(prose, quantity->start), quantity->start);
    step_over_bracket(labeller, index, bracketed);
    labeller_find_names(labeller, index, quantity);
    labeller_name_scores(labeller, quantity);
    find_entity(labeller, quantity);
    find_period(labeller, index, label);
    label->placing = quantity->kind == FIGURE_RANK && is_placing(labeller, quantity);
    label->entity = labeller->entity;
    const char *name = labeller->names->pdata[0];
    g_autofree char *still = core_without_change(labeller->wording, name);
    if (!labeller->relative && g_str_equal(still, name)) {
        g_ptr_array_add(labeller->recent, g_strdup(name));
        g_ptr_array_add(labeller->recent_units, (gpointer)quantity->unit);
    }
    if (bracketed)
        g_string_assign(labeller->subject, subject);
    const char *thing = labeller->own == NULL ? labeller->subject->str : labeller->own;
    label->subject = *thing == '\0' ? NULL : thing;
}
