/* A pattern is copied atom by atom; on the way each sequence tells the characters that it may begin
 * with, as the inside of a class. Where that is not known, or a choice may match nothing, no look
 * ahead is written. What is looked back at stays as it is, since ICU must know its length. */
#include "normalize/expression_first.h"
#include "normalize/expression_risk.h"
#include <glib.h>
#include <string.h>

/* Choices of so many, or more, get a look ahead: it costs as much as some of them. */
enum { CHOICES_MIN = 6, DEPTH_MAX = 32 };

typedef struct {
    const char *at;
    GString *text; /* that is written */
    guint depth;   /* of brackets */
    guint behind;  /* of them what looks back */
    gboolean lost; /* something that is not understood */
} Reading;

typedef struct {
    GString *set;   /* the inside of a class */
    gboolean known; /* FALSE: anything may stand first */
    gboolean empty; /* may match nothing */
} First;

static First first_new(void) { return (First){g_string_new(NULL), TRUE, TRUE}; }

static void first_clear(First *first) { g_string_free(first->set, TRUE); }

static void copy(Reading *reading, const char *until) {
    g_string_append_len(reading->text, reading->at, until - reading->at);
    reading->at = until;
}

static void read_choice(Reading *reading, First *first);

/* Behind a “(”, up to its “)”. What is looked at aside takes no character. */
static void read_bracket(Reading *reading, First *first) {
    gboolean aside = FALSE, behind = FALSE;
    if (*reading->at == '?') {
        const char *kind = reading->at + 1;
        behind = *kind == '<' && (kind[1] == '=' || kind[1] == '!');
        aside = behind || *kind == '=' || *kind == '!';
        const char *name_end = *kind == '<' && !behind ? strchr(kind, '>') : NULL;
        reading->lost |= !aside && name_end == NULL && *kind != ':' && *kind != '>';
        if (reading->lost)
            return;
        copy(reading, name_end != NULL ? name_end + 1 : kind + (behind ? 2 : 1));
    }
    reading->depth++;
    reading->behind += behind ? 1 : 0;
    reading->lost |= reading->depth == DEPTH_MAX;
    First inner = first_new();
    if (!reading->lost)
        read_choice(reading, aside ? &inner : first);
    first_clear(&inner);
    reading->behind -= behind ? 1 : 0;
    reading->depth--;
}

/* Of escapes with letters only these are one character long, or end with their braces. */
static gboolean is_understood(char letter) {
    return !g_ascii_isalnum(letter) || strchr("dDwWsSpPbBhHvVRXAzZGtnr", letter) != NULL;
}

/* An escape or a class or a character that is no bracket. */
static void read_character(Reading *reading, First *first) {
    const char *at = reading->at, *end = expression_atom_end(at);
    const gboolean escape = *at == '\\', class = *at == '[';
    reading->lost |= escape && (at[1] == '\0' || !is_understood(at[1]));
    first->empty = FALSE;
    if (escape && g_ascii_isalnum(at[1]))
        first->known = strchr("dDwWsSpP", at[1]) != NULL;
    else if (strchr("^$.", *at) != NULL)
        first->known = FALSE;
    else if (!escape && !class && (guchar)*at < 0x80 && !g_ascii_isalnum(*at))
        g_string_append_c(first->set, '\\');
    if (first->known)
        g_string_append_len(first->set, at, end - at);
    copy(reading, end);
}

static void read_atom(Reading *reading, First *first) {
    if (*reading->at != '(') {
        read_character(reading, first);
        return;
    }
    copy(reading, reading->at + 1);
    read_bracket(reading, first);
    reading->lost |= *reading->at != ')';
    if (!reading->lost)
        copy(reading, reading->at + 1);
}

/* Copies the quantifier, if there is one; TRUE where it allows none at all. */
static gboolean read_quantifier(Reading *reading) {
    const char *at = reading->at;
    if (*at == '\0' || strchr("?*+{", *at) == NULL)
        return FALSE;
    gboolean none = *at == '?' || *at == '*' || (*at == '{' && at[1] == '0');
    const char *end = *at == '{' ? strchr(at, '}') : at;
    reading->lost |= end == NULL;
    if (!reading->lost)
        copy(reading, end + 1 + (end[1] == '+' || end[1] == '?' ? 1 : 0));
    return none;
}

static void read_sequence(Reading *reading, First *first) {
    while (!reading->lost && *reading->at != '\0' && *reading->at != '|' && *reading->at != ')') {
        First atom = first_new();
        read_atom(reading, &atom);
        gboolean none = read_quantifier(reading);
        if (first->empty) {
            g_string_append(first->set, atom.set->str);
            first->known &= atom.known;
            first->empty = atom.empty || none;
        }
        first_clear(&atom);
    }
}

/* Puts `first` before the choice that was written from `start` on. */
static void look_ahead(Reading *reading, gsize start, const First *first) {
    g_autofree char *look = g_strconcat("(?=[", first->set->str, "])(?:", NULL);
    g_string_insert(reading->text, (gssize)start, look);
    g_string_append_c(reading->text, ')');
}

static void read_choice(Reading *reading, First *first) {
    const gsize start = reading->text->len;
    gboolean empty = FALSE;
    for (guint n = 1; !reading->lost; n++) {
        First one = first_new();
        read_sequence(reading, &one);
        g_string_append(first->set, one.set->str);
        first->known &= one.known;
        empty |= one.empty;
        first_clear(&one);
        if (*reading->at != '|') {
            first->empty = empty;
            if (n >= CHOICES_MIN && first->known && !empty && reading->depth > 0 &&
                reading->behind == 0)
                look_ahead(reading, start, first);
            return;
        }
        copy(reading, reading->at + 1);
    }
}

char *expression_with_first(const char *pattern) {
    Reading reading = {.at = pattern, .text = g_string_new(NULL)};
    First first = first_new();
    read_choice(&reading, &first);
    first_clear(&first);
    gboolean understood = !reading.lost && *reading.at == '\0';
    char *text = g_string_free(reading.text, FALSE);
    if (understood)
        return text;
    g_free(text);
    return g_strdup(pattern);
}
