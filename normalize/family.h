/* Families: the kinds of reports, told by their titles, with what their templates ask for, from
 * families.xml. */
#pragma once
#include "normalize/pattern_file.h"

typedef struct {
    const char *number; /* 一 */
    const char *title;
    gboolean usual; /* may be absent */
} FamilySection;

typedef struct {
    const char *id;
    const char *type;  /* as documents.doc_type */
    const char *of;    /* another family, of which it is a layout that headings tell; or NULL */
    GPtrArray *titles; /* Expression */
    GArray *sections;  /* FamilySection; empty where the template asks for none */
} Family;

typedef struct Families Families;

/* The one that was read with these patterns. */
const Families *patterns_families(const Patterns *patterns);

Families *families_new(void);
void families_free(Families *families);
gboolean families_read(Families *families, const PatternFile *file, const xmlNode *root,
                       GError **error);

/* What a title says. Strings are the caller's; NULL where it does not say. */
typedef struct {
    const Family *family;
    char *department, *year, *subject;
} TitleReading;
gboolean families_read_title(const Families *families, const char *title, TitleReading *reading);
void title_reading_clear(TitleReading *reading);

const Family *families_find(const Families *families, const char *id);

/* The layout of the family whose headings are most like the report's first-level titles (char *),
 * or the family itself. `id` NULL: any family that they have nearly all headings of, or NULL. */
const Family *families_find_layout(const Families *families, const char *id,
                                   const GPtrArray *titles);

/* The layout of tables that has most of its words among the texts (char *) of the cells; NULL. */
const char *families_find_table(const Families *families, const GPtrArray *texts);

/* Which field (`department`, `subject`) the words before a colon or left of a cell ask for, and
 * how early they stand in the list; NULL for none. */
const char *families_key(const Families *families, const char *words, guint *order);
