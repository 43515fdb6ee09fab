/* SPDX-License-Identifier: MIT */
/*
 * What stays Chinese on an English page is marked as Chinese, so that it is
 * spoken and drawn as such: done once for the finished page, so that no
 * template has to think of it. Where an element holds nothing but Chinese, it
 * gets the attribute lang; within other text a span is put around it.
 */
#ifndef RENDER_CHINESE_H
#define RENDER_CHINESE_H

#include "base/str.h"

struct buf;

/*
 * Appends the page (HTML as templates make it: every element is closed) with
 * these marks. What has a language of Chinese already, scripts and styles are
 * left alone.
 */
void chinese_mark(struct str html, struct buf *out);

#endif
