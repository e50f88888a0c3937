/* Document: what is printed where.
 *
 * The noun of `extract/` and all that later stages know of a PDF: pages, the characters on them
 * with their places, and the structure they form (headings, paragraphs, tables, running heads and
 * feet, form fields). It holds no meaning: no quantity, no label, no finding.
 *
 * Shape. All characters stand in one array, in reading order; a line is a run of characters, a
 * block or a table cell is a run of lines. So a place anywhere in the document, over lines and
 * pages, is one span of character indices.
 *
 * Units are points, from the top left of the crop box after rotation, y downwards. Pages count
 * from 1, rows and columns from 0. Strings are UTF-8, owned by the document.
 */
#pragma once
#include <glib.h>

#define DOCUMENT_NONE G_MAXUINT /* no table, no cell, no block */

typedef struct {
    float x0, y0, x1, y1;
} Rectangle;

/* A run of characters of the document; `end` is exclusive. */
typedef struct {
    guint start, end;
} Span;

typedef struct {
    gunichar code;
    float start, end; /* extent along the line: x, in vertical lines y */
} Character;

/* A line reads left to right, or top to bottom where `vertical`. A trailing U+0020 says that a
 * space separates it from the next line of its block (Latin text); Han text has none. */
typedef struct {
    guint page;
    Span characters;
    float low, high; /* extent across the line: y0, y1; in vertical lines x0, x1 */
    gboolean vertical;
    float confidence; /* 0…1 for recognised (OCR) lines, negative for printed text */
} Line;

typedef struct {
    guint first, count;
} LineRun;

typedef enum {
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_TABLE,     /* stands for `table`; its lines are the caption's, notes' and cells' */
    BLOCK_FURNITURE, /* what belongs to pages, not to the body: see `name` of Block */
    BLOCK_FIELD,     /* the value of a form field */
} BlockKind;

typedef struct {
    BlockKind kind;
    LineRun lines;
    int level;    /* headings: 0 title, 1 一、, 2 （一）, 3 1., 4 （1）, 5 ①; else 0 */
    char *number; /* headings: the marker as printed, “（一）”; NULL without one */
    char *name;   /* furniture: `head`, `foot`, `page-number`, `contents`, `watermark`, `table-head`
                     (of a table, repeated by a later page); fields: their name */
    guint table;  /* BLOCK_TABLE: index into tables; else DOCUMENT_NONE */
} Block;

typedef struct {
    guint row, column, row_span, column_span;
    guint page;
    Rectangle box;
    LineRun lines; /* empty in a blank cell */
} Cell;

/* One logical table, joined over pages; repeated header rows stand once. */
typedef struct {
    guint page, last_page;
    Rectangle box; /* on `page` */
    guint rows, columns;
    guint header_rows; /* leading rows that head the columns; 0 where there are none */
    gboolean ruled;
    LineRun caption; /* the title line(s) bound to the table; may be empty */
    LineRun notes; /* short lines between caption and table: unit line, 公开01表, 编制单位 … */
    GArray *cells; /* Cell, by row then column; blank ones too */
} Table;

typedef struct {
    float width, height; /* after rotation */
    int rotation;        /* /Rotate: 0, 90, 180, 270 */
} Page;

/* Something the reader of the figures must know about the text: which page, what, how many. */
typedef enum {
    NOTICE_PAGE_MISSING,      /* the page could not be opened */
    NOTICE_PAGE_WITHOUT_TEXT, /* nothing printed on it at all */
    NOTICE_PICTURE_ONLY,      /* only pictures: needs OCR */
    NOTICE_GLYPHS_UNMAPPED,   /* glyphs drawn that gave no character */
    NOTICE_TEXT_UNTRUSTED, /* false ToUnicode, mojibake that could not be undone, poor OCR layer */
    NOTICE_TEXT_REPAIRED,  /* GBK bytes read back from Latin letters */
    NOTICE_CHARACTERS_REPLACED, /* forbidden in XML: now U+FFFD */
    NOTICE_PRIVATE_USE,         /* characters of private use kept */
    NOTICE_CHARACTERS_DROPPED,  /* doubled, invisible, off the page, beyond a limit */
    NOTICE_FIELD_UNREAD,        /* a form field, or a form (`text`: XFA) that no page shows */
    NOTICE_LIMIT,               /* a named limit was reached; `text` says which */
    NOTICE_OCR,                 /* the page was recognised, not read */
    NOTICE_LAYER_HIDDEN, /* an optional layer that is switched off and was not read; `text`: its
                            name */
} NoticeKind;

