/* Wording: the words around figures, from wording.xml. Sets of words that a label begins or ends
 * with, that share a figure among nouns, that announce parts, and so on; what each set is for
 * stands in the file.
 */
#pragma once
#include "normalize/pattern_file.h"

typedef enum {
    WORDS_LEAD,
    WORDS_TAIL,
    WORDS_VERB,
    WORDS_WEAK,
    WORDS_CUT,
    WORDS_SHARE,
    WORDS_DISTRIBUTE,
    WORDS_JOIN,
    WORDS_PLACING,
    WORDS_ORDINAL,
    WORDS_PARTS,
    WORDS_TOTAL,
    WORDS_PURPOSE,
    WORDS_SOME,
    WORDS_REST,
    WORDS_ORGANISATION,
    WORDS_WEIGHT,
    WORDS_EARNED,
    WORDS_DEDUCTED,
    WORDS_REASON,
    WORDS_INDICATOR,
    WORDS_CODE_HEAD,
    WORDS_BASE,
    WORDS_FORM_KEY,
    WORDS_VALUE_HEAD,
    WORDS_UNIT_HEAD,
    WORDS_CARRIED,
    WORDS_TIME,
    WORDS_CHANGE,
    WORDS_PARTICLE,
    WORDS_NOT_PARTICLE,
    WORDS_SHARED_MEASURE,
    WORDS_GOAL,
    WORDS_TOPIC,
    WORDS_SCORE_HEAD,
    WORDS_TOTAL_ROW,
    WORDS_FIGURE_HEAD,
    WORDS_BUDGET_HEAD,
    WORDS_ACTUAL_HEAD,
    WORDS_RATE_HEAD,
    WORDS_AS_OF,
    WORDS_RELATIVE,
    WORDS_CLASS_END,
    WORDS_NOT_TAIL,
    WORDS_SAME,
    WORDS_PLAN,
    WORDS_DONE,
    WORDS_PASSIVE,
    WORDS_KIND_OF,
    WORDS_SPEND,
    WORDS_HEAD,
    WORDS_COMPARED,
    WORDS_FULFILLED,
    WORDS_NOT_ORGANISATION,
    WORDS_PER_UNIT,
    WORDS_FULL_MARK,
    WORDS_SPAN,
    WORDS_COMPOUND,
    WORDS_PART,
    WORDS_DAY_END,
    WORDS_TITLE_FRAME,
    WORDS_RATIO_BASE,
    WORDS_LINE_KEY,
    WORDS_SIDE,
    WORDS_WEIGHT_END,
    WORDS_OF_THEM,
    WORDS_OF_YEAR,
    WORDS_SCORED,
    WORDS_NOT_EARNED,
    WORDS_PLACE_UNIT,
    WORDS_SO_FAR,
    WORDS_AGE,
    WORDS_ANNOUNCE,
    WORDS_SPENT_ON,
    WORDS_FLOW,
    WORD_SETS
} WordSet;

typedef struct Wording Wording;

/* The one that was read with these patterns. */
const Wording *patterns_wording(const Patterns *patterns);

Wording *wording_new(void);
void wording_free(Wording *wording);
gboolean wording_read(Wording *wording, const PatternFile *file, const xmlNode *root,
                      GError **error);
gboolean wording_finish(Wording *wording, GError **error); /* every set must be there */

/* Bytes of the longest word of the set that `text` begins (ends) with; 0 for none. */
gsize wording_prefix(const Wording *wording, WordSet set, const char *text);
gsize wording_suffix(const Wording *wording, WordSet set, const char *text, gsize length);
gboolean wording_has(const Wording *wording, WordSet set, const char *text);

/* The first place where a word of the set stands in `text`, and how long it is; NULL for none. */
const char *wording_find(const Wording *wording, WordSet set, const char *text, gsize *length);

/* The last word for a year in `text` that no word of comparison stands before. */
gboolean wording_period(const Wording *wording, const char *text, int *years);

/* Bytes of the word for a year (上年, 去年) that `text` begins with; 0 for none. */
gsize wording_period_prefix(const Wording *wording, const char *text);

/* The whole word for the half that `text` begins (ends) with: 收 for 收入; NULL for none. */
const char *wording_full_at_start(const Wording *wording, const char *text, gsize *length);
const char *wording_full_at_end(const Wording *wording, const char *text, gsize *length);

/* The unit that a column head gives to bare numbers, or NULL. */
const char *wording_head_unit(const Wording *wording, const char *head);
