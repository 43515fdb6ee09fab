/* SPDX-License-Identifier: MIT */
#include "source/difference.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/change.h"
#include "source/object.h"
#include "source/source.h"

#include <git2.h>

char change_letter(const struct change *change)
{
	return "ADMTR"[change->kind];
}

/* Trees are sorted as if folders' names ended in '/', which makes the order of
 * whole paths that of their bytes. */
static int compare_names(const struct tree_cursor *a,
    const struct tree_cursor *b)
{
	size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.ptr, b->name.ptr, len);
	unsigned char x, y;

	if (order != 0)
		return order;
	x = a->name.len > len ? (unsigned char)a->name.ptr[len] :
	    a->mode == MODE_FOLDER ? '/' : '\0';
	y = b->name.len > len ? (unsigned char)b->name.ptr[len] :
	    b->mode == MODE_FOLDER ? '/' : '\0';
	return x - y;
}

static bool is_entered(const struct tree_cursor *at, struct str path)
{
	return at->mode == MODE_FOLDER && !source_is_too_deep(path);
}

static enum change_kind kind_of_change(const struct tree_cursor *old,
    const struct tree_cursor *now)
{
	if (old == NULL)
		return CHANGE_ADDED;
	if (now == NULL)
		return CHANGE_DELETED;
	return (old->mode & 0170000) == (now->mode & 0170000) ?
	    CHANGE_MODIFIED : CHANGE_TYPE;
}

static void add(struct difference *d, struct str path,
    const struct tree_cursor *old, const struct tree_cursor *now)
{
	struct change *change = vec_push(d->changes);

	change->kind = kind_of_change(old, now);
	change->path = change->old_path = path;
	if (old != NULL) {
		change->old_mode = old->mode;
		memcpy(change->old_object, old->object, OBJECT_SIZE);
	}
	if (now != NULL) {
		change->mode = now->mode;
		memcpy(change->object, now->object, OBJECT_SIZE);
	}
}

static bool compare_trees(struct difference *d, const unsigned char *old_tree,
    const unsigned char *tree, struct str folder);

/* One entry of either tree, or the same one of both. */
static bool compare_entries(struct difference *d, struct str folder,
    const struct tree_cursor *old, const struct tree_cursor *now)
{
	const struct tree_cursor *any = old != NULL ? old : now;
	struct str path;

	if (old != NULL && now != NULL && old->mode == now->mode &&
	    memcmp(old->object, now->object, OBJECT_SIZE) == 0)
		return true;
	path = path_join(d->arena, folder, any->name);
	if (is_entered(any, path))
		return compare_trees(d, old == NULL ? NULL : old->object,
		    now == NULL ? NULL : now->object, path);
	add(d, path, old, now);
	return true;
}

static bool compare_cursors(struct difference *d, struct str folder,
    struct tree_cursor *old, struct tree_cursor *now)
{
	while (old->name.len > 0 || now->name.len > 0) {
		int order = old->name.len == 0 ? 1 : now->name.len == 0 ? -1 :
		    compare_names(old, now);

		if (d->limit == 0)
			return diag_report(d->diags,
			    ((struct mark){ .path = folder }),
			    DIAG_OBJECT_UNREADABLE, folder,
			    STR("too many files"));
		d->limit--;
		if (!compare_entries(d, folder, order <= 0 ? old : NULL,
		    order >= 0 ? now : NULL))
			return false;
		if (order <= 0)
			tree_cursor_next(old);
		if (order >= 0)
			tree_cursor_next(now);
	}
	return true;
}

static bool compare_trees(struct difference *d, const unsigned char *old_tree,
    const unsigned char *tree, struct str folder)
{
	git_odb_object *old = NULL, *now = NULL;
	struct tree_cursor old_at, now_at;
	bool ok = true;

	if (old_tree != NULL)
		ok = (old = trees_get(d->trees, old_tree)) != NULL;
	if (ok && tree != NULL)
		ok = (now = trees_get(d->trees, tree)) != NULL;
	if (ok) {
		tree_cursor_init(&old_at, old);
		tree_cursor_init(&now_at, now);
		ok = compare_cursors(d, folder, &old_at, &now_at);
	} else {
		(void)object_unreadable(folder, d->diags);
	}
	git_odb_object_free(now);
	git_odb_object_free(old);
	return ok;
}

/* The folder in one tree, or what stands there instead. */
static bool find_folder(struct difference *d, const unsigned char *tree,
    struct str folder, struct tree_cursor *found, unsigned char *object)
{
	*found = (struct tree_cursor){ .object = object,
		.name = path_name(folder) };
	return tree != NULL && trees_find(d->trees, tree, folder, object,
	    &found->mode);
}

bool difference_find(struct difference *difference,
    const unsigned char *old_tree, const unsigned char *tree,
    struct str folder)
{
	unsigned char old_object[OBJECT_SIZE], object[OBJECT_SIZE];
	struct tree_cursor old, now;
	bool was = find_folder(difference, old_tree, folder, &old, old_object);
	bool is = find_folder(difference, tree, folder, &now, object);
	bool one_kind = was && is && (old.mode == MODE_FOLDER) ==
	    (now.mode == MODE_FOLDER);
	struct str above = path_folder(folder);

	if (difference->trees->is_damaged)
		return object_unreadable(folder, difference->diags);
	/* A file that became a folder is one gone and others come. */
	if (one_kind)
		return compare_entries(difference, above, &old, &now);
	return (!was || compare_entries(difference, above, &old, NULL)) &&
	    (!is || compare_entries(difference, above, NULL, &now));
}