typedef struct {
    NoticeKind kind;
    guint page; /* 0: the whole document */
    guint count;
    char *text; /* detail, or NULL */
} Notice;

typedef struct {
    char *file;         /* as given to the program; NULL where unknown */
    char *sha256;       /* of the PDF's bytes, lower-case hex; NULL where unknown */
    char *producer;     /* the PDF's own word; or NULL */
    GArray *characters; /* Character */
    GArray *lines;      /* Line */
    GArray *blocks;     /* Block, in reading order */
    GArray *tables;     /* Table */
    GArray *pages;      /* Page */
    GArray *notices;    /* Notice */
} Document;

Document *document_new(void);
void document_free(Document *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)

static inline Character *document_character(const Document *document, guint i) {
    return &g_array_index(document->characters, Character, i);
}
static inline Line *document_line(const Document *document, guint i) {
    return &g_array_index(document->lines, Line, i);
}
static inline Block *document_block(const Document *document, guint i) {
    return &g_array_index(document->blocks, Block, i);
}
static inline Table *document_table(const Document *document, guint i) {
    return &g_array_index(document->tables, Table, i);
}
static inline Cell *table_cell(const Table *table, guint i) {
    return &g_array_index(table->cells, Cell, i);
}

/* Building. Each appends and returns its index; strings are copied. Lines must be appended in
 * the order of their characters. */
guint document_add_line(Document *document, const Line *line);
guint document_add_block(Document *document, BlockKind kind, LineRun lines);
guint document_add_table(Document *document);
void document_add_notice(Document *document, NoticeKind kind, guint page, guint count,
                         const char *text);

/* The span of characters of a run of lines. */
Span document_lines_span(const Document *document, LineRun lines);

/* Appends the characters of `span` as UTF-8. */
void document_append_text(const Document *document, Span span, GString *text);

/* The line that holds character `i` (binary search), or DOCUMENT_NONE. */
guint document_line_of(const Document *document, guint i);

/* One tight piece for each line that `span` touches, white space at the ends left out. */
typedef struct {
    guint page;
    Rectangle box;
} Piece;
GArray *document_pieces(const Document *document, Span span);

const char *block_kind_name(BlockKind kind);
const char *notice_kind_name(NoticeKind kind);
gboolean notice_kind_parse(const char *name, NoticeKind *kind);

/* The text form: XML of `extract/document.rng`. Writing gives bytes that `document_read` gives
 * back equal. The reader trusts nothing: no DOCTYPE, sizes and depths are limited, every index and
 * number is checked; what does not fit is an error that names line and reason. */
GString *document_write(const Document *document, GError **error);
Document *document_read(const char *bytes, gsize length, GError **error);

/* The Document as plain text for people; nothing reads it back. Notices, furniture and fields are
 * told apart by their marks. */
GString *document_text(const Document *document);

/* The same, inside a larger XML text: the Report carries its Document. Reading gives NULL once the
 * markup has an error. */
struct MarkupWriter;
struct Markup;
void document_write_element(const Document *document, struct MarkupWriter *writer);
Document *document_read_element(struct Markup *markup);

#define DOCUMENT_ERROR (document_error_quark())
GQuark document_error_quark(void);
typedef enum {
    DOCUMENT_ERROR_SYNTAX, /* not well-formed, or not a Document */
    DOCUMENT_ERROR_LIMIT,  /* a named limit was exceeded */
} DocumentError;

/* Limits of a Document, in memory and in XML. */
enum {
    DOCUMENT_PAGES_MAX = 20000,
    DOCUMENT_CHARACTERS_MAX = 50 * 1000 * 1000,
    DOCUMENT_TABLE_CELLS_MAX = 2 * 1000 * 1000,
};
