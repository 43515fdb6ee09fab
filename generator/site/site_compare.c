/* SPDX-License-Identifier: MIT */
#include "site/site_compare.h"

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
#include "compress/decoding.h"
#include "pipeline/output.h"
#include "pipeline/progress.h"
#include "site/compress.h"
#include "site/manifest.h"
#include "site/site_log.h"

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

enum {
	FILES_EACH = 64, PIECE = 64 * 1024,
	/* The largest files of open data take minutes. */
	JOB_SECONDS = 3600,
	/* How much a copy may hold whose original cannot tell. */
	COPY_MOST = 64 * 1024 * 1024
};

struct digested {
	struct str path;
	enum coding coding;		/* CODING_COUNT: the file as it is */
	struct str original;		/* else: it, if its size tells */
};

struct digesting {
	const struct site_reading *reading;
	struct vec files;		/* struct digested */
	struct map *found;
	char *piece;			/* of a worker */
};

/* Opens a regular file; negative when there is none. */
static int open_regular(const struct digesting *digesting, struct str path,
    struct stat *status)
{
	int file = path_is_safe(path) ?
	    open_below(digesting->reading->folder->descriptor, path,
		O_RDONLY | O_NONBLOCK) : -1;

	if (file >= 0 && (fstat(file, status) != 0 ||
	    !S_ISREG(status->st_mode))) {
		(void)close(file);
		return -1;
	}
	return file;
}

/* False when it cannot be read to its end. */
static bool add_all(const struct digesting *digesting, int file,
    struct sha256 *sha)
{
	ssize_t got;

	sha256_init(sha);
	do {
		got = read(file, digesting->piece, PIECE);
		if (got > 0)
			sha256_add(sha, (struct str){ digesting->piece,
			    (size_t)got });
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got == 0;
}

/* How much of a copy there may be. */
static uint64_t limit_of(const struct digesting *digesting,
    struct str original)
{
	struct stat status;
	int file = original.len > 0 ?
	    open_regular(digesting, original, &status) : -1;

	if (file < 0)
		return COPY_MOST;
	(void)close(file);
	return (uint64_t)status.st_size;
}

static struct str digest_one(const struct digesting *digesting,
    const struct digested *digested, char hex[SHA256_HEX_SIZE])
{
	unsigned char digest[SHA256_SIZE];
	struct sha256 sha;
	struct stat status;
	bool ok;
	int file = open_regular(digesting, digested->path, &status);

	if (file < 0)
		return STR_NONE;
	ok = digested->coding == CODING_COUNT ?
	    add_all(digesting, file, &sha) :
	    decoding_digest(digested->coding, file,
		limit_of(digesting, digested->original), &sha);
	(void)close(file);
	if (!ok)
		return STR_NONE;
	sha256_finish(&sha, digest);
	for (size_t i = 0; i < SHA256_SIZE; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	return str_from(hex);
}

/* The files of a job: from its first to before its end. */
static size_t end_of(const struct digesting *digesting, size_t job)
{
	size_t end = (job + 1) * FILES_EACH;

	return end < digesting->files.count ? end : digesting->files.count;
}

static void run(void *context, size_t job, struct buf *answer)
{
	struct digesting *digesting = context;
	char hex[SHA256_HEX_SIZE];

	for (size_t i = job * FILES_EACH; i < end_of(digesting, job); i++)
		pack_str(answer, digest_one(digesting,
		    vec_at(&digesting->files, i), hex));
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct digesting *digesting = context;
	const struct site_reading *reading = digesting->reading;
	struct str digest;

	progress_step(reading->progress);
	if (outcome != WORKER_DONE)
		(void)worker_report(outcome, reading->folder->path,
		    reading->diags);
	for (size_t i = job * FILES_EACH; i < end_of(digesting, job) &&
	     unpack_str(&answer, &digest); i++)
		map_put(digesting->found,
		    ((const struct digested *)vec_at(&digesting->files,
			i))->path,
		    str_cstr(digesting->found->arena, digest));
}

static bool digest_all(struct digesting *digesting, const struct text *what)
{
	const struct site_reading *reading = digesting->reading;
	char piece[PIECE];
	const struct workers_request request = { .processes = reading->jobs,
		.jobs = (digesting->files.count + FILES_EACH - 1) / FILES_EACH,
		.seconds = JOB_SECONDS, .context = digesting,
		.leave = SANDBOX_READ, .run = run, .take = take };
	size_t failures = diag_errors(reading->diags);
	bool ok;

	digesting->piece = piece;
	progress_begin(reading->progress, what, request.jobs);
	ok = workers_run(&request, reading->diags) &&
	    diag_errors(reading->diags) == failures;
	progress_end(reading->progress);
	return ok;
}

bool site_digest(const struct site_reading *reading, struct map *found)
{
	static const struct text what = TEXT("读取文件", "reading files");
	struct digesting digesting = { .reading = reading, .found = found };
	struct vec paths;
	bool ok;

	vec_init(&paths, sizeof(struct str));
	vec_init(&digesting.files, sizeof(struct digested));
	ok = folder_list(reading->folder, found->arena, &paths,
	    reading->diags);
	for (size_t i = 0; ok && i < paths.count; i++)
		*(struct digested *)vec_push(&digesting.files) =
		    (struct digested){ *(struct str *)vec_at(&paths, i),
			CODING_COUNT, STR_NONE };
	ok = ok && digest_all(&digesting, &what);
	vec_dispose(&digesting.files);
	vec_dispose(&paths);
	return ok;
}

/* -- copies ---------------------------------------------------------------- */

static enum coding coding_of(struct str path)
{
	return str_ends(path, coding_ending(CODING_GZIP)) ? CODING_GZIP :
	    CODING_BROTLI;
}

/* The copies among what was found: their originals' digests (char *) go to
 * `copies`, they themselves to `files`. */
static void list_copies(const struct map *expected, const struct map *found,
    struct map *copies, struct vec *files)
{
	for (size_t i = 0; i < found->count; i++) {
		struct str path = found->entries[i].key;
		struct str original = compress_original(path);
		char *wanted = map_get(expected, original);
		const char *there = map_get(found, original);

		if (!compress_is_for(original) || wanted == NULL ||
		    map_has(expected, path))
			continue;
		map_put(copies, path, wanted);
		if (there == NULL || strcmp(there, wanted) != 0)
			original = STR_NONE;
		*(struct digested *)vec_push(files) = (struct digested){
			path, coding_of(path), original };
	}
}

bool site_decode(const struct site_reading *reading, struct map *expected,
    struct map *found, struct map *copies)
{
	static const struct text what = TEXT("读取压缩副本",
	    "reading compressed copies");
	struct digesting digesting = { .reading = reading, .found = found };
	bool ok;

	vec_init(&digesting.files, sizeof(struct digested));
	list_copies(expected, found, copies, &digesting.files);
	ok = digesting.files.count == 0 || digest_all(&digesting, &what);
	for (size_t i = 0; i < copies->count; i++)
		map_put(expected, copies->entries[i].key,
		    copies->entries[i].item);
	vec_dispose(&digesting.files);
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
