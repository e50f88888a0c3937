#include "normalize/check/message.h"
#include "normalize/check/quote.h"
#include <string.h>

enum { LISTED_PARTS = 4 }; /* of more only the first are quoted */

static const Member *find_member(const GArray *members, const char *role) {
    for (guint i = 0; i < members->len; i++) {
        const Member *member = &g_array_index(members, Member, i);
        if (g_str_equal(member->role, role))
            return member;
    }
    return NULL;
}

static guint role_count(const GArray *members, const char *role) {
    guint n = 0;
    for (guint i = 0; i < members->len; i++)
        n += g_str_equal(g_array_index(members, Member, i).role, role);
    return n;
}

/* “8.14万元、15.56万元等9项（第3页）” */
static void append_list(GString *text, const Report *report, const GArray *members,
                        const char *role) {
    guint n = role_count(members, role), listed = 0, page = 0, last_page = 0;
    for (guint i = 0; i < members->len; i++) {
        const Member *member = &g_array_index(members, Member, i);
        if (!g_str_equal(member->role, role))
            continue;
        last_page = fact_page(report, member->fact);
        page = page == 0 ? last_page : MIN(page, last_page);
        if (listed++ >= LISTED_PARTS)
            continue;
        if (listed > 1 || member->sign < 0)
            g_string_append(text, member->sign < 0 ? "减" : "、");
        quote_raw(text, report_fact(report, member->fact));
    }
    if (n > LISTED_PARTS)
        g_string_append_printf(text, "等%u项", n);
    if (last_page > page)
        g_string_append_printf(text, "（第%u—%u页）", page, last_page);
    else
        quote_page(text, page);
}

static void append_gap(GString *text, const Fact *like, Decimal difference) {
    if (decimal_sign(difference) == 0)
        return;
    g_string_append(text, "，相差");
    Decimal printed = decimal_absolute(difference);
    if (like->kind == FIGURE_PERCENT) {
        g_autofree char *points = decimal_text(printed);
        g_string_append_printf(text, "%s个百分点", points);
    } else
        quote_value(text, like, printed);
}

static gboolean any_less(const GArray *members) {
    for (guint i = 0; i < members->len; i++)
        if (g_array_index(members, Member, i).sign < 0)
            return TRUE;
    return FALSE;
}

/* “年初预算”500万元（第1页）减“调减”30万元（第1页）: what is added, then what is taken. */
static void append_terms(GString *text, const Report *report, const GArray *members, int sign) {
    for (guint i = 0; i < members->len; i++) {
        const Member *member = &g_array_index(members, Member, i);
        if (g_str_equal(member->role, "total") || member->sign != sign)
            continue;
        if (sign < 0 || !g_str_has_suffix(text->str, "按"))
            g_string_append(text, sign < 0 ? "减" : "加");
        quote_named(text, report, member->fact);
    }
}

static void say_balance(GString *text, const Report *report, const GArray *members,
                        const Judgement *judgement) {
    const Member *total = find_member(members, "total");
    const Fact *fact = report_fact(report, total->fact);
    g_string_append(text, "按");
    append_terms(text, report, members, 1);
    append_terms(text, report, members, -1);
    g_string_append(text, "计算，");
    quote_name(text, fact_name(fact));
    g_string_append(text, "应为");
    quote_value(text, fact, judgement->expected);
    g_string_append(text, "，文中为");
    quote_fact(text, report, total->fact);
    append_gap(text, fact, judgement->difference);
}

static void say_sum(GString *text, const Report *report, const GArray *members,
                    const Judgement *judgement, const char *role) {
    const Member *total = find_member(members, "total");
    const Fact *fact = report_fact(report, total->fact);
    quote_named(text, report, total->fact);
    g_string_append(text, g_str_equal(role, "part")     ? "与所列"
                          : g_str_equal(role, "weight") ? "与所列分值"
                                                        : "与各项得分");
    append_list(text, report, members, role);
    g_string_append(text, "之和");
    quote_value(text, fact, judgement->expected);
    g_string_append(text, "不符");
    append_gap(text, fact, judgement->difference);
}

static void say_some(GString *text, const Report *report, const GArray *members,
                     const Judgement *judgement) {
    const Member *total = find_member(members, "total");
    const Fact *fact = report_fact(report, total->fact);
    g_string_append(text, "其中所列");
    append_list(text, report, members, "part");
    if (members->len > 2) {
        g_string_append(text, "之和");
        quote_value(text, fact, judgement->expected);
    }
    g_string_append(text, "大于");
    quote_named(text, report, total->fact);
    g_string_append(text, "，超出");
    quote_value(text, fact, decimal_absolute(judgement->difference));
}

