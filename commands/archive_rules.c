#include "commands/archive_rules.h"
#include "normalize/rules.h"

/* A parameter may list several words. */
static gboolean put_words(Archive *archive, const char *rule, RuleParameter parameter, guint *seq,
                          GError **error) {
    g_auto(GStrv) words = g_strsplit_set(parameter.value, " \t\n", -1);
    for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0' &&
            !archive_put_rule_parameter(archive, rule, (*seq)++, parameter.name, words[i], error))
            return FALSE;
    return TRUE;
}

static gboolean put_rule(Archive *archive, const Patterns *patterns, guint i, GError **error) {
    RuleInformation rule = patterns_rule(patterns, i);
    RuleParameter parameter;
    if (!archive_put_rule(archive, rule.id, rule.title, rule.title_english, rule.severity,
                          rule.kind != NULL, error))
        return FALSE;
    for (guint k = 0, seq = 0; patterns_rule_parameter(patterns, i, k, &parameter); k++)
        if (!put_words(archive, rule.id, parameter, &seq, error))
            return FALSE;
    return TRUE;
}

static gboolean put_all(Archive *archive, const Patterns *patterns, GError **error) {
    if (!archive_clear_rule_parameters(archive, error))
        return FALSE;
    for (guint i = 0; i < patterns_rules_count(patterns); i++)
        if (!put_rule(archive, patterns, i, error))
            return FALSE;
    return TRUE;
}

gboolean archive_rules_put(Archive *archive, const Patterns *patterns, GError **error) {
    if (!archive_begin(archive, error))
        return FALSE;
    if (put_all(archive, patterns, error))
        return archive_commit(archive, error);
    archive_rollback(archive);
    return FALSE;
}
