/* The text of a regular expression with a look ahead before each choice of many words. Private to
 * the files that compile.
 *
 *   [^,]{0,40}?(?:入围|获得|荣获|评为|…)  → [^,]{0,40}?(?:(?=[入获荣评…])(?:入围|获得|荣获|评为|…))
 *
 * It matches the same; a place where none of the words begins costs one look, not one for each.
 */
#pragma once

/* The caller frees it. */
char *expression_with_first(const char *pattern);
