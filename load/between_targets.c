/* A self-evaluation's indicators against those that were approved.
 *
 * Both are tables of one project and year: an indicator is a row, its name the last part of its
 * figures' labels, the head of its column the first. Targets and weights are compared by name.
 * Where fewer than half of the names, or of their figures, are alike, the tables are not of one
 * set of indicators, and nothing is said. */
#include "load/between.h"
#include <string.h>

typedef enum { COLUMN_OTHER, COLUMN_TARGET, COLUMN_WEIGHT } Column;

static const char *const COLUMNS[] = {NULL, "target", "weight"}; /* parameters */

typedef struct {
    char *name;
    Column column;
    const Operand *operand;
} Entry;

static void entry_clear(gpointer entry) { g_free(((Entry *)entry)->name); }

static const Entry *entry_at(const GArray *entries, guint i) {
    return &g_array_index(entries, Entry, i);
}

static gboolean has_word(const BetweenRule *rule, const char *parameter, const char *text) {
    g_auto(GStrv) words = g_strsplit(between_parameter(rule, parameter, ""), " ", -1);
    for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0' && strstr(text, words[i]) != NULL)
            return TRUE;
    return FALSE;
}

static Column column_of(const BetweenRule *rule, const char *head) {
    if (has_word(rule, "not", head))
        return COLUMN_OTHER;
    return has_word(rule, COLUMNS[COLUMN_TARGET], head)   ? COLUMN_TARGET
           : has_word(rule, COLUMNS[COLUMN_WEIGHT], head) ? COLUMN_WEIGHT
                                                          : COLUMN_OTHER;
}

/* 指标1：改造管网长度（10分） is 改造管网长度. */
static char *indicator_name(const char *part) {
    static const char *const COLONS[] = {"：", ":"}, *const BRACKETS[] = {"（", "("};
    for (guint i = 0; i < G_N_ELEMENTS(COLONS); i++) {
        const char *colon = strstr(part, COLONS[i]);
        if (colon != NULL && colon[strlen(COLONS[i])] != '\0')
            part = colon + strlen(COLONS[i]);
    }
    char *name = g_strdup(part);
    for (guint i = 0; i < G_N_ELEMENTS(BRACKETS); i++) {
        char *bracket = strstr(name, BRACKETS[i]);
        if (bracket != NULL && bracket > name)
            *bracket = '\0';
    }
    return g_strstrip(name);
}

static GArray *read_entries(const Between *between, const GArray *operands) {
    GArray *entries = g_array_new(FALSE, TRUE, sizeof(Entry));
    g_array_set_clear_func(entries, entry_clear);
    for (guint i = 0; i < operands->len; i++) {
        const Operand *operand = &g_array_index(operands, Operand, i);
        g_auto(GStrv) parts = g_strsplit(operand->label, "·", -1);
        guint n = g_strv_length(parts);
        if (n < 2)
            continue;
        Entry entry = {indicator_name(parts[n - 1]), column_of(between->rule, parts[0]), operand};
        g_array_append_val(entries, entry);
    }
    return entries;
}

static GArray *table_figures(Between *between, gint64 document) {
    static const char SQL[] =
        "SELECT " OPERAND_COLUMNS "FROM facts f WHERE f.document_id = ?1 AND f.source = 'table' "
        "AND f.label IS NOT NULL AND f.kind NOT IN ('date', 'ratio', 'year', 'rank') "
        "ORDER BY f.id";
    sqlite3_stmt *select = archive_statement(between->archive, SQL, between->error);
    if (select == NULL)
        return NULL;
    statement_bind(select, "i", document);
    return operands_read(between, select);
}

