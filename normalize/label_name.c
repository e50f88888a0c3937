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

/* 尚有 219.5 万元【质保金未支付】: an amount that words only lead in to, and its noun behind it. */
static gboolean is_held(const Labeller *labeller, const Quantity *quantity, const char *text) {
    guint start = clause_start(labeller->prose, quantity->start);
    g_autofree char *lead = prose_text(labeller->prose, start, quantity->start);
    return *lead != '\0' && *text != '\0' &&
           wording_prefix(labeller->wording, WORDS_CUT, text) == 0 &&
           wording_prefix(labeller->wording, WORDS_RELATIVE, text) == 0 &&
           wording_prefix(labeller->wording, WORDS_TAIL, text) == 0 &&
           wording_prefix(labeller->wording, WORDS_JOIN, text) == 0 &&
           g_utf8_strlen(text, -1) <= FOLLOWING_CHARACTERS_MAX;
}

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
    gboolean held = alone && quantity->kind == FIGURE_AMOUNT && is_held(labeller, quantity, text);
    if (quantity->kind != FIGURE_COUNT && n == 0 && !held)
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
static char *without_weight(const Wording *wording, const char *label) {
    static const char *const OPENS[] = {"（", "("}, *const CLOSES[] = {"）", ")"};
    GString *text = g_string_new(label);
    for (guint i = 0; i < G_N_ELEMENTS(OPENS); i++) {
        const char *open = strstr(text->str, OPENS[i]);
        const char *close = open == NULL ? NULL : strstr(open, CLOSES[i]);
        if (close == NULL || open == text->str ||
            strcspn(open, "0123456789") >= (gsize)(close - open))
            continue;
        if (wording_suffix(wording, WORDS_WEIGHT_END, open, (gsize)(close - open)) > 0)
            g_string_erase(text, open - text->str,
                           (gssize)(close - open) + (gssize)strlen(CLOSES[i]));
    }
    return g_string_free(text, FALSE);
}

static char *shortened(const Labeller *labeller, const char *label) {
    g_autofree char *name = without_weight(labeller->wording, label);
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
    gboolean joined = wording_suffix(labeller->wording, WORDS_JOIN, printed, strlen(printed)) > 0;
    set_subject(labeller, noun->str);
    if (joined || is_enumeration(core))
        return g_strdup(noun->str);
    return g_strconcat(core, noun->str, NULL);
}

/* 医疗保险基金【收入】7.62 亿元，支出 7.15 亿元: the fund spent it, not its income. 决算【收入】
 * has no owner. */
static gsize length_before_other(const Wording *wording, const char *subject, const char *core) {
    const gsize length = strlen(subject);
    gsize n, side = wording_suffix(wording, WORDS_SIDE, subject, length);
    const char *other = wording_find(wording, WORDS_SIDE, core, &n);
    if (side == 0 || other == NULL ||
        (n == side && strncmp(other, subject + length - side, side) == 0))
        return length;
    g_autofree char *owner = g_strndup(subject, length - side);
    return core_kind(wording, owner) == CORE_NAME ? length - side : 0;
}

/* A deed or a measure gets its thing from the clause before or from what was
 * spoken of. */
static char *name_from_subject(Labeller *labeller, const Quantity *quantity, const char *printed,
                               const char *core) {
    subject_from_clause(labeller, quantity);
    const char *subject = labeller->subject->str;
    if (*subject == '\0' && wording_has(labeller->wording, WORDS_DONE, printed))
        return g_strdup(printed); /* 实际【完成】 */
    if (wording_has(labeller->wording, WORDS_DONE, core))
        return labeller_name_of_done(labeller, subject, core);
    if (quantity->kind == FIGURE_SCORE && labeller->last != NULL &&
        wording_has(labeller->wording, WORDS_FULL_MARK, core) &&
        labeller->last_kind == FIGURE_PERCENT) /* 执行率 98%，权重 10 分 */
        return g_strconcat(labeller->last, core, NULL);
    if (quantity->kind == FIGURE_SCORE && wording_has(labeller->wording, WORDS_TOTAL, core))
        return g_strdup(core); /* 投入 10 分、过程 20 分，合计 30 分 */
    char *hung = labeller_name_in_bracket(labeller, quantity, core);
    if (hung != NULL)
        return hung;
    if (labeller_is_scored_part(labeller, quantity, printed, core))
        return g_strdup(printed); /* 得分 95 分，其中目标完成 47 分 */
    if (labeller->funds != NULL && quantity->kind == FIGURE_AMOUNT &&
        wording_has(labeller->wording, WORDS_FLOW, core))
        subject = labeller->funds; /* 补助资金 1.36 亿元，安排项目 48 个，支出 1.34 亿元 */
    if (labeller->whole != NULL && quantity->kind == FIGURE_COUNT &&
        g_strcmp0(quantity->unit, labeller->whole_unit) == 0 &&
        wording_has(labeller->wording, WORDS_VERB, core))
        return g_strconcat(core, labeller->whole,
                           NULL); /* 职工 246 人，其中在编 148 人、聘用 98 人 */
    g_autofree char *thing =
        g_strndup(subject, length_before_other(labeller->wording, subject, core));
    return g_strconcat(thing, core, NULL);
}

