/* SPDX-License-Identifier: MIT */
/*
 * Any text as a template with partials that include it and each other: it is
 * refused with a diagnostic, or renders, twice the same.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json.h"
#include "base/reader.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "render/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LITERAL(text) { text, sizeof(text) - 1 }
static const struct {
	struct str path, source;
} files[] = {
	{ LITERAL("p.mustache"), LITERAL("<{{x}}>\n{{#l}}{{.}}{{/l}}\n") },
	{ LITERAL("q.mustache"),
	  LITERAL("[\n  {{$a}}\n  d\n  {{/a}}\n{{$b}}{{/b}}]") },
	{ LITERAL("r.mustache"), LITERAL("{{<q}}{{$b}}{{>p}}{{/b}}{{/q}}") },
	{ LITERAL("s.mustache"), LITERAL("{{#m}}{{#k}}{{>s}}{{/k}}{{/m}}") },
};
enum { FILES = sizeof(files) / sizeof(files[0]) };

static bool read_file(void *context, struct str path, struct arena *arena,
    struct str *bytes, struct diag_list *diags)
{
	(void)context;
	(void)arena;
	(void)diags;
	for (size_t i = 0; i < FILES; i++)
		if (str_eq(path, files[i].path)) {
			*bytes = files[i].source;
			return true;
		}
	return false;
}

static bool list_files(void *context, struct str folder, struct arena *arena,
    struct vec *paths, struct diag_list *diags)
{
	(void)context;
	(void)folder;
	(void)arena;
	(void)diags;
	for (size_t i = 0; i < FILES; i++)
		*(struct str *)vec_push(paths) = files[i].path;
	return true;
}

static void check_rendering(struct arena *arena, struct template *template,
    struct diag_list *diags)
{
	const struct str json = STR(
	    "{\"x\":\"<&>\\n\",\"l\":[1,[2,\"\"],{\"y\":null}],\"e\":[],"
	    "\"m\":{\"k\":{\"k\":true}},\"t\":true,\"f\":false,\"n\":\"p\"}");
	struct buf once, twice;
	struct value *data = NULL;
	bool first, second;

	buf_init(&once);
	buf_init(&twice);
	if (!json_parse(arena, STR("d"), json, &data, diags))
		assert(!"the data is good");
	first = template_render(template, data, &once, diags);
	second = template_render(template, data, &twice, diags);
	assert(first == second);
	assert(str_eq(buf_str(&once), buf_str(&twice)));
	assert(first || once.len == 0);
	buf_dispose(&twice);
	buf_dispose(&once);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader reader = { NULL, read_file, list_files };
	const struct template_file file = { STR("main"),
		{ (const char *)data, size } };
	struct template *template = NULL;
	struct diag_list diags;
	struct arena arena;
	bool good;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	good = template_open(&arena, &reader, STR_NONE, &file, &template,
	    &diags);
	assert(good == (diag_errors(&diags) == 0));
	if (good)
		check_rendering(&arena, template, &diags);
	diag_list_dispose(&diags);
	arena_dispose(&arena);
	return 0;
}
