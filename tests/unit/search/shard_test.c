/* SPDX-License-Identifier: MIT */
/* Runs and shards: however records are divided into batches, and terms into
 * ranges, the merged index is the same. */
#include "search/shard.h"

#include <stdio.h>
#include <stdlib.h>

#include "../memory.h"
#include "base/buf.h"
#include "search/run.h"
#include "search/varint.h"

static const char *const bodies[] = { "芯片与芯片", "片中有芯", "5G芯片", "",
	"deep learning 学习", "deeper 学习芯片", "a very-long-word-indeed 片",
	"芯芯芯", "internationalisation internationalization" };
enum { BODIES = sizeof(bodies) / sizeof(bodies[0]) };

static void make_run(uint32_t first, uint32_t end, struct buf *out,
    uint32_t *sizes)
{
	struct search_run run;

	search_run_begin(&run, first);
	for (uint32_t row = first; row < end; row++) {
		search_run_add_title(&run, str_from(bodies[row % 3]));
		search_run_add(&run, str_from(bodies[row % BODIES]));
		search_run_next(&run);
	}
	search_run_end(&run, out, sizes);
	search_run_dispose(&run);
}

struct taken {
	struct buf firsts, rows, places;
	size_t count;
};

static bool take(void *context, struct str first, struct str rows,
    struct str places)
{
	struct taken *taken = context;

	taken->count++;
	buf_append(&taken->firsts, first);
	buf_append_char(&taken->firsts, ' ');
	buf_append(&taken->rows, rows);
	buf_append(&taken->places, places);
	return true;
}

static void begin(struct taken *taken)
{
	buf_init(&taken->firsts);
	buf_init(&taken->rows);
	buf_init(&taken->places);
	taken->count = 0;
}

static void end(struct taken *taken)
{
	buf_dispose(&taken->firsts);
	buf_dispose(&taken->rows);
	buf_dispose(&taken->places);
}

/* The index of the first `rows` records, in batches of `batch`. */
static void merge(uint32_t rows, uint32_t batch, struct taken *taken)
{
	static uint32_t sizes[SEARCH_BUCKETS];
	struct buf runs[64];
	struct str views[64];
	size_t count = 0;

	begin(taken);
	for (uint32_t first = 0; first < rows; first += batch) {
		buf_init(&runs[count]);
		make_run(first, first + batch < rows ? first + batch : rows,
		    &runs[count], sizes);
		views[count] = buf_str(&runs[count]);
		count++;
	}
	assert_true(search_merge(views, count, take, taken));
	while (count > 0)
		buf_dispose(&runs[--count]);
}

static void test_search_merge__does_not_depend_on_batches(void **state)
{
	struct taken one, other;

	(void)state;
	merge(60, 60, &one);
	for (uint32_t batch = 1; batch < 20; batch += 3) {
		merge(60, batch, &other);
		assert_true(str_eq(buf_str(&one.rows), buf_str(&other.rows)));
		assert_true(str_eq(buf_str(&one.places),
		    buf_str(&other.places)));
		end(&other);
	}
	assert_int_equal(one.count, 1);
	end(&one);
}

/* Records of words of their own, so many that their rows fill shards; all but
 * that of one row. */
static void make_words(uint32_t first, uint32_t end, uint32_t without,
    struct buf *out, uint32_t *sizes)
{
	char word[32];
	struct search_run run;

	search_run_begin(&run, first);
	for (uint32_t i = first; i < end; i++) {
		(void)snprintf(word, sizeof(word), "word%05u", (unsigned)i);
		if (i != without)
			search_run_add(&run, str_from(word));
		search_run_next(&run);
	}
	search_run_end(&run, out, sizes);
	search_run_dispose(&run);
}

static void merge_words(uint32_t without, struct taken *taken)
{
	static uint32_t sizes[SEARCH_BUCKETS];
	struct buf runs[2];

	begin(taken);
	for (uint32_t i = 0; i < 2; i++) {
		buf_init(&runs[i]);
		make_words(i * 2000, (i + 1) * 2000, without, &runs[i],
		    sizes);
	}
	assert_true(search_merge((struct str[]){ buf_str(&runs[0]),
	    buf_str(&runs[1]) }, 2, take, taken));
	for (size_t i = 0; i < 2; i++)
		buf_dispose(&runs[i]);
}

