/* SPDX-License-Identifier: MIT */
#include "render/theme.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/path.h"
#include "base/reader.h"
#include "base/value.h"
#include "base/vec.h"
#include "model/frontmatter.h"
#include "render/template.h"

#define SETTINGS STR("theme.yaml")

/* "themes/NAME/REST" of the theme of that number. */
static struct str path_in(const struct theme *theme, size_t number,
    struct str rest)
{
	return str_format(theme->arena, "themes/%.*s/%.*s",
	    STR_ARG(theme->names[number]), STR_ARG(rest));
}

static bool read_in(const struct theme *theme, size_t number, struct str rest,
    struct str *bytes, struct diag_list *diags)
{
	return theme->reader->read(theme->reader->context,
	    path_in(theme, number, rest), theme->arena, bytes, diags);
}

/* -- theme.yaml ------------------------------------------------------------ */

static struct mark mark_of(struct str path, const struct value *value)
{
	return (struct mark){ path, value->line, value->column };
}

static bool is_list_of_text(const struct value *value)
{
	if (value->kind != VALUE_LIST)
		return false;
	for (size_t i = 0; i < value->list.count; i++)
		if (value->list.items[i]->kind != VALUE_TEXT)
			return false;
	return true;
}

/* Whether a theme can say this; null says nothing. */
static bool is_setting(const struct value_field *field)
{
	static const struct str texts[] = { { "name", 4 }, { "version", 7 },
		{ "inherits", 8 } };

	if (str_eq(field->name, STR("styles")))
		return field->value->kind == VALUE_NULL ||
		    is_list_of_text(field->value);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (str_eq(field->name, texts[i]))
			return field->value->kind == VALUE_NULL ||
			    field->value->kind == VALUE_TEXT;
	return false;
}

static void check_settings(const struct theme *theme, size_t number,
    const struct value *settings, struct diag_list *diags)
{
	struct str path = path_in(theme, number, SETTINGS);
	const struct value *name = value_get(settings, STR("name"));

	for (size_t i = 0; i < settings->map.count; i++) {
		const struct value_field *field = &settings->map.fields[i];

		if (!is_setting(field))
			(void)diag_report(diags, ((struct mark){ path,
			    field->line, field->column }), DIAG_THEME_SETTING,
			    field->name);
	}
	if (name != NULL && name->kind == VALUE_TEXT &&
	    !str_eq(name->text, theme->names[number]))
		(void)diag_report(diags, mark_of(path, name), DIAG_THEME_NAME,
		    name->text, theme->names[number]);
}

/* A style sheet that is nowhere would be a broken link on every page. */
static void add_styles(struct theme *theme, const struct value *settings,
    struct str path, struct diag_list *diags)
{
	const struct value *styles = value_get(settings, STR("styles"));
	struct str bytes;

	if (styles == NULL || !is_list_of_text(styles))
		return;
	for (size_t i = 0; i < styles->list.count; i++) {
		struct value *style = styles->list.items[i];

		if (str_ends(style->text, STR(".css")) &&
		    theme_read_static(theme, style->text, &bytes))
			value_append(theme->arena, theme->styles, style);
		else
			(void)diag_report(diags, mark_of(path, style),
			    DIAG_THEME_STYLE, style->text, theme->names[0]);
	}
}

static bool is_in(const struct theme *theme, struct str name)
{
	for (size_t i = 0; i < theme->count; i++)
		if (str_eq(theme->names[i], name))
			return true;
	return false;
}

/* Reads the settings of the next theme, `name`, which is written at `named`. */
static bool open_next(struct theme *theme, struct str name, struct mark named,
    struct value **settings, struct diag_list *diags)
{
	size_t number = theme->count, before = diag_errors(diags);
	struct str bytes;

	if (number == THEME_DEPTH_MAX || is_in(theme, name))
		return diag_report(diags, named, DIAG_THEME_CIRCLE, name,
		    str_format(theme->arena, "%d", THEME_DEPTH_MAX));
	theme->names[number] = name;
	if (!path_is_safe(name) ||
	    !read_in(theme, number, SETTINGS, &bytes, diags))
		return diag_errors(diags) == before &&
		    diag_report(diags, named, DIAG_THEME_UNKNOWN, name);
	theme->count++;
	if (!yaml_parse(theme->arena, path_in(theme, number, SETTINGS), bytes,
	    &FRONTMATTER_LIMITS_DEFAULT, settings, diags))
		return false;
	check_settings(theme, number, *settings, diags);
	return true;
}

struct str theme_of_site(const struct value *settings, struct mark *named)
{
	const struct value *value = value_get(settings, STR("theme"));
	struct str name = value_text_at(settings, STR("theme"));

	if (value != NULL) {
		named->line = value->line;
		named->column = value->column;
	}
	return name.len > 0 ? name : STR("zheli");
}

bool theme_open(struct arena *arena, const struct reader *reader,
    struct str name, struct mark named, struct theme *theme,
    struct diag_list *diags)
{
	struct value *settings[THEME_DEPTH_MAX];
	size_t before = diag_errors(diags);

