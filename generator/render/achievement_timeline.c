/* SPDX-License-Identifier: MIT */
/* What happened to an achievement, by date. */
#include "base/arena.h"
#include "base/value.h"
#include "render/achievement_about.h"
#include "render/pages.h"
#include "render/question.h"

struct timeline {
	struct site *site;
	struct arena *arena;
	struct value *events;
};

/* An event, if it has a day that has come: {date, label}, or NULL. */
static struct value *add(const struct timeline *timeline, struct value *date,
    struct str label)
{
	struct value *event;
	struct str iso = value_text_at(date, STR("iso"));

	if (iso.len == 0 || !site_has_come(timeline->site, iso))
		return NULL;
	event = value_map(timeline->arena);
	page_set(timeline->arena, event, "date", date);
	page_set_text(timeline->arena, event, "label", label);
	value_append(timeline->arena, timeline->events, event);
	return event;
}

static struct str word(const struct timeline *timeline, const char *name)
{
	return wording_text(&timeline->site->wording,
	    str_format(timeline->arena, "achievement.%s", name));
}

/* One for each item of a list: where its date, its label and a note stand. */
static void add_list(const struct timeline *timeline,
    const struct value *list, const char *date, const char *label,
    const char *note)
{
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *item = list->list.items[i];
		struct value *event = add(timeline, value_find(item,
		    str_from(date)), value_text_at(item, str_from(label)));

		if (event == NULL)
			continue;
		page_set_text(timeline->arena, event, "note",
		    value_text_at(item, str_from(note)));
		page_set_text(timeline->arena, event, "href",
		    value_text_at(item, STR("href")));
	}
}

/* By date; what has the same date stays in its order. */
static void sort(struct value *events)
{
	for (size_t i = 1; i < value_count(events); i++) {
		struct value *event = events->list.items[i];
		size_t at = i;

		for (; at > 0 && str_cmp(value_text_at(
		    events->list.items[at - 1], STR("date.iso")),
		    value_text_at(event, STR("date.iso"))) > 0; at--)
			events->list.items[at] = events->list.items[at - 1];
		events->list.items[at] = event;
	}
}

void achievement_set_timeline(struct site *site, struct arena *arena,
    struct value *context, const struct value *made)
{
	const struct timeline timeline = { site, arena, value_list(arena) };
	const struct value *decisions = value_get(context, STR("history"));
	struct value *event;

	add_list(&timeline, value_get(context, STR("ip")), "granted",
	    "state.label", "title");
	add_list(&timeline, value_get(context, STR("papers")), "date",
	    "state.label", "title");
	event = add(&timeline, value_find(made, STR("obtained.date")),
	    word(&timeline, "got"));
	if (event != NULL)
		page_set_text(arena, event, "note",
		    value_text_at(made, STR("obtained.basis.label")));
	(void)add(&timeline, value_get(made, STR("submitted")),
	    word(&timeline, "submitted"));
	for (size_t i = 0; i < value_count(decisions); i++)
		value_append(arena, timeline.events,
		    decisions->list.items[i]);
	add_list(&timeline, value_get(context, STR("publications")), "date",
	    "kind_label", "title");
	add_list(&timeline, value_get(made, STR("transfers")), "date",
	    "kind.label", "to");
	sort(timeline.events);
	page_set_list(arena, context, "history", timeline.events);
}
