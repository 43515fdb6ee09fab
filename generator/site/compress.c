/* SPDX-License-Identifier: MIT */
#include "site/compress.h"

#include "base/file.h"
#include "base/file_stream.h"
#include "base/open_below.h"
#include "base/pack.h"
#include "base/path.h"
#include "base/reason.h"
#include "base/workers.h"
#include "compress/coding.h"
#include "pipeline/output.h"
#include "pipeline/pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	/* What fits into one packet with its header gains nothing. */
	SIZE_LEAST = 512,
	/* The largest files of open data take minutes. */
	JOB_SECONDS = 3600
};

struct original {
	struct str path;
	struct timespec modified;
	uint64_t size;
	bool has[CODING_COUNT];		/* a copy of it as it is */
};

struct compressing {
	struct pipeline *pipeline;
	const struct folder *output;
	const struct output_kept *kept;
	struct vec originals;		/* struct original: with work to do */
	struct compress_result *result;
};

struct str compress_original(struct str path)
{
	for (int i = 0; i < CODING_COUNT; i++) {
		struct str ending = coding_ending((enum coding)i);

		if (str_ends(path, ending))
			return str_slice(path, 0, path.len - ending.len);
	}
	return STR_NONE;
}

bool compress_is_for(struct str path)
{
	static const struct str endings[] = {
		{ ".html", 5 }, { ".css", 4 }, { ".js", 3 }, { ".json", 5 },
		{ ".jsonl", 6 }, { ".jsonld", 7 }, { ".csv", 4 },
		{ ".atom", 5 }, { ".xml", 4 }, { ".svg", 4 }, { ".ics", 4 },
		{ ".txt", 4 }, { ".bib", 4 }, { ".ris", 4 }, { ".ttl", 4 },
		{ ".webmanifest", 12 }
	};
	struct str ending = path_extension(path);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (str_eq(ending, endings[i]))
			return true;
	return false;
}

bool compress_is_wanted(int folder, struct str path, struct stat *status)
{
	int file = compress_is_for(path) ? open_below(folder, path,
	    O_PATH | O_NOFOLLOW) : -1;
	bool ok = file >= 0 && fstat(file, status) == 0 &&
	    S_ISREG(status->st_mode) && status->st_size >= SIZE_LEAST;

	if (file >= 0)
		(void)close(file);
	return ok;
}

/* -- in a worker ----------------------------------------------------------- */

static bool write_copy(const struct compressing *compressing,
    const struct original *original, enum coding coding, struct arena *scratch,
    struct diag_list *diags)
{
	struct file_stream out;
	struct file_facts facts;
	bool changed;
	int file = open_below(compressing->output->descriptor, original->path,
	    O_RDONLY | O_NOFOLLOW);

	file_stream_open(&out, compressing->output, str_join(scratch,
	    original->path, coding_ending(coding)));
	if (file < 0)
		file_stream_fail(&out, errno);
	else
		coding_write(coding, file, original->size, &out);
	if (file >= 0)
		(void)close(file);
	return file_stream_close(&out, &facts, &changed, diags);
}

static void run(void *context, size_t job, struct buf *answer)
{
	struct compressing *compressing = context;
	const struct original *original = vec_at(&compressing->originals, job);
	struct arena *scratch = &compressing->pipeline->scratch;
	struct diag_list diags;
	bool ok = true;

	arena_reset(scratch);
	diag_list_init(&diags, scratch);
	for (int i = 0; ok && i < CODING_COUNT; i++)
		ok = original->has[i] || write_copy(compressing, original,
		    (enum coding)i, scratch, &diags);
	pack_number(answer, ok);
	pack_diags(answer, &diags);
	diag_list_dispose(&diags);
}

/* -- in the parent --------------------------------------------------------- */

/* From now on they are copies of it. The worker may not set times. */
static void mark_copies(const struct compressing *compressing,
    const struct original *original)
{
	const struct timespec times[2] = { original->modified,
		original->modified };
	struct pipeline *pipeline = compressing->pipeline;

	for (int i = 0; i < CODING_COUNT; i++) {
		struct str path = str_join(&pipeline->scratch, original->path,
		    coding_ending((enum coding)i));

		if (original->has[i])
			continue;
		if (utimensat(compressing->output->descriptor,
		    str_cstr(&pipeline->scratch, path), times,
		    AT_SYMLINK_NOFOLLOW) == 0)
			compressing->result->changed++;
		else
			(void)diag_report_reason(pipeline->diags,
			    ((struct mark){ .path = path }),
			    DIAG_CANNOT_WRITE, path, errno);
	}
	arena_reset(&pipeline->scratch);
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct compressing *compressing = context;
	const struct original *original = vec_at(&compressing->originals, job);
	struct pipeline *pipeline = compressing->pipeline;
	uint32_t ok = 0;

	progress_step(&pipeline->progress);
	if (outcome != WORKER_DONE) {
		worker_report(outcome, original->path, pipeline->diags);
		return;
	}
	(void)unpack_number(&answer, &ok);
	(void)unpack_diags(&answer, pipeline->diags);
	if (ok != 0)
		mark_copies(compressing, original);
}

