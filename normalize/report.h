/* Report: what a document says, and what in it disagrees.
 *
 * The noun of `normalize/` and all that `load/` and `commands/` know of a report: its facts with
 * their places, the relations between them, the outcome of every check, the findings. It carries
 * the Document it was read from. It holds no Poppler, libxml2 or ICU type and no binary floating
 * point but coordinates and confidences.
 *
 * Indices (`section`, `fact` …) point into the arrays of the same report; REPORT_NONE is none.
 * Strings are UTF-8, owned by the report (interned in its string chunk), never freed singly.
 */
#pragma once
#include "extract/document.h"
#include "normalize/decimal.h"
#include "normalize/figure.h"
#include <glib.h>

#define REPORT_NONE G_MAXUINT

typedef struct {
    guint parent;       /* section, or REPORT_NONE */
    const char *number; /* “（一）”, or NULL */
    const char *title;  /* without the number */
    int level;
    guint page;
    guint block; /* the heading's block in the document */
    const char
        *code; /* short path such as 4.1: ordinals of the numbering; unnumbered by position */
} Section;

/* Concepts that the program itself asks for: names of concepts.xml, as the archive has them. */
#define CONCEPT_BUDGET "预算数"
#define CONCEPT_SPENT "执行数"
#define CONCEPT_EXECUTION "执行率"
#define CONCEPT_SCORE "自评总分"
#define CONCEPT_FULL_MARK "目标总分"

/* One figure with one label. Two labels that share a printed figure are two facts at one place. */
typedef struct {
    FigureKind kind;
    Qualifier qualifier;
    const char *concept; /* canonical name from the patterns, or NULL */
    const char *label;   /* what it counts or measures; in tables header path and row path */
    const char *role;    /* in its main relation: total, part, weight, earned …; or NULL */
    Decimal value;       /* canonical unit; a year; a ratio's numerator */
    Decimal value_high;  /* ranges only, else equal to value */
    Decimal divisor;     /* ratios: the denominator; else 1 */
    const char *text; /* the value as the database has it: “146408300”, “2/3”, “2021-06” */
    const char *text_high;    /* ranges only, else NULL */
    const char *unit;         /* canonical; NULL for year, date, rank, number, ratio */
    const char *printed_unit; /* 万元, as printed (or inherited from header, caption, unit line) */
    int decimals;             /* as printed, in the printed unit */
    int unit_power;           /* canonical value = printed value × 10^unit_power: 4 for 万元 */
    const char *raw;          /* as printed, white space and breaks removed */
    const char *period; /* 2021, 2020, 2021-06 …; NULL where the report's own year is not known */
    const char *entity; /* whose figure, where it is not the report's department; or NULL */
    const char *subject; /* noun phrase of the clause that governs it; or NULL */
    guint section;
    guint block; /* in the document */
    guint table, row,
        column;          /* DOCUMENT_NONE outside of tables; the first row and column of the cell */
    Span place;          /* the characters of raw: number, unit, approximators and bounds */
    const char *source;  /* `text`, `table` or `ocr` */
    float confidence;    /* negative: printed as text */
    const char *pattern; /* id of the pattern that named it, or NULL */
} Fact;

/* Every numeral of the document is a fact, or claimed by a kind that is not a figure, or unread. */
typedef enum { NUMERAL_CLAIMED, NUMERAL_UNREAD } NumeralState;
typedef struct {
    NumeralState state;
    Span place;
    const char *kind; /* claimed: document-number, list-marker, fixed-term, level, code, telephone,
                         word …; unread: the reason */
    const char *pattern;
} Numeral;

/* A group of facts that must agree in a given way. What `check/` evaluates; `rule` names how. */
typedef struct {
    guint fact;
    const char *role;  /* total, part, weight, earned, numerator, denominator, this, last … */
    int sign;          /* +1 or −1 where the relation adds members */
    gboolean inferred; /* the operand is implied, not printed in this role */
} Member;

typedef struct {
    const char *rule;  /* SUM-01 … */
    GArray *members;   /* Member */
    gboolean certain;  /* FALSE: the reading of the text is a guess; findings are suspected */
    const char *scope; /* words for messages: what the relation is about */
    guint first_item, last_item; /* span of characters it was read from: start and end */
    gint64 counted;     /* how many things are enumerated that are no facts; negative: none */
    Span counted_place; /* where they stand; start == end where nothing is counted */
} Relation;

typedef enum { OUTCOME_PASS, OUTCOME_ROUNDING, OUTCOME_FAIL, OUTCOME_NOT_CHECKABLE } Outcome;
typedef enum { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_HINT } Severity;
typedef enum { CERTAINTY_PROVEN, CERTAINTY_SUSPECTED } Certainty;