/* The only entry of that name and column; NULL for none or several. */
static const Entry *find_entry(const GArray *entries, const char *name, Column column) {
    const Entry *found = NULL;
    for (guint i = 0; i < entries->len; i++) {
        if (entry_at(entries, i)->column != column || strcmp(entry_at(entries, i)->name, name) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = entry_at(entries, i);
    }
    return found;
}

static gboolean has_name(const GArray *entries, const char *name, guint end) {
    for (guint i = 0; i < end; i++)
        if (strcmp(entry_at(entries, i)->name, name) == 0)
            return TRUE;
    return FALSE;
}

static gboolean are_alike(const Operand *ours, const Operand *theirs) {
    Decimal difference, envelope;
    Outcome outcome = operands_agree(ours, theirs, &difference, &envelope);
    return g_strcmp0(ours->unit, theirs->unit) == 0 &&
           (outcome == OUTCOME_PASS || outcome == OUTCOME_ROUNDING);
}

/* Ours of the same name and unit as an approved figure, or NULL. */
static const Entry *partner(const GArray *ours, const GArray *theirs, const Entry *their) {
    const Entry *our = find_entry(ours, their->name, their->column);
    return our == NULL || find_entry(theirs, their->name, their->column) == NULL ||
                   g_strcmp0(our->operand->unit, their->operand->unit) != 0
               ? NULL
               : our;
}

/* Figures of one column; said only where most of them are alike. */
static gboolean compare_column(Between *between, Column column, const GArray *ours,
                               const GArray *theirs, const Party *other) {
    guint alike = 0, unlike = 0;
    for (guint i = 0; i < theirs->len; i++) {
        const Entry *their = entry_at(theirs, i);
        const Entry *our = their->column == column ? partner(ours, theirs, their) : NULL;
        if (our != NULL && are_alike(our->operand, their->operand))
            alike++;
        else if (our != NULL)
            unlike++;
    }
    for (guint i = 0; i < theirs->len; i++) {
        const Entry *their = entry_at(theirs, i);
        const Entry *our = their->column == column ? partner(ours, theirs, their) : NULL;
        if (our == NULL)
            continue;
        gboolean same = are_alike(our->operand, their->operand);
        if (!(same ? between_write_check(between, OUTCOME_PASS, NULL, our->operand, their->operand)
              : unlike <= alike
                  ? between_fail(between, our->operand, their->operand, other, FALSE)
                  : between_write_check(between, OUTCOME_NOT_CHECKABLE, "指标与批复的多数不同",
                                        our->operand, their->operand)))
            return FALSE;
    }
    return TRUE;
}

static gboolean fail_missing(Between *between, const Entry *their, const Party *other) {
    g_autofree char *message =
        g_strdup_printf("%d年度%s所载指标“%s”（其第%" G_GINT64_FORMAT "页）在自评中没有。",
                        other->year, other->doc_type, their->name, their->operand->page);
    const BetweenFinding finding = {.suspected = TRUE, /* it may have another name */
                                    .message = message,
                                    .theirs = their->operand,
                                    .others = other,
                                    .others_count = 1};
    return between_write_finding(between, &finding);
}

/* Approved indicators that the self-evaluation does not have. FALSE in `known` where most are
 * absent. */
static gboolean compare_names(Between *between, const GArray *ours, const GArray *theirs,
                              const Party *other, gboolean *known) {
    guint there = 0, absent = 0;
    for (guint i = 0; i < theirs->len; i++) {
        const Entry *their = entry_at(theirs, i);
        if (their->column == COLUMN_OTHER || has_name(theirs, their->name, i))
            continue;
        if (has_name(ours, their->name, ours->len))
            there++;
        else
            absent++;
    }
    *known = there > absent;
    for (guint i = 0; *known && absent > 0 && i < theirs->len; i++) {
        const Entry *their = entry_at(theirs, i);
        if (their->column == COLUMN_OTHER || has_name(theirs, their->name, i) ||
            has_name(ours, their->name, ours->len) || has_word(between->rule, "total", their->name))
            continue;
        if (!fail_missing(between, their, other))
            return FALSE;
    }
    return TRUE;
}

static gboolean is_asked(const Between *between) {
    const Party *party = between->party;
    return party->key != NULL && party->year != 0 && party->subject != NULL &&
           party->doc_type != NULL && has_word(between->rule, "own-type", party->doc_type);
}

gboolean between_targets(Between *between) {
    gboolean known;
    if (!is_asked(between))
        return TRUE;
    g_autoptr(GArray) others = between_others(between);
    if (others == NULL)
        return FALSE;
    if (others->len == 0)
        return between_write_check(between, OUTCOME_NOT_CHECKABLE, "档案中没有批复的绩效目标", NULL,
                                   NULL);
    const Party *other = &g_array_index(others, Party, others->len - 1);
    g_autoptr(GArray) our_figures = table_figures(between, between->party->id);
    g_autoptr(GArray) their_figures =
        our_figures == NULL ? NULL : table_figures(between, other->id);
    if (their_figures == NULL)
        return FALSE;
    g_autoptr(GArray) ours = read_entries(between, our_figures);
    g_autoptr(GArray) theirs = read_entries(between, their_figures);
    if (!compare_names(between, ours, theirs, other, &known))
        return FALSE;
    if (!known)
        return between_write_check(between, OUTCOME_NOT_CHECKABLE, "指标名称与批复的对不上", NULL,
                                   NULL);
    return compare_column(between, COLUMN_TARGET, ours, theirs, other) &&
           compare_column(between, COLUMN_WEIGHT, ours, theirs, other);
}
