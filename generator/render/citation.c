/* SPDX-License-Identifier: MIT */
#include "render/citation.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"

/* Of more than three authors the first three: GB/T 7714-2015, 8.1.2, as we know
 * it; not yet checked against the text of the standard. */
enum { AUTHORS_NAMED = 3 };

static const struct value *creators(const struct citation *citation)
{
	return value_count(citation->authors) > 0 ? citation->authors :
	    citation->units;
}

static struct str finish(struct buf *out, struct arena *arena)
{
	struct str text = str_dup(arena, buf_str(out));

	buf_dispose(out);
	return text;
}

/* On one line: a line break would end a field, or look like it. */
static void append_line(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		buf_append_char(out, (unsigned char)text.ptr[i] < ' ' ? ' ' :
		    text.ptr[i]);
}

struct str citation_gbt7714(const struct citation *citation,
    struct arena *arena)
{
	const struct value *names = creators(citation);
	size_t count = value_count(names);
	struct buf out;

	buf_init(&out);
	for (size_t i = 0; i < count && i < AUTHORS_NAMED; i++) {
		buf_append_cstr(&out, i == 0 ? "" : ", ");
		append_line(&out, names->list.items[i]->text);
	}
	if (count > AUTHORS_NAMED)
		buf_append_format(&out, ", %.*s", STR_ARG(citation->others));
	buf_append_cstr(&out, count > 0 ? ". " : "");
	append_line(&out, citation->title);
	buf_append_format(&out, "[EB/OL]. (%.*s)[%.*s]. %.*s.",
	    STR_ARG(citation->date), STR_ARG(citation->accessed),
	    STR_ARG(citation->url));
	return finish(&out, arena);
}

/* -- BibTeX ---------------------------------------------------------------- */

/* BibTeX counts braces even behind a backslash, so they need names. */
static void append_tex(struct buf *out, struct str text)
{
	static const struct {
		char c;
		const char *tex;
	} escapes[] = { { '\\', "{\\textbackslash}" },
		{ '{', "{\\textbraceleft}" }, { '}', "{\\textbraceright}" },
		{ '~', "{\\textasciitilde}" }, { '^', "{\\textasciicircum}" },
		{ '#', "\\#" }, { '$', "\\$" }, { '%', "\\%" },
		{ '&', "\\&" }, { '_', "\\_" } };
	enum { COUNT = sizeof(escapes) / sizeof(escapes[0]) };

	for (size_t i = 0; i < text.len; i++) {
		size_t e = 0;

		while (e < COUNT && escapes[e].c != text.ptr[i])
			e++;
		if (e < COUNT)
			buf_append_cstr(out, escapes[e].tex);
		else
			append_line(out, str_slice(text, i, i + 1));
	}
}

static void append_field(struct buf *out, const char *name, struct str text)
{
	if (text.len == 0)
		return;
	buf_append_format(out, "  %s = {", name);
	append_tex(out, text);
	buf_append_cstr(out, "},\n");
}

/* Braces keep an organization, or a name with a comma, in one piece. */
static void append_authors(struct buf *out, const struct citation *citation)
{
	const struct value *names = creators(citation);

	if (value_count(names) == 0)
		return;
	buf_append_cstr(out, "  author = {");
	for (size_t i = 0; i < value_count(names); i++) {
		struct str name = names->list.items[i]->text;
		bool is_whole = names == citation->units ||
		    str_find_char(name, ',', 0) != STR_NOT_FOUND ||
		    str_find(name, STR(" and "), 0) != STR_NOT_FOUND;

		buf_append_cstr(out, i == 0 ? "" : " and ");
		buf_append_cstr(out, is_whole ? "{" : "");
		append_tex(out, name);
		buf_append_cstr(out, is_whole ? "}" : "");
	}
	buf_append_cstr(out, "},\n");
}

static struct str joined(const struct value *list, struct arena *arena)
{
	struct buf out;

	buf_init(&out);
	for (size_t i = 0; i < value_count(list); i++) {
		buf_append_cstr(&out, i == 0 ? "" : ", ");
		buf_append(&out, list->list.items[i]->text);
	}
	return finish(&out, arena);
}

struct str citation_bibtex(const struct citation *citation,
    struct arena *arena)
{
	struct buf out;

	buf_init(&out);
	buf_append_cstr(&out, "@misc{");
	for (size_t i = 0; i < citation->id.len; i++)
		buf_append_char(&out, citation->id.ptr[i] == '/' ? ':' :
		    citation->id.ptr[i]);
	buf_append_cstr(&out, ",\n");
	append_authors(&out, citation);
	buf_append_cstr(&out, "  title = {{");
	append_tex(&out, citation->title);
	buf_append_cstr(&out, "}},\n");
	append_field(&out, "year", str_slice(citation->date, 0, 4));
	append_field(&out, "date", citation->date);
	append_field(&out, "organization", citation->publisher);
	append_field(&out, "note", citation->number);
	append_field(&out, "keywords", joined(citation->keywords, arena));
	/* Read as they are, without TeX's escapes. */
	buf_append_format(&out, "  url = {%.*s},\n  urldate = {%.*s},\n}\n",
	    STR_ARG(citation->url), STR_ARG(citation->accessed));
	return finish(&out, arena);
}

/* -- RIS ------------------------------------------------------------------- */

static void append_ris(struct buf *out, const char *tag, struct str text)
{
	if (text.len == 0)
		return;
	buf_append_format(out, "%s  - ", tag);
	append_line(out, text);
	buf_append_char(out, '\n');
}

/* "2026/04/08/" of "2026-04-08". */
static struct str ris_date(struct str iso, struct arena *arena)
{
	return str_format(arena, "%.*s/%.*s/%.*s/",
	    STR_ARG(str_slice(iso, 0, 4)), STR_ARG(str_slice(iso, 5, 7)),
	    STR_ARG(str_slice(iso, 8, 10)));
}

struct str citation_ris(const struct citation *citation, struct arena *arena)
{
	const struct value *names = creators(citation);
	struct buf out;

	buf_init(&out);
	append_ris(&out, "TY", STR("ELEC"));
	for (size_t i = 0; i < value_count(names); i++)
		append_ris(&out, "AU", names->list.items[i]->text);
	append_ris(&out, "TI", citation->title);
	append_ris(&out, "PY", str_slice(citation->date, 0, 4));
	append_ris(&out, "DA", ris_date(citation->date, arena));
	append_ris(&out, "PB", citation->publisher);
	append_ris(&out, "M1", citation->number);
	append_ris(&out, "AB", citation->abstract);
	for (size_t i = 0; i < value_count(citation->keywords); i++)
		append_ris(&out, "KW",
		    citation->keywords->list.items[i]->text);
	append_ris(&out, "UR", citation->url);
	append_ris(&out, "Y2", ris_date(citation->accessed, arena));
	buf_append_cstr(&out, "ER  - \n");
	return finish(&out, arena);
}
