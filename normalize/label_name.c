/* From clauses to labels.
 *
 *   推荐申报国家高新技术企业 298 家，通过认定 199 家，总数有望突破 500 家
 *   └──────── core ────────┘       └ core ┘        └core┘
 *
 * The core of a figure is what stands before it in its clause, without words
 * that only lead in or out. A core that names a thing gives the label, and the
 * thing becomes the subject. A core that names only a deed (通过认定) or a
 * measure (总数) takes its thing from behind the figure (备案 10
 * 家市级新型研发机构) or, where nothing stands there, from the clauses before.
 */
#include "normalize/label_name.h"
#include <string.h>

/* What follows the figure and names it: 家【市级新型研发机构】,
 * 万元用于【抗旱浇灌】; where it stands alone also 家被【列入名录】. */
static GString *following_noun(const Labeller *labeller, const Quantity *quantity, gboolean alone) {
    const Prose *prose = labeller->prose;
    guint end = clause_end(prose, quantity->end);
    g_autofree char *text = prose_text(prose, quantity->end, end);
    gsize n = wording_prefix(labeller->wording, WORDS_PURPOSE, text);
    gsize passive = wording_prefix(labeller->wording, WORDS_PASSIVE, text);
    if (quantity->kind == FIGURE_COUNT && passive > 0 && alone)
        return g_string_new(text + passive);
    if (quantity->kind != FIGURE_COUNT && n == 0)
        return g_string_new(NULL);
    GString *noun = g_string_new(text + n);
    if (g_str_has_prefix(noun->str, "、") || g_str_has_prefix(noun->str, "（") ||
        g_str_has_prefix(noun->str, "(") || wording_has(labeller->wording, WORDS_JOIN, noun->str))
        g_string_truncate(noun, 0);
    if (n == 0)
        noun_cut(labeller->wording, noun);
    else
        trim_punctuation(noun);
    if (core_kind(labeller->wording, noun->str) != CORE_NAME)
        g_string_truncate(noun, 0);
    return noun;
}

/* 决策（15 分）得分: what an indicator weighs or aims at is no part of its name. */
static char *without_weight(const char *label) {
    static const char *const OPENS[] = {"（", "("}, *const CLOSES[] = {"）", ")"};
    static const char *const ENDS[] = {"分", "%", "％"};
    GString *text = g_string_new(label);
    for (guint i = 0; i < G_N_ELEMENTS(OPENS); i++) {
        const char *open = strstr(text->str, OPENS[i]);
        const char *close = open == NULL ? NULL : strstr(open, CLOSES[i]);
        if (close == NULL || open == text->str ||
            strcspn(open, "0123456789") >= (gsize)(close - open))
            continue;
        gboolean weight = FALSE;
        for (guint k = 0; k < G_N_ELEMENTS(ENDS); k++)
            weight |= strncmp(close - strlen(ENDS[k]), ENDS[k], strlen(ENDS[k])) == 0;
        if (weight)
            g_string_erase(text, open - text->str,
                           (gssize)(close - open) + (gssize)strlen(CLOSES[i]));
    }
    return g_string_free(text, FALSE);
}

static char *shortened(const char *label) {
    g_autofree char *name = without_weight(label);
    glong n = g_utf8_strlen(name, -1);
    if (n <= LABEL_CHARACTERS_MAX)
        return g_steal_pointer(&name);
    return g_strdup(g_utf8_offset_to_pointer(name, n - LABEL_CHARACTERS_MAX));
}

static void set_subject(Labeller *labeller, const char *core) {
    g_autofree char *noun = core_noun(labeller->wording, core);
    if (*noun != '\0')
        g_string_assign(labeller->subject, noun);
}

/* The noun of the clause before, where no figure stands in it:
 * 申报研究中心，新增 30 家. */
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

