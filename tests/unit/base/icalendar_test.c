/* SPDX-License-Identifier: MIT */
#include "base/icalendar.h"

#include "base/buf.h"
#include "base/utf8.h"

#include "../memory.h"

#include <string.h>

static void test_icalendar__names_and_values(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out);
	icalendar_begin(&out, "VEVENT");
	icalendar_value(&out, "STATUS", STR("CONFIRMED"));
	icalendar_date(&out, "DTSTART;VALUE=DATE",
	    (struct date){ 2026, 7, 10 });
	icalendar_midnight(&out, "DTSTAMP", (struct date){ 1, 2, 3 });
	icalendar_end(&out, "VEVENT");
	assert_string_equal(out.ptr, "BEGIN:VEVENT\r\nSTATUS:CONFIRMED\r\n"
	    "DTSTART;VALUE=DATE:20260710\r\nDTSTAMP:00010203T000000Z\r\n"
	    "END:VEVENT\r\n");
	buf_dispose(&out);
}

static void test_icalendar__text_is_escaped(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out);
	icalendar_text(&out, "A", STR("a\\b;c,d:e\"\nf\r\ng\th"));
	icalendar_text(&out, "B", STR("\x01\x7f\xc2\x85x\xffy"));
	icalendar_value(&out, "C", STR("a,b;c\r\nX:1\x7f"));
	assert_string_equal(out.ptr,
	    "A:a\\\\b\\;c\\,d:e\"\\nf\\ng\th\r\nB:x\xef\xbf\xbdy\r\n"
	    "C:a,b;cX:1\r\n");
	buf_dispose(&out);
}

/* Unfolds `out`, holding each of its lines against the RFC. */
static size_t unfold(const struct buf *out, struct buf *line)
{
	struct str rest = buf_str(out);
	size_t lines = 0;

	buf_clear(line);
	while (rest.len > 0) {
		struct str one = str_cut(&rest, '\n');

		assert_true(str_ends(one, STR("\r")));
		one.len--;
		assert_in_range(one.len, 1, ICALENDAR_LINE_MAX);
		assert_int_equal(utf8_check(one), one.len);
		if (lines++ > 0) {
			assert_int_equal(one.ptr[0], ' ');
			one = str_slice(one, 1, one.len);
		}
		buf_append(line, one);
	}
	return lines;
}

/* Characters of one to four bytes, at every offset of the break. */
static void test_icalendar__lines_are_folded_between_characters(void **state)
{
	static const char *const fillers[] = { "a", "é", "浙", "😀" };
	struct buf text, out, line;

	(void)state;
	buf_init(&text);
	buf_init(&out);
	buf_init(&line);
	for (size_t f = 0; f < sizeof(fillers) / sizeof(fillers[0]); f++) {
		for (size_t shift = 0; shift < 5; shift++) {
			buf_clear(&text);
			buf_clear(&out);
			buf_append_format(&text, "%.*s", (int)shift, "xxxx");
			for (size_t i = 0; i < 100; i++)
				buf_append_cstr(&text, fillers[f]);
			icalendar_text(&out, "S", buf_str(&text));
			assert_in_range(unfold(&out, &line), 2, 6);
			assert_int_equal(strncmp(line.ptr, "S:", 2), 0);
			assert_string_equal(line.ptr + 2, text.ptr);
		}
	}
	buf_dispose(&line);
	buf_dispose(&out);
	buf_dispose(&text);
}

static void test_icalendar__75_octets_are_one_line(void **state)
{
	char text[75];
	struct buf out;

	(void)state;
	memset(text, 'x', sizeof(text));
	buf_init(&out);
	icalendar_value(&out, "S", (struct str){ text, 73 });
	assert_int_equal(out.len, 77);
	buf_clear(&out);
	icalendar_value(&out, "S", (struct str){ text, 74 });
	assert_int_equal(out.len, 75 + 2 + 2 + 2);
	assert_string_equal(out.ptr + 75, "\r\n x\r\n");
	buf_dispose(&out);
}

/* Bytes that are no characters end, too. */
static void test_icalendar__no_utf8_is_folded_as_well(void **state)
{
	char bytes[200];
	struct buf out;

	(void)state;
	memset(bytes, '\x80', sizeof(bytes));
	buf_init(&out);
	icalendar_value(&out, "S", (struct str){ bytes, sizeof(bytes) });
	assert_in_range(out.len, 202 + 2, 202 + 4 * 3 + 2);
	buf_dispose(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_icalendar__names_and_values),
		cmocka_unit_test(test_icalendar__text_is_escaped),
		cmocka_unit_test(
		    test_icalendar__lines_are_folded_between_characters),
		cmocka_unit_test(test_icalendar__75_octets_are_one_line),
		cmocka_unit_test(test_icalendar__no_utf8_is_folded_as_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
