#include "normalize/label_words.h"
#include <string.h>

enum { HAN_BYTES = 3, ENUMERATION_MIN = 2 };

static gboolean has_unpaired(const char *text, const char *mark, const char *other) {
    return strstr(text, mark) != NULL && strstr(text, other) == NULL;
}

/* Quotes stay where they are a pair: “三公”经费. */
void trim_punctuation(GString *text) {
    static const char *const POINTS[] = {"、", "，", "：", ":", ",", "-", "—", "·", "。", "；"};
    gboolean again = TRUE;
    while (again && text->len > 0) {
        again = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(POINTS); i++) {
            gsize n = strlen(POINTS[i]);
            if (g_str_has_prefix(text->str, POINTS[i])) {
                g_string_erase(text, 0, (gssize)n);
                again = TRUE;
            }
            if (text->len > n && g_str_has_suffix(text->str, POINTS[i])) {
                g_string_truncate(text, text->len - n);
                again = TRUE;
            }
        }
        if (g_str_has_prefix(text->str, "”") ||
            (g_str_has_prefix(text->str, "“") && has_unpaired(text->str, "“", "”")) ||
            (g_str_has_prefix(text->str, "《") && has_unpaired(text->str, "《", "》"))) {
            g_string_erase(text, 0, HAN_BYTES);
            again = TRUE;
        }
    }
}

static gboolean says_nothing(const Wording *wording, const char *core) {
    return wording_has(wording, WORDS_WEAK, core) || wording_has(wording, WORDS_VERB, core);
}

/* A leading word of one character may be the beginning of another (在职, 经费):
 * it goes where it is the whole core, where it leads a deed or a measure
 * (共支出), and where it is a particle (对执行率) that begins no other word
 * (对象). */
static gboolean strip_lead(const Wording *wording, GString *core) {
    gsize n = wording_prefix(wording, WORDS_LEAD, core->str);
    if (n <= HAN_BYTES && n != core->len && says_nothing(wording, core->str) &&
        wording_prefix(wording, WORDS_PARTICLE, core->str) == 0)
        return FALSE; /* 使用 is not 使 and 用 */
    if (n == 0 || (n <= HAN_BYTES && n != core->len && !says_nothing(wording, core->str + n) &&
                   (wording_prefix(wording, WORDS_PARTICLE, core->str) == 0 ||
                    wording_prefix(wording, WORDS_NOT_PARTICLE, core->str) > 0)))
        return FALSE;
    g_string_erase(core, 0, (gssize)n);
    return TRUE;
}

/* 下【达】 is no tail of 下达, nor 总【计】 of 总计; but 为 is one of 得分为,
 * which ends like 分为. */
static gboolean strip_tail(const Wording *wording, GString *core) {
    gsize n = wording_suffix(wording, WORDS_TAIL, core->str, core->len);
    gboolean measured =
        n > 0 && wording_suffix(wording, WORDS_WEAK, core->str, core->len - n) > HAN_BYTES;
    if (n == core->len && wording_has(wording, WORDS_PER_UNIT, core->str))
        return FALSE; /* 每人 1,200 元 */
    if (n == 0 || wording_suffix(wording, WORDS_NOT_TAIL, core->str, core->len) > n ||
        (!measured && wording_suffix(wording, WORDS_VERB, core->str, core->len) > n) ||
        wording_suffix(wording, WORDS_WEAK, core->str, core->len) > n)
        return FALSE;
    g_string_truncate(core, core->len - n);
    return TRUE;
}

/* 50 万元以上【（含 50 万元）】的项目: what is said of the bound before is no part of a name. */
static void strip_inclusion(GString *core) {
    static const char *const OPENS[] = {"（含", "(含", "（不含", "(不含"};
    for (guint i = 0; i < G_N_ELEMENTS(OPENS); i++) {
        const char *close = g_str_has_prefix(core->str, OPENS[i]) ? strpbrk(core->str, ")") : NULL;
        if (g_str_has_prefix(core->str, OPENS[i]) && close == NULL)
            close = strstr(core->str, "）");
        if (close != NULL)
            g_string_erase(core, 0, g_utf8_next_char(close) - core->str);
    }
}

void core_strip(const Wording *wording, GString *core) {
    trim_punctuation(core);
    strip_inclusion(core);
    if (g_str_has_prefix(core->str, "的")) /* 100 万元以上【的】设备 43 台 */
        g_string_erase(core, 0, HAN_BYTES);
    while (core->len > 0 && (strip_lead(wording, core) || strip_tail(wording, core)))
        trim_punctuation(core);
}

