#include "normalize/check/rule.h"
#include "normalize/check/trigger.h"
#include "normalize/rules.h"
#include <glib/gi18n.h>
#include <string.h>

struct Rules {
    GPtrArray *list;   /* Rule */
    GHashTable *by_id; /* id → Rule */
    Triggers *triggers;
};

static const char *const KINDS[CHECK_KINDS] = {
    [CHECK_NONE] = "none",
    [CHECK_SUM] = "sum",
    [CHECK_SOME] = "some",
    [CHECK_WEIGHTS] = "weights",
    [CHECK_SCORES] = "scores",
    [CHECK_COUNT] = "count",
    [CHECK_BOUND] = "bound",
    [CHECK_DEDUCTION] = "deduction",
    [CHECK_RATIO] = "ratio",
    [CHECK_PRODUCT] = "product",
    [CHECK_DIFFERENCE] = "difference",
    [CHECK_GROWTH] = "growth",
    [CHECK_SAME] = "same",
    [CHECK_ORDER] = "order",
    [CHECK_MEAN] = "mean",
    [CHECK_SHARES] = "shares",
    [CHECK_DIRECTION] = "direction",
    [CHECK_FOLLOWING] = "following",
    [CHECK_OVERSPENT] = "overspent",
    [CHECK_PHRASE] = "phrase",
    [CHECK_PAIR] = "pair",
    [CHECK_PRESENCE] = "presence",
    [CHECK_SECTIONS] = "sections",
    [CHECK_TOPICS] = "topics",
    [CHECK_NUMBERING] = "numbering",
    [CHECK_YEARS] = "years",
    [CHECK_COVER] = "cover",
    [CHECK_SCORED] = "scored",
    [CHECK_REASON] = "reason",
    [CHECK_BAND] = "band",
    [CHECK_GRADE] = "grade",
    [CHECK_UNITS] = "units",
    [CHECK_NAMES] = "names",
    [CHECK_SETS] = "sets",
    [CHECK_COPY] = "copy",
    [CHECK_STYLE] = "style",
    [CHECK_PLACED] = "placed",
    [CHECK_ANSWERS] = "answers",
    [CHECK_GRADED] = "graded",
    [CHECK_DEADLINE] = "deadline",
    [CHECK_COVERAGE] = "coverage",
    [CHECK_LOW] = "low",
    [CHECK_CAP] = "cap",
    [CHECK_AHEAD] = "ahead",
    [CHECK_SPREAD] = "spread",
    [CHECK_UNSPENT] = "unspent",
    [CHECK_PRECISION] = "precision",
    [CHECK_UNPAID] = "unpaid",
    [CHECK_COLUMNS] = "columns",
    [CHECK_MAGNITUDE] = "magnitude",
    [CHECK_MISREAD] = "misread",
    [CHECK_RANGE] = "range",
    [CHECK_PROPORTION] = "proportion",
    [CHECK_UNDESERVED] = "undeserved",
    [CHECK_BEATEN] = "beaten",
    [CHECK_NUMERIC] = "numeric",
    [CHECK_UNEXPLAINED] = "unexplained",
    [CHECK_QUALITATIVE] = "qualitative",
    [CHECK_EQUAL] = "equal",
    [CHECK_MANDATE] = "mandate",
    [CHECK_WEIGHT] = "weight",
    [CHECK_PAIRED] = "paired",
    [CHECK_DATES] = "dates",
    [CHECK_ENTITY] = "entity",
    [CHECK_SELF] = "self",
    [CHECK_CODE] = "code",
    [CHECK_ARCHIVE] = "archive",
    [CHECK_EXPLANATION] = "explanation",
};

static const char *check_kind_name(CheckKind kind) { return KINDS[kind]; }

static gboolean kind_parse(const char *name, CheckKind *kind) {
    for (guint i = 0; i < CHECK_KINDS; i++)
        if (g_str_equal(KINDS[i], name)) {
            *kind = (CheckKind)i;
            return TRUE;
        }
    return FALSE;
}

static void expression_release(gpointer expression) { expression_free(expression); }

static void match_clear(gpointer data) { expression_free(((RuleMatch *)data)->expression); }

static void pair_clear(gpointer data) {
    RulePair *pair = data;
    match_clear(&pair->first);
    match_clear(&pair->second);
}

