/* Headings: which groups of lines are the title and headings, and of which level.
 *
 * A short group with a section number is a heading; one in bold too. The title is the first that
 * stands out before any prose: in an official document that is not the red head, which its number
 * follows.
 */
#pragma once
#include "extract/heading.h"
#include "extract/lines.h"

enum { HEADING_CHARACTERS_MAX = 60 }; /* of a numbered heading of level 1 or 2 */

/* Lines that belong together. */
typedef struct {
    guint first, count; /* drafts, consecutive among the body's */
    guint characters;   /* without white space */
    gboolean has_number;
    HeadingNumber number;
    gunichar last;  /* the last character */
    gboolean prose; /* has 。 ， or ； in it */
    gboolean bold;
    float em;
    guint table;       /* the group is this table; else DOCUMENT_NONE */
    const char *field; /* the group is the value of the field of this name; else NULL */
    int level;         /* -1: no heading */
} Group;

typedef struct {
    const Lines *lines;
    const GArray *body;  /* guint: drafts that are body text */
    const GArray *pages; /* Page */
    GArray *groups;      /* Group */
    float em;            /* of the body */
} Headings;

/* Sets the level of each group; the lines of a title become one group. */
void headings_find(Headings *headings);
