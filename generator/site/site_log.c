/* SPDX-License-Identifier: MIT */
#include "site/site_log.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/pack.h"

#include <stdlib.h>
#include <string.h>

void site_log_init(struct site_log *log)
{
	vec_init(&log->files, sizeof(struct site_file));
}

void site_log_dispose(struct site_log *log)
{
	vec_dispose(&log->files);
}

void site_log_add(struct site_log *log, struct str path, const char *sha256,
    bool changed)
{
	struct site_file *file = vec_push(&log->files);

	file->path = path;
	file->changed = changed;
	memcpy(file->sha256, sha256, sizeof(file->sha256));
}

bool site_log_write(struct site_log *log, const struct folder *folder,
    struct str path, struct str bytes, struct diag_list *diags)
{
	char hex[SHA256_HEX_SIZE];
	bool changed;

	if (!folder_replace(folder, path, bytes, &changed, diags))
		return false;
	sha256_hex(bytes, hex);
	site_log_add(log, path, hex, changed);
	return true;
}

void site_log_pack(struct buf *answer, const struct site_log *log)
{
	pack_number(answer, (uint32_t)log->files.count);
	for (size_t i = 0; i < log->files.count; i++) {
		const struct site_file *file = vec_at(&log->files, i);

		pack_str(answer, file->path);
		pack_str(answer, str_from(file->sha256));
		pack_number(answer, file->changed);
	}
}

static bool unpack_one(struct str *answer, struct str *path, char *sha256,
    uint32_t *changed)
{
	struct str digest;

	if (!unpack_str(answer, path) || !unpack_str(answer, &digest) ||
	    !unpack_number(answer, changed) ||
	    digest.len != SHA256_HEX_SIZE - 1)
		return false;
	memcpy(sha256, digest.ptr, digest.len);
	sha256[digest.len] = '\0';
	return true;
}

bool site_log_unpack(struct site_log *log, struct str *answer,
    bool is_internal, struct str known, struct arena *arena)
{
	uint32_t count, changed;
	char sha256[SHA256_HEX_SIZE];
	struct str path;

	if (!unpack_number(answer, &count))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		struct site_file *file;

		if (!unpack_one(answer, &path, sha256, &changed))
			return false;
		site_log_add(log, str_eq(path, known) ? known :
		    str_dup(arena, path), sha256, changed != 0);
		file = vec_at(&log->files, log->files.count - 1);
		file->is_internal = is_internal;
	}
	return true;
}

bool site_log_recall(struct site_log *log, struct str *facts,
    bool is_internal, struct str known, struct arena *arena)
{
	size_t first = log->files.count;
	bool ok = site_log_unpack(log, facts, is_internal, known, arena);

	for (size_t i = first; i < log->files.count; i++)
		((struct site_file *)vec_at(&log->files, i))->changed = false;
	return ok;
}

size_t site_log_changed(const struct site_log *log)
{
	size_t changed = 0;

	for (size_t i = 0; i < log->files.count; i++)
		changed += ((const struct site_file *)
		    vec_at(&log->files, i))->changed;
	return changed;
}

static int compare_paths(const void *a, const void *b)
{
	return str_cmp((*(const struct site_file *const *)a)->path,
	    (*(const struct site_file *const *)b)->path);
}

const struct site_file **site_log_sorted(const struct site_log *log,
    bool is_internal, struct arena *arena, size_t *count)
{
	const struct site_file **files = arena_array(arena,
	    log->files.count + 1, sizeof(struct site_file *));
	size_t all = 0, kept = 0;

	for (size_t i = 0; i < log->files.count; i++) {
		const struct site_file *file = vec_at(&log->files, i);

		if (file->is_internal == is_internal)
			files[all++] = file;
	}
	if (all > 0)
		qsort(files, all, sizeof(struct site_file *), compare_paths);
	for (size_t i = 0; i < all; i++)
		if (kept == 0 || !str_eq(files[kept - 1]->path,
		    files[i]->path))
			files[kept++] = files[i];
	*count = kept;
	return files;
}
