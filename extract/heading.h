/* Heading numbers: the typographic markers that sections and list items begin with.
 *
 *   level 1  一、 第一部分 第一章     level 4  （1） (1) ⑴ 1）
 *   level 2  （一） (一) 一）          level 5  ①
 *   level 3  1. 1、 １． 1.1           level 6  一是
 */
#pragma once
#include <glib.h>

typedef struct {
    int level;    /* 1 … 6 */
    guint length; /* characters of the marker, white space after it not counted */
    guint value;  /* its ordinal; of 1.2.3 the last */
} HeadingNumber;

/* Reads the marker at the start of `codes`; FALSE where there is none. */
gboolean heading_number_read(const gunichar *codes, guint n, HeadingNumber *number);
