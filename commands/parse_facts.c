/* gouji parse --facts: the lines of standard input as the paragraphs of one report, and what its
 * figures are called. */
#include "commands/parse_facts.h"
#include "commands/stream.h"
#include "normalize/normalize.h"
#include <stdio.h>
#include <string.h>

enum { CHARACTER_POINTS = 10, LINE_POINTS = 12 };

/* One paragraph of one line; “# ” makes it a title. */
static void add_paragraph(Document *document, const char *text) {
    gboolean title = g_str_has_prefix(text, "# ");
    glong n;
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(text + (title ? 2 : 0), -1, &n);
    Line line = {.page = 1, .confidence = -1, .low = 0, .high = LINE_POINTS};
    line.characters.start = document->characters->len;
    for (glong i = 0; i < n; i++) {
        Character character = {.code = codes[i],
                               .start = (float)(i * CHARACTER_POINTS),
                               .end = (float)((i + 1) * CHARACTER_POINTS)};
        g_array_append_val(document->characters, character);
    }
    line.characters.end = document->characters->len;
    guint first = document_add_line(document, &line);
    document_add_block(document, title ? BLOCK_HEADING : BLOCK_PARAGRAPH, (LineRun){first, 1});
}

static Document *document_of_text(const char *text) {
    Document *document = document_new();
    Page page = {.width = 595, .height = 842};
    g_array_append_val(document->pages, page);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_strchomp(*line);
        if (**line != '\0')
            add_paragraph(document, *line);
    }
    return document;
}

static const char *shown(const char *text) { return text == NULL ? "" : text; }

static void print_fact(const Fact *fact) {
    printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", fact->raw, figure_kind_name(fact->kind), fact->text,
           shown(fact->unit), shown(fact->label), shown(fact->concept), shown(fact->role),
           shown(fact->period));
}

gboolean parse_facts(const Patterns *patterns, GError **error) {
    g_autoptr(GBytes) bytes = stream_read(NULL, error);
    if (bytes == NULL)
        return FALSE;
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autofree char *text = g_utf8_make_valid(data, (gssize)length);
    g_autoptr(Report) report = normalize_document(document_of_text(text), patterns, NULL, error);
    if (report == NULL)
        return FALSE;
    if (report->family != NULL)
        printf("report\t%s\t%s\t%s\t%d\n", report->family, shown(report->doc_type),
               shown(report->department), report->year);
    for (guint i = 0; i < report->facts->len; i++)
        print_fact(report_fact(report, i));
    return fflush(stdout) == 0;
}
