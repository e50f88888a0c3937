/* From clauses to labels.
 *
 *   推荐申报国家高新技术企业 298 家，通过认定 199 家，总数有望突破 500 家
 *   └──────── core ────────┘       └ core ┘        └core┘
 *
 * The core of a figure is what stands before it in its clause, without words that only lead in or
 * out. A core that names a thing gives the label, and the thing becomes the subject. A core that
 * names only a deed (通过认定) or a measure (总数) takes its thing from behind the figure
 * (备案 10 家市级新型研发机构) or, where nothing stands there, from the clauses before.
 */
#include "normalize/label.h"
#include <string.h>

/* The longest label, in characters; longer ones keep their end, which names the thing. */
enum {
    LABEL_CHARACTERS_MAX = 60,
    PLACING_CHARACTERS_MAX = 10,
    CLAUSE_SUBJECT_CHARACTERS_MAX = 20,
    HAN_BYTES = 3
};

struct Labeller {
    const Wording *wording;
    const Prose *prose;
    GPtrArray *names;  /* char *: of the current quantity */
    GPtrArray *shares; /* char *: names still to be handed out, 分别 */
    guint next_share;
    GString *subject;
    char *entity;
    char *last; /* the label of the figure before, for placings */
    char period[16];
};

Labeller *labeller_new(const Wording *wording) {
    Labeller *labeller = g_new0(Labeller, 1);
    labeller->wording = wording;
    labeller->names = g_ptr_array_new_with_free_func(g_free);
    labeller->shares = g_ptr_array_new_with_free_func(g_free);
    labeller->subject = g_string_new(NULL);
    return labeller;
}

void labeller_free(Labeller *labeller) {
    if (labeller == NULL)
        return;
    g_ptr_array_unref(labeller->names);
    g_ptr_array_unref(labeller->shares);
    g_string_free(labeller->subject, TRUE);
    g_free(labeller->entity);
    g_free(labeller->last);
    g_free(labeller);
}

void labeller_start(Labeller *labeller, const Prose *prose, const char *subject) {
    labeller->prose = prose;
    g_string_assign(labeller->subject, subject == NULL ? "" : subject);
    g_ptr_array_set_size(labeller->shares, 0);
    g_clear_pointer(&labeller->entity, g_free);
    g_clear_pointer(&labeller->last, g_free);
}

/* Left from `at` to the end of the figure, marker, delimiter or bracket before; brackets that close
 * are stepped over whole. */
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
    guint i = at;
    while (i > 0 && !(prose_mark(prose, i - 1) == MARK_STOP && prose_code(prose, i - 1) != U'；' &&
                      prose_code(prose, i - 1) != ';'))
        i--;
    return i;
}

static void trim_punctuation(GString *text) {
    static const char *const POINTS[] = {"、", "，", "：", ":",  ",", "“", "”",
                                         "\"", "-",  "—",  "《", "·", "。"};
    gboolean again = TRUE;
    while (again && text->len > 0) {
        again = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(POINTS); i++) {
            gsize n = strlen(POINTS[i]);
            if (g_str_has_prefix(text->str, POINTS[i])) {
                g_string_erase(text, 0, (gssize)n);
                again = TRUE;
            }
            if (text->len > n && g_str_has_suffix(text->str, POINTS[i]) &&
                !g_str_equal(POINTS[i], "”")) {
                g_string_truncate(text, text->len - n);
                again = TRUE;
            }
        }
    }
}

/* A leading word of one character may be the beginning of another (在职, 经费): only a whole core
 * of one says nothing. */
static gboolean strip_lead(const Wording *wording, GString *core) {
    gsize n = wording_prefix(wording, WORDS_LEAD, core->str);
    if (n == 0 || (n <= HAN_BYTES && n != core->len))
        return FALSE;
    g_string_erase(core, 0, (gssize)n);
    return TRUE;
}

static gboolean strip_tail(const Wording *wording, GString *core) {
    gsize n = wording_suffix(wording, WORDS_TAIL, core->str, core->len);
    if (n > 0)
        g_string_truncate(core, core->len - n);
    return n > 0;
}

static void strip_core(const Wording *wording, GString *core) {
    trim_punctuation(core);
    while (core->len > 0 && (strip_lead(wording, core) || strip_tail(wording, core)))
        trim_punctuation(core);
}

