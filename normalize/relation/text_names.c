/* Figures of the whole text by what they are called. A name is taken without words that name
 * nothing of their own (汽车补贴资金 is 汽车补贴), since a plan and its result differ in just
 * these. */
#include "normalize/relation/text_names.h"
#include <string.h>

/* Figures of one name that are kept; characters that a name must have. */
enum { FUND_CHARACTERS_MIN = 2 };
enum {
    NAMED_MAX = 128,
    NAME_CHARACTERS_MIN = 2,
    TAIL_CHARACTERS = 4,
    HEAD_CHARACTERS_MAX = 40,
    HAN_BYTES = 3
};

struct Names {
    const Clues *clues;
    GHashTable *stems;   /* name and unit → GArray of facts */
    GHashTable *tails;   /* the end of the label, and unit → GArray of facts */
    GHashTable *tail_of; /* fact + 1 → its key in tails */
    GHashTable *cores;   /* what a whole is called → GArray of facts */
    GHashTable *plans;   /* unit → GArray of facts */
    GHashTable *units;   /* unit → GArray of facts */
    GHashTable *stem_of; /* fact + 1 → its key in stems */
};

static GHashTable *new_table(void) {
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                 (GDestroyNotify)(void (*)(void))g_array_unref);
}

Names *names_new(const Clues *clues) {
    Names *names = g_new0(Names, 1);
    names->clues = clues;
    names->stems = new_table();
    names->tails = new_table();
    names->tail_of = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    names->cores = new_table();
    names->plans = new_table();
    names->units = new_table();
    names->stem_of = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    return names;
}

void names_free(Names *names) {
    g_hash_table_unref(names->stems);
    g_hash_table_unref(names->tails);
    g_hash_table_unref(names->tail_of);
    g_hash_table_unref(names->cores);
    g_hash_table_unref(names->plans);
    g_hash_table_unref(names->units);
    g_hash_table_unref(names->stem_of);
    g_free(names);
}

static void note(GHashTable *table, char *key, guint fact) {
    GArray *list = g_hash_table_lookup(table, key);
    if (list == NULL) {
        list = g_array_new(FALSE, FALSE, sizeof(guint));
        g_hash_table_insert(table, key, list);
    } else
        g_free(key);
    if (list->len < NAMED_MAX)
        g_array_append_val(list, fact);
}

/* What a whole is called, without words that only say it is one: 支出总额 is what was called
 * 决算支出, 开工数 what was called 实际开工. */
static char *whole_core(const Clues *clues, const char *words) {
    g_autofree char *core = g_strdup(words);
    char *from = core;
    while (g_ascii_isdigit(*from))
        from++;
    for (gsize head = 1, tail = 1; head > 0 || tail > 0;) {
        head = clues_prefix(clues, CLUE_NAME_HEAD, from);
        head = strlen(from) > head + HAN_BYTES ? head : 0;
        from += head;
        tail = clues_suffix(clues, CLUE_NAME_TAIL, from, strlen(from));
        tail = strlen(from) > tail + HAN_BYTES ? tail : 0;
        from[strlen(from) - tail] = '\0';
    }
    return g_strdup(from);
}

char *names_head(const Flow *flow, guint token) {
    guint first = token;
    while (first > 0 && !flow_is_end(flow, first - 1))
        first--;
    guint from = first == 0 ? 0 : flow_token(flow, first - 1)->end, to = from;
    while (first < token && flow_token(flow, first)->kind != TOKEN_FACT)
        first++;
    to = MIN(flow_token(flow, first)->start, from + HEAD_CHARACTERS_MAX);
    g_autofree char *text = flow_text(flow, from, to);
    gsize n;
    const char *end = clues_find(flow->clues, CLUE_OPENING, text, &n);
    if (end == NULL) /* 采购金额【中】货物类 864.30 万元 */
        end = strstr(text, "中");
    if (end == NULL || end == text || g_str_has_prefix(text, "其中"))
        return NULL;
    text[end - text] = '\0';
    const char *name = g_str_has_prefix(text, "在") ? text + strlen("在") : text;
    gboolean plain = strstr(name, "，") == NULL && strstr(name, "、") == NULL;
    return plain && g_utf8_strlen(name, -1) >= NAME_CHARACTERS_MIN ? g_strdup(name) : NULL;
}

