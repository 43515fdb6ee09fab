/* SPDX-License-Identifier: MIT */
#include "commands/review.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"
#include "commands/command.h"
#include "commands/range.h"
#include "commands/report.h"
#include "model/digest.h"
#include "pipeline/pipeline.h"
#include "schema/fields.h"
#include "schema/schema.h"
#include "source/receipt.h"
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>

/* -- the two texts of a record -------------------------------------------- */

/* Where both come from; the diagnostics of reading are known already. */
struct reading {
	struct review *review;
	struct reader before, after;
	struct diag_list *diags;
};

/* NULL when there is no such record there, or it cannot be understood. */
static struct record *read_side(const struct reading *reading,
    const struct reader *reader, struct str path)
{
	struct arena *arena = reading->review->arena;
	struct record *record = arena_alloc(arena, sizeof(*record));
	struct diag_list known;
	struct str bytes;
	bool ok;

	diag_list_init(&known, arena);
	ok = reader->read(reader->context, path, arena, &bytes, &known) &&
	    record_parse(arena, path, bytes, &reading->review->pipeline->limits,
		record, &known);
	for (size_t i = 0; i < known.items.count; i++) {
		const struct diagnostic *d = vec_at(&known.items, i);

		if (d->severity == DIAG_FATAL)
			diag_add(reading->diags, d);
	}
	diag_list_dispose(&known);
	return ok ? record : NULL;
}

static struct str title_of(const struct record *record)
{
	static const char *const names[] = { "title", "name", "year" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct str title = value_text_at(record->data,
		    str_from(names[i]));

		if (title.len > 0)
			return title;
	}
	return STR_NONE;
}

static void init_record(struct review_record *record)
{
	vec_init(&record->edits, sizeof(struct edit));
	vec_init(&record->diags, sizeof(struct diagnostic));
	vec_init(&record->claims, sizeof(struct review_claim));
	vec_init(&record->stale, sizeof(struct review_stale));
	vec_init(&record->attested, sizeof(const struct rule_entry *));
}

static void fill_record(const struct reading *reading,
    struct review_record *record)
{
	struct review *review = reading->review;
	struct str old_path = record->change == REVIEW_MOVED ?
	    record->old_path : record->path;
	const struct record *old = record->change == REVIEW_ADDED ? NULL :
	    read_side(reading, &reading->before, old_path);
	const struct record *now = record->change == REVIEW_REMOVED ? NULL :
	    read_side(reading, &reading->after, record->path);

	record->is_readable = (old != NULL || record->change == REVIEW_ADDED) &&
	    (now != NULL || record->change == REVIEW_REMOVED);
	if (now != NULL || old != NULL)
		record->title = title_of(now != NULL ? now : old);
	if (record->is_readable && record->change != REVIEW_REMOVED)
		edits_of(review->arena, &schema_fields(
		    review->pipeline->schemas, record->kind)->root, old, now,
		    &record->edits);
	review_add_facts(review, record, old, now);
}

/* -- what is changed ------------------------------------------------------ */

static void add_change(struct review *review,
    const struct source_change *change)
{
	static const enum review_change changes[] = {
		[SOURCE_ADDED] = REVIEW_ADDED,
		[SOURCE_CHANGED] = REVIEW_CHANGED,
		[SOURCE_REMOVED] = REVIEW_REMOVED,
	};
	struct content_path what;
	struct diag_list known;
	bool is_content;

	diag_list_init(&known, review->arena);
	is_content = kind_of_path(change->path, &what, &known);
	diag_list_dispose(&known);
	if (is_content && what.role == PATH_RECORD) {
		struct review_record *record = vec_push(&review->records);

		record->change = changes[change->kind];
		record->kind = what.kind;
		record->id = what.id;
		record->path = change->path;
		init_record(record);
	} else {
		*(struct review_file *)vec_push(&review->files) =
		    (struct review_file){ .path = change->path,
			.change = changes[change->kind],
			.is_policy = str_starts(change->path,
			    STR("schemas/")) ||
			    str_starts(change->path, STR("themes/")) };
	}
}

