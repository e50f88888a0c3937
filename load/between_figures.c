/* Figures of two reports.
 *
 * Reports name the same figure in different ways, so labels are compared by their core: of the
 * last part of a label that holds one of the rule's `strip` words, what is left without them
 * (年初财政拨款结转 and 年末财政拨款结转 are both 财政拨款结转). Equal cores make a proven finding;
 * figures that correspond only by being the only ones of their concept make a suspected one. */
#include "load/between.h"
#include "normalize/report.h"
#include <stdlib.h>
#include <string.h>

static const Party *party_at(const GArray *parties, guint i) {
    return &g_array_index(parties, Party, i);
}
static const Operand *operand_at(const GArray *operands, guint i) {
    return &g_array_index(operands, Operand, i);
}

static int parameter_number(const BetweenRule *rule, const char *name) {
    return atoi(between_parameter(rule, name, "0"));
}

GArray *between_others(Between *between) {
    static const char SQL[] =
        "SELECT " PARTY_COLUMNS "FROM documents d "
        "WHERE coalesce(d.department_code, d.department) = ?1 AND d.year = ?2 AND d.doc_type = ?3 "
        "AND d.subject IS ?4 AND d.status = 'ok' AND d.superseded_by IS NULL AND d.id <> ?5 "
        "ORDER BY d.sha256";
    sqlite3_stmt *select = archive_statement(between->archive, SQL, between->error);
    if (select == NULL)
        return NULL;
    const Party *party = between->party;
    statement_bind(select, "sissi", party->key,
                   (gint64)party->year + parameter_number(between->rule, "other-year"),
                   between_parameter(between->rule, "other-type", party->doc_type), party->subject,
                   party->id);
    return parties_read(between, select);
}

/* A concept's figures in a report about one year; `own`: also those that name no year. */
static GArray *figures(Between *between, gint64 document, const char *concept, int year,
                       gboolean own) {
    static const char SQL[] =
        "SELECT " OPERAND_COLUMNS "FROM facts f WHERE f.document_id = ?1 AND f.concept = ?2 "
        "AND f.qualifier = 'exact' AND f.entity IS NULL AND f.kind NOT IN ('date', 'ratio') "
        "AND ((?4 AND f.period IS NULL) OR f.period = ?3) ORDER BY f.id";
    sqlite3_stmt *select = archive_statement(between->archive, SQL, between->error);
    if (select == NULL)
        return NULL;
    g_autofree char *period = g_strdup_printf("%d", year);
    statement_bind(select, "issi", document, concept, period, (gint64)own);
    return operands_read(between, select);
}

/* What a report says about a concept as a whole: the figure that the yearbook shows. */
static GArray *main_figure(Between *between, gint64 document, const char *concept, int year) {
    static const char SQL[] =
        "SELECT " OPERAND_COLUMNS "FROM facts f WHERE f.document_id = ?1 AND f.concept = ?2 "
        "AND f.qualifier = 'exact' AND f.entity IS NULL AND f.kind NOT IN ('date', 'ratio') "
        "AND (f.period IS NULL OR f.period = ?3) ORDER BY f.role IS 'total' DESC, f.id LIMIT 1";
    sqlite3_stmt *select = archive_statement(between->archive, SQL, between->error);
    if (select == NULL)
        return NULL;
    g_autofree char *period = g_strdup_printf("%d", year);
    statement_bind(select, "iss", document, concept, period);
    return operands_read(between, select);
}

static gboolean has_strip_word(const BetweenRule *rule, const char *part) {
    for (guint i = 0; i < rule->names->len; i++)
        if (g_str_equal(rule->names->pdata[i], "strip") && strstr(part, rule->values->pdata[i]))
            return TRUE;
    return FALSE;
}

static char *strip_words(const BetweenRule *rule, const char *part) {
    g_autoptr(GString) core = g_string_new(part);
    for (guint i = 0; i < rule->names->len; i++)
        if (g_str_equal(rule->names->pdata[i], "strip"))
            g_string_replace(core, rule->values->pdata[i], "", 0);
    char *text = g_string_free(g_steal_pointer(&core), FALSE), *to = text;
    for (const char *from = text; *from != '\0'; from++)
        if (!g_ascii_isdigit(*from) && !g_ascii_isspace(*from))
            *to++ = *from;
    *to = '\0';
    return text;
}

static char *label_core(const BetweenRule *rule, const char *label) {
    g_auto(GStrv) parts = g_strsplit(label == NULL ? "" : label, "·", -1);
    for (guint i = g_strv_length(parts); i-- > 0;)
        if (has_strip_word(rule, parts[i]))
            return strip_words(rule, parts[i]);
    return strip_words(rule, label == NULL ? "" : label);
}

