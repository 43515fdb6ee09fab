/* SPDX-License-Identifier: MIT */
#include "source/rename.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/change.h"
#include "source/object.h"
#include "source/similarity.h"

#include <git2.h>

#include <limits.h>

/* git: diff.renameLimit, candidates for each file, alternatives looked at. */
enum { LIMIT = 1000, CANDIDATES = 4, ALTERNATIVES = 100 };

enum { NONE = -1 };

/* A file that went or came. */
struct side {
	struct change *change;
	size_t size;
	const struct material *material;	/* NULL: not looked at yet */
	bool is_sized, is_paired;
	int next;		/* the next gone file of the same bytes */
};

/* The files of one side that are still alone, by path. */
struct sides {
	struct side *items;
	int count;
};

struct candidate {
	int gone, come;		/* come NONE: a free place */
	unsigned score;
	bool same_name;
};

struct pairing {
	git_odb *odb;
	struct arena *scratch;
	struct diag_list *diags;
	struct sides gone, come;
	bool failed;		/* git could not read a file */
};

static const unsigned char *object_of(const struct side *side)
{
	return side->change->kind == CHANGE_DELETED ?
	    side->change->old_object : side->change->object;
}

static uint32_t mode_of(const struct side *side)
{
	return side->change->kind == CHANGE_DELETED ?
	    side->change->old_mode : side->change->mode;
}

static bool is_regular(const struct side *side)
{
	return (mode_of(side) & 0170000) == 0100000;
}

static bool has_same_name(const struct side *a, const struct side *b)
{
	return str_eq(path_name(a->change->path), path_name(b->change->path));
}

/* The come one takes the gone one's old half with it, which leaves the list
 * of changes when it has no path any more. */
static void pair(struct side *gone, struct side *come, unsigned score)
{
	struct change *change = come->change;

	change->kind = CHANGE_RENAMED;
	change->similarity = score;
	change->old_path = gone->change->path;
	change->old_mode = gone->change->old_mode;
	memcpy(change->old_object, gone->change->old_object, OBJECT_SIZE);
	gone->change->path = STR_NONE;
	gone->is_paired = come->is_paired = true;
}

static void keep_alone(struct sides *sides)
{
	int kept = 0;

	for (int i = 0; i < sides->count; i++)
		if (!sides->items[i].is_paired)
			sides->items[kept++] = sides->items[i];
	sides->count = kept;
}

/* -- 1. the same bytes ---------------------------------------------------- */

/* Bytes and what they are: a link is never the same as a file. */
struct exact_key {
	unsigned char object[OBJECT_SIZE];
	uint32_t mode;
};

static struct str exact_key(const struct side *side, struct exact_key *key)
{
	memcpy(key->object, object_of(side), OBJECT_SIZE);
	key->mode = is_regular(side) ? MODE_FILE : mode_of(side);
	return (struct str){ (const char *)key, sizeof(*key) };
}

/* Those with the same key in order of path: the map has the first. */
static void chain_up(struct pairing *p, struct map *firsts)
{
	struct exact_key key;

	for (int i = p->gone.count - 1; i >= 0; i--) {
		struct side *side = &p->gone.items[i];
		struct side *next = map_put(firsts, exact_key(side, &key),
		    side);

		side->next = next == NULL ? NONE : (int)(next -
		    p->gone.items);
	}
}

/* Takes the best of a chain out of it: rather one of the same file name. */
static struct side *take_exact(struct pairing *p, struct map *firsts,
    const struct side *come)
{
	struct exact_key key;
	struct str text = exact_key(come, &key);
	struct side *before = NULL, *best_before = NULL;
	struct side *at = map_get(firsts, text), *best = at;

	for (int looked = 0; at != NULL && looked < ALTERNATIVES; looked++) {
		if (has_same_name(at, come)) {
			best = at;
			best_before = before;
			break;
		}
		before = at;
		at = at->next == NONE ? NULL : &p->gone.items[at->next];
	}
	if (best_before != NULL)
		best_before->next = best->next;
	else if (best != NULL)
		map_put(firsts, text, best->next == NONE ? NULL :
		    &p->gone.items[best->next]);
	return best;
}

static void pair_exact(struct pairing *p)
{
	struct map firsts;

	map_init(&firsts, p->scratch);
	chain_up(p, &firsts);
	for (int i = 0; i < p->come.count; i++) {
		struct side *best = take_exact(p, &firsts, &p->come.items[i]);

		if (best != NULL)
			pair(best, &p->come.items[i], SIMILARITY_WHOLE);
	}
}

