/* Flow: the running text of one section as one row of characters, with its facts and list markers.
 *
 * White space and what stands between paragraphs (tables, running heads) is left out; a paragraph
 * ends in a line feed. Headings below （一） run with the text. Positions count characters of the
 * flow. Tokens stand in order; what the words around a figure say of it stands in its token.
 */
#pragma once
#include "normalize/patterns.h"
#include "normalize/relation/clues.h"
#include "normalize/report.h"
#include "normalize/wording.h"

typedef enum {
    TOKEN_FACT,
    TOKEN_MARKER, /* 1. （1） ① 一是 */
    TOKEN_STOP,   /* 。 ！ ？ */
    TOKEN_GROUP,  /* ； */
    TOKEN_BREAK,  /* the end of a paragraph; `soft` where the sentence goes on */
} TokenKind;

typedef enum { CHANGE_NONE, CHANGE_UP, CHANGE_DOWN } Change;

typedef struct {
    TokenKind kind;
    guint start, end;
    guint fact;    /* TOKEN_FACT: index; of several at one place the first */
    guint style;   /* TOKEN_MARKER: markers of one list share it */
    guint ordinal; /* TOKEN_MARKER */
    int depth;     /* brackets around it */
    gboolean soft; /* TOKEN_BREAK */

    /* of facts, from the words before them */
    guint lead;          /* where the words of its clause begin */
    Change change;       /* 增加, 减少 right before it */
    gboolean base;       /* last year's, that something is compared with */
    gboolean reference;  /* a plan, budget or target that something is compared with */
    gboolean share;      /* 占 … */
    gboolean each;       /* of one of many: 人均, 每 */
    gboolean selects;    /* says which are counted: 执行率100%的6项 */
    const char *measure; /* <measure> of relations.xml: budget, spending …; or NULL */
    const char *topic;   /* 三公, 采购 …; or NULL */
    const char *operand; /* of formulas; or NULL */
    guint segment, sentence, paragraph; /* ordinals in the report */
} Token;

typedef struct {
    Report *report;
    const Wording *wording;
    const Clues *clues;
    GArray *codes;                         /* gunichar */
    GArray *origins;                       /* guint: index of each in the document */
    GArray *tokens;                        /* Token */
    guint ordinal;                         /* of the flow in the report */
    guint segments, sentences, paragraphs; /* so far in the report */
} Flow;

static inline Token *flow_token(const Flow *flow, guint i) {
    return &g_array_index(flow->tokens, Token, i);
}
static inline Fact *flow_fact(const Flow *flow, guint i) {
    return report_fact(flow->report, flow_token(flow, i)->fact);
}
static inline gboolean flow_is_fact(const Flow *flow, guint i, FigureKind kind) {
    return flow_token(flow, i)->kind == TOKEN_FACT && flow_fact(flow, i)->kind == kind;
}
/* A figure that stands for one value. */
static inline gboolean flow_is_exact(const Flow *flow, guint i, FigureKind kind) {
    return flow_is_fact(flow, i, kind) && flow_fact(flow, i)->qualifier == QUALIFIER_EXACT &&
           flow_fact(flow, i)->text_high == NULL;
}
/* The end of a sentence: 。 or the end of a paragraph that ends one. */
static inline gboolean flow_is_end(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    return token->kind == TOKEN_STOP || (token->kind == TOKEN_BREAK && !token->soft);
}

/* The text [start, end) as UTF-8; the caller frees it. */
char *flow_text(const Flow *flow, guint start, guint end);

/* The words before a figure in its clause, without those that only lead to it (为, 共). */
char *flow_words(const Flow *flow, guint token);

/* The text between two tokens. */
char *flow_gap(const Flow *flow, guint from, guint to);

/* The span of document characters. */
Span flow_span(const Flow *flow, guint start, guint end);

/* Reads what the words around the figures say of them; see flow_words.c. */
void flow_read_words(Flow *flow);

/* Calls `found` with the flow of each section in turn (and of what stands before the first). */
typedef void (*FlowFunction)(Flow *flow, gpointer data);
void flow_each(Report *report, const Patterns *patterns, FlowFunction found, gpointer data);