/* The amount in the unit of the page where both print it in the same one. */
static char *difference_text(const Operand *ours, const Operand *theirs, Decimal difference) {
    Decimal shown = decimal_absolute(difference);
    const char *unit = ours->unit == NULL ? "" : ours->unit;
    if (g_strcmp0(ours->printed_unit, theirs->printed_unit) == 0 && ours->printed_unit != NULL &&
        decimal_scale(shown, -ours->unit_power, &shown))
        unit = ours->printed_unit;
    g_autofree char *number = decimal_text(decimal_trim(shown));
    return g_strconcat(number, unit, NULL);
}

/* A number in the unit that an operand is printed in. */
static char *amount_text(const Operand *like, Decimal number) {
    const char *unit = like->unit == NULL ? "" : like->unit;
    if (like->printed_unit != NULL && decimal_scale(number, -like->unit_power, &number))
        unit = like->printed_unit;
    g_autofree char *text = decimal_text(decimal_trim(number));
    return g_strconcat(text, unit, NULL);
}

/* As printed, with the unit that stands elsewhere: 8509.18 in a table of 万元. */
static char *printed_text(const Operand *operand) {
    const char *unit = operand->printed_unit == NULL ? "" : operand->printed_unit;
    gboolean there = *unit == '\0' || operand->raw == NULL || strstr(operand->raw, unit) != NULL;
    return g_strconcat(operand->raw == NULL ? "" : operand->raw, there ? "" : unit, NULL);
}

static const char *type_words(const Party *party) {
    return party->doc_type == NULL ? "报告" : party->doc_type;
}

gboolean between_fail(Between *between, const Operand *ours, const Operand *theirs,
                      const Party *other, gboolean suspected) {
    Decimal difference, envelope;
    operands_agree(ours, theirs, &difference, &envelope);
    g_autofree char *apart = difference_text(ours, theirs, difference);
    g_autofree char *our_text = printed_text(ours), *their_text = printed_text(theirs);
    g_autofree char *message =
        g_strdup_printf("“%s”%s（第%" G_GINT64_FORMAT
                        "页）与%s%d年度%s所载“%s”%s（其第%" G_GINT64_FORMAT "页）不一致，相差%s。",
                        ours->label == NULL ? "" : ours->label, our_text, ours->page,
                        g_strcmp0(other->key, between->party->key) == 0 ? "" : other->department,
                        other->year, type_words(other), theirs->label == NULL ? "" : theirs->label,
                        their_text, theirs->page, apart);
    g_autofree char *difference_value = decimal_text(decimal_trim(difference));
    g_autofree char *envelope_value = decimal_text(decimal_trim(envelope));
    const BetweenFinding finding = {.suspected =
                                        suspected || ours->recognised || theirs->recognised ||
                                        between->party->inferred != NULL || other->inferred != NULL,
                                    .message = message,
                                    .ours = ours,
                                    .theirs = theirs,
                                    .expected = theirs->value,
                                    .actual = ours->value,
                                    .difference = difference_value,
                                    .envelope = envelope_value,
                                    .unit = ours->unit,
                                    .page = ours->page,
                                    .others = other,
                                    .others_count = 1};
    return between_write_finding(between, &finding);
}

static gboolean one_value(const GArray *operands) {
    for (guint i = 1; i < operands->len; i++)
        if (!g_str_equal(operand_at(operands, i)->value, operand_at(operands, 0)->value))
            return FALSE;
    return operands->len > 0;
}

/* The best match of a figure among others: agreeing before near, near before far. */
typedef struct {
    const Operand *theirs;
    const Party *other;
    Outcome outcome;
    Decimal distance;
    gboolean same_label;
} Match;

static void consider(const Operand *ours, const Operand *theirs, const Party *other,
                     gboolean same_label, Match *best) {
    Decimal difference, envelope;
    if (g_strcmp0(ours->unit, theirs->unit) != 0)
        return;
    Outcome outcome = operands_agree(ours, theirs, &difference, &envelope);
    Decimal distance = decimal_absolute(difference);
    if (best->theirs != NULL &&
        (outcome > best->outcome ||
         (outcome == best->outcome && decimal_compare(distance, best->distance) >= 0)))
        return;
    *best = (Match){theirs, other, outcome, distance, same_label};
}

/* One of our figures against those of another report, by label. */
static void match_labels(Between *between, const Operand *ours, gboolean only, const GArray *theirs,
                         const Party *other, Match *best) {
    g_autofree char *core = label_core(between->rule, ours->label);
    gboolean alone = only && one_value(theirs), found = FALSE;
    for (guint i = 0; i < theirs->len; i++) {
        g_autofree char *their_core = label_core(between->rule, operand_at(theirs, i)->label);
        if (!g_str_equal(core, their_core))
            continue;
        found = TRUE;
        consider(ours, operand_at(theirs, i), other, TRUE, best);
    }
    for (guint i = 0; i < theirs->len && !found && alone; i++)
        consider(ours, operand_at(theirs, i), other, FALSE, best);
}