/* -- how alike ------------------------------------------------------------ */

static bool find_size(struct pairing *p, struct side *side)
{
	git_object_t type;
	git_oid id;

	memcpy(id.id, object_of(side), OBJECT_SIZE);
	if (!side->is_sized && git_odb_read_header(&side->size, &type, p->odb,
	    &id) != 0)
		p->failed = !object_unreadable(side->change->path,
		    p->diags);
	side->is_sized = !p->failed;
	return side->is_sized;
}

static bool take_apart(struct pairing *p, struct arena *arena,
    struct side *side)
{
	git_odb_object *object = NULL;
	struct material *material;
	git_oid id;

	if (side->material != NULL)
		return true;
	memcpy(id.id, object_of(side), OBJECT_SIZE);
	if (git_odb_read(&object, p->odb, &id) != 0) {
		p->failed = !object_unreadable(side->change->path,
		    p->diags);
		return false;
	}
	material = arena_alloc(arena, sizeof(*material));
	*material = material_of(arena, (struct str){
	    git_odb_object_data(object), git_odb_object_size(object) });
	git_odb_object_free(object);
	side->material = material;
	return true;
}

/* 0 too when a file cannot be read: `failed` says so. */
static unsigned score_of(struct pairing *p, struct arena *gone_arena,
    struct side *gone, struct arena *come_arena, struct side *come,
    unsigned least)
{
	if (!is_regular(gone) || !is_regular(come) || !find_size(p, gone) ||
	    !find_size(p, come) || gone->size > RENAME_FILE_MAX ||
	    come->size > RENAME_FILE_MAX ||
	    !sizes_allow(gone->size, come->size, least) ||
	    !take_apart(p, gone_arena, gone) ||
	    !take_apart(p, come_arena, come))
		return 0;
	return material_similarity(gone->material, come->material, least);
}

/* -- 2. one name, once on either side ------------------------------------- */

/* By file names; one met twice stands for nothing. */
static void index_names(struct pairing *p, const struct sides *sides,
    struct map *names)
{
	map_init(names, p->scratch);
	for (int i = 0; i < sides->count; i++) {
		struct str name = path_name(sides->items[i].change->path);

		map_put(names, name,
		    map_has(names, name) ? NULL : &sides->items[i]);
	}
}

/* From `least` on; 0: unread. */
static void pair_namesakes(struct pairing *p, unsigned least)
{
	struct map gone, come;

	keep_alone(&p->gone);
	keep_alone(&p->come);
	index_names(p, &p->gone, &gone);
	index_names(p, &p->come, &come);
	for (size_t i = 0; i < gone.count && !p->failed; i++) {
		struct side *from = gone.entries[i].item;
		struct side *to = map_get(&come, gone.entries[i].key);
		unsigned score;

		if (from == NULL || to == NULL || !is_regular(from) ||
		    !is_regular(to))
			continue;
		score = least == 0 ? 0 : score_of(p, p->scratch, from,
		    p->scratch, to, least);
		if (score >= least && !p->failed)
			pair(from, to, score);
	}
}

/* -- 3. the most alike ---------------------------------------------------- */

/* git's order: the better score first, then the same file name; free places
 * last. Positive when `a` comes after `b`. */
static int compare_candidates(const struct candidate *a,
    const struct candidate *b)
{
	if (a->come == NONE)
		return b->come != NONE;
	if (b->come == NONE)
		return -1;
	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	return (int)b->same_name - (int)a->same_name;
}

static void keep_if_better(struct candidate *places,
    const struct candidate *found)
{
	int worst = 0;

	for (int i = 1; i < CANDIDATES; i++)
		if (compare_candidates(&places[i], &places[worst]) > 0)
			worst = i;
	if (compare_candidates(&places[worst], found) > 0)
		places[worst] = *found;
}

static void compare_two(struct pairing *p, struct arena *gone_arena, int gone,
    struct arena *come_arena, int come, struct candidate *places)
{
	struct side *from = &p->gone.items[gone], *to = &p->come.items[come];
	const struct candidate found = { gone, come,
		score_of(p, gone_arena, from, come_arena, to,
		    SIMILARITY_RENAME), has_same_name(from, to) };

	keep_if_better(&places[come * CANDIDATES], &found);
}

