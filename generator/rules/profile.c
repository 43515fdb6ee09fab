/* SPDX-License-Identifier: MIT */
#include "rules/profile.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/reader.h"
#include "base/vec.h"
#include "rules/ruleset.h"
#include "rules/table.h"
#include "schema/schematron.h"

#define FOLDER STR("schemas/profiles/")

enum column {
	PART,
	NAME,
	VALUE,
	ASSERTS,
	DOCUMENT,
	ARTICLE,
	WAS_DOCUMENT,
	WAS_ARTICLE,
	ZH,
	EN
};

static const char *const columns[] = { "part", "name", "value", "asserts",
	"document", "article", "was_document", "was_article", "zh", "en",
	NULL };

static const struct str parts[] = {
	[SCHEMATRON_LET] = { "let", 3 },
	[SCHEMATRON_ROLE] = { "role", 4 },
	[SCHEMATRON_STATUS] = { "status", 6 },
	[SCHEMATRON_SEE] = { "see", 3 },
};

struct str profile_part(const struct profile_change *change)
{
	return parts[change->override->part];
}

/* -- which there are ------------------------------------------------------ */

static bool exists(struct arena *arena, const struct reader *reader,
    struct str path, struct str *names, struct diag_list *diags)
{
	struct vec paths;
	bool found = false;

	*names = STR_NONE;
	vec_init(&paths, sizeof(struct str));
	(void)!reader->list(reader->context, FOLDER, arena, &paths, diags);
	for (size_t i = 0; i < paths.count; i++) {
		struct str at = *(struct str *)vec_at(&paths, i);
		struct str name = path_name(at);

		found = found || str_eq(at, path);
		if (!str_ends(name, STR(".csv")))
			continue;
		name = str_slice(name, 0, name.len - 4);
		*names = names->len == 0 ? name :
					   str_format(arena, "%.*s, %.*s",
					       STR_ARG(*names), STR_ARG(name));
	}
	vec_dispose(&paths);
	return found;
}

/* -- rows ----------------------------------------------------------------- */

static bool find_part(struct str name, enum schematron_part *part)
{
	for (size_t i = SCHEMATRON_LET; i < SCHEMATRON_SEE; i++)
		if (str_eq(parts[i], name)) {
			*part = (enum schematron_part)i;
			return true;
		}
	return false;
}

/* "projects:joint-ratio" is the let joint-ratio of projects.sch. */
static bool find_target(struct arena *arena,
    struct schematron_override *override, struct str name)
{
	struct str file, let = name;

	override->name = name;
	if (override->part != SCHEMATRON_LET)
		return true;
	file = str_cut(&let, ':');
	if (file.len == 0 || let.len == 0)
		return false;
	override->name = let;
	override->file = str_format(arena, "schemas/rules/%.*s.sch",
	    STR_ARG(file));
	return true;
}

static struct schematron_override *add(struct profile *profile,
    struct mark mark)
{
	struct schematron_override *override =
	    &profile->overrides[profile->override_count++];

	override->mark = mark;
	return override;
}

/* How many asserts a row names, its own included. */
static size_t count_words(struct str text)
{
	size_t count = 1;

	while (text.len > 0)
		count += str_cut(&text, ' ').len > 0;
	return count;
}

/* What the asserts that a row names rest on now. */
static void add_basis(struct arena *arena, struct profile *profile,
    const struct profile_change *change, const struct rule_document *document)
{
	struct str asserts = change->asserts;
	struct str see = str_format(arena, "%.*s %.*s",
	    STR_ARG(document->short_title), STR_ARG(change->article));

	if (change->override->part != SCHEMATRON_LET)
		asserts = str_format(arena, "%.*s %.*s", STR_ARG(change->name),
		    STR_ARG(asserts));
	while (asserts.len > 0) {
		struct str id = str_cut(&asserts, ' ');
		struct schematron_override *override;

		if (id.len == 0)
			continue;
		override = add(profile, change->override->mark);
		override->part = SCHEMATRON_SEE;
		override->name = id;
		override->value = see;
	}
}

static bool read_change(struct arena *arena, const struct ruleset *ruleset,
    const struct table *table, size_t row, struct profile *profile,
    struct diag_list *diags)
{
	struct profile_change *change =
	    &profile->changes[profile->change_count++];
	const struct rule_document *document;
	struct mark mark = table_mark(table, row);
	struct str part = table_cell(table, row, PART);

	*change = (struct profile_change){ .override = add(profile, mark),
		.name = table_cell(table, row, NAME),
		.document = table_cell(table, row, DOCUMENT),
		.article = table_cell(table, row, ARTICLE),
		.was_document = table_cell(table, row, WAS_DOCUMENT),
		.was_article = table_cell(table, row, WAS_ARTICLE),
		.text = { [LANG_ZH] = table_cell(table, row, ZH),
		    [LANG_EN] = table_cell(table, row, EN) } };
	/* Until it is understood there is nothing that it could change. */
	change->override->is_used = true;
	change->asserts = table_cell(table, row, ASSERTS);
	change->override->value = table_cell(table, row, VALUE);
	if (!find_part(part, &change->override->part))
		return diag_report(diags, mark, DIAG_PROFILE_PART, part);
	if (!find_target(arena, change->override, change->name))
		return diag_report(diags, mark, DIAG_PROFILE_TARGET, part,
		    change->name);
	change->override->is_used = false;
	document = ruleset_document(ruleset, change->document);
	if (document == NULL)
		return diag_report(diags, mark, DIAG_RULE_SEED_UNKNOWN,
		    change->name, change->document);
	add_basis(arena, profile, change, document);
	return true;
}

bool profile_load(struct arena *arena, const struct reader *reader,
    const struct ruleset *ruleset, struct str name, struct profile *profile,
    struct diag_list *diags)
{
	struct table table = { .names = columns,
		.path = str_format(arena, "%.*s%.*s.csv", STR_ARG(FOLDER),
		    STR_ARG(name)) };
	struct mark nowhere = { .line = 0 };
	size_t room = 0;
	struct str names;
	bool ok = true;

	if (!exists(arena, reader, table.path, &names, diags))
		return diag_report(diags, nowhere, DIAG_NO_PROFILE, name,
		    names);
	if (!table_read(&table, reader, arena, diags))
		return false;
	for (size_t row = 1; row < table.csv.count; row++)
		room += 1 + count_words(table_cell(&table, row, ASSERTS));
	*profile = (struct profile){ .name = str_dup(arena, name),
		.changes = arena_array(arena, table.csv.count,
		    sizeof(*profile->changes)),
		.overrides = arena_array(arena, room,
		    sizeof(*profile->overrides)) };
	profile->title[LANG_ZH] = csv_comment(&table.csv, STR("title-zh"), name,
	    NULL);
	profile->title[LANG_EN] = csv_comment(&table.csv, STR("title-en"), name,
	    NULL);
	for (size_t row = 1; row < table.csv.count; row++)
		if (!read_change(arena, ruleset, &table, row, profile, diags))
			ok = false;
	return ok;
}
