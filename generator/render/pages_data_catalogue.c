/* SPDX-License-Identifier: MIT */
/* What /data/ tells, for programs: a DCAT 3 catalogue as JSON-LD. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/json_writer.h"
#include "base/value.h"
#include "render/open_data.h"
#include "render/pages.h"

struct dcat_writing {
	struct site *site;
	struct arena *arena;
	struct json_writer json;
};

static void write_typed(struct dcat_writing *w, const char *name,
    struct str text, const char *type)
{
	json_begin_object(&w->json, name);
	json_write_text(&w->json, "@value", text);
	json_write_text(&w->json, "@type", str_from(type));
	json_end(&w->json);
}

static void write_words(struct dcat_writing *w, const char *name,
    struct str text)
{
	json_begin_object(&w->json, name);
	json_write_text(&w->json, "@value", text);
	json_write_text(&w->json, "@language",
	    lang_code(w->site->wording.lang));
	json_end(&w->json);
}

/* Nothing for an empty address. */
static void write_link(struct dcat_writing *w, const char *name,
    struct str address)
{
	if (address.len == 0)
		return;
	json_begin_object(&w->json, name);
	json_write_text(&w->json, "@id", address);
	json_end(&w->json);
}

static struct str address_of(struct dcat_writing *w, struct str path)
{
	return page_url(w->site, w->arena, path);
}

static struct str licence_of(const struct dcat_writing *w)
{
	return value_text_at(w->site->settings, STR("licence.url"));
}

static void write_checksum(struct dcat_writing *w,
    const struct data_file *file)
{
	json_begin_object(&w->json, "spdx:checksum");
	json_write_text(&w->json, "@type", STR("spdx:Checksum"));
	write_link(w, "spdx:algorithm",
	    STR("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"));
	write_typed(w, "spdx:checksumValue", str_from(file->facts.sha256),
	    "xsd:hexBinary");
	json_end(&w->json);
}

static void write_distribution(struct dcat_writing *w,
    const struct data_file *file)
{
	json_begin_object(&w->json, NULL);
	json_write_text(&w->json, "@id", address_of(w, file->path));
	json_write_text(&w->json, "@type", STR("dcat:Distribution"));
	write_words(w, "dct:title", data_format_words(w->site, w->arena,
	    file->format, "label"));
	write_link(w, "dcat:accessURL", address_of(w, STR("data/index.html")));
	write_link(w, "dcat:downloadURL", address_of(w, file->path));
	/* IANA knows no name of it. */
	if (file->format != DATA_JSON_LINES)
		write_link(w, "dcat:mediaType", str_join(w->arena,
		    STR("https://www.iana.org/assignments/media-types/"),
		    data_media_type(file->format)));
	else
		json_write_text(&w->json, "dct:format",
		    data_media_type(file->format));
	write_typed(w, "dcat:byteSize", str_format(w->arena, "%llu",
	    (unsigned long long)file->facts.size), "xsd:nonNegativeInteger");
	write_checksum(w, file);
	if (file->format == DATA_JSON_LINES)
		write_link(w, "dct:conformsTo", address_of(w,
		    STR("data/achievements.schema.json")));
	write_link(w, "dct:license", licence_of(w));
	json_end(&w->json);
}

static void write_distributions(struct dcat_writing *w,
    const struct data_set *set, struct str year)
{
	json_begin_list(&w->json, "dcat:distribution");
	for (size_t i = 0; i < data_files_of(w->site)->count; i++) {
		const struct data_file *file = data_file_at(w->site, i);

		if (file->set == set && str_eq(file->year, year) &&
		    file->format != DATA_SCHEMA)
			write_distribution(w, file);
	}
	json_end(&w->json);
}

static void write_period(struct dcat_writing *w, struct str year)
{
	json_begin_object(&w->json, "dct:temporal");
	json_write_text(&w->json, "@type", STR("dct:PeriodOfTime"));
	write_typed(w, "dcat:startDate", str_join(w->arena, year,
	    STR("-01-01")), "xsd:date");
	write_typed(w, "dcat:endDate", str_join(w->arena, year,
	    STR("-12-31")), "xsd:date");
	json_end(&w->json);
}

/* A set, or a year of it; NULL: all sets, the database. */
static void write_dataset(struct dcat_writing *w, const struct data_set *set,
    struct str year)
{
	struct str id = str_format(w->arena, "%.*sdata/#%s%s%.*s",
	    STR_ARG(w->site->base_url), set != NULL ? set->name : "database",
	    year.len > 0 ? "-" : "", STR_ARG(year));
	struct str title = set != NULL ? data_set_words(w->site, w->arena, set,
	    "label") : wording_text(&w->site->wording,
	    STR("data.database"));

