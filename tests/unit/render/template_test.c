/* SPDX-License-Identifier: MIT */
/* What the specification leaves open: faults, limits, sets, speed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json.h"
#include "base/reader.h"
#include "base/value.h"
#include "base/vec.h"
#include "render/template.h"

enum { FILES_MAX = 5 };

struct file {
	const char *path, *source;
};

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct buf out;
	const struct file *files;
	struct reader reader;
};

static bool read_file(void *context, struct str path, struct arena *arena,
    struct str *bytes, struct diag_list *diags)
{
	const struct fixture *f = context;

	(void)arena;
	(void)diags;
	for (size_t i = 0; i < FILES_MAX && f->files[i].path != NULL; i++)
		if (str_eq(path, str_from(f->files[i].path))) {
			*bytes = str_from(f->files[i].source);
			return true;
		}
	return false;
}

static bool list_files(void *context, struct str folder, struct arena *arena,
    struct vec *paths, struct diag_list *diags)
{
	const struct fixture *f = context;

	(void)arena;
	(void)diags;
	for (size_t i = 0; i < FILES_MAX && f->files[i].path != NULL; i++)
		if (str_starts(str_from(f->files[i].path), folder))
			*(struct str *)vec_push(paths) =
			    str_from(f->files[i].path);
	return true;
}

static void set_up(struct fixture *f, const struct file *files)
{
	*f = (struct fixture){ .files = files };
	arena_init(&f->arena);
	diag_list_init(&f->diags, &f->arena);
	buf_init(&f->out);
	f->reader = (struct reader){ f, read_file, list_files };
}

static void tear_down(struct fixture *f)
{
	buf_dispose(&f->out);
	diag_list_dispose(&f->diags);
	arena_dispose(&f->arena);
}

static bool open_alone(struct fixture *f, const char *path, struct str source,
    struct template **template)
{
	const struct template_file file = { str_from(path), source };

	return template_open(&f->arena, &f->reader, STR("t"), &file, template,
	    &f->diags);
}

/* All diagnostics as "path:line:column ID; …", sorted. */
static const char *told(struct fixture *f)
{
	struct buf text;
	char *copy;

	diag_sort(&f->diags);
	buf_init(&text);
	for (size_t i = 0; i < f->diags.items.count; i++) {
		const struct diagnostic *d = vec_at(&f->diags.items, i);

		buf_append_format(&text, "%s%.*s:%u:%u %.*s", i ? "; " : "",
		    STR_ARG(d->mark.path), d->mark.line, d->mark.column,
		    STR_ARG(d->id));
	}
	copy = str_cstr(&f->arena, buf_str(&text));
	buf_dispose(&text);
	return copy;
}

static const struct value *data_of(struct fixture *f, const char *json)
{
	struct value *data = NULL;

	assert_true(json_parse(&f->arena, STR("data"), str_from(json), &data,
	    &f->diags));
	return data;
}

