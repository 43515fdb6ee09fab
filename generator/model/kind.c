/* SPDX-License-Identifier: MIT */
#include "model/kind.h"

#include "base/diag.h"
#include "base/path.h"

#include <assert.h>

enum { SLUG_MOST = 64, PATH_MOST = 6 };

#define S(literal) { literal, sizeof(literal) - 1 }

static const struct kind_info kinds[KIND_COUNT] = {
	[KIND_SITE] = {
		S("site"), S("content/"), { S("站点"), S("site") }, 1, ID_SITE,
		{ S("content/site.yaml"), S("content/site.yaml") }, S("site"),
	},
	[KIND_UNIT] = {
		S("unit"), S("content/units/"), { S("单位"), S("unit") }, 1,
		ID_SLUG,
		{ S("content/units/<短名>.md"), S("content/units/<slug>.md") },
		S("demo-lab-xinghe"),
	},
	[KIND_ACHIEVEMENT] = {
		S("achievement"), S("content/achievements/"),
		{ S("成果"), S("achievement") }, 2, ID_UNIT_SLUG,
		{ S("content/achievements/<单位>/<短名>.md"),
		  S("content/achievements/<unit>/<slug>.md") },
		S("demo-lab-xinghe/photonic-chip"),
	},
	[KIND_DOSSIER] = {
		S("dossier"), S("content/dossiers/"),
		{ S("档案"), S("dossier") }, 2, ID_UNIT_SLUG,
		{ S("content/dossiers/<单位>/<短名>.md"),
		  S("content/dossiers/<unit>/<slug>.md") },
		S("demo-lab-xinghe/photonic-chip"),
	},
	[KIND_BULLETIN] = {
		S("bulletin"), S("content/bulletins/"),
		{ S("月报"), S("bulletin") }, 1, ID_MONTH,
		{ S("content/bulletins/<年-月>.md"),
		  S("content/bulletins/<year-month>.md") },
		S("2026-06"),
	},
	[KIND_RELEASE] = {
		S("release"), S("content/releases/"),
		{ S("发布"), S("release") }, 1, ID_RELEASE,
		{ S("content/releases/<年-季度或日期-短名>.md"),
		  S("content/releases/<year-quarter or date-slug>.md") },
		S("2026-q2"),
	},
	[KIND_RANKING] = {
		S("ranking"), S("content/rankings/"),
		{ S("榜单"), S("ranking") }, 1, ID_YEAR,
		{ S("content/rankings/<年>.md"),
		  S("content/rankings/<year>.md") },
		S("2026"),
	},
	[KIND_PROJECT] = {
		S("project"), S("content/projects/"),
		{ S("项目"), S("project") }, 1, ID_SLUG,
		{ S("content/projects/<短名>.md"),
		  S("content/projects/<slug>.md") },
		S("demo-photonics-2025"),
	},
	[KIND_PAGE] = {
		S("page"), S("content/pages/"), { S("页面"), S("page") }, 0,
		ID_PATH,
		{ S("content/pages/<短名>/….md"),
		  S("content/pages/<slug>/….md") },
		S("guide/units"),
	},
	[KIND_EXPERT] = {
		S("expert"), S("experts/"), { S("专家"), S("expert") }, 1,
		ID_SLUG,
		{ S("experts/<短名>.md"), S("experts/<slug>.md") },
		S("demo-expert-an"), true,
	},
	[KIND_CREDIT] = {
		S("credit"), S("credit/"), { S("信誉"), S("credit") }, 1,
		ID_SLUG,
		{ S("credit/<专家短名>.md"), S("credit/<expert>.md") },
		S("demo-expert-an"), true,
	},
	[KIND_PANEL] = {
		S("panel"), S("panels/"), { S("专家组"), S("panel") }, 1,
		ID_SLUG,
		{ S("panels/<短名>.md"), S("panels/<slug>.md") },
		S("demo-chip-evaluation"), true,
	},
	[KIND_SANCTION] = {
		S("sanction"), S("sanctions/"), { S("处理"), S("sanction") },
		1, ID_SLUG,
		{ S("sanctions/<短名>.md"), S("sanctions/<slug>.md") },
		S("demo-suspension"), true,
	},
};

