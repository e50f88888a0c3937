/* Every drawn glyph claims the character that begins where it was drawn.
 *
 *   drawn    共  ▯  ▯  ▯  个        ▯: mapped to nothing        → glyphs-unmapped
 *   got      共           个
 *
 *   drawn    总总 计计             two claims to one character   → characters-dropped, doubled
 *   got      总   计
 *
 * A word that nothing claims is invisible: recognised text behind a picture, which stays and is not
 * trusted, or hidden text, which goes. Characters are found by their place through a table of
 * squares, so that the work is linear.
 */
#include "extract/account.h"
#include "extract/cover.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float SQUARE_POINTS = 8.0F; /* of the table of places */
static const float START_EM = 0.35F;     /* a glyph begins this near to its character */
static const float SLANTED_EM = 0.6F;
static const float REACH_EM = 0.6F; /* its character's middle is this near to its own */
static const float REACH_POINTS_MAX = 200.0F;
static const float ACROSS_POINTS = 1.5F; /* a baseline may leave the box by this much */
static const float OFF_PAGE_POINTS = 2.0F;
static const float DOUBLED_EM = 0.2F; /* copies of a character are this near */
static const float SAME_PLACE_POINTS = 0.05F;
/* How much nearer a character must be that is another one, or taken. */
static const float OTHER_EM = 0.2F, TAKEN_EM = 0.1F;
enum {
    SAME_CODE_GLYPHS_MIN = 5,    /* glyphs of one font that claim to be one character */
    MAPPINGS_START = 1024,       /* room for the different glyphs of a usual page; a power of two */
    LOOK_MAX = 64,               /* characters looked at in a square: those of a crowd are alike */
    WORK_MAX = 20 * 1000 * 1000, /* squares and characters looked at on a page in all */
};

/* A drawn glyph whose font has no map may be a blank. */
enum { CLAIMED_BY_UNKNOWN = 1, CLAIMED = 2, CLAIMED_IN_CLIP = 4 };

typedef struct {
    Ink *ink;
    GArray *notices;
    guint columns, rows;
    guint *heads;           /* first glyph + 1 in each square */
    guint *nexts;           /* next glyph + 1 in the same square */
    guint work;             /* done so far, up to WORK_MAX: then nothing more is claimed */
    guint8 *claims;         /* of each glyph: CLAIMED … */
    const Drawn **claimers; /* of each glyph: the nearest that claimed it; or NULL */
    float *nearest;         /* of each glyph: how near that was */
    const Drawn **last;     /* of each glyph: the last that claimed it; or NULL */
    guint next;             /* the glyph behind the one claimed last */
} Account;

static void remark(const Account *account, NoticeKind kind, guint count, const char *text) {
    Notice notice = {
        .kind = kind, .page = account->ink->number, .count = count, .text = g_strdup(text)};
    if (count > 0)
        g_array_append_val(account->notices, notice);
    else
        g_free(notice.text);
}

static guint square_of(float at, guint n) {
    return at <= 0 ? 0 : MIN((guint)(at / SQUARE_POINTS), n - 1);
}

/* Where the character begins, for a baseline in this direction. */
static void glyph_start(const Glyph *glyph, guint8 direction, float *x, float *y) {
    const Rectangle *box = &glyph->box;
    *x = direction == 0 ? box->x0 : direction == 2 ? box->x1 : (box->x0 + box->x1) / 2;
    *y = direction == 1 ? box->y0 : direction == 3 ? box->y1 : (box->y0 + box->y1) / 2;
}

