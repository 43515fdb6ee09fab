/* SPDX-License-Identifier: MIT */
/* The tables of the open data, and the files made of them. */
#include "base/arena.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/open_data.h"
#include "render/pages.h"
#include "schema/fields.h"

#define FIELD(name, type, kind, path) { name, DATA_##type, path, KIND_##kind, \
	NULL }
#define OWN(name, type) { name, DATA_##type, NULL, KIND_SITE, NULL }
#define REFERS(name, to) { name, DATA_TEXT, NULL, KIND_SITE, to }
#define END { .name = NULL }

/* In the order of the queries' columns. */
static const struct data_column achievements[] = {
	OWN("id", TEXT), OWN("url", URL),
	FIELD("title", TEXT, ACHIEVEMENT, "title"),
	FIELD("title_en", TEXT, ACHIEVEMENT, "title_en"),
	FIELD("summary", TEXT, ACHIEVEMENT, "summary"),
	FIELD("category", TEXT, ACHIEVEMENT, "category"),
	FIELD("type", TEXT, ACHIEVEMENT, "type"),
	FIELD("keywords", TEXT, ACHIEVEMENT, "keywords"),
	FIELD("highland", TEXT, ACHIEVEMENT, "field.highland"),
	FIELD("strategic", TEXT, ACHIEVEMENT, "field.strategic"),
	FIELD("cluster", TEXT, ACHIEVEMENT, "field.cluster"),
	FIELD("level", TEXT, ACHIEVEMENT, "level"),
	FIELD("trl", INTEGER, ACHIEVEMENT, "trl"),
	FIELD("application_state", TEXT, ACHIEVEMENT,
	    "application_state.state"),
	OWN("unit", TEXT), OWN("unit_name", TEXT),
	FIELD("unit_kind", TEXT, UNIT, "kind"),
	OWN("city", TEXT), OWN("place", TEXT),
	FIELD("obtained", DATE, ACHIEVEMENT, "obtained.date"),
	FIELD("submitted", DATE, ACHIEVEMENT, "submitted"),
	FIELD("registered", DATE, DOSSIER, "registration.date"),
	FIELD("registration_no", TEXT, DOSSIER, "registration.no"),
	FIELD("entered", DATE, DOSSIER, "library.entered"),
	OWN("published", DATE), OWN("state", TEXT),
	FIELD("landmark", FLAG, DOSSIER, "landmark.flag"),
	OWN("transfer", TEXT),
	FIELD("benefit", REAL, ACHIEVEMENT, "benefit.economic.amount"),
	FIELD("benefit_from", TEXT, ACHIEVEMENT, "benefit.economic.from"),
	FIELD("benefit_to", TEXT, ACHIEVEMENT, "benefit.economic.to"),
	FIELD("updated", DATE, ACHIEVEMENT, "updated"), END
};
#define OF_ACHIEVEMENT REFERS("achievement", "achievements (id)")

