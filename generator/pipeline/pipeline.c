/* SPDX-License-Identifier: MIT */
#include "pipeline/pipeline.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/resume.h"
#include "model/record.h"
#include "pipeline/found.h"
#include "pipeline/pipeline_inside.h"
#include "pipeline/stages.h"
#include "pipeline/tally.h"
#include "rules/calendar.h"
#include "rules/profile.h"
#include "rules/registration.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "source/receipt.h"
#include "source/source.h"

#include <string.h>

void pipeline_refuse_entry(struct pipeline *pipeline,
    const struct source_entry *entry)
{
	static const enum diag_code faults[] = {
		[SOURCE_LINK] = DIAG_SYMBOLIC_LINK,
		[SOURCE_SUBMODULE] = DIAG_SUBMODULE,
		[SOURCE_OTHER] = DIAG_ODD_ENTRY,
	};

	diag_report(pipeline->diags, ((struct mark){ .path = entry->path }),
	    faults[entry->kind], entry->path);
}

/* Links, submodules and odd names are told; the rest is kept. */
static void keep_entries(struct pipeline *pipeline, struct vec *found)
{
	size_t count = 0;

	for (size_t i = 0; i < found->count; i++) {
		const struct source_entry *entry = vec_at(found, i);

		if (entry->kind != SOURCE_FILE) {
			pipeline_refuse_entry(pipeline, entry);
			*(struct source_entry *)vec_push(&pipeline->others) =
			    *entry;
			continue;
		}
		*(struct source_entry *)vec_at(found, count++) = *entry;
	}
	found->count = count;
	vec_dispose(&pipeline->entries);
	pipeline->entries = pipeline->files = *found;
	vec_init(found, sizeof(struct source_entry));
}

bool pipeline_list(struct pipeline *pipeline)
{
	struct source *source = pipeline->registry.source;

	if (!pipeline->is_listed) {
		pipeline->is_listed = true;
		pipeline->could_list = source_entries(source, STR("content"),
		    pipeline->arena, &pipeline->listed, pipeline->diags) &&
		    source_entries(source, STR(REGISTER_FOLDER),
			pipeline->arena, &pipeline->others, pipeline->diags);
	}
	return pipeline->could_list;
}

static bool list_content(struct pipeline *pipeline)
{
	bool ok = pipeline_list(pipeline);

	if (ok)
		keep_entries(pipeline, &pipeline->listed);
	pipeline->file_count = pipeline->entries.count;
	if (ok && pipeline->entries.count == 0)
		diag_report(pipeline->diags,
		    ((struct mark){ .path = STR("content") }),
		    DIAG_CONTENT_EMPTY, STR("content"));
	return ok;
}

static size_t setting_number(const struct pipeline *pipeline,
    struct str path, size_t otherwise)
{
	size_t number;

	return str_to_size(value_text_at(pipeline->settings, path), &number) &&
	    number > 0 ? number : otherwise;
}

/*
 * The settings are needed before anything is read. Their faults are told when
 * content/site.yaml is read like every other record.
 */
static bool read_settings(struct pipeline *pipeline)
{
	static const struct str path = { "content/site.yaml", 17 };
	const struct reader *reader = &pipeline->registry.reader;
	struct diag_list ignored;
	struct record record;
	size_t failures = diag_errors(pipeline->diags);

	pipeline->limits = FRONTMATTER_LIMITS_DEFAULT;
	pipeline->settings = value_map(pipeline->arena);
	diag_list_init(&ignored, pipeline->arena);
	if (reader->read(reader->context, path, pipeline->arena,
	    &pipeline->site, pipeline->diags) && record_parse(
	    pipeline->arena, path, pipeline->site, &pipeline->limits, &record,
	    &ignored))
		pipeline->settings = record.data;
	diag_list_dispose(&ignored);
	pipeline->limits.max_bytes = 1024 * setting_number(pipeline,
	    STR("limits.file_kib"), pipeline->limits.max_bytes / 1024);
	pipeline->limits.max_depth = setting_number(pipeline,
	    STR("limits.depth"), pipeline->limits.max_depth);
	return diag_errors(pipeline->diags) == failures;
}

static void tell_about_git(struct pipeline *pipeline)
{
	const struct source *source = pipeline->registry.source;
	struct str folder = str_dup(pipeline->arena, path_name(
	    source_folder(source)));
	struct mark mark = { .path = STR_NONE };

	if (source_commit(source, NULL).len == 0)
		diag_report(pipeline->diags, mark, DIAG_NOT_A_REPOSITORY,
		    folder);
}

