/* Facts: figures of a document with what they are figures of.
 *
 * `text_fact.c` reads running text, `table_fact.c` tables; both add to the report what they found,
 * and account for every numeral: a fact, or claimed by a kind that is no figure, or unread.
 */
#pragma once
#include "normalize/label.h"
#include "normalize/prose.h"

typedef struct {
    Report *report;
    const Patterns *patterns;
    guint *sections; /* of each block */
    Prose *prose;    /* scratch */
    Labeller *labeller;
} FactReading;

/* Where a figure stands. */
typedef struct {
    guint block, table, row, column; /* DOCUMENT_NONE outside of tables */
} FactSite;

/* Reads the whole document; facts and numerals end in document order. */
void facts_read(Report *report, const Patterns *patterns);

void facts_of_block(FactReading *reading, guint block);
void facts_of_table(FactReading *reading, guint block);

/* Adds a fact of the reading's prose; the caller sets what it knows beyond. */
Fact *fact_add(FactReading *reading, const Quantity *quantity, const char *name,
               const FactSite *site);

/* The concept that the label alone names. */
void fact_set_concept(FactReading *reading, Fact *fact);

/* What a label told beyond the name; `label` may be NULL. */
void fact_set_label(FactReading *reading, Fact *fact, const Label *label);

/* Facts of a cell or block of words, labelled by their clauses; `head` is what the table says of
 * them, or NULL. */
void facts_of_prose(FactReading *reading, const FactSite *site, const char *head);

/* Only dates are facts, everything else is claimed by `kind`. */
void facts_of_dates(FactReading *reading, const FactSite *site, const char *kind);

void numeral_add(FactReading *reading, NumeralState state, guint start, guint end, const char *kind,
                 const char *pattern);

/* The scan's claims and what it could not read. */
void numerals_of_scan(FactReading *reading);
/* Every figure of the scan as claimed by `kind`. */
void numerals_claim_all(FactReading *reading, const char *kind);
