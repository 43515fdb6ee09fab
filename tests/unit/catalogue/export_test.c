/* SPDX-License-Identifier: MIT */
/* A file that is left unpacked, gone on with, and packed again. */
#include "catalogue/export.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/file.h"
#include "catalogue/answer.h"

#include "desk.h"

#define NOTE "what is left\n"
#define AS_OF "2026-06-30"

static const struct str params[2];

static struct str path_of(struct desk *desk)
{
	return str_from(in(desk, "out"));
}

static const char *loose_of(struct desk *desk)
{
	return catalogue_export_loose(&desk->f.arena, path_of(desk)).ptr;
}

static struct str read_all(struct desk *desk, const char *path)
{
	struct str bytes;

	assert_true(file_read(&desk->f.arena, str_from(path), &bytes,
	    &desk->f.diags));
	return bytes;
}

static void write_all(const char *path, struct str bytes)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_int_equal(write(file, bytes.ptr, bytes.len), bytes.len);
	assert_int_equal(close(file), 0);
}

static void run(struct catalogue_export *export, const char *sql,
    const char *param)
{
	catalogue_export_run(export, str_from(sql), str_from(param));
}

static struct catalogue_export *begin(struct desk *desk, bool goes_on)
{
	return catalogue_export_begin(&desk->f.arena, desk->catalogue,
	    path_of(desk), goes_on);
}

/* The packed file of an export that is ended with a note. */
static struct str end(struct desk *desk, struct catalogue_export *export,
    const char *note)
{
	struct str bytes;

	assert_true(catalogue_export_end(export, str_from(note),
	    &desk->f.diags));
	bytes = read_all(desk, path_of(desk).ptr);
	assert_int_equal(unlink(path_of(desk).ptr), 0);
	return bytes;
}

/* Codes of two lists, and rows of another table. */
static struct catalogue_export *fill(struct desk *desk, size_t count)
{
	struct catalogue_export *export = begin(desk, false);
	uint64_t answer;

	run(export, "CREATE TABLE data.code (list TEXT, code TEXT, position "
	    "INTEGER, zh TEXT, en TEXT, source TEXT, status TEXT, "
	    "PRIMARY KEY (list, code)) WITHOUT ROWID", "");
	assert_true(catalogue_export_rows(export, STR("code"),
	    QUERY_data_codes, params, &answer) > 10);
	run(export, "CREATE INDEX data.by_zh ON code (zh)", "");
	run(export, "CREATE TABLE data.row (name TEXT PRIMARY KEY) "
	    "WITHOUT ROWID", "");
	for (size_t i = 0; i < count; i++) {
		const struct str cells[] = { str_format(&desk->f.arena,
		    "%zu", i * 7919 % 5000) };

		catalogue_export_row(export, STR("row"), cells, 1);
	}
	return export;
}

/* What is packed of codes and `count` rows. */
static struct str pack(struct desk *desk, size_t count, const char *note)
{
	return end(desk, fill(desk, count), note);
}

static bool recall(struct desk *desk, struct str *note)
{
	return catalogue_export_recall(&desk->f.arena, path_of(desk), note);
}

static void test_what_is_gone_on_with__packs_as_if_made_anew(void **state)
{
	struct desk desk;
	struct catalogue_export *export;
	struct str wanted, note;
	uint64_t answer;
	size_t rows_put;

	(void)state;
	desk_init(&desk, AS_OF);
	wanted = pack(&desk, 900, "");
	assert_int_equal(access(loose_of(&desk), F_OK), -1);
	(void)pack(&desk, 2000, NOTE);
	assert_true(recall(&desk, &note));
	assert_true(str_eq(note, STR(NOTE)));
	export = begin(&desk, true);
	run(export, "DELETE FROM data.code", "");
	run(export, "DELETE FROM data.row", "");
	for (size_t i = 900; i-- > 0;) {
		const struct str cells[] = { str_format(&desk.f.arena, "%zu",
		    i * 7919 % 5000) };

		catalogue_export_row(export, STR("row"), cells, 1);
	}
	rows_put = catalogue_export_rows(export, STR("code"),
	    QUERY_data_codes, params, &answer);
	assert_true(rows_put > 10 && answer != 0);
	assert_true(str_eq(end(&desk, export, ""), wanted));
	desk_dispose(&desk);
}

static void test_a_parameter__is_bound(void **state)
{
	struct desk desk;
	struct catalogue_export *export;
	struct str note, wanted;

	(void)state;
	desk_init(&desk, AS_OF);
	wanted = pack(&desk, 1, "");
	(void)pack(&desk, 2, NOTE);
	assert_true(recall(&desk, &note));
	export = begin(&desk, true);
	run(export, "DELETE FROM data.row WHERE name = ?1", "2919");
	assert_true(str_eq(end(&desk, export, ""), wanted));
	desk_dispose(&desk);
}