/* 其中局机关 38 人: the part of an organisation is named by what there are 38
 * of, too. */
static char *name_of_part(const Labeller *labeller, const Quantity *quantity, const char *core) {
    const Wording *wording = labeller->wording;
    gsize organisation = wording_suffix(wording, WORDS_ORGANISATION, core, strlen(core));
    if (wording_suffix(wording, WORDS_NOT_ORGANISATION, core, strlen(core)) > organisation)
        organisation = 0;
    if (labeller->whole == NULL || quantity->kind != FIGURE_COUNT ||
        g_strcmp0(quantity->unit, labeller->whole_unit) != 0 ||
        (organisation == 0 && !wording_has(wording, WORDS_KIND_OF, core)))
        return labeller_name_of_kind(labeller, quantity, core);
    return g_strconcat(core, labeller->whole, NULL);
}

/* 项目资金 below the heading 养老服务体系建设项目 is that project's, and so is 年初预算; behind
 * 公务接待费： 年初预算 is that of the cost. */
static char *name_of_topic(const Labeller *labeller, const char *name) {
    static const char PROJECT[] = "项目";
    const char *topic = labeller->head == NULL ? labeller->topic : labeller->head;
    gsize time = wording_prefix(labeller->wording, WORDS_TIME, name);
    gboolean measure = time > 0 && wording_has(labeller->wording, WORDS_WEAK, name + time);
    if (labeller->head != NULL && !measure) { /* 政府采购：支出总额 */
        g_autofree char *noun = core_noun(labeller->wording, name);
        measure = *noun == '\0';
    }
    gboolean project = labeller->head == NULL && g_str_has_prefix(name, PROJECT);
    if (topic == NULL || !(measure || project))
        return g_strdup(name);
    if (measure)
        return g_strconcat(topic, name, NULL);
    const char *rest = g_str_has_suffix(topic, PROJECT) ? name + strlen(PROJECT) : name;
    return g_strconcat(topic, rest, NULL);
}

void labeller_remember(Labeller *labeller, const Quantity *quantity, const char *name) {
    g_free(labeller->last);
    labeller->last = g_strdup(name);
    labeller->last_kind = quantity->kind;
    labeller->last_unit = quantity->unit;
}

/* 投入 2,860 万元【新建校舍】; NULL where no deed follows. */
static char *name_of_spending(const Labeller *labeller, const Quantity *quantity,
                              const char *core) {
    const Prose *prose = labeller->prose;
    if (quantity->kind != FIGURE_AMOUNT || !wording_has(labeller->wording, WORDS_SPEND, core))
        return NULL;
    g_autofree char *deed = prose_text(prose, quantity->end, clause_end(prose, quantity->end));
    gsize n = MAX(wording_prefix(labeller->wording, WORDS_VERB, deed),
                  wording_prefix(labeller->wording, WORDS_SPENT_ON, deed));
    if (n == 0 || deed[n] == '\0' || g_utf8_strlen(deed, -1) > FOLLOWING_CHARACTERS_MAX)
        return NULL;
    return g_strconcat(core, deed, NULL);
}

/* 抽查 14 个【乡镇】56 个村: what stands between is the noun of the count before. */
static gboolean is_followed(const Labeller *labeller, const Quantity *quantity,
                            const char *printed) {
    if (labeller->followed == NULL || *labeller->followed == '\0' ||
        quantity->kind != FIGURE_COUNT || !labeller_stands_behind(labeller, quantity))
        return FALSE;
    if (!g_str_has_prefix(printed, labeller->followed))
        return FALSE;
    const char *rest = printed + strlen(labeller->followed);
    return *rest == '\0' || wording_has(labeller->wording, WORDS_OF_THEM, rest);
}

