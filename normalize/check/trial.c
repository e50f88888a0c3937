#include "normalize/check/trial.h"
#include <string.h>

/* How far around a figure its explanation is looked for, and for how many figures of a relation. */
enum { EXPLANATION_CHARACTERS = 300, EXPLAINED_MEMBERS_MAX = 16 };
/* Beyond which no explanation is looked for, whatever the paragraph's length. */
enum { PASSAGE_CHARACTERS_MAX = 4000 };

static guint class_find(const GArray *classes, guint fact) {
    guint *parent = (guint *)(gpointer)classes->data;
    while (parent[fact] != fact) {
        parent[fact] = parent[parent[fact]];
        fact = parent[fact];
    }
    return fact;
}

static void class_join(GArray *classes, guint a, guint b) {
    guint x = class_find(classes, a), y = class_find(classes, b);
    g_array_index(classes, guint, MAX(x, y)) = MIN(x, y);
}

static gboolean facts_equal(const Fact *a, const Fact *b) {
    return a->kind == b->kind && g_strcmp0(a->text, b->text) == 0;
}

/* Equal members of a relation of sameness are one figure: neighbours after sorting by value. */
typedef struct {
    const Report *report;
    guint fact;
} Keyed;

static int compare_values(gconstpointer a, gconstpointer b) {
    const Keyed *x = a, *y = b;
    return g_strcmp0(report_fact(x->report, x->fact)->text, report_fact(y->report, y->fact)->text);
}

static void join_equal(Trials *trials, const GArray *members) {
    g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(Keyed));
    for (guint i = 0; i < members->len; i++) {
        Keyed keyed = {trials->report, g_array_index(members, Member, i).fact};
        g_array_append_val(sorted, keyed);
    }
    g_array_sort(sorted, compare_values);
    for (guint i = 1; i < sorted->len; i++) {
        guint a = g_array_index(sorted, Keyed, i - 1).fact,
              b = g_array_index(sorted, Keyed, i).fact;
        if (facts_equal(report_fact(trials->report, a), report_fact(trials->report, b)))
            class_join(trials->classes, a, b);
    }
}

static void classes_build(Trials *trials, const Rules *rules) {
    Report *report = trials->report;
    trials->classes = g_array_sized_new(FALSE, FALSE, sizeof(guint), report->facts->len);
    for (guint i = 0; i < report->facts->len; i++)
        g_array_append_val(trials->classes, i);
    for (guint i = 1; i < report->facts->len; i++) {
        const Fact *a = report_fact(report, i - 1), *b = report_fact(report, i);
        if (a->place.start == b->place.start && a->place.end == b->place.end && facts_equal(a, b))
            class_join(trials->classes, i - 1, i);
    }
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        const Rule *rule = rules_find(rules, relation->rule);
        if (rule != NULL && rule->kind == CHECK_SAME)
            join_equal(trials, relation->members);
    }
    for (guint i = 0; i < report->facts->len; i++)
        g_array_index(trials->classes, guint, i) = class_find(trials->classes, i);
}

static void index_trial(Trials *trials, guint trial) {
    const Relation *relation = report_relation(trials->report, trials_at(trials, trial)->relation);
    for (guint i = 0; i < relation->members->len; i++) {
        guint class = trials_class(trials, g_array_index(relation->members, Member, i).fact);
        GArray *list = g_hash_table_lookup(trials->trials_of, GUINT_TO_POINTER(class));
        if (list == NULL) {
            list = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(trials->trials_of, GUINT_TO_POINTER(class), list);
        }
        if (list->len == 0 || g_array_index(list, guint, list->len - 1) != trial)
            g_array_append_val(list, trial);
    }
}

static void read_operands(Trials *trials, const Relation *relation) {
    g_array_set_size(trials->operands, 0);
    for (guint i = 0; i < relation->members->len; i++) {
        Operand operand =
            operand_of_member(trials->report, &g_array_index(relation->members, Member, i));
        g_array_append_val(trials->operands, operand);
    }
}

