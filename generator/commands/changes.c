/* SPDX-License-Identifier: MIT */
#include "commands/changes.h"

#include "base/arena.h"
#include "base/json_writer.h"
#include "commands/columns.h"
#include "commands/command.h"
#include "rules/profile.h"
#include "rules/ruleset.h"
#include "schema/schematron.h"

/* A literal without its quotes: people read 30d, not '30d'. */
struct str changes_value(struct str value)
{
	bool is_quoted = value.len >= 2 && value.ptr[0] == '\'' &&
	    value.ptr[value.len - 1] == '\'';

	return is_quoted ? str_slice(value, 1, value.len - 1) : value;
}

static struct str place(struct arena *arena, struct str document,
    struct str article)
{
	return str_format(arena, "%.*s%s%.*s", STR_ARG(document),
	    document.len > 0 && article.len > 0 ? " " : "",
	    STR_ARG(article));
}

enum { CHANGE_COLUMNS = 6 };

static void print_rows(struct str (*rows)[CHANGE_COLUMNS], size_t count)
{
	size_t widths[CHANGE_COLUMNS] = { 0 };

	for (size_t i = 0; i < count; i++)
		for (size_t c = 0; c < CHANGE_COLUMNS; c++) {
			size_t width = columns_width(rows[i][c]);

			widths[c] = width > widths[c] ? width : widths[c];
		}
	for (size_t i = 0; i < count; i++) {
		for (size_t c = 0; c + 1 < CHANGE_COLUMNS; c++)
			columns_print(stdout, rows[i][c], widths[c]);
		printf("%.*s\n", STR_ARG(rows[i][CHANGE_COLUMNS - 1]));
	}
}

void changes_print(const struct ruleset *ruleset, enum lang lang)
{
	static const struct text heads[CHANGE_COLUMNS] = {
		TEXT("参数", "parameter"), TEXT("现行", "in force"),
		TEXT("方案", "profile"), TEXT("现行条款", "article"),
		TEXT("方案条款", "profile's article"), TEXT("内容", "about") };
	const struct profile *profile = ruleset_profile(ruleset);
	struct str (*rows)[CHANGE_COLUMNS];
	struct arena arena;

	arena_init(&arena);
	rows = arena_array(&arena, profile->change_count + 1, sizeof(*rows));
	for (size_t c = 0; c < CHANGE_COLUMNS; c++)
		rows[0][c] = str_from(heads[c].in[lang]);
	for (size_t i = 0; i < profile->change_count; i++) {
		const struct profile_change *change = &profile->changes[i];

		rows[i + 1][0] = change->name;
		rows[i + 1][1] = changes_value(change->override->was);
		rows[i + 1][2] = changes_value(change->override->value);
		rows[i + 1][3] = place(&arena, change->was_document,
		    change->was_article);
		rows[i + 1][4] = place(&arena, change->document,
		    change->article);
		rows[i + 1][5] = change->text[lang];
	}
	print_rows(rows, profile->change_count + 1);
	arena_dispose(&arena);
}

void changes_write(struct json_writer *writer, const struct ruleset *ruleset)
{
	const struct profile *profile = ruleset_profile(ruleset);

	json_begin_list(writer, "changes");
	for (size_t i = 0; i < profile->change_count; i++) {
		const struct profile_change *change = &profile->changes[i];

		json_begin_object(writer, NULL);
		json_write_text(writer, "part", profile_part(change));
		json_write_text(writer, "name", change->name);
		json_write_text(writer, "was",
		    changes_value(change->override->was));
		json_write_text(writer, "value",
		    changes_value(change->override->value));
		json_write_text(writer, "document", change->document);
		json_write_text(writer, "article", change->article);
		json_write_text(writer, "was_document", change->was_document);
		json_write_text(writer, "was_article", change->was_article);
		json_write_text(writer, "zh", change->text[LANG_ZH]);
		json_write_text(writer, "en", change->text[LANG_EN]);
		json_end(writer);
	}
	json_end(writer);
}
