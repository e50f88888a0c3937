/* Two passes: the first proves that all characters are allowed ones in UTF-8; the second cuts the
 * text at its markup and may then look at single bytes, since every byte of markup is ASCII. Both
 * step over what is plain eight bytes at a time. Values are copied once, without their
 * references. */
#include "extract/markup_scan.h"
#include <glib/gi18n.h>
#include <string.h>

enum { WORD_BYTES = 8 };

static const char SECTION[] = "<![CDATA[";

static gboolean fail(MarkupScan *scan, const char *reason) {
    if (scan->reason == NULL)
        scan->reason = reason;
    return FALSE;
}

/* What a byte may be; the last three stop the copying of a value. */
enum {
    BLANK = 1,
    NAME_START = 2,
    NAME_MORE = 4,
    STOPS_TEXT = 8,
    STOPS_DOUBLE = 16, /* in double quotes */
    STOPS_SINGLE = 32,
    STOPS = STOPS_TEXT | STOPS_DOUBLE | STOPS_SINGLE,
};

static const guint8 CLASSES[256] = {
    ['a' ... 'z'] = NAME_START | NAME_MORE,
    ['A' ... 'Z'] = NAME_START | NAME_MORE,
    ['_'] = NAME_START | NAME_MORE,
    ['0' ... '9'] = NAME_MORE,
    ['-'] = NAME_MORE,
    ['.'] = NAME_MORE,
    [' '] = BLANK,
    ['\t'] = BLANK | STOPS_DOUBLE | STOPS_SINGLE,
    ['\n'] = BLANK | STOPS_DOUBLE | STOPS_SINGLE,
    ['\r'] = BLANK | STOPS,
    ['<'] = STOPS,
    ['&'] = STOPS,
    [']'] = STOPS_TEXT,
    ['"'] = STOPS_DOUBLE,
    ['\''] = STOPS_SINGLE,
};

static gboolean is(char c, guint classes) { return (CLASSES[(guchar)c] & classes) != 0; }

#define EACH(byte) (G_GUINT64_CONSTANT(0x0101010101010101) * (byte))

/* Eight bytes, the first one lowest. */
static guint64 word_at(const char *bytes) {
    guint64 word;
    memcpy(&word, bytes, sizeof word);
    return GUINT64_FROM_LE(word);
}

/* These mark the high bits of bytes; up to the first one that is marked they are exact. */
static guint64 marks_below(guint64 word, guint8 limit) {
    return (word - EACH(limit)) & ~word & EACH(0x80);
}
static guint64 marks_equal(guint64 word, char c) {
    const guint64 other = word ^ EACH((guchar)c);
    return (other - EACH(1)) & ~other & EACH(0x80);
}

static gboolean continues(char c) { return ((guchar)c & 0xC0) == 0x80; }

/* Most of what is no ASCII: U+1000 to U+CFFF have three bytes, and no exceptions among them. */
static gboolean is_common(const char *at) {
    return (guchar)*at >= 0xE1 && (guchar)*at <= 0xEC && continues(at[1]) && continues(at[2]);
}

/* The length of the character at `at`, outside of ASCII; 0: it is none, or U+FFFE or U+FFFF. */
static gsize character_length(const char *at, const char *end) {
    const gunichar c = g_utf8_get_char_validated(at, end - at);
    return c >= (gunichar)-2 || c == 0xFFFE || c == 0xFFFF ? 0 : (gsize)g_unichar_to_utf8(c, NULL);
}

static gboolean characters_are_allowed(const char *at, const char *end) {
    while (at < end) {
        if ((guchar)*at >= 0x80) {
            gsize length = 3;
            while (end - at >= 3 && is_common(at))
                at += length;
            if (at == end || (guchar)*at < 0x80)
                continue;
            if ((length = character_length(at, end)) == 0)
                return FALSE;
            at += length;
        } else if (end - at >= WORD_BYTES &&
                   (marks_below(word_at(at), 0x20) | (word_at(at) & EACH(0x80))) == 0) {
            at += WORD_BYTES;
        } else {
            if ((guchar)*at < 0x20 && !is(*at, BLANK))
                return FALSE;
            at++;
        }
    }
    return TRUE;
}