/* 【24 小时】扑灭率 100%, 【60 岁以上】老年人 12 万人: the time that a rate is of, and the age of
 * those who are counted, is part of the name. NULL for none. */
static char *name_over_time(const Labeller *labeller, const Quantity *quantity, const char *core) {
    const Quantity *time = quantity > prose_quantity(labeller->prose, 0) ? quantity - 1 : NULL;
    if (time == NULL || time->kind != FIGURE_COUNT || !labeller_stands_behind(labeller, quantity))
        return NULL;
    gboolean age =
        wording_has(labeller->wording, WORDS_AGE, time->unit) && time->qualifier != QUALIFIER_EXACT;
    gboolean span = quantity->kind == FIGURE_PERCENT && time->qualifier == QUALIFIER_EXACT &&
                    wording_has(labeller->wording, WORDS_SPAN, time->unit);
    if ((!age && !span) || g_strcmp0(labeller->followed, core) != 0)
        return NULL;
    g_autofree char *printed = prose_text(labeller->prose, time->start, time->end);
    return g_strconcat(printed, core, NULL);
}

/* A rate is of something and nothing is of it: 支出进度 98%，结余 71 万元. */
static gboolean is_rate(const Labeller *labeller, const Quantity *quantity, const char *core) {
    return quantity->kind == FIGURE_PERCENT &&
           (wording_head_unit(labeller->wording, core) != NULL || g_str_has_suffix(core, "度"));
}

/* 平均住院日 6.8 天，较【目标值】7.2 天缩短 0.4 天: the goal of the figure before, which what
 * follows is of. */
static gboolean name_goal(Labeller *labeller, const char *core) {
    gsize base = wording_prefix(labeller->wording, WORDS_BASE, core);
    if (base == 0 || labeller->last == NULL ||
        wording_suffix(labeller->wording, WORDS_GOAL, core, strlen(core)) == 0)
        return FALSE;
    g_autofree char *thing = core_without_change(labeller->wording, labeller->last);
    g_autofree char *label = g_strconcat(thing, core + base, NULL);
    g_ptr_array_add(labeller->names, shortened(labeller, label));
    return TRUE;
}

