/* SPDX-License-Identifier: MIT */
/*
 * When the server received what a proposal brings: what has not landed has not
 * arrived by the history of the main branch, but its commits have receipts. A
 * unit is not late because an editor was slow.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/instant.h"
#include "base/map.h"
#include "catalogue/catalogue.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_history.h"
#include "pipeline/stages.h"
#include "source/proposal.h"
#include "source/receipt.h"
#include "source/signature.h"
#include "source/source.h"

struct proposed {
	struct pipeline *pipeline;
	struct proposal *proposal;
	struct keyring *keyring;	/* NULL: receipts are not signed */
	struct arena arena;		/* of all commits */
	struct map awaited;		/* paths that the base has not */
};

/* Files of the base came before; those that it has not, by the first commit
 * that has a receipt. */
static void put_arrival(struct proposed *p, struct str path,
    const struct receipt *receipt)
{
	struct pipeline *pipeline = p->pipeline;
	struct arena *arena = &p->arena;
	const struct str cells[] = { path,
		date_iso(arena, instant_date(receipt->seconds, ZONE_CHINA)),
		instant_format(arena, receipt->seconds, ZONE_CHINA),
		STR("commit"), receipt->account, STR_NONE, STR_NONE, STR_NONE,
		STR_NONE, STR_NONE };

	if (map_get(&p->awaited, path) == NULL)
		return;
	(void)map_put(&p->awaited, path, NULL);
	catalogue_put_row(pipeline->catalogue, TABLE_ARRIVAL, cells,
	    sizeof(cells) / sizeof(*cells));
}

static bool look_at(struct proposed *p, size_t index)
{
	struct diag_list *diags = p->pipeline->diags;
	struct receipt receipt;
	struct vec changes;
	bool found, ok;

	if (!proposal_receipt(p->proposal, index, p->keyring, &p->arena,
	    &receipt, &found, diags))
		return false;
	if (!found)
		return true;
	vec_init(&changes, sizeof(struct proposal_change));
	ok = proposal_changes(p->proposal, index, &p->arena, &changes, diags);
	for (size_t i = 0; ok && i < changes.count; i++) {
		const struct proposal_change *change = vec_at(&changes, i);

		if (change->is_inside && change->is_plain)
			put_arrival(p, change->path, &receipt);
	}
	vec_dispose(&changes);
	return ok;
}

static bool look_at_all(struct proposed *p)
{
	bool ok = true;

	for (size_t i = 0; ok && i < proposal_count(p->proposal); i++)
		ok = look_at(p, i);
	return ok;
}

/* What cannot be looked through here is told by authorship_check(), if people
 * are told apart. */
static bool open_proposal(struct proposed *p)
{
	const struct registry *registry = &p->pipeline->registry;
	struct diag_list told_there;

	diag_list_init(&told_there, &p->arena);
	p->proposal = proposal_open(&p->arena, registry->source,
	    source_commit(registry->base, NULL),
	    source_commit(registry->source, NULL), &told_there);
	diag_list_dispose(&told_there);
	return p->proposal != NULL;
}

/* What merging would add; most proposals add nothing. */
static void list_awaited(struct proposed *p)
{
	struct vec changes;

	map_init(&p->awaited, &p->arena);
	vec_init(&changes, sizeof(struct source_change));
	source_changes(p->pipeline->registry.source, &changes);
	for (size_t i = 0; i < changes.count; i++) {
		const struct source_change *change = vec_at(&changes, i);

		if (change->kind == SOURCE_ADDED)
			(void)map_put(&p->awaited, change->path, p);
	}
	vec_dispose(&changes);
}

bool stage_proposal(struct pipeline *pipeline)
{
	struct proposed p = { .pipeline = pipeline };
	bool ok = true;

	if (pipeline->registry.base == NULL || source_reference(
	    pipeline->registry.source, RECEIPTS_REF).len == 0)
		return true;
	arena_init(&p.arena);
	list_awaited(&p);
	if (p.awaited.count > 0 && open_proposal(&p)) {
		ok = receipt_ring_open(&p.arena, pipeline->settings,
		    &p.keyring, pipeline->diags) && look_at_all(&p);
		if (p.keyring != NULL)
			keyring_close(p.keyring);
		proposal_close(p.proposal);
	}
	arena_dispose(&p.arena);
	return ok;
}
