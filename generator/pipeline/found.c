/* SPDX-License-Identifier: MIT */
#include "pipeline/found.h"

#include "base/arena.h"
#include "base/diag.h"
#include "catalogue/resume.h"
#include "pipeline/pipeline.h"

#include <string.h>

/* -- leaving it ----------------------------------------------------------- */

/* Moves all of it, or what is in no catalogue; counted is all in any case. */
static void move(struct diag_list *from, struct diag_list *to, bool is_left)
{
	for (size_t i = 0; i < from->items.count; i++) {
		const struct diagnostic *d = vec_at(&from->items, i);

		if (!is_left || diag_is_of_cache(d))
			diag_add(to, d);
	}
	memcpy(to->counts, from->counts, sizeof(to->counts));
	vec_clear(&from->items);
}

bool found_leave(struct pipeline *pipeline,
    bool (*judge)(struct pipeline *pipeline))
{
	struct diag_list *own = pipeline->diags;
	struct diag_list found;
	struct arena arena;
	bool ok;

	arena_init(&arena);
	diag_list_init(&found, &arena);
	move(own, &found, false);
	pipeline->diags = &found;
	ok = judge(pipeline);
	pipeline->diags = own;
	pipeline->has_left_found = ok && found.counts[DIAG_FATAL] == 0;
	move(&found, own, pipeline->has_left_found);
	diag_list_dispose(&found);
	arena_dispose(&arena);
	return ok;
}

/* -- telling it ----------------------------------------------------------- */

/* Two sequences in the same order become one. */
struct merging {
	const struct vec *held;		/* struct diagnostic */
	size_t at;			/* the one of them that comes next */
	found_take *take;
	void *context;
};

static void take_left(void *context, const struct diagnostic *left)
{
	struct merging *merging = context;

	for (; merging->at < merging->held->count; merging->at++) {
		const struct diagnostic *held = vec_at(merging->held,
		    merging->at);

		if (diag_cmp(held, left) > 0)
			break;
		merging->take(merging->context, held);
	}
	merging->take(merging->context, left);
}

void found_each(struct pipeline *pipeline, found_take *take, void *context)
{
	struct merging merging = { .held = &pipeline->diags->items,
		.take = take, .context = context };

	diag_sort(pipeline->diags);
	if (pipeline->has_left_found)
		catalogue_each_kept(pipeline->catalogue, take_left, &merging);
	for (; merging.at < merging.held->count; merging.at++)
		take(context, vec_at(merging.held, merging.at));
}