/* What an id of each form is, in words. */
static const struct str forms[][LANG_COUNT] = {
	[ID_SITE] = { S("site"), S("'site' is") },
	[ID_SLUG] = { S("短名"), S("a slug is needed") },
	[ID_UNIT_SLUG] = { S("单位短名/成果短名"), S("unit/slug is needed") },
	[ID_MONTH] = { S("年-月"), S("a year and month is needed") },
	[ID_YEAR] = { S("四位数的年份"), S("a year of four digits is needed") },
	[ID_RELEASE] = { S("年-季度或日期-短名"),
		S("a year and quarter, or a date and slug, is needed") },
	[ID_PATH] = { S("一至六层短名"), S("one to six slugs are needed") },
};

const struct kind_info *kind_info(enum kind kind)
{
	assert(kind < KIND_COUNT);
	return &kinds[kind];
}

bool kind_find(struct str name, enum kind *kind)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (str_eq(kinds[i].name, name)) {
			*kind = (enum kind)i;
			return true;
		}
	}
	return false;
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Lower-case words joined by single hyphens, the first letter no digit. */
static bool is_slug(struct str s)
{
	if (s.len == 0 || s.len > SLUG_MOST || !is_lower(s.ptr[0]))
		return false;
	for (size_t i = 1; i < s.len; i++) {
		bool is_hyphen = s.ptr[i] == '-';

		if (!is_hyphen && !is_lower(s.ptr[i]) && !is_digit(s.ptr[i]))
			return false;
		if (is_hyphen && (s.ptr[i - 1] == '-' || i + 1 == s.len))
			return false;
	}
	return true;
}

/* Whether `s` has a digit for each '0' of `form` and otherwise its letters. */
static bool has_form(struct str s, struct str form)
{
	if (s.len != form.len)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (form.ptr[i] == '0' ? !is_digit(s.ptr[i]) :
		    s.ptr[i] != form.ptr[i])
			return false;
	return true;
}

/* Two digits at `at` of a number of `least` to `most`. */
static bool is_between(struct str s, size_t at, int least, int most)
{
	int number = (s.ptr[at] - '0') * 10 + s.ptr[at + 1] - '0';

	return number >= least && number <= most;
}

static bool is_year(struct str s)
{
	return has_form(s, STR("0000")) && is_between(s, 0, 19, 20);
}

static bool is_month(struct str s)
{
	return has_form(s, STR("0000-00")) && is_year(str_slice(s, 0, 4)) &&
	    is_between(s, 5, 1, 12);
}

static bool is_release(struct str s)
{
	if (s.len == 7)
		return has_form(s, STR("0000-q0")) &&
		    is_year(str_slice(s, 0, 4)) && s.ptr[6] >= '1' &&
		    s.ptr[6] <= '4';
	return s.len > 11 &&
	    has_form(str_slice(s, 0, 11), STR("0000-00-00-")) &&
	    is_month(str_slice(s, 0, 7)) && is_between(s, 8, 1, 31) &&
	    is_slug(str_slice(s, 11, s.len));
}

/* Slugs joined by '/'; `depth` of them, or one to PATH_MOST if that is 0. */
static bool is_slug_path(struct str s, size_t depth)
{
	size_t count = 0;

	do {
		if (!is_slug(str_cut(&s, '/')))
			return false;
		count++;
	} while (s.ptr != NULL);
	return depth == 0 ? count <= PATH_MOST : count == depth;
}

bool kind_id_is_valid(enum kind kind, struct str id)
{
	switch (kind_info(kind)->form) {
	case ID_SITE:
		return str_eq(id, STR("site"));
	case ID_SLUG:
	case ID_UNIT_SLUG:
	case ID_PATH:
		return id.len > 0 && is_slug_path(id, kinds[kind].depth);
	case ID_MONTH:
		return is_month(id);
	case ID_YEAR:
		return is_year(id);
	case ID_RELEASE:
		return is_release(id);
	}
	return false;
}

struct str record_path(struct arena *arena, enum kind kind, struct str id)
{
	if (kind == KIND_SITE)
		return STR("content/site.yaml");
	return str_format(arena, "%.*s%.*s.md",
	    STR_ARG(kind_info(kind)->folder), STR_ARG(id));
}

struct str record_unit(enum kind kind, struct str id)
{
	if (kind_info(kind)->form != ID_UNIT_SLUG)
		return STR_NONE;
	return str_cut(&id, '/');
}

static size_t count_parts(struct str path)
{
	size_t count = 1;

	for (size_t i = 0; i < path.len; i++)
		count += path.ptr[i] == '/';
	return count;
}