static void say_count(GString *text, const Report *report, const GArray *members,
                      const Judgement *judgement, const Relation *relation) {
    const Member *total = find_member(members, "total");
    const Fact *fact = report_fact(report, total->fact);
    g_string_append(text, "文中称");
    quote_named(text, report, total->fact);
    g_string_append(text, "，实际列出");
    quote_value(text, fact, judgement->expected);
    if (relation->counted_place.end > relation->counted_place.start)
        quote_page(text, place_page(report, relation->counted_place.start));
    else if (find_member(members, "item") != NULL)
        quote_page(text, fact_page(report, find_member(members, "item")->fact));
}

/* “成本控制率”得分4.5分（第4页）大于分值4分（第4页）: both stand in the row of one name. */
static gboolean say_row(GString *text, const Report *report, guint earned, guint weight) {
    const Fact *a = report_fact(report, earned), *b = report_fact(report, weight);
    const char *name = g_strrstr(fact_name(a), "·"), *other = g_strrstr(fact_name(b), "·");
    if (a->table == DOCUMENT_NONE || a->table != b->table || a->row != b->row || name == NULL ||
        g_strcmp0(name, other) != 0)
        return FALSE;
    quote_name(text, name + strlen("·"));
    g_string_append(text, "得分");
    quote_fact(text, report, earned);
    g_string_append(text, "大于分值");
    quote_fact(text, report, weight);
    return TRUE;
}

static void say_order(GString *text, const Report *report, const GArray *members,
                      const Judgement *judgement, const char *low, const char *high,
                      const char *verb) {
    const Member *smaller = find_member(members, low), *larger = find_member(members, high);
    if (!g_str_equal(low, "earned") || !say_row(text, report, smaller->fact, larger->fact)) {
        quote_named(text, report, smaller->fact);
        g_string_append(text, verb);
        quote_named(text, report, larger->fact);
    }
    g_string_append(text, "，超出");
    quote_value(text, report_fact(report, smaller->fact), decimal_absolute(judgement->difference));
}

static void say_deduction(GString *text, const Report *report, const GArray *members,
                          const Judgement *judgement) {
    const Member *weight = find_member(members, "weight"), *earned = find_member(members, "earned");
    const Fact *fact = report_fact(report, earned->fact);
    if (weight == NULL)
        g_string_append(text, "满分100分");
    else
        quote_named(text, report, weight->fact);
    g_string_append(text, "扣除说明的扣分");
    append_list(text, report, members, "deducted");
    g_string_append(text, "应得");
    quote_value(text, fact, judgement->expected);
    g_string_append(text, "，文中得分为");
    quote_fact(text, report, earned->fact);
    append_gap(text, fact, judgement->difference);
}

/* 事业收入占: a share is told by its verb. */
static void append_subject(GString *text, const char *name) {
    static const char SHARE[] = "占";
    gboolean share = g_str_has_suffix(name, SHARE) && strlen(name) > strlen(SHARE);
    g_autofree char *bare = g_strndup(name, strlen(name) - (share ? strlen(SHARE) : 0));
    quote_name(text, bare);
    if (share)
        g_string_append(text, "占比");
}

/* Rates, changes, products, means: from these figures it should be that, but is this. */
static void say_computed(GString *text, const Report *report, const GArray *members,
                         const Judgement *judgement, const Relation *relation) {
    guint subject = g_array_index(members, Member, judgement->subject).fact;
    const Fact *fact = report_fact(report, subject);
    gboolean first = TRUE;
    /* a score that is only called 得 has the name of what it is the score of */
    const char *name = g_utf8_strlen(fact_name(fact), -1) > 1 || relation->scope == NULL
                           ? fact_name(fact)
                           : relation->scope;
    g_string_append(text, "按");
    for (guint i = 0; i < members->len && i <= LISTED_PARTS; i++) {
        guint member = g_array_index(members, Member, i).fact;
        if (i == judgement->subject)
            continue;
        if (!first)
            g_string_append(text, "、");
        quote_named(text, report, member);
        first = FALSE;
    }
    g_string_append(text, "计算，");
    append_subject(text, name);
    if (name == relation->scope && name != fact_name(fact))
        g_string_append(text, "的得分");
    if (!judgement->has_expected) {
        g_string_append(text, "因分母为零无从计算，文中却为");
        quote_fact(text, report, subject);
        return;
    }
    g_string_append(text, "应为");
    quote_value(text, fact, judgement->expected);
    g_string_append(text, "，文中为");
    quote_fact(text, report, subject);
    append_gap(text, fact, judgement->difference);
}

/* “各项占比 35%、40%、26%（第2页）之和为 101%，不等于 100%” */
static void say_shares(GString *text, const Report *report, const GArray *members,
                       const Judgement *judgement) {
    const Fact *fact = report_fact(report, g_array_index(members, Member, 0).fact);
    g_string_append(text, "各项占比");
    append_list(text, report, members, "part");
    g_string_append(text, "之和为");
    quote_value(text, fact, judgement->actual);
    g_string_append(text, "，不等于100%");
}

