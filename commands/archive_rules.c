#include "commands/archive_rules.h"
#include "normalize/rules.h"

static gboolean put_all(Archive *archive, const Patterns *patterns, GError **error) {
    for (guint i = 0; i < patterns_rules_count(patterns); i++) {
        RuleInformation rule = patterns_rule(patterns, i);
        if (!archive_put_rule(archive, rule.id, rule.title, rule.title_english, rule.severity,
                              rule.kind != NULL, error))
            return FALSE;
    }
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
