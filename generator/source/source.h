/* SPDX-License-Identifier: MIT */
/*
 * Where a registry's files come from: a folder as it lies there, or any commit
 * of a git repository (bare ones too), through one interface. Nothing outside
 * the registry is ever read: symbolic links and submodules are listed for what
 * they are, and never followed.
 *
 * A source is opened once by the parent. A worker calls source_reopen() after
 * the fork, since a repository handle must not be shared.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/reader.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct source;
struct vec;

enum source_kind {
	SOURCE_FILE,
	SOURCE_LINK,		/* a symbolic link */
	SOURCE_SUBMODULE,
	SOURCE_OTHER		/* a device, a pipe, a name that is not UTF-8,
				 * a folder too deep */
};

/* Folders in each other, beyond which a folder counts as SOURCE_OTHER: none
 * of ours is half as deep, and a commit can be made that is endlessly so. */
enum { SOURCE_DEPTH = 32 };

struct source_entry {
	struct str path;		/* below the registry */
	enum source_kind kind;
	unsigned char object[20];	/* git's name of its bytes: in a commit,
					 * or once they were read; else zeros */
	uint64_t status;		/* of a file in a folder, a hash of what
					 * the file system says of it (size,
					 * times, inode): while that stays, so
					 * do its bytes; 0: too new to tell */
};

/*
 * Finds the registry: `folder` itself or the nearest folder above it that holds
 * content/; or, when `folder` is a bare repository, that. `rev` empty: the
 * working tree if there is one, else HEAD. False with a diagnostic when there
 * is no registry, no repository where a revision was asked for, or no such
 * revision. The source lives in `arena` and is closed by source_close().
 */
bool source_open(struct arena *arena, struct str folder, struct str rev,
    struct source **source, struct diag_list *diags);
/*
 * What a proposal would make of the registry: `range` is "BASE..HEAD" (see
 * source_range_parse()), the files are those of HEAD merged into BASE. False
 * with a diagnostic for every file that cannot be merged, and where
 * source_open() would be.
 */
bool source_open_range(struct arena *arena, struct str folder,
    struct str range, struct source **source, struct diag_list *diags);
/*
 * A folder as it lies there, without looking for a registry or a repository:
 * the private folder. False with a diagnostic when it cannot be opened.
 */
bool source_open_folder(struct arena *arena, struct str folder,
    struct source **source, struct diag_list *diags);
/* Takes "BASE..HEAD" apart; false if it is not of that form. */
bool source_range_parse(struct str range, struct str *base, struct str *head);
void source_close(struct source *source);

/* A worker's own handles. False when they cannot be had. */
bool source_reopen(struct source *source);

/* Absolute path of the registry's folder (of the repository, if bare). */
struct str source_folder(const struct source *source);
/* The same as the repository has it; empty for its top, or where there is no
 * repository. */
struct str source_prefix(const struct source *source);
/* True when files come from a folder, not a commit. */
bool source_is_worktree(const struct source *source);
/*
 * The commit shown, 40 hexadecimal digits: the one read, or the one checked
 * out; empty when there is none. `*clean` is false when the folder differs
 * from it in content/, schemas/, themes/ or register/. Finding that out takes
 * a look at every file; `clean` may be NULL.
 */
struct str source_commit(const struct source *source, bool *clean);
/* The same `clean`, for what is written down: false with a diagnostic when git
 * cannot tell. */
bool source_is_clean(const struct source *source, bool *clean,
    struct diag_list *diags) __attribute__((warn_unused_result));
/* How a folder of this machine stands to the registry of `source`. */
enum source_exposure {
	SOURCE_APART,		/* outside of it and of its repository, or
				 * inside and ignored by git */
	SOURCE_NOT_IGNORED,	/* inside, and git would offer to add it */
	SOURCE_TRACKED,		/* inside, and git has files of it */
	SOURCE_IS_REGISTRY	/* it is the registry, or holds it */
};
enum source_exposure source_exposure(const struct source *source,
    struct str folder);

/* For the files of source/: whether a folder at `path` is not gone into. */
bool source_is_too_deep(struct str path);

/* True for a clone without its whole history. */
bool source_is_shallow(const struct source *source);

/*
 * All entries below `folder`, folders themselves left out, by byte order. Names
 * that begin with '.' are left out: editors and git keep their own files under
 * such names. Nothing for a path that is not safe.
 */
bool source_entries(struct source *source, struct str folder,
    struct arena *arena, struct vec *entries, struct diag_list *diags);

/* What a proposal does to one file of the registry. */
struct source_change {
	struct str path;		/* below the registry */
	enum source_change_kind {
		SOURCE_ADDED, SOURCE_CHANGED, SOURCE_REMOVED
	} kind;
	struct source_entry entry;	/* as it is then; unless removed */
	enum source_kind before;	/* what it was; unless added */
};

/*
 * The changes (struct source_change) that the range makes to the base, by byte
 * order of their paths; a file that is moved is one removed and one added. The
 * paths live as long as the source.
 */
void source_changes(const struct source *source, struct vec *changes);

/* A regular file that is not hidden; false when there is none at `path`. */
bool source_find(struct source *source, struct str path,
    struct source_entry *entry);

/* The id of what a reference of the repository names, 40 hexadecimal digits;
 * empty when there is none. */
struct str source_reference(const struct source *source, const char *name);

/* Git's own folder for this working tree, which no commit can put files into;
 * empty where there is no repository. */
struct str source_git_folder(const struct source *source);

/*
 * The bytes of an entry that is a file. Larger than `limit`: nothing is read
 * and `*bytes` is STR_NONE with `*size` set. False with a diagnostic when the
 * file or object cannot be read.
 */
bool source_read(struct source *source, const struct source_entry *entry,
    uint64_t limit, struct arena *arena, struct str *bytes, uint64_t *size,
    struct diag_list *diags);

/* The name that git gives a file of these bytes. */
void source_name_bytes(struct str bytes, unsigned char object[20]);

/*
 * What tells one state of all files below `folder` from all others: digest of
 * their paths and git's names, 64 hexadecimal digits, whether they are in a
 * commit or a folder. Empty where they cannot be read.
 */
struct str source_folder_digest(struct source *source, struct str folder);

/* The same files through the small interface; its context is the source. */
struct reader source_reader(struct source *source);

#endif