	if (year.len > 0)
		title = str_format(w->arena, "%.*s %.*s", STR_ARG(title),
		    STR_ARG(year));
	json_begin_object(&w->json, NULL);
	json_write_text(&w->json, "@id", id);
	json_write_text(&w->json, "@type", STR("dcat:Dataset"));
	write_words(w, "dct:title", title);
	write_words(w, "dct:description", set != NULL ? data_set_words(w->site,
	    w->arena, set, "text") : wording_text(&w->site->wording,
	    STR("data.database_text")));
	if (year.len > 0) {
		write_link(w, "dcat:inSeries", str_format(w->arena,
		    "%.*sdata/#%s-years", STR_ARG(w->site->base_url),
		    set->name));
		write_period(w, year);
	}
	write_link(w, "dct:license", licence_of(w));
	write_distributions(w, set, year);
	json_end(&w->json);
}

static void write_series(struct dcat_writing *w, const struct data_set *set)
{
	json_begin_object(&w->json, NULL);
	json_write_text(&w->json, "@id", str_format(w->arena,
	    "%.*sdata/#%s-years", STR_ARG(w->site->base_url), set->name));
	json_write_text(&w->json, "@type", STR("dcat:DatasetSeries"));
	write_words(w, "dct:title", data_set_words(w->site, w->arena, set,
	    "label"));
	json_end(&w->json);
}

static void write_sets(struct dcat_writing *w)
{
	write_dataset(w, NULL, STR_NONE);
	for (const struct data_set *set = data_sets; set->name != NULL; set++) {
		struct str year = STR_NONE;

		write_dataset(w, set, STR_NONE);
		if (set->years < 0)
			continue;
		write_series(w, set);
		for (size_t i = 0; i < data_files_of(w->site)->count; i++) {
			const struct data_file *file = data_file_at(w->site, i);

			if (file->set != set || file->year.len == 0 ||
			    str_eq(file->year, year))
				continue;
			year = file->year;
			write_dataset(w, set, year);
		}
	}
}

static void write_context(struct dcat_writing *w)
{
	static const char *const prefixes[][2] = {
		{ "dcat", "http://www.w3.org/ns/dcat#" },
		{ "dct", "http://purl.org/dc/terms/" },
		{ "foaf", "http://xmlns.com/foaf/0.1/" },
		{ "prov", "http://www.w3.org/ns/prov#" },
		{ "spdx", "http://spdx.org/rdf/terms#" },
		{ "xsd", "http://www.w3.org/2001/XMLSchema#" },
	};

	json_begin_object(&w->json, "@context");
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		json_write_text(&w->json, prefixes[i][0],
		    str_from(prefixes[i][1]));
	json_end(&w->json);
}

static void write_publisher(struct dcat_writing *w)
{
	struct str operator = value_text_at(w->site->settings,
	    STR("operator.name"));

	json_begin_object(&w->json, "dct:publisher");
	json_write_text(&w->json, "@type", STR("foaf:Agent"));
	json_write_text(&w->json, "foaf:name", operator.len > 0 ? operator :
	    value_text_at(w->site->context, STR("site.title")));
	json_end(&w->json);
}

/* What the catalogue says of itself: as of which day, of which commit. */
static void write_about(struct dcat_writing *w)
{
	struct site *site = w->site;
	struct str notice = value_text_at(site->context,
	    STR("site.demonstration"));
	struct str commit = value_text_at(site->context, STR("build.commit"));

	write_context(w);
	json_write_text(&w->json, "@id", address_of(w,
	    STR("data/index.html")));
	json_write_text(&w->json, "@type", STR("dcat:Catalog"));
	write_words(w, "dct:title", value_text_at(site->context,
	    STR("site.title")));
	write_words(w, "dct:description", notice.len > 0 ? notice :
	    value_text_at(site->settings, STR("description")));
	write_publisher(w);
	json_write_text(&w->json, "dct:language",
	    value_text_at(site->settings, STR("language")));
	write_typed(w, "dct:modified", site->as_of, "xsd:date");
	if (commit.len > 0)
		json_write_text(&w->json, "prov:wasDerivedFrom",
		    str_join(w->arena, STR("commit "), commit));
	write_link(w, "dct:license", licence_of(w));
	write_link(w, "foaf:homepage", site->base_url);
}

static bool write_catalogue(struct site *site, const struct page *page,
    struct arena *arena, struct buf *out, struct diag_list *diags)
{
	struct dcat_writing w = { .site = site, .arena = arena };

	(void)page;
	(void)diags;
	json_writer_init(&w.json, out);
	json_begin_object(&w.json, NULL);
	write_about(&w);
	json_begin_list(&w.json, "dcat:dataset");
	write_sets(&w);
	json_end(&w.json);
	json_end(&w.json);
	buf_append_char(out, '\n');
	return true;
}

const struct page_kind page_data_catalogue = {
	.name = "data-catalogue", .section = "none", .is_once = true,
	.is_last = true, .write = write_catalogue,
};