/* The thing that a core names: what is done to it and how it is measured taken off. */
static char *core_noun(const Wording *wording, const char *core) {
    GString *noun = g_string_new(core);
    for (gsize n; (n = wording_prefix(wording, WORDS_VERB, noun->str)) > HAN_BYTES;)
        g_string_erase(noun, 0, (gssize)n);
    if (wording_has(wording, WORDS_WEAK, noun->str))
        g_string_truncate(noun, 0);
    for (gsize n; noun->len > 0 &&
                  (n = wording_suffix(wording, WORDS_WEAK, noun->str, noun->len)) > HAN_BYTES &&
                  n < noun->len;)
        g_string_truncate(noun, noun->len - n);
    if (g_str_has_prefix(noun->str, "的"))
        g_string_erase(noun, 0, HAN_BYTES);
    return g_string_free(noun, FALSE);
}

static gboolean is_weak(const Wording *wording, const char *core) {
    if (*core == '\0' || wording_has(wording, WORDS_WEAK, core) ||
        wording_has(wording, WORDS_VERB, core))
        return TRUE;
    g_autofree char *noun = core_noun(wording, core);
    return *noun == '\0';
}

/* What follows the figure and names it: 家【市级新型研发机构】, 万元用于【抗旱浇灌】. */
static GString *following_noun(const Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    guint end = clause_end(prose, quantity->end);
    g_autofree char *text = prose_text(prose, quantity->end, end);
    const char *from = text;
    gsize n = wording_prefix(labeller->wording, WORDS_PURPOSE, text);
    if (quantity->kind != FIGURE_COUNT && n == 0)
        return g_string_new(NULL);
    from += n;
    const char *cut = n == 0 ? wording_find(labeller->wording, WORDS_CUT, from, &n) : NULL;
    GString *noun = g_string_new_len(from, cut == NULL ? (gssize)strlen(from) : cut - from);
    trim_punctuation(noun);
    if (g_str_has_suffix(noun->str, "的"))
        g_string_truncate(noun, noun->len - HAN_BYTES);
    if (g_str_has_prefix(noun->str, "的"))
        g_string_erase(noun, 0, HAN_BYTES);
    return noun;
}

static char *shortened(const char *label) {
    glong n = g_utf8_strlen(label, -1);
    if (n <= LABEL_CHARACTERS_MAX)
        return g_strdup(label);
    return g_strdup(g_utf8_offset_to_pointer(label, n - LABEL_CHARACTERS_MAX));
}

static void set_subject(Labeller *labeller, const char *core) {
    g_autofree char *noun = core_noun(labeller->wording, core);
    if (*noun != '\0')
        g_string_assign(labeller->subject, noun);
}

/* The noun of the clause before, where no figure stands in it: 申报研究中心，新增 30 家. */
static void subject_from_clause(Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    guint end = clause_start(prose, quantity->start);
    if (end == 0 || prose_mark(prose, end - 1) != MARK_COMMA)
        return;
    guint start = clause_start(prose, end - 1);
    Mark before = start == 0 ? MARK_STOP : prose_mark(prose, start - 1);
    g_autofree char *text = prose_text(prose, start, end - 1);
    g_autoptr(GString) core = g_string_new(text);
    strip_core(labeller->wording, core);
    if ((before == MARK_STOP || before == MARK_COMMA || before == MARK_LIST) &&
        g_utf8_strlen(core->str, -1) <= CLAUSE_SUBJECT_CHARACTERS_MAX &&
        !is_weak(labeller->wording, core->str))
        set_subject(labeller, core->str);
}

static void name_from_core(Labeller *labeller, const Quantity *quantity, const char *core) {
    g_autofree char *label = NULL;
    if (is_weak(labeller->wording, core)) {
        GString *noun = following_noun(labeller, quantity);
        if (noun->len > 0 && !is_weak(labeller->wording, noun->str)) {
            label = quantity->kind == FIGURE_COUNT ? g_strconcat(core, noun->str, NULL)
                                                   : g_strdup(noun->str);
            set_subject(labeller, noun->str);
        } else {
            subject_from_clause(labeller, quantity);
            label = g_strconcat(labeller->subject->str, core, noun->str, NULL);
        }
        g_string_free(noun, TRUE);
    } else {
        label = g_strdup(core);
        set_subject(labeller, core);
    }
    g_ptr_array_add(labeller->names, shortened(label));
}

/* Splits at 、 and, in the last piece, at its last 和, 与 or 及. */
static GPtrArray *split_nouns(const char *text) {
    static const char *const LAST[] = {"以及", "和", "与", "及"};
    GPtrArray *pieces = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(text, "、", -1);
    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
            g_ptr_array_add(pieces, g_strdup(*part));
    for (guint i = 0; i < G_N_ELEMENTS(LAST) && pieces->len > 0; i++) {
        char *tail = pieces->pdata[pieces->len - 1];
        char *at = g_strrstr(tail, LAST[i]);
        if (at == NULL || at == tail || at[strlen(LAST[i])] == '\0')
            continue;
        g_ptr_array_add(pieces, g_strdup(at + strlen(LAST[i])));
        *at = '\0';
        break;
    }
    return pieces;
}

