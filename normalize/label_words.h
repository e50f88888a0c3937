/* The words of a clause before a figure, taken apart: what leads in and out, the thing, the deed,
 * the measure. Private to the labeller. All texts are UTF-8 without white space. */
#pragma once
#include "normalize/wording.h"

typedef enum {
    CORE_NAME,     /* names a thing: 国家高新技术企业 */
    CORE_EMPTY,    /* nothing */
    CORE_WEAK,     /* a deed or a measure that needs a thing: 通过认定, 总数 */
    CORE_RELATIVE, /* what became of the figure before: 增长, 占本年支出 */
    CORE_BASE,     /* the figure of another year, to compare with: 比上年的 */
} CoreKind;

/* Takes off what only leads in and out. Words for a part of the year stay in front: 全年, 年初. */
void core_strip(const Wording *wording, GString *core);

CoreKind core_kind(const Wording *wording, const char *core);

/* Bytes of the core before the year that its figure is one of: 收入【由上年的】; 0 where there is
 * none, or nothing before it. */
gsize core_base_length(const Wording *wording, const char *core);

/* The thing that a core names, without deeds and measures; empty where it names none. */
char *core_noun(const Wording *wording, const char *core);

/* Of the label of a figure that grew or shrank, what did: 占比【提高】. */
char *core_without_change(const Wording *wording, const char *core);

/* Splits at 、 and, in the last piece, at its last 和, 与 or 及. */
GPtrArray *nouns_split(const char *text);

/* Nouns of one figure: those that end alike (社会公众满意度, 企业服务满意度), or whose last has the
 * measure of all (社会公众, 服务对象满意度), which the others then get too. FALSE for others. */
gboolean nouns_are_parallel(const Wording *wording, GPtrArray *nouns);

/* Cuts the text at the end of a noun that begins it. */
void noun_cut(const Wording *wording, GString *text);

/* 制定方案、收集数据、现场核查: several things in a row. */
gboolean is_enumeration(const char *text);

void trim_punctuation(GString *text);
