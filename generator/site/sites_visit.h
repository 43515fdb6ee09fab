/* SPDX-License-Identifier: MIT */
/* What templates are given, page by page, without writing any. */
#ifndef SITE_SITES_VISIT_H
#define SITE_SITES_VISIT_H

#include "base/str.h"

#include <stdbool.h>

struct overlay;
struct pipeline;
struct template_set;
struct value;

/*
 * Calls `visit` with what each template of the theme would be given, for every
 * page of the public sites and the internal one; nothing is written. `given`
 * lives until `visit` returns. False when the machine failed.
 */
struct sites_visitor {
	void *context;
	void (*visit)(void *context, struct template_set *templates,
	    struct str template, const struct value *given);
	void (*end)(void *context, struct template_set *templates);
};
bool sites_visit(struct pipeline *pipeline, const struct overlay *overlay,
    const struct sites_visitor *visitor);

#endif
