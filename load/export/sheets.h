/* Sheets: what people take away, as tables with Chinese headings; the same for CSV and XLSX. */
#pragma once
#include "load/query.h"

typedef struct {
    const char *file;  /* findings: the CSV is findings.csv */
    const char *title; /* 问题清单 */
} Sheet;

guint sheets_count(void);
const Sheet *sheet_at(guint i);

/* The rows of a sheet; year 0: all. */
Query *sheet_open(Archive *archive, guint i, int year, GError **error);
