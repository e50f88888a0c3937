/* Account: what was drawn on a page against the characters that Poppler gave for it.
 *
 * Nothing may be absent in silence. A drawn glyph without a character and a character without a
 * drawn glyph are told apart, counted and reported; what nobody can see and what stands twice is
 * taken out of the ink, watermarks are marked in it.
 */
#pragma once
#include "extract/ink.h"

/* Changes the ink's glyphs and appends to `notices` (Notice). */
void ink_account(Ink *ink, GArray *notices);
