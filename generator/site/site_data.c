/* SPDX-License-Identifier: MIT */
#include "site/site_data.h"

#include "base/value.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "render/page.h"
#include "render/theme.h"
#include "schema/fields.h"
#include "schema/schema.h"
#include "source/source.h"

static bool open_theme(struct pipeline *pipeline, const struct theme **theme)
{
	struct theme *opened = arena_alloc(pipeline->arena, sizeof(*opened));
	struct mark named = { .path = STR("content/site.yaml") };
	struct str name = theme_of_site(pipeline->settings, &named);

	*theme = opened;
	return theme_open(pipeline->arena, &pipeline->registry.reader, name,
	    named, opened, pipeline->diags);
}

static enum lang site_language(const struct pipeline *pipeline)
{
	return lang_from(value_text_at(pipeline->settings, STR("language")),
	    LANG_ZH);
}

/* NULL with a diagnostic when git cannot tell what is built. */
static struct value *build_context(struct pipeline *pipeline,
    const struct wording *wording, struct str as_of)
{
	struct arena *arena = pipeline->arena;
	struct value *build = value_map(arena);
	bool clean;
	struct str commit = source_commit(pipeline->registry.source, NULL);

	if (!pipeline_is_clean(pipeline, &clean, pipeline->diags))
		return NULL;
	value_add(arena, build, STR("as_of"),
	    context_date(wording, arena, as_of));
	/* A tree that differs from its commit must not claim to be it. */
	if (commit.len == 0 || !clean)
		commit = STR_NONE;
	value_add(arena, build, STR("commit"), value_text(arena, commit));
	value_add(arena, build, STR("commit_short"), value_text(arena,
	    str_slice(commit, 0, commit.len < 12 ? commit.len : 12)));
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
static void check_seal(struct pipeline *pipeline, const struct site *opened,
    struct value *site)
{
	struct value *official = value_get(site, STR("official"));
	struct str seal = value_text_at(official, STR("seal")), bytes;

	if (seal.len == 0 || theme_read_static(opened->theme, seal, &bytes))
		return;
	if (opened->folder.len == 0)
		diag_report(pipeline->diags, ((struct mark){
		    .path = STR("content/site.yaml") }), DIAG_SEAL_MISSING,
		    seal);
	value_set(pipeline->arena, official, STR("seal"),
	    value_null(pipeline->arena));
}

/* The style sheets of the theme, under `styles`. */
static struct value *styles_context(struct arena *arena,
    const struct theme *theme)
{
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(theme->styles); i++) {
		struct value *style = value_map(arena);

		value_add(arena, style, STR("href"),
		    theme->styles->list.items[i]);
		value_append(arena, list, style);
	}
	return list;
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
	struct value *words, *build;

	wording->codes = &pipeline->codes;
	wording->lang = lang;
	if (!theme_words(site->theme, lang, &words, pipeline->diags))
		return false;
	wording->t = words;
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
	check_seal(pipeline, site, value_get(site->context, STR("site")));
	value_add(arena, site->context, STR("styles"),
	    styles_context(arena, site->theme));
	value_add(arena, site->context, STR("t"), words);
	build = build_context(pipeline, wording, site->as_of);
	if (build != NULL)
		value_add(arena, site->context, STR("build"), build);
	return build != NULL;
}

bool site_data_renew(struct pipeline *pipeline, struct site *site)
{
	struct value *build = build_context(pipeline, &site->wording,
	    site->as_of);

	if (build != NULL)
		value_set(pipeline->arena, site->context, STR("build"), build);
	return build != NULL;
}

bool site_data_open(struct pipeline *pipeline, struct site *site,
    struct site *second)
{
	struct arena *arena = pipeline->arena;
	enum lang lang = site_language(pipeline);
	enum lang other = lang_from(value_text_at(pipeline->settings,
	    STR("second_language")), lang);

	if (!open_theme(pipeline, &site->theme) ||
	    !open_site(pipeline, site, lang) ||
	    !theme_templates(site->theme, &site->templates, pipeline->diags))
		return false;
	if (other == lang)
		return true;
	second->folder = str_join(arena, lang_code(other), STR("/"));
	second->theme = site->theme;
	second->templates = site->templates;
	second->other = site;
	site->other = second;
	return open_site(pipeline, second, other);
}