static Judgement judge_operands(const Trials *trials, const Trial *trial) {
    return judge(trial->rule->kind, (const Operand *)(gpointer)trials->operands->data,
                 trials->operands->len, report_relation(trials->report, trial->relation)->counted);
}

/* A rate that is a hundredth of what it should be was left as a ratio: 0.02 % for 2 %. */
static gboolean is_ratio_as_percent(const Trials *trials, const Trial *trial) {
    const Judgement *judgement = &trial->judgement;
    CheckKind kind = trial->rule->kind;
    Decimal value, expected;
    if ((kind != CHECK_RATIO && kind != CHECK_GROWTH) || judgement->outcome != OUTCOME_FAIL ||
        !judgement->has_expected || decimal_sign(judgement->actual) == 0 ||
        decimal_sign(judgement->expected) == 0)
        return FALSE;
    const Member *member = &g_array_index(report_relation(trials->report, trial->relation)->members,
                                          Member, judgement->subject);
    int decimals = report_fact(trials->report, member->fact)->decimals - 2;
    return decimals >= 0 && decimal_scale(judgement->actual, 2, &value) &&
           decimal_round(judgement->expected, decimals, &expected) &&
           decimal_compare(value, expected) == 0;
}

/* The paragraph and those behind it, up to the next heading or table. */
static Span passage_of(const Document *document, guint block) {
    Span span = document_lines_span(document, document_block(document, block)->lines);
    for (guint i = block + 1; i < document->blocks->len; i++) {
        const Block *next = document_block(document, i);
        if (next->kind == BLOCK_HEADING || next->kind == BLOCK_TABLE)
            break;
        if (next->kind == BLOCK_PARAGRAPH)
            span.end = document_lines_span(document, next->lines).end;
        if (span.end > span.start + PASSAGE_CHARACTERS_MAX)
            break;
    }
    return span;
}

/* The text around a fact, in its paragraph and the next ones. */
static char *text_around(const Document *document, const Fact *fact) {
    Span block = passage_of(document, fact->block);
    Span around = {fact->place.start, fact->place.end};
    around.start -= MIN(around.start, (guint)EXPLANATION_CHARACTERS);
    around.end += EXPLANATION_CHARACTERS;
    around.start = MAX(around.start, block.start);
    around.end = MIN(around.end, block.end);
    GString *text = g_string_new(NULL);
    if (around.start < around.end)
        document_append_text(document, around, text);
    return g_string_free(text, FALSE);
}

/* The cells of a fact's row. */
static char *text_of_row(const Document *document, const Fact *fact) {
    const Table *table = document_table(document, fact->table);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = table_cell(table, i);
        if (cell->row <= fact->row && fact->row < cell->row + cell->row_span &&
            cell->lines.count > 0)
            document_append_text(document, document_lines_span(document, cell->lines), text);
    }
    return g_string_free(text, FALSE);
}

static gboolean says_why(const Rule *rule, const char *text) {
    for (guint k = 0; k < rule->unless->len; k++)
        if (expression_find(rule->unless->pdata[k], text))
            return TRUE;
    return FALSE;
}

/* Whether a paragraph, heading or cell anywhere says it. */
static gboolean is_explained_anywhere(const Trials *trials, const Rule *rule) {
    const Document *document = trials->report->document;
    g_autoptr(GString) text = g_string_new(NULL);
    document_append_text(document, (Span){0, document->characters->len}, text);
    return says_why(rule, text->str);
}

/* Whether the text around the figures says what takes a failure out; anywhere in the report, where
 * the rule's parameter `anywhere` says so. */
static gboolean is_explained(const Trials *trials, const Trial *trial) {
    if (rule_parameter(trial->rule, "anywhere") != NULL)
        return is_explained_anywhere(trials, trial->rule);
    const GArray *members = report_relation(trials->report, trial->relation)->members;
    const Document *document = trials->report->document;
    guint n = trial->rule->unless->len == 0 ? 0 : MIN(members->len, (guint)EXPLAINED_MEMBERS_MAX);
    for (guint i = 0; i < n; i++) {
        const Fact *fact = report_fact(trials->report, g_array_index(members, Member, i).fact);
        if (fact->block >= document->blocks->len)
            continue;
        g_autofree char *text = fact->table == DOCUMENT_NONE ? text_around(document, fact)
                                                             : text_of_row(document, fact);
        if (says_why(trial->rule, text))
            return TRUE;
    }
    return FALSE;
}