/*
 * Every gone file against every come one. What the fewer are made of is kept,
 * that of the many forgotten one by one, so that memory stays flat; candidates
 * of one come file are met in the order of the gone ones either way.
 */
static void compare_all(struct pairing *p, struct candidate *places)
{
	bool many_come = p->come.count > p->gone.count;
	struct sides *many = many_come ? &p->come : &p->gone;
	int few = many_come ? p->gone.count : p->come.count;
	struct arena one;

	arena_init(&one);
	for (int i = 0; i < many->count; i++) {
		const struct material *before = many->items[i].material;

		for (int j = 0; j < few && !p->failed; j++) {
			if (many_come)
				compare_two(p, p->scratch, j, &one, i, places);
			else
				compare_two(p, &one, i, p->scratch, j, places);
		}
		many->items[i].material = before;
		arena_reset(&one);
	}
	arena_dispose(&one);
}

/* Stable: of equals the earlier come file, then the earlier place, first. */
struct ranked {
	struct candidate candidate;
	size_t order;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int order = compare_candidates(&x->candidate, &y->candidate);

	return order != 0 ? order : (x->order > y->order) -
	    (x->order < y->order);
}

static void take_best(struct pairing *p, const struct candidate *places)
{
	struct vec ranking;

	vec_init(&ranking, sizeof(struct ranked));
	for (int i = 0; i < p->come.count * CANDIDATES; i++)
		if (places[i].come != NONE &&
		    places[i].score >= SIMILARITY_RENAME)
			*(struct ranked *)vec_push(&ranking) =
			    (struct ranked){ places[i], (size_t)i };
	vec_sort(&ranking, compare_ranked);
	for (size_t i = 0; i < ranking.count; i++) {
		const struct ranked *best = vec_at(&ranking, i);
		struct side *gone = &p->gone.items[best->candidate.gone];
		struct side *come = &p->come.items[best->candidate.come];

		if (!gone->is_paired && !come->is_paired)
			pair(gone, come, best->candidate.score);
	}
	vec_dispose(&ranking);
}

static void pair_alike(struct pairing *p)
{
	struct candidate *places;
	int count;

	keep_alone(&p->gone);
	keep_alone(&p->come);
	if (p->gone.count == 0 || p->come.count == 0 ||
	    p->gone.count > LIMIT * LIMIT / p->come.count)
		return;
	count = p->come.count * CANDIDATES;
	places = arena_array(p->scratch, (size_t)count, sizeof(*places));
	for (int i = 0; i < count; i++)
		places[i].come = NONE;
	compare_all(p, places);
	if (!p->failed)
		take_best(p, places);
}

/* -- the whole ------------------------------------------------------------ */

static void drop_paired(struct vec *changes)
{
	struct change *items = changes->items;
	size_t kept = 0;

	for (size_t i = 0; i < changes->count; i++)
		if (items[i].path.len > 0)
			items[kept++] = items[i];
	changes->count = kept;
}

/* False when there is nothing to pair. */
static bool sort_out(struct pairing *p, struct vec *changes)
{
	struct change *items = changes->items;
	size_t gone = 0, come = 0;

	for (size_t i = 0; i < changes->count; i++) {
		gone += items[i].kind == CHANGE_DELETED;
		come += items[i].kind == CHANGE_ADDED;
	}
	if (gone == 0 || come == 0 || gone + come > INT_MAX / CANDIDATES)
		return false;
	p->gone.items = arena_array(p->scratch, gone, sizeof(struct side));
	p->come.items = arena_array(p->scratch, come, sizeof(struct side));
	for (size_t i = 0; i < changes->count; i++) {
		if (items[i].kind == CHANGE_DELETED)
			p->gone.items[p->gone.count++].change = &items[i];
		else if (items[i].kind == CHANGE_ADDED)
			p->come.items[p->come.count++].change = &items[i];
	}
	return true;
}

bool renames_find(struct git_odb *odb, struct arena *scratch, bool is_bulk,
    struct vec *changes, struct diag_list *diags)
{
	struct pairing p = { .odb = odb, .scratch = scratch, .diags = diags };

	if (!sort_out(&p, changes))
		return true;
	pair_exact(&p);
	pair_namesakes(&p, SIMILARITY_NAMESAKE);
	if (!p.failed)
		pair_alike(&p);
	if (!p.failed && is_bulk)
		pair_namesakes(&p, 0);
	drop_paired(changes);
	return !p.failed;
}