static const char *direction_word(const Member *member) {
    return member->sign < 0 ? "减少" : "增加";
}

static void say_direction(GString *text, const Report *report, const GArray *members) {
    const Member *change = find_member(members, "change"), *rate = find_member(members, "rate");
    const Member *now = find_member(members, "this"), *last = find_member(members, "last");
    if (rate != NULL) {
        g_string_append_printf(text, "文中称%s", direction_word(change));
        quote_fact(text, report, change->fact);
        g_string_append_printf(text, "，又称%s", rate->sign < 0 ? "下降" : "增长");
        quote_fact(text, report, rate->fact);
        g_string_append(text, "，增减方向相互矛盾");
        return;
    }
    quote_named(text, report, now->fact);
    gboolean fell = decimal_compare(report_fact(report, now->fact)->value,
                                    report_fact(report, last->fact)->value) < 0;
    g_string_append_printf(text, "%s上年", fell ? "低于" : "高于");
    quote_fact(text, report, last->fact);
    g_string_append_printf(text, "，文中却称%s", direction_word(change));
    quote_fact(text, report, change->fact);
}

static void say_following(GString *text, const Report *report, const GArray *members,
                          const Judgement *judgement) {
    g_autofree char *expected = decimal_text(judgement->expected);
    quote_fact(text, report, find_member(members, "this")->fact);
    g_string_append(text, "数据与");
    quote_fact(text, report, find_member(members, "last")->fact);
    g_string_append_printf(text, "相比，比较年度不是上年（应为%s年）", expected);
}

/* 表中 or 另一处, where both have one name. */
static void append_place(GString *text, const Report *report, guint fact) {
    g_string_append(text,
                    report_fact(report, fact)->table == DOCUMENT_NONE ? "另一处为" : "表中为");
}

static void say_same(GString *text, const Report *report, const GArray *members,
                     const Judgement *judgement) {
    guint odd = g_array_index(members, Member, judgement->subject).fact;
    const Fact *fact = report_fact(report, odd);
    guint other = odd;
    for (guint i = 0; i < members->len && other == odd; i++)
        if (decimal_compare(report_fact(report, g_array_index(members, Member, i).fact)->value,
                            fact->value) != 0)
            other = g_array_index(members, Member, i).fact;
    if (g_str_equal(fact_name(fact), fact_name(report_fact(report, other)))) {
        quote_name(text, fact_name(fact));
        g_string_append(text, "各处不一致：");
        quote_fact(text, report, odd);
        g_string_append(text, "，而");
        append_place(text, report, other);
        quote_fact(text, report, other);
    } else {
        quote_named(text, report, odd);
        g_string_append(text, "与");
        quote_named(text, report, other);
        g_string_append(text, "应当一致");
    }
    append_gap(text, fact, judgement->difference);
}

static void say_trial(GString *text, const Report *report, const Trial *trial) {
    const Relation *relation = report_relation(report, trial->relation);
    const GArray *members = relation->members;
    const Judgement *judgement = &trial->judgement;
    switch (trial->rule->kind) {
    case CHECK_SUM:
        if (any_less(members))
            say_balance(text, report, members, judgement);
        else
            say_sum(text, report, members, judgement, "part");
        break;
    case CHECK_WEIGHTS:
        say_sum(text, report, members, judgement, "weight");
        break;
    case CHECK_SCORES:
        say_sum(text, report, members, judgement, "earned");
        break;
    case CHECK_SOME:
        say_some(text, report, members, judgement);
        break;
    case CHECK_COUNT:
        say_count(text, report, members, judgement, relation);
        break;
    case CHECK_BOUND:
        say_order(text, report, members, judgement, "earned", "weight", "大于分值");
        break;
    case CHECK_ORDER:
        say_order(text, report, members, judgement, "smaller", "larger", "大于");
        break;
    case CHECK_OVERSPENT:
        say_order(text, report, members, judgement, "numerator", "denominator", "大于");
        break;
    case CHECK_DEDUCTION:
        say_deduction(text, report, members, judgement);
        break;
    case CHECK_SHARES:
        say_shares(text, report, members, judgement);
        break;
    case CHECK_DIRECTION:
        say_direction(text, report, members);
        break;
    case CHECK_FOLLOWING:
        say_following(text, report, members, judgement);
        break;
    case CHECK_SAME:
        say_same(text, report, members, judgement);
        break;
    default:
        say_computed(text, report, members, judgement, relation);
    }
}

char *message_of_trial(const Trials *trials, const Trial *trial) {
    const Report *report = trials->report;
    GString *text = g_string_new(NULL);
    say_trial(text, report, trial);
    const Rule *rule = rules_find(trials->rules, report_check(report, trial->check)->rule);
    const char *adds = rule == NULL ? NULL : rule_parameter(rule, "adds");
    if (adds != NULL)
        g_string_append(text, adds);
    g_string_append(text, "。");
    return g_string_free(text, FALSE);
}
