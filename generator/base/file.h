/* SPDX-License-Identifier: MIT */
/*
 * Files of the machine. Reading is whole files; writing goes below an opened
 * folder, beside the old file and renamed over it, so that a reader meets the
 * old bytes or the new ones and never half of them. Unchanged bytes are not
 * rewritten. No symbolic link below the folder is ever followed.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;
struct dirent;
struct reader;
struct vec;

/* The bytes of a file, in `arena`; DIAG_CANNOT_READ when it can't be read. */
bool file_read(struct arena *arena, struct str path, struct str *bytes,
    struct diag_list *diags);

/* All that can be read from a descriptor, e.g. standard input. */
bool file_read_all(struct arena *arena, int descriptor, struct str name,
    struct str *bytes, struct diag_list *diags);

/* The same for a regular file of `size` bytes: one read, no copy. */
bool file_read_sized(struct arena *arena, int descriptor, size_t size,
    struct str name, struct str *bytes, struct diag_list *diags);

/* What readdir() says an entry of an opened folder is (DT_REG, DT_DIR …), also
 * on file systems that leave it to be asked for. */
unsigned char file_type_at(int folder, const struct dirent *entry);

/* A folder that is written to. Workers may use one opened before the fork. */
struct folder {
	int descriptor;
	struct str path;	/* for messages */
};

/* Creates the folder and its parents if missing. `path` must stay valid. */
bool folder_open(struct arena *arena, struct str path, struct folder *folder,
    struct diag_list *diags);
void folder_close(struct folder *folder);

/* The file `from` takes the place of `to`, if there is one, in one step; of an
 * empty folder, too. Zero or an errno. */
int file_take_place(int folder, const char *from, const char *to);

/*
 * Makes `path` (relative, safe) hold `bytes`. `*changed` says whether anything
 * was written. On failure what was there before is still there.
 */
bool folder_replace(const struct folder *folder, struct str path,
    struct str bytes, bool *changed, struct diag_list *diags);

/*
 * Which file stands at `path` now: one word (in `arena`) that is another one
 * once the file was written, replaced or stamped anew; empty if there is none.
 * `anew`: gives it the time of now first.
 */
struct str folder_stamp(const struct folder *folder, struct str path,
    bool anew, struct arena *arena);

/* Removes a file and the folders that became empty by it. */
bool folder_remove(const struct folder *folder, struct str path,
    struct diag_list *diags);

/*
 * Pushes the paths (struct str in `arena`) of everything below the folder that
 * is no folder itself, in no order.
 */
bool folder_list(const struct folder *folder, struct arena *arena,
    struct vec *paths, struct diag_list *diags);

/* A reader of the regular files below a folder (its context is the folder). */
struct reader folder_reader(const struct folder *folder);

/* Opens a folder for reading only; it must exist. */
bool folder_open_existing(struct str path, struct folder *folder,
    struct diag_list *diags);

#endif
