/* Work: what a worker does with its document: extract, normalize, and the reply. */
#pragma once
#include "commands/ingest/nursery.h"

/* Does all of it once on a small report, so that the workers find the libraries bound and their
 * state made. */
void work_warm(gconstpointer patterns);

/* A WorkFunction; `patterns` are Patterns. */
void work_on_order(const WorkOrder *order, int document, int reply, gconstpointer patterns);
