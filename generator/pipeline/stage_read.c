/* SPDX-License-Identifier: MIT */
/* Reading: each file of content/ by itself, in workers, into the catalogue. */
#include "base/buf.h"
#include "base/pack.h"
#include "base/value.h"
#include "base/workers.h"
#include "catalogue/catalogue.h"
#include "model/digest.h"
#include "model/record.h"
#include "pipeline/links.h"
#include "pipeline/pipeline.h"
#include "pipeline/stages.h"
#include "render/attachment.h"
#include "render/markdown.h"
#include "rules/claims.h"
#include "schema/schema.h"
#include "schema/tree.h"
#include "source/source.h"

#include <string.h>

static bool begin(void *context)
{
	struct pipeline *pipeline = context;

	return registry_reopen(&pipeline->registry);
}

/* -- in a worker ---------------------------------------------------------- */

static bool check_body(struct pipeline *pipeline, const struct record *record,
    struct diag_list *diags)
{
	struct markdown_options options;
	struct links links;

	links_options(&links, pipeline, record, &options);
	return markdown_check(&options, record->body, diags);
}

static void pack_claims(const struct record *record,
    const struct pipeline *pipeline, struct arena *arena, struct buf *answer)
{
	struct vec claims;

	vec_init(&claims, sizeof(struct claim));
	claims_of(record, &pipeline->codes, arena, &claims);
	pack_number(answer, (uint32_t)claims.count);
	for (size_t i = 0; i < claims.count; i++) {
		const struct claim *claim = vec_at(&claims, i);

		pack_number(answer, claim->line);
		pack_number(answer, claim->column);
		pack_str(answer, claim->kind);
		pack_str(answer, claim->value);
		pack_str(answer, claim->written);
	}
	vec_dispose(&claims);
}

/* Appends the packed record and its claims; an empty text if it is none. */
static void read_record(struct pipeline *pipeline, struct str path,
    struct str bytes, struct diag_list *diags, struct buf *answer)
{
	struct arena *arena = &pipeline->scratch;
	struct buf packed;
	struct record record;
	struct tree *tree;
	bool ok;

	if (!record_parse(arena, path, bytes, &pipeline->limits, &record,
	    diags)) {
		pack_str(answer, STR_NONE);
		return;
	}
	tree = tree_build(arena, &record,
	    schema_fields(pipeline->schemas, record.kind));
	ok = schema_validate(pipeline->schemas, &record, tree, diags);
	ok = check_body(pipeline, &record, diags) && ok;
	(void)ok;	/* faulty or not, other records may refer to it */
	buf_init(&packed);
	record_pack(&record, &packed);
	pack_str(answer, buf_str(&packed));
	pack_str(answer, record_digest(arena, &record));
	buf_dispose(&packed);
	dependencies_pack(&pipeline->dependencies, answer);
	pack_claims(&record, pipeline, arena, answer);
}

static void read_file(struct pipeline *pipeline,
    struct source_entry *entry, struct diag_list *diags, struct buf *answer)
{
	struct mark mark = { .path = entry->path };
	struct content_path what;
	struct str bytes;
	uint64_t size, limit;

	if (!(pipeline->beside == NULL ?
	    kind_of_path(entry->path, &what, diags) :
	    kind_of_private_path(entry->path, &what, diags)) ||
	    what.role == PATH_FOREIGN) {
		pack_str(answer, STR_NONE);
		return;
	}
	limit = what.role == PATH_ATTACHMENT ? ATTACHMENT_LIMIT :
	    pipeline->limits.max_bytes;
	if (!source_read(pipeline->registry.source, entry, limit,
	    &pipeline->scratch, &bytes, &size, diags)) {
		pack_str(answer, STR_NONE);
		return;
	}
	if (size <= limit && source_is_worktree(pipeline->registry.source))
		source_name_bytes(bytes, entry->object);
	if (size > limit) {
		diag_report(diags, mark, DIAG_FILE_TOO_LARGE,
		    str_format(&pipeline->scratch, "%llu",
			(unsigned long long)((size + 1023) / 1024)),
		    str_format(&pipeline->scratch, "%llu",
			(unsigned long long)(limit / 1024)));
		pack_str(answer, STR_NONE);
	} else if (what.role == PATH_ATTACHMENT) {
		(void)attachment_check(entry->path, bytes, diags);
		pack_str(answer, STR_NONE);
	} else {
		read_record(pipeline, entry->path, bytes, diags, answer);
	}
}