static struct str digest_at(const struct reading *reading,
    const struct reader *reader, struct str path)
{
	const struct record *record = read_side(reading, reader, path);

	return record != NULL ? record_digest(reading->review->arena, record) :
	    STR_NONE;
}

/* A record that is gone here and stands there, word for word, has moved. */
static void find_moves(const struct reading *reading)
{
	struct vec *records = &reading->review->records;
	struct map gone;
	size_t kept = 0;

	map_init(&gone, reading->review->arena);
	for (size_t i = 0; i < records->count; i++) {
		struct review_record *record = vec_at(records, i);
		struct str digest = record->change != REVIEW_REMOVED ?
		    STR_NONE : digest_at(reading, &reading->before,
			record->path);

		if (digest.len > 0)
			map_put(&gone, digest, record);
	}
	for (size_t i = 0; gone.count > 0 && i < records->count; i++) {
		struct review_record *record = vec_at(records, i), *from;

		if (record->change != REVIEW_ADDED)
			continue;
		from = map_get(&gone, digest_at(reading, &reading->after,
		    record->path));
		if (from == NULL || from->kind != record->kind ||
		    from->change != REVIEW_REMOVED)
			continue;
		record->change = REVIEW_MOVED;
		record->old_path = from->path;
		from->change = REVIEW_CHANGE_COUNT;
	}
	for (size_t i = 0; i < records->count; i++) {
		struct review_record *record = vec_at(records, i);

		if (record->change != REVIEW_CHANGE_COUNT)
			*(struct review_record *)vec_at(records, kept++) =
			    *record;
	}
	records->count = kept;
}

static void list_changes(const struct reading *reading)
{
	struct review *review = reading->review;
	struct vec changes;

	vec_init(&changes, sizeof(struct source_change));
	source_changes(review->pipeline->registry.source, &changes);
	for (size_t i = 0; i < changes.count; i++)
		add_change(review, vec_at(&changes, i));
	vec_dispose(&changes);
	find_moves(reading);
}

/* -- what is found -------------------------------------------------------- */

/* A fault of the dossier is told with its achievement, and the other way
 * round, where the proposal changes but one of them. */
static void add_kin(struct map *by_path, struct arena *arena,
    struct review_record *record)
{
	enum kind other = record->kind == KIND_ACHIEVEMENT ? KIND_DOSSIER :
	    KIND_ACHIEVEMENT;
	struct str path;

	if (record->kind != KIND_ACHIEVEMENT && record->kind != KIND_DOSSIER)
		return;
	path = record_path(arena, other, record->id);
	if (!map_has(by_path, path))
		map_put(by_path, path, record);
}

/* Whose a diagnostic is, by its path: a record's, a file's, nobody's here. */
struct owners {
	struct map records, files;
};

static void give(struct review *review, const struct owners *owners,
    const struct diagnostic *d, struct vec *otherwise)
{
	struct review_record *record = map_get(&owners->records,
	    d->mark.path);
	struct vec *owner = record != NULL ? &record->diags :
	    map_has(&owners->files, d->mark.path) ? &review->of_files :
	    otherwise;

	*(struct diagnostic *)vec_push(owner) = *d;
	review->counts[d->severity]++;
}

static void share_out(struct review *review,
    const struct review_findings *findings)
{
	const struct diag_list *of_people = &findings->of_people;
	const struct diag_list *told = &findings->told;
	struct owners owners;

	map_init(&owners.records, review->arena);
	map_init(&owners.files, review->arena);
	for (size_t i = 0; i < review->records.count; i++) {
		struct review_record *record = vec_at(&review->records, i);

		map_put(&owners.records, record->path, record);
	}
	for (size_t i = 0; i < review->records.count; i++)
		add_kin(&owners.records, review->arena,
		    vec_at(&review->records, i));
	for (size_t i = 0; i < review->files.count; i++)
		map_put(&owners.files, ((struct review_file *)vec_at(
		    &review->files, i))->path, review);
	for (size_t i = 0; i < of_people->items.count; i++)
		give(review, &owners, vec_at(&of_people->items, i),
		    &review->of_people);
	for (size_t i = 0; i < told->items.count; i++)
		give(review, &owners, vec_at(&told->items, i),
		    &review->elsewhere);
}

