/* Bodies: whose report it is — other departments' names in its place, names for oneself, codes. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include <string.h>

/* Names that differ in so many characters are one name, misprinted. */
enum { MISPRINTED_CHARACTERS = 1, CODE_PREFIX_DIGITS = 3 };

/* Whether two names of one length differ in at most MISPRINTED_CHARACTERS characters. */
static gboolean is_misprint(const char *a, const char *b) {
    guint differing = 0;
    for (; *a != '\0' && *b != '\0'; a = g_utf8_next_char(a), b = g_utf8_next_char(b))
        differing += g_utf8_get_char(a) != g_utf8_get_char(b);
    return *a == '\0' && *b == '\0' && differing > 0 && differing <= MISPRINTED_CHARACTERS;
}

static gboolean is_exempt(const Rule *rule, const char *name) {
    for (guint i = 0; i < rule->words->len; i++)
        if (g_str_has_suffix(name, rule->words->pdata[i]))
            return TRUE;
    return FALSE;
}

/* The own name without one place in it: 上海市规划和自然资源局 in 上海市普陀区规划和自然资源局. The
 * superior body, or the own name left short. The rule's parameter `places` says how places end. */
static gboolean is_superior(const Rule *rule, const char *name, const char *own) {
    const char *words = rule_parameter(rule, "places");
    gsize length = strlen(name), all = strlen(own), front = 0;
    if (length >= all)
        return FALSE;
    while (front < length && name[front] == own[front])
        front++;
    gsize back = length - front; /* of the name, behind what is alike */
    if (memcmp(name + front, own + all - back, back) != 0 || back == 0)
        return FALSE;
    g_auto(GStrv) places = g_strsplit(words == NULL ? "" : words, " ", -1);
    for (char **place = places; *place != NULL; place++) {
        gsize n = strlen(*place);
        if (n > 0 && all - back >= n && memcmp(own + all - back - n, *place, n) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The own name with characters left out: 区市场监管局 for 临江区市场监督管理局. */
static gboolean is_short(const char *name, const char *own) {
    for (; *own != '\0' && *name != '\0'; own = g_utf8_next_char(own))
        if (g_utf8_get_char(name) == g_utf8_get_char(own))
            name = g_utf8_next_char(name);
    return *name == '\0';
}

typedef enum { BODY_OWN, BODY_MISPRINTED, BODY_SUPERIOR, BODY_OTHER } BodyKind;

static BodyKind body_kind(const Examination *examination, const Rule *rule, const char *name) {
    const char *own = examination->report->department;
    if (strcmp(name, own) == 0 || strstr(name, own) != NULL || g_str_has_suffix(own, name))
        return BODY_OWN;
    return is_misprint(name, own)         ? BODY_MISPRINTED
           : is_superior(rule, name, own) ? BODY_SUPERIOR
           : is_short(name, own)          ? BODY_OWN
                                          : BODY_OTHER;
}

typedef struct {
    const Rule *rule;
    BodyKind kind; /* what is looked for */
    Evidence evidence;
    guint n;
} Bodies;

static void take_body(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                      gpointer data) {
    Bodies *bodies = data;
    (void)sentence;
    g_autofree char *name = expression_group(match->expression, "name");
    if (name == NULL || is_exempt(bodies->rule, name))
        return;
    bodies->n++;
    if (body_kind(examination, bodies->rule, name) == bodies->kind)
        evidence_add(&bodies->evidence, place);
}

/* The superior body in place of the own one: it may be meant. */
static gboolean check_superior(Examination *examination, const Rule *rule) {
    Bodies bodies = {rule, BODY_SUPERIOR, evidence_new(), 0};
    match_rule(examination, rule, take_body, &bodies);
    evidence_sort(&bodies.evidence);
    gboolean found = bodies.evidence.places->len > 0;
    if (found) {
        g_autoptr(GString) text = g_string_new(NULL);
        Span place = g_array_index(bodies.evidence.places, Span, 0);
        g_string_append(text, "单位名称可能不完整，");
        examination_quote(examination, text, place);
        g_string_append_printf(text, "与“%s”不一致。", examination->report->department);
        guint finding = examination_fail(examination, rule, CERTAINTY_SUSPECTED, place, text->str);
        report_finding(examination->report, finding)->severity = SEVERITY_HINT;
    }
    evidence_clear(&bodies.evidence);
    return found;
}

void check_entity(Examination *examination, const Rule *rule) {
    Bodies bodies = {rule, BODY_OTHER, evidence_new(), 0};
    if (examination->report->department == NULL)
        examination_leave(examination, rule, "部门名称不明");
    else {
        match_rule(examination, rule, take_body, &bodies);
        evidence_sort(&bodies.evidence);
        if (bodies.evidence.places->len > 0 || !check_superior(examination, rule))
            examination_judge(examination, rule, &bodies.evidence);
    }
    evidence_clear(&bodies.evidence);
}

/* Words for oneself that stand in the report, once each. */
typedef struct {
    GHashTable *words;
    Evidence evidence;
} Selves;

static void take_self(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                      gpointer data) {
    Selves *selves = data;
    (void)examination, (void)sentence;
    char *word = expression_group(match->expression, "self");
    if (word != NULL && g_hash_table_add(selves->words, word))
        evidence_add(&selves->evidence, place);
}

/* Several words for oneself; or the own name misprinted. */
void check_self(Examination *examination, const Rule *rule) {
    Bodies bodies = {rule, BODY_MISPRINTED, evidence_new(), 0};
    Selves selves = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), evidence_new()};
    match_rule(examination, rule, take_self, &selves);
    if (examination->report->department != NULL)
        match_rule(examination, rule, take_body, &bodies);
    if (selves.evidence.places->len > 1)
        examination_judge(examination, rule, &selves.evidence);
    if (bodies.evidence.places->len > 0) {
        evidence_sort(&bodies.evidence);
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_append_printf(text, "单位名称与“%s”不一致：", examination->report->department);
        examination_quote(examination, text, g_array_index(bodies.evidence.places, Span, 0));
        if (bodies.evidence.places->len > 1)
            g_string_append_printf(text, "等%u处", bodies.evidence.places->len);
        g_string_append(text, "。");
        examination_fail(examination, rule, rule->certainty,
                         g_array_index(bodies.evidence.places, Span, 0), text->str);
    } else if (selves.evidence.places->len <= 1)
        examination_pass(examination, rule);
    g_hash_table_unref(selves.words);
    evidence_clear(&selves.evidence);
    evidence_clear(&bodies.evidence);
}

/* Codes by what they are codes of. */
typedef struct {
    char *unit;
    GPtrArray *projects; /* char * */
    Evidence evidence;   /* of each of them */
} Codes;

static void take_code(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                      gpointer data) {
    Codes *codes = data;
    (void)examination, (void)sentence;
    char *project = expression_group(match->expression, "project");
    char *unit = expression_group(match->expression, "unit");
    if (project != NULL) {
        g_ptr_array_add(codes->projects, project);
        evidence_add(&codes->evidence, place);
    }
    if (unit != NULL && codes->unit == NULL)
        codes->unit = g_steal_pointer(&unit);
    g_free(unit);
}

/* 预算编码 in one cell, 318001 in the next. */
static void read_code_cells(const Examination *examination, const Rule *rule, Codes *codes) {
    const Script *script = examination->script;
    for (guint i = 0; codes->unit == NULL && i + 1 < script->passages->len; i++) {
        const Passage *key = script_passage(script, i), *value = key + 1;
        if (key->kind != PASSAGE_CELL || value->kind != PASSAGE_CELL || key->table != value->table)
            continue;
        g_autofree char *head = script_folded(script, key->start, key->end);
        if (!g_ptr_array_find_with_equal_func(rule->words, head, g_str_equal, NULL))
            continue;
        char *code = script_folded(script, value->start, value->end);
        if (strspn(code, "0123456789") >= CODE_PREFIX_DIGITS)
            codes->unit = g_steal_pointer(&code);
        g_free(code);
    }
}

/* A project's code begins as the unit's does, or has it somewhere inside. */
static gboolean code_belongs(const char *project, const char *unit) {
    return strncmp(project, unit, CODE_PREFIX_DIGITS) == 0 || strstr(project, unit) != NULL;
}

void check_code(Examination *examination, const Rule *rule) {
    Codes codes = {NULL, g_ptr_array_new_with_free_func(g_free), evidence_new()};
    Evidence foreign = evidence_new();
    match_rule(examination, rule, take_code, &codes);
    read_code_cells(examination, rule, &codes);
    for (guint i = 0; codes.unit != NULL && i < codes.projects->len; i++)
        if (!code_belongs(codes.projects->pdata[i], codes.unit))
            evidence_add(&foreign, g_array_index(codes.evidence.places, Span, i));
    if (codes.unit == NULL || codes.projects->len == 0)
        examination_leave(examination, rule, "没有同时列出单位编码和项目编码");
    else
        examination_judge(examination, rule, &foreign);
    g_free(codes.unit);
    g_ptr_array_unref(codes.projects);
    evidence_clear(&codes.evidence);
    evidence_clear(&foreign);
}
