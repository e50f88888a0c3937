/* extract: a PDF's bytes → a Document.
 *
 * The stage's one entry. Poppler is asked once for each page; what is printed there is put in
 * reading order and given its structure. Fails where there is nothing to read at all (not a PDF,
 * encrypted, no pages); everything less is a Document with notices.
 */
#pragma once
#include "extract/digest.h"
#include "extract/document.h"

#define EXTRACT_ERROR (extract_error_quark())
GQuark extract_error_quark(void);
typedef enum {
    EXTRACT_ERROR_EMPTY, /* no bytes */
    EXTRACT_ERROR_NOT_PDF,
    EXTRACT_ERROR_ENCRYPTED,
    EXTRACT_ERROR_DAMAGED, /* a PDF that Poppler cannot open */
    EXTRACT_ERROR_NO_PAGES,
    EXTRACT_ERROR_LIMIT,
} ExtractError;

/* Opens what Poppler keeps globally, so that a process forked later starts warm. */
void extract_warm(void);

/* The one file beside Poppler's data that reading opens later: a confined process must be able to.
 * NULL where there is none. Lends. */
const char *extract_font_file(void);

/* The SHA-256 of the bytes, in lower-case hex: what names a PDF. */
char *extract_digest(GBytes *bytes);

/* Whether a file that begins with these bytes is a PDF by its header. */
gboolean extract_is_pdf(const char *bytes, gsize length);

/* `data` is the whole PDF, the caller's own: what only drawing needs is taken out of it, to spare a
 * copy. `file` is the name to put into the Document (may be NULL); `sha256` is the digest of the
 * bytes where the caller has it already, else NULL. */
Document *extract_document(char *data, gsize length, const char *file, const char *sha256,
                           GError **error);
