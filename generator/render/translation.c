/* SPDX-License-Identifier: MIT */
#include "render/translation.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/value.h"

static const struct str names[] = { { "title", 5 }, { "summary", 7 },
	{ "name", 4 }, { "units_text", 10 } };
enum { NAME_COUNT = sizeof(names) / sizeof(names[0]) };

static void choose(struct arena *arena, struct value *map, struct str name)
{
	struct str english = value_text_at(map,
	    str_join(arena, name, STR("_en")));
	struct str original = str_join(arena, name, STR("_zh"));
	struct value *value = value_get(map, name);

	/* Null says that there is none, else an outer one would be found. */
	if (value == NULL || value_get(map, original) != NULL)
		return;
	if (english.len == 0) {
		value_add(arena, map, original, value_null(arena));
		return;
	}
	value_add(arena, map, original, value);
	value_set(arena, map, name, value_text(arena, english));
}

void translation_choose(struct arena *arena, struct value *map)
{
	for (size_t i = 0; i < NAME_COUNT; i++)
		choose(arena, map, names[i]);
	for (size_t i = 0; i < map->map.count; i++)
		if (map->map.fields[i].value->kind == VALUE_MAP)
			translation_choose(arena, map->map.fields[i].value);
}

void translation_restore(struct arena *arena, struct value *map)
{
	for (size_t i = 0; i < NAME_COUNT; i++) {
		struct value *original = value_get(map,
		    str_join(arena, names[i], STR("_zh")));

		if (original != NULL && original->kind != VALUE_NULL)
			value_set(arena, map, names[i], original);
	}
	for (size_t i = 0; i < map->map.count; i++)
		if (map->map.fields[i].value->kind == VALUE_MAP)
			translation_restore(arena, map->map.fields[i].value);
}

/* How many Chinese characters, and how many words of other letters. */
static void count_words(struct str html, size_t *chinese, size_t *words)
{
	bool in_tag = false, in_word = false;
	size_t size;

	*chinese = *words = 0;
	for (size_t at = 0; at < html.len; at += size) {
		uint32_t c = utf8_decode(html, at, &size);
		bool is_letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

		in_tag = in_tag ? c != '>' : c == '<';
		*chinese += !in_tag && utf8_is_cjk(c);
		*words += !in_tag && is_letter && !in_word;
		in_word = is_letter;
	}
}

struct str translation_foreign(struct str html, enum lang lang)
{
	size_t chinese, words;
	bool is_chinese;

	count_words(html, &chinese, &words);
	/* A Chinese word has about two characters. */
	is_chinese = chinese / 2 >= words;
	if (chinese + words == 0 || is_chinese == (lang == LANG_ZH))
		return STR_NONE;
	return is_chinese ? STR("zh-CN") : STR("en");
}

struct str translation_home(struct arena *arena, struct str id,
    struct str folder)
{
	struct str rest = id, first = str_cut(&rest, '/');
	struct str name = str_slice(folder, 0, folder.len - 1);

	if (folder.len == 0)
		return id;
	if (str_eq(rest, name))
		return first;
	return !str_starts(rest, folder) ? id : str_format(arena,
	    "%.*s/%.*s", STR_ARG(first), STR_ARG(str_slice(rest, folder.len,
		rest.len)));
}
