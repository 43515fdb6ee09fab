/* SPDX-License-Identifier: MIT */
/*
 * git's objects as they are stored, for the files of source/ that read many:
 * trees are gone through where they lie, entry by entry, and those read last
 * are kept, since the next commit has nearly all of them too.
 */
#ifndef SOURCE_OBJECT_H
#define SOURCE_OBJECT_H

#include "base/str.h"
#include "source/change.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct git_odb;
struct git_odb_object;
struct git_repository;

/* What libgit2 says was wrong last. */
struct str git_reason(void);
/* DIAG_OBJECT_UNREADABLE of `path`, with that; always false. */
bool object_unreadable(struct str path, struct diag_list *diags);

/*
 * The object that a reference names: 1, or 0 when there is no such reference,
 * or -1 when that cannot be told: then git_reason() says why.
 */
int reference_find(struct git_repository *repository, const char *name,
    unsigned char *object);

/* Trees that were read, up to TREES_BYTES together. */
enum { TREES_SLOTS = 1024, TREES_BYTES = 16 * 1024 * 1024 };

struct trees {
	struct git_odb *odb;
	struct git_odb_object *slots[TREES_SLOTS];
	size_t bytes;
	bool is_damaged;	/* one that was looked into cannot be read */
};

/* False when libgit2 gives no object store. */
bool trees_open(struct git_repository *repository, struct trees *trees);
void trees_close(struct trees *trees);

/* A tree, to be freed by git_odb_object_free(); NULL when there is none. */
struct git_odb_object *trees_get(struct trees *trees,
    const unsigned char *object);

/* Where one is in a tree's bytes. */
struct tree_cursor {
	struct str rest;
	struct str name;		/* none: at the end */
	uint32_t mode;			/* as git writes it: 644 or 755 */
	const unsigned char *object;
};

/* At the first entry; `tree` NULL has none. A tree that is cut off ends. */
void tree_cursor_init(struct tree_cursor *cursor,
    struct git_odb_object *tree);
void tree_cursor_next(struct tree_cursor *cursor);

/* The object at `path` below a tree and its mode; false when there is none, or
 * when that cannot be told: then trees->is_damaged is set. */
bool trees_find(struct trees *trees, const unsigned char *tree,
    struct str path, unsigned char *object, uint32_t *mode);

/* When a commit says that something was: nothing proves it. */
struct stated_time {
	int64_t seconds;	/* since 1970, UTC */
	int zone;		/* minutes east of Greenwich */
};

struct commit_facts {
	unsigned char tree[OBJECT_SIZE];
	unsigned char parent[OBJECT_SIZE];	/* the first; see parents */
	unsigned parents;			/* how many */
	struct stated_time authored, committed;
};

/* What the head of a commit says; false when there is no such commit. */
bool commit_facts(struct git_odb *odb, const unsigned char *commit,
    struct commit_facts *facts);

#endif