static void judge_relation(Trials *trials, const Rule *rule, guint relation) {
    Report *report = trials->report;
    const Rule *as_percent = rules_find(trials->rules, "PCT-03");
    Trial trial = {.rule = rule, .relation = relation};
    read_operands(trials, report_relation(report, relation));
    trial.judgement = judge_operands(trials, &trial);
    if (trial.judgement.outcome == OUTCOME_FAIL && is_explained(trials, &trial)) {
        trial.judgement.outcome = OUTCOME_PASS;
        trial.judgement.reason = "文中已作说明";
    }
    if (as_percent != NULL && as_percent->kind != CHECK_NONE && is_ratio_as_percent(trials, &trial))
        rule = as_percent;
    trial.check = report_add_check(report, rule->id, trial.judgement.outcome);
    Check *check = report_check(report, trial.check);
    const GArray *members = report_relation(report, relation)->members;
    check->reason = report_string(report, trial.judgement.reason);
    g_array_append_vals(check->members, members->data, members->len);
    g_array_append_val(trials->trials, trial);
    index_trial(trials, trials->trials->len - 1);
}

Trials *trials_new(Report *report, const Rules *rules) {
    Trials *trials = g_new0(Trials, 1);
    trials->report = report;
    trials->rules = rules;
    trials->trials = g_array_new(FALSE, TRUE, sizeof(Trial));
    trials->operands = g_array_new(FALSE, TRUE, sizeof(Operand));
    trials->trials_of = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    classes_build(trials, rules);
    for (guint i = 0; i < report->relations->len; i++) {
        const Rule *rule = rules_find(rules, report_relation(report, i)->rule);
        if (rule != NULL)
            judge_relation(trials, rule, i);
    }
    return trials;
}

void trials_free(Trials *trials) {
    if (trials == NULL)
        return;
    g_array_unref(trials->trials);
    g_array_unref(trials->operands);
    g_array_unref(trials->classes);
    g_hash_table_unref(trials->trials_of);
    g_free(trials);
}

const GArray *trials_with(const Trials *trials, guint class) {
    return g_hash_table_lookup(trials->trials_of, GUINT_TO_POINTER(class));
}

Judgement trials_judge(Trials *trials, guint i, guint class, Decimal value) {
    const Trial *trial = trials_at(trials, i);
    read_operands(trials, report_relation(trials->report, trial->relation));
    for (guint k = 0; class != CLASS_NONE && k < trials->operands->len; k++) {
        Operand *operand = &g_array_index(trials->operands, Operand, k);
        if (trials_class(trials, operand->fact) == class)
            operand->value = operand->value_high = value;
    }
    return judge_operands(trials, trial);
}

static void add_value(GArray *values, Decimal value) {
    for (guint i = 0; i < values->len; i++)
        if (decimal_compare(g_array_index(values, Decimal, i), value) == 0)
            return;
    g_array_append_val(values, value);
}

/* How actual − expected of a linear relation moves with an operand: +1, −1, or 0 where it is no
 * operand of it. */
static int slope(CheckKind kind, const Operand *operand, int fell) {
    gboolean first = g_str_equal(operand->role, "total") ||
                     (kind == CHECK_DEDUCTION && g_str_equal(operand->role, "earned")) ||
                     g_str_equal(operand->role, "change");
    if (first)
        return 1;
    if (kind == CHECK_DEDUCTION)
        return g_str_equal(operand->role, "weight") ? -1 : operand->sign;
    if (kind == CHECK_DIFFERENCE)
        return g_str_equal(operand->role, "this") ? -fell : fell;
    return -operand->sign;
}