static void test_template__tells_faults_with_their_place(void **state)
{
	static const struct {
		struct file files[FILES_MAX];
		const char *told;
	} cases[] = {
		{ { { "t/a.mustache", "x\n  {{#b}}\n" } }, "t/a.mustache:2:3 T0102" },
		{ { { "t/a.mustache", "{{#b}}{{^c}}" } }, "t/a.mustache:1:1 T0102; t/a.mustache:1:7 T0102" },
		{ { { "t/a.mustache", "{{#b}}\n{{#c}}{{/b}}{{/c}}" } }, "t/a.mustache:2:7 T0103; t/a.mustache:2:13 T0104" },
		{ { { "t/a.mustache", "浙江{{/b}}" } }, "t/a.mustache:1:3 T0104" },
		{ { { "t/a.mustache", "a\n{{b" } }, "t/a.mustache:2:1 T0101" },
		{ { { "t/a.mustache", "{{{b}}" } }, "t/a.mustache:1:1 T0101" },
		{ { { "t/a.mustache", "{{#a}}{{! no end }" } }, "t/a.mustache:1:7 T0101" },
		{ { { "t/a.mustache", "{{}}{{ }}{{a b}}{{a..b}}{{a.}}{{..}}" } }, "t/a.mustache:1:1 T0105; t/a.mustache:1:5 T0105; t/a.mustache:1:10 T0105; t/a.mustache:1:17 T0105; t/a.mustache:1:25 T0105; t/a.mustache:1:31 T0105" },
		{ { { "t/a.mustache", "{{#a b}}{{/a b}}{{>}}{{> x y}}{{$}}{{/}}" } }, "t/a.mustache:1:1 T0105; t/a.mustache:1:17 T0105; t/a.mustache:1:22 T0105; t/a.mustache:1:31 T0105" },
		{ { { "t/a.mustache", "{{=a=}}{{=a b c=}}{{= a= b =}}{{==}}" } }, "t/a.mustache:1:1 T0106; t/a.mustache:1:8 T0106; t/a.mustache:1:19 T0106; t/a.mustache:1:31 T0106" },
		{ { { "t/a.mustache", "\n {{>b}} {{<c}}{{/c}}" } }, "t/a.mustache:2:2 T0107; t/a.mustache:2:9 T0107" },
		{ { { "t/a.mustache", "{{>../secret}}" } }, "t/a.mustache:1:1 T0107" },
		{ { { "t/a.mustache", "{{>a}}" } }, "t/a.mustache:1:1 T0108" },
		{ { { "t/a.mustache", "{{>b}}" }, { "t/b.mustache", "{{<a}}{{/a}}" } }, "t/b.mustache:1:1 T0108" },
		{ { { "t/a.mustache", "{{#x}}{{>a}}{{/x}}{{$b}}{{>a}}{{/b}}" } }, "" },
		{ { { "t/a.mustache", "{{<b}}\n{{x}}{{$y}}{{/y}}{{/b}}" }, { "t/b.mustache", "{{$y}}{{/y}}" } }, "t/a.mustache:2:1 T0111" },
		{ { { "t/a.mustache", "{{<b}} {{! fine }} {{$z}}{{/z}}{{/b}}" }, { "t/b.mustache", "{{>c}}" }, { "t/c.mustache", "{{$y}}{{/y}}" } }, "t/a.mustache:1:20 T0112" },
		{ { { "t/a.mustache", "{{<b}}{{$y}}{{/y}}{{/b}}" }, { "t/b.mustache", "{{#x}}{{>c}}{{/x}}" }, { "t/c.mustache", "{{$y}}{{/y}}" } }, "" },
		{ { { "t/a.mustache", "{{<b}}{{$y}}1{{/y}}{{$y}}2{{/y}}{{/b}}" }, { "t/b.mustache", "{{$y}}{{/y}}" } }, "t/a.mustache:1:20 T0113" },
		{ { { "t/a.mustache", "{{#a}}" }, { "t/b.mustache", "{{/b}}" } }, "t/a.mustache:1:1 T0102; t/b.mustache:1:1 T0104" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct template_set *set = NULL;
		struct fixture f;
		bool opened;

		set_up(&f, cases[i].files);
		opened = template_set_open(&f.arena, &f.reader,
	    &(struct template_folder){ .path = STR("t") }, 1, &set,
		    &f.diags);
		assert_string_equal(told(&f), cases[i].told);
		assert_int_equal(opened, diag_errors(&f.diags) == 0);
		assert_int_equal(opened, set != NULL);
		tear_down(&f);
	}
}

static void test_template__opens_folders_by_name(void **state)
{
	static const struct file files[] = {
		{ "t/feed.atom.mustache", "<feed>{{>parts/entry}}</feed>" },
		{ "t/parts/entry.mustache", "<entry/>" },
		{ "t/notes.txt", "{{#not a template" },
		{ NULL, NULL },
	};
	struct template_set *set = NULL;
	struct fixture f;

	(void)state;
	set_up(&f, files);
	assert_true(template_set_open(&f.arena, &f.reader,
	    &(struct template_folder){ .path = STR("t/") }, 1, &set,
	    &f.diags));
	assert_null(template_find(set, STR("notes.txt")));
	assert_non_null(template_find(set, STR("parts/entry")));
	assert_true(template_render(template_find(set, STR("feed.atom")),
	    data_of(&f, "{}"), &f.out, &f.diags));
	assert_string_equal(f.out.ptr, "<feed><entry/></feed>");
	tear_down(&f);
}

static void test_template__alone_ignores_what_it_does_not_include(void **state)
{
	static const struct file files[] = {
		{ "t/a.mustache", "good" },
		{ "t/broken.mustache", "{{#x}}" },
		{ NULL, NULL },
	};
	struct template *template = NULL;
	struct fixture f;

	(void)state;
	set_up(&f, files);
	assert_true(open_alone(&f, "t/main.mustache", STR("{{>a}}"),
	    &template));
	assert_true(template_render(template, data_of(&f, "{}"), &f.out,
	    &f.diags));
	assert_string_equal(f.out.ptr, "good");
	assert_false(open_alone(&f, "t/main.mustache", STR("{{>*a}}"),
	    &template));
	assert_string_equal(told(&f), "t/broken.mustache:1:1 T0102");
	tear_down(&f);
}

static void test_template__warns_of_dynamic_names_without_template(void **state)
{
	static const struct file files[] = { { NULL, NULL } };
	struct template *template = NULL;
	struct fixture f;

	(void)state;
	set_up(&f, files);
	assert_true(open_alone(&f, "m", STR("a\n{{>*kind}}{{>*none}}"),
	    &template));
	assert_true(template_render(template, data_of(&f, "{\"kind\":\"x\"}"),
	    &f.out, &f.diags));
	assert_string_equal(told(&f), "m:2:1 T0114");
	tear_down(&f);
}

/* Output must be as it was when rendering fails. */
static void expect_endless(const char *source, const char *json,
    const char *id)
{
	struct file files[] = { { "t/a.mustache", source }, { NULL, NULL } };
	struct template_set *set = NULL;
	struct fixture f;

	set_up(&f, files);
	assert_true(template_set_open(&f.arena, &f.reader,
	    &(struct template_folder){ .path = STR("t") }, 1, &set,
	    &f.diags));
	buf_append(&f.out, STR("before"));
	assert_false(template_render(template_find(set, STR("a")),
	    data_of(&f, json), &f.out, &f.diags));
	assert_string_equal(f.out.ptr, "before");
	assert_int_equal(f.diags.items.count, 1);
	assert_true(str_eq(((struct diagnostic *)f.diags.items.items)->id,
	    str_from(id)));
	tear_down(&f);
}

static void test_template__ends_what_has_no_end(void **state)
{
	(void)state;
	expect_endless("{{#x}}{{>a}}{{/x}}", "{\"x\":true}", "T0109");
	expect_endless("{{#x}}{{>a}}{{>a}}{{/x}}", "{\"x\":true}", "T0109");
	expect_endless("{{$b}}{{<a}}{{/a}}{{/b}}", "{}", "T0109");
	expect_endless("{{>*me}}", "{\"me\":\"a\"}", "T0109");
}

static double milliseconds(const struct timespec *from)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - from->tv_sec) * 1e3 +
	    (double)(now.tv_nsec - from->tv_nsec) / 1e6;
}

