/* SPDX-License-Identifier: MIT */
#include "commands/compare.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json_writer.h"
#include "commands/changes.h"
#include "commands/report.h"
#include "commands/report_format.h"
#include "pipeline/pipeline.h"
#include "rules/profile.h"
#include "rules/ruleset.h"

#include <stdio.h>

/* What one record has under one set of rules and not under the other. */
struct difference {
	struct str path;
	struct diag_list in_force, profile;
};

struct comparison {
	struct pipeline *pipeline;
	struct ruleset *ruleset;	/* with the profile */
	struct vec differences;		/* struct difference */
};

/* -- what differs --------------------------------------------------------- */

static bool is_of_rule(const struct ruleset *ruleset,
    const struct diagnostic *d)
{
	return ruleset_find(ruleset, d->id) != NULL;
}

static int compare_marks(const struct diagnostic *a,
    const struct diagnostic *b)
{
	int order = str_cmp(a->mark.path, b->mark.path);

	if (order == 0 && a->mark.line != b->mark.line)
		order = a->mark.line < b->mark.line ? -1 : 1;
	if (order == 0 && a->mark.column != b->mark.column)
		order = a->mark.column < b->mark.column ? -1 : 1;
	if (order == 0)
		order = str_cmp(a->id, b->id);
	if (order == 0 && a->severity != b->severity)
		order = a->severity < b->severity ? -1 : 1;
	return order != 0 ? order :
	    str_cmp(a->message[LANG_ZH], b->message[LANG_ZH]);
}

static int compare_diagnostics(const void *a, const void *b)
{
	return compare_marks(a, b);
}

static void take(struct comparison *comparison, const struct diagnostic *d,
    bool is_profile)
{
	struct vec *differences = &comparison->differences;
	struct arena *arena = comparison->pipeline->arena;
	struct difference *last = differences->count == 0 ? NULL :
	    vec_at(differences, differences->count - 1);

	if (last == NULL || !str_eq(last->path, d->mark.path)) {
		last = vec_push(differences);
		last->path = d->mark.path;
		diag_list_init(&last->in_force, arena);
		diag_list_init(&last->profile, arena);
	}
	diag_add(is_profile ? &last->profile : &last->in_force, d);
}

/* Findings of rules, in one order for both lists. */
static void select_rules(const struct ruleset *ruleset,
    const struct diag_list *all, struct diag_list *own)
{
	for (size_t i = 0; i < all->items.count; i++) {
		const struct diagnostic *d = vec_at(&all->items, i);

		if (is_of_rule(ruleset, d))
			diag_add(own, d);
	}
	vec_sort(&own->items, compare_diagnostics);
}

static void find_differences(struct comparison *comparison,
    const struct diag_list *in_force, const struct diag_list *profile)
{
	size_t a = 0, b = 0;

	while (a < in_force->items.count || b < profile->items.count) {
		const struct diagnostic *left = a < in_force->items.count ?
		    vec_at(&in_force->items, a) : NULL;
		const struct diagnostic *right = b < profile->items.count ?
		    vec_at(&profile->items, b) : NULL;
		int order = left == NULL ? 1 : right == NULL ? -1 :
		    compare_marks(left, right);

		if (left != NULL && order < 0)
			take(comparison, left, false);
		else if (right != NULL && order > 0)
			take(comparison, right, true);
		a += order <= 0;
		b += order >= 0;
	}
}

/* -- text ----------------------------------------------------------------- */

/* The worst of a list in words; "通过" of an empty one. */
static const char *verdict(enum lang lang, const struct diag_list *list)
{
	static const struct text none = TEXT("无", "none");

	for (int s = DIAG_FATAL; s >= DIAG_NOTICE; s--)
		if (list->counts[s] > 0)
			return report_severity(lang, (enum diag_severity)s);
	return none.in[lang];
}

static void print_side(enum lang lang, char sign,
    const struct diag_list *list)
{
	for (size_t i = 0; i < list->items.count; i++) {
		const struct diagnostic *d = vec_at(&list->items, i);

		printf("  %c %u:%u %s[%.*s]: %.*s\n", sign, d->mark.line,
		    d->mark.column, report_severity(lang, d->severity),
		    STR_ARG(d->id), STR_ARG(d->message[lang]));
	}
}