static void build_squares(Account *account) {
    const Ink *ink = account->ink;
    account->columns = (guint)MIN(ink->width / SQUARE_POINTS, 1000) + 1;
    account->rows = (guint)MIN(ink->height / SQUARE_POINTS, 1000) + 1;
    account->heads = g_new0(guint, (gsize)account->columns * account->rows);
    account->nexts = g_new0(guint, ink->glyphs->len + 1);
    account->claims = g_new0(guint8, ink->glyphs->len + 1);
    account->claimers = g_new0(const Drawn *, ink->glyphs->len + 1);
    account->nearest = g_new0(float, ink->glyphs->len + 1);
    account->last = g_new0(const Drawn *, ink->glyphs->len + 1);
    for (guint i = 0; i < ink->glyphs->len; i++) {
        Rectangle box = ink_glyph(ink, i)->box;
        guint column = square_of((box.x0 + box.x1) / 2, account->columns);
        guint row = square_of((box.y0 + box.y1) / 2, account->rows);
        guint *head = &account->heads[row * account->columns + column];
        account->nexts[i] = *head;
        *head = i + 1;
    }
}

static float drawn_em(const Drawn *drawn) { return hypotf(drawn->em_x, drawn->em_y); }

/* Where the middle of the drawn glyph is, if it is as wide as an em. */
static void drawn_middle(const Drawn *drawn, float *x, float *y) {
    *x = drawn->x + 0.5F * drawn->em_x + 0.35F * drawn->em_y;
    *y = drawn->y + 0.5F * drawn->em_y - 0.35F * drawn->em_x;
}

static gboolean is_in_box(const Rectangle *box, float x, float y) {
    return x >= box->x0 - ACROSS_POINTS && x <= box->x1 + ACROSS_POINTS &&
           y >= box->y0 - ACROSS_POINTS && y <= box->y1 + ACROSS_POINTS;
}

/* How far the drawn glyph is from where a character of this direction begins, along it. */
static float start_distance(const Drawn *drawn, const Glyph *glyph, guint8 direction) {
    float x, y;
    glyph_start(glyph, direction, &x, &y);
    gboolean across = direction % 2 == 1;
    float along = fabsf(across ? drawn->y - y : drawn->x - x);
    float low = across ? glyph->box.x0 : glyph->box.y0;
    float high = across ? glyph->box.x1 : glyph->box.y1;
    float place = across ? drawn->x : drawn->y;
    gboolean beside = place < low - ACROSS_POINTS || place > high + ACROSS_POINTS;
    return along > MAX(glyph->size, 4) * START_EM || beside ? G_MAXFLOAT : along;
}

/* Poppler takes slanted text for text in one of the four directions. */
static float slanted_distance(const Drawn *drawn, const Glyph *glyph) {
    float x, y, best = G_MAXFLOAT;
    for (guint8 direction = 0; direction < DIRECTION_SLANTED; direction++)
        best = MIN(best, start_distance(drawn, glyph, direction));
    if (best < G_MAXFLOAT)
        return best;
    drawn_middle(drawn, &x, &y);
    float distance =
        hypotf((glyph->box.x0 + glyph->box.x1) / 2 - x, (glyph->box.y0 + glyph->box.y1) / 2 - y);
    return distance < SLANTED_EM * drawn_em(drawn) ? distance : G_MAXFLOAT;
}

/* How far the drawn glyph is from where this character begins; G_MAXFLOAT where it is another. */
static float claim_distance(const Account *account, const Drawn *drawn, guint index) {
    const Glyph *glyph = ink_glyph(account->ink, index);
    float distance = drawn->direction == DIRECTION_SLANTED
                         ? slanted_distance(drawn, glyph)
                         : start_distance(drawn, glyph, drawn->direction);
    gboolean other = drawn->code != DRAWN_UNKNOWN && drawn->code != glyph->code;
    gboolean taken = account->claimers[index] != NULL;
    float apart = MAX(glyph->size, 4) * ((other ? OTHER_EM : 0) + (taken ? TAKEN_EM : 0));
    return distance == G_MAXFLOAT ? distance : distance + apart;
}

/* Characters are mostly given in the order in which they are drawn: whether the next one is just
 * this, so that no other can be nearer. */
static gboolean is_next(const Account *account, const Drawn *drawn, float *nearest) {
    if (account->next >= account->ink->glyphs->len || drawn->direction == DIRECTION_SLANTED)
        return FALSE;
    const Glyph *glyph = ink_glyph(account->ink, account->next);
    gboolean other = drawn->code != DRAWN_UNKNOWN && drawn->code != glyph->code;
    if (other || account->claimers[account->next] != NULL)
        return FALSE;
    *nearest = start_distance(drawn, glyph, drawn->direction);
    return *nearest < SAME_PLACE_POINTS;
}

