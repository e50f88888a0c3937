/* Fonts: none is needed to read a page.
 *
 * Poppler looks for the glyphs of every font before it draws; reading needs where they stand, not
 * what they look like. So the process is left with a single font, which is blank: Poppler finds it
 * at once for whatever is not embedded. A process that is to draw pages must not do this.
 */
#pragma once

/* Makes the blank font the only one of this process; the first call does, later ones do nothing. */
void fonts_forget(void);

/* Its file, or NULL where it is not found and the system's fonts stay. Lends. */
const char *fonts_file(void);
