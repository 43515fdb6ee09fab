/* SPDX-License-Identifier: MIT */
#include "commands/range.h"

#include "base/arena.h"
#include "base/path.h"
#include "base/reader.h"
#include "catalogue/resume.h"
#include "commands/command.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "render/theme.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "source/source.h"

struct scope {
	struct arena *arena;
	struct vec changes;	/* struct source_change */
	struct map touched;	/* paths that the proposal answers for */
};

/* -- what is touched ------------------------------------------------------ */

static void touch(struct scope *scope, struct str path)
{
	if (!map_has(&scope->touched, path))
		map_put(&scope->touched, path, scope);
}

/* An achievement, its dossier and its attachments stand and fall together. */
static void touch_kin(struct scope *scope, struct str path)
{
	struct content_path what;
	struct diag_list told_before;
	bool known;

	diag_list_init(&told_before, scope->arena);
	known = kind_of_path(path, &what, &told_before) &&
	    what.role != PATH_FOREIGN;
	diag_list_dispose(&told_before);
	if (!known)
		return;
	touch(scope, record_path(scope->arena, what.kind, what.id));
	if (what.kind == KIND_ACHIEVEMENT)
		touch(scope, record_path(scope->arena, KIND_DOSSIER, what.id));
	else if (what.kind == KIND_DOSSIER)
		touch(scope, record_path(scope->arena, KIND_ACHIEVEMENT,
		    what.id));
}

static void scope_init(struct scope *scope, struct pipeline *pipeline)
{
	scope->arena = pipeline->arena;
	vec_init(&scope->changes, sizeof(struct source_change));
	map_init(&scope->touched, scope->arena);
	source_changes(pipeline->registry.source, &scope->changes);
	for (size_t i = 0; i < scope->changes.count; i++) {
		const struct source_change *change =
		    vec_at(&scope->changes, i);

		touch(scope, change->path);
		touch_kin(scope, change->path);
	}
}

/* -- what was there before ------------------------------------------------ */

static struct str words_of(struct arena *arena, const struct diagnostic *d)
{
	return str_format(arena, "%.*s\n%.*s\n%.*s", STR_ARG(d->mark.path),
	    STR_ARG(d->id), STR_ARG(d->message[LANG_EN]));
}

/* By words: lines may have moved. */
static void know(struct map *known, const struct diag_list *diags,
    struct diag_list *told)
{
	for (size_t i = 0; i < diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&diags->items, i);

		if (d->severity == DIAG_FATAL)
			diag_add(told, d);
		else
			map_put(known, words_of(told->arena, d), known);
	}
}

/* What is wrong in the base. */
static bool judge_base(const struct invocation *invocation, struct map *known,
    struct diag_list *told)
{
	struct invocation of_base = *invocation;
	struct pipeline pipeline;
	struct diag_list diags;
	struct str head;
	bool ok;

	(void)source_range_parse(invocation->range, &of_base.rev, &head);
	of_base.range = STR_NONE;
	diag_list_init(&diags, invocation->arena);
	ok = invocation_open_pipeline(&of_base, true, &pipeline, &diags) &&
	    pipeline_judge(&pipeline);
	know(known, &diags, told);
	pipeline_close(&pipeline);
	diag_list_dispose(&diags);
	return ok;
}

static bool is_touched(const struct scope *scope, const struct diagnostic *d)
{
	return d->severity == DIAG_FATAL || d->mark.path.len == 0 ||
	    map_has(&scope->touched, d->mark.path);
}

static bool has_errors_elsewhere(const struct scope *scope,
    const struct diag_list *diags)
{
	for (size_t i = 0; i < diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&diags->items, i);

		if (d->severity == DIAG_ERROR && !is_touched(scope, d))
			return true;
	}
	return false;
}

/* -- what is told --------------------------------------------------------- */

/* Warnings and notices of files that the proposal leaves alone. */
struct rest {
	size_t warnings, notices;
};

/* Refusing what comes late would make it come later still. */
static void let_late(struct diagnostic *d)
{
	if (d->severity == DIAG_ERROR && d->due.len > 0)
		d->severity = DIAG_WARNING;
}

/* What a judged file shows: in full if the proposal answers for it, as a notice
 * if not, unless it is an error that was not `known` before. */
static void tell_found(const struct scope *scope,
    const struct diag_list *diags, const struct map *known, struct rest *rest,
    struct diag_list *told)
{
	for (size_t i = 0; i < diags->items.count; i++) {
		struct diagnostic d =
		    *(struct diagnostic *)vec_at(&diags->items, i);

		if (!is_touched(scope, &d)) {
			rest->warnings += d.severity == DIAG_WARNING;
			rest->notices += d.severity == DIAG_NOTICE;
			if (d.severity < DIAG_ERROR)
				continue;
			if (map_has(known, words_of(scope->arena, &d)))
				d.severity = DIAG_NOTICE;
		}
		let_late(&d);
		diag_add(told, &d);
	}
}

/* The same for files that the last run has judged, and nothing has reached. */
static void tell_kept(const struct scope *scope, struct pipeline *pipeline,
    struct rest *rest, struct diag_list *told)
{
	struct diag_list kept;
	size_t warnings, notices;