static gboolean judge(Between *between, const Operand *ours, const Match *best) {
    if (best->theirs == NULL)
        return between_write_check(between, OUTCOME_NOT_CHECKABLE, "对方报告中没有能对应的数据",
                                   ours, NULL);
    if (best->outcome == OUTCOME_FAIL)
        return between_fail(between, ours, best->theirs, best->other, !best->same_label);
    return between_write_check(between, best->outcome, NULL, ours, best->theirs);
}

/* Equal figures at one printed place of the text are compared once. */
static gboolean stands_before(const GArray *ours, guint i) {
    const Operand *operand = operand_at(ours, i);
    for (guint k = 0; k < i; k++)
        if (g_str_equal(operand_at(ours, k)->value, operand->value) &&
            g_strcmp0(operand_at(ours, k)->label, operand->label) == 0)
            return TRUE;
    return FALSE;
}

static gboolean compare_concept(Between *between, const char *concept, const char *other_concept,
                                const GArray *others) {
    int offset = parameter_number(between->rule, "period"), year = between->party->year + offset;
    g_autoptr(GArray) ours = figures(between, between->party->id, concept, year, offset == 0);
    g_autoptr(GPtrArray) theirs = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    if (ours == NULL)
        return FALSE;
    for (guint i = 0; i < others->len && ours->len > 0; i++) {
        const Party *other = party_at(others, i);
        GArray *found = figures(between, other->id, other_concept, other->year, TRUE);
        if (found == NULL)
            return FALSE;
        g_ptr_array_add(theirs, found);
    }
    for (guint i = 0; i < ours->len; i++) {
        Match best = {0};
        if (stands_before(ours, i))
            continue;
        if (others->len == 0) {
            if (!between_write_check(between, OUTCOME_NOT_CHECKABLE, "档案中没有可比的报告",
                                     operand_at(ours, i), NULL))
                return FALSE;
            continue;
        }
        for (guint k = 0; k < theirs->len; k++)
            match_labels(between, operand_at(ours, i), one_value(ours), theirs->pdata[k],
                         party_at(others, k), &best);
        if (!judge(between, operand_at(ours, i), &best))
            return FALSE;
    }
    return TRUE;
}

/* `concept` and `other-concept` come in pairs; without the second both are the same. */
gboolean between_equal(Between *between) {
    const BetweenRule *rule = between->rule;
    if (between->party->key == NULL || between->party->year == 0 ||
        between->party->doc_type == NULL)
        return TRUE;
    g_autoptr(GArray) others = between_others(between);
    if (others == NULL)
        return FALSE;
    for (guint i = 0; i < rule->names->len; i++) {
        if (!g_str_equal(rule->names->pdata[i], "concept"))
            continue;
        gboolean pair =
            i + 1 < rule->names->len && g_str_equal(rule->names->pdata[i + 1], "other-concept");
        if (!compare_concept(between, rule->values->pdata[i], rule->values->pdata[pair ? i + 1 : i],
                             others))
            return FALSE;
    }
    return TRUE;
}

static gboolean match_any(Between *between, const Operand *ours, const Party *other,
                          GPtrArray *kept, Match *best) {
    const BetweenRule *rule = between->rule;
    for (guint i = 0; i < rule->names->len; i++) {
        if (!g_str_equal(rule->names->pdata[i], "other-concept"))
            continue;
        GArray *theirs = figures(between, other->id, rule->values->pdata[i], other->year, TRUE);
        if (theirs == NULL)
            return FALSE;
        g_ptr_array_add(kept, theirs);
        for (guint k = 0; k < theirs->len; k++)
            consider(ours, operand_at(theirs, k), other, FALSE, best);
    }
    return TRUE;
}

/* The report's main figure equals one of the other report's: which of its totals is meant is not
 * said, so a finding is suspected. */
gboolean between_any(Between *between) {
    const char *concept = between_parameter(between->rule, "concept", "");
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    Match best = {0};
    if (between->party->key == NULL || between->party->year == 0)
        return TRUE;
    g_autoptr(GArray) ours =
        main_figure(between, between->party->id, concept, between->party->year);
    g_autoptr(GArray) others = ours == NULL ? NULL : between_others(between);
    if (others == NULL || ours->len == 0)
        return others != NULL;
    if (others->len == 0)
        return between_write_check(between, OUTCOME_NOT_CHECKABLE, "档案中没有可比的报告",
                                   operand_at(ours, 0), NULL);
    for (guint i = 0; i < others->len; i++)
        if (!match_any(between, operand_at(ours, 0), party_at(others, i), kept, &best))
            return FALSE;
    return judge(between, operand_at(ours, 0), &best);
}

