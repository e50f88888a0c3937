/* Cover: which glyphs can be seen, for what is painted under and over them.
 *
 * Knows the order of painting and colours. Where these are not certain (patterns, blends, groups,
 * outlines, pictures with masks) a glyph counts as seen.
 */
#pragma once
#include "extract/ink.h"

typedef enum {
    SIGHT_SEEN,
    SIGHT_SAME_COLOUR, /* as the ground that it stands on */
    SIGHT_COVERED,     /* by an area that is painted later */
    SIGHT_BEHIND,      /* a picture that fills most of the page: it is the picture that is seen */
} Sight;

/* Of each glyph of the ink a Sight; `drawn` is the drawn glyph that each is, or NULL: then it
 * counts as seen. To be freed; NULL where all are seen. Sets `limited` where not all could be
 * looked at. */
guint8 *cover_find(const Ink *ink, const Drawn *const *drawn, gboolean *limited);