/* Sections nested over lists: the product of their lengths grows past any
 * patience, the number of steps does not. */
static void test_template__gives_up_in_time(void **state)
{
	static const char source[] =
	    "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}"
	    "{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}";
	struct timespec from;

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &from);
	expect_endless(source, "{\"l\":[1,2,3,4,5,6,7,8,9,10]}", "T0110");
	assert_true(milliseconds(&from) < 5000);
}

/* Sources that take long if anything in the compiler is quadratic. */
static void test_template__compiles_any_source_in_time(void **state)
{
	static const char *const parts[] = {
		"{{a}}", "{{", "{{{", "}}", " ", "\n", "{{! c }}", "{{#a}}",
		"{{/a}}", "{{=<% %>=}}", "{{$a}}", "{{<a}}", "{{$a}}{{/a}}",
		"{{#a}}{{/a}}", "{{=}}", "{{a.b.c.d.e.f.g.h}}", "{{{a}", "a.",
	};
	static const struct file files[] = { { NULL, NULL } };
	struct template *template = NULL;
	struct timespec from;
	struct buf source;

	(void)state;
	buf_init(&source);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct fixture f;

		buf_clear(&source);
		while (source.len < 512 * 1024)
			buf_append_cstr(&source, parts[i]);
		set_up(&f, files);
		clock_gettime(CLOCK_MONOTONIC, &from);
		(void)!open_alone(&f, "m", buf_str(&source), &template);
		if (milliseconds(&from) > 3000)
			fail_msg("slow: %s", parts[i]);
		tear_down(&f);
	}
	buf_dispose(&source);
}

static void test_template__refuses_depth_and_size(void **state)
{
	static const struct file files[] = { { NULL, NULL } };
	struct template *template = NULL;
	struct fixture f;
	struct buf source;

	(void)state;
	buf_init(&source);
	set_up(&f, files);
	for (int i = 0; i < 100; i++)
		buf_append(&source, STR("{{#a}}"));
	assert_false(open_alone(&f, "m", buf_str(&source), &template));
	assert_string_equal(told(&f), "m:1:385 T0109");
	while (source.len <= (size_t)TEMPLATE_KIB_MAX * 1024)
		buf_append(&source, STR("large "));
	assert_false(open_alone(&f, "n", buf_str(&source), &template));
	assert_string_equal(told(&f), "m:1:385 T0109; n:0:0 T0115");
	buf_dispose(&source);
	tear_down(&f);
}

