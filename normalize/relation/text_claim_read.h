/* Reading claims: what a percentage of running text may be a rate, a share or a completion of. The
 * files text_claim*.c share it.
 */
#pragma once
#include "normalize/relation/text_claim.h"

/* Characters that tell one deed from another. */
enum { STEM_CHARACTERS = 2, BEHIND_CHARACTERS_MAX = 12 };

/* An amount or a count that says how much there is: no change, not last year's, not one of many. */
gboolean claim_is_level(const Flow *flow, guint i);
/* A percentage that may be a claim. */
gboolean claim_is_percent(const Flow *flow, guint i);

/* A claim of the percentage, without figures. */
Claim claim_begin(const Flow *flow, guint i);
/* Adds what may be its numerator, unless it has it; `named` by the words of the rate. */
void claim_add_above(const Flow *flow, Claim *claim, guint token, gboolean named);

/* Amounts and counts before the percentage in its paragraph, nearest first: tokens; the caller
 * unrefs. */
GArray *claim_levels_before(const Flow *flow, guint i);
/* What a share is of: 奖牌总数 of 奖牌总数的; the caller frees it. */
char *claim_whole_of(const Flow *flow, const char *words);
/* What a figure is called: the words around it and its label; the caller frees it. */
char *claim_deed_of(const Flow *flow, guint i);
/* 整改率 after 已整改 57 个: whether the name of the rate is in what was done. */
gboolean claim_names_deed(const char *rate, const char *deed);

void claim_read_completion(const Flow *flow, Claim *claim, guint i, const GArray *levels);
void claim_read_rate(const Flow *flow, Claim *claim, guint i, const char *words,
                     const GArray *levels);
/* 分别占 92.34% 和 7.66%: claims in a row, of figures in a row. How many percentages that settles.
 */
guint claims_collect_respective(Flow *flow, TextReading *reading, guint i);