/* An answer: diagnostics, git's name of the bytes, then the packed record (may
 * be empty), its digest, dependencies, claims. */
static void run(void *context, size_t job, struct buf *answer)
{
	struct pipeline *pipeline = context;
	struct source_entry *entry = vec_at(&pipeline->entries, job);
	struct diag_list diags;
	struct buf rest;

	arena_reset(&pipeline->scratch);
	dependencies_clear(&pipeline->dependencies);
	diag_list_init(&diags, &pipeline->scratch);
	buf_init(&rest);
	read_file(pipeline, entry, &diags, &rest);
	pack_diags(answer, &diags);
	pack_str(answer, (struct str){ (const char *)entry->object,
	    sizeof(entry->object) });
	buf_append(answer, buf_str(&rest));
	buf_dispose(&rest);
	diag_list_dispose(&diags);
}

/* -- in the parent -------------------------------------------------------- */

static void take_claims(struct pipeline *pipeline, uint32_t number,
    struct str bytes)
{
	uint32_t count = 0, line, column;
	struct str kind, value, written;

	(void)unpack_number(&bytes, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (!unpack_number(&bytes, &line) ||
		    !unpack_number(&bytes, &column) ||
		    !unpack_str(&bytes, &kind) ||
		    !unpack_str(&bytes, &value) ||
		    !unpack_str(&bytes, &written))
			return;
		catalogue_put_claim(pipeline->catalogue, number, line, column,
		    kind, value, written);
	}
}

static uint32_t number_of(const struct pipeline *pipeline, size_t job)
{
	return pipeline->is_resumed ?
	    *(uint32_t *)vec_at(&pipeline->numbers, job) :
	    catalogue_first_number(job, pipeline->entries.count);
}

/* What was compared and what was read shall be the same bytes. */
static void name_bytes(struct pipeline *pipeline, struct source_entry *entry,
    struct str object)
{
	static const unsigned char unknown[sizeof(entry->object)] = { 0 };

	if (object.len != sizeof(entry->object))
		return;
	if (memcmp(entry->object, unknown, object.len) != 0 &&
	    memcmp(entry->object, object.ptr, object.len) != 0)
		pipeline->is_torn = true;
	memcpy(entry->object, object.ptr, object.len);
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct pipeline *pipeline = context;
	struct source_entry *entry = vec_at(&pipeline->entries, job);
	struct record record;
	struct str packed = STR_NONE, digest = STR_NONE, object;
	uint32_t number = number_of(pipeline, job);

	progress_step(&pipeline->progress);
	if (outcome != WORKER_DONE) {
		worker_report(outcome, entry->path, pipeline->diags);
		return;
	}
	arena_reset(&pipeline->scratch);
	if (!unpack_diags(&answer, pipeline->diags) ||
	    !unpack_str(&answer, &object))
		return;
	name_bytes(pipeline, entry, object);
	if (!unpack_str(&answer, &packed) || packed.len == 0 ||
	    !unpack_str(&answer, &digest) ||
	    !record_unpack(&pipeline->scratch, packed, &record))
		return;
	pipeline->records++;
	catalogue_put_record(pipeline->catalogue, number, &record, packed,
	    digest);
	dependencies_put(pipeline->catalogue, number, &answer);
	take_claims(pipeline, number, answer);
}

/* To start one takes as long as to read so many files. */
static size_t processes_for(const struct pipeline *pipeline)
{
	enum { WORTH_A_PROCESS = 16 };
	size_t enough = 1 + pipeline->entries.count / WORTH_A_PROCESS;

	return pipeline->is_resumed && enough < pipeline->jobs ? enough :
	    pipeline->jobs;
}

bool stage_read(struct pipeline *pipeline)
{
	static const struct text what = TEXT("读取记录", "reading records");
	const struct workers_request request = {
		.jobs = pipeline->entries.count,
		.processes = processes_for(pipeline),
		.context = pipeline,
		.begin = begin,
		.run = run,
		.take = take,
	};
	bool ok;

	progress_begin(&pipeline->progress, &what, pipeline->entries.count);
	ok = workers_run(&request, pipeline->diags);
	progress_end(&pipeline->progress);
	return ok;
}