static const struct data_column achievement_units[] = {
	OF_ACHIEVEMENT, OWN("position", INTEGER),
	FIELD("name", TEXT, ACHIEVEMENT, "units.name"),
	{ "unit", DATA_TEXT, "units.unit", KIND_ACHIEVEMENT, "units (id)" },
	FIELD("place", TEXT, ACHIEVEMENT, "units.place"),
	FIELD("role", TEXT, ACHIEVEMENT, "units.role"), END
};
static const struct data_column achievement_people[] = {
	OF_ACHIEVEMENT, OWN("position", INTEGER),
	OWN("person_name", TEXT), OWN("name_form", TEXT),
	FIELD("unit_name", TEXT, ACHIEVEMENT, "people.unit"),
	FIELD("role", TEXT, ACHIEVEMENT, "people.role"),
	FIELD("orcid", TEXT, ACHIEVEMENT, "people.orcid"), END
};
static const struct data_column achievement_projects[] = {
	OF_ACHIEVEMENT, OWN("position", INTEGER),
	FIELD("name", TEXT, ACHIEVEMENT, "projects.name"),
	FIELD("no", TEXT, ACHIEVEMENT, "projects.no"),
	REFERS("project", "projects (id)"), END
};
static const struct data_column achievement_ip[] = {
	OF_ACHIEVEMENT, OWN("position", INTEGER),
	FIELD("kind", TEXT, ACHIEVEMENT, "ip.kind"),
	FIELD("no", TEXT, ACHIEVEMENT, "ip.no"),
	FIELD("title", TEXT, ACHIEVEMENT, "ip.title"),
	FIELD("applied", DATE, ACHIEVEMENT, "ip.applied"),
	FIELD("granted", DATE, ACHIEVEMENT, "ip.granted"),
	FIELD("state", TEXT, ACHIEVEMENT, "ip.state"),
	FIELD("core", FLAG, ACHIEVEMENT, "ip.core"), END
};
static const struct data_column achievement_papers[] = {
	OF_ACHIEVEMENT, OWN("position", INTEGER),
	FIELD("title", TEXT, ACHIEVEMENT, "papers.title"),
	FIELD("journal", TEXT, ACHIEVEMENT, "papers.journal"),
	FIELD("doi", TEXT, ACHIEVEMENT, "papers.doi"),
	FIELD("date", TEXT, ACHIEVEMENT, "papers.date"),
	FIELD("state", TEXT, ACHIEVEMENT, "papers.state"), END
};
static const struct data_column achievement_transfers[] = {
	OF_ACHIEVEMENT, OWN("position", INTEGER),
	FIELD("date", DATE, ACHIEVEMENT, "transfers.date"),
	FIELD("kind", TEXT, ACHIEVEMENT, "transfers.kind"),
	FIELD("receiver", TEXT, ACHIEVEMENT, "transfers.to"),
	FIELD("amount", REAL, ACHIEVEMENT, "transfers.amount"), END
};
static const struct data_column achievement_publications[] = {
	OF_ACHIEVEMENT, OWN("publication_kind", TEXT),
	OWN("publication", TEXT), OWN("publication_title", TEXT),
	OWN("publication_date", DATE), OWN("url", URL), END
};
static const struct data_column registrations[] = {
	FIELD("registration_no", TEXT, DOSSIER, "registration.no"),
	FIELD("registered", DATE, DOSSIER, "registration.date"),
	OWN("id", TEXT), FIELD("title", TEXT, ACHIEVEMENT, "title"),
	OWN("unit", TEXT), OWN("unit_name", TEXT), OWN("url", URL), END
};
static const struct data_column units[] = {
	OWN("id", TEXT), OWN("url", URL), FIELD("name", TEXT, UNIT, "name"),
	FIELD("name_en", TEXT, UNIT, "name_en"),
	FIELD("kind", TEXT, UNIT, "kind"), FIELD("place", TEXT, UNIT, "place"),
	FIELD("focus", TEXT, UNIT, "focus"),
	FIELD("platform", FLAG, UNIT, "platform"),
	FIELD("submitter", FLAG, UNIT, "submitter"),
	FIELD("fictional", FLAG, UNIT, "fictional"),
	OWN("achievement_count", INTEGER), END
};
static const struct data_column projects[] = {
	OWN("id", TEXT), OWN("url", URL), FIELD("name", TEXT, PROJECT, "name"),
	FIELD("no", TEXT, PROJECT, "no"),
	FIELD("scheme", TEXT, PROJECT, "scheme"),
	FIELD("level", TEXT, PROJECT, "level"),
	FIELD("class", TEXT, PROJECT, "class"),
	FIELD("plan", TEXT, PROJECT, "plan"),
	FIELD("special", TEXT, PROJECT, "special"),
	FIELD("topic", TEXT, PROJECT, "topic"),
	FIELD("highland", TEXT, PROJECT, "field.highland"),
	FIELD("strategic", TEXT, PROJECT, "field.strategic"),
	FIELD("mode", TEXT, PROJECT, "mode"), OWN("unit_name", TEXT),
	OWN("project_state", TEXT), FIELD("posted", DATE, PROJECT, "posted"),
	FIELD("notice_from", DATE, PROJECT, "notice.from"),
	FIELD("notice_to", DATE, PROJECT, "notice.to"),
	FIELD("announced", DATE, PROJECT, "announced"), OWN("begun", DATE),
	OWN("ends", DATE), FIELD("accepted", DATE, PROJECT, "acceptance.date"),
	FIELD("conclusion", TEXT, PROJECT, "acceptance.conclusion"),
	OWN("ended", DATE), FIELD("funds_total", REAL, PROJECT, "funds.total"),
	END
};
static const struct data_column codes[] = {
	OWN("list", TEXT), OWN("code", TEXT), OWN("position", INTEGER),
	OWN("zh", TEXT), OWN("en", TEXT), OWN("source", TEXT),
	OWN("status", TEXT), END
};

