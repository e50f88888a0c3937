/* Table header: how many leading rows of a table head its columns. */
#pragma once
#include "extract/tables.h"

/* 0 where none do, as in forms. */
guint table_header_rows(const Tables *tables, const PageTable *table);