	*theme = (struct theme){ .arena = arena, .reader = reader,
		.styles = value_list(arena) };
	while (name.len > 0) {
		struct value *next = NULL, *parent;

		if (!open_next(theme, name, named, &next, diags))
			return false;
		settings[theme->count - 1] = next;
		parent = value_get(next, STR("inherits"));
		name = value_text_at(next, STR("inherits"));
		if (name.len > 0)
			named = mark_of(path_in(theme, theme->count - 1,
			    SETTINGS), parent);
	}
	for (size_t i = theme->count; i > 0; i--)
		add_styles(theme, settings[i - 1],
		    path_in(theme, i - 1, SETTINGS), diags);
	return diag_errors(diags) == before;
}

/* -- templates ------------------------------------------------------------- */

bool theme_templates(const struct theme *theme, struct template_set **set,
    struct diag_list *diags)
{
	struct template_folder folders[THEME_DEPTH_MAX];

	for (size_t i = 0; i < theme->count; i++)
		folders[i] = (struct template_folder){ theme->names[i],
			path_in(theme, i, STR("templates")) };
	return template_set_open(theme->arena, theme->reader, folders,
	    theme->count, set, diags);
}

/* -- words ---------------------------------------------------------------- */

/* One file of words, to be put over those of the themes it inherits. */
struct words {
	struct arena *arena;
	struct str path;
	struct diag_list *diags;
};

/* What is null is not said. */
static void put_over(const struct words *words, struct value *below,
    const struct value *above)
{
	for (size_t i = 0; i < above->map.count; i++) {
		const struct value_field *field = &above->map.fields[i];
		struct value *old = value_get(below, field->name);
		bool is_said = old != NULL && old->kind != VALUE_NULL;

		if (field->value->kind == VALUE_NULL)
			continue;
		if (is_said && old->kind != field->value->kind)
			(void)diag_report(words->diags, ((struct mark){
			    words->path, field->line, field->column }),
			    DIAG_THEME_WORD, field->name);
		else if (is_said && old->kind == VALUE_MAP)
			put_over(words, old, field->value);
		else
			value_set(words->arena, below, field->name,
			    field->value);
	}
}

bool theme_words(const struct theme *theme, enum lang lang,
    struct value **words, struct diag_list *diags)
{
	struct str file = str_format(theme->arena, "i18n/%.*s.yaml",
	    STR_ARG(lang_code(lang)));
	size_t before = diag_errors(diags);
	bool found = false;

	*words = value_map(theme->arena);
	for (size_t i = theme->count; i > 0; i--) {
		struct words above = { theme->arena,
			path_in(theme, i - 1, file), diags };
		struct value *said;
		struct str bytes;

		if (!read_in(theme, i - 1, file, &bytes, diags))
			continue;
		found = true;
		if (yaml_parse(theme->arena, above.path, bytes,
		    &FRONTMATTER_LIMITS_DEFAULT, &said, diags))
			put_over(&above, *words, said);
	}
	if (!found && diag_errors(diags) == before)
		return diag_report(diags, ((struct mark){
		    .path = path_in(theme, 0, file) }), DIAG_THEME_MISSING,
		    path_in(theme, 0, file));
	return diag_errors(diags) == before;
}

/* -- static files --------------------------------------------------------- */

bool theme_read_static(const struct theme *theme, struct str name,
    struct str *bytes)
{
	struct str rest = path_join(theme->arena, STR("static"), name);
	struct diag_list ignored;
	bool found = false;

	if (!path_is_safe(rest))
		return false;
	diag_list_init(&ignored, theme->arena);
	for (size_t i = 0; !found && i < theme->count; i++)
		found = read_in(theme, i, rest, bytes, &ignored);
	diag_list_dispose(&ignored);
	return found;
}

static int by_name(const void *a, const void *b)
{
	const struct theme_file *one = a, *other = b;

	return str_cmp(one->name, other->name);
}

bool theme_list_static(const struct theme *theme, struct vec *files,
    struct diag_list *diags)
{
	size_t before = diag_errors(diags);
	struct map seen;
	struct vec paths;

	map_init(&seen, theme->arena);
	vec_init(&paths, sizeof(struct str));
	for (size_t i = 0; i < theme->count; i++) {
		struct str folder = path_in(theme, i, STR("static"));

		paths.count = 0;
		(void)theme->reader->list(theme->reader->context, folder,
		    theme->arena, &paths, diags);
		for (size_t at = 0; at < paths.count; at++) {
			struct str path = *(struct str *)vec_at(&paths, at);
			struct str name = str_slice(path, folder.len + 1,
			    path.len);

			if (map_has(&seen, name))
				continue;
			(void)map_put(&seen, name, files);
			*(struct theme_file *)vec_push(files) =
			    (struct theme_file){ path, name };
		}
	}
	vec_dispose(&paths);
	vec_sort(files, by_name);
	return diag_errors(diags) == before;
}
