/* SPDX-License-Identifier: MIT */
#include "commands/site_data.h"

#include "base/value.h"
#include "commands/pipeline.h"
#include "model/record.h"
#include "render/page.h"
#include "render/template.h"
#include "schema/fields.h"
#include "schema/schema.h"
#include "source/source.h"

struct str site_data_theme(const struct pipeline *pipeline)
{
	struct str theme = value_text_at(pipeline->settings, STR("theme"));

	return theme.len > 0 ? theme : STR("zheli");
}

static enum lang site_language(const struct pipeline *pipeline)
{
	return lang_from(value_text_at(pipeline->settings, STR("language")),
	    LANG_ZH);
}

static bool open_words(struct pipeline *pipeline, struct str theme,
    enum lang lang, const struct value **t)
{
	const struct reader *reader = &pipeline->registry.reader;
	struct str path = str_format(pipeline->arena,
	    "themes/%.*s/i18n/%.*s.yaml", STR_ARG(theme),
	    STR_ARG(lang_code(lang)));
	struct value *words;
	struct str bytes;

	if (!reader->read(reader->context, path, pipeline->arena, &bytes,
	    pipeline->diags))
		return diag_report(pipeline->diags,
		    ((struct mark){ .path = path }), DIAG_THEME_MISSING,
		    path);
	if (!yaml_parse(pipeline->arena, path, bytes,
	    &FRONTMATTER_LIMITS_DEFAULT, &words, pipeline->diags))
		return false;
	*t = words;
	return true;
}

/* NULL with a diagnostic when git cannot tell what is built. */
static struct value *build_context(struct pipeline *pipeline,
    const struct wording *wording, struct str as_of)
{
	struct arena *arena = pipeline->arena;
	struct value *build = value_map(arena);
	bool clean;
	struct str commit = source_commit(pipeline->registry.source, NULL);

	if (!source_is_clean(pipeline->registry.source, &clean,
	    pipeline->diags))
		return NULL;
	value_add(arena, build, STR("as_of"),
	    context_date(wording, arena, as_of));
	/* A tree that differs from its commit must not claim to be it. */
	if (commit.len > 0 && clean) {
		value_add(arena, build, STR("commit"),
		    value_text(arena, commit));
		value_add(arena, build, STR("commit_short"),
		    value_text(arena, str_slice(commit, 0, 12)));
	}
	value_add(arena, build, STR("version"),
	    value_text(arena, STR(ZHELI_VERSION)));
	return build;
}

static struct str with_slash(struct arena *arena, struct str url)
{
	return str_ends(url, STR("/")) ? url :
	    str_join(arena, url, STR("/"));
}

/* `name` in English where the site is English and has it. */
static void choose_language(struct arena *arena, struct value *site,
    enum lang lang, struct str name, struct str english)
{
	struct str text = value_text_at(site, english);

	if (lang == LANG_EN && text.len > 0)
		value_set(arena, site, name, value_text(arena, text));
}

/* "zheli.example" of "https://zheli.example/sub/". */
static struct str host_of(struct str url)
{
	size_t from = str_find(url, STR("://"), 0);

	if (from == STR_NOT_FOUND)
		return STR_NONE;
	url = str_slice(url, from + 3, url.len);
	return str_cut(&url, '/');
}

/* A seal that the theme does not have is not printed. That is said once, not
 * for each language. */
static void check_seal(struct pipeline *pipeline, struct value *site,
    bool is_first)
{
	const struct reader *reader = &pipeline->registry.reader;
	struct value *official = value_get(site, STR("official"));
	struct str seal = value_text_at(official, STR("seal")), bytes;
	struct diag_list ignored;

	if (seal.len == 0)
		return;
	diag_list_init(&ignored, pipeline->arena);
	if (!reader->read(reader->context, str_format(pipeline->arena,
	    "themes/%.*s/static/%.*s", STR_ARG(site_data_theme(pipeline)),
	    STR_ARG(seal)), pipeline->arena, &bytes, &ignored)) {
		if (is_first)
			diag_report(pipeline->diags, ((struct mark){
			    .path = STR("content/site.yaml") }),
			    DIAG_SEAL_MISSING, seal);
		value_set(pipeline->arena, official, STR("seal"),
		    value_null(pipeline->arena));
	}
	diag_list_dispose(&ignored);
}

static struct value *site_context(struct arena *arena, const struct site *site)
{
	struct value *made = context_record(&site->wording, arena,
	    &site->fields[KIND_SITE]->root, site->settings, NULL);

	choose_language(arena, made, site->wording.lang, STR("title"),
	    STR("title_en"));
	choose_language(arena, made, site->wording.lang, STR("tagline"),
	    STR("tagline_en"));
	choose_language(arena, made, site->wording.lang, STR("description"),
	    STR("description_en"));
	choose_language(arena, made, site->wording.lang, STR("demonstration"),
	    STR("demonstration_en"));
	value_set(arena, made, STR("domain"),
	    value_text(arena, host_of(site->base_url)));
	return made;
}

/* All that depends on the language, and what both have alike. */
static bool open_site(struct pipeline *pipeline, struct site *site,
    enum lang lang)
{
	struct arena *arena = pipeline->arena;
	struct wording *wording = &site->wording;
	struct value *build;

	wording->codes = &pipeline->codes;
	wording->lang = lang;
	if (!open_words(pipeline, site_data_theme(pipeline), lang,
	    &wording->t))
		return false;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		site->fields[kind] = schema_fields(pipeline->schemas,
		    (enum kind)kind);
	site->settings = pipeline->settings;
	site->as_of = date_iso(arena, pipeline->registry.as_of);
	site->base_url = str_join(arena, with_slash(arena,
	    value_text_at(site->settings, STR("base_url"))), site->folder);
	site->context = value_map(arena);
	value_add(arena, site->context, STR("site"),
	    site_context(arena, site));
	check_seal(pipeline, value_get(site->context, STR("site")),
	    site->folder.len == 0);
	/* Templates only read the tree. */
	value_add(arena, site->context, STR("t"),
	    ((union { const struct value *in; struct value *out; })
		{ wording->t }).out);
	build = build_context(pipeline, wording, site->as_of);
	if (build != NULL)
		value_add(arena, site->context, STR("build"), build);
	return build != NULL;
}

bool site_data_open(struct pipeline *pipeline, struct site *site,
    struct site *second)
{
	struct arena *arena = pipeline->arena;
	struct str templates = str_format(arena, "themes/%.*s/templates",
	    STR_ARG(site_data_theme(pipeline)));
	enum lang lang = site_language(pipeline);
	enum lang other = lang_from(value_text_at(pipeline->settings,
	    STR("second_language")), lang);

	if (!open_site(pipeline, site, lang) || !template_set_open(arena,
	    &pipeline->registry.reader, templates, &site->templates,
	    pipeline->diags))
		return false;
	if (other == lang)
		return true;
	second->folder = str_join(arena, lang_code(other), STR("/"));
	second->templates = site->templates;
	second->other = site;
	site->other = second;
	return open_site(pipeline, second, other);
}
