/* A reading of the pattern's brackets and quantifiers only. Repetition within repetition, or of a
 * choice, can take exponentially many steps: (a+)+, (a|aa)*. Repetitions one behind the other
 * multiply: a*b*c*. Possessive ones (a++) never step back. */
#include "normalize/expression_risk.h"

/* Steps that repetitions in a row may multiply to; what an unbounded one counts as; depth of
 * brackets that is looked at. */
enum { STEPS_MAX = 4096, UNBOUNDED = 64, DEPTH_MAX = 32 };

typedef struct {
    const char *at;
    gboolean varies[DEPTH_MAX]; /* of each open bracket: it has a quantifier or a choice inside */
    guint64 first[DEPTH_MAX];   /* the steps where it opened, and the most of its alternatives */
    guint64 most[DEPTH_MAX];
    guint depth;
    guint64 steps;
    gboolean risky;
} Shape;

const char *expression_atom_end(const char *at) {
    if (*at == '\\') {
        gboolean braced = (at[1] == 'p' || at[1] == 'P' || at[1] == 'x') && at[2] == '{';
        while (braced && *at != '}' && *at != '\0')
            at++;
        at += braced ? 0 : 1;
        return *at == '\0' ? at : g_utf8_next_char(at);
    }
    if (*at != '[')
        return g_utf8_next_char(at);
    guint depth = 0;
    for (; *at != '\0'; at = g_utf8_next_char(at)) {
        if (*at == '\\' && at[1] != '\0')
            at++;
        else if (*at == '[')
            depth++;
        else if (*at == ']' && --depth == 0)
            return at + 1;
    }
    return at;
}

/* How often the quantifier at `at` repeats; 0 where there is none. Moves behind it. */
static guint64 quantifier_read(const char **at, gboolean *possessive) {
    guint64 most = 0;
    if (**at == '*' || **at == '+')
        most = UNBOUNDED, (*at)++;
    else if (**at == '?')
        most = 1, (*at)++;
    else if (**at == '{') {
        const char *end = *at + 1;
        guint64 number = 0;
        most = 1;
        for (; *end != '}' && *end != '\0'; end++)
            if (*end == ',')
                number = 0, most = UNBOUNDED;
            else
                number = number * 10 + (guint64)g_ascii_digit_value(*end), most = number;
        *at = *end == '}' ? end + 1 : end;
    } else
        return 0;
    *possessive = **at == '+';
    if (**at == '+' || **at == '?')
        (*at)++;
    return MAX(most, 1);
}

static void take_quantifier(Shape *shape, gboolean varies) {
    gboolean possessive = FALSE;
    guint64 most = quantifier_read(&shape->at, &possessive);
    if (most == 0)
        return;
    shape->varies[shape->depth] = TRUE;
    if (possessive)
        return;
    shape->risky |= most > 1 && varies;
    shape->steps = MIN(shape->steps * most, (guint64)STEPS_MAX + 1);
}

/* Past what follows a bracket that opens: ?: ?= ?! ?<= ?<name> ?> */
static const char *bracket_start(const char *at) {
    if (*at != '?')
        return at;
    at++;
    if (*at == '<' && at[1] != '=' && at[1] != '!') {
        while (*at != '>' && *at != '\0')
            at++;
        return *at == '>' ? at + 1 : at;
    }
    while (*at == '<' || *at == '=' || *at == '!' || *at == ':' || *at == '>')
        at++;
    return at;
}

gboolean expression_is_risky(const char *pattern) {
    Shape shape = {.at = pattern, .steps = 1, .first = {1}, .most = {1}};
    while (*shape.at != '\0' && !shape.risky) {
        if (*shape.at == '(') {
            if (++shape.depth == DEPTH_MAX)
                return TRUE;
            shape.varies[shape.depth] = FALSE;
            shape.first[shape.depth] = shape.most[shape.depth] = shape.steps;
            shape.at = bracket_start(shape.at + 1);
        } else if (*shape.at == ')') {
            if (shape.depth == 0)
                return TRUE;
            gboolean varies = shape.varies[shape.depth];
            shape.steps = MAX(shape.steps, shape.most[shape.depth]);
            shape.depth--;
            shape.varies[shape.depth] |= varies;
            shape.at++;
            take_quantifier(&shape, varies);
        } else if (*shape.at == '|') {
            shape.varies[shape.depth] = TRUE;
            shape.most[shape.depth] = MAX(shape.most[shape.depth], shape.steps);
            shape.steps = shape.first[shape.depth];
            shape.at++;
        } else {
            shape.at = expression_atom_end(shape.at);
            take_quantifier(&shape, FALSE);
        }
    }
    return shape.risky || MAX(shape.steps, shape.most[0]) > STEPS_MAX;
}
