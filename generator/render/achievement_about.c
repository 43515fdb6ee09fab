/* SPDX-License-Identifier: MIT */
#include "render/achievement_about.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/value.h"
#include "render/citation.h"
#include "render/pages.h"
#include "render/qr.h"

/* What the record itself says, also where a page shows a translation. */
static struct str original(const struct value *map, const char *translated,
    const char *name)
{
	struct str text = value_text_at(map, str_from(translated));

	return text.len > 0 ? text : value_text_at(map, str_from(name));
}

static struct value *texts_of(struct arena *arena, const struct value *list,
    const char *translated, const char *name)
{
	struct value *texts = value_list(arena);

	for (size_t i = 0; i < value_count(list); i++)
		value_append(arena, texts, value_text(arena,
		    original(list->list.items[i], translated, name)));
	return texts;
}

/* People who agreed to be named in full. */
static struct value *author_names(struct arena *arena,
    const struct value *people)
{
	struct value *names = value_list(arena);

	for (size_t i = 0; i < value_count(people); i++)
		if (value_is_true_at(people->list.items[i], STR("is_named")))
			value_append(arena, names, value_text(arena,
			    value_text_at(people->list.items[i],
				STR("display_name"))));
	return names;
}

/* A work in Chinese is cited in Chinese, on the English page too. */
static const struct site *first_language(const struct site *site)
{
	return site->folder.len > 0 ? site->other : site;
}

static struct value *cite(const struct site *site, struct arena *arena,
    const struct value *context, const struct value *made,
    const struct value *authors, struct str identity)
{
	struct str no = value_text_at(context,
	    STR("dossier.registration.no"));
	const struct site *first = first_language(site);
	struct citation citation = {
		.id = value_text_at(context, STR("card.id")),
		.title = original(made, "title_zh", "title"),
		.abstract = original(made, "summary_zh", "summary"),
		.publisher = value_text_at(first->settings, STR("title")),
		.url = identity,
		.date = value_text_at(context, STR("card.entered.iso")),
		.accessed = wording_text(&first->wording,
		    STR("achievement.accessed")),
		.others = wording_text(&first->wording,
		    STR("achievement.others")),
		.authors = authors,
		.units = texts_of(arena, value_get(context, STR("units")),
		    "name_zh", "name"),
		.keywords = texts_of(arena, value_get(made, STR("keywords")),
		    "text", "text"),
	};
	struct value *texts = value_map(arena);

	if (no.len > 0)
		citation.number = str_format(arena, "%.*s %.*s",
		    STR_ARG(wording_text(&first->wording,
			STR("achievement.registration_no"))), STR_ARG(no));
	page_set_text(arena, texts, "gbt7714",
	    citation_gbt7714(&citation, arena));
	page_set_text(arena, texts, "accessed", citation.accessed);
	page_set_text(arena, texts, "bibtex",
	    citation_bibtex(&citation, arena));
	page_set_text(arena, texts, "ris", citation_ris(&citation, arena));
	return texts;
}

/* -- schema.org ------------------------------------------------------------ */

static struct value *thing(struct arena *arena, const char *type)
{
	struct value *map = value_map(arena);

	page_set_text(arena, map, "@type", str_from(type));
	return map;
}

/* Sets the property if there is something to say. */
static void say(struct arena *arena, struct value *map, const char *property,
    struct str text)
{
	if (text.len > 0)
		page_set_text(arena, map, property, text);
}

static void say_list(struct arena *arena, struct value *map,
    const char *property, struct value *list)
{
	if (value_count(list) > 0)
		page_set(arena, map, property, list);
}

static struct str page_of(struct site *site, struct arena *arena,
    const struct value *map)
{
	struct str href = value_text_at(map, STR("href"));

	return href.len == 0 ? STR_NONE : page_url(site, arena, href);
}

static struct value *creators(struct arena *arena, const struct value *people)
{
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(people); i++) {
		const struct value *person = people->list.items[i];
		struct value *made = thing(arena, "Person");
		struct value *unit = thing(arena, "Organization");
		struct str orcid = value_text_at(person, STR("orcid"));

		if (!value_is_true_at(person, STR("is_named")))
			continue;
		say(arena, made, "name",
		    value_text_at(person, STR("display_name")));
		if (orcid.len > 0)
			page_set_text(arena, made, "identifier", str_join(
			    arena, STR("https://orcid.org/"), orcid));
		say(arena, unit, "name", value_text_at(person, STR("unit")));
		page_set(arena, made, "affiliation", unit);
		value_append(arena, list, made);
	}
	return list;
}

static struct value *organizations(struct site *site, struct arena *arena,
    const struct value *units)
{
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(units); i++) {
		const struct value *unit = units->list.items[i];
		struct value *made = thing(arena, "Organization");

		say(arena, made, "name", original(unit, "name_zh", "name"));
		say(arena, made, "alternateName",
		    value_text_at(unit, STR("name_en")));
		say(arena, made, "url", page_of(site, arena, unit));
		value_append(arena, list, made);
	}
	return list;
}

static struct value *articles(struct arena *arena, const struct value *papers)
{
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(papers); i++) {
		const struct value *paper = papers->list.items[i];
		struct value *made = thing(arena, "ScholarlyArticle");
		struct value *journal = thing(arena, "Periodical");

		say(arena, made, "name", value_text_at(paper, STR("title")));
		say(arena, made, "sameAs",
		    value_text_at(paper, STR("doi_url")));
		say(arena, made, "datePublished",
		    value_text_at(paper, STR("date.iso")));
		say(arena, journal, "name",
		    value_text_at(paper, STR("journal")));
		say(arena, journal, "issn", value_text_at(paper, STR("issn")));
		page_set(arena, made, "isPartOf", journal);
		value_append(arena, list, made);
	}
	return list;
}