/* The character that the drawn glyph is; DOCUMENT_NONE where there is none. */
static guint find_claimed(Account *account, const Drawn *drawn, float *nearest) {
    if (is_next(account, drawn, nearest))
        return account->next;
    guint best = DOCUMENT_NONE;
    *nearest = G_MAXFLOAT;
    float x, y, reach = CLAMP(drawn_em(drawn) * REACH_EM, SQUARE_POINTS, REACH_POINTS_MAX);
    drawn_middle(drawn, &x, &y);
    guint left = square_of(x - reach, account->columns);
    guint right = square_of(x + reach, account->columns);
    guint bottom = square_of(y + reach, account->rows);
    for (guint row = square_of(y - reach, account->rows); row <= bottom; row++)
        for (guint column = left; column <= right; column++) {
            guint next = account->heads[row * account->columns + column];
            account->work++;
            for (guint n = 0; next > 0 && n < LOOK_MAX; next = account->nexts[next - 1], n++) {
                account->work++;
                float from = claim_distance(account, drawn, next - 1);
                if (from < *nearest) {
                    *nearest = from;
                    best = next - 1;
                }
            }
        }
    return best;
}

/* Characters of vertical writing and in odd fonts begin elsewhere; what is drawn inside of them
 * shows that they can be seen. TRUE where one can be the drawn character itself. */
static gboolean show_covered(Account *account, const Drawn *drawn) {
    float x, y;
    gboolean same = FALSE;
    drawn_middle(drawn, &x, &y);
    guint bottom = square_of(MAX(y, drawn->y) + SQUARE_POINTS, account->rows);
    guint right = square_of(MAX(x, drawn->x) + SQUARE_POINTS, account->columns);
    guint left = square_of(MIN(x, drawn->x) - SQUARE_POINTS, account->columns);
    for (guint row = square_of(MIN(y, drawn->y) - SQUARE_POINTS, account->rows); row <= bottom;
         row++)
        for (guint column = left; column <= right; column++) {
            guint next = account->heads[row * account->columns + column];
            account->work++;
            for (guint n = 0; next > 0 && n < LOOK_MAX; next = account->nexts[next - 1], n++) {
                account->work++;
                const Glyph *glyph = ink_glyph(account->ink, next - 1);
                if (!is_in_box(&glyph->box, x, y) && !is_in_box(&glyph->box, drawn->x, drawn->y))
                    continue;
                account->claims[next - 1] |= CLAIMED_BY_UNKNOWN | CLAIMED_IN_CLIP;
                same = same || glyph->code == drawn->code || drawn->code == DRAWN_UNKNOWN;
            }
        }
    return same;
}

static gboolean is_off_page(const Ink *ink, const Drawn *drawn) {
    return drawn->x < -OFF_PAGE_POINTS || drawn->y < -OFF_PAGE_POINTS ||
           drawn->x > ink->width + OFF_PAGE_POINTS || drawn->y > ink->height + OFF_PAGE_POINTS;
}

/* Whether the run of drawn glyphs from `first` on, without a map, is more than blanks: these are
 * all one glyph. */
static gboolean is_text_run(const GArray *drawn, guint first, guint end) {
    for (guint i = first + 1; i < end; i++)
        if (g_array_index(drawn, Drawn, i).glyph != g_array_index(drawn, Drawn, first).glyph)
            return TRUE;
    return FALSE;
}

typedef enum { COPY_NONE, COPY_LIKELY, COPY_SURE } Copy;

/* Whether two that claim one character are the same twice. Where fonts have no glyphs all are
 * number 0, and a blank may be drawn where the next word begins. */
