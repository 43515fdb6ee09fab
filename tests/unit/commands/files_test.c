/* SPDX-License-Identifier: MIT */
/* Files of a site as the preview server answers for them, on a real folder. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "commands/serve/files.h"

struct site {
	char folder[64];
	struct arena arena;
	struct files_answer answer;
};

static void put(const struct site *site, const char *name, const char *text)
{
	char path[128];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", site->folder, name);
	file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void set_up(struct site *site)
{
	char path[128];

	*site = (struct site){ .folder = "/tmp/zheli-files-test-XXXXXX" };
	site->answer.descriptor = -1;
	buf_init(&site->answer.body);
	assert_non_null(mkdtemp(site->folder));
	arena_init(&site->arena);
	(void)snprintf(path, sizeof(path), "%s/sub", site->folder);
	assert_int_equal(mkdir(path, 0755), 0);
	put(site, "index.html", "<p>home");
	put(site, "404.html", "<p>missing");
	put(site, "data.json", "0123456789");
	put(site, "sub/index.html", "<p>sub");
	(void)snprintf(path, sizeof(path), "%s/leak.txt", site->folder);
	assert_int_equal(symlink("/etc/hostname", path), 0);
	(void)snprintf(path, sizeof(path), "%s/out", site->folder);
	assert_int_equal(symlink("/etc", path), 0);
	(void)snprintf(path, sizeof(path), "%s/pipe", site->folder);
	assert_int_equal(mkfifo(path, 0644), 0);
}

static void tear_down(struct site *site)
{
	static const char *const names[] = { "index.html", "404.html",
		"data.json", "sub/index.html", "leak.txt", "out", "pipe" };
	char path[128];

	files_dispose(&site->answer);
	arena_dispose(&site->arena);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", site->folder,
		    names[i]);
		(void)unlink(path);
	}
	(void)snprintf(path, sizeof(path), "%s/sub", site->folder);
	(void)rmdir(path);
	assert_int_equal(rmdir(site->folder), 0);
}

/* The answer for a path; fields of the request that are not set are empty. */
static const struct files_answer *ask(struct site *site,
    struct files_request request)
{
	files_dispose(&site->answer);
	request.folder = str_from(site->folder);
	if (request.mount.len == 0)
		request.mount = STR("/");
	files_answer(&request, &site->arena, &site->answer);
	return &site->answer;
}

#define ASK(site, ...) ask(site, (struct files_request){ __VA_ARGS__ })

static void test_files__finds_files_and_folders(void **state)
{
	struct site site;

	(void)state;
	set_up(&site);
	assert_int_equal(ASK(&site, .path = STR("data.json"))->status, 200);
	assert_int_equal(site.answer.length, 10);
	assert_int_equal(ASK(&site, .path = STR(""))->status, 200);
	assert_int_equal(ASK(&site, .path = STR("sub/"))->status, 200);
	assert_int_equal(ASK(&site, .path = STR("sub"))->status, 301);
	assert_true(str_eq(site.answer.location, STR("/sub/")));
	assert_int_equal(ASK(&site, .path = STR("sub"),
	    .mount = STR("/-/internal/"))->status, 301);
	assert_true(str_eq(site.answer.location, STR("/-/internal/sub/")));
	assert_int_equal(ASK(&site, .path = STR("none"))->status, 404);
	assert_string_equal(site.answer.body.ptr, "<p>missing");
	tear_down(&site);
}

static void test_files__follows_no_link_out(void **state)
{
	struct site site;

	(void)state;
	set_up(&site);
	assert_int_equal(ASK(&site, .path = STR("leak.txt"))->status, 404);
	assert_int_equal(ASK(&site, .path = STR("out/hostname"))->status, 404);
	assert_int_equal(ASK(&site, .path = STR("out"))->status, 404);
	assert_int_equal(ASK(&site, .path = STR("pipe"))->status, 404);
	assert_int_equal(ASK(&site, .path = STR("data.json/x"))->status, 404);
	assert_int_equal(ASK(&site, .path = STR("data.json/"))->status, 404);
	tear_down(&site);
}

static void test_files__sends_parts(void **state)
{
	struct site site;
	char bytes[4] = "";

	(void)state;
	set_up(&site);
	assert_int_equal(ASK(&site, .path = STR("data.json"),
	    .range = STR("bytes=2-4"))->status, 206);
	assert_int_equal(site.answer.first, 2);
	assert_int_equal(site.answer.length, 3);
	assert_int_equal(site.answer.size, 10);
	assert_int_equal(pread(site.answer.descriptor, bytes, 3,
	    (off_t)site.answer.first), 3);
	assert_string_equal(bytes, "234");
	assert_int_equal(ASK(&site, .path = STR("data.json"),
	    .range = STR("bytes=10-"))->status, 416);
	assert_int_equal(ASK(&site, .path = STR("data.json"),
	    .range = STR("bytes=2-4"), .if_range = STR("\"old\""))->status,
	    200);
	tear_down(&site);
}

static void test_files__says_when_nothing_changed(void **state)
{
	char tag[FILES_ETAG_SIZE];
	struct site site;

	(void)state;
	set_up(&site);
	(void)ASK(&site, .path = STR("data.json"));
	memcpy(tag, site.answer.etag, sizeof(tag));
	assert_int_equal(ASK(&site, .path = STR("data.json"),
	    .if_none_match = str_from(tag))->status, 304);
	assert_int_equal(ASK(&site, .path = STR("data.json"),
	    .if_none_match = STR("\"other\""),
	    .if_modified_since = STR("Fri, 01 Jan 2100 00:00:00 GMT"))->status,
	    200);
	assert_int_equal(ASK(&site, .path = STR("data.json"),
	    .if_modified_since = STR("Fri, 01 Jan 2100 00:00:00 GMT"))->status,
	    304);
	put(&site, "data.json", "9876543210!");
	assert_int_equal(ASK(&site, .path = STR("data.json"),
	    .if_none_match = str_from(tag))->status, 200);
	tear_down(&site);
}

static void test_files__appends_to_pages_only(void **state)
{
	char tag[FILES_ETAG_SIZE];
	struct site site;

	(void)state;
	set_up(&site);
	(void)ASK(&site, .path = STR("sub/"), .append = STR("<script>"),
	    .generation = 1);
	assert_string_equal(site.answer.body.ptr, "<p>sub<script>");
	assert_int_equal(site.answer.length, 14);
	memcpy(tag, site.answer.etag, sizeof(tag));
	/* The next build's page is another one, even if the file is not. */
	assert_int_equal(ASK(&site, .path = STR("sub/"),
	    .append = STR("<script>"), .generation = 2,
	    .if_none_match = str_from(tag))->status, 200);
	assert_int_equal(ASK(&site, .path = STR("sub/"),
	    .append = STR("<script>"), .generation = 1,
	    .if_none_match = str_from(tag))->status, 304);
	assert_int_equal(ASK(&site, .path = STR("data.json"),
	    .append = STR("<script>"))->length, 10);
	tear_down(&site);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files__finds_files_and_folders),
		cmocka_unit_test(test_files__follows_no_link_out),
		cmocka_unit_test(test_files__sends_parts),
		cmocka_unit_test(test_files__says_when_nothing_changed),
		cmocka_unit_test(test_files__appends_to_pages_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
