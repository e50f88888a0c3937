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
#include "normalize/label_words.h"
#include <string.h>

/* The longest label, in characters; longer ones keep their end, which names the thing. */
enum {
    LABEL_CHARACTERS_MAX = 60,
    PLACING_CHARACTERS_MAX = 10,
    CLAUSE_SUBJECT_CHARACTERS_MAX = 20,
    FOLLOWING_CHARACTERS_MAX = 16,
    SENTENCE_CHARACTERS_MAX = 2000, /* looked back at from a figure */
    ITEM_REST_BYTES_MAX = 24, /* what may follow a figure and be its noun, before the next item */
    TOPIC_CHARACTERS_MAX = 60,
};

struct Labeller {
    const Wording *wording;
    const Prose *prose;
    GPtrArray *names;  /* char *: of the current quantity */
    GPtrArray *shares; /* char *: names still to be handed out, 分别 */
    guint next_share;
    char *topic; /* what the run is about before it says so */
    GString *subject;
    char *entity;
    char *last; /* the label of the figure before that has a name of its own, and its kind */
    FigureKind last_kind;
    char *whole; /* the noun of the figure that parts of the sentence belong to, and its unit */
    const char *whole_unit;
    gboolean base; /* the current one is a figure of another year */
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

/* A new sentence begins anew. */
static void labeller_forget(Labeller *labeller) {
    g_string_assign(labeller->subject, labeller->topic == NULL ? "" : labeller->topic);
    g_clear_pointer(&labeller->entity, g_free);
    g_clear_pointer(&labeller->whole, g_free);
}

void labeller_free(Labeller *labeller) {
    if (labeller == NULL)
        return;
    g_clear_pointer(&labeller->topic, g_free);
    labeller_forget(labeller);
    g_free(labeller->last);
    g_ptr_array_unref(labeller->names);
    g_ptr_array_unref(labeller->shares);
    g_string_free(labeller->subject, TRUE);
    g_free(labeller);
}

/* A short first sentence without figures is what the others are about:
 * 社会保障和就业支出（类）行政单位离退休（项）。年初预算为 54.53 万元 … */
static char *opening_topic(const Labeller *labeller) {
    const Prose *prose = labeller->prose;
    guint start = 0, end = 0;
    while (start < prose->length && prose_mark(prose, start) == MARK_LIST)
        start++;
    for (end = start; end < prose->length && prose_mark(prose, end) != MARK_STOP; end++)
        if (prose_mark(prose, end) == MARK_COMMA || prose_mark(prose, end) == MARK_QUANTITY)
            return NULL;
    if (end == prose->length || end - start > TOPIC_CHARACTERS_MAX)
        return NULL;
    g_autofree char *text = prose_text(prose, start, end);
    gsize n = strlen(text);
    return g_str_has_suffix(text, "）") || g_str_has_suffix(text, ")") ||
                   wording_suffix(labeller->wording, WORDS_TOPIC, text, n) > 0
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
    guint i = at, least = at > SENTENCE_CHARACTERS_MAX ? at - SENTENCE_CHARACTERS_MAX : 0;
    while (i > least && !(prose_mark(prose, i - 1) == MARK_STOP &&
                          prose_code(prose, i - 1) != U'；' && prose_code(prose, i - 1) != ';'))
        i--;
    return i;
}

/* What follows the figure and names it: 家【市级新型研发机构】, 万元用于【抗旱浇灌】. */
static GString *following_noun(const Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    guint end = clause_end(prose, quantity->end);
    g_autofree char *text = prose_text(prose, quantity->end, end);
    gsize n = wording_prefix(labeller->wording, WORDS_PURPOSE, text);
    if (quantity->kind != FIGURE_COUNT && n == 0)
        return g_string_new(NULL);
    GString *noun = g_string_new(text + n);
    if (g_str_has_prefix(noun->str, "、") || wording_has(labeller->wording, WORDS_JOIN, noun->str))
        g_string_truncate(noun, 0);
    if (n == 0)
        noun_cut(labeller->wording, noun);
    else
        trim_punctuation(noun);
    if (core_kind(labeller->wording, noun->str) != CORE_NAME)
        g_string_truncate(noun, 0);
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
    core_strip(labeller->wording, core);
    if ((before == MARK_STOP || before == MARK_COMMA || before == MARK_LIST) &&
        g_utf8_strlen(core->str, -1) <= CLAUSE_SUBJECT_CHARACTERS_MAX &&
        core_kind(labeller->wording, core->str) == CORE_NAME)
        set_subject(labeller, core->str);
}

/* 备案 10 家【市级新型研发机构】, 事前评估、运行监控、自评三个【环节】, 局机关和 3 个【下属单位】.
 */
static char *name_with_following(Labeller *labeller, const char *printed, const char *core,
                                 const GString *noun) {
    gboolean joined = g_str_has_suffix(printed, "和") || g_str_has_suffix(printed, "及") ||
                      g_str_has_suffix(printed, "与") || g_str_has_suffix(printed, "、");
    set_subject(labeller, noun->str);
    if (joined || is_enumeration(core))
        return g_strdup(noun->str);
    return g_strconcat(core, noun->str, NULL);
}

/* The figure before lends its name: 占比提高 5 个百分点，达到【】56%; 支出【增长】5%. */
static char *name_from_last(Labeller *labeller, const Quantity *quantity, CoreKind kind,
                            const char *core) {
    const char *last = labeller->last;
    if (last == NULL || (kind == CORE_EMPTY && labeller->last_kind != quantity->kind &&
                         labeller->last_kind != FIGURE_POINTS))
        last = labeller->subject->str;
    if (kind == CORE_EMPTY)
        return core_without_change(labeller->wording, last);
    g_autofree char *thing = core_without_change(labeller->wording, last);
    if (kind != CORE_BASE)
        return g_strconcat(thing, core, NULL);
    gsize n = wording_prefix(labeller->wording, WORDS_BASE, core);
    gsize period = wording_period_prefix(labeller->wording, core + n);
    g_autofree char *year = g_strndup(core + n, period);
    return g_strconcat(year, thing, NULL);
}

/* A deed or a measure gets its thing from the clause before or from what was spoken of. */
static char *name_from_subject(Labeller *labeller, const Quantity *quantity, const char *core) {
    subject_from_clause(labeller, quantity);
    return g_strconcat(labeller->subject->str, core, NULL);
}

/* 其中局机关 38 人: the part of an organisation is named by what there are 38 of, too. */
static char *name_of_part(const Labeller *labeller, const Quantity *quantity, const char *core) {
    const Wording *wording = labeller->wording;
    if (labeller->whole == NULL || quantity->kind != FIGURE_COUNT ||
        g_strcmp0(quantity->unit, labeller->whole_unit) != 0 ||
        wording_suffix(wording, WORDS_ORGANISATION, core, strlen(core)) == 0)
        return g_strdup(core);
    return g_strconcat(core, labeller->whole, NULL);
}

/* 项目资金 below the heading 养老服务体系建设项目 is that project's, and so is 年初预算. */
static char *name_of_topic(const Labeller *labeller, const char *name) {
    static const char PROJECT[] = "项目";
    gsize time = wording_prefix(labeller->wording, WORDS_TIME, name);
    gboolean measure = time > 0 && wording_has(labeller->wording, WORDS_WEAK, name + time);
    if (labeller->topic == NULL || !(measure || g_str_has_prefix(name, PROJECT)))
        return g_strdup(name);
    if (measure)
        return g_strconcat(labeller->topic, name, NULL);
    const char *rest = g_str_has_suffix(labeller->topic, PROJECT) ? name + strlen(PROJECT) : name;
    return g_strconcat(labeller->topic, rest, NULL);
}

/* 自评得分 24 分，扣 1 分: points that the subject lost. */
static gboolean name_deduction(Labeller *labeller, const Quantity *quantity, const char *printed) {
    if (quantity->kind != FIGURE_SCORE ||
        wording_suffix(labeller->wording, WORDS_DEDUCTED, printed, strlen(printed)) == 0)
        return FALSE;
    g_autoptr(GString) core = g_string_new(printed);
    core_strip(labeller->wording, core);
    g_autofree char *noun = core_noun(labeller->wording, core->str);
    g_ptr_array_add(labeller->names,
                    g_strconcat(*noun == '\0' ? labeller->subject->str : noun, "扣分", NULL));
    return TRUE;
}

static void remember(Labeller *labeller, const Quantity *quantity, const char *name) {
    g_free(labeller->last);
    labeller->last = g_strdup(name);
    labeller->last_kind = quantity->kind;
}

static void name_from_core(Labeller *labeller, const Quantity *quantity, const char *printed,
                           const char *core) {
    CoreKind kind = core_kind(labeller->wording, core);
    GString *noun = following_noun(labeller, quantity);
    g_autofree char *label = NULL;
    labeller->base = kind == CORE_BASE;
    if (noun->len > 0 && (quantity->kind != FIGURE_COUNT || kind == CORE_EMPTY) &&
        kind != CORE_NAME) {
        label = g_strdup(noun->str);
        set_subject(labeller, noun->str);
    } else if (noun->len > 0 && quantity->kind == FIGURE_COUNT && kind != CORE_BASE &&
               g_utf8_strlen(noun->str, -1) <= FOLLOWING_CHARACTERS_MAX)
        label = name_with_following(labeller, printed, core, noun);
    else if (kind == CORE_NAME) {
        g_autofree char *part = name_of_part(labeller, quantity, core);
        label = name_of_topic(labeller, part);
        if (g_str_equal(part, core))
            set_subject(labeller, core);
    } else if (kind == CORE_WEAK)
        label = name_from_subject(labeller, quantity, core);
    else
        label = name_from_last(labeller, quantity, kind, core);
    g_string_free(noun, TRUE);
    if (kind == CORE_NAME || kind == CORE_WEAK)
        remember(labeller, quantity, label);
    g_ptr_array_add(labeller->names, shortened(label));
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
    gboolean behind = start > 0 && prose_mark(labeller->prose, start - 1) == MARK_QUANTITY;
    const char *next = behind ? strstr(text, "、") : NULL; /* 62 个村、【黑臭水体整治】31 个村 */
    gboolean item =
        next != NULL && next - text <= ITEM_REST_BYTES_MAX && next[strlen("、")] != '\0';
    return g_string_new(item ? next + strlen("、") : text);
}

/* A、B分别为1、2: hands the nouns out; FALSE where they are not as many as the figures. */
static gboolean distribute(Labeller *labeller, guint index, const char *core) {
    gsize n;
    const char *word = wording_find(labeller->wording, WORDS_DISTRIBUTE, core, &n);
    if (word == NULL || word == core)
        return FALSE;
    g_autoptr(GString) before = g_string_new_len(core, word - core);
    g_autoptr(GString) deed = g_string_new(word + n);
    core_strip(labeller->wording, before);
    core_strip(labeller->wording, deed);
    GPtrArray *nouns = nouns_split(before->str);
    if (nouns->len < 2 || nouns->len != run_length(labeller->prose, labeller->wording, index)) {
        g_ptr_array_unref(nouns);
        return FALSE;
    }
    for (guint i = 0; deed->len > 0 && i < nouns->len; i++) {
        char *noun = nouns->pdata[i];
        nouns->pdata[i] = g_strconcat(noun, deed->str, NULL);
        g_free(noun);
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
    core_strip(labeller->wording, before);
    g_autoptr(GPtrArray) nouns = nouns_split(before->str);
    if (!nouns_are_parallel(labeller->wording, nouns))
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

/* 在职人员 172 人，【其中】…: what follows are parts of the figure before. */
static void find_whole(Labeller *labeller, guint index, const char *printed) {
    gsize n;
    const char *word = wording_find(labeller->wording, WORDS_PARTS, printed, &n);
    if (word != printed || index == 0 || labeller->last == NULL)
        return;
    const char *of = g_strrstr(labeller->last, "的");
    g_autofree char *noun = core_noun(labeller->wording, labeller->last);
    g_free(labeller->whole);
    labeller->whole = g_strdup(of != NULL && of[strlen("的")] != '\0' ? of + strlen("的") : noun);
    labeller->whole_unit = prose_quantity(labeller->prose, index - 1)->unit;
}

/* 各指标【得分为：】投入 14 分、过程 24 分: what the sentence said of all its scores. */
static void name_scores(Labeller *labeller, const Quantity *quantity) {
    static const char EARNED[] = "得分";
    const Prose *prose = labeller->prose;
    if (quantity->kind != FIGURE_SCORE)
        return;
    g_autofree char *before =
        prose_text(prose, sentence_start(prose, quantity->start), quantity->start);
    gsize n;
    if (wording_find(labeller->wording, WORDS_SCORE_HEAD, before, &n) == NULL)
        return;
    for (guint i = 0; i < labeller->names->len; i++) {
        char *name = labeller->names->pdata[i];
        if (wording_suffix(labeller->wording, WORDS_EARNED, name, strlen(name)) > 0)
            continue;
        labeller->names->pdata[i] = g_strconcat(name, EARNED, NULL);
        g_free(name);
    }
}

static void find_names(Labeller *labeller, guint index, const Quantity *quantity) {
    g_autoptr(GString) core = core_of(labeller, quantity);
    g_autofree char *printed = g_strdup(core->str);
    labeller->base = FALSE;
    find_whole(labeller, index, printed);
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
    if (share(labeller, core->str) || name_deduction(labeller, quantity, printed))
        return;
    core_strip(labeller->wording, core);
    if (quantity->kind == FIGURE_RANK)
        name_placing(labeller, core);
    else
        name_from_core(labeller, quantity, printed, core->str);
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

/* X局 6 个：… — what follows is X's, until the next such head or the end of the sentence. */
static void find_entity(Labeller *labeller, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    if (quantity->kind != FIGURE_COUNT || quantity->end >= prose->length ||
        (prose_code(prose, quantity->end) != U'：' && prose_code(prose, quantity->end) != ':'))
        return;
    g_autoptr(GString) core = core_of(labeller, quantity);
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
        sentence_start(prose, quantity->start) > prose_quantity(prose, index - 1)->start)
        labeller_forget(labeller);
    find_names(labeller, index, quantity);
    name_scores(labeller, quantity);
    find_entity(labeller, quantity);
    find_period(labeller, index, label);
    label->placing = quantity->kind == FIGURE_RANK && is_placing(labeller, quantity);
    label->subject = labeller->subject->len > 0 ? labeller->subject->str : NULL;
    label->entity = labeller->entity;
}
