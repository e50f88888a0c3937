/* PDF: the only door to Poppler. Opens the bytes, gives the ink of each page, form fields included.
 *
 * A page is interpreted once, however much is asked of it.
 */
#pragma once
#include "extract/extract.h"
#include "extract/ink.h"

typedef struct Pdf Pdf;

/* Keeps Poppler's global state alive for the rest of the process. */
void pdf_warm(void);

/* The bytes must outlive it; what only drawing needs is taken out of them. */
Pdf *pdf_open(char *data, gsize length, GError **error);
void pdf_free(Pdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pdf, pdf_free)

guint pdf_pages(const Pdf *pdf);
char *pdf_producer(const Pdf *pdf);

/* Remarks (Notice) on the document as a whole: layers that are off, forms that no page shows. */
void pdf_remark(Pdf *pdf, GArray *notices);

/* The ink of page `number` (from 1), or NULL where Poppler has no such page. Remarks about what
 * could not be read go to `notices` as Notice. */
Ink *pdf_page_ink(Pdf *pdf, guint number, GArray *notices);
