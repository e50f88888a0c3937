/* The pattern files that were checked when the program was built: valid against their grammars, and
 * no expression of theirs takes too long. Checking costs more than all the rest of loading, so a
 * file with these very bytes is believed. Made by the Makefile from what `gouji patterns` says of a
 * program that was linked without it (where the symbol is NULL), so nothing unchecked gets in. */
#pragma once

/* SHA-256, lower-case hex, of each file; ends with NULL. */
extern const char *const PATTERNS_PROVEN[] __attribute__((weak));