static Copy copy_of(const Drawn *drawn, const Drawn *before) {
    if (before == NULL)
        return COPY_NONE;
    float distance = hypotf(drawn->x - before->x, drawn->y - before->y);
    if (drawn->code != DRAWN_UNKNOWN && before->code != DRAWN_UNKNOWN)
        return drawn->code == before->code ? COPY_SURE : COPY_NONE;
    if (drawn->font != before->font || drawn->glyph != before->glyph ||
        distance > DOUBLED_EM / 2 * drawn_em(drawn))
        return COPY_NONE;
    return drawn->glyph == 0 ? COPY_LIKELY : COPY_SURE;
}

/* What became of the drawn glyphs of a page, and of one run. */
typedef struct {
    guint unmapped, off_page, doubled, missing;
    guint claimed, unknown, copies; /* of the run */
} Tally;

static void claim(Account *account, const Drawn *drawn, Tally *tally) {
    float nearest;
    gboolean known = drawn->code != DRAWN_UNKNOWN;
    guint glyph = find_claimed(account, drawn, &nearest);
    if (glyph == DOCUMENT_NONE) {
        guint covered = show_covered(account, drawn) ? 1 : 0;
        tally->missing += known ? 1 - covered : 0;
        tally->unknown += known ? 0 : 1 - covered;
        return;
    }
    Copy copy = copy_of(drawn, account->claimers[glyph]);
    account->next = glyph + 1;
    tally->claimed++;
    tally->doubled += copy == COPY_SURE ? 1 : 0;
    tally->copies += copy == COPY_LIKELY ? 1 : 0;
    account->last[glyph] = drawn;
    account->claims[glyph] |=
        (known ? CLAIMED : CLAIMED_BY_UNKNOWN) | (drawn->clipped ? 0 : CLAIMED_IN_CLIP);
    if (account->claimers[glyph] == NULL || nearest <= account->nearest[glyph]) {
        account->claimers[glyph] = drawn;
        account->nearest[glyph] = nearest;
    }
    if (drawn->direction != DIRECTION_SLANTED)
        g_array_index(account->ink->glyphs, Glyph, glyph).direction = drawn->direction;
    if (drawn->faint || drawn->direction == DIRECTION_SLANTED)
        g_array_index(account->ink->glyphs, Glyph, glyph).watermark = TRUE;
}

/* Gives where the run ends that begins at `first`. */
static guint claim_run(Account *account, guint first, Tally *tally) {
    const GArray *drawn = account->ink->drawn;
    guint end = first;
    tally->claimed = tally->unknown = tally->copies = 0;
    for (; end < drawn->len && account->work < WORK_MAX; end++) {
        const Drawn *one = &g_array_index(drawn, Drawn, end);
        if (one->run != first)
            break;
        if (one->code != DRAWN_UNKNOWN && g_unichar_isspace(one->code))
            continue;
        if (is_off_page(account->ink, one))
            tally->off_page++;
        else if (one->code == DRAWN_UNMAPPED)
            tally->unmapped++;
        else
            claim(account, one, tally);
    }
    tally->doubled += tally->copies > 1 && 2 * tally->copies > end - first ? tally->copies : 0;
    if (tally->claimed == 0 && tally->unknown > 1 && is_text_run(drawn, first, end))
        tally->unmapped += tally->unknown;
    return end;
}

static void claim_characters(Account *account) {
    const GArray *drawn = account->ink->drawn;
    Tally tally = {0};
    for (guint first = 0; first < drawn->len && account->work < WORK_MAX;)
        first = claim_run(account, first, &tally);
    if (account->work >= WORK_MAX) {
        remark(account, NOTICE_LIMIT, drawn->len, "glyphs");
        memset(account->claims, CLAIMED | CLAIMED_IN_CLIP, account->ink->glyphs->len);
    }
    remark(account, NOTICE_GLYPHS_UNMAPPED, tally.unmapped, NULL);
    remark(account, NOTICE_CHARACTERS_DROPPED, tally.off_page, "off the page");
    remark(account, NOTICE_CHARACTERS_DROPPED, tally.doubled, "doubled");
    remark(account, NOTICE_CHARACTERS_DROPPED, tally.missing, "not given");
}

