/* Shingles: how much text two reports have in common.
 *
 * Of each paragraph only the Han characters count; figures change from report to report. Runs of
 * SHINGLE_CHARACTERS are hashed; the share of hashes that two reports have in common is their
 * Jaccard similarity. So that not every pair must be compared, a document keeps a sketch: the
 * smallest hash of each of SKETCH_BINS bins (one-permutation minhash), in bands of SKETCH_BAND; two
 * documents with one equal band are compared (at a similarity of 0.8: 999 pairs of 1,000).
 *
 * What is template is left out: headings, tables, sections about duties (parameter
 * `without-section` of the rule), and paragraphs that stand in reports of `template-departments`
 * departments or more.
 */
#pragma once
#include "load/archive.h"

/* What more documents share is template: such a band makes no candidates. */
enum { SHINGLE_SHARED_MAX = 16 };

enum { SKETCH_BINS = 64 };

/* Of a document's text; its paragraphs are added one by one. */
typedef struct {
    guint64 bins[SKETCH_BINS];
    guint shingles;
} Sketch;

Sketch sketch_of_nothing(void);

/* The hash of a paragraph's text, not 0; 0 where it is too short to tell anything. What is a
 * department's own words joins its sketch; else NULL. */
gint64 shingle_paragraph(const char *text, Sketch *sketch);

gboolean sketch_write(Archive *archive, gint64 document, const Sketch *sketch, GError **error);

/* Words in the titles of sections, and of those above them, that are about duties. */
GPtrArray *shingle_left_out(Archive *archive, GError **error);

/* Similarity of two documents, 0 to 1. */
gboolean shingle_similarity(Archive *archive, gint64 a, gint64 b, double *similarity,
                            GError **error);
