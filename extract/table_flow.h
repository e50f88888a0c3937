/* Table flow: what stands around a table, and tables that go on over pages. */
#pragma once
#include "extract/tables.h"

typedef enum {
    ROLE_BODY,
    ROLE_CAPTION,
    ROLE_NOTE,
    ROLE_JOINED, /* the place of a table's later part: only the head that it repeats is left there
                  */
} LineRole;

enum { BOUND_LINES_MAX = 10 }; /* bound lines are among this many before the table's place */

typedef struct {
    LineRole role;
    guint table; /* of captions and notes */
} LineUse;

/* Binds captions and notes to their tables and joins tables over pages, in place: the first part
 * receives the cells of the others, which keep the rows of the head that they repeat (their count
 * of rows is 0 then). Lines repeated above a later part become furniture. `furniture` is that of
 * `furniture_find`. Gives a LineUse for each draft. */
GArray *table_flow_find(const Lines *lines, Tables *tables, GPtrArray *furniture,
                        const GArray *pages);