/* No text may open a tag, whatever is in it. */
static void test_template__never_lets_text_open_a_tag(void **state)
{
	static const struct file files[] = { { NULL, NULL } };
	struct template *template = NULL;
	struct fixture f;
	uint64_t seed = 88172645463325252;

	(void)state;
	set_up(&f, files);
	assert_true(open_alone(&f, "m", STR(
	    "<p title=\"{{x}}\" class='{{x}}'>{{x}}</p>"), &template));
	for (int round = 0; round < 2000; round++) {
		struct value *data = value_map(&f.arena);
		char *text = arena_alloc(&f.arena, 16);

		for (size_t i = 0; i < 16; i++) {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			text[i] = "<>&\"'{}/= a\n\t\0\xe6"[seed % 15];
		}
		value_set(&f.arena, data, STR("x"),
		    value_text(&f.arena, (struct str){ text, 16 }));
		buf_clear(&f.out);
		assert_true(template_render(template, data, &f.out, &f.diags));
		for (size_t i = 0, left = 0, right = 0; i <= f.out.len; i++) {
			if (i == f.out.len) {
				assert_int_equal(left, 2);
				assert_int_equal(right, 2);
				break;
			}
			left += f.out.ptr[i] == '<';
			right += f.out.ptr[i] == '>';
		}
	}
	tear_down(&f);
}

/* A map as wide as the wording of a theme, under which every name is found. */
static void append_wide_map(struct buf *json, const char *prefix)
{
	buf_append_char(json, '{');
	for (int i = 0; i < 60; i++)
		buf_append_format(json, "%s\"%s_label_%d\":\"文字 %d\"",
		    i ? "," : "", prefix, i, i);
	buf_append_char(json, '}');
}

/* A page like those of a site: 40 kB, some 400 tags, half of them wording. */
static void test_template__renders_a_page_fast(void **state)
{
	static const struct file files[] = { { NULL, NULL } };
	struct template *template = NULL;
	const struct value *data;
	struct timespec from;
	struct fixture f;
	struct buf json, source;
	double each;

	(void)state;
	set_up(&f, files);
	buf_init(&json);
	buf_init(&source);
	buf_append(&json, STR("{\"site\":{\"title\":\"浙里好成果\"},"
	    "\"root\":\"../\",\"t\":{\"nav\":"));
	append_wide_map(&json, "nav");
	buf_append(&json, STR(",\"card\":"));
	append_wide_map(&json, "card");
	buf_append(&json, STR("},\"page\":{\"url\":"
	    "\"https://example.com/a?b&c\"},\"items\":["));
	for (int i = 0; i < 40; i++)
		buf_append_format(&json,
		    "%s{\"id\":\"demo/%d\",\"href\":\"achievements/demo/%d/\",\"title\":\"面向“高性能”计算的<硅光>芯片 %d\",\"summary\":\"这是一段说明文字，大约有一百多个汉字，用来测试转义和复制的速度。这是一段说明文字，大约有一百多个汉字，用来测试转义和复制的速度。\",\"category\":{\"code\":\"a\",\"label\":\"基础研究\"},\"first\":false,\"last\":false,\"index\":%d}",
		    i ? "," : "", i, i, i, i);
	buf_append(&json, STR("]}"));
	for (int i = 0; i < 100; i++)
		buf_append_format(&source,
		    "<li class=\"menu-entry\"><a href=\"{{root}}x\">{{t.nav.nav_label_%d}}</a><span>一些固定的文字，占去一些地方，让页面有四十千字节那么大。</span></li>\n", i % 60);
	buf_append(&source, STR(
	    "{{#items}}<article><h3><a href=\"{{root}}{{href}}\">{{title}}</a></h3><p>{{summary}}</p><small>{{t.card.card_label_7}} {{category.label}}{{#last}}!{{/last}}</small></article>\n{{/items}}"));
	assert_true(open_alone(&f, "m", buf_str(&source), &template));
	data = data_of(&f, json.ptr);
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; i < 1000; i++) {
		buf_clear(&f.out);
		assert_true(template_render(template, data, &f.out, &f.diags));
	}
	each = milliseconds(&from);
	print_message("# %zu bytes, 480 tags: %.1f us a page\n", f.out.len,
	    each);
	/* Ten times what it takes on the slowest machine it was measured on. */
	assert_true(each < 3000);
	buf_dispose(&json);
	buf_dispose(&source);
	tear_down(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_template__tells_faults_with_their_place),
		cmocka_unit_test(test_template__opens_folders_by_name),
		cmocka_unit_test(
		    test_template__alone_ignores_what_it_does_not_include),
		cmocka_unit_test(
		    test_template__warns_of_dynamic_names_without_template),
		cmocka_unit_test(test_template__ends_what_has_no_end),
		cmocka_unit_test(test_template__gives_up_in_time),
		cmocka_unit_test(test_template__compiles_any_source_in_time),
		cmocka_unit_test(test_template__refuses_depth_and_size),
		cmocka_unit_test(test_template__never_lets_text_open_a_tag),
		cmocka_unit_test(test_template__renders_a_page_fast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