static void rule_release(gpointer data) {
    Rule *rule = data;
    g_array_unref(rule->matches);
    g_array_unref(rule->when);
    g_ptr_array_unref(rule->reasons);
    g_ptr_array_unref(rule->heads);
    g_ptr_array_unref(rule->words);
    g_ptr_array_unref(rule->unless);
    g_ptr_array_unref(rule->outside);
    g_ptr_array_unref(rule->types);
    g_array_unref(rule->pairs);
    g_hash_table_unref(rule->parameters);
    g_array_unref(rule->ordered);
    g_free(rule);
}

static Rule *rule_new(void) {
    Rule *rule = g_new0(Rule, 1);
    rule->matches = g_array_new(FALSE, TRUE, sizeof(RuleMatch));
    g_array_set_clear_func(rule->matches, match_clear);
    rule->when = g_array_new(FALSE, TRUE, sizeof(RuleMatch));
    g_array_set_clear_func(rule->when, match_clear);
    rule->reasons = g_ptr_array_new_with_free_func(expression_release);
    rule->heads = g_ptr_array_new_with_free_func(expression_release);
    rule->words = g_ptr_array_new();
    rule->unless = g_ptr_array_new_with_free_func(expression_release);
    rule->outside = g_ptr_array_new_with_free_func(expression_release);
    rule->types = g_ptr_array_new();
    rule->pairs = g_array_new(FALSE, TRUE, sizeof(RulePair));
    g_array_set_clear_func(rule->pairs, pair_clear);
    rule->parameters = g_hash_table_new(g_str_hash, g_str_equal);
    rule->ordered = g_array_new(FALSE, FALSE, sizeof(RuleParameter));
    return rule;
}

Rules *rules_new(void) {
    Rules *rules = g_new0(Rules, 1);
    rules->list = g_ptr_array_new_with_free_func(rule_release);
    rules->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    rules->triggers = triggers_new();
    return rules;
}

void rules_free(Rules *rules) {
    if (rules == NULL)
        return;
    g_hash_table_unref(rules->by_id);
    g_ptr_array_unref(rules->list);
    triggers_free(rules->triggers);
    g_free(rules);
}

static gboolean read_into(GPtrArray *list, const PatternFile *file, const xmlNode *node,
                          GError **error) {
    Expression *expression = pattern_expression(file, node, error);
    if (expression == NULL)
        return FALSE;
    g_ptr_array_add(list, expression);
    return TRUE;
}

/* The expression of `node`, to be tried where one of its `literals` stands. */
static gboolean read_match(Rules *rules, const PatternFile *file, const xmlNode *node,
                           RuleMatch *match, GError **error) {
    match->expression = pattern_expression(file, node, error);
    if (match->expression == NULL)
        return FALSE;
    g_autofree const char **literals = pattern_words(file, node, "literals");
    match->name = pattern_attribute(file, node, "name");
    match->in = pattern_attribute(file, node, "in");
    match->slot = triggers_add(rules->triggers, literals);
    return TRUE;
}

static gboolean read_pair(Rules *rules, Rule *rule, const PatternFile *file, const xmlNode *node,
                          GError **error) {
    RulePair pair = {0};
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        RuleMatch *half = pattern_is(child, "first") ? &pair.first : &pair.second;
        if (child->type == XML_ELEMENT_NODE && !read_match(rules, file, child, half, error)) {
            pair_clear(&pair);
            return FALSE;
        }
    }
    g_array_append_val(rule->pairs, pair);
    return TRUE;
}

static void read_words(Rule *rule, const PatternFile *file, const xmlNode *node) {
    g_auto(GStrv) parts = g_strsplit_set(pattern_text(file, node), " \t\r\n", -1);
    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
            g_ptr_array_add(rule->words,
                            g_string_chunk_insert_const(file->patterns->strings, *part));
}

static gboolean read_content(Rules *rules, Rule *rule, const PatternFile *file, const xmlNode *node,
                             GError **error) {
    if (pattern_is(node, "match") || pattern_is(node, "when")) {
        RuleMatch match = {0};
        if (!read_match(rules, file, node, &match, error))
            return FALSE;
        g_array_append_val(pattern_is(node, "when") ? rule->when : rule->matches, match);
        return TRUE;
    }
    if (pattern_is(node, "reason"))
        return read_into(rule->reasons, file, node, error);
    if (pattern_is(node, "head"))
        return read_into(rule->heads, file, node, error);
    if (pattern_is(node, "unless"))
        return read_into(rule->unless, file, node, error);
    if (pattern_is(node, "outside"))
        return read_into(rule->outside, file, node, error);
    if (pattern_is(node, "pair"))
        return read_pair(rules, rule, file, node, error);
    if (pattern_is(node, "says"))
        rule->says = pattern_text(file, node);
    else if (pattern_is(node, "type"))
        g_ptr_array_add(rule->types, (gpointer)pattern_text(file, node));
    else if (pattern_is(node, "words"))
        read_words(rule, file, node);
    else if (pattern_is(node, "parameter")) {
        RuleParameter parameter = {pattern_attribute(file, node, "name"), pattern_text(file, node)};
        g_hash_table_insert(rule->parameters, (gpointer)parameter.name, (gpointer)parameter.value);
        g_array_append_val(rule->ordered, parameter);
    }
    return TRUE;
}

