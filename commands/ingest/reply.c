#include "commands/ingest/reply.h"
#include "load/packed.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    guint32 magic, kind;
    guint64 length;
} Head;

enum { MAGIC = 0x676a7231, CHUNK_BYTES = 65536 };

static gboolean write_all(int file, const void *bytes, gsize length) {
    const char *at = bytes;
    while (length > 0) {
        gssize written = write(file, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return FALSE;
        at += written;
        length -= (gsize)written;
    }
    return TRUE;
}

gboolean reply_write(int file, ReplyKind kind, const char *bytes, gsize length) {
    const Head head = {MAGIC, kind, length};
    return write_all(file, &head, sizeof head) && write_all(file, bytes, length);
}

void reply_init(Reply *reply, gsize bytes_max) {
    reply->bytes = g_byte_array_new();
    reply->bytes_max = bytes_max;
    reply->state = REPLY_OPEN;
    reply->admitted = FALSE;
}

void reply_clear(Reply *reply) {
    if (reply->bytes != NULL)
        g_byte_array_unref(reply->bytes);
    reply->bytes = NULL;
}

static Head reply_head(const Reply *reply) {
    Head head = {0};
    if (reply->bytes->len >= sizeof head)
        memcpy(&head, reply->bytes->data, sizeof head);
    return head;
}

/* What is to be said of the bytes so far; `ended`: no more will come. */
static ReplyState judge(const Reply *reply, gboolean ended) {
    const Head head = reply_head(reply);
    if (reply->bytes->len < sizeof head)
        return ended ? REPLY_SHORT : REPLY_OPEN;
    if (head.magic != MAGIC || (head.kind != REPLY_REPORT && head.kind != REPLY_REFUSAL))
        return REPLY_MALFORMED;
    if (head.length > (head.kind == REPLY_REPORT ? reply->bytes_max : REPLY_REFUSAL_BYTES_MAX))
        return REPLY_FLOOD;
    gsize length = reply->bytes->len - sizeof head;
    if (length > head.length)
        return REPLY_MALFORMED;
    if (!ended)
        return REPLY_OPEN;
    return length == head.length ? REPLY_WHOLE : REPLY_SHORT;
}

gboolean reply_waits(const Reply *reply) {
    return reply->state == REPLY_OPEN && !reply->admitted && reply->bytes->len >= CHUNK_BYTES;
}

gsize reply_promise(const Reply *reply) { return (gsize)reply_head(reply).length; }

ReplyState reply_read(Reply *reply, int file) {
    while (reply->state == REPLY_OPEN && !reply_waits(reply)) {
        guint length = reply->bytes->len;
        gsize room = reply->admitted ? CHUNK_BYTES : CHUNK_BYTES - length;
        g_byte_array_set_size(reply->bytes, length + (guint)room);
        gssize n = read(file, reply->bytes->data + length, room);
        g_byte_array_set_size(reply->bytes, length + (guint)MAX(n, 0));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            break;
        reply->state = judge(reply, n <= 0);
    }
    return reply->state;
}

ReplyKind reply_body(const Reply *reply, const char **bytes, gsize *length) {
    const Head head = reply_head(reply);
    g_assert(reply->state == REPLY_WHOLE);
    *bytes = (const char *)reply->bytes->data + sizeof head;
    *length = (gsize)head.length;
    return (ReplyKind)head.kind;
}

/* Within the Report every line of markup stands one space deeper. White space before a `<` is
 * never text, since text begins and ends with something printed. Gives the end of what it wrote. */
static char *copy_outdented(char *to, const char *at, const char *end) {
    while (at < end) {
        const char *stop = memchr(at, '\n', (gsize)(end - at));
        stop = stop == NULL ? end : stop + 1;
        memcpy(to, at, (gsize)(stop - at));
        to += stop - at;
        at = stop;
        const char *mark = at;
        while (mark < end && *mark == ' ')
            mark++;
        at += mark > at && mark < end && *mark == '<';
    }
    return to;
}

/* Comments and marked sections begin so. */
static gboolean has_declarations(const char *at, const char *end) {
    const char *begin = at;
    while ((at = memchr(at, '!', (gsize)(end - at))) != NULL) {
        if (at > begin && at[-1] == '<')
            return TRUE;
        at++;
    }
    return FALSE;
}

GBytes *reply_packed_document(const char *report, gsize length) {
    static const char DECLARATION[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    static const char START[] = "<document ", END[] = "</document>";
    const char *end = report + length;
    const char *start = memmem(report, length, START, sizeof START - 1);
    /* Ours have no comments and no marked sections, in which other text could stand. */
    if (start == NULL || has_declarations(report, end))
        return NULL;
    const char *stop = memmem(start, (gsize)(end - start), END, sizeof END - 1);
    if (stop == NULL)
        return NULL;
    char *text = g_malloc(sizeof DECLARATION + (gsize)(stop - start) + sizeof END);
    char *to = g_stpcpy(text, DECLARATION);
    to = copy_outdented(to, start, stop + sizeof END - 1);
    *to++ = '\n';
    GBytes *packed = packed_from_bytes(text, (gsize)(to - text));
    g_free(text);
    return packed;
}
