/* Turn: pages whose text lies on its side or upside down are read as if they stood upright.
 *
 * A wide table is often printed sideways on an upright page, without /Rotate. Its ink is turned
 * before layout, and the finished Document back to how the page is seen, so that places stay those
 * of the page.
 */
#pragma once
#include "extract/ink.h"

/* Brings glyphs that do not run to the right into their order, and turns the ink upright where
 * nearly all of its text lies in one other direction. Gives that direction (of `Glyph`); 0 where
 * nothing was turned. */
guint8 ink_turn(Ink *ink);

/* Puts back what was read on turned pages. `turns`: guint8, what `ink_turn` gave for each page. */
void document_turn_back(Document *document, const GArray *turns);
