/* Frames: tables with rules across only, as three-line tables have them.
 *
 *   ─────────────────────────
 *    指标      目标    完成      rules of one extent below each other; what stands between them is
 * a ─────────────────────────    table where its rows share gutters, also without any figure 制度
 * 健全    已建立 ─────────────────────────
 */
#pragma once
#include "extract/align.h"

/* The tables among `n` rows that such rules enclose: Alignment *, in order. `across`: the page's
 * horizontal rules, joined (Rule). */
GPtrArray *frames_find(const Rows *rows, const Row *from, guint n, const GArray *across);