static void tell_about_profile(struct pipeline *pipeline)
{
	const struct profile *profile = ruleset_profile(pipeline->ruleset);

	if (profile->name.len > 0)
		diag_report(pipeline->diags, ((struct mark){ .line = 0 }),
		    DIAG_JUDGED_BY_PROFILE, profile->name,
		    profile->title[LANG_EN], profile->title[LANG_ZH]);
}

/*
 * Of all that verdicts rest on but the records and the day: the program (any
 * other build of it may judge otherwise), schemas and rules, settings, what was
 * asked for.
 * Empty where that cannot be told.
 */
static struct str fingerprint(const struct pipeline *pipeline,
    struct str profile)
{
	struct str schemas = registry_schemas_id(&pipeline->registry);
	struct str program = registry_program_id(pipeline->arena);
	char hex[SHA256_HEX_SIZE];

	if (schemas.len == 0 || program.len == 0)
		return STR_NONE;
	sha256_hex(str_format(pipeline->arena,
	    "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s",
	    STR_ARG(program), STR_ARG(schemas), STR_ARG(profile),
	    STR_ARG(pipeline->phase), STR_ARG(source_reference(
		pipeline->registry.source, RECEIPTS_REF)),
	    STR_ARG(pipeline->site)), hex);
	return str_dup(pipeline->arena, str_from(hex));
}

void pipeline_prepare(struct pipeline *pipeline)
{
	arena_init(&pipeline->scratch);
	dependencies_init(&pipeline->dependencies);
	diag_list_init(&pipeline->known, pipeline->arena);
	vec_init(&pipeline->listed, sizeof(struct source_entry));
	vec_init(&pipeline->entries, sizeof(struct source_entry));
	vec_init(&pipeline->others, sizeof(struct source_entry));
	vec_init(&pipeline->numbers, sizeof(uint32_t));
}

/* The catalogue of the base on that day, if a run has kept it. */
static void find_kept(struct pipeline *pipeline)
{
	struct str name = STR("commit"), day = STR("as_of");

	if (pipeline->registry.base == NULL || pipeline->fingerprint.len == 0)
		return;
	pipeline->kept = catalogue_resume(pipeline->arena,
	    pipeline_cache(pipeline), pipeline->fingerprint, pipeline->diags);
	if (pipeline->kept != NULL && !(str_eq(catalogue_cell(pipeline->kept,
	    QUERY_meta, &name, 1, pipeline->arena),
	    source_commit(pipeline->registry.base, NULL)) &&
	    str_eq(catalogue_cell(pipeline->kept, QUERY_meta, &day, 1,
		pipeline->arena), date_iso(pipeline->arena,
		pipeline->registry.as_of))))
		pipeline_let_go(pipeline);
}

void pipeline_let_go(struct pipeline *pipeline)
{
	if (pipeline->kept != NULL) {
		if (catalogue_is_damaged(pipeline->kept))
			catalogue_report_damage(catalogue_path(
			    pipeline->kept), pipeline->diags);
		catalogue_close(pipeline->kept);
	}
	pipeline->kept = NULL;
}

/* Whoever kept a catalogue has read all of it, and found no fault. */
static bool open_policy(struct pipeline *pipeline, struct str profile)
{
	const struct reader *reader = &pipeline->registry.reader;

	if (!codes_load(pipeline->arena, reader, STR("schemas/codes/"),
	    &pipeline->codes, pipeline->diags))
		return false;
	schema_set_open_known(pipeline->arena, reader, &pipeline->codes,
	    &pipeline->schemas, pipeline->diags);
	if (pipeline->kept == NULL)
		schema_set_complete(pipeline->schemas);
	return diag_errors(pipeline->diags) == 0 &&
	    ruleset_open_profile(pipeline->arena, reader, &pipeline->codes,
		profile, &pipeline->ruleset, pipeline->diags);
}

bool pipeline_open_registry(struct pipeline *pipeline,
    const struct pipeline_request *request, struct diag_list *diags)
{
	*pipeline = (struct pipeline){ .arena = request->registry.arena,
		.diags = diags, .lang = request->lang,
		.jobs = request->jobs, .phase = request->phase };
	progress_init(&pipeline->progress, request->lang, request->quiet);
	pipeline_prepare(pipeline);
	if (!registry_open_content(&request->registry, &pipeline->registry,
	    diags) || !read_settings(pipeline))
		return false;
	pipeline->fingerprint = fingerprint(pipeline, request->profile);
	return true;
}