/* Nouns that are parallel end alike: 社会公众满意度, 企业服务满意度. */
static gboolean are_parallel(const GPtrArray *pieces) {
    const char *last = pieces->len == 0 ? "" : pieces->pdata[pieces->len - 1];
    glong n = g_utf8_strlen(last, -1);
    if (pieces->len < 2 || n < 2)
        return FALSE;
    const char *ending = g_utf8_offset_to_pointer(last, n - 2);
    for (guint i = 0; i < pieces->len; i++)
        if (!g_str_has_suffix(pieces->pdata[i], ending))
            return FALSE;
    return TRUE;
}

/* How many quantities of one kind stand here with nothing but 、 ， 和 between them. */
static guint run_length(const Prose *prose, const Wording *wording, guint first) {
    guint n = 1;
    for (; first + n < prose->scan->quantities->len; n++) {
        const Quantity *before = prose_quantity(prose, first + n - 1);
        const Quantity *after = prose_quantity(prose, first + n);
        g_autofree char *between = prose_text(prose, before->end, after->start);
        if (after->kind != before->kind || !wording_has(wording, WORDS_JOIN, between))
            break;
    }
    return n;
}

static GString *core_of(const Labeller *labeller, const Quantity *quantity) {
    guint start = clause_start(labeller->prose, quantity->start);
    g_autofree char *text = prose_text(labeller->prose, start, quantity->start);
    return g_string_new(text);
}

/* A、B分别为1、2: hands the nouns out; FALSE where they are not as many as the figures. */
static gboolean distribute(Labeller *labeller, guint index, const char *core) {
    gsize n;
    const char *word = wording_find(labeller->wording, WORDS_DISTRIBUTE, core, &n);
    if (word == NULL || word == core)
        return FALSE;
    g_autoptr(GString) before = g_string_new_len(core, word - core);
    strip_core(labeller->wording, before);
    GPtrArray *nouns = split_nouns(before->str);
    if (nouns->len < 2 || nouns->len != run_length(labeller->prose, labeller->wording, index)) {
        g_ptr_array_unref(nouns);
        return FALSE;
    }
    g_ptr_array_unref(labeller->shares);
    labeller->shares = nouns;
    labeller->next_share = 0;
    return TRUE;
}

static gboolean share(Labeller *labeller, const char *core) {
    gsize n;
    const char *word = wording_find(labeller->wording, WORDS_SHARE, core, &n);
    if (word == NULL || word == core)
        return FALSE;
    g_autoptr(GString) before = g_string_new_len(core, word - core);
    strip_core(labeller->wording, before);
    g_autoptr(GPtrArray) nouns = split_nouns(before->str);
    if (!are_parallel(nouns))
        return FALSE;
    for (guint i = 0; i < nouns->len; i++)
        g_ptr_array_add(labeller->names, g_strdup(nouns->pdata[i]));
    return TRUE;
}

/* 研发投入强度达到 2.29%，位居全省第三: the figure before is what is placed. */
static void name_placing(Labeller *labeller, GString *core) {
    gsize n;
    const char *placing = wording_find(labeller->wording, WORDS_PLACING, core->str, &n);
    if (placing != NULL)
        g_string_truncate(core, (gsize)(placing - core->str));
    const char *name = core->len > 0 || labeller->last == NULL ? core->str : labeller->last;
    g_ptr_array_add(labeller->names, g_strconcat(name, "位次", NULL));
}

static void find_names(Labeller *labeller, guint index, const Quantity *quantity) {
    g_autoptr(GString) core = core_of(labeller, quantity);
    if (labeller->shares->len == 0)
        distribute(labeller, index, core->str);
    if (labeller->next_share < labeller->shares->len) {
        const char *noun = labeller->shares->pdata[labeller->next_share++];
        g_ptr_array_add(labeller->names, g_strdup(noun));
        set_subject(labeller, noun);
        if (labeller->next_share == labeller->shares->len)
            g_ptr_array_set_size(labeller->shares, 0);
        return;
    }
    g_ptr_array_set_size(labeller->shares, 0);
    if (share(labeller, core->str))
        return;
    strip_core(labeller->wording, core);
    if (quantity->kind == FIGURE_RANK)
        name_placing(labeller, core);
    else
        name_from_core(labeller, quantity, core->str);
}

