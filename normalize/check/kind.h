/* Kind: the checks that read the report itself, one function for each kind.
 *
 * Each leaves at least one check of its rule: passed, failed with a finding, or not checkable with
 * the reason. The words it looks for stand in its row of rules.xml.
 */
#pragma once
#include "normalize/check/examination.h"

typedef void (*KindReader)(Examination *examination, const Rule *rule);

/* NULL: a kind of relations, or none. */
KindReader kind_reader(CheckKind kind);

/* phrase.c: words in sentences */
void check_phrase(Examination *examination, const Rule *rule);
void check_pair(Examination *examination, const Rule *rule);
void check_presence(Examination *examination, const Rule *rule);
void check_reason(Examination *examination, const Rule *rule);