bool pipeline_open_policy(struct pipeline *pipeline,
    const struct pipeline_request *request)
{
	find_kept(pipeline);
	if (!open_policy(pipeline, request->profile))
		return false;
	tell_about_git(pipeline);
	tell_about_profile(pipeline);
	/* What a proposal has may not have to be listed. */
	return pipeline->registry.base != NULL || list_content(pipeline);
}

bool pipeline_open(struct pipeline *pipeline,
    const struct pipeline_request *request, struct diag_list *diags)
{
	return pipeline_open_registry(pipeline, request, diags) &&
	    pipeline_open_policy(pipeline, request);
}

void pipeline_dispose(struct pipeline *pipeline)
{
	vec_dispose(&pipeline->listed);
	vec_dispose(&pipeline->entries);
	vec_dispose(&pipeline->others);
	vec_dispose(&pipeline->numbers);
	dependencies_dispose(&pipeline->dependencies);
	diag_list_dispose(&pipeline->known);
	if (pipeline->tally != NULL)
		tally_dispose(pipeline->tally);
	arena_dispose(&pipeline->scratch);
}

void pipeline_leave(struct pipeline *pipeline)
{
	if (pipeline->catalogue != NULL)
		catalogue_close(pipeline->catalogue);
	pipeline->catalogue = NULL;
}

void pipeline_close(struct pipeline *pipeline)
{
	pipeline_let_go(pipeline);
	/* Its next user would fail as this one did. */
	if (pipeline->catalogue != NULL &&
	    pipeline->diags->counts[DIAG_FATAL] > 0)
		(void)pipeline_was_damaged(pipeline);
	pipeline_leave(pipeline);
	ruleset_close(pipeline->ruleset);
	schema_set_close(pipeline->schemas);
	registry_close(&pipeline->registry);
	pipeline_dispose(pipeline);
}

struct str pipeline_cache(const struct pipeline *pipeline)
{
	struct str git = source_git_folder(pipeline->registry.source);

	return git.len > 0 ?
	    path_join(pipeline->arena, git, STR("zheli")) :
	    path_join(pipeline->arena,
		source_folder(pipeline->registry.source), STR(".zheli"));
}

bool pipeline_create_catalogue(struct pipeline *pipeline, struct str folder)
{
	pipeline->catalogue = catalogue_create(pipeline->arena, folder,
	    date_iso(pipeline->arena, pipeline->registry.as_of),
	    pipeline->diags);
	if (pipeline->catalogue == NULL)
		return false;
	catalogue_begin(pipeline->catalogue);
	catalogue_put_meta(pipeline->catalogue, STR("announced_until"),
	    date_iso(pipeline->arena, ruleset_calendar(pipeline->ruleset)
		->announced_until));
	if (value_text_at(pipeline->settings, STR("demonstration")).len > 0)
		catalogue_put_meta(pipeline->catalogue, STR("demonstration"),
		    STR("1"));
	catalogue_put_codes(pipeline->catalogue, &pipeline->codes);
	stage_rules(pipeline);
	catalogue_commit(pipeline->catalogue);
	return true;
}

/* The record that a fault at `path` is a fault of: an attachment that may not
 * be published takes its achievement with it. */
struct str pipeline_record_of(struct pipeline *pipeline, struct str path)
{
	struct content_path what;
	struct diag_list told_before;
	bool is_attachment;

	diag_list_init(&told_before, pipeline->arena);
	is_attachment = kind_of_path(path, &what, &told_before) &&
	    what.role == PATH_ATTACHMENT;
	diag_list_dispose(&told_before);
	return is_attachment ? record_path(pipeline->arena, what.kind,
	    what.id) : path;
}

void pipeline_put_file(struct pipeline *pipeline,
    const struct source_entry *entry)
{
	static const unsigned char unknown[sizeof(entry->object)] = { 0 };
	const struct file_state file = { entry->path, entry->kind,
		memcmp(entry->object, unknown, sizeof(unknown)) == 0 ?
		STR_NONE : (struct str){ (const char *)entry->object,
		    sizeof(entry->object) }, entry->status };

	catalogue_put_file(pipeline->catalogue, &file);
}

static void put_files(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->entries.count; i++)
		pipeline_put_file(pipeline, vec_at(&pipeline->entries, i));
	for (size_t i = 0; i < pipeline->others.count; i++)
		pipeline_put_file(pipeline, vec_at(&pipeline->others, i));
}

