/* The rules between reports: reading operands, writing outcomes. The ways to compare are in
 * between_figures.c and between_texts.c. */
#include "load/between.h"
#include "load/finding_ids.h"
#include "load/identity.h"
#include <string.h>

static void rule_free(gpointer data) {
    BetweenRule *rule = data;
    g_free(rule->id);
    g_free(rule->severity);
    g_ptr_array_unref(rule->names);
    g_ptr_array_unref(rule->values);
    g_free(rule);
}

static BetweenRule *rule_new(sqlite3_stmt *select) {
    BetweenRule *rule = g_new0(BetweenRule, 1);
    rule->id = statement_text(select, 0);
    rule->severity = statement_text(select, 1);
    rule->names = g_ptr_array_new_with_free_func(g_free);
    rule->values = g_ptr_array_new_with_free_func(g_free);
    return rule;
}

GPtrArray *between_rules_read(Archive *archive, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func(rule_free);
    sqlite3_stmt *select = archive_statement(
        archive,
        "SELECT p.rule, r.severity, p.name, p.value FROM rule_parameters p "
        "JOIN rules r ON r.id = p.rule WHERE EXISTS (SELECT 1 FROM rule_parameters c "
        "WHERE c.rule = p.rule AND c.name = 'compare') ORDER BY p.rule, p.seq",
        error);
    if (select == NULL)
        return NULL;
    while (statement_row(archive, select, &failure)) {
        const char *id = (const char *)sqlite3_column_text(select, 0);
        BetweenRule *rule = rules->len == 0 ? NULL : rules->pdata[rules->len - 1];
        if (rule == NULL || !g_str_equal(rule->id, id))
            g_ptr_array_add(rules, rule = rule_new(select));
        g_ptr_array_add(rule->names, statement_text(select, 2));
        g_ptr_array_add(rule->values, statement_text(select, 3));
    }
    sqlite3_reset(select);
    if (failure == NULL)
        return g_steal_pointer(&rules);
    g_propagate_error(error, g_steal_pointer(&failure));
    return NULL;
}

const char *between_parameter(const BetweenRule *rule, const char *name, const char *otherwise) {
    for (guint i = 0; i < rule->names->len; i++)
        if (g_str_equal(rule->names->pdata[i], name))
            return rule->values->pdata[i];
    return otherwise;
}

static void party_clear(gpointer data) {
    Party *party = data;
    g_free(party->department);
    g_free(party->key);
    g_free(party->doc_type);
    g_free(party->subject);
    g_free(party->inferred);
}

void operand_clear(gpointer data) {
    Operand *operand = data;
    g_free(operand->label);
    g_free(operand->raw);
    g_free(operand->value);
    g_free(operand->unit);
    g_free(operand->printed_unit);
    g_free(operand->section);
    g_free(operand->concept);
}

static GArray *finish(Between *between, sqlite3_stmt *select, GArray *rows, GError *failure) {
    sqlite3_reset(select);
    if (failure == NULL)
        return rows;
    g_propagate_error(between->error, failure);
    g_array_unref(rows);
    return NULL;
}

GArray *parties_read(Between *between, sqlite3_stmt *select) {
    GError *failure = NULL;
    GArray *parties = g_array_new(FALSE, TRUE, sizeof(Party));
    g_array_set_clear_func(parties, party_clear);
    while (statement_row(between->archive, select, &failure)) {
        Party party = {.id = sqlite3_column_int64(select, 0),
                       .department = statement_text(select, 1),
                       .key = statement_text(select, 2),
                       .doc_type = statement_text(select, 3),
                       .subject = statement_text(select, 4),
                       .inferred = statement_text(select, 5),
                       .year = sqlite3_column_int(select, 6)};
        g_array_append_val(parties, party);
    }
    return finish(between, select, parties, failure);
}

/* 5 × 10^(power − decimals − 1) */
static Decimal half_unit(int power, int decimals) {
    Decimal half = {.coefficient = 5, .decimals = 0};
    Decimal scaled = DECIMAL_ZERO;
    return decimal_scale(half, power - decimals - 1, &scaled) ? scaled : DECIMAL_ZERO;
}