static gboolean in_brackets(const Prose *prose, guint from, guint at) {
    int depth = 0;
    for (guint i = from; i < at; i++)
        depth += prose_mark(prose, i) == MARK_OPEN    ? 1
                 : prose_mark(prose, i) == MARK_CLOSE ? -1
                                                      : 0;
    return depth > 0;
}

/* A year at the head of a sentence holds for all of it, others for their group up to ；. */
static gboolean holds_for(const Prose *prose, guint from, const Quantity *period, guint at) {
    if (period->kind == FIGURE_YEAR && period->start <= from + 1)
        return TRUE;
    for (guint i = period->end; i < at; i++)
        if (prose_mark(prose, i) == MARK_STOP)
            return FALSE;
    return TRUE;
}

/* The year or date that the sentence set last before the quantity; then words such as 上年. */
static void find_period(Labeller *labeller, guint index, Label *label) {
    const Prose *prose = labeller->prose;
    const Quantity *quantity = prose_quantity(prose, index);
    guint from = sentence_start(prose, quantity->start), words = from;
    for (guint i = index; i > 0 && prose_quantity(prose, i - 1)->start >= from; i--) {
        const Quantity *before = prose_quantity(prose, i - 1);
        if ((before->kind != FIGURE_YEAR && before->kind != FIGURE_DATE) ||
            before->date[0] == '-' || in_brackets(prose, from, before->start) ||
            !holds_for(prose, from, before, quantity->start))
            continue;
        g_autofree char *lead = prose_text(prose, from, before->start);
        if (wording_suffix(labeller->wording, WORDS_BASE, lead, strlen(lead)) > 0)
            continue;
        g_autofree char *text = quantity_text(before);
        g_strlcpy(labeller->period, text, sizeof labeller->period);
        label->period = labeller->period;
        words = before->end;
        break;
    }
    g_autofree char *rest = prose_text(prose, words, quantity->start);
    int years;
    if (!wording_period(labeller->wording, rest, &years))
        return;
    label->relative = TRUE;
    label->years = years;
    label->period = NULL;
}

/* X局 6 个：… — what follows is X's, until the next such head or the end of the sentence. */
static void find_entity(Labeller *labeller, const Quantity *quantity, const char *name) {
    const Prose *prose = labeller->prose;
    gsize n = strlen(name);
    if (quantity->kind != FIGURE_COUNT || quantity->end >= prose->length ||
        (prose_code(prose, quantity->end) != U'：' && prose_code(prose, quantity->end) != ':') ||
        wording_suffix(labeller->wording, WORDS_ORGANISATION, name, n) == 0)
        return;
    g_free(labeller->entity);
    labeller->entity = g_strdup(name);
}

static gboolean is_placing(const Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    guint from =
        quantity->start > PLACING_CHARACTERS_MAX ? quantity->start - PLACING_CHARACTERS_MAX : 0;
    from = MAX(from, clause_start(prose, quantity->start));
    g_autofree char *before = prose_text(prose, from, quantity->start);
    g_autofree char *after =
        prose_text(prose, quantity->end, MIN(quantity->end + 4, prose->length));
    gsize n;
    return wording_find(labeller->wording, WORDS_PLACING, before, &n) != NULL &&
           wording_prefix(labeller->wording, WORDS_ORDINAL, after) == 0;
}

void labeller_read(Labeller *labeller, guint index, Label *label) {
    const Prose *prose = labeller->prose;
    const Quantity *quantity = prose_quantity(prose, index);
    *label = (Label){.names = labeller->names};
    g_ptr_array_set_size(labeller->names, 0);
    if (index > 0 &&
        sentence_start(prose, quantity->start) > prose_quantity(prose, index - 1)->start) {
        g_clear_pointer(&labeller->entity, g_free);
        g_clear_pointer(&labeller->last, g_free);
    }
    find_names(labeller, index, quantity);
    const char *name = labeller->names->pdata[0];
    find_entity(labeller, quantity, name);
    find_period(labeller, index, label);
    label->placing = quantity->kind == FIGURE_RANK && is_placing(labeller, quantity);
    label->subject = labeller->subject->len > 0 ? labeller->subject->str : NULL;
    label->entity = labeller->entity;
    if (quantity->kind != FIGURE_RANK && quantity->kind != FIGURE_YEAR &&
        quantity->kind != FIGURE_DATE) {
        g_free(labeller->last);
        labeller->last = g_strdup(name);
    }
}