static void name_from_core(Labeller *labeller, const Quantity *quantity, const char *printed,
                           const char *core) {
    CoreKind kind = core_kind(labeller->wording, core);
    if (quantity->kind == FIGURE_PERCENT && labeller->last_kind != FIGURE_PERCENT &&
        wording_prefix(labeller->wording, WORDS_FULFILLED, core) > 0)
        kind = CORE_RELATIVE;
    if (kind == CORE_NAME &&
        (wording_has(labeller->wording, WORDS_PER_UNIT, core) ||
         (quantity->kind == FIGURE_SCORE && wording_has(labeller->wording, WORDS_FULL_MARK, core))))
        kind = CORE_WEAK;
    if (name_goal(labeller, core))
        return;
    g_autofree char *timed = name_over_time(labeller, quantity, core);
    gboolean followed = is_followed(labeller, quantity, printed);
    if (followed) {
        kind = CORE_EMPTY;
        core = "";
    }
    GString *noun = following_noun(labeller, quantity, kind == CORE_EMPTY);
    g_autofree char *label = NULL;
    labeller->base = kind == CORE_BASE;
    labeller->relative = kind == CORE_RELATIVE || kind == CORE_BASE;
    g_autofree char *spent = name_of_spending(labeller, quantity, core);
    if (timed != NULL)
        label = g_steal_pointer(&timed);
    else if (spent != NULL)
        label = g_steal_pointer(&spent);
    else if (followed && noun->len == 0)
        label = g_strdup(labeller->followed);
    else if (noun->len > 0 && quantity->kind == FIGURE_AMOUNT &&
             wording_has(labeller->wording, WORDS_SPEND, core)) { /* 投入 512 万元用于平台建设 */
        label = g_strconcat(core, noun->str, NULL);
        set_subject(labeller, noun->str);
    } else if (noun->len > 0 && (quantity->kind != FIGURE_COUNT || kind == CORE_EMPTY) &&
               kind != CORE_NAME) {
        label = g_strdup(noun->str);
        set_subject(labeller, noun->str);
    } else if (noun->len > 0 && quantity->kind == FIGURE_COUNT && kind != CORE_BASE &&
               g_utf8_strlen(noun->str, -1) <= FOLLOWING_CHARACTERS_MAX)
        label = name_with_following(labeller, printed, core, noun);
    else if (kind == CORE_NAME) {
        g_autofree char *part = name_of_part(labeller, quantity, core);
        label = name_of_topic(labeller, part);
        labeller_remember_kind(labeller, quantity, label);
        if (is_rate(labeller, quantity, core))
            labeller->own = core_noun(labeller->wording, core);
        else if (g_str_equal(part, core))
            set_subject(labeller, core);
    } else if (kind == CORE_WEAK)
        label = name_from_subject(labeller, quantity, printed, core);
    else
        label = labeller_name_from_last(labeller, quantity, kind, printed, core);
    g_free(labeller->followed);
    labeller->followed = quantity->kind == FIGURE_COUNT ? g_strdup(noun->str) : NULL;
    g_string_free(noun, TRUE);
    if (kind == CORE_NAME || kind == CORE_WEAK)
        labeller_remember(labeller, quantity, label);
    g_ptr_array_add(labeller->names, shortened(labeller, label));
    labeller_remember_funds(labeller, quantity, kind);
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

/* 3 月【底】支付进度: the end of a date that stands before the clause is no part of it. */
static guint clause_behind_date(const Labeller *labeller, guint start, const Quantity *quantity) {
    const Prose *prose = labeller->prose;
    const Quantity *date = quantity > prose_quantity(prose, 0) ? quantity - 1 : NULL;
    while (date != NULL && date->end > start && date > prose_quantity(prose, 0))
        date--;
    if (date == NULL || date->end != start || date->kind != FIGURE_DATE)
        return start;
    g_autofree char *text = prose_text(prose, start, quantity->start);
    gsize n = wording_prefix(labeller->wording, WORDS_DAY_END, text);
    return start + (guint)g_utf8_strlen(text, (gssize)n);
}

GString *labeller_core(const Labeller *labeller, const Quantity *quantity) {
    guint start = clause_start(labeller->prose, quantity->start);
    start = clause_behind_date(labeller, start, quantity);
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
        gsize says = wording_suffix(labeller->wording, WORDS_ANNOUNCE, name, strlen(name));
        return g_string_new(says > 0 ? NULL : name); /* 抽查发现：3 个项目 */
    }
    const Quantity *before = quantity > prose_quantity(labeller->prose, 0) ? quantity - 1 : NULL;
    gboolean behind = start > 0 && prose_mark(labeller->prose, start - 1) == MARK_QUANTITY &&
                      before != NULL && before->kind != FIGURE_YEAR && before->kind != FIGURE_DATE;
    const char *next = behind ? strstr(text, "、") : NULL; /* 62 个村、【黑臭水体整治】31 个村 */
    gboolean item = next != NULL && next - text <= ITEM_REST_BYTES_MAX &&
                    next[strlen("、")] != '\0' && strstr(next, "等") == NULL; /* CT、DR 等设备 */
    return g_string_new(item ? next + strlen("、") : text);
}

/* 研发投入强度达到 2.29%，位居全省第三: the figure before is what is placed. */
static void name_placing(Labeller *labeller, const Quantity *quantity, GString *core) {
    gsize n;
    if (labeller_stands_behind(labeller, quantity) && quantity[-1].kind == FIGURE_COUNT) {
        g_autoptr(GString) before = labeller_core(labeller, quantity - 1);
        if (wording_find(labeller->wording, WORDS_PLACING, before->str, &n) != NULL)
            g_string_assign(core, before->str); /* 综合得分位列全省 66 个县第三 */
    }
    const char *placing = wording_find(labeller->wording, WORDS_PLACING, core->str, &n);
    if (placing != NULL)
        g_string_truncate(core, (gsize)(placing - core->str));
    const char *name = core->len > 0 || labeller->last == NULL ? core->str : labeller->last;
    g_free(labeller->placed);
    labeller->placed = g_strconcat(name, "位次", NULL);
    g_ptr_array_add(labeller->names, g_strdup(labeller->placed));
}

/* 得分 97 分，其中投入 15 分、过程 24 分: so were its parts, unless the
 * sentence sets what they earned beside what they weigh: 其中投入 15
 * 分，自评得分 14 分. */
static gboolean is_earned(const Labeller *labeller, guint index) {
    static const char EARNED[] = "得分";
    const Prose *prose = labeller->prose;
    guint from = prose_quantity(prose, index)->start, end = from;
    gsize n;
    gboolean earned = wording_find(labeller->wording, WORDS_SCORED, labeller->last, &n) != NULL;
    while (earned && end < prose->length && end - from < SENTENCE_CHARACTERS_MAX &&
           prose_mark(prose, end) != MARK_STOP)
        end++;
    g_autofree char *rest = prose_text(prose, from, end);
    return earned && strstr(rest, EARNED) == NULL;
}

