/* SPDX-License-Identifier: MIT */
/*
 * walk FOLDER [REV]: what history.h says of the registry in FOLDER, as
 * `git log --first-parent --reverse --raw --no-abbrev -M -- content` does.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/vec.h"
#include "source/history.h"
#include "source/similarity.h"
#include "source/source.h"

#include <stdio.h>

static void print_id(const unsigned char *id)
{
	for (int i = 0; i < OBJECT_SIZE; i++)
		printf("%02x", id[i]);
}

static void print_change(const struct change *change)
{
	printf(":%06o %06o ", change->old_mode, change->mode);
	print_id(change->old_object);
	putchar(' ');
	print_id(change->object);
	printf(" %c", change_letter(change));
	if (change->kind == CHANGE_RENAMED)
		printf("%03u\t%.*s", change->similarity * 100 /
		    SIMILARITY_WHOLE, STR_ARG(change->old_path));
	printf("\t%.*s\n", STR_ARG(change->path));
}

static bool print_landing(struct history *history,
    const struct landing *before, const struct landing *landing,
    struct diag_list *diags)
{
	struct arena arena;
	struct vec changes;
	bool ok;

	arena_init(&arena);
	vec_init(&changes, sizeof(struct change));
	ok = history_changes(history, before, landing, &arena, &changes,
	    diags);
	if (ok && changes.count > 0) {
		printf("commit ");
		print_id(landing->id);
		printf(" %lld\n", (long long)landing->committed.seconds);
		for (size_t i = 0; i < changes.count; i++)
			print_change(vec_at(&changes, i));
	}
	vec_dispose(&changes);
	arena_dispose(&arena);
	return ok;
}

static bool none_known(void *context, const unsigned char *id)
{
	(void)context;
	(void)id;
	return false;
}

static bool print_history(struct history *history, struct diag_list *diags)
{
	struct vec landings;
	bool ok;

	vec_init(&landings, sizeof(struct landing));
	ok = history_chain(history, history_tip(history), none_known, NULL,
	    &landings, diags);
	for (size_t i = landings.count; ok && i > 0; i--)
		ok = print_landing(history, i < landings.count ?
		    vec_at(&landings, i) : NULL, vec_at(&landings, i - 1),
		    diags);
	vec_dispose(&landings);
	return ok;
}

int main(int count, char **words)
{
	struct history_settings settings = HISTORY_SETTINGS_DEFAULT;
	struct history *history = NULL;
	struct source *source;
	struct diag_list diags;
	struct arena arena;
	bool ok;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	ok = count > 1 && source_open(&arena, str_from(words[1]),
	    count > 2 ? str_from(words[2]) : STR_NONE, &source, &diags);
	ok = ok && history_open(&arena, source, &settings, &history, &diags) &&
	    history != NULL && print_history(history, &diags);
	for (size_t i = 0; i < diags.items.count; i++) {
		const struct diagnostic *d = vec_at(&diags.items, i);

		fprintf(stderr, "%.*s %.*s\n", STR_ARG(d->id),
		    STR_ARG(d->message[LANG_EN]));
	}
	return ok ? 0 : 1;
}