/* The kind whose folder `path` is in; KIND_COUNT for none. */
static enum kind kind_of_folder(struct str path, bool is_private)
{
	for (size_t i = KIND_SITE + 1; i < KIND_COUNT; i++)
		if (kinds[i].is_private == is_private &&
		    str_starts(path, kinds[i].folder))
			return (enum kind)i;
	return KIND_COUNT;
}

/* "unit/slug/image.png": below the folder of a possible achievement. */
static bool is_attachment(enum kind kind, struct str below, struct str *id)
{
	struct str unit, slug, rest = below;

	if (kind != KIND_ACHIEVEMENT || count_parts(below) < 3 ||
	    str_ends(below, STR(".md")))
		return false;
	unit = str_cut(&rest, '/');
	slug = str_cut(&rest, '/');
	*id = str_slice(below, 0, unit.len + 1 + slug.len);
	return is_slug(unit) && is_slug(slug);
}

static bool report_depth(const struct kind_info *info, struct mark mark,
    struct diag_list *diags)
{
	struct arena *arena = diags->arena;
	struct str en = str_format(arena, "%.*s is its form",
	    STR_ARG(info->place[LANG_EN]));
	struct str example = str_format(arena, "%.*s%.*s.md",
	    STR_ARG(info->folder), STR_ARG(info->example));

	return diag_report(diags, mark, DIAG_PATH_DEPTH, en,
	    info->place[LANG_ZH], example);
}

/* `below` is the path from the folder of the kind on. */
static bool find_id(enum kind kind, struct str below, struct mark mark,
    struct str *id, struct diag_list *diags)
{
	const struct kind_info *info = &kinds[kind];
	size_t parts = count_parts(below);

	if (!str_ends(below, STR(".md")))
		return diag_report(diags, mark, DIAG_PATH_NOT_MARKDOWN);
	if (info->depth == 0 ? parts > PATH_MOST : parts != info->depth)
		return report_depth(info, mark, diags);
	below.len -= 3;
	if (!kind_id_is_valid(kind, below))
		return diag_report(diags, mark, DIAG_PATH_BAD_ID, below,
		    forms[info->form][LANG_EN], forms[info->form][LANG_ZH],
		    info->example);
	*id = below;
	return true;
}

/* Files that systems and git leave behind; a hidden record is a mistake. */
static bool is_hidden(struct str path)
{
	struct str name = path_name(path);

	return name.len > 0 && name.ptr[0] == '.' &&
	    !str_ends(name, STR(".md"));
}

bool kind_of_path(struct str path, struct content_path *what,
    struct diag_list *diags)
{
	struct mark mark = { .path = path };
	struct content_path found = { .role = PATH_FOREIGN };
	struct str below;

	if (!path_is_safe(path))
		return diag_report(diags, mark, DIAG_PATH_UNSAFE, path);
	if (!str_starts(path, STR("content/")) || is_hidden(path)) {
		*what = found;
		return true;
	}
	if (str_eq(path, STR("content/site.yaml"))) {
		*what = (struct content_path){ PATH_RECORD, KIND_SITE,
			STR("site") };
		return true;
	}
	found.kind = kind_of_folder(path, false);
	if (found.kind == KIND_COUNT)
		return diag_report(diags, mark, DIAG_PATH_NO_KIND);
	below = str_slice(path, kinds[found.kind].folder.len, path.len);
	found.role = PATH_ATTACHMENT;
	if (!is_attachment(found.kind, below, &found.id)) {
		found.role = PATH_RECORD;
		if (!find_id(found.kind, below, mark, &found.id, diags))
			return false;
	}
	*what = found;
	return true;
}

bool kind_of_private_path(struct str path, struct content_path *what,
    struct diag_list *diags)
{
	struct mark mark = { .path = path };
	struct content_path found = { .role = PATH_FOREIGN };

	if (!path_is_safe(path))
		return diag_report(diags, mark, DIAG_PATH_UNSAFE, path);
	found.kind = kind_of_folder(path, true);
	if (found.kind == KIND_COUNT && count_parts(path) > 1 &&
	    str_ends(path, STR(".md")))
		return diag_report(diags, mark, DIAG_PATH_NO_PRIVATE_KIND);
	if (found.kind != KIND_COUNT && !is_hidden(path)) {
		found.role = PATH_RECORD;
		if (!find_id(found.kind, str_slice(path,
		    kinds[found.kind].folder.len, path.len), mark, &found.id,
		    diags))
			return false;
	}
	*what = found;
	return true;
}
