/* SPDX-License-Identifier: MIT */
/* QR codes as drawings, for paper. */
#ifndef RENDER_QR_H
#define RENDER_QR_H

#include "base/str.h"

struct arena;
struct value;

/*
 * {path, view}: the d and viewBox of an SVG path that draws the code of the
 * text, in units of its modules with the quiet zone of four around it (ISO/IEC
 * 18004). NULL if the text is too long for one.
 */
struct value *qr_make(struct arena *arena, struct str text);

#endif