static void print_text(const struct comparison *comparison)
{
	static const struct text intro = TEXT(
	    "- 现行规则；+ 规则方案 %.*s：%.*s（不是现行规定）\n",
	    "- the rules in force; + the profile %.*s: %.*s (not in force)\n");
	static const struct text record = TEXT("%.*s：%s → %s\n",
	    "%.*s: %s -> %s\n");
	static const struct text sum = TEXT(
	    "%zu 个文件，其中 %zu 个的结论不同\n\n",
	    "%zu files, verdicts differ for %zu\n\n");
	const struct pipeline *pipeline = comparison->pipeline;
	const struct profile *profile = ruleset_profile(comparison->ruleset);
	enum lang lang = pipeline->lang;

	printf(intro.in[lang], STR_ARG(profile->name),
	    STR_ARG(profile->title[lang]));
	for (size_t i = 0; i < comparison->differences.count; i++) {
		const struct difference *d =
		    vec_at(&comparison->differences, i);

		printf(record.in[lang], STR_ARG(d->path),
		    verdict(lang, &d->in_force), verdict(lang, &d->profile));
		print_side(lang, '-', &d->in_force);
		print_side(lang, '+', &d->profile);
	}
	printf(sum.in[lang], pipeline->file_count,
	    comparison->differences.count);
	changes_print(comparison->ruleset, lang);
}

/* -- JSON ----------------------------------------------------------------- */

static void write_side(struct json_writer *writer, const char *name,
    const struct diag_list *list)
{
	json_begin_list(writer, name);
	for (size_t i = 0; i < list->items.count; i++)
		report_write_diagnostic(writer, vec_at(&list->items, i));
	json_end(writer);
}

static void print_json(const struct comparison *comparison)
{
	const struct pipeline *pipeline = comparison->pipeline;
	const struct profile *profile = ruleset_profile(comparison->ruleset);
	struct json_writer writer;
	struct buf out;

	buf_init(&out);
	json_writer_init(&writer, &out);
	json_begin_object(&writer, NULL);
	json_write_number(&writer, "version", 1);
	json_write_text(&writer, "profile", profile->name);
	report_write_both(&writer, "title", profile->title);
	json_write_text(&writer, "as_of",
	    date_iso(pipeline->arena, pipeline->registry.as_of));
	json_write_number(&writer, "files",
	    (long long)pipeline->file_count);
	json_begin_list(&writer, "records");
	for (size_t i = 0; i < comparison->differences.count; i++) {
		const struct difference *d =
		    vec_at(&comparison->differences, i);

		json_begin_object(&writer, NULL);
		json_write_text(&writer, "path", d->path);
		write_side(&writer, "in_force", &d->in_force);
		write_side(&writer, "profile", &d->profile);
		json_end(&writer);
	}
	json_end(&writer);
	changes_write(&writer, comparison->ruleset);
	json_end(&writer);
	buf_append_char(&out, '\n');
	(void)!fwrite(out.ptr, 1, out.len, stdout);
	buf_dispose(&out);
}

/* -- both ----------------------------------------------------------------- */

static void dispose(struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->differences.count; i++) {
		struct difference *d = vec_at(&comparison->differences, i);

		diag_list_dispose(&d->in_force);
		diag_list_dispose(&d->profile);
	}
	vec_dispose(&comparison->differences);
	ruleset_close(comparison->ruleset);
}

static bool compare(struct comparison *comparison, struct str profile)
{
	struct pipeline *pipeline = comparison->pipeline;
	struct diag_list *all = pipeline->diags, found, in_force, other;
	bool ok;

	if (!ruleset_open_profile(pipeline->arena, &pipeline->registry.reader,
		&pipeline->codes, profile, &comparison->ruleset, all) ||
	    !pipeline_judge(pipeline))
		return false;
	diag_list_init(&found, pipeline->arena);
	diag_list_init(&in_force, pipeline->arena);
	diag_list_init(&other, pipeline->arena);
	ok = pipeline_judge_by(pipeline, comparison->ruleset, &found);
	if (ok) {
		select_rules(comparison->ruleset, all, &in_force);
		select_rules(comparison->ruleset, &found, &other);
		find_differences(comparison, &in_force, &other);
	} else {
		for (size_t i = 0; i < found.items.count; i++)
			diag_add(all, vec_at(&found.items, i));
	}
	diag_list_dispose(&found);
	diag_list_dispose(&in_force);
	diag_list_dispose(&other);
	return ok;
}

bool compare_run(struct pipeline *pipeline, struct str profile, bool as_json)
{
	struct comparison comparison = { .pipeline = pipeline };
	bool ok;

	vec_init(&comparison.differences, sizeof(struct difference));
	ok = compare(&comparison, profile);
	if (ok && as_json)
		print_json(&comparison);
	else if (ok)
		print_text(&comparison);
	dispose(&comparison);
	return ok;
}
