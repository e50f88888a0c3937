/* Repair: GBK bytes that a font shows as Latin letters, read back.
 *
 *   Ä¿ Â¼  →  目 录
 */
#pragma once
#include "extract/ink.h"

/* Puts one glyph in the place of each two that are the bytes of a character. Remarks what was
 * repaired, and what looks like it and could not be, in `notices` (Notice). */
void ink_repair(Ink *ink, GArray *notices);
