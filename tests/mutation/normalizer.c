/* normalizer: normalizes one Document after the other with patterns that are loaded once.
 *
 * For each Document on standard input, a line with its length and its bytes, writes the same of its
 * Report without the Document in it. A Document that cannot be read gives a length of 0. */
#include "normalize/normalize.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENT_BYTES_MAX = 64 * 1024 * 1024 };

static GString *normalized(const char *bytes, gsize length, const Patterns *patterns) {
    g_autoptr(GError) error = NULL;
    Document *document = document_read(bytes, length, &error);
    g_autoptr(Report) report =
        document == NULL ? NULL : normalize_document(document, patterns, NULL, &error);
    GString *xml = report == NULL ? NULL : report_write(report, &error);
    if (xml == NULL) {
        fprintf(stderr, "normalizer: %s\n", error->message);
        return g_string_new(NULL);
    }
    const char *start = strstr(xml->str, "<document"), *end = strstr(xml->str, "</document>");
    if (start != NULL && end != NULL)
        g_string_erase(xml, start - xml->str, end - start + (gssize)strlen("</document>"));
    return xml;
}

int main(void) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Patterns) patterns = patterns_load(NULL, &error);
    if (patterns == NULL) {
        fprintf(stderr, "normalizer: %s\n", error->message);
        return 2;
    }
    char line[32];
    while (fgets(line, sizeof line, stdin) != NULL) {
        gsize length = strtoul(line, NULL, 10);
        if (length == 0 || length > DOCUMENT_BYTES_MAX)
            return 2;
        g_autofree char *bytes = g_malloc(length);
        if (fread(bytes, 1, length, stdin) != length)
            return 2;
        GString *xml = normalized(bytes, length, patterns);
        printf("%zu\n", xml->len);
        fwrite(xml->str, 1, xml->len, stdout);
        fflush(stdout);
        g_string_free(xml, TRUE);
    }
    return 0;
}