GArray *operands_read(Between *between, sqlite3_stmt *select) {
    GError *failure = NULL;
    GArray *operands = g_array_new(FALSE, TRUE, sizeof(Operand));
    g_array_set_clear_func(operands, operand_clear);
    while (statement_row(between->archive, select, &failure)) {
        Operand operand = {.fact = sqlite3_column_int64(select, 0),
                           .label = statement_text(select, 1),
                           .raw = statement_text(select, 2),
                           .value = statement_text(select, 3),
                           .unit = statement_text(select, 4),
                           .printed_unit = statement_text(select, 5),
                           .section = statement_text(select, 6),
                           .concept = statement_text(select, 12),
                           .unit_power = sqlite3_column_int(select, 8),
                           .page = sqlite3_column_int64(select, 9),
                           .recognised = sqlite3_column_int(select, 10) != 0};
        if (sqlite3_column_int(select, 11) == 0)
            operand.half = half_unit(operand.unit_power, sqlite3_column_int(select, 7));
        if (operand.value != NULL && decimal_parse(operand.value, &operand.number))
            g_array_append_val(operands, operand);
        else
            operand_clear(&operand);
    }
    return finish(between, select, operands, failure);
}

Outcome operands_agree(const Operand *ours, const Operand *theirs, Decimal *difference,
                       Decimal *envelope) {
    *difference = *envelope = DECIMAL_ZERO;
    if (!decimal_subtract(ours->number, theirs->number, difference) ||
        !decimal_add(ours->half, theirs->half, envelope))
        return OUTCOME_NOT_CHECKABLE;
    if (decimal_sign(*difference) == 0)
        return OUTCOME_PASS;
    return decimal_compare(decimal_absolute(*difference), *envelope) <= 0 ? OUTCOME_ROUNDING
                                                                          : OUTCOME_FAIL;
}

static void add(GChecksum *checksum, const char *text) {
    if (text != NULL)
        g_checksum_update(checksum, (const guchar *)text, -1);
    g_checksum_update(checksum, (const guchar *)"\n", 1);
}

static void add_operand(GChecksum *checksum, const Operand *operand) {
    add(checksum, operand == NULL ? NULL : operand->label);
    add(checksum, operand == NULL ? NULL : operand->value);
    add(checksum, operand == NULL ? NULL : operand->unit);
}

static char *fingerprint(const Between *between, const BetweenFinding *finding) {
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *year = g_strdup_printf("%d", between->party->year);
    const char *const words[] = {between->rule->id, between->party->department, year,
                                 between->party->doc_type, between->party->subject};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        add(checksum, words[i]);
    add_operand(checksum, finding->ours);
    add_operand(checksum, finding->theirs);
    for (guint i = 0; i < finding->others_count; i++) {
        const Party *other = &finding->others[i];
        g_autofree char *other_year = g_strdup_printf("%d", other->year);
        const char *const names[] = {other->department, other_year, other->doc_type,
                                     other->subject};
        for (gsize k = 0; k < G_N_ELEMENTS(names); k++)
            add(checksum, names[k]);
    }
    return g_strdup(g_checksum_get_string(checksum));
}

static gboolean put_fact(Between *between, const char *sql, gint64 owner, guint seq,
                         const Operand *operand, const char *role) {
    return operand == NULL || archive_execute(between->archive, between->error, sql, "inis", owner,
                                              seq, operand->fact, role);
}

static gboolean put_facts(Between *between, const BetweenFinding *finding, gint64 id) {
    static const char SQL[] =
        "INSERT INTO finding_facts(finding_id, seq, fact_id, role) VALUES (?, ?, ?, ?)";
    if (!put_fact(between, SQL, id, 0, finding->ours, "this") ||
        !put_fact(between, SQL, id, 1, finding->theirs, "other"))
        return FALSE;
    for (guint i = 0; finding->more != NULL && i < finding->more->len; i++)
        if (!put_fact(between, SQL, id, i + 2, &g_array_index(finding->more, Operand, i), "part"))
            return FALSE;
    for (guint i = 0; i < finding->others_count; i++)
        if (!archive_execute(between->archive, between->error,
                             "INSERT OR IGNORE INTO finding_documents(finding_id, document_id) "
                             "VALUES (?, ?)",
                             "ii", id, finding->others[i].id))
            return FALSE;
    return TRUE;
}

static gboolean put_check(Between *between, Outcome outcome, const char *reason, gint64 finding,
                          const Operand *ours, const Operand *theirs) {
    static const char SQL[] =
        "INSERT INTO check_facts(check_id, seq, fact_id, role) VALUES (?, ?, ?, ?)";
    if (!archive_execute(between->archive, between->error,
                         "INSERT INTO checks(document_id, rule, outcome, reason, finding_id) "
                         "VALUES (?, ?, ?, ?, nullif(?, 0))",
                         "isssi", between->party->id, between->rule->id, outcome_name(outcome),
                         reason, finding))
        return FALSE;
    gint64 check = sqlite3_last_insert_rowid(between->archive->db);
    return put_fact(between, SQL, check, 0, ours, "this") &&
           put_fact(between, SQL, check, 1, theirs, "other");
}