	diag_list_init(&kept, scope->arena);
	for (size_t i = 0; i < scope->touched.count; i++)
		catalogue_take_diagnostics(pipeline->catalogue,
		    scope->touched.entries[i].key, &kept);
	catalogue_kept_errors(pipeline->catalogue, &kept);
	for (size_t i = 0; i < kept.items.count; i++) {
		struct diagnostic d =
		    *(struct diagnostic *)vec_at(&kept.items, i);

		if (is_touched(scope, &d))
			let_late(&d);
		else
			d.severity = DIAG_NOTICE;
		diag_add(told, &d);
	}
	catalogue_kept_rest(pipeline->catalogue, &warnings, &notices);
	rest->warnings += warnings;
	rest->notices += notices;
	diag_list_dispose(&kept);
}

static void tell_rest(struct arena *arena, const struct rest *rest,
    struct diag_list *told)
{
	if (rest->warnings + rest->notices > 0)
		diag_report(told, ((struct mark){ .path = STR_NONE }),
		    DIAG_FOUND_ELSEWHERE,
		    str_format(arena, "%zu", rest->warnings),
		    str_format(arena, "%zu", rest->notices));
}

static bool tell(const struct invocation *invocation,
    const struct scope *scope, struct pipeline *pipeline,
    struct diag_list *told)
{
	const struct diag_list *diags = pipeline->diags;
	struct rest rest = { 0, 0 };
	struct map known;

	map_init(&known, invocation->arena);
	if (pipeline->is_resumed)
		know(&known, &pipeline->known, told);
	/* The base is judged only if that can make a difference. */
	else if (has_errors_elsewhere(scope, diags) &&
	    !judge_base(invocation, &known, told))
		return false;
	tell_found(scope, diags, &known, &rest, told);
	if (pipeline->is_resumed)
		tell_kept(scope, pipeline, &rest, told);
	tell_rest(invocation->arena, &rest, told);
	return true;
}

/* -- rules and templates of the proposal ---------------------------------- */

static bool changes_below(const struct scope *scope, struct str folder)
{
	for (size_t i = 0; i < scope->changes.count; i++)
		if (str_starts(((struct source_change *)vec_at(
		    &scope->changes, i))->path, folder))
			return true;
	return false;
}

static void try_schemas(const struct scope *scope,
    const struct reader *reader, struct diag_list *told)
{
	struct schema_set *schemas = NULL;
	struct ruleset *ruleset = NULL;
	struct codes codes;

	if (!changes_below(scope, STR("schemas/")) ||
	    !codes_load(scope->arena, reader, STR("schemas/codes/"), &codes,
		told))
		return;
	(void)(schema_set_open(scope->arena, reader, &codes, &schemas, told) &&
	    ruleset_open(scope->arena, reader, &codes, &ruleset, told));
	ruleset_close(ruleset);
	schema_set_close(schemas);
}

static void try_theme(struct scope *scope, const struct reader *reader,
    struct str name, struct mark named, struct diag_list *told)
{
	struct template_set *set;
	struct value *words;
	struct theme theme;

	if (!theme_open(scope->arena, reader, name, named, &theme, told))
		return;
	(void)!theme_templates(&theme, &set, told);
	for (int lang = 0; lang < LANG_COUNT; lang++)
		(void)!theme_words(&theme, (enum lang)lang, &words, told);
}

/* One that the proposal changes, unless it does away with it. */
static void try_changed(struct scope *scope, const struct reader *reader,
    struct str name, struct diag_list *told)
{
	struct str folder = str_format(scope->arena, "themes/%.*s",
	    STR_ARG(name));
	struct vec paths;

	vec_init(&paths, sizeof(struct str));
	if (reader->list(reader->context, folder, scope->arena, &paths,
	    told) && paths.count > 0)
		try_theme(scope, reader, name,
		    (struct mark){ .path = folder }, told);
	vec_dispose(&paths);
}

/* Each theme that the proposal changes, and the site's, which may inherit one
 * of those: settings, templates, words. */
static void try_themes(struct scope *scope, const struct pipeline *pipeline,
    const struct reader *reader, struct diag_list *told)
{
	struct mark named = { .path = STR("content/site.yaml") };
	struct str site = theme_of_site(pipeline->settings, &named);
	struct str last = STR_NONE;

	for (size_t i = 0; i < scope->changes.count; i++) {
		const struct source_change *change =
		    vec_at(&scope->changes, i);
		struct str rest = change->path, name;

		if (!str_eq(str_cut(&rest, '/'), STR("themes")))
			continue;
		name = str_cut(&rest, '/');
		if (rest.len == 0 || str_eq(name, last))
			continue;
		last = name;
		if (!str_eq(name, site))
			try_changed(scope, reader, name, told);
	}
	if (last.len > 0 || changes_below(scope, named.path))
		try_theme(scope, reader, site, named, told);
}

bool range_report(const struct invocation *invocation,
    struct pipeline *pipeline, struct diag_list *told)
{
	struct registry head;
	struct scope scope;
	bool ok;

	scope_init(&scope, pipeline);
	registry_head(&pipeline->registry, &head, told);
	try_schemas(&scope, &head.reader, told);
	try_themes(&scope, pipeline, &head.reader, told);
	ok = tell(invocation, &scope, pipeline, told);
	vec_dispose(&scope.changes);
	return ok;
}
