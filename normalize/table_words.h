/* TableWords: what the heads of rows and columns of tables mean, from tables.xml.
 *
 * Texts are folded as the grid has them: without white space, brackets and letters half-width.
 */
#pragma once
#include "normalize/pattern_file.h"
#include "normalize/word_list.h"

typedef enum {
    HEAD_NONE,
    HEAD_SINGLE, /* figures that no sum is made of */
    HEAD_DEDUCTED,
    HEAD_SCORED, /* earned ÷ weight */
    HEAD_EARNED,
    HEAD_WEIGHT,
    HEAD_ADDED, /* to the budget */
    HEAD_CUT,
    HEAD_GROWTH, /* a change in percent */
    HEAD_RATE,
    HEAD_SHARE,
    HEAD_CHANGE,
    HEAD_LEFT,
    HEAD_LAST,
    HEAD_ORIGINAL, /* the budget before it was adjusted */
    HEAD_RECEIVED,
    HEAD_BUDGET,
    HEAD_ACTUAL,
    HEAD_TARGET,
    HEAD_RESULT,
    HEAD_SIGN, /* ≥ ≤ of a target that stand in a column of their own */
    HEAD_UNIT,
    HEAD_THIS,
    HEAD_GROUP,    /* names of first-level indicators */
    HEAD_SUBGROUP, /* of second-level ones */
    HEAD_NAME,     /* of the row itself */
    HEAD_REASON,   /* and remarks */
    HEAD_INDICATOR,
    HEAD_ROLES
} HeadRole;

typedef enum {
    TABLE_SOME,
    TABLE_REST, /* a last part that makes the parts all there are */
    TABLE_MINUS,
    TABLE_PLUS,
    TABLE_APART,
    TABLE_MEAN,
    TABLE_EXECUTION,
    TABLE_INCOME,
    TABLE_SPENDING,
    TABLE_ALL_INCOME,
    TABLE_ALL_SPENDING,
    TABLE_OPENING,
    TABLE_CLOSING,
    TABLE_ENDING,    /* words that a name may end with and be the same name */
    TABLE_CLASS,     /* what stands behind the name of a class before the name itself */
    TABLE_LESSER,    /* indicators of which less is better, where no sign says so */
    TABLE_SIGN_MORE, /* in a column of signs: the target is a least value */
    TABLE_SIGN_LESS,
    TABLE_SIGN_NONE, /* it is no number */
    TABLE_COUNTED,   /* endings of names that only say that something is counted */
    TABLE_GOAL,      /* cells that tell in sentences what is to be reached */
    TABLE_DEED,      /* before the name of an indicator in a sentence */
    TABLE_BESIDE,    /* words that make a sentence's figure another than the result */
    TABLE_SUBJECT,   /* what asks for a project's name */
    TABLE_SCORED,    /* how a text calls the total of its score table */
    TABLE_BLANK,     /* what a cell has that is missing: - / 无 */
    TABLE_OVERALL,   /* the whole name of the row that sums a score table up */
    TABLE_SETS
} TableSet;

typedef struct TableWords TableWords;

/* The one that was read with these patterns. */
const TableWords *patterns_table_words(const Patterns *patterns);

TableWords *table_words_new(void);
void table_words_free(TableWords *words);
gboolean table_words_read(TableWords *words, const PatternFile *file, const xmlNode *root,
                          GError **error);

/* The rank of a name that says that its figures are sums, by its end, brackets aside; 0 where it
 * does not. `before`: its parts can only follow it. */
guint table_words_rank(const TableWords *words, const char *name, gboolean *before);

/* Whether the cell's text is missing: none, or a word of the set `blank`. Missing is not zero. */
gboolean table_words_blank(const TableWords *words, const char *text);
/* Whether the text is a word of the set, and nothing else. */
gboolean table_words_is(const TableWords *words, TableSet set, const char *text);
gboolean table_words_begins(const TableWords *words, TableSet set, const char *name);
/* Bytes of the word of the set that the first `length` bytes end with; 0 for none. */
gsize table_words_ends(const TableWords *words, TableSet set, const char *name, gsize length);
/* Behind the last word of the set in the name; the name where there is none. */
const char *table_words_behind(const TableWords *words, TableSet set, const char *name);
gboolean table_words_has(const TableWords *words, TableSet set, const char *name);

/* What the figures below a head are, and, where `rule` is not NULL, the rule that the head has of
 * its own, or NULL. */
HeadRole table_words_column(const TableWords *words, const char *head, const char **rule);

/* What a text calls the rows of a list whose names have this head; NULL where it heads no list. */
const WordList *table_words_listed(const TableWords *words, const char *head);

/* The rule that a sum of parts with these names, to a total with this one, is an application of;
 * NULL for no special one. `total` NULL: whatever it is called. */
const char *table_words_whole(const TableWords *words, const char *total, const GPtrArray *names);

/* Dimensions that columns are told apart by, and the value that a head has in one; NULL for none.
 */
guint table_words_dimensions(const TableWords *words);
const char *table_words_measure(const TableWords *words, guint dimension, const char *head);

/* Whether a column's measure, the values of its dimensions each before a “|”, is one that a text
 * must name, as this one does not: 政府性基金. */
gboolean table_words_narrows(const TableWords *words, const char *measure, const char *text);

/* The values of all dimensions in a name that is made of their words alone, as columns have them:
 * one word, to be freed. NULL where the name says more, or, unless `both`, 收入 and 支出. */
char *table_words_measure_name(const TableWords *words, const char *name, gboolean both);