bool review_make(struct review *review, const struct invocation *invocation,
    struct pipeline *pipeline, const struct review_findings *findings,
    struct diag_list *diags)
{
	const struct registry *registry = &pipeline->registry;
	const struct reading reading = { review,
		source_reader(registry->base), source_reader(registry->source),
		diags };

	*review = (struct review){ .arena = invocation->arena,
		.pipeline = pipeline,
		.base = source_commit(registry->base, NULL),
		.head = source_commit(registry->source, NULL),
		.as_of = date_iso(invocation->arena, registry->as_of),
		.has_receipts = source_reference(registry->source,
		    RECEIPTS_REF).len > 0,
		.authorship = findings->authorship };
	vec_init(&review->records, sizeof(struct review_record));
	vec_init(&review->files, sizeof(struct review_file));
	vec_init(&review->of_files, sizeof(struct diagnostic));
	vec_init(&review->elsewhere, sizeof(struct diagnostic));
	vec_init(&review->of_people, sizeof(struct diagnostic));
	list_changes(&reading);
	share_out(review, findings);
	for (size_t i = 0; i < review->records.count; i++)
		fill_record(&reading, vec_at(&review->records, i));
	return diag_errors(diags) == 0;
}

void review_dispose(struct review *review)
{
	for (size_t i = 0; i < review->records.count; i++) {
		struct review_record *record = vec_at(&review->records, i);

		vec_dispose(&record->edits);
		vec_dispose(&record->diags);
		vec_dispose(&record->claims);
		vec_dispose(&record->stale);
		vec_dispose(&record->attested);
	}
	vec_dispose(&review->records);
	vec_dispose(&review->files);
	vec_dispose(&review->of_files);
	vec_dispose(&review->elsewhere);
	vec_dispose(&review->of_people);
	authorship_dispose(&review->authorship);
}

bool review_is_clean(const struct review *review)
{
	return review->counts[DIAG_ERROR] + review->counts[DIAG_FATAL] == 0;
}

const char *review_change_name(enum review_change change)
{
	static const char *const names[] = { "added", "changed", "moved",
		"removed" };

	return names[change];
}

/* -- the command ---------------------------------------------------------- */

static int print(const struct review *review, enum lang lang, bool as_json)
{
	struct buf out;
	bool is_clean = review_is_clean(review);

	buf_init(&out);
	if (as_json)
		review_append_json(review, &out);
	else
		review_append_markdown(review, lang, &out);
	(void)!fwrite(out.ptr, 1, out.len, stdout);
	buf_dispose(&out);
	return is_clean ? EXIT_FINE : EXIT_CONTENT;
}

/* A proposal that cannot be merged, or whose base cannot be used: what is wrong
 * is all there is to tell. */
static void make_refusal(struct review *review,
    const struct invocation *invocation,
    const struct review_findings *findings)
{
	const struct diag_list *diags = &findings->told;
	struct str range = invocation->range;

	*review = (struct review){ .arena = invocation->arena,
		.is_refusal = true, .authorship = findings->authorship };
	(void)source_range_parse(range, &review->base, &review->head);
	vec_init(&review->records, sizeof(struct review_record));
	vec_init(&review->files, sizeof(struct review_file));
	vec_init(&review->of_files, sizeof(struct diagnostic));
	vec_init(&review->elsewhere, sizeof(struct diagnostic));
	vec_init(&review->of_people, sizeof(struct diagnostic));
	for (size_t i = 0; i < diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&diags->items, i);

		*(struct diagnostic *)vec_push(&review->elsewhere) = *d;
		review->counts[d->severity]++;
	}
}

static void findings_init(struct review_findings *findings,
    struct arena *arena)
{
	*findings = (struct review_findings){ .authorship.is_judged = false };
	vec_init(&findings->authorship.people, sizeof(struct commit_people));
	diag_list_init(&findings->of_people, arena);
	diag_list_init(&findings->told, arena);
}

static bool judge(struct invocation *invocation, struct pipeline *pipeline,
    struct diag_list *diags, struct review_findings *findings)
{
	struct diag_list *told = &findings->told;
	bool ok = invocation_open_pipeline(invocation,
		      invocation_has(invocation, "quiet"), pipeline, diags) &&
	    pipeline_judge(pipeline) &&
	    authorship_of_range(invocation, pipeline, true,
		&findings->authorship, &findings->of_people) &&
	    range_report(invocation, pipeline, told);