char *names_own(const Flow *flow, const char *words) {
    g_autofree char *rest = clues_without(flow->clues, CLUE_GENERIC, words);
    GString *own = g_string_new(NULL);
    for (const char *p = rest; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_ascii_isdigit(*p))
            g_string_append_len(own, p, g_utf8_next_char(p) - p);
    if (flow->report->department != NULL)
        g_string_replace(own, flow->report->department, "", 0);
    return g_string_free(own, FALSE);
}

/* 县级配套【资金】未足额到位，应到位 750 万元: the sentence begins with another's money. */
gboolean names_lead_is_fund(const Flow *flow, guint token) {
    guint first = token;
    gsize n;
    while (first > 0 && flow_token(flow, first - 1)->kind == TOKEN_FACT)
        first--;
    guint from = first == 0 ? 0 : flow_token(flow, first - 1)->end;
    if (flow_token(flow, first)->lead <= from)
        return FALSE;
    g_autofree char *text = flow_text(flow, from, flow_token(flow, first)->lead);
    const char *money = clues_find(flow->clues, CLUE_MONEY, text, &n);
    if (money == NULL)
        return FALSE;
    text[money - text] = '\0';
    const char *clause = text;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_ispunct(g_utf8_get_char(p)))
            clause = g_utf8_next_char(p);
    g_autofree char *named = clues_without(flow->clues, CLUE_WHOSE, clause);
    g_autofree char *own = names_own(flow, named);
    return g_utf8_strlen(own, -1) > FUND_CHARACTERS_MIN;
}

gboolean names_label_adds(const Flow *flow, guint token) {
    const char *label = flow_fact(flow, token)->label;
    g_autofree char *words = flow_words(flow, token);
    g_autofree char *own = clues_without(flow->clues, CLUE_GENERIC, words);
    glong nothing = g_utf8_strlen(own, -1); /* 到位【率】 */
    if (nothing > 1 || *words == '\0' || label == NULL)
        return FALSE;
    g_autofree char *named = clues_without(flow->clues, CLUE_WHOSE, label);
    g_autofree char *rest = clues_without(flow->clues, CLUE_GENERIC, named);
    return g_utf8_strlen(rest, -1) > NAME_CHARACTERS_MIN + nothing;
}

static char *stem_key(const Flow *flow, guint i) {
    g_autofree char *words = flow_words(flow, i);
    const Fact *fact = flow_fact(flow, i);
    g_autofree char *stem = clues_without(flow->clues, CLUE_GENERIC, words);
    if (g_utf8_strlen(stem, -1) < NAME_CHARACTERS_MIN)
        return NULL;
    return g_strconcat(stem, "|", fact->unit == NULL ? "" : fact->unit, NULL);
}

/* 建成自动化监测点 and 新建自动化监测点 end alike. */
static char *tail_key(const Fact *fact) {
    glong length = fact->label == NULL ? 0 : g_utf8_strlen(fact->label, -1);
    if (length < TAIL_CHARACTERS)
        return NULL;
    return g_strconcat(g_utf8_offset_to_pointer(fact->label, length - TAIL_CHARACTERS), "|",
                       fact->unit == NULL ? "" : fact->unit, NULL);
}