/* 全年, 年初 at its front. */
static gsize time_length(const Wording *wording, const char *core) {
    gsize n = wording_prefix(wording, WORDS_TIME, core);
    return n < strlen(core) ? n : 0;
}

/* “三公”: what stands in quotes is no noun without what follows. */
static gboolean is_quoted(const char *text, gsize length) {
    static const char OPENS[] = "“", CLOSES[] = "”";
    return g_str_has_prefix(text, OPENS) && length > strlen(CLOSES) &&
           strncmp(text + length - strlen(CLOSES), CLOSES, strlen(CLOSES)) == 0;
}

char *core_noun(const Wording *wording, const char *core) {
    GString *noun = g_string_new(core + time_length(wording, core));
    for (gsize n; (n = wording_prefix(wording, WORDS_VERB, noun->str)) > HAN_BYTES;)
        g_string_erase(noun, 0, (gssize)n);
    if (wording_has(wording, WORDS_WEAK, noun->str))
        g_string_truncate(noun, 0);
    for (gsize n; noun->len > 0 &&
                  ((n = wording_suffix(wording, WORDS_WEAK, noun->str, noun->len)) > HAN_BYTES ||
                   (n = wording_suffix(wording, WORDS_VERB, noun->str, noun->len)) > HAN_BYTES) &&
                  n < noun->len && !is_quoted(noun->str, noun->len - n) &&
                  wording_suffix(wording, WORDS_COMPOUND, noun->str, noun->len) <= n &&
                  !wording_has(wording, WORDS_PART, noun->str);)
        g_string_truncate(noun, noun->len - n);
    if (g_str_has_prefix(noun->str, "的"))
        g_string_erase(noun, 0, HAN_BYTES);
    gsize time = wording_suffix(wording, WORDS_TIME, noun->str, noun->len);
    if (time > HAN_BYTES && time < noun->len) /* 经费支出【年初】 of 年初预算 */
        g_string_truncate(noun, noun->len - time);
    gboolean rest = noun->len <= HAN_BYTES && *core != '\0' && !g_str_equal(noun->str, core);
    gboolean bracket = g_str_has_prefix(noun->str, "（") && g_str_has_suffix(noun->str, "）");
    if (rest || bracket || /* 全年【（调整）】预算数 */
        wording_has(wording, WORDS_DONE, noun->str) ||
        says_nothing(wording, noun->str) || /* 【后】 of 调整后预算数, 【上年】 of 上年结转 */
        (noun->len > 0 && wording_period_prefix(wording, noun->str) == noun->len))
        g_string_truncate(noun, 0);
    return g_string_free(noun, FALSE);
}

char *core_without_change(const Wording *wording, const char *core) {
    gsize n = wording_suffix(wording, WORDS_CHANGE, core, strlen(core));
    gsize rest = n > HAN_BYTES ? strlen(core) - n : 0; /* 药占比 is no 占比 of 药 */
    return rest > HAN_BYTES ? g_strndup(core, rest) : g_strdup(core);
}

gsize core_base_length(const Wording *wording, const char *core) {
    for (const char *p = core; *p != '\0'; p = g_utf8_next_char(p)) {
        gsize n = wording_prefix(wording, WORDS_BASE, p);
        gsize period = n == 0 ? 0 : wording_period_prefix(wording, p + n);
        if (period > 0 && p != core &&
            (p[n + period] == '\0' || g_str_equal(p + n + period, "同期")))
            return (gsize)(p - core);
    }
    return 0;
}

/* 比上年的, 较去年同期: nothing but the year of comparison. */
static gboolean is_base(const Wording *wording, const char *core) {
    gsize n = wording_prefix(wording, WORDS_BASE, core);
    const char *rest = core + n;
    gsize period = n == 0 ? 0 : wording_period_prefix(wording, rest);
    if (period == 0)
        return FALSE;
    rest += period;
    if (g_str_has_prefix(rest, "同期"))
        rest += strlen("同期");
    if (g_str_has_prefix(rest, "的"))
        rest += HAN_BYTES;
    return *rest == '\0';
}

/* 占…的比重, 高于全省平均, 比上年增长, 增长: begins with what relates it. */
static gboolean is_relative(const Wording *wording, const char *core) {
    return wording_has(wording, WORDS_CHANGE, core) ||
           wording_prefix(wording, WORDS_RELATIVE, core) > 0 ||
           ((g_str_has_prefix(core, "比") || g_str_has_prefix(core, "较")) &&
            !g_str_has_prefix(core, "比例") && !g_str_has_prefix(core, "比重") &&
            wording_suffix(wording, WORDS_CHANGE, core, strlen(core)) > 0);
}