/* Every bit counts, and what stands behind the end. */
static void test_what_is_damaged__is_not_gone_on_with(void **state)
{
	struct desk desk;
	struct str left, note;
	char *bytes;

	(void)state;
	desk_init(&desk, AS_OF);
	(void)pack(&desk, 2000, NOTE);
	left = read_all(&desk, loose_of(&desk));
	bytes = arena_alloc(&desk.f.arena, left.len + 1);
	for (size_t at = 0; at <= left.len; at += at + 40 < left.len ? 997 :
	    1) {
		memcpy(bytes, left.ptr, left.len);
		bytes[at] ^= 1;
		write_all(loose_of(&desk), (struct str){ bytes,
		    at == left.len ? left.len + 1 : left.len });
		assert_false(recall(&desk, &note));
		assert_int_equal(access(loose_of(&desk), F_OK), -1);
	}
	for (size_t len = 0; len < left.len; len += len < 40 ? 1 : 1009) {
		write_all(loose_of(&desk), str_slice(left, 0, len));
		assert_false(recall(&desk, &note));
	}
	assert_false(recall(&desk, &note));
	write_all(loose_of(&desk), left);
	assert_true(recall(&desk, &note));
	/* The note is off it. */
	assert_false(recall(&desk, &note));
	desk_dispose(&desk);
}

static void test_a_link__is_not_followed(void **state)
{
	struct desk desk;
	struct str left, note;
	const char *other;

	(void)state;
	desk_init(&desk, AS_OF);
	other = in(&desk, "other");
	(void)pack(&desk, 3, NOTE);
	left = read_all(&desk, loose_of(&desk));
	assert_int_equal(rename(loose_of(&desk), other), 0);
	assert_int_equal(symlink(other, loose_of(&desk)), 0);
	assert_false(recall(&desk, &note));
	assert_int_equal(link(other, loose_of(&desk)), 0);
	assert_false(recall(&desk, &note));
	assert_true(str_eq(read_all(&desk, other), left));
	assert_int_equal(unlink(other), 0);
	desk_dispose(&desk);
}

/* A trigger that stands in what is left is not run. */
static void test_what_is_left__runs_nothing(void **state)
{
	struct desk desk;
	struct catalogue_export *export;
	struct str note, packed, wanted;

	(void)state;
	desk_init(&desk, AS_OF);
	export = fill(&desk, 5);
	run(export, "CREATE TRIGGER data.t AFTER DELETE ON row BEGIN "
	    "UPDATE code SET zh = 'x'; END", "");
	wanted = end(&desk, export, NOTE);
	assert_true(recall(&desk, &note));
	export = begin(&desk, true);
	run(export, "DELETE FROM data.row WHERE name = ?1", "0");
	catalogue_export_row(export, STR("row"), (const struct str[]){
	    STR("0") }, 1);
	packed = end(&desk, export, "");
	assert_true(str_eq(packed, wanted));
	desk_dispose(&desk);
}

static void test_what_fails__leaves_nothing(void **state)
{
	struct desk desk;
	struct catalogue_export *export;

	(void)state;
	desk_init(&desk, AS_OF);
	export = fill(&desk, 5);
	run(export, "DELETE FROM data.nothing", "");
	assert_false(catalogue_export_end(export, STR(NOTE), &desk.f.diags));
	assert_int_equal(desk.f.diags.items.count, 1);
	assert_int_equal(access(loose_of(&desk), F_OK), -1);
	assert_int_equal(access(path_of(&desk).ptr, F_OK), -1);
	desk_dispose(&desk);
}

struct told {
	uint64_t answer;
	size_t times;
};

static void asked(void *context, enum query query, const struct str *given,
    size_t count, uint64_t answer)
{
	struct told *told = context;

	assert_int_equal(query, QUERY_data_codes);
	assert_int_equal(count, 2);
	assert_ptr_equal(given, params);
	told->answer = answer;
	told->times++;
}

static void test_rows_that_stay__tell_of_the_same_question(void **state)
{
	struct desk desk;
	struct told told = { .times = 0 };
	const struct catalogue_observer observer = { asked, &told };
	struct catalogue_export *export;
	uint64_t first;

	(void)state;
	desk_init(&desk, AS_OF);
	catalogue_observe(desk.catalogue, &observer);
	export = fill(&desk, 0);
	first = told.answer;
	assert_int_equal(told.times, 1);
	assert_true(first == catalogue_answer(desk.catalogue,
	    QUERY_data_codes, params, 2));
	catalogue_export_stay(export, QUERY_data_codes, params, 7);
	assert_int_equal(told.times, 2);
	assert_true(told.answer == 7);
	(void)end(&desk, export, "");
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_what_is_gone_on_with__packs_as_if_made_anew),
		cmocka_unit_test(test_a_parameter__is_bound),
		cmocka_unit_test(test_what_is_damaged__is_not_gone_on_with),
		cmocka_unit_test(test_a_link__is_not_followed),
		cmocka_unit_test(test_what_is_left__runs_nothing),
		cmocka_unit_test(test_what_fails__leaves_nothing),
		cmocka_unit_test(
		    test_rows_that_stay__tell_of_the_same_question),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
