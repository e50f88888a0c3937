/* A pattern is a choice of sequences of atoms. What a sequence needs is what all its atoms need
 * that cannot be left out; what a choice needs is what one of its sequences needs:
 *
 *   (总|全)额预?算     →  总额算 or 全额算
 *
 * Where there are too many choices only what all of them need is kept. */
#include "normalize/expression_needs.h"
#include "normalize/expression_risk.h"
#include <string.h>

enum { DEPTH_MAX = 32 };

static const Needs NOTHING = {1, {0}};

typedef struct {
    const char *at;
    guint depth;
    gboolean lost; /* something that is not understood */
} Reading;

static Needs needs_of_all(const Needs *needs) {
    Needs common = {1, {needs->choices[0]}};
    for (guint i = 1; i < needs->n; i++)
        common.choices[0] &= needs->choices[i];
    return common;
}

static Needs either(const Needs *a, const Needs *b) {
    Needs both = {a->n + b->n, {0}};
    if (both.n > NEEDS_MAX) {
        const Needs first = needs_of_all(a), second = needs_of_all(b);
        return (Needs){1, {first.choices[0] & second.choices[0]}};
    }
    memcpy(both.choices, a->choices, a->n * sizeof(WordBits));
    memcpy(both.choices + a->n, b->choices, b->n * sizeof(WordBits));
    return both;
}

static Needs one_behind_the_other(const Needs *a, const Needs *b) {
    const Needs second = a->n * b->n > NEEDS_MAX ? needs_of_all(b) : *b;
    Needs both = {0, {0}};
    for (guint i = 0; i < a->n; i++)
        for (guint k = 0; k < second.n; k++)
            both.choices[both.n++] = a->choices[i] | second.choices[k];
    return both;
}

static Needs read_choice(Reading *reading);

/* Behind a “(”. What is looked ahead or back at need not be part of the match. */
static Needs read_bracket(Reading *reading) {
    gboolean aside = FALSE;
    if (*reading->at == '?') {
        const char kind = reading->at[1];
        const gboolean named = kind == '<' && reading->at[2] != '=' && reading->at[2] != '!';
        const char *name_end = named ? strchr(reading->at, '>') : NULL;
        aside = kind == '=' || kind == '!' || (kind == '<' && !named);
        reading->lost |= named ? name_end == NULL : !aside && kind != ':' && kind != '>';
        if (reading->lost)
            return NOTHING;
        reading->at = named ? name_end + 1 : reading->at + (kind == '<' ? 3 : 2);
    }
    reading->lost |= ++reading->depth == DEPTH_MAX;
    const Needs inner = reading->lost ? NOTHING : read_choice(reading);
    reading->depth--;
    reading->lost |= *reading->at != ')';
    reading->at += *reading->at == ')' ? 1 : 0;
    return aside ? NOTHING : inner;
}

/* Of escapes with letters only these are one character long, or end with their braces. */
static gboolean is_understood(const char *escape) {
    return g_ascii_isalnum(*escape) ? strchr("dDwWsSbBhHvVRXAzZGtnrpP", *escape) != NULL
                                    : *escape != '\0';
}

static Needs read_atom(Reading *reading) {
    const char *at = reading->at;
    if (*at == '(') {
        reading->at++;
        return read_bracket(reading);
    }
    reading->lost |= *at == '\\' && !is_understood(at + 1);
    reading->at = reading->lost ? at : expression_atom_end(at);
    if (strchr("\\[.^$", *at) != NULL)
        return NOTHING;
    return (Needs){1, {word_bit(g_utf8_get_char(at))}};
}

/* Moves behind the quantifier, if there is one; TRUE where it allows none at all. */
static gboolean may_be_absent(Reading *reading) {
    const char *at = reading->at;
    if (*at == '\0' || strchr("?*+{", *at) == NULL)
        return FALSE;
    gboolean absent = *at == '?' || *at == '*';
    if (*at == '{') {
        absent = at[1] == '0';
        at = strchr(at, '}');
        reading->lost |= at == NULL;
    }
    if (reading->lost)
        return TRUE;
    reading->at = at + 1 + (at[1] == '+' || at[1] == '?' ? 1 : 0);
    return absent;
}

static Needs read_sequence(Reading *reading) {
    Needs needs = NOTHING;
    while (!reading->lost && *reading->at != '\0' && *reading->at != '|' && *reading->at != ')') {
        const Needs atom = read_atom(reading);
        if (!may_be_absent(reading))
            needs = one_behind_the_other(&needs, &atom);
    }
    return needs;
}

static Needs read_choice(Reading *reading) {
    Needs needs = read_sequence(reading);
    while (!reading->lost && *reading->at == '|') {
        reading->at++;
        const Needs other = read_sequence(reading);
        needs = either(&needs, &other);
    }
    return needs;
}

Needs needs_read(const char *pattern) {
    Reading reading = {.at = pattern};
    const Needs needs = read_choice(&reading);
    return reading.lost || *reading.at != '\0' ? NOTHING : needs;
}