void markup_scan_begin(MarkupScan *scan, const char *bytes, gsize length) {
    static const char MARK[] = "\xEF\xBB\xBF";
    *scan = (MarkupScan){.values = g_string_new(NULL), .text = g_string_new(NULL)};
    scan->begin = scan->at = bytes;
    scan->end = bytes + length;
    if (length == 0 || length > MARKUP_TEXT_BYTES_MAX)
        fail(scan, _("empty or too large"));
    else if (!characters_are_allowed(bytes, scan->end))
        fail(scan, _("not UTF-8, or with characters that XML forbids"));
    else if (length >= sizeof MARK - 1 && memcmp(bytes, MARK, sizeof MARK - 1) == 0)
        scan->begin = scan->at += sizeof MARK - 1;
}

void markup_scan_clear(MarkupScan *scan) {
    g_string_free(scan->values, TRUE);
    g_string_free(scan->text, TRUE);
}

guint markup_scan_line(const MarkupScan *scan) {
    guint line = 1;
    for (const char *p = scan->begin; p < scan->at; p++)
        line += *p == '\n';
    return line;
}

static gboolean ill_formed(MarkupScan *scan) {
    return fail(scan, _("the text ends early or is not well-formed"));
}

static gboolean stands_here(const MarkupScan *scan, const char *text, gsize length) {
    return (gsize)(scan->end - scan->at) >= length && memcmp(scan->at, text, length) == 0;
}

/* Steps over `text` where it stands here. */
static gboolean take(MarkupScan *scan, const char *text, gsize length) {
    if (!stands_here(scan, text, length))
        return FALSE;
    scan->at += length;
    return TRUE;
}
#define TAKE(scan, literal) take(scan, literal, sizeof(literal) - 1)

static gboolean skip_blanks(MarkupScan *scan) {
    const char *from = scan->at;
    while (scan->at < scan->end && is(*scan->at, BLANK))
        scan->at++;
    return scan->at > from;
}

/* Steps behind the next `text`. */
static gboolean skip_behind(MarkupScan *scan, const char *text, gsize length) {
    const char *found = memmem(scan->at, (gsize)(scan->end - scan->at), text, length);
    if (found == NULL)
        return ill_formed(scan);
    scan->at = found + length;
    return TRUE;
}

static gboolean read_name(MarkupScan *scan, MarkupName *name) {
    const char *at = scan->at, *end = scan->end;
    name->start = at;
    if (at < end && is(*at, NAME_START))
        while (at < end && is(*at, NAME_MORE))
            at++;
    scan->at = at;
    name->length = (guint)(at - name->start);
    return name->length > 0 || ill_formed(scan);
}

static gboolean names_equal(MarkupName a, MarkupName b) {
    return a.length == b.length && memcmp(a.start, b.start, a.length) == 0;
}

