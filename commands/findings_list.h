/* FindingsList: findings for people — the report in a line, below it each of its findings: number,
 * severity, rule and page, then the sentence, and what may explain it.
 *
 * On a terminal sentences are folded at its width; elsewhere each stands in one line, for grep.
 */
#pragma once
#include "commands/output.h"

/* Prints all rows of `list_findings`; FALSE with a line on standard error where that fails. */
gboolean findings_list_print(Query *query, RowSeen seen, gpointer data);