/* An entry has 14 bytes, or 15 or 16 from the row on whose number, times 4,
 * takes two or three: 22 * 1024 bytes are reached after 1505 words, and one in
 * 16 may begin a shard. */
static void test_search_merge__cuts_shards(void **state)
{
	struct taken taken;

	(void)state;
	merge_words(UINT32_MAX, &taken);
	assert_string_equal(taken.firsts.ptr,
	    "word00000 word01509 word03014 ");
	assert_int_equal(taken.count, 3);
	end(&taken);
}

static void test_search_merge__cuts_the_same_without_a_term(void **state)
{
	struct taken taken;

	(void)state;
	for (uint32_t without = 7; without < 4000; without += 1000) {
		merge_words(without, &taken);
		assert_string_equal(taken.firsts.ptr,
		    "word00000 word01509 word03014 ");
		end(&taken);
	}
}

/* The first bytes of the entry of a term. */
static struct str entry_of(struct str rows, const char *wanted)
{
	while (rows.len > 0) {
		uint32_t len = varint_take(&rows), size;
		struct str term = str_slice(rows, 0, len), entry;

		rows = str_slice(rows, len, rows.len);
		entry = rows;
		(void)varint_take(&rows);
		size = varint_take(&rows);
		(void)varint_take(&rows);
		if (str_eq(term, str_from(wanted)))
			return entry;
		rows = str_slice(rows, size, rows.len);
	}
	return STR_NONE;
}

static void test_search_merge__tells_rows_hits_and_titles(void **state)
{
	struct taken taken;
	struct str entry;

	(void)state;
	merge(6, 2, &taken);
	entry = entry_of(buf_str(&taken.rows), "芯片");
	/* Row 0 has it twice in the title and twice in the body, 2 and 5 once
	 * each, 3 twice in the title. */
	assert_int_equal(varint_take(&entry), 4);
	assert_int_equal(varint_take(&entry), 8);	/* bytes of rows */
	assert_int_equal(varint_take(&entry), 13);	/* and of places */
	assert_int_equal(varint_take(&entry), 0 * 4 + 3);
	assert_int_equal(varint_take(&entry), 4 - 2);
	assert_int_equal(varint_take(&entry), 2 * 4 + 3);
	assert_int_equal(varint_take(&entry), 2 - 2);
	end(&taken);
}

static void test_search_run__counts_the_bytes_of_buckets(void **state)
{
	static uint32_t sizes[SEARCH_BUCKETS];
	uint32_t sum = 0;
	struct buf run;

	(void)state;
	buf_init(&run);
	make_run(0, 40, &run, sizes);
	for (size_t i = 0; i < SEARCH_BUCKETS; i++)
		sum += sizes[i];
	assert_int_equal(sum, run.len);
	assert_true(sizes[0xe88a] > 0);			/* 芯 */
	assert_int_equal(sizes[0xe9be], 0);
	buf_dispose(&run);
}

static void test_varint__round_trips(void **state)
{
	static const uint32_t numbers[] = { 0, 1, 127, 128, 16383, 16384,
		UINT32_MAX };
	struct buf out;
	struct str rest;

	(void)state;
	buf_init(&out);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		varint_append(&out, numbers[i]);
	rest = buf_str(&out);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		assert_true(varint_take(&rest) == numbers[i]);
	assert_int_equal(rest.len, 0);
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_search_merge__does_not_depend_on_batches),
		cmocka_unit_test(test_search_merge__cuts_shards),
		cmocka_unit_test(
		    test_search_merge__cuts_the_same_without_a_term),
		cmocka_unit_test(test_search_merge__tells_rows_hits_and_titles),
		cmocka_unit_test(test_search_run__counts_the_bytes_of_buckets),
		cmocka_unit_test(test_varint__round_trips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
