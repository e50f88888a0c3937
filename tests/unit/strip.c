/* Which font programs are renamed in the bytes. */
#include "extract/strip.h"
#include <string.h>

typedef struct {
    const char *name, *before, *after; /* `after` NULL: the same bytes */
} Row;

static const Row ROWS[] = {
    {"TrueType", "<</FontFile2 5 0 R>>", "<</-ontFile2 5 0 R>>"},
    {"Type 1: its encoding is read from it", "<</FontFile 5 0 R>>", NULL},
    {"two-byte CFF",
     "5 0 obj<</Subtype/CIDFontType0C/Length 1>>stream\nx\nendstream endobj <</FontFile3 5 0 R>>",
     "5 0 obj<</Subtype/CIDFontType0C/Length 1>>stream\nx\nendstream endobj <</-ontFile3 5 0 R>>"},
    {"OpenType", "5 0 obj<</Subtype/OpenType>>stream\nx\nendstream endobj <</FontFile3 5 0 R>>",
     "5 0 obj<</Subtype/OpenType>>stream\nx\nendstream endobj <</-ontFile3 5 0 R>>"},
    {"one-byte CFF", "5 0 obj<</Subtype/Type1C>>stream\nx\nendstream endobj <</FontFile3 5 0 R>>",
     NULL},
    {"a number that ends as the wanted one does",
     "15 0 obj<</Subtype/OpenType>>stream\nx\nendstream endobj <</FontFile3 5 0 R>>", NULL},
    {"the format of another object further on",
     "5 0 obj<</Subtype/Type1C>>stream\nx\nendstream endobj 6 0 obj<</Subtype/OpenType>>stream "
     "<</FontFile3 5 0 R>>",
     NULL},
    {"an object that is not there", "<</FontFile3 9 0 R>>", NULL},
    {"no reference", "<</FontFile3 /None>>", NULL},
    {"a longer key", "<</FontFile2x 5 0 R>>", NULL},
    {"the key at the end", "<</FontFile", NULL},
    {"the key and a digit at the end", "<</FontFile2", NULL},
    {"a TrueType program with its descriptor out of reach",
     "1 0 obj<</Type/ObjStm>>stream\nx\nendstream endobj "
     "5 0 obj<</Length 1/Length1 1>>\nstream\nx\nendstream",
     "1 0 obj<</Type/ObjStm>>stream\nx\nendstream endobj "
     "5 0 obj<</Length 1/Length1 1>>\nendobj\nx\nendstream"},
    {"a two-byte CFF program with its descriptor out of reach",
     "5 0 obj<</Subtype/CIDFontType0C/Length 1>>stream\nx\nendstream endobj /ObjStm",
     "5 0 obj<</Subtype/CIDFontType0C/Length 1>>endobj\nx\nendstream endobj /ObjStm"},
    {"a Type 1 program has three lengths",
     "5 0 obj<</Length 1/Length1 1/Length2 1/Length3 0>>stream\nx\nendstream /ObjStm", NULL},
    {"a stream that is no program", "5 0 obj<</Length 1>>stream\nx\nendstream /ObjStm", NULL},
    {"the lengths of another object",
     "4 0 obj<</Length 1/Length1 1>>endobj 5 0 obj<</Length 1>>stream\nx\nendstream /ObjStm", NULL},
    {"a word that is no stream", "5 0 obj<</Length1 1>>(stream) /ObjStm", NULL},
    {"no object streams", "5 0 obj<</Length 1/Length1 1>>stream\nx\nendstream", NULL},
    {"nothing", "", NULL},
    {"two fonts", "<</FontFile2 5 0 R>><</FontFile2 6 0 R>>",
     "<</-ontFile2 5 0 R>><</-ontFile2 6 0 R>>"},
};

static void test_row(gconstpointer data) {
    const Row *row = data;
    g_autofree char *text = g_strdup(row->before);
    strip_programs(text, strlen(text));
    g_assert_cmpstr(text, ==, row->after == NULL ? row->before : row->after);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autofree char *path = g_strconcat("/strip/", ROWS[i].name, NULL);
        g_test_add_data_func(path, &ROWS[i], test_row);
    }
    return g_test_run();
}
