/* SPDX-License-Identifier: MIT */
#include "base/json_writer.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/value.h"

#include "../memory.h"

static void test_json_writer__writes_members_of_each_type(void **state)
{
	struct json_writer writer;
	struct buf out;

	(void)state;
	buf_init(&out);
	json_writer_init(&writer, &out);
	json_begin_object(&writer, NULL);
	json_write_text(&writer, "a", STR("说\"明\"\n"));
	json_write_number(&writer, "b", -12);
	json_begin_list(&writer, "c");
	json_write_bool(&writer, NULL, true);
	json_begin_object(&writer, NULL);
	json_end(&writer);
	json_begin_object(&writer, NULL);
	json_write_bool(&writer, "d", false);
	json_end(&writer);
	json_end(&writer);
	json_begin_list(&writer, "e");
	json_end(&writer);
	json_end(&writer);
	assert_string_equal(out.ptr, "{\"a\":\"说\\\"明\\\"\\n\",\"b\":-12,"
	    "\"c\":[true,\n{},\n{\"d\":false}],\"e\":[]}");
	buf_dispose(&out);
}

static void test_json_writer__can_be_read_again(void **state)
{
	struct json_writer writer;
	struct fixture f;
	struct value *read;
	struct buf out;

	(void)state;
	fixture_init(&f, NULL);
	buf_init(&out);
	json_writer_init(&writer, &out);
	json_begin_object(&writer, NULL);
	json_begin_object(&writer, "x");
	json_write_text(&writer, "</script>", STR("</script>\x01"));
	json_end(&writer);
	json_end(&writer);
	assert_true(json_parse(&f.arena, STR("x"), buf_str(&out), &read,
	    &f.diags));
	assert_true(str_eq(value_get(value_get(read, STR("x")),
	    STR("</script>"))->text, STR("</script>\x01")));
	buf_dispose(&out);
	fixture_dispose(&f);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_writer__writes_members_of_each_type),
		cmocka_unit_test(test_json_writer__can_be_read_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
