/* Work: what a worker does with its document: extract, normalize, and the reply. */
#pragma once
#include "commands/ingest/nursery.h"

/* A WorkFunction; `patterns` are Patterns. */
void work_on_order(const WorkOrder *order, int document, int reply, gconstpointer patterns);
