/* Flip: boxes of Type 3 characters that Poppler put on the wrong side of their baseline. */
#pragma once
#include "extract/ink.h"

/* Puts the boxes of characters that do not run to the right where their glyphs were drawn. */
void ink_flip(Ink *ink);
