/* Departments: who ought to submit, under which names and in which years. */
#pragma once
#include "load/archive.h"

/* A row of the registry: one name of a department. Several rows of a code are its names over time;
 * the newest is its official one. Years; 0: open. */
typedef struct {
    const char *code, *name, *parent;
    char **aliases; /* NULL: none */
    int valid_from, valid_to;
} DepartmentRow;

/* The code that a name leads to in a year (0: any); NULL where none or several do. */
gboolean department_resolve(Archive *archive, const char *name, int year, char **code,
                            GError **error);

/* In a transaction: replaces the names of these codes, and resolves all documents anew. */
gboolean departments_import(Archive *archive, const DepartmentRow *rows, guint n, GError **error);
