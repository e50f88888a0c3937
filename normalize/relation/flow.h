/* Flow: the running text of one section as one row of characters, with its facts and list markers.
 *
 * White space and what stands between paragraphs (tables, running heads) is left out; a paragraph
 * ends in a line feed. Positions count characters of the flow. Tokens stand in order.
 */
#pragma once
#include "normalize/report.h"
#include "normalize/wording.h"

typedef enum {
    TOKEN_FACT,
    TOKEN_MARKER, /* 1. （1） ① 一是 */
    TOKEN_STOP,   /* 。 ！ ？ */
    TOKEN_GROUP,  /* ； */
    TOKEN_BREAK,  /* the end of a paragraph */
} TokenKind;

typedef struct {
    TokenKind kind;
    guint start, end;
    guint fact;    /* TOKEN_FACT: index; of several at one place the first */
    guint style;   /* TOKEN_MARKER: markers of one list share it */
    guint ordinal; /* TOKEN_MARKER */
    int depth;     /* brackets around it */
} Token;

typedef struct {
    Report *report;
    const Wording *wording;
    GArray *codes;   /* gunichar */
    GArray *origins; /* guint: index of each in the document */
    GArray *tokens;  /* Token */
} Flow;

static inline Token *flow_token(const Flow *flow, guint i) {
    return &g_array_index(flow->tokens, Token, i);
}
static inline Fact *flow_fact(const Flow *flow, guint i) {
    return report_fact(flow->report, flow_token(flow, i)->fact);
}

/* The text [start, end) as UTF-8; the caller frees it. */
char *flow_text(const Flow *flow, guint start, guint end);

/* The span of document characters. */
Span flow_span(const Flow *flow, guint start, guint end);

/* Calls `found` with the flow of each section in turn (and of what stands before the first). */
typedef void (*FlowFunction)(Flow *flow, gpointer data);
void flow_each(Report *report, const Wording *wording, FlowFunction found, gpointer data);