static gboolean is_weak(const Wording *wording, const char *core) {
    if (says_nothing(wording, core) || wording_has(wording, WORDS_DONE, core))
        return TRUE;
    if (wording_has(wording, WORDS_COMPOUND, core))
        return FALSE;
    gsize time = time_length(wording, core);
    if (time > 0) /* 全年支出 is the department's, 全年完成 says nothing */
        return wording_has(wording, WORDS_VERB, core + time);
    GString *rest = g_string_new(core);
    for (gsize n; (n = wording_prefix(wording, WORDS_VERB, rest->str)) > HAN_BYTES;)
        g_string_erase(rest, 0, (gssize)n);
    gboolean weak = rest->len == 0 || says_nothing(wording, rest->str);
    g_string_free(rest, TRUE);
    return weak;
}

CoreKind core_kind(const Wording *wording, const char *core) {
    if (*core == '\0')
        return CORE_EMPTY;
    if (is_base(wording, core))
        return CORE_BASE;
    if (is_relative(wording, core))
        return CORE_RELATIVE;
    return is_weak(wording, core) ? CORE_WEAK : CORE_NAME;
}

GPtrArray *nouns_split(const char *text) {
    static const char *const LAST[] = {"以及", "和", "与", "及"};
    GPtrArray *pieces = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(text, "、", -1);
    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
            g_ptr_array_add(pieces, g_strdup(*part));
    for (guint i = 0; i < G_N_ELEMENTS(LAST) && pieces->len > 0; i++) {
        char *tail = pieces->pdata[pieces->len - 1];
        char *at = g_strrstr(tail, LAST[i]);
        if (at == NULL || at == tail || at[strlen(LAST[i])] == '\0')
            continue;
        g_ptr_array_add(pieces, g_strdup(at + strlen(LAST[i])));
        *at = '\0';
        break;
    }
    return pieces;
}

gboolean nouns_are_parallel(const Wording *wording, GPtrArray *nouns) {
    const char *last = nouns->len == 0 ? "" : nouns->pdata[nouns->len - 1];
    glong n = g_utf8_strlen(last, -1);
    if (nouns->len < 2 || n < 2)
        return FALSE;
    const char *ending = g_utf8_offset_to_pointer(last, n - 2);
    guint alike = 0;
    for (guint i = 0; i < nouns->len; i++)
        alike += g_str_has_suffix(nouns->pdata[i], ending) ? 1 : 0;
    if (alike == nouns->len)
        return TRUE;
    gsize measure = MAX(wording_suffix(wording, WORDS_WEAK, last, strlen(last)),
                        wording_suffix(wording, WORDS_SHARED_MEASURE, last, strlen(last)));
    if (alike != 1 || measure <= HAN_BYTES || measure == strlen(last))
        return FALSE;
    for (guint i = 0; i + 1 < nouns->len; i++) {
        char *noun = nouns->pdata[i];
        nouns->pdata[i] = g_strconcat(noun, last + strlen(last) - measure, NULL);
        g_free(noun);
    }
    return TRUE;
}

void noun_cut(const Wording *wording, GString *text) {
    gsize n;
    const char *cut = wording_find(wording, WORDS_CUT, text->str, &n);
    while (cut != NULL && cut != text->str && /* not within 平【均】 */
           wording_prefix(wording, WORDS_NOT_TAIL, g_utf8_prev_char(cut)) > 0)
        cut = wording_find(wording, WORDS_CUT, cut + n, &n);
    if (cut != NULL)
        g_string_truncate(text, (gsize)(cut - text->str));
    trim_punctuation(text);
    gsize joined = wording_suffix(wording, WORDS_JOIN, text->str, text->len);
    if (joined > 0) /* 186 个乡镇卫生院【和】2143 个村卫生室 */
        g_string_truncate(text, text->len - joined);
    if (g_str_has_suffix(text->str, "的") || g_str_has_suffix(text->str, "中"))
        g_string_truncate(text, text->len - HAN_BYTES);
    if (g_str_has_prefix(text->str, "的"))
        g_string_erase(text, 0, HAN_BYTES);
}

gboolean is_enumeration(const char *text) {
    guint n = 0;
    for (const char *p = text; (p = strstr(p, "、")) != NULL; p += HAN_BYTES)
        n++;
    return n >= ENUMERATION_MIN;
}