static gboolean is_character(guint64 code) {
    return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code <= 0xD7FF) ||
           (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

/* After “&#”. */
static gboolean read_number(MarkupScan *scan, GString *into) {
    const guint base = TAKE(scan, "x") ? 16 : 10;
    guint64 code = 0;
    const char *from = scan->at;
    for (; scan->at < scan->end && *scan->at != ';'; scan->at++) {
        int digit = g_ascii_xdigit_value(*scan->at);
        if (digit < 0 || digit >= (int)base || code > 0x10FFFF)
            return ill_formed(scan);
        code = code * base + (guint)digit;
    }
    if (scan->at == from || !is_character(code) || !TAKE(scan, ";"))
        return ill_formed(scan);
    g_string_append_unichar(into, (gunichar)code);
    return TRUE;
}

/* At “&”. */
static gboolean read_reference(MarkupScan *scan, GString *into) {
    static const struct {
        const char *text;
        gsize length;
        char character;
    } ENTITIES[] = {{"&lt;", 4, '<'},
                    {"&gt;", 4, '>'},
                    {"&amp;", 5, '&'},
                    {"&quot;", 6, '"'},
                    {"&apos;", 6, '\''}};
    if (TAKE(scan, "&#"))
        return read_number(scan, into);
    for (gsize i = 0; i < G_N_ELEMENTS(ENTITIES); i++)
        if (take(scan, ENTITIES[i].text, ENTITIES[i].length)) {
            g_string_append_c(into, ENTITIES[i].character);
            return TRUE;
        }
    return fail(scan, _("a DOCTYPE or an entity"));
}

/* A line's end, of whatever system, is one character; within an attribute all white space is a
 * space. */
static void read_blank(MarkupScan *scan, GString *into, gboolean attribute) {
    char c = *scan->at++;
    if (c == '\r' && scan->at < scan->end && *scan->at == '\n')
        scan->at++;
    g_string_append_c(into, attribute ? ' ' : c == '\t' ? '\t' : '\n');
}

/* How many of eight bytes come before the first that may be of class `stop`. */
static inline guint plain_bytes(const char *at, guint stop) {
    const guint64 word = word_at(at);
    guint64 marks = marks_equal(word, '<') | marks_equal(word, '&');
    if (stop == STOPS_TEXT)
        marks |= marks_equal(word, ']') | marks_equal(word, '\r');
    else
        marks |= marks_equal(word, stop == STOPS_DOUBLE ? '"' : '\'') | marks_below(word, 0x20);
    return marks == 0 ? WORD_BYTES : (guint)__builtin_ctzll(marks) / 8;
}

/* The first byte of class `stop`, or the end. */
static const char *find_stop(const char *at, const char *end, guint stop) {
    guint plain = WORD_BYTES;
    while (end - at >= WORD_BYTES && (plain = plain_bytes(at, stop)) == WORD_BYTES)
        at += WORD_BYTES;
    if (plain < WORD_BYTES)
        return at + plain;
    while (at < end && !is(*at, stop))
        at++;
    return at;
}

/* g_string_append_len where there is room, which is nearly always. */
static void append(GString *into, const char *from, gsize length) {
    if (length == 0)
        return;
    if (length >= into->allocated_len - into->len) {
        g_string_append_len(into, from, (gssize)length);
        return;
    }
    memcpy(into->str + into->len, from, length);
    into->len += length;
    into->str[into->len] = '\0';
}

/* The NUL that ends a value. */
static void append_end(GString *into) {
    if (into->allocated_len - into->len > 1)
        into->str[++into->len] = '\0';
    else
        g_string_append_c(into, '\0');
}

/* Copies to the next byte of class `stop`, or the end: words while there is room for them. */
static inline void copy_plain(MarkupScan *scan, guint stop, GString *into) {
    const char *at = scan->at, *end = scan->end;
    char *to = into->str + into->len, *room = into->str + into->allocated_len - WORD_BYTES;
    guint plain = WORD_BYTES;
    while (plain == WORD_BYTES && end - at >= WORD_BYTES && to < room) {
        memcpy(to, at, WORD_BYTES);
        plain = plain_bytes(at, stop);
        at += plain;
        to += plain;
    }
    *to = '\0';
    into->len = (gsize)(to - into->str);
    scan->at = plain < WORD_BYTES ? at : find_stop(at, end, stop);
    append(into, at, (gsize)(scan->at - at));
}

/* Copies until a byte of class `stop` that is none of white space, references and “]”. */
static gboolean read_value(MarkupScan *scan, guint stop, GString *into) {
    for (;;) {
        if (stop == STOPS_DOUBLE) /* as all of ours are: the compiler makes it a loop of its own */
            copy_plain(scan, STOPS_DOUBLE, into);
        else
            copy_plain(scan, stop, into);
        if (scan->at == scan->end)
            return ill_formed(scan);
        if (is(*scan->at, BLANK))
            read_blank(scan, into, stop != STOPS_TEXT);
        else if (*scan->at == '&') {
            if (!read_reference(scan, into))
                return FALSE;
        } else if (*scan->at != ']')
            return TRUE;
        else if (stands_here(scan, "]]>", 3))
            return ill_formed(scan);
        else
            g_string_append_c(into, *scan->at++);
    }
}

static gboolean is_repeated(MarkupScan *scan, MarkupName name) {
    const guint64 mark = markup_name_mark(name);
    if ((scan->marks & mark) != 0)
        for (guint i = 0; i < scan->attributes_count; i++)
            if (names_equal(scan->attributes[i].name, name))
                return TRUE;
    scan->marks |= mark;
    return FALSE;
}

static gboolean read_attribute(MarkupScan *scan) {
    if (scan->attributes_count == MARKUP_ATTRIBUTES_MAX)
        return fail(scan, _("too many attributes"));
    MarkupAttribute *attribute = &scan->attributes[scan->attributes_count];
    attribute->value = scan->values->len;
    if (!read_name(scan, &attribute->name))
        return FALSE;
    skip_blanks(scan);
    if (!TAKE(scan, "="))
        return ill_formed(scan);
    skip_blanks(scan);
    const char quote = scan->at < scan->end ? *scan->at++ : '\0';
    if (quote != '"' && quote != '\'')
        return ill_formed(scan);
    if (!read_value(scan, quote == '"' ? STOPS_DOUBLE : STOPS_SINGLE, scan->values))
        return FALSE;
    if (*scan->at++ != quote)
        return ill_formed(scan);
    append_end(scan->values);
    if (is_repeated(scan, attribute->name))
        return fail(scan, _("the same attribute twice"));
    scan->attributes_count++;
    return TRUE;
}

/* Up to the end of the tag, each with white space before it. */
static gboolean read_attributes(MarkupScan *scan) {
    scan->attributes_count = 0;
    scan->marks = 0;
    g_string_truncate(scan->values, 0);
    while (skip_blanks(scan) && scan->at < scan->end && *scan->at != '>' && *scan->at != '/' &&
           *scan->at != '?')
        if (!read_attribute(scan))
            return FALSE;
    return TRUE;
}

/* At the name of a start tag. */
static gboolean read_start(MarkupScan *scan) {
    if (scan->depth == 0 && scan->rooted)
        return ill_formed(scan);
    if (scan->depth == MARKUP_DEPTH_MAX)
        return fail(scan, _("nested too deeply"));
    if (!read_name(scan, &scan->name) || !read_attributes(scan))
        return FALSE;
    scan->rooted = TRUE;
    scan->empty = TAKE(scan, "/");
    if (!TAKE(scan, ">"))
        return ill_formed(scan);
    if (!scan->empty)
        scan->open[scan->depth++] = scan->name;
    return TRUE;
}

/* Behind “</”. */
static gboolean read_end(MarkupScan *scan) {
    MarkupName name;
    if (!read_name(scan, &name))
        return FALSE;
    skip_blanks(scan);
    if (!TAKE(scan, ">") || scan->depth == 0 || !names_equal(name, scan->open[scan->depth - 1]))
        return ill_formed(scan);
    scan->depth--;
    return TRUE;
}

static const char *attribute_value(const MarkupScan *scan, guint i, const char *name) {
    const MarkupAttribute *attribute = &scan->attributes[i];
    return i < scan->attributes_count && attribute->name.length == strlen(name) &&
                   memcmp(attribute->name.start, name, attribute->name.length) == 0
               ? scan->values->str + attribute->value
               : NULL;
}

/* Behind the “<?xml” that a text may begin with. */
static gboolean read_declaration(MarkupScan *scan) {
    if (!read_attributes(scan) || !TAKE(scan, "?>"))
        return ill_formed(scan);
    const char *version = attribute_value(scan, 0, "version");
    const char *encoding = attribute_value(scan, 1, "encoding");
    const guint next = encoding == NULL ? 1 : 2;
    const char *standalone = attribute_value(scan, next, "standalone");
    if (g_strcmp0(version, "1.0") != 0 ||
        scan->attributes_count != next + (standalone == NULL ? 0 : 1) ||
        (standalone != NULL && strcmp(standalone, "yes") != 0 && strcmp(standalone, "no") != 0))
        return ill_formed(scan);
    return encoding == NULL || g_ascii_strcasecmp(encoding, "UTF-8") == 0 ||
           fail(scan, _("not UTF-8, or with characters that XML forbids"));
}

/* Behind “<?”. */
static gboolean skip_instruction(MarkupScan *scan) {
    MarkupName target;
    if (!read_name(scan, &target))
        return FALSE;
    if (target.length == 3 && g_ascii_strncasecmp(target.start, "xml", 3) == 0)
        return ill_formed(scan);
    return TAKE(scan, "?>") || (skip_blanks(scan) ? skip_behind(scan, "?>", 2) : ill_formed(scan));
}

/* Behind “<!--”. */
static gboolean skip_comment(MarkupScan *scan) {
    return skip_behind(scan, "--", 2) && (TAKE(scan, ">") || ill_formed(scan));
}

/* Behind “<![CDATA[”. */
static gboolean read_section(MarkupScan *scan) {
    const char *from = scan->at;
    if (scan->depth == 0 || !skip_behind(scan, "]]>", 3))
        return ill_formed(scan);
    const char *behind = scan->at;
    scan->at = from;
    while (scan->at < behind - 3)
        if (*scan->at == '\r')
            read_blank(scan, scan->text, FALSE);
        else
            g_string_append_c(scan->text, *scan->at++);
    scan->at = behind;
    return TRUE;
}

/* Text up to the next tag. Around the root there is only white space. */
static gboolean read_text(MarkupScan *scan) {
    if (scan->depth > 0)
        return read_value(scan, STOPS_TEXT, scan->text);
    return skip_blanks(scan) || ill_formed(scan);
}

/* “<?xml” at the very start, which is no name of another instruction. */
static gboolean takes_declaration(MarkupScan *scan) {
    static const char START[] = "<?xml";
    const gsize length = sizeof START - 1;
    return scan->at == scan->begin && (gsize)(scan->end - scan->at) > length &&
           is(scan->at[length], BLANK) && TAKE(scan, "<?xml");
}

/* At “<” of what is no part of the content. */
static gboolean skip_aside(MarkupScan *scan) {
    if (TAKE(scan, "<!--"))
        return skip_comment(scan);
    if (TAKE(scan, "<?"))
        return skip_instruction(scan);
    return fail(scan, _("a DOCTYPE or an entity"));
}

static MarkupToken read_tag(MarkupScan *scan) {
    if (TAKE(scan, "</"))
        return read_end(scan) ? MARKUP_END : MARKUP_BROKEN;
    scan->at++;
    return read_start(scan) ? MARKUP_START : MARKUP_BROKEN;
}

/* Where characters stand, or a section of them begins. */
static gboolean at_text(const MarkupScan *scan) {
    return *scan->at != '<' || stands_here(scan, SECTION, sizeof SECTION - 1);
}

static gboolean at_tag(const MarkupScan *scan) {
    return *scan->at == '<' &&
           (scan->at + 1 == scan->end || (scan->at[1] != '!' && scan->at[1] != '?'));
}

static MarkupToken step(MarkupScan *scan) {
    gboolean text = FALSE;
    if (takes_declaration(scan) && !read_declaration(scan))
        return MARKUP_BROKEN;
    while (scan->at < scan->end && !at_tag(scan)) {
        if (!text)
            g_string_truncate(scan->text, 0);
        text |= at_text(scan);
        gboolean fine = !at_text(scan)        ? skip_aside(scan)
                        : TAKE(scan, SECTION) ? read_section(scan)
                                              : read_text(scan);
        if (!fine)
            return MARKUP_BROKEN;
    }
    if (text && scan->depth > 0)
        return MARKUP_TEXT;
    if (scan->at < scan->end)
        return read_tag(scan);
    if (scan->depth > 0 || !scan->rooted)
        ill_formed(scan);
    return scan->reason == NULL ? MARKUP_FINISHED : MARKUP_BROKEN;
}

void markup_scan_skip_blanks(MarkupScan *scan) {
    const char *at = scan->at;
    while (at < scan->end && is(*at, BLANK))
        at++;
    if (scan->depth > 0 && scan->end - at > 1 && *at == '<' && at[1] != '!' && at[1] != '?')
        scan->at = at;
}

MarkupToken markup_scan_next(MarkupScan *scan) {
    return scan->reason != NULL ? MARKUP_BROKEN : step(scan);
}
