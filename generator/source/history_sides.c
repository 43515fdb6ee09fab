/* SPDX-License-Identifier: MIT */
/* What came to the main branch through a merge: who brought it, and when. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "source/history_internal.h"

#include <git2.h>

struct sides {
	struct history *history;
	struct arena *arena;
	struct map first;	/* path -> id of the commit that first had it */
	struct diag_list *diags;
};

/* Commits that the merge has and its first parent has not, oldest first; none
 * if they are too many. */
static bool list_commits(struct history *history,
    const struct landing *landing, struct vec *ids)
{
	git_revwalk *walk = NULL;
	git_commit *merge = NULL;
	int last = 0;
	git_oid id;
	bool ok;

	memcpy(id.id, landing->id, OBJECT_SIZE);
	ok = git_commit_lookup(&merge, history->repository, &id) == 0 &&
	    git_revwalk_new(&walk, history->repository) == 0 &&
	    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL |
		GIT_SORT_REVERSE) == 0 &&
	    git_revwalk_hide(walk, git_commit_parent_id(merge, 0)) == 0;
	for (unsigned i = 1; ok && i < git_commit_parentcount(merge); i++)
		ok = git_revwalk_push(walk,
		    git_commit_parent_id(merge, i)) == 0;
	while (ok && last == 0 && ids->count <= INTRODUCTIONS_MAX) {
		last = git_revwalk_next(&id, walk);
		if (last == 0)
			memcpy(vec_push(ids), id.id, OBJECT_SIZE);
	}
	if (ids->count > INTRODUCTIONS_MAX)
		vec_clear(ids);
	git_revwalk_free(walk);
	git_commit_free(merge);
	return ok && (last == 0 || last == GIT_ITEROVER);
}

static void take(struct sides *sides, const struct change *change,
    unsigned char *id, bool is_bulk)
{
	switch (change->kind) {
	case CHANGE_ADDED:
		/* Two branches may both have had it: the first counts. */
		if (map_get(&sides->first, change->path) == NULL)
			map_put(&sides->first, change->path, id);
		break;
	case CHANGE_DELETED:
		map_put(&sides->first, change->path, NULL);
		break;
	case CHANGE_RENAMED:
		map_put(&sides->first, change->path,
		    history_carries(change, is_bulk) ?
		    map_get(&sides->first, change->old_path) : id);
		map_put(&sides->first, change->old_path, NULL);
		break;
	case CHANGE_MODIFIED:
	case CHANGE_TYPE:
		break;
	}
}

static bool look_at(struct sides *sides, const unsigned char *commit)
{
	struct history *history = sides->history;
	bool is_bulk = history_is_bulk(history, commit), ok;
	unsigned char *id = arena_alloc(sides->arena, OBJECT_SIZE);
	struct commit_facts facts, before;
	struct vec changes;

	memcpy(id, commit, OBJECT_SIZE);
	if (!commit_facts(history->trees.odb, commit, &facts) ||
	    (facts.parents > 0 && !commit_facts(history->trees.odb,
		facts.parent, &before)))
		return object_unreadable(STR("content"), sides->diags);
	vec_init(&changes, sizeof(struct change));
	ok = history_difference(history, facts.parents > 0 ? before.tree :
	    NULL, facts.tree, is_bulk, sides->arena, &changes, sides->diags);
	for (size_t i = 0; ok && i < changes.count; i++)
		take(sides, vec_at(&changes, i), id, is_bulk);
	vec_dispose(&changes);
	return ok;
}

/* Whether a landing begins the stay of the file. */
static bool is_new(const struct change *change, bool is_bulk)
{
	return change->kind == CHANGE_ADDED ||
	    (change->kind == CHANGE_RENAMED &&
	     !history_carries(change, is_bulk));
}

static size_t count_new(const struct vec *changes, bool is_bulk)
{
	size_t count = 0;

	for (size_t i = 0; i < changes->count; i++)
		count += is_new(vec_at(changes, i), is_bulk);
	return count;
}

bool history_introductions(struct history *history,
    const struct landing *landing, const struct vec *changes,
    struct arena *arena, struct vec *introductions, struct diag_list *diags)
{
	struct sides sides = { .history = history, .arena = arena,
		.diags = diags };
	bool is_bulk = history_is_bulk(history, landing->id), ok = true;
	struct vec ids;

	if (!history->has_receipts || landing->parents < 2 ||
	    count_new(changes, is_bulk) == 0)
		return true;
	map_init(&sides.first, arena);
	vec_init(&ids, OBJECT_SIZE);
	if (!list_commits(history, landing, &ids))
		ok = object_unreadable(STR("content"), diags);
	for (size_t i = 0; ok && i < ids.count; i++)
		ok = look_at(&sides, vec_at(&ids, i));
	for (size_t i = 0; ok && i < changes->count; i++) {
		const struct change *change = vec_at(changes, i);
		const unsigned char *id = map_get(&sides.first, change->path);
		struct introduction *introduction;

		if (!is_new(change, is_bulk) || id == NULL)
			continue;
		introduction = vec_push(introductions);
		introduction->path = change->path;
		memcpy(introduction->id, id, OBJECT_SIZE);
	}
	vec_dispose(&ids);
	return ok;
}