static gboolean read_rule(Rules *rules, const PatternFile *file, const xmlNode *node,
                          GError **error) {
    Rule *rule = rule_new();
    g_ptr_array_add(rules->list, rule);
    rule->id = pattern_attribute(file, node, "id");
    rule->title = pattern_attribute(file, node, "zh");
    rule->title_english = pattern_attribute(file, node, "en");
    rule->source = pattern_attribute(file, node, "source");
    const char *kind = pattern_attribute(file, node, "kind");
    const char *certainty = pattern_attribute(file, node, "certainty");
    severity_parse(pattern_attribute(file, node, "severity"), &rule->severity);
    rule->certainty = CERTAINTY_PROVEN;
    if (certainty != NULL)
        certainty_parse(certainty, &rule->certainty);
    if (kind != NULL && !kind_parse(kind, &rule->kind))
        return pattern_fail(file, node, error, _("no such kind of check"));
    if (!g_hash_table_insert(rules->by_id, (gpointer)rule->id, rule))
        return pattern_fail(file, node, error, _("the rule stands there twice"));
    for (const xmlNode *child = node->children; child != NULL; child = child->next)
        if (!read_content(rules, rule, file, child, error))
            return FALSE;
    if (rule->types->len > 0) {
        g_autoptr(GPtrArray) types = g_ptr_array_copy(rule->types, NULL, NULL);
        g_ptr_array_add(types, NULL);
        g_autofree char *names = g_strjoinv("、", (char **)types->pdata);
        rule->type_names = g_string_chunk_insert_const(file->patterns->strings, names);
    }
    return TRUE;
}

gboolean rules_read(Rules *rules, const PatternFile *file, const xmlNode *root, GError **error) {
    for (const xmlNode *child = root->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE && !read_rule(rules, file, child, error))
            return FALSE;
    return TRUE;
}

const Rule *rules_find(const Rules *rules, const char *id) {
    return g_hash_table_lookup(rules->by_id, id);
}

guint rules_count(const Rules *rules) { return rules->list->len; }
const Rule *rules_at(const Rules *rules, guint i) { return rules->list->pdata[i]; }

const char *rule_parameter(const Rule *rule, const char *name) {
    return g_hash_table_lookup(rule->parameters, name);
}

int rule_number(const Rule *rule, const char *name, int fallback) {
    const char *text = rule_parameter(rule, name);
    return text == NULL ? fallback : (int)g_ascii_strtoll(text, NULL, 10);
}

gboolean rule_decimal(const Rule *rule, const char *name, Decimal *value) {
    const char *text = rule_parameter(rule, name);
    return text != NULL && decimal_parse(text, value);
}

gboolean rule_is_for(const Rule *rule, const char *type) {
    for (guint i = 0; i < rule->types->len; i++)
        if (g_strcmp0(rule->types->pdata[i], type) == 0)
            return TRUE;
    return rule->types->len == 0;
}

const Triggers *rules_triggers(const Rules *rules) { return rules->triggers; }

guint patterns_rules_count(const Patterns *patterns) { return rules_count(patterns->rules); }

RuleInformation patterns_rule(const Patterns *patterns, guint i) {
    const Rule *rule = rules_at(patterns->rules, i);
    return (RuleInformation){.id = rule->id,
                             .title = rule->title,
                             .title_english = rule->title_english,
                             .severity = severity_name(rule->severity),
                             .kind = rule->kind == CHECK_NONE ? NULL : check_kind_name(rule->kind),
                             .types = rule->type_names,
                             .source = rule->source};
}

gboolean patterns_rule_parameter(const Patterns *patterns, guint rule, guint i,
                                 RuleParameter *parameter) {
    const Rule *row = rules_at(patterns->rules, rule);
    if (row->kind != CHECK_ARCHIVE || i >= row->ordered->len)
        return FALSE;
    *parameter = g_array_index(row->ordered, RuleParameter, i);
    return TRUE;
}