static gboolean is_on_picture(const Ink *ink, const Glyph *glyph) {
    float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
    for (guint i = 0; i < ink->pictures->len; i++) {
        const Rectangle *box = &g_array_index(ink->pictures, Rectangle, i);
        if (x >= box->x0 && x <= box->x1 && y >= box->y0 && y <= box->y1)
            return TRUE;
    }
    return FALSE;
}

/* Words that nothing claims. Gives how many glyphs are behind pictures, or on a page where nothing
 * at all can be seen; the others, `hidden` of them, are marked in `gone`. */
static guint find_invisible(const Account *account, guint8 *gone, guint *hidden) {
    const Ink *ink = account->ink;
    guint behind = 0;
    for (guint first = 0, end; first < ink->glyphs->len; first = end) {
        gboolean claimed = FALSE;
        for (end = first; end < ink->glyphs->len; end++) {
            claimed = claimed || account->claims[end] > 0;
            if (ink_glyph(ink, end)->space_after) {
                end++;
                break;
            }
        }
        if (claimed)
            continue;
        gboolean picture = ink->drawn->len == 0 || is_on_picture(ink, ink_glyph(ink, first));
        for (guint i = first; i < end; i++) {
            behind += picture ? 1 : 0;
            *hidden += picture ? 0 : 1;
            gone[i] = picture ? 0 : 1;
        }
    }
    return behind;
}

/* Removes the marked glyphs; gives how many. */
static guint remove_glyphs(Ink *ink, const guint8 *gone) {
    guint kept = 0, n = ink->glyphs->len;
    for (guint i = 0; i < n; i++) {
        if (gone[i] && kept > 0 && ink_glyph(ink, i)->space_after)
            g_array_index(ink->glyphs, Glyph, kept - 1).space_after = TRUE;
        if (!gone[i])
            g_array_index(ink->glyphs, Glyph, kept++) = *ink_glyph(ink, i);
    }
    g_array_set_size(ink->glyphs, kept);
    return n - kept;
}

/* How near a copy of the glyph is to it. */
static float copy_near(const Glyph *glyph) {
    return MIN(glyph->size * DOUBLED_EM, (glyph->box.x1 - glyph->box.x0) / 2);
}

/* Whether one of the two, of one character, is the other's copy. */
static gboolean is_copy(const Glyph *a, const Glyph *b) {
    float near = copy_near(b->box.y0 < a->box.y0 ? b : a);
    return a->code == b->code && fabsf(a->box.y0 - b->box.y0) < near &&
           fabsf(a->box.x0 - b->box.x0) < near;
}

/* Copies of a character a hair away from it, bold for those who have no bold font: each is looked
 * for in the squares around the corner where it begins, among those that were drawn before. Gives
 * how many are marked in `gone`. */
static guint find_doubled(const Account *account, guint8 *gone) {
    const Ink *ink = account->ink;
    guint doubled = 0;
    memset(account->heads, 0, (gsize)account->columns * account->rows * sizeof(guint));
    for (guint i = 0; i < ink->glyphs->len; i++) {
        const Glyph *glyph = ink_glyph(ink, i);
        float x = glyph->box.x0, y = glyph->box.y0, reach = MIN(copy_near(glyph), SQUARE_POINTS);
        guint right = square_of(x + reach, account->columns);
        guint bottom = square_of(y + reach, account->rows);
        gboolean copy = FALSE;
        for (guint row = square_of(y - reach, account->rows); row <= bottom && !copy; row++)
            for (guint column = square_of(x - reach, account->columns); column <= right; column++) {
                guint next = account->heads[row * account->columns + column];
                for (guint n = 0; next > 0 && n < LOOK_MAX && !copy;
                     next = account->nexts[next - 1], n++)
                    copy = is_copy(ink_glyph(ink, next - 1), glyph);
            }
        doubled += copy && !gone[i] ? 1 : 0;
        gone[i] |= copy ? 1 : 0;
        guint *head = &account->heads[square_of(y, account->rows) * account->columns +
                                      square_of(x, account->columns)];
        account->nexts[i] = *head;
        *head = i + 1;
    }
    return doubled;
}