	for (size_t i = 0; !ok && i < diags->items.count; i++)
		diag_add(told, vec_at(&diags->items, i));
	for (size_t i = 0; !ok && i < findings->of_people.items.count; i++)
		diag_add(told, vec_at(&findings->of_people.items, i));
	diag_sort(&findings->of_people);
	diag_sort(told);
	return ok;
}

static int make_review(struct invocation *invocation, bool as_json)
{
	struct review_findings findings;
	struct pipeline pipeline;
	struct review review;
	struct diag_list diags, failures;
	int status;

	diag_list_init(&diags, invocation->arena);
	diag_list_init(&failures, invocation->arena);
	findings_init(&findings, invocation->arena);
	if (!judge(invocation, &pipeline, &diags, &findings))
		make_refusal(&review, invocation, &findings);
	else
		(void)!review_make(&review, invocation, &pipeline, &findings,
		    &failures);
	if (findings.told.counts[DIAG_FATAL] > 0 ||
	    failures.counts[DIAG_FATAL] > 0) {
		const struct diag_list *told =
		    findings.told.counts[DIAG_FATAL] > 0 ? &findings.told :
							   &failures;

		report_print(invocation->lang, told, stderr);
		status = report_status(told);
	} else {
		status = print(&review, invocation->lang, as_json);
	}
	review_dispose(&review);
	pipeline_close(&pipeline);
	diag_list_dispose(&findings.told);
	diag_list_dispose(&findings.of_people);
	diag_list_dispose(&failures);
	diag_list_dispose(&diags);
	return status;
}

static int run(struct invocation *invocation)
{
	static const struct text no_range = TEXT(
	    "请用 --range BASE..HEAD 指明提案",
	    "name the proposal with --range BASE..HEAD");
	static const struct text bad_format = TEXT(
	    "--format 应为 markdown 或 json", "--format is markdown or json");
	struct str format = invocation_value(invocation, "format");
	bool as_json = str_eq(format, STR("json"));

	if (invocation->range.len == 0)
		return invocation_usage(invocation, &no_range, STR_NONE);
	if (format.ptr != NULL && !as_json &&
	    !str_eq(format, STR("markdown")))
		return invocation_usage(invocation, &bad_format, format);
	return make_review(invocation, as_json);
}

static const struct option options[] = {
	{ 0, "account", "NAME", TEXT("推送提案的账号，由服务器认定",
	    "the account that pushed the proposal, as the server knows it") },
	{ 0, "format", "markdown|json", TEXT("输出格式（缺省：markdown）",
	    "form of the output (default: markdown)") },
	{ 'q', "quiet", NULL, TEXT("不显示进度", "show no progress") },
	{ .name = NULL },
};

const struct command command_review = {
	.name = "review",
	.operands = "",
	.common = COMMON_REGISTRY | COMMON_RANGE | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.summary = TEXT("编辑审核一份提案所需的全部情况",
	    "what an editor needs to know of a proposal"),
	.description = TEXT(
	    "说明提案 --range BASE..HEAD 改了哪些记录、逐栏改了什么、合并后有什么问题、\n"
	    "哪些期限将到或已过、哪些号码别的记录也写了、哪些审查是对改动前的文本作出的，\n"
	    "以及哪些事项只能由人判断。按 BASE 的规则判断合并后的样子，同 zheli check --range。\n"
	    "Markdown 可直接贴为合并请求的评论：首行有隐藏标记，供机器人更新同一条评论；\n"
	    "同样的提交、同样的日期，结果逐字节相同。",
	    "Tells which records the proposal --range BASE..HEAD changes and how, field by\n"
	    "field, what is wrong once it is merged, what falls due or is overdue, which\n"
	    "numbers other records claim, which reviews were given for another text, and\n"
	    "what only people can judge. By the rules of BASE, as zheli check --range does.\n"
	    "The Markdown is made to be a comment on a merge request: a hidden marker in its\n"
	    "first line lets a bot find the comment again; same commits and same day, same\n"
	    "bytes."),
	.run = run,
};