#define BY_ENTRY(table, key, index) { #table, QUERY_data_##table, \
	QUERY_data_years, key, index, table }
#define WHOLE(table, key, index) { #table, QUERY_data_##table, -1, key, \
	index, table }

const struct data_set data_sets[] = {
	BY_ENTRY(achievements, "id", "entered"),
	BY_ENTRY(achievement_units, "achievement, position", "unit"),
	BY_ENTRY(achievement_people, "achievement, position", "orcid"),
	BY_ENTRY(achievement_projects, "achievement, position", "project"),
	BY_ENTRY(achievement_ip, "achievement, position", "no"),
	BY_ENTRY(achievement_papers, "achievement, position", "doi"),
	BY_ENTRY(achievement_transfers, "achievement, position", "date"),
	BY_ENTRY(achievement_publications,
	    "achievement, publication_kind, publication", NULL),
	{ "registrations", QUERY_data_registrations,
	    QUERY_data_registration_years, "id", "registered",
	    registrations },
	WHOLE(units, "id", "kind"),
	WHOLE(projects, "id", "no"),
	WHOLE(codes, "list, code", NULL),
	{ .name = NULL },
};

/* -- what the columns mean ------------------------------------------------ */

static const struct field *field_of(const struct site *site,
    const struct data_column *column)
{
	return column->field == NULL ? NULL : field_find(
	    &site->fields[column->kind]->root, str_from(column->field));
}

static struct str words_of(const struct site *site, struct arena *arena,
    const struct data_column *column, const char *what)
{
	return wording_text(&site->wording, str_format(arena,
	    "data.columns.%s.%s", column->name, what));
}

struct str data_column_label(const struct site *site, struct arena *arena,
    const struct data_column *column)
{
	const struct field *field = field_of(site, column);

	return field != NULL ? field->label[site->wording.lang] :
	    words_of(site, arena, column, "label");
}

struct str data_column_text(const struct site *site, struct arena *arena,
    const struct data_column *column)
{
	const struct field *field = field_of(site, column);

	return field != NULL ? field->documentation[site->wording.lang] :
	    words_of(site, arena, column, "text");
}

struct str data_media_type(enum data_format format)
{
	static const char *const types[DATA_FORMAT_COUNT] = {
		[DATA_CSV] = "text/csv",
		[DATA_JSON_LINES] = "application/jsonl",
		[DATA_SQLITE] = "application/vnd.sqlite3",
		[DATA_OAI] = "text/xml",
		[DATA_SCHEMA] = "application/schema+json",
	};

	return str_from(types[format]);
}

static const char *const format_names[DATA_FORMAT_COUNT] = {
	[DATA_CSV] = "csv", [DATA_JSON_LINES] = "jsonl",
	[DATA_SQLITE] = "sqlite", [DATA_OAI] = "oai", [DATA_SCHEMA] = "schema",
};

struct str data_set_words(const struct site *site, struct arena *arena,
    const struct data_set *set, const char *what)
{
	return wording_text(&site->wording, str_format(arena,
	    "data.sets.%s.%s", set->name, what));
}

struct str data_format_words(const struct site *site, struct arena *arena,
    enum data_format format, const char *what)
{
	return wording_text(&site->wording, str_format(arena,
	    "data.formats.%s.%s", format_names[format], what));
}

/* -- the files ------------------------------------------------------------ */

const struct vec *data_files_of(const struct site *site)
{
	return site->folder.len > 0 ? &site->other->data_files :
	    &site->data_files;
}

const struct data_file *data_file_at(const struct site *site, size_t i)
{
	return *(struct data_file **)vec_at(data_files_of(site), i);
}

