/* SPDX-License-Identifier: MIT */
/*
 * What records say in two languages. A record is Chinese; some of what it says
 * it says in English as well, in a field of the same name that ends with _en.
 * On an English page the English stands in the place of the Chinese, and the
 * Chinese beside it as <name>_zh; that one is null where there was no English,
 * so that a template can mark what stays Chinese.
 */
#ifndef RENDER_TRANSLATION_H
#define RENDER_TRANSLATION_H

#include "base/lang.h"
#include "base/str.h"

struct arena;
struct value;

/* Puts English in the place of Chinese in a map and the maps in it. Only the
 * names of things and what they are about are translated. */
void translation_choose(struct arena *arena, struct value *map);

/* Undoes it, for files that tell both. */
void translation_restore(struct arena *arena, struct value *map);

/* The tag of the language that most of a body (HTML) is in, if that is not the
 * site's; empty if it is, or if nothing is said. */
struct str translation_foreign(struct str html, enum lang lang);

/* "guide/units" of "guide/en/units": where prose stands in the English site
 * that is beside the Chinese under a folder "en"; other ids as they are. */
struct str translation_home(struct arena *arena, struct str id,
    struct str folder);

#endif