/* 其中：【投入】15 分; 总分 93.6 分：【投入】15 分; not 项目 1 个：【阅读推广】96.5 万元. */
static gboolean follows_colon(const Labeller *labeller, guint index) {
    static const char OF_THEM[] = "其中：";
    const Prose *prose = labeller->prose;
    guint start = clause_start(prose, prose_quantity(prose, index)->start);
    if (index > 0 && prose_quantity(prose, index - 1)->end + 1 == start && is_colon(prose, start))
        return g_strcmp0(prose_quantity(prose, index - 1)->unit,
                         prose_quantity(prose, index)->unit) == 0;
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

/* 2020年, 2020年底. */
static gboolean is_year(const Quantity *quantity) {
    return quantity->kind == FIGURE_YEAR ||
           (quantity->kind == FIGURE_DATE && strlen(quantity->date) == strlen("2020"));
}

/* 比 2021 年【5,704 万元】增加: nothing stands between the year of comparison and its figure. */
static gboolean is_compared_with(const Labeller *labeller, const Quantity *year) {
    const Prose *prose = labeller->prose;
    g_autofree char *lead = prose_text(prose, clause_start(prose, year->start), year->start);
    return wording_suffix(labeller->wording, WORDS_BASE, lead, strlen(lead)) > 0;
}

/* 2021年【的】35 公里: the figure is that year's, whatever it is compared with.
 */
gboolean labeller_is_of_year(const Labeller *labeller, guint index, guint year) {
    const Prose *prose = labeller->prose;
    if (index == 0 || year + 1 != index || !is_year(prose_quantity(prose, year)))
        return FALSE;
    g_autofree char *between =
        prose_text(prose, prose_quantity(prose, year)->end, prose_quantity(prose, index)->start);
    return *between == '\0' ? is_compared_with(labeller, prose_quantity(prose, year))
                            : wording_has(labeller->wording, WORDS_OF_YEAR, between);
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
    labeller->base = labeller->relative = labeller->ratio = FALSE;
    if (labeller_name_ratio(labeller, index, quantity))
        return;
    find_whole(labeller, index, printed);
    if (labeller->shares->len == 0) {
        g_autofree char *whole = core_over_year(labeller, index, core->str);
        labeller_distribute(labeller, index, whole);
    }
    if (labeller->next_share < labeller->shares->len) {
        const char *noun = labeller->shares->pdata[labeller->next_share++];
        g_ptr_array_add(labeller->names, labeller_name_of_share(labeller, index, noun));
        set_subject(labeller, noun);
        if (labeller->next_share == labeller->shares->len)
            g_ptr_array_set_size(labeller->shares, 0);
        return;
    }
    g_ptr_array_set_size(labeller->shares, 0);
    if (labeller_share(labeller, quantity, core->str) ||
        labeller_name_deduction(labeller, quantity, printed))
        return;
    gsize same = wording_prefix(labeller->wording, WORDS_SAME, core->str);
    if (labeller->last != NULL || labeller->subject->len > 0)
        g_string_erase(core, 0, (gssize)same);
    core_strip(labeller->wording, core);
    if (quantity->kind == FIGURE_SCORE && core->len > 3 && g_str_has_suffix(core->str, "得") &&
        wording_suffix(labeller->wording, WORDS_NOT_EARNED, core->str, core->len) == 0)
        g_string_append(core, "分"); /* 决策类得 18 分 */
    gsize with =
        named == quantity ? 0 : wording_suffix(labeller->wording, WORDS_BASE, core->str, core->len);
    if (with > 0) {
        compared = TRUE; /* 支出比 2021 年的 1,704 万元 */
        g_string_truncate(core, core->len - with);
    }
    gsize own = core_base_length(labeller->wording, core->str);
    if (own > 0) { /* 收入由上年的 3200 万元 */
        g_autofree char *base = g_strdup(core->str + own);
        g_string_truncate(core, own);
        set_subject(labeller, core->str);
        labeller_remember(labeller, quantity, core->str);
        g_string_assign(core, base);
    }
    if (labeller_name_earned(labeller, quantity, core->str))
        return;
    if (quantity->kind == FIGURE_RANK)
        name_placing(labeller, quantity, core);
    else
        name_from_core(labeller, quantity, printed, core->str);
    labeller->relative |= compared;
}
