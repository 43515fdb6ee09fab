/* SPDX-License-Identifier: MIT */
#include "schema/fields.h"

#include "schemas.h"

static const struct field *unit_field(const struct bench *b, const char *path)
{
	const struct field *field = field_find(
	    &schema_fields(b->set, KIND_UNIT)->root, str_from(path));

	assert_non_null(field);
	return field;
}

static void test_fields__have_the_words_of_the_schema(void **state)
{
	const struct field *field;
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	field = unit_field(&b, "name");
	assert_str(field->path, "name");
	assert_str(field->label[LANG_ZH], "名称");
	assert_str(field->label[LANG_EN], "Name");
	assert_str(field->documentation[LANG_ZH], "单位的名称。");
	assert_str(field->documentation[LANG_EN], "");
	assert_str(field->type_name, "line");
	assert_str(field->type_text[LANG_EN], "One line.");
	assert_str(field->example, "星河");
	assert_int_equal(field->rule_count, 2);
	assert_str(field->rules[1], "P-01");
	assert_true(field->required);
	assert_int_equal(field->facets.min_length, 2);
	assert_int_equal(field->facets.max_length, 8);
	field = unit_field(&b, "note");
	assert_false(field->required);
	assert_str(field->label[LANG_ZH], "note");
	assert_true(field->facets.max_length == FIELD_UNBOUNDED);
	assert_str(schema_fields(b.set, KIND_UNIT)->root.label[LANG_ZH],
	    "单位");
	bench_close(&b);
}

static void test_fields__are_typed_by_base_and_facets(void **state)
{
	static const struct {
		const char *path;
		enum field_type type;
	} cases[] = {
		{ "name", FIELD_LINE }, { "note", FIELD_TEXT },
		{ "founded", FIELD_DATE }, { "month", FIELD_MONTH },
		{ "year", FIELD_YEAR }, { "time", FIELD_TIME },
		{ "open", FIELD_BOOLEAN }, { "staff", FIELD_INTEGER },
		{ "funds", FIELD_DECIMAL }, { "share", FIELD_PERCENT },
		{ "url", FIELD_URL }, { "slug", FIELD_FORM },
		{ "language", FIELD_FORM }, { "keywords", FIELD_LIST },
		{ "keywords[]", FIELD_LIST }, { "seat", FIELD_MAP },
	};
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(unit_field(&b, cases[i].path)->type,
		    cases[i].type);
	assert_int_equal(unit_field(&b, "language")->facets.value_count, 2);
	bench_close(&b);
}

static void test_fields__keep_the_shape_of_maps_and_lists(void **state)
{
	const struct field *field;
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	field = unit_field(&b, "keywords");
	assert_int_equal(field->least_items, 1);
	assert_int_equal(field->most_items, 3);
	assert_str(field->example, "词");
	assert_str(field->item->path, "keywords[]");
	field = unit_field(&b, "people");
	assert_int_equal(field->least_items, 0);
	assert_true(field->most_items == FIELD_UNBOUNDED);
	assert_int_equal(field->item->child_count, 3);
	assert_str(field->item->children[2].path, "people[].tags");
	assert_str(field->item->children[2].item->path, "people[].tags[]");
	assert_true(unit_field(&b, "seat.city")->required);
	assert_str(unit_field(&b, "place")->codelist, "places");
	assert_true(unit_field(&b, "place")->column_is_code);
	assert_false(unit_field(&b, "kind")->column_is_code);
	bench_close(&b);
}

static void test_field_find__enters_lists_by_any_spelling(void **state)
{
	const struct field *root;
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	root = &schema_fields(b.set, KIND_UNIT)->root;
	assert_ptr_equal(field_find(root, STR("")), root);
	assert_ptr_equal(field_find(root, STR("people.name")),
	    unit_field(&b, "people[3].name"));
	assert_ptr_equal(field_find(root, STR("people.name")),
	    unit_field(&b, "people[].name"));
	assert_null(field_find(root, STR("people.age")));
	assert_null(field_find(root, STR("name.x")));
	assert_null(field_child(unit_field(&b, "name"), STR("x")));
	bench_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields__have_the_words_of_the_schema),
		cmocka_unit_test(test_fields__are_typed_by_base_and_facets),
		cmocka_unit_test(
		    test_fields__keep_the_shape_of_maps_and_lists),
		cmocka_unit_test(
		    test_field_find__enters_lists_by_any_spelling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
