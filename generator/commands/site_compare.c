/* SPDX-License-Identifier: MIT */
#include "commands/site_compare.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/open_below.h"
#include "base/pack.h"
#include "base/path.h"
#include "base/vec.h"
#include "base/workers.h"
#include "commands/manifest.h"
#include "commands/output.h"
#include "commands/progress.h"
#include "commands/site_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void site_expect(const struct site_log *log, bool is_internal,
    struct map *expected)
{
	for (size_t i = 0; i < log->files.count; i++) {
		struct site_file *file = vec_at(&log->files, i);

		if (file->is_internal == is_internal)
			map_put(expected, file->path, file->sha256);
	}
}

/* -- digests of what is there ---------------------------------------------- */

enum { FILES_EACH = 64, PIECE = 64 * 1024 };

struct digesting {
	const struct folder *folder;
	struct vec paths;		/* struct str */
	struct map *found;
	struct progress *progress;
	struct diag_list *diags;
	char *piece;			/* of a worker */
};

/* False when it cannot be read to its end. */
static bool add_all(const struct digesting *digesting, int file,
    struct sha256 *sha)
{
	ssize_t got;

	do {
		got = read(file, digesting->piece, PIECE);
		if (got > 0)
			sha256_add(sha, (struct str){ digesting->piece,
			    (size_t)got });
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got == 0;
}

static struct str digest_one(const struct digesting *digesting,
    struct str path, char hex[SHA256_HEX_SIZE])
{
	unsigned char digest[SHA256_SIZE];
	struct sha256 sha;
	struct stat status;
	bool ok;
	int file;

	if (!path_is_safe(path))
		return STR_NONE;
	file = open_below(digesting->folder->descriptor, path,
	    O_RDONLY | O_NONBLOCK);
	if (file < 0)
		return STR_NONE;
	sha256_init(&sha);
	ok = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
	    add_all(digesting, file, &sha);
	(void)close(file);
	if (!ok)
		return STR_NONE;
	sha256_finish(&sha, digest);
	for (size_t i = 0; i < SHA256_SIZE; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	return str_from(hex);
}

/* The paths of a job: from its first to before its end. */
static size_t end_of(const struct digesting *digesting, size_t job)
{
	size_t end = (job + 1) * FILES_EACH;

	return end < digesting->paths.count ? end : digesting->paths.count;
}

static void run(void *context, size_t job, struct buf *answer)
{
	struct digesting *digesting = context;
	char hex[SHA256_HEX_SIZE];

	for (size_t i = job * FILES_EACH; i < end_of(digesting, job); i++)
		pack_str(answer, digest_one(digesting,
		    *(struct str *)vec_at(&digesting->paths, i), hex));
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct digesting *digesting = context;
	struct str digest;

	progress_step(digesting->progress);
	if (outcome != WORKER_DONE)
		(void)worker_report(outcome, digesting->folder->path,
		    digesting->diags);
	for (size_t i = job * FILES_EACH; i < end_of(digesting, job) &&
	     unpack_str(&answer, &digest); i++)
		map_put(digesting->found,
		    *(struct str *)vec_at(&digesting->paths, i),
		    str_cstr(digesting->found->arena, digest));
}

bool site_digest(const struct folder *folder, size_t jobs,
    struct progress *progress, struct map *found, struct diag_list *diags)
{
	static const struct text what = TEXT("读取文件", "reading files");
	char piece[PIECE];
	struct digesting digesting = { .folder = folder, .found = found,
		.progress = progress, .diags = diags, .piece = piece };
	struct workers_request request = { .processes = jobs,
		.context = &digesting, .leave = SANDBOX_READ, .run = run,
		.take = take };
	size_t failures = diag_errors(diags);
	bool ok;

	vec_init(&digesting.paths, sizeof(struct str));
	ok = folder_list(folder, found->arena, &digesting.paths, diags);
	request.jobs = (digesting.paths.count + FILES_EACH - 1) / FILES_EACH;
	progress_begin(progress, &what, request.jobs);
	ok = ok && workers_run(&request, diags) &&
	    diag_errors(diags) == failures;
	progress_end(progress);
	vec_dispose(&digesting.paths);
	return ok;
}

/* -- the comparison -------------------------------------------------------- */

static void push(struct vec *differences, struct str path,
    enum site_difference_kind kind)
{
	struct site_difference *difference = vec_push(differences);

	*difference = (struct site_difference){ path, kind };
}

static int compare_paths(const void *a, const void *b)
{
	return str_cmp(((const struct site_difference *)a)->path,
	    ((const struct site_difference *)b)->path);
}

void site_take_signature(struct map *expected, const struct map *found)
{
	if (map_has(found, MANIFEST_SIGNATURE))
		map_put(expected, MANIFEST_SIGNATURE,
		    map_get(found, MANIFEST_SIGNATURE));
}

void site_compare(const struct map *expected, const struct map *found,
    struct vec *differences)
{
	for (size_t i = 0; i < expected->count; i++) {
		const struct map_entry *entry = &expected->entries[i];
		const char *there = map_get(found, entry->key);

		if (there == NULL)
			push(differences, entry->key, SITE_MISSING);
		else if (strcmp(there, entry->item) != 0)
			push(differences, entry->key, SITE_DIFFERS);
	}
	for (size_t i = 0; i < found->count; i++) {
		struct str path = found->entries[i].key;

		if (!map_has(expected, path) &&
		    !str_eq(path, OUTPUT_MARKER))
			push(differences, path, SITE_EXTRA);
	}
	vec_sort(differences, compare_paths);
}