gboolean between_write_check(Between *between, Outcome outcome, const char *reason,
                             const Operand *ours, const Operand *theirs) {
    return put_check(between, outcome, reason, 0, ours, theirs);
}

gboolean between_write_finding(Between *between, const BetweenFinding *finding) {
    static const char SQL[] =
        "INSERT INTO findings(document_id, rule, severity, certainty, message, expected, actual, "
        "difference, envelope, unit, explanation, fingerprint, evidence, page, id, status) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, nullif(?14, 0), ?15, "
        "coalesce((SELECT status FROM reviews WHERE fingerprint = ?12 ORDER BY id DESC LIMIT 1), "
        "'open'))";
    g_autofree char *print = fingerprint(between, finding);
    gint64 id;
    if (!finding_ids_take(between->archive, between->party->id, print, &id, between->error) ||
        !archive_execute(between->archive, between->error, SQL, "issssssssssssii",
                         between->party->id, between->rule->id, between->rule->severity,
                         finding->suspected ? "suspected" : "proven", finding->message,
                         finding->expected, finding->actual, finding->difference, finding->envelope,
                         finding->unit, finding->explanation, print, finding->evidence,
                         finding->page, id))
        return FALSE;
    return put_facts(between, finding, id) &&
           put_check(between, OUTCOME_FAIL, NULL, id, finding->ours, finding->theirs);
}

static gboolean apply(Between *between) {
    static const struct {
        const char *name;
        gboolean (*compare)(Between *between);
    } WAYS[] = {{"equal", between_equal},     {"any", between_any},   {"forms", between_forms},
                {"summary", between_summary}, {"text", between_text}, {"file", between_file},
                {"targets", between_targets}};
    const char *way = between_parameter(between->rule, "compare", "");
    const char *type = between_parameter(between->rule, "type", NULL);
    if (type != NULL && g_strcmp0(type, between->party->doc_type) != 0)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++)
        if (g_str_equal(way, WAYS[i].name))
            return WAYS[i].compare(between);
    return TRUE;
}

/* What rules left at a document before. */
static gboolean clear(Archive *archive, const GPtrArray *rules, gint64 document, GError **error) {
    static const char *const DELETES[] = {
        "DELETE FROM findings WHERE document_id = ? AND rule = ?",
        "DELETE FROM checks WHERE document_id = ? AND rule = ?",
        "DELETE FROM check_totals WHERE document_id = ? AND rule = ?"};
    for (guint i = 0; i < rules->len; i++) {
        const char *rule = ((const BetweenRule *)rules->pdata[i])->id;
        if (!finding_ids_remember(archive, document, rule, error))
            return FALSE;
        for (gsize k = 0; k < G_N_ELEMENTS(DELETES); k++)
            if (!archive_execute(archive, error, DELETES[k], "is", document, rule))
                return FALSE;
    }
    return TRUE;
}

static gboolean count(Between *between) {
    return archive_execute(
        between->archive, between->error,
        "INSERT INTO check_totals SELECT document_id, rule, SUM(outcome = 'pass'), "
        "SUM(outcome = 'rounding'), SUM(outcome = 'fail'), SUM(outcome = 'not_checkable') "
        "FROM checks WHERE document_id = ? AND rule = ? GROUP BY rule",
        "is", between->party->id, between->rule->id);
}

gboolean between_check(Archive *archive, const GPtrArray *rules, gint64 document, GError **error) {
    Between between = {.archive = archive, .error = error};
    if (rules->len == 0)
        return TRUE;
    sqlite3_stmt *select = archive_statement(archive,
                                             "SELECT " PARTY_COLUMNS
                                             "FROM documents d WHERE d.id = ? AND d.status = 'ok' "
                                             "AND d.superseded_by IS NULL",
                                             error);
    if (select == NULL || !clear(archive, rules, document, error))
        return FALSE;
    statement_bind(select, "i", document);
    g_autoptr(GArray) self = parties_read(&between, select);
    if (self == NULL || self->len == 0)
        return self != NULL;
    between.party = &g_array_index(self, Party, 0);
    for (guint i = 0; i < rules->len; i++) {
        between.rule = rules->pdata[i];
        if (!apply(&between) || !count(&between))
            return FALSE;
    }
    return TRUE;
}