/* What a font maps one of its glyphs to, and how often that is drawn. */
typedef struct {
    gsize font;
    gunichar code;
    guint32 glyph;
    guint count;
} Mapping;

static int compare_mappings(gconstpointer a, gconstpointer b) {
    const Mapping *p = a, *q = b;
    if (p->font != q->font)
        return p->font < q->font ? -1 : 1;
    if (p->code != q->code)
        return p->code < q->code ? -1 : 1;
    return (p->glyph > q->glyph) - (p->glyph < q->glyph);
}

/* The slot of the mapping in an open table of `mask` + 1, more than there are mappings. */
static Mapping *mapping_slot(Mapping *table, guint mask, const Mapping *mapping) {
    guint64 key = mapping->font ^ ((guint64)mapping->glyph << 40) ^ ((guint64)mapping->code << 20);
    guint at = (guint)((key * 0x9E3779B97F4A7C15) >> 32) & mask;
    while (table[at].count > 0 && compare_mappings(&table[at], mapping) != 0)
        at = (at + 1) & mask;
    return &table[at];
}

/* A table for twice as many mappings, with those that are there. */
static Mapping *mappings_grow(Mapping *table, guint *mask) {
    guint wider = 2 * *mask + 1;
    Mapping *grown = g_new0(Mapping, (gsize)wider + 1);
    for (guint i = 0; i <= *mask; i++)
        if (table[i].count > 0)
            *mapping_slot(grown, wider, &table[i]) = table[i];
    g_free(table);
    *mask = wider;
    return grown;
}

/* The different mappings of the page, which are few beside its glyphs; gives how many. */
static Mapping *collect_mappings(const Ink *ink, guint *n) {
    guint mask = MAPPINGS_START - 1, used = 0;
    Mapping *table = g_new0(Mapping, MAPPINGS_START);
    for (guint i = 0; i < ink->drawn->len; i++) {
        const Drawn *drawn = &g_array_index(ink->drawn, Drawn, i);
        Mapping mapping = {drawn->font, drawn->code, drawn->glyph, 0};
        if (drawn->code == DRAWN_UNKNOWN || drawn->code == DRAWN_UNMAPPED)
            continue;
        if (2 * used > mask)
            table = mappings_grow(table, &mask);
        Mapping *slot = mapping_slot(table, mask, &mapping);
        used += slot->count == 0 ? 1 : 0;
        mapping.count = slot->count + 1;
        *slot = mapping;
    }
    *n = 0;
    for (guint i = 0; i <= mask; i++)
        if (table[i].count > 0 && g_unichar_isgraph(table[i].code))
            table[(*n)++] = table[i];
    return table;
}

/* Characters that many glyphs of one font claim to be: its map is false. */
static guint count_false(const Ink *ink) {
    guint n, wrong = 0;
    g_autofree Mapping *mappings = collect_mappings(ink, &n);
    qsort(mappings, n, sizeof *mappings, compare_mappings);
    for (guint first = 0, end; first < n; first = end) {
        guint drawn = 0;
        for (end = first; end < n && mappings[end].font == mappings[first].font &&
                          mappings[end].code == mappings[first].code;
             end++)
            drawn += mappings[end].count;
        wrong += end - first >= SAME_CODE_GLYPHS_MIN ? drawn : 0;
    }
    return wrong;
}

static gboolean is_in_clip(const Account *account, guint i) {
    return account->claims[i] == 0 || account->claims[i] >= CLAIMED_IN_CLIP;
}

static gboolean is_of_figure(const Glyph *glyph) {
    return g_unichar_isdigit(glyph->code) || glyph->code == '.' || glyph->code == ',';
}

/* The end of the figure that begins at a glyph, or of the glyph. */
static guint piece_end(const Ink *ink, guint i) {
    while (is_of_figure(ink_glyph(ink, i)) && i + 1 < ink->glyphs->len &&
           !ink_glyph(ink, i)->space_after && is_of_figure(ink_glyph(ink, i + 1)))
        i++;
    return i + 1;
}