/* The total of each project's form: the row of totals, else the first figure of the concept. */
static GArray *form_figures(Between *between, const char *concept) {
    static const char SQL[] =
        "SELECT " OPERAND_COLUMNS "FROM documents d JOIN facts f ON f.id = "
        "(SELECT t.id FROM facts t WHERE t.document_id = d.id AND t.concept = ?3 "
        "AND t.kind = 'amount' AND t.qualifier = 'exact' AND t.entity IS NULL "
        "ORDER BY instr(t.label, '总额') > 0 OR instr(t.label, '合计') > 0 DESC, t.id LIMIT 1) "
        "WHERE coalesce(d.department_code, d.department) = ?1 AND d.year = ?2 "
        "AND d.doc_type IN ('" TYPE_PROJECT "', '" TYPE_FORM
        "') AND d.subject IS NOT NULL AND d.status = 'ok' "
        "AND d.superseded_by IS NULL ORDER BY d.subject, d.sha256";
    sqlite3_stmt *select = archive_statement(between->archive, SQL, between->error);
    if (select == NULL)
        return NULL;
    statement_bind(select, "sis", between->party->key, (gint64)between->party->year, concept);
    return operands_read(between, select);
}

static gboolean sum_up(const GArray *parts, Operand *sum) {
    for (guint i = 0; i < parts->len; i++)
        if (!decimal_add(sum->number, operand_at(parts, i)->number, &sum->number) ||
            !decimal_add(sum->half, operand_at(parts, i)->half, &sum->half))
            return FALSE;
    return TRUE;
}

/* Parts can never exceed the whole; what they are together is said only where they agree. */
static gboolean judge_forms(Between *between, const char *concept, const GArray *ours,
                            const GArray *parts, const Operand *sum) {
    const Operand *whole = operand_at(ours, 0);
    Decimal difference, envelope;
    Outcome outcome = operands_agree(whole, sum, &difference, &envelope);
    if (outcome == OUTCOME_PASS || outcome == OUTCOME_ROUNDING)
        return between_write_check(between, outcome, NULL, whole, operand_at(parts, 0));
    if (outcome == OUTCOME_NOT_CHECKABLE || decimal_sign(difference) > 0)
        return between_write_check(between, OUTCOME_NOT_CHECKABLE,
                                   "项目表可能没有报齐，合计小于部门数", whole,
                                   operand_at(parts, 0));
    g_autofree char *apart = difference_text(whole, operand_at(parts, 0), difference);
    g_autofree char *total = decimal_text(decimal_trim(sum->number));
    g_autofree char *whole_text = printed_text(whole), *sum_text = amount_text(whole, sum->number);
    g_autofree char *difference_value = decimal_text(decimal_trim(difference));
    g_autofree char *envelope_value = decimal_text(decimal_trim(envelope));
    g_autofree char *message = g_strdup_printf("部门“%s”%s（第%" G_GINT64_FORMAT
                                               "页）小于所属%u个项目表的%s之和%s，相差%s。",
                                               whole->label == NULL ? "" : whole->label, whole_text,
                                               whole->page, parts->len, concept, sum_text, apart);
    const BetweenFinding finding = {.suspected = TRUE,
                                    .message = message,
                                    .ours = whole,
                                    .more = parts,
                                    .expected = total,
                                    .actual = whole->value,
                                    .difference = difference_value,
                                    .envelope = envelope_value,
                                    .unit = whole->unit,
                                    .page = whole->page};
    return between_write_finding(between, &finding);
}

gboolean between_forms(Between *between) {
    const BetweenRule *rule = between->rule;
    if (between->party->key == NULL || between->party->year == 0 || between->party->subject != NULL)
        return TRUE;
    for (guint i = 0; i < rule->names->len; i++) {
        const char *concept = rule->values->pdata[i];
        Operand sum = {0};
        if (!g_str_equal(rule->names->pdata[i], "concept"))
            continue;
        g_autoptr(GArray) ours =
            main_figure(between, between->party->id, concept, between->party->year);
        g_autoptr(GArray) parts = ours == NULL ? NULL : form_figures(between, concept);
        if (parts == NULL)
            return FALSE;
        if (ours->len > 0 && parts->len > 0 && sum_up(parts, &sum) &&
            !judge_forms(between, concept, ours, parts, &sum))
            return FALSE;
    }
    return TRUE;
}
