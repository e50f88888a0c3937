/* What a title, a form and the text say of whose report it is and of which year. Private to the
 * files identity*.c; identity.h has the order in which they are believed. Strings are the caller's.
 */
#pragma once
#include "normalize/pattern_file.h"
#include "normalize/report.h"

/* A title stands among the first blocks; a value in a form is short. */
enum { TITLE_BLOCKS_MAX = 6, VALUE_CHARACTERS_MAX = 40 };

/* identity_text.c: the text of a place as printed but for radicals, white space left out or each
 * run one blank; of lines, folded; a title with the digits of its years: 二〇二二年度 is 2022年度.
 */
char *identity_text(const Document *document, Span span);
char *identity_spaced(const Document *document, Span span);
char *identity_unspaced(char *text); /* in place */
char *identity_folded(const Document *document, LineRun lines);
char *text_with_arabic_years(const char *text);

/* identity_form.c: department and subject, where they are not known yet. */
void identity_read_form(Report *report, const Patterns *patterns);

/* identity_year.c: 0 for none. (2022年度) by itself among the first lines; the only year that a
 * title names; the year that the text names most often. */
int identity_cover_year(const Document *document);
int identity_title_year(const char *title);
int identity_frequent_year(const Document *document);