/* One application of a rule. */
typedef struct {
    const char *rule;
    Outcome outcome;
    const char *reason; /* not_checkable: why; else detail or NULL */
    guint finding;      /* fail: the finding it belongs to (several checks may share one) */
    GArray *members;    /* Member */
} Check;

typedef struct {
    const char *rule;
    Severity severity;
    Certainty certainty;
    const char *message; /* Chinese, one sentence, both figures as printed with pages */
    const char *expected, *actual, *difference, *envelope; /* canonical decimals, or NULL */
    const char *unit;
    const char *explanation; /* or NULL */
    GArray *members;         /* Member: every fact in its role */
    const char *evidence;    /* findings about words: the printed words; or NULL */
    Span place;              /* of the evidence; start == end where facts say it all */
} Finding;

/* What normalization learnt about a table of the document (same index). */
typedef struct {
    const char *unit; /* as printed: 万元; or NULL */
    const char *kind; /* id of the table layout of a report family, or NULL */
} TableReading;

enum { REPORT_RECENT_STRINGS = 256 };

/* Types of documents, as families.xml, the manifest and the archive name them. */
#define TYPE_DEPARTMENT "整体自评"
#define TYPE_PROJECT "项目自评"
#define TYPE_FORM "自评表"         /* of one project, without a report */
#define TYPE_EVALUATION "绩效评价" /* by others than who is evaluated */
#define TYPE_TARGETS "绩效目标"
#define TYPE_ACCOUNTS "决算"
#define TYPE_BUDGET "预算"

typedef struct {
    Document *document;
    const char *title;
    const char *department;
    int year;             /* 0 where unknown */
    const char *doc_type; /* TYPE_…, or NULL */
    const char *subject;  /* project or unit it is about; NULL: the whole department */
    const char *inferred; /* comma-separated names of the above that were guessed, or NULL */
    const char *family;   /* id of the report family, or NULL */
    const char
        *grade; /* that it gives itself beside its total score, by the scale's name; or NULL */
    const char *patterns; /* hash of the pattern files it was read with */
    GArray *sections;     /* Section */
    GArray *facts;        /* Fact, in document order */
    GArray *numerals;     /* Numeral, in document order */
    GArray *tables;       /* TableReading */
    GArray *relations;    /* Relation */
    GArray *checks;       /* Check */
    GArray *findings;     /* Finding */
    GStringChunk *strings;
    const char *recent_strings[REPORT_RECENT_STRINGS]; /* of them, to be found at once */
} Report;

/* Takes the document. */
Report *report_new(Document *document);
void report_free(Report *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* Interns `text`; NULL stays NULL. */
const char *report_string(Report *report, const char *text);

static inline Fact *report_fact(const Report *report, guint i) {
    return &g_array_index(report->facts, Fact, i);
}
static inline Section *report_section(const Report *report, guint i) {
    return &g_array_index(report->sections, Section, i);
}
static inline Relation *report_relation(const Report *report, guint i) {
    return &g_array_index(report->relations, Relation, i);
}
static inline Check *report_check(const Report *report, guint i) {
    return &g_array_index(report->checks, Check, i);
}
static inline Finding *report_finding(const Report *report, guint i) {
    return &g_array_index(report->findings, Finding, i);
}

/* Whether it is of this type (TYPE_…). */
gboolean report_is(const Report *report, const char *type);
/* Whether it is about one project, whose figures are then the report's own. */
gboolean report_is_on_project(const Report *report);
gboolean fact_is(const Fact *fact, const char *concept); /* CONCEPT_… */

/* Append and return the index; `members` arrays are made by the callee, empty. */
guint report_add_relation(Report *report, const char *rule);
guint report_add_check(Report *report, const char *rule, Outcome outcome);
guint report_add_finding(Report *report, const char *rule, Severity severity, Certainty certainty);

const char *outcome_name(Outcome outcome);
const char *severity_name(Severity severity);
const char *certainty_name(Certainty certainty);
gboolean outcome_parse(const char *name, Outcome *outcome);
gboolean severity_parse(const char *name, Severity *severity);
gboolean certainty_parse(const char *name, Certainty *certainty);

/* Whether there is such a type of document: 整体自评 … */
gboolean doc_type_valid(const char *name);

/* The text form: XML of `normalize/report.rng`, with the Document in it. The reader trusts
 * nothing, as `document_read`. */
GString *report_write(const Report *report, GError **error);
Report *report_read(const char *bytes, gsize length, GError **error);

#define REPORT_ERROR (report_error_quark())
GQuark report_error_quark(void);
typedef enum { REPORT_ERROR_SYNTAX, REPORT_ERROR_LIMIT } ReportError;
