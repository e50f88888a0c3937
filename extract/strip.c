/* One pass over the bytes for `/FontFile2` (TrueType: an 8-bit font's encoding never comes from it)
 * and `/FontFile3`, whose stream must say that it is OpenType or has two-byte codes. Descriptors in
 * object streams are compressed and stay, but a program's own stream stands in the open: it ends
 * behind its dictionary then, and is none. */
#include "extract/strip.h"
#include "extract/bytes.h"

static const char KEY[] = "/FontFile";
static const char STREAM[] = "stream", END[] = "endobj", OBJECT_STREAM[] = "/ObjStm";
enum { STREAM_LENGTH = sizeof STREAM - 1 };
enum { KEY_LENGTH = sizeof KEY - 1, OBJECT_HEAD_BYTES = 400 };

static gboolean is_digit(char c) { return g_ascii_isdigit(c); }

/* The object that `N G R` at `at` refers to; NULL where it is none or not found. */
static const char *find_object(const char *data, gsize length, const char *at, const char *end) {
    char head[32];
    guint n = 0;
    while (at < end && g_ascii_isspace(*at))
        at++;
    while (at < end && is_digit(*at) && n < 10)
        head[n++] = *at++;
    if (n == 0 || at == end || *at != ' ')
        return NULL;
    for (; at < end && n < 20 && (*at == ' ' || is_digit(*at)); at++)
        head[n++] = *at;
    if (at == end || *at != 'R' || head[n - 1] != ' ')
        return NULL;
    memcpy(head + n, "obj", 4);
    n += 3;
    for (const char *from = data; from < data + length;) {
        const char *found = bytes_find(from, data + length, head, n);
        if (found == NULL)
            return NULL;
        if (found == data || !is_digit(found[-1]))
            return found + n;
        from = found + n;
    }
    return NULL;
}

/* Whether the stream's dictionary at `object` names a format that no encoding is read from. */
static gboolean is_outlines_only(const char *object, const char *end) {
    gsize length = MIN((gsize)(end - object), (gsize)OBJECT_HEAD_BYTES);
    const char *stream = memmem(object, length, "stream", 6);
    if (stream == NULL)
        return FALSE;
    length = (gsize)(stream - object);
    return memmem(object, length, "/CIDFontType0C", 14) != NULL ||
           memmem(object, length, "/OpenType", 9) != NULL;
}

static gboolean is_needless(const char *data, gsize length, const char *key) {
    const char *end = data + length, *after = key + KEY_LENGTH + 1;
    if (after >= end || g_ascii_isalnum(*after))
        return FALSE;
    if (after[-1] == '2')
        return TRUE;
    const char *object = after[-1] == '3' ? find_object(data, length, after, end) : NULL;
    return object != NULL && is_outlines_only(object, end);
}

/* Whether the dictionary before `stream` is that of a TrueType program, which alone has one length
 * beside that of the stream, or of outlines only. */
static gboolean is_program(const char *data, const char *stream) {
    static const char OBJECT[] = " obj", LENGTH[] = "/Length";
    const char *from = stream - MIN(stream - data, OBJECT_HEAD_BYTES), *head = NULL;
    for (const char *at = from; at != NULL && at < stream;) {
        at = memmem(at, (gsize)(stream - at), OBJECT, sizeof OBJECT - 1);
        head = at != NULL ? at : head;
        at = at != NULL ? at + 1 : NULL;
    }
    if (head == NULL)
        return FALSE;
    guint lengths = 0;
    for (const char *at = head; at < stream; at += sizeof LENGTH - 1) {
        at = memmem(at, (gsize)(stream - at), LENGTH, sizeof LENGTH - 1);
        if (at == NULL)
            break;
        lengths |= is_digit(at[sizeof LENGTH - 1]) ? 1U << (at[sizeof LENGTH - 1] - '0') : 0;
    }
    return lengths == 1U << 1 || is_outlines_only(head, stream + STREAM_LENGTH);
}

/* Ends the objects of programs before their streams, where descriptors may be out of reach. */
static void end_programs(char *data, gsize length) {
    const char *end = data + length;
    for (const char *at = data; (at = bytes_find(at, end, STREAM, STREAM_LENGTH)) != NULL;
         at += STREAM_LENGTH) {
        const char *before = at;
        while (before > data && g_ascii_isspace(before[-1]))
            before--;
        if (before - data >= 2 && before[-1] == '>' && before[-2] == '>' && is_program(data, at))
            memcpy(data + (at - data), END, STREAM_LENGTH);
    }
}

void strip_programs(char *data, gsize length) {
    const char *end = data + length;
    if (bytes_find(data, end, OBJECT_STREAM, sizeof OBJECT_STREAM - 1) != NULL)
        end_programs(data, length);
    for (const char *at = data; (at = bytes_find(at, end, KEY, KEY_LENGTH)) != NULL;
         at += KEY_LENGTH)
        if (is_needless(data, length, at))
            data[at - data + 1] = '-';
}
