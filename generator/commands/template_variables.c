/* SPDX-License-Identifier: MIT */
/*
 * The form of the data that the pages of a registry give to templates, template
 * by template, as it is found by making the data of every page and rendering
 * none.
 */
#include "commands/template_variables.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/value.h"
#include "commands/command.h"
#include "commands/report.h"
#include "pipeline/overlay.h"
#include "pipeline/pipeline.h"
#include "render/template.h"
#include "render/variables.h"
#include "site/sites_visit.h"

#include <stdio.h>

struct listing {
	struct arena *arena;
	struct diag_list *diags;
	struct map templates;		/* struct variable * by name */
	struct variable *every, *forms;	/* what all of them have */
	struct buf out;
};

static void visit(void *context, struct template_set *templates,
    struct str template, const struct value *given)
{
	struct listing *listing = context;
	struct variable *variable = map_get(&listing->templates, template);

	(void)templates;
	if (variable == NULL) {
		variable = variable_new(listing->arena, STR_NONE);
		(void)map_put(&listing->templates, template, variable);
	}
	variable_add(listing->arena, variable, given);
}

static struct variable *template_at(const struct listing *listing, size_t i)
{
	return listing->templates.entries[i].item;
}

/* Holds the templates against it; then, for the lists, takes what all have to
 * one place. */
static void end(void *context, struct template_set *templates)
{
	struct listing *listing = context;

	for (size_t i = 0; i < listing->templates.count; i++) {
		struct template *template = template_find(templates,
		    listing->templates.entries[i].key);

		if (template != NULL)
			template_names_follow(template,
			    template_at(listing, i));
	}
	template_names_tell(templates, listing->diags);
	for (size_t i = 0; i < listing->templates.count; i++)
		variables_common(listing->arena, listing->every,
		    template_at(listing, i), i == 0);
}

/* Words are in i18n/ for all to see. */
static void leave_out_words(struct variable *every)
{
	struct variable *words = variable_field(every, STR("t"));

	if (words == NULL)
		return;
	for (size_t i = 0; i < words->fields.count; i++)
		variable_dispose(*(struct variable **)vec_at(&words->fields,
		    i));
	words->fields.count = 0;
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct map_entry *)a)->key,
	    ((const struct map_entry *)b)->key);
}

static void write_listing(struct listing *listing)
{
	struct vec sorted;

	vec_init(&sorted, sizeof(struct map_entry));
	for (size_t i = 0; i < listing->templates.count; i++)
		*(struct map_entry *)vec_push(&sorted) =
		    listing->templates.entries[i];
	vec_sort(&sorted, by_key);
	leave_out_words(listing->every);
	variables_take_forms(listing->arena, listing->every, listing->forms);
	buf_append(&listing->out, STR("# *\n"));
	variables_write(listing->every, NULL, &listing->out);
	for (size_t i = 0; i < sorted.count; i++) {
		const struct map_entry *entry = vec_at(&sorted, i);
		const struct variable *given = entry->item;

		variables_take_forms(listing->arena, given, listing->forms);
		buf_append_format(&listing->out, "\n# %.*s\n",
		    STR_ARG(entry->key));
		variables_write(given, listing->every, &listing->out);
	}
	buf_append(&listing->out, STR("\n# :\n"));
	variables_write_forms(listing->forms, &listing->out);
	vec_dispose(&sorted);
}

static void dispose(struct listing *listing)
{
	for (size_t i = 0; i < listing->templates.count; i++)
		variable_dispose(template_at(listing, i));
	variable_dispose(listing->every);
	variable_dispose(listing->forms);
	buf_dispose(&listing->out);
}

static bool list_variables(const struct invocation *invocation,
    struct listing *listing, struct pipeline *pipeline,
    struct overlay *overlay)
{
	const struct sites_visitor visitor = { listing, visit, end };
	struct diag_list judged;
	bool done;

	/* What the records have wrong is not asked here. */
	diag_list_init(&judged, invocation->arena);
	done = invocation_open_pipeline(invocation, true, pipeline, &judged) &&
	    overlay_open(overlay, pipeline,
		invocation_value(invocation, "private")) &&
	    pipeline_judge(pipeline) && overlay_judge(overlay) &&
	    sites_visit(pipeline, overlay, &visitor);
	if (!done)
		for (size_t i = 0; i < judged.items.count; i++)
			diag_add(listing->diags, vec_at(&judged.items, i));
	overlay_close(overlay);
	pipeline_close(pipeline);
	diag_list_dispose(&judged);
	return done;
}

int template_variables(const struct invocation *invocation)
{
	struct overlay overlay = { .folder = STR_NONE };
	struct listing listing = { .arena = invocation->arena };
	struct pipeline pipeline;
	struct diag_list diags;
	int status;

	diag_list_init(&diags, invocation->arena);
	listing.diags = &diags;
	map_init(&listing.templates, invocation->arena);
	listing.every = variable_new(invocation->arena, STR_NONE);
	listing.forms = variable_new(invocation->arena, STR_NONE);
	buf_init(&listing.out);
	if (list_variables(invocation, &listing, &pipeline, &overlay)) {
		write_listing(&listing);
		(void)fwrite(listing.out.ptr, 1, listing.out.len, stdout);
	}
	diag_sort(&diags);
	report_print(invocation->lang, &diags, stderr);
	status = report_status(&diags);
	dispose(&listing);
	diag_list_dispose(&diags);
	return status;
}
