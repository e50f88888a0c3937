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

/* reason.c: what needs a reason beside it */
void check_reason(Examination *examination, const Rule *rule);

/* grade.c */
void check_band(Examination *examination, const Rule *rule);
void check_grade(Examination *examination, const Rule *rule);
void check_graded(Examination *examination, const Rule *rule);

/* heading.c */
/* Whether the report keeps to its family's template, or has too few headings to tell. */
gboolean template_is_known(const Examination *examination);
void check_sections(Examination *examination, const Rule *rule);
void check_topics(Examination *examination, const Rule *rule);
void check_placed(Examination *examination, const Rule *rule);
void check_answers(Examination *examination, const Rule *rule);

/* numbering.c */
void check_numbering(Examination *examination, const Rule *rule);
void check_style(Examination *examination, const Rule *rule);

/* period.c */
void check_years(Examination *examination, const Rule *rule);
void check_cover(Examination *examination, const Rule *rule);
void check_dates(Examination *examination, const Rule *rule);
void check_deadline(Examination *examination, const Rule *rule);

/* body.c */
void check_entity(Examination *examination, const Rule *rule);
void check_self(Examination *examination, const Rule *rule);
void check_code(Examination *examination, const Rule *rule);

/* achievement.c */
void check_proportion(Examination *examination, const Rule *rule);
void check_undeserved(Examination *examination, const Rule *rule);

/* achievement_rows.c */
void check_beaten(Examination *examination, const Rule *rule);
void check_numeric(Examination *examination, const Rule *rule);
void check_unexplained(Examination *examination, const Rule *rule);
void check_qualitative(Examination *examination, const Rule *rule);
void check_equal(Examination *examination, const Rule *rule);

/* weighting.c */
void check_mandate(Examination *examination, const Rule *rule);
void check_weight(Examination *examination, const Rule *rule);
void check_paired(Examination *examination, const Rule *rule);
void check_scored(Examination *examination, const Rule *rule);

/* execution.c */
void check_low(Examination *examination, const Rule *rule);
void check_cap(Examination *examination, const Rule *rule);
void check_ahead(Examination *examination, const Rule *rule);
void check_spread(Examination *examination, const Rule *rule);
void check_unspent(Examination *examination, const Rule *rule);

/* listing.c */
void check_units(Examination *examination, const Rule *rule);
void check_sets(Examination *examination, const Rule *rule);
void check_names(Examination *examination, const Rule *rule);
void check_precision(Examination *examination, const Rule *rule);
void check_unpaid(Examination *examination, const Rule *rule);

/* column.c */
void check_columns(Examination *examination, const Rule *rule);
void check_magnitude(Examination *examination, const Rule *rule);
void check_misread(Examination *examination, const Rule *rule);
void check_range(Examination *examination, const Rule *rule);

/* copy.c */
void check_copy(Examination *examination, const Rule *rule);

/* coverage.c */
void check_coverage(Examination *examination, const Rule *rule);
