/* From the words of a row to chunks. */
#include "extract/chunks.h"

static const float CHUNK_GAP_EM = 0.8F; /* a wider gap parts two chunks */
enum {
    LEADER_CHARACTERS_MIN = 3, /* of ...... */
    HEAD_ROWS_MAX = 5,
    NOTE_CHARACTERS_MAX = 30, /* longer ones are sentences */
};

gboolean word_is_leader(const Rows *rows, const Word *word) {
    for (guint i = 0; i < word->count; i++) {
        gunichar code = rows_glyph(rows, word->first + i)->code;
        if (code != '.' && code != U'…' && code != U'·' && code != '_' && code != U'⋯')
            return FALSE;
    }
    return word->count >= LEADER_CHARACTERS_MIN;
}

void chunk_describe(const Rows *rows, Chunk *chunk) {
    guint digits = 0, letters = 0, others = 0;
    gunichar first = 0, last = 0;
    chunk->x0 = G_MAXFLOAT;
    chunk->x1 = -G_MAXFLOAT;
    chunk->centre = 0;
    chunk->characters = 0;
    for (guint w = 0; w < chunk->count; w++) {
        const Word *word = &g_array_index(rows->words, Word, chunk->word + w);
        chunk->x0 = MIN(chunk->x0, word->x0);
        chunk->x1 = MAX(chunk->x1, word->x1);
        chunk->centre += word->centre / (float)chunk->count;
        for (guint i = 0; i < word->count; i++) {
            last = rows_glyph(rows, word->first + i)->code;
            first = first == 0 ? last : first;
            chunk->characters++;
            if (g_unichar_isdigit(last))
                digits++;
            else if (g_unichar_isalpha(last))
                letters++;
            else
                others++;
        }
    }
    chunk->figure =
        (digits > 0 && letters <= 2 && letters < digits) || (digits + letters == 0 && others <= 3);
    chunk->lowercase = g_unichar_islower(first);
    chunk->colon = last == ':' || last == U'：';
}

void row_chunks(const Rows *rows, const Row *row, GArray *chunks) {
    gboolean open = FALSE;
    guint from = chunks->len;
    for (guint i = 0; i < row->count; i++) {
        const Word *word = row_word(rows, row, i);
        Chunk *last = open ? &g_array_index(chunks, Chunk, chunks->len - 1) : NULL;
        if (word_is_leader(rows, word)) {
            open = FALSE;
        } else if (last != NULL && word->x0 - last->x1 < CHUNK_GAP_EM * row->em) {
            last->x1 = MAX(last->x1, word->x1);
            last->count++;
        } else {
            Chunk chunk = {.x0 = word->x0, .x1 = word->x1, .word = row->first + i, .count = 1};
            g_array_append_val(chunks, chunk);
            open = TRUE;
        }
    }
    for (guint i = from; i < chunks->len; i++)
        chunk_describe(rows, &g_array_index(chunks, Chunk, i));
}

guint head_length(const GArray *chunks, const GArray *starts, guint first, guint count) {
    for (guint row = 0; row < count && row <= HEAD_ROWS_MAX; row++) {
        guint from = g_array_index(starts, guint, first + row);
        guint n = g_array_index(starts, guint, first + row + 1) - from, figures = 0;
        for (guint i = 1; i < n; i++)
            figures += g_array_index(chunks, Chunk, from + i).figure ? 1 : 0;
        if (figures > 0 && 2 * figures >= n - 1)
            return row;
    }
    return 0;
}

gboolean chunk_is_note(const Rows *rows, const Chunk *chunk) {
    if (chunk->characters > NOTE_CHARACTERS_MAX)
        return FALSE;
    gboolean note = FALSE;
    guint at = 0;
    for (guint w = 0; w < chunk->count; w++) {
        const Word *word = &g_array_index(rows->words, Word, chunk->word + w);
        for (guint i = 0; i < word->count; i++, at++) {
            gunichar code = rows_glyph(rows, word->first + i)->code;
            if (code == U'，' || code == U'。' || code == U'；')
                return FALSE; /* a sentence */
            note = note || ((code == U'：' || code == ':') && at > 1 && at + 1 < chunk->characters);
        }
    }
    return note;
}