/* What is drawn where the clip leaves nothing of it, as the last lines of cells that are too low.
 * A figure of which anything is left stays whole. */
static void find_clipped(Account *account, guint8 *gone) {
    guint clipped = 0, n = account->ink->glyphs->len, first = 0;
    while (first < n && is_in_clip(account, first))
        first++;
    if (first == n)
        return;
    g_autofree guint8 *outside = g_malloc0(n + 1);
    for (guint i = 0, end; i < n; i = end) {
        gboolean seen = FALSE;
        end = piece_end(account->ink, i);
        for (guint k = i; k < end; k++)
            seen = seen || is_in_clip(account, k);
        memset(outside + i, seen ? 0 : 1, end - i);
        clipped += seen ? 0 : end - i;
    }
    gboolean most = 2 * clipped > n;
    for (guint i = 0; clipped > 0 && !most && i < n; i++)
        gone[i] |= outside[i];
    remark(account, most ? NOTICE_TEXT_UNTRUSTED : NOTICE_CHARACTERS_DROPPED, clipped, "clipped");
}

/* What is drawn, but painted over or in the colour of its ground, goes like what is not drawn;
 * where most of a page would go the order of painting is more likely misunderstood, and all stays.
 */
static void find_covered(Account *account, guint8 *gone) {
    guint counts[SIGHT_BEHIND + 1] = {0}, n = account->ink->glyphs->len;
    gboolean limited = FALSE;
    g_autofree guint8 *sights = cover_find(account->ink, account->last, &limited);
    remark(account, NOTICE_LIMIT, limited ? 1 : 0, "paints");
    for (guint i = 0; sights != NULL && i < n; i++)
        counts[sights[i]]++;
    guint hidden = counts[SIGHT_SAME_COLOUR] + counts[SIGHT_COVERED];
    gboolean most = 2 * hidden > n;
    for (guint i = 0; hidden > 0 && !most && i < n; i++)
        gone[i] |= sights[i] == SIGHT_SAME_COLOUR || sights[i] == SIGHT_COVERED ? 1 : 0;
    NoticeKind kind = most ? NOTICE_TEXT_UNTRUSTED : NOTICE_CHARACTERS_DROPPED;
    remark(account, kind, counts[SIGHT_SAME_COLOUR], "in the colour of the ground");
    remark(account, kind, counts[SIGHT_COVERED], "painted over");
    remark(account, NOTICE_TEXT_UNTRUSTED, counts[SIGHT_BEHIND], "behind a picture");
}

void ink_account(Ink *ink, GArray *notices) {
    Account account = {.ink = ink, .notices = notices};
    g_autofree guint8 *gone = g_malloc0(ink->glyphs->len + 1);
    build_squares(&account);
    claim_characters(&account);
    guint hidden = 0, behind = find_invisible(&account, gone, &hidden);
    if (2 * hidden > ink->glyphs->len) { /* more likely the account is wrong than the page */
        behind += hidden;
        hidden = 0;
        memset(gone, 0, ink->glyphs->len);
    }
    remark(&account, NOTICE_TEXT_UNTRUSTED, behind, "invisible");
    remark(&account, NOTICE_CHARACTERS_DROPPED, hidden, "invisible");
    find_clipped(&account, gone);
    find_covered(&account, gone);
    remove_glyphs(ink, gone);
    memset(gone, 0, ink->glyphs->len);
    guint doubled = find_doubled(&account, gone);
    if (doubled > 0)
        remove_glyphs(ink, gone);
    remark(&account, NOTICE_CHARACTERS_DROPPED, doubled, "doubled");
    remark(&account, NOTICE_TEXT_UNTRUSTED, count_false(ink), "false character map");
    g_free(account.heads);
    g_free(account.nexts);
    g_free(account.claims);
    g_free(account.claimers);
    g_free(account.nearest);
    g_free(account.last);
}