static bool is_of_time(const struct stat *copy, const struct timespec *time)
{
	return S_ISREG(copy->st_mode) &&
	    copy->st_mtim.tv_sec == time->tv_sec &&
	    copy->st_mtim.tv_nsec == time->tv_nsec;
}

/* Whether the file is to have copies; if it has not, they are to be made. */
static bool look_at(struct compressing *compressing, struct str path)
{
	struct arena *arena = compressing->pipeline->arena;
	const int folder = compressing->output->descriptor;
	struct original original = { .path = path };
	struct stat status;
	bool has_all = true;

	if (!compress_is_wanted(folder, path, &status))
		return false;
	original.modified = status.st_mtim;
	original.size = (uint64_t)status.st_size;
	for (int i = 0; i < CODING_COUNT; i++) {
		original.has[i] = fstatat(folder, str_cstr(arena, str_join(
		    arena, path, coding_ending((enum coding)i))), &status,
		    AT_SYMLINK_NOFOLLOW) == 0 &&
		    is_of_time(&status, &original.modified);
		has_all = has_all && original.has[i];
		compressing->result->copies++;
	}
	if (!has_all)
		*(struct original *)vec_push(&compressing->originals) =
		    original;
	return true;
}

static int compare_originals(const void *a, const void *b)
{
	return str_cmp(((const struct original *)a)->path,
	    ((const struct original *)b)->path);
}

/*
 * Finds what is to be done, and removes copies of files that are to have none;
 * those of files that are stale or not there go with all else that is.
 */
static bool survey(struct compressing *compressing)
{
	const struct output_kept *kept = compressing->kept;
	struct pipeline *pipeline = compressing->pipeline;
	struct map copied;		/* by path; NULL: it is to have none */
	struct vec paths;
	bool ok;

	map_init(&copied, pipeline->arena);
	vec_init(&paths, sizeof(struct str));
	ok = folder_list(compressing->output, pipeline->arena, &paths,
	    pipeline->diags);
	for (size_t i = 0; ok && i < paths.count; i++) {
		struct str path = *(struct str *)vec_at(&paths, i);

		map_put(&copied, path, !kept->has(kept->context, path) ||
		    look_at(compressing, path) ? compressing : NULL);
	}
	for (size_t i = 0; ok && i < paths.count; i++) {
		struct str path = *(struct str *)vec_at(&paths, i);
		struct str of = compress_original(path);

		if (of.len == 0 || !map_has(&copied, of) ||
		    map_get(&copied, of) != NULL)
			continue;
		ok = folder_remove(compressing->output, path,
		    pipeline->diags);
		compressing->result->removed += ok;
	}
	vec_sort(&compressing->originals, compare_originals);
	vec_dispose(&paths);
	return ok;
}

bool compress_site(struct pipeline *pipeline, const struct folder *output,
    const struct output_kept *kept, struct compress_result *result)
{
	static const struct text compressed = TEXT("压缩", "compressing");
	struct compressing compressing = { .pipeline = pipeline,
		.output = output, .kept = kept, .result = result };
	bool ok;

	*result = (struct compress_result){ .copies = 0 };
	vec_init(&compressing.originals, sizeof(struct original));
	ok = survey(&compressing);
	if (ok && compressing.originals.count > 0) {
		const struct workers_request request = {
			.jobs = compressing.originals.count,
			.processes = pipeline->jobs, .seconds = JOB_SECONDS,
			.largest_file = LARGEST_FILE_OF_ALL,
			.leave = SANDBOX_WRITE,
			.written = { output->descriptor },
			.context = &compressing,
			.run = run, .take = take };

		progress_begin(&pipeline->progress, &compressed, request.jobs);
		ok = workers_run(&request, pipeline->diags);
		progress_end(&pipeline->progress);
	}
	vec_dispose(&compressing.originals);
	return ok && pipeline->diags->counts[DIAG_FATAL] == 0;
}