static const struct page_kind page_csv_data = {
	.name = "data-csv", .section = "none", .is_once = true,
	.is_leaf = true, .stream = data_write_csv,
};
static const struct page_kind page_csv_joined = {
	.name = "data-csv", .section = "none", .is_once = true,
	.stream = data_write_joined,
};
static const struct page_kind page_lines = {
	.name = "data-jsonl", .section = "none", .is_once = true,
	.is_leaf = true, .stream = data_write_json_lines,
};
static const struct page_kind page_lines_joined = {
	.name = "data-jsonl", .section = "none", .is_once = true,
	.stream = data_write_joined,
};
static const struct page_kind page_sqlite = {
	.name = "data-sqlite", .section = "none", .is_once = true,
	.is_leaf = true, .stream = data_write_sqlite,
};
static const struct page_kind page_oai = {
	.name = "data-oai", .section = "none", .is_once = true,
	.is_leaf = true, .stream = data_write_oai,
};
static const struct page_kind page_schema = {
	.name = "data-schema", .section = "none", .is_once = true,
	.is_leaf = true, .stream = data_write_schema,
};

static void add_file(struct site *site, struct arena *arena,
    const struct page_kind *kind, struct data_file file)
{
	struct data_file *kept = arena_alloc(arena, sizeof(*kept));
	struct page *page = page_add(site, arena, kind, file.path, STR_NONE);

	*kept = file;
	kept->path = page->path;
	page->file = kept;
	*(struct data_file **)vec_push(&site->data_files) = kept;
}

/* data/achievements.csv, or data/2026/achievements.csv. */
static void add_set_file(struct site *site, struct arena *arena,
    const struct page_kind *kind, const struct data_set *set,
    enum data_format format, const char *ending, struct str year)
{
	add_file(site, arena, kind, (struct data_file){ .set = set,
	    .format = format, .year = year, .path = str_format(arena,
		"data/%.*s%s%s%s", STR_ARG(year), year.len > 0 ? "/" : "",
		set->name, ending) });
}

/* A static repository tells the address of whoever answers for it. */
static bool has_oai(const struct site *site)
{
	return value_text_at(site->settings, STR("oai.mailbox")).len > 0;
}

/* Of a year, or (STR_NONE) the whole of a set. */
static void add_files(struct site *site, struct arena *arena,
    const struct data_set *set, struct str year)
{
	bool is_joined = set->years >= 0 && year.len == 0;

	add_set_file(site, arena, is_joined ? &page_csv_joined :
	    &page_csv_data, set, DATA_CSV, ".csv", year);
	if (set == &data_sets[0])
		add_set_file(site, arena, is_joined ? &page_lines_joined :
		    &page_lines, set, DATA_JSON_LINES, ".jsonl", year);
}

/* It has one record at least: where there is no year, there is none. */
static void add_oai(struct site *site, struct arena *arena, struct str year)
{
	add_set_file(site, arena, &page_oai, &data_sets[0], DATA_OAI,
	    ".oai.xml", year);
}

static void add_years(struct site *site, struct arena *arena,
    const struct data_set *set, const struct value *years)
{
	bool with_oai = set == &data_sets[0] && has_oai(site);

	if (with_oai && value_count(years) > 0)
		add_oai(site, arena, STR_NONE);
	for (size_t i = 0; i < value_count(years); i++) {
		struct str year = value_text_at(years->list.items[i],
		    STR("year"));

		add_files(site, arena, set, year);
		if (with_oai)
			add_oai(site, arena, year);
	}
}

void open_data_list(struct site *site, struct arena *arena)
{
	const struct value *years = value_list(arena);

	vec_init(&site->data_files, sizeof(struct data_file *));
	for (const struct data_set *set = data_sets; set->name != NULL; set++) {
		add_files(site, arena, set, STR_NONE);
		/* Asked once: neighbours have the same. */
		if (set->years >= 0 && (set == data_sets ||
		    set->years != set[-1].years))
			years = page_query(site, arena, set->years, STR_NONE);
		if (set->years >= 0)
			add_years(site, arena, set, years);
	}
	add_file(site, arena, &page_schema, (struct data_file){
	    .set = &data_sets[0], .format = DATA_SCHEMA,
	    .path = STR("data/achievements.schema.json") });
	add_file(site, arena, &page_sqlite, (struct data_file){
	    .format = DATA_SQLITE, .path = STR("data/zheli.sqlite") });
}