/* The next proposal goes on from here if it is known which commit it was. */
void pipeline_fit(struct pipeline *pipeline)
{
	struct str commit = source_commit(pipeline->registry.source, NULL);
	struct diag_list silent;
	bool is_clean;

	diag_list_init(&silent, pipeline->arena);
	is_clean = pipeline_is_clean(pipeline, &is_clean, &silent) && is_clean;
	diag_list_dispose(&silent);
	catalogue_fit(pipeline->catalogue, pipeline->fingerprint,
	    is_clean ? commit : STR_NONE, pipeline->file_count);
	catalogue_put_meta(pipeline->catalogue, STR("head"), commit);
}

/* Errors withhold their record; all of it is kept for the internal site. */
static void put_verdicts(struct pipeline *pipeline)
{
	catalogue_begin(pipeline->catalogue);
	for (size_t i = 0; i < pipeline->diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&pipeline->diags->items,
		    i);

		catalogue_put_diagnostic(pipeline->catalogue, d);
		if (d->severity >= DIAG_ERROR)
			catalogue_withhold(pipeline->catalogue,
			    pipeline_record_of(pipeline, d->mark.path));
	}
	catalogue_derive(pipeline->catalogue);
	catalogue_conclude(pipeline->catalogue);
	if (pipeline->registry.base == NULL) {
		put_files(pipeline);
		pipeline_fit(pipeline);
	}
	catalogue_commit(pipeline->catalogue);
}

bool pipeline_read(struct pipeline *pipeline)
{
	bool ok;

	catalogue_begin(pipeline->catalogue);
	ok = stage_read(pipeline);
	catalogue_derive(pipeline->catalogue);
	catalogue_commit(pipeline->catalogue);
	return ok;
}

static bool put_proposed(struct pipeline *pipeline)
{
	bool ok;

	catalogue_begin(pipeline->catalogue);
	ok = stage_proposal(pipeline);
	catalogue_commit(pipeline->catalogue);
	return ok;
}

static bool judge_all(struct pipeline *pipeline)
{
	if (!pipeline_create_catalogue(pipeline, pipeline_cache(pipeline)))
		return false;
	/* Of what could not be read nothing true can be said. */
	if (!pipeline_read(pipeline) ||
	    pipeline->diags->counts[DIAG_FATAL] > 0 ||
	    !catalogue_is_well(pipeline->catalogue, pipeline->diags))
		return false;
	if (!stage_history(pipeline) || !put_proposed(pipeline))
		return false;
	(void)catalogue_check(pipeline->catalogue, pipeline->arena,
	    pipeline->diags);
	if (!stage_register(pipeline, NULL))
		return false;
	if (!stage_judge(pipeline) || pipeline->diags->counts[DIAG_FATAL] > 0)
		return false;
	stage_tally(pipeline);
	diag_sort(pipeline->diags);
	put_verdicts(pipeline);
	if (!catalogue_is_well(pipeline->catalogue, pipeline->diags))
		return false;
	/* What a proposal would make of it is nobody's next starting point. */
	if (pipeline->registry.base == NULL)
		catalogue_keep(pipeline->catalogue);
	return true;
}

bool pipeline_was_damaged(struct pipeline *pipeline)
{
	return !pipeline->is_full && pipeline->catalogue != NULL &&
	    catalogue_was_damaged(pipeline->catalogue);
}

bool pipeline_judge(struct pipeline *pipeline)
{
	if (pipeline->registry.base == NULL)
		return (!pipeline->is_full && pipeline_go_on(pipeline)) ||
		    (pipeline->leaves_found ?
			found_leave(pipeline, judge_all) :
			judge_all(pipeline));
	if (!pipeline->is_shared && !pipeline->is_full &&
	    pipeline_resume(pipeline))
		return pipeline->diags->counts[DIAG_FATAL] == 0;
	pipeline_let_go(pipeline);
	schema_set_complete(pipeline->schemas);
	return list_content(pipeline) && judge_all(pipeline);
}

bool pipeline_has_file(struct pipeline *pipeline, struct str path)
{
	struct source_entry entry;

	dependencies_add(&pipeline->dependencies, ON_FILE, path, STR_NONE);
	return pipeline->is_resumed && pipeline->registry.base != NULL ?
	    source_find(pipeline->registry.source, path, &entry) :
	    pipeline_lists(pipeline, path);
}

bool pipeline_judge_by(struct pipeline *pipeline, struct ruleset *ruleset,
    struct diag_list *diags)
{
	struct ruleset *own = pipeline->ruleset;
	struct diag_list *own_diags = pipeline->diags;
	bool ok;

	pipeline->ruleset = ruleset;
	pipeline->diags = diags;
	ok = stage_judge(pipeline) && diags->counts[DIAG_FATAL] == 0;
	pipeline->ruleset = own;
	pipeline->diags = own_diags;
	return ok;
}
