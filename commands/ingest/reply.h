/* Reply: what a worker says, through a pipe: a head with kind and length, then so many bytes.
 *
 * The reader trusts nothing: it takes no more than its cap, whatever the head promises, and knows
 * a reply that is short, too long or none.
 */
#pragma once
#include <glib.h>

typedef enum {
    REPLY_REPORT = 1, /* the Report's XML */
    REPLY_REFUSAL,    /* why there is none, in a sentence */
} ReplyKind;

enum { REPLY_REFUSAL_BYTES_MAX = 4096 };

/* In the worker. FALSE where nobody listens. */
gboolean reply_write(int file, ReplyKind kind, const char *bytes, gsize length);

typedef enum {
    REPLY_OPEN,      /* more may come */
    REPLY_WHOLE,     /* all is there and the pipe has ended */
    REPLY_SHORT,     /* the pipe ended before */
    REPLY_FLOOD,     /* more than its cap */
    REPLY_MALFORMED, /* no head, an unknown kind, bytes after the end */
} ReplyState;

typedef struct {
    GByteArray *bytes; /* head and body as far as they have come */
    ReplyState state;
    gsize bytes_max;   /* of a Report */
    gboolean admitted; /* may be read whole */
} Reply;

void reply_init(Reply *reply, gsize bytes_max);
void reply_clear(Reply *reply);

/* Reads what there is, without waiting where the pipe does not block; of a reply that is not
 * admitted only the beginning. */
ReplyState reply_read(Reply *reply, int file);

/* Whether there is more than a beginning to read, once it is admitted. */
gboolean reply_waits(const Reply *reply);

/* The bytes that its head promises; it cannot give more. */
gsize reply_promise(const Reply *reply);

/* The body of a whole reply; lends. */
ReplyKind reply_body(const Reply *reply, const char **bytes, gsize *length);

/* The Document of a Report's XML, cut out of it as its own XML, byte for byte as it is written by
 * itself, packed as the archive keeps it; NULL where the Report is not written as ours are. */
GBytes *reply_packed_document(const char *report, gsize length);
