/* Vocabulary: the words that numbers are read with.
 *
 * Units, measure words, currencies, bounds, fixed terms and claims, from the files of `patterns/`;
 * built once by the loader of the patterns, then only read. Every word is folded as the text is
 * (`normalize/text.h`), and found by its longest match. Strings belong to the Patterns.
 */
#pragma once
#include "normalize/figure.h"
#include "normalize/pattern_file.h"
#include "normalize/text.h"
#include "normalize/trie.h"
#include <libxml/tree.h>
#include <unicode/uregex.h>

/* Words are numbered from 1. */
typedef struct {
    const char *unit; /* canonical; NULL for a word that only looks like a unit: 分别 */
    FigureKind kind;
    int power;         /* canonical = printed × 10^power: −2 for 分 in money, −1 for ‰ */
    int factor;        /* 12 for 打: canonical = printed × factor; 0 for 1 */
    int steps;         /* parts of money: 1 for 角, 2 for 分, 0 for 元; −1: not money */
    gboolean discrete; /* counts whole things: 项, 家 */
    gboolean spoken;   /* 块, 毛: 五块六 is 5.6 */
    const char *pattern;
} UnitWord;

typedef struct {
    Qualifier qualifier;
    gboolean bare;  /* only before 十 百 千 万 亿: 上百家 */
    gboolean stops; /* a word that only looks like a bound: 节约 */
    const char *pattern;
} BoundWord;

typedef struct {
    const char *kind; /* NULL for a word that only looks like a reference: 代表 */
    const char *pattern;
    gboolean vague;  /* terms: no count behind 建成 either: 一批 */
    gboolean digits; /* ordinals: behind Arabic digits too */
} TermWord;

/* An expression that claims what is not a figure. It is tried around each of its literals. */
typedef struct {
    const char *kind, *pattern, *text;
    URegularExpression *expression; /* never run itself: cloned by each scan; NULL: not compiled */
    int claim_group;                /* of the group (?<claim>…), 0 where it has none */
    gboolean digits;                /* anchored at the start of a run of digits */
} ClaimExpression;

/* What the words of each trie are for; those marked ← are matched backwards, before a place. */
typedef enum {
    TRIE_UNIT,      /* units, measure words, currencies */
    TRIE_CURRENCY,  /* ← what stands before an amount: 人民币 ￥ */
    TRIE_BEFORE,    /* ← bounds before a number */
    TRIE_INSIDE,    /* between number and unit: 余 多 */
    TRIE_AFTER,     /* 以上 左右 */
    TRIE_TERM,      /* fixed terms */
    TRIE_REFERENCE, /* ← what a number after it names: 表 图 附件 */
    TRIE_LITERAL,   /* literals of claims */
    TRIE_ANNOUNCER, /* 单位: before a unit */
    TRIE_MONEY,     /* ← 资金 经费: a bare 万 after them is money */
    TRIE_ORDINAL,   /* behind a numeral: makes a name of it: 级 期 号楼 */
    TRIE_COUNTER,   /* ← after these 一个 counts: 完成 共 */
    TRIE_SAYS,      /* ← says that the numeral alone is a number: 等于 */
    TRIE_GOES_ON,   /* goes on behind such a numeral */
    TRIE_NOT_TENTH, /* behind 成: no tenths but 成立 */
    TRIE_NOT_MINUS, /* ← before 负: no sign but 担负 */
    TRIE_PLACED,    /* behind 前三: places in a ranking */
    TRIE_PLACING,   /* ← before 首位: who is first in what */
    VOCABULARY_TRIES
} VocabularyTrie;

typedef struct Vocabulary {
    GArray *units, *bounds, *terms; /* UnitWord, BoundWord, TermWord; tries hold index + 1 */
    GPtrArray *expressions;         /* ClaimExpression */
    GPtrArray *literals;            /* GArray of guint: the expressions of a literal */
    Trie *tries[VOCABULARY_TRIES];
    guint minute;      /* the unit of 30分 behind hours */
    guint score;       /* the unit that a bare N分 has */
    NormalText folded; /* the word that is being added */
    guint8 *first;     /* FIRST_* of each character below 0x10000 */
} Vocabulary;

enum { FIRST_TERM = 1, FIRST_LITERAL = 2, FIRST_NUMBER = 4 };

Vocabulary *vocabulary_new(void);
void vocabulary_free(Vocabulary *vocabulary);

/* One file: <units>, <measures>, <currencies>, <bounds>, <fixed-terms> or <claims>. */
gboolean vocabulary_read(Vocabulary *vocabulary, const PatternFile *file, const xmlNode *root,
                         GError **error);
/* After the last file. */
gboolean vocabulary_finish(Vocabulary *vocabulary, GError **error);

static inline const UnitWord *vocabulary_unit(const Vocabulary *vocabulary, guint word) {
    return &g_array_index(vocabulary->units, UnitWord, word - 1);
}
static inline const BoundWord *vocabulary_bound(const Vocabulary *vocabulary, guint word) {
    return &g_array_index(vocabulary->bounds, BoundWord, word - 1);
}
static inline const TermWord *vocabulary_term(const Vocabulary *vocabulary, guint word) {
    return &g_array_index(vocabulary->terms, TermWord, word - 1);
}