/* 备案 10 家【市级新型研发机构】, 事前评估、运行监控、自评三个【环节】,
 * 局机关和 3 个【下属单位】.
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

/* 投资计划 3.65 亿元，完成【】3.58 亿元: the plan's name without the plan, and what came of it. */
static char *name_of_done(const Labeller *labeller, const char *last, const char *printed) {
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

/* The figure before lends its name: 占比提高 5 个百分点，达到【】56%;
 * 支出【增长】5%. */
static char *name_from_last(Labeller *labeller, const Quantity *quantity, CoreKind kind,
                            const char *printed, const char *core) {
    const char *last = labeller->last;
    if (last == NULL || (kind == CORE_EMPTY && labeller->last_kind != quantity->kind &&
                         labeller->last_kind != FIGURE_POINTS))
        last = labeller->subject->str;
    if (kind == CORE_EMPTY) {
        g_autofree char *kept = core_without_change(labeller->wording, last);
        return name_of_done(labeller, kept, printed);
    }
    g_autofree char *thing = core_without_change(labeller->wording, last);
    if (kind != CORE_BASE)
        return g_strconcat(thing, core, NULL);
    gsize n = wording_prefix(labeller->wording, WORDS_BASE, core);
    gsize period = wording_period_prefix(labeller->wording, core + n);
    g_autofree char *year = g_strndup(core + n, period);
    return g_strconcat(year, thing, NULL);
}

/* A deed or a measure gets its thing from the clause before or from what was
 * spoken of. */
static char *name_from_subject(Labeller *labeller, const Quantity *quantity, const char *core) {
    subject_from_clause(labeller, quantity);
    if (wording_has(labeller->wording, WORDS_DONE, core))
        return name_of_done(labeller, labeller->subject->str, core);
    return g_strconcat(labeller->subject->str, core, NULL);
}

/* 其中局机关 38 人: the part of an organisation is named by what there are 38
 * of, too. */
static char *name_of_part(const Labeller *labeller, const Quantity *quantity, const char *core) {
    const Wording *wording = labeller->wording;
    if (labeller->whole == NULL || quantity->kind != FIGURE_COUNT ||
        g_strcmp0(quantity->unit, labeller->whole_unit) != 0 ||
        (wording_suffix(wording, WORDS_ORGANISATION, core, strlen(core)) == 0 &&
         !wording_has(wording, WORDS_KIND_OF, core)))
        return g_strdup(core);
    return g_strconcat(core, labeller->whole, NULL);
}

/* 项目资金 below the heading 养老服务体系建设项目 is that project's, and so is 年初预算; behind
 * 公务接待费： 年初预算 is that of the cost. */
static char *name_of_topic(const Labeller *labeller, const char *name) {
    static const char PROJECT[] = "项目";
    const char *topic = labeller->head == NULL ? labeller->topic : labeller->head;
    gsize time = wording_prefix(labeller->wording, WORDS_TIME, name);
    gboolean measure = time > 0 && wording_has(labeller->wording, WORDS_WEAK, name + time);
    gboolean project = labeller->head == NULL && g_str_has_prefix(name, PROJECT);
    if (topic == NULL || !(measure || project))
        return g_strdup(name);
    if (measure)
        return g_strconcat(topic, name, NULL);
    const char *rest = g_str_has_suffix(topic, PROJECT) ? name + strlen(PROJECT) : name;
    return g_strconcat(topic, rest, NULL);
}

static void remember(Labeller *labeller, const Quantity *quantity, const char *name) {
    g_free(labeller->last);
    labeller->last = g_strdup(name);
    labeller->last_kind = quantity->kind;
}

/* What a score without a name is of: the rate or amount before or the weight right before it (预算
 * 执行 10 分得 9.5 分), else what was spoken of. */
static char *thing_scored(const Labeller *labeller, const Quantity *quantity) {
    guint start = clause_start(labeller->prose, quantity->start);
    gboolean behind = start > 0 && prose_mark(labeller->prose, start - 1) == MARK_QUANTITY;
    gboolean other = labeller->last != NULL &&
                     (labeller->last_kind != FIGURE_SCORE || behind || labeller->subject->len == 0);
    return g_strdup(other ? labeller->last : labeller->subject->str);
}

/* 自评得分 24 分，扣 1 分: points that the subject lost. */
static gboolean name_deduction(Labeller *labeller, const Quantity *quantity, const char *printed) {
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
static gboolean name_earned(Labeller *labeller, const Quantity *quantity, const char *core) {
    const char *words = core;
    g_autofree char *weighted = name_before_weight(core, &words);
    if (quantity->kind != FIGURE_SCORE || !wording_has(labeller->wording, WORDS_EARNED, words))
        return FALSE;
    g_autofree char *scored =
        weighted == NULL ? thing_scored(labeller, quantity) : g_steal_pointer(&weighted);
    char *name = g_strconcat(scored, words, g_str_has_suffix(words, "得") ? "分" : NULL, NULL);
    g_ptr_array_add(labeller->names, name);
    if (*scored == '\0')
        remember(labeller, quantity, name);
    return TRUE;
}

/* 投入 2,860 万元【新建校舍】; NULL where no deed follows. */
static char *name_of_spending(const Labeller *labeller, const Quantity *quantity,
                              const char *core) {
    const Prose *prose = labeller->prose;
    if (quantity->kind != FIGURE_AMOUNT || !wording_has(labeller->wording, WORDS_SPEND, core))
        return NULL;
    g_autofree char *deed = prose_text(prose, quantity->end, clause_end(prose, quantity->end));
    gsize n = wording_prefix(labeller->wording, WORDS_VERB, deed);
    if (n == 0 || deed[n] == '\0' || g_utf8_strlen(deed, -1) > FOLLOWING_CHARACTERS_MAX)
        return NULL;
    return g_strconcat(core, deed, NULL);
}

static void name_from_core(Labeller *labeller, const Quantity *quantity, const char *printed,
                           const char *core) {
    CoreKind kind = core_kind(labeller->wording, core);
    GString *noun = following_noun(labeller, quantity, kind == CORE_EMPTY);
    g_autofree char *label = NULL;
    labeller->base = kind == CORE_BASE;
    labeller->relative = kind == CORE_RELATIVE || kind == CORE_BASE;
    g_autofree char *spent = name_of_spending(labeller, quantity, core);
    if (spent != NULL)
        label = g_steal_pointer(&spent);
    else if (noun->len > 0 && (quantity->kind != FIGURE_COUNT || kind == CORE_EMPTY) &&
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
        label = name_from_last(labeller, quantity, kind, printed, core);
    g_string_free(noun, TRUE);
    if (kind == CORE_NAME || kind == CORE_WEAK)
        remember(labeller, quantity, label);
    g_ptr_array_add(labeller->names, shortened(label));
}

/* How many quantities of one kind stand here with nothing but 、 ， 和 between
 * them. */
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

static gboolean is_colon(const Prose *prose, guint end) {
    return end > 0 && (prose_code(prose, end - 1) == U'：' || prose_code(prose, end - 1) == ':');
}

/* The bracket that the clause begins in hangs on words, and says that the figure is a plan:
 * 健康管理率（目标 ≥70%）. Those words; NULL for none. */
static char *name_before_plan(const Labeller *labeller, guint start, const char *text) {
    const Prose *prose = labeller->prose;
    g_autoptr(GString) plan = g_string_new(text);
    core_strip(labeller->wording, plan);
    if (start < 2 || prose_mark(prose, start - 1) != MARK_OPEN ||
        prose_mark(prose, start - 2) == MARK_QUANTITY ||
        !wording_has(labeller->wording, WORDS_PLAN, plan->str))
        return NULL;
    g_autofree char *name = prose_text(prose, clause_start(prose, start - 1), start - 1);
    return g_strconcat(name, plan->str, NULL);
}

/* 下达【第一】批 120 万元: an ordinal that numbers what its figure is of belongs to the clause. */
static guint clause_over_ordinal(const Labeller *labeller, guint start, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    const Quantity *ordinal = quantity > prose_quantity(prose, 0) ? quantity - 1 : NULL;
    if (ordinal == NULL || ordinal->end != start || ordinal->kind != FIGURE_RANK)
        return start;
    g_autofree char *text = prose_text(prose, start, quantity->start);
    return wording_prefix(labeller->wording, WORDS_ORDINAL, text) == 0
               ? start
               : clause_start(prose, ordinal->start);
}

GString *labeller_core(const Labeller *labeller, const Quantity *quantity) {
    guint start = clause_start(labeller->prose, quantity->start);
    start = clause_over_ordinal(labeller, start, quantity);
    g_autofree char *text = prose_text(labeller->prose, start, quantity->start);
    g_autofree char *planned = name_before_plan(labeller, start, text);
    if (planned != NULL)
        return g_string_new(planned);
    if (start > 0 && prose_mark(labeller->prose, start - 1) == MARK_OPEN &&
        start == quantity->start) { /* 投入（15 分） */
        guint outer = clause_start(labeller->prose, start - 1);
        g_autofree char *before = prose_text(labeller->prose, outer, start - 1);
        const char *item = g_strrstr(before, "）、"); /* 投入（15 分）、【过程】（25 分） */
        return g_string_new(item == NULL ? before : item + strlen("）、"));
    }
    if (is_colon(labeller->prose, start) && start == quantity->start) { /* 收入：792.22 万元 */
        guint outer = clause_start(labeller->prose, start - 1);
        g_autofree char *name = prose_text(labeller->prose, outer, start - 1);
        return g_string_new(name);
    }
    gboolean behind = start > 0 && prose_mark(labeller->prose, start - 1) == MARK_QUANTITY;
    const char *next = behind ? strstr(text, "、") : NULL; /* 62 个村、【黑臭水体整治】31 个村 */
    gboolean item =
        next != NULL && next - text <= ITEM_REST_BYTES_MAX && next[strlen("、")] != '\0';
    return g_string_new(item ? next + strlen("、") : text);
}

/* A、B分别为1、2: hands the nouns out; FALSE where they are not as many as the
 * figures. */
static gboolean distribute(Labeller *labeller, guint index, const char *core) {
    gsize n;
    const char *word = wording_find(labeller->wording, WORDS_DISTRIBUTE, core, &n);
    if (word == NULL)
        return FALSE;
    g_autoptr(GString) before = g_string_new_len(core, word - core);
    g_autoptr(GString) deed = g_string_new(word + n);
    core_strip(labeller->wording, before);
    core_strip(labeller->wording, deed);
    guint length = run_length(labeller->prose, labeller->wording, index);
    GPtrArray *nouns = nouns_split(before->str);
    if (nouns->len < 2 && labeller->recent->len >= length && length > 1 &&
        core_kind(labeller->wording, before->str) != CORE_NAME) { /* 同比分别下降 12%和 15% */
        g_string_prepend(deed, before->str);
        g_ptr_array_set_size(nouns, 0);
        for (guint i = 0; i < length; i++)
            g_ptr_array_add(nouns,
                            g_strdup(labeller->recent->pdata[labeller->recent->len - length + i]));
    }
    if (nouns->len < 2 || nouns->len != length) {
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

/* 得分 97 分，其中投入 15 分、过程 24 分: so were its parts, unless the
 * sentence sets what they earned beside what they weigh: 其中投入 15
 * 分，自评得分 14 分. */
static gboolean is_earned(const Labeller *labeller, guint index) {
    static const char *const SCORED[] = {"得分", "自评", "评分"};
    const Prose *prose = labeller->prose;
    guint from = prose_quantity(prose, index)->start, end = from;
    gboolean earned = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(SCORED); i++)
        earned |= strstr(labeller->last, SCORED[i]) != NULL;
    while (earned && end < prose->length && end - from < SENTENCE_CHARACTERS_MAX &&
           prose_mark(prose, end) != MARK_STOP)
        end++;
    g_autofree char *rest = prose_text(prose, from, end);
    return earned && strstr(rest, SCORED[0]) == NULL;
}

/* 其中：【投入】15 分. */
static gboolean follows_colon(const Labeller *labeller, guint index) {
    static const char OF_THEM[] = "其中：";
    const Prose *prose = labeller->prose;
    guint start = clause_start(prose, prose_quantity(prose, index)->start);
    if (start < 3)
        return FALSE;
    g_autofree char *before = prose_text(prose, start - 3, start);
    return g_str_equal(before, OF_THEM) || g_str_equal(before, "其中:");
}

/* 在职人员 172 人，【其中】…: what follows are parts of the figure before. */
static void find_whole(Labeller *labeller, guint index, const char *printed) {
    gsize n;
    const char *word = wording_find(labeller->wording, WORDS_PARTS, printed, &n);
    if (index == 0 || labeller->last == NULL ||
        (word != printed && !follows_colon(labeller, index)))
        return;
    const char *of = g_strrstr(labeller->last, "的");
    g_autofree char *noun = core_noun(labeller->wording, labeller->last);
    g_free(labeller->whole);
    labeller->whole = g_strdup(of != NULL && of[strlen("的")] != '\0' ? of + strlen("的") : noun);
    labeller->whole_unit = prose_quantity(labeller->prose, index - 1)->unit;
    labeller->whole_earned = is_earned(labeller, index);
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
    if (wording_find(labeller->wording, WORDS_SCORE_HEAD, before, &n) == NULL &&
        !labeller->whole_earned)
        return;
    for (guint i = 0; i < labeller->names->len; i++) {
        char *name = labeller->names->pdata[i];
        if (wording_suffix(labeller->wording, WORDS_EARNED, name, strlen(name)) > 0)
            continue;
        labeller->names->pdata[i] = g_strconcat(name, EARNED, NULL);
        g_free(name);
    }
}

/* 2020年, 2020年底. */
static gboolean is_year(const Quantity *quantity) {
    return quantity->kind == FIGURE_YEAR ||
           (quantity->kind == FIGURE_DATE && strlen(quantity->date) == strlen("2020"));
}

/* 2021年【的】35 公里: the figure is that year's, whatever it is compared with.
 */
gboolean labeller_is_of_year(const Labeller *labeller, guint index, guint year) {
    const Prose *prose = labeller->prose;
    if (index == 0 || year + 1 != index || !is_year(prose_quantity(prose, year)))
        return FALSE;
    g_autofree char *between =
        prose_text(prose, prose_quantity(prose, year)->end, prose_quantity(prose, index)->start);
    static const char *const OF[] = {"的", "度的", "底的", "末的", "初的", "度末的", "度初的"};
    gboolean of = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(OF) && !of; i++)
        of = g_str_equal(between, OF[i]);
    return of;
}

/* 分别比 2020 年【增加】1.3 万亩和 2.8 万吨: the year of comparison parts 分别 from its figures. */
static char *core_over_year(const Labeller *labeller, guint index, const char *core) {
    const Prose *prose = labeller->prose;
    const Quantity *before = index == 0 ? NULL : prose_quantity(prose, index - 1);
    if (before == NULL || before->kind != FIGURE_YEAR ||
        clause_start(prose, prose_quantity(prose, index)->start) != before->end)
        return g_strdup(core);
    g_autofree char *lead = prose_text(prose, clause_start(prose, before->start), before->start);
    gsize n = wording_suffix(labeller->wording, WORDS_BASE, lead, strlen(lead));
    gsize found;
    if (n == 0 || wording_find(labeller->wording, WORDS_DISTRIBUTE, lead, &found) == NULL)
        return g_strdup(core);
    g_autofree char *kept = g_strndup(lead, strlen(lead) - n);
    return g_strconcat(kept, core, NULL);
}

void labeller_find_names(Labeller *labeller, guint index, const Quantity *quantity) {
    const Quantity *named = labeller_is_of_year(labeller, index, index - 1)
                                ? prose_quantity(labeller->prose, index - 1)
                                : quantity;
    g_autoptr(GString) core = labeller_core(labeller, named);
    g_autofree char *printed = g_strdup(core->str);
    gboolean compared = FALSE;
    labeller->base = labeller->relative = FALSE;
    find_whole(labeller, index, printed);
    if (labeller->shares->len == 0) {
        g_autofree char *whole = core_over_year(labeller, index, core->str);
        distribute(labeller, index, whole);
    }
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
    gsize same = wording_prefix(labeller->wording, WORDS_SAME, core->str);
    if (labeller->last != NULL || labeller->subject->len > 0)
        g_string_erase(core, 0, (gssize)same);
    core_strip(labeller->wording, core);
    if (named != quantity && wording_has(labeller->wording, WORDS_BASE, core->str)) {
        compared = TRUE; /* 比 2021 年的 1,704 件 */
        g_string_truncate(core, 0);
    }
    gsize own = core_base_length(labeller->wording, core->str);
    if (own > 0) { /* 收入由上年的 3200 万元 */
        g_autofree char *base = g_strdup(core->str + own);
        g_string_truncate(core, own);
        set_subject(labeller, core->str);
        remember(labeller, quantity, core->str);
        g_string_assign(core, base);
    }
    if (name_earned(labeller, quantity, core->str))
        return;
    if (quantity->kind == FIGURE_RANK)
        name_placing(labeller, core);
    else
        name_from_core(labeller, quantity, printed, core->str);
    labeller->relative |= compared;
}