/* 计划发放 … 30 万张，补贴 …: the words of its sentence up to it. */
gboolean names_is_plan(const Flow *flow, guint i) {
    gsize n;
    g_autofree char *words = flow_words(flow, i);
    const char *label = flow_fact(flow, i)->label;
    if (clues_plan(flow->clues, words) != NULL ||
        (label != NULL && clues_plan(flow->clues, label) != NULL))
        return TRUE;
    guint section = flow_fact(flow, i)->section;
    if (section != REPORT_NONE && report_section(flow->report, section)->title != NULL) {
        const char *title = report_section(flow->report, section)->title;
        gboolean done = clues_find(flow->clues, CLUE_NARROW, title, &n) != NULL ||
                        strstr(title, "完成") != NULL || strstr(title, "实现") != NULL;
        if (!done && (clues_plan(flow->clues, title) != NULL))
            return TRUE;
    }
    for (guint k = i; k > 0 && !flow_is_end(flow, k - 1); k--) {
        if (flow_token(flow, k - 1)->kind != TOKEN_FACT)
            continue;
        guint from = k >= 2 ? flow_token(flow, k - 2)->end : 0;
        g_autofree char *before = flow_text(flow, from, flow_token(flow, k - 1)->start);
        if (g_str_has_prefix(before, "计划") || strstr(before, "。计划") != NULL ||
            strstr(before, "年计划") != NULL)
            return TRUE;
        if (strstr(before, "计划") != NULL && flow_token(flow, k - 1)->change == CHANGE_NONE &&
            !flow_token(flow, k - 1)->reference &&
            clues_find(flow->clues, CLUE_REACH, before, &n) == NULL &&
            wording_find(flow->wording, WORDS_DONE, words, &n) == NULL)
            return TRUE;
    }
    return FALSE;
}

void names_collect(Names *names, const Flow *flow) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        const Token *token = flow_token(flow, i);
        if (!(flow_is_exact(flow, i, FIGURE_AMOUNT) || flow_is_exact(flow, i, FIGURE_COUNT)) ||
            token->change != CHANGE_NONE)
            continue;
        const Fact *fact = flow_fact(flow, i);
        g_autofree char *words = flow_words(flow, i);
        gboolean nameless = *words == '\0' && fact->label != NULL; /* 42 个 18652 万元 */
        note(names->cores, whole_core(names->clues, nameless ? fact->label : words), token->fact);
        if (!nameless && fact->label != NULL && strstr(words, fact->label) == NULL)
            note(names->cores, whole_core(names->clues, fact->label), token->fact);
        char *stem = stem_key(flow, i);
        if (stem != NULL) {
            g_hash_table_insert(names->stem_of, GUINT_TO_POINTER(token->fact + 1), g_strdup(stem));
            note(names->stems, stem, token->fact);
        }
        char *tail = tail_key(fact);
        if (tail != NULL) {
            g_hash_table_insert(names->tail_of, GUINT_TO_POINTER(token->fact + 1), g_strdup(tail));
            note(names->tails, tail, token->fact);
        }
        const char *unit = fact->unit == NULL ? "" : fact->unit;
        note(names->units, g_strdup(unit), token->fact);
        if (token->reference || names_is_plan(flow, i))
            note(names->plans, g_strdup(unit), token->fact);
    }
}

const GArray *names_like(const Names *names, guint fact) {
    const char *stem = g_hash_table_lookup(names->stem_of, GUINT_TO_POINTER(fact + 1));
    return stem == NULL ? NULL : g_hash_table_lookup(names->stems, stem);
}

const GArray *names_alike(const Names *names, guint fact) {
    const char *tail = g_hash_table_lookup(names->tail_of, GUINT_TO_POINTER(fact + 1));
    return tail == NULL ? NULL : g_hash_table_lookup(names->tails, tail);
}

const GArray *names_called(const Names *names, const char *words) {
    g_autofree char *core = whole_core(names->clues, words);
    return g_hash_table_lookup(names->cores, core);
}

const GArray *names_counted(const Names *names, const char *unit) {
    return g_hash_table_lookup(names->units, unit == NULL ? "" : unit);
}

const GArray *names_planned(const Names *names, const char *unit) {
    return g_hash_table_lookup(names->plans, unit == NULL ? "" : unit);
}