/* One operand of a quotient from the others: x = a × b ÷ c, at the operand's own precision. */
static void solve_quotient(const Operand *x, Decimal a, Decimal b, Decimal c, GArray *values) {
    Decimal value;
    int places = MAX(-x->exponent, 0);
    if (!decimal_multiply(a, b, &value) || !decimal_divide(value, c, places, &value))
        return;
    if (x->exponent > 0 &&
        (!decimal_scale(value, -x->exponent, &value) || !decimal_round(value, 0, &value) ||
         !decimal_scale(value, x->exponent, &value)))
        return;
    add_value(values, value);
}

static const Operand *operand_in(const Trials *trials, const char *role) {
    for (guint i = 0; i < trials->operands->len; i++) {
        const Operand *operand = &g_array_index(trials->operands, Operand, i);
        if (g_str_equal(operand->role, role))
            return operand;
    }
    return NULL;
}

static void solve_rate(const Trials *trials, const Operand *x, GArray *values) {
    static const Decimal HUNDRED = {.coefficient = 100};
    const Operand *above = operand_in(trials, "numerator"),
                  *below = operand_in(trials, "denominator");
    const Operand *rate = operand_in(trials, "rate");
    above = above == NULL ? operand_in(trials, "change") : above;
    below = below == NULL ? operand_in(trials, "last") : below;
    if (above == NULL || below == NULL || rate == NULL)
        return;
    if (x == above)
        solve_quotient(x, rate->value, below->value, HUNDRED, values);
    else if (x == below)
        solve_quotient(x, above->value, HUNDRED, rate->value, values);
}

/* Growth from `last` to `this`, or of `this` by `change`: this = last × (100 ± rate) ÷ 100. */
static void solve_growth(const Trials *trials, const Operand *x, GArray *values) {
    static const Decimal HUNDRED = {.coefficient = 100};
    const Operand *now = operand_in(trials, "this"), *last = operand_in(trials, "last");
    const Operand *change = operand_in(trials, "change"), *rate = operand_in(trials, "rate");
    if (rate == NULL || now == NULL || (last == NULL) == (change == NULL)) {
        solve_rate(trials, x, values);
        return;
    }
    int sign = change == NULL ? rate->sign : change->sign;
    Decimal grown = sign < 0 ? decimal_negate(rate->value) : rate->value;
    if (!decimal_add(HUNDRED, grown, &grown))
        return;
    if (x == now && last != NULL)
        solve_quotient(x, last->value, grown, HUNDRED, values);
    else if (x == last)
        solve_quotient(x, now->value, HUNDRED, grown, values);
    else if (x == now)
        solve_quotient(x, change->value, grown, rate->value, values);
    else if (x == change)
        solve_quotient(x, now->value, rate->value, grown, values);
}

void trials_solve(Trials *trials, guint i, guint member, GArray *values) {
    const Trial *trial = trials_at(trials, i);
    const Judgement *judgement = &trial->judgement;
    CheckKind kind = trial->rule->kind;
    read_operands(trials, report_relation(trials->report, trial->relation));
    const Operand *x = &g_array_index(trials->operands, Operand, member);
    if (kind == CHECK_SAME) {
        for (guint k = 0; k < trials->operands->len; k++)
            add_value(values, g_array_index(trials->operands, Operand, k).value);
        return;
    }
    if (!judgement->has_expected)
        return;
    if (member == judgement->subject) {
        add_value(values, judgement->expected);
        return;
    }
    if (kind == CHECK_RATIO)
        solve_rate(trials, x, values);
    else if (kind == CHECK_GROWTH)
        solve_growth(trials, x, values);
    if (kind == CHECK_RATIO || kind == CHECK_GROWTH)
        return;
    if (kind == CHECK_PRODUCT || kind == CHECK_MEAN || kind == CHECK_COUNT)
        return;
    const Operand *change = operand_in(trials, "change");
    Decimal value;
    int direction = slope(kind, x, change == NULL ? 1 : change->sign);
    Decimal step = direction > 0 ? decimal_negate(judgement->difference) : judgement->difference;
    if (decimal_add(x->value, step, &value))
        add_value(values, value);
}