static struct value *grants(struct arena *arena, const struct value *projects)
{
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(projects); i++) {
		const struct value *project = projects->list.items[i];
		struct value *made = thing(arena, "Grant");

		say(arena, made, "name", value_text_at(project, STR("name")));
		say(arena, made, "identifier",
		    value_text_at(project, STR("no")));
		value_append(arena, list, made);
	}
	return list;
}

static struct value *told_in(struct site *site, struct arena *arena,
    const struct value *publications)
{
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(publications); i++) {
		const struct value *row = publications->list.items[i];
		struct value *made = thing(arena, "CreativeWork");

		say(arena, made, "name", value_text_at(row, STR("title")));
		say(arena, made, "url", page_of(site, arena, row));
		say(arena, made, "datePublished",
		    value_text_at(row, STR("date.iso")));
		value_append(arena, list, made);
	}
	return list;
}

/* What the record says of itself in single values. */
static void say_facts(struct site *site, struct arena *arena,
    struct value *work, const struct value *context, const struct value *made)
{
	struct str no = value_text_at(context,
	    STR("dossier.registration.no"));
	struct value *number = thing(arena, "PropertyValue");

	say(arena, work, "name", original(made, "title_zh", "title"));
	say(arena, work, "alternateName",
	    value_text_at(made, STR("title_en")));
	say(arena, work, "abstract", original(made, "summary_zh", "summary"));
	page_set_text(arena, work, "inLanguage", STR("zh-CN"));
	say_list(arena, work, "keywords", texts_of(arena,
	    value_get(made, STR("keywords")), "text", "text"));
	say(arena, work, "dateCreated",
	    value_text_at(made, STR("obtained.date.iso")));
	say(arena, work, "datePublished",
	    value_text_at(context, STR("card.entered.iso")));
	say(arena, work, "dateModified",
	    value_text_at(made, STR("updated.iso")));
	say(arena, work, "disambiguatingDescription",
	    value_text_at(site->context, STR("site.demonstration")));
	if (no.len == 0)
		return;
	say(arena, number, "propertyID",
	    wording_text(&first_language(site)->wording,
	    STR("achievement.registration_no")));
	say(arena, number, "value", no);
	page_set(arena, work, "identifier", number);
}

/* JSON in which no "<" can end the element it stands in. */
static struct str as_script(struct arena *arena, const struct value *work)
{
	struct buf json, out;
	struct str rest, text;

	buf_init(&json);
	buf_init(&out);
	json_append(&json, work);
	for (rest = buf_str(&json); rest.len > 0;) {
		size_t at = str_find_char(rest, '<', 0);

		if (at == STR_NOT_FOUND) {
			buf_append(&out, rest);
			break;
		}
		buf_append(&out, str_slice(rest, 0, at));
		buf_append_cstr(&out, "\\u003c");
		rest = str_slice(rest, at + 1, rest.len);
	}
	text = str_dup(arena, buf_str(&out));
	buf_dispose(&json);
	buf_dispose(&out);
	return text;
}

static struct str linked_data(struct site *site, const struct page *page,
    struct arena *arena, const struct value *context,
    const struct value *made, struct str identity)
{
	struct value *work = value_map(arena);
	struct value *publisher = thing(arena, "Organization");
	struct value *portal = thing(arena, "Collection");
	struct str operator = value_text_at(site->context,
	    STR("site.operator.name"));

	page_set_text(arena, work, "@context", STR("https://schema.org"));
	page_set_text(arena, work, "@type", STR("CreativeWork"));
	page_set_text(arena, work, "@id", identity);
	page_set_text(arena, work, "url",
	    page_url(site, arena, page->path));
	say_facts(site, arena, work, context, made);
	say_list(arena, work, "creator",
	    creators(arena, value_get(context, STR("people"))));
	say_list(arena, work, "sourceOrganization", organizations(site, arena,
	    value_get(context, STR("units"))));
	say_list(arena, work, "citation",
	    articles(arena, value_get(context, STR("papers"))));
	say_list(arena, work, "funding",
	    grants(arena, value_get(made, STR("projects"))));
	say_list(arena, work, "subjectOf", told_in(site, arena,
	    value_get(context, STR("publications"))));
	say(arena, publisher, "name", operator);
	if (operator.len > 0)
		page_set(arena, work, "publisher", publisher);
	say(arena, portal, "name",
	    value_text_at(site->context, STR("site.title")));
	page_set_text(arena, portal, "url", site->base_url);
	page_set(arena, work, "isPartOf", portal);
	return as_script(arena, work);
}

void achievement_describe(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, const struct value *made)
{
	struct str identity = page_url(first_language(site), arena,
	    page->path);
	struct value *authors = author_names(arena,
	    value_get(context, STR("people")));
	struct value *qr = qr_make(arena, identity);
	struct value *named = value_list(arena);

	for (size_t i = 0; i < value_count(authors); i++) {
		struct value *name = value_map(arena);

		page_set(arena, name, "text", authors->list.items[i]);
		value_append(arena, named, name);
	}
	page_set_text(arena, context, "identity", identity);
	page_set_list(arena, context, "author_names", named);
	page_set(arena, context, "citation", cite(site, arena, context, made,
	    authors, identity));
	page_set_text(arena, context, "linked_data", linked_data(site, page,
	    arena, context, made, identity));
	if (qr != NULL)
		page_set(arena, context, "qr", qr);
}
