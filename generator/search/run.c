/* SPDX-License-Identifier: MIT */
#include "search/run.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "search/fold.h"
#include "search/terms.h"
#include "search/varint.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Of a token's 64 bits. */
enum { PLACE_BITS = 26, ROW_BITS = 13, TERM_BITS = 25 };
_Static_assert(PLACE_BITS + ROW_BITS + TERM_BITS == 64, "a token is 64 bits");

/* A term's bytes; the first eight of them also as a number, by which most are
 * told apart and sorted. */
struct search_run_term {
	uint64_t head;
	uint32_t length, offset;	/* offset: in long_terms, if > 8 */
	uint32_t number, count;		/* count: of its tokens */
};

enum { HEAD = 8, FIRST_SLOTS = 1 << 16 };

/* Lines begin at multiples of LINE, as long as there is room for them: what is
 * written into one leaves the places of all others as they are. */
enum { LINE = 256, ROOM_FOR_LINES = 1 << (PLACE_BITS - 1) };

static uint32_t *slot_at(const struct search_run *run, size_t at)
{
	return (uint32_t *)run->slots.items + at;
}

static struct search_run_term *term_at(const struct search_run *run,
    size_t number)
{
	return (struct search_run_term *)run->terms.items + number;
}

static void set_slots(struct search_run *run, size_t count)
{
	uint32_t *slots = calloc(count, sizeof(*slots));

	if (slots == NULL)
		out_of_memory(count * sizeof(*slots));
	vec_dispose(&run->slots);
	run->slots = (struct vec){ slots, count, count, sizeof(*slots) };
}

void search_run_begin(struct search_run *run, uint32_t first_row)
{
	vec_init(&run->tokens, sizeof(uint64_t));
	vec_init(&run->terms, sizeof(struct search_run_term));
	vec_init(&run->long_terms, sizeof(char));
	vec_init(&run->slots, sizeof(uint32_t));
	vec_init(&run->text, sizeof(uint32_t));
	buf_init(&run->term);
	set_slots(run, FIRST_SLOTS);
	run->first_row = first_row;
	run->row = run->place = 0;
}

void search_run_dispose(struct search_run *run)
{
	vec_dispose(&run->tokens);
	vec_dispose(&run->terms);
	vec_dispose(&run->long_terms);
	vec_dispose(&run->slots);
	vec_dispose(&run->text);
	buf_dispose(&run->term);
}

/* -- terms by their bytes -------------------------------------------------- */

static uint64_t head_of(struct str term)
{
	uint64_t head = 0;

	for (size_t i = 0; i < HEAD; i++)
		head = head << 8 | (i < term.len ? (unsigned char)term.ptr[i] :
		    0);
	return head;
}

static struct str bytes_of(const struct search_run *run,
    const struct search_run_term *term, char head[HEAD])
{
	if (term->length > HEAD)
		return (struct str){ (const char *)run->long_terms.items +
		    term->offset, term->length };
	for (size_t i = 0; i < HEAD; i++)
		head[i] = (char)(term->head >> (8 * (HEAD - 1 - i)));
	return (struct str){ head, term->length };
}

static uint64_t hash_of(struct str term, uint64_t head)
{
	if (term.len > HEAD)
		return hash_bytes(term);
	head *= UINT64_C(0x9e3779b97f4a7c15);
	return head ^ head >> 32;
}

static bool is_term(const struct search_run *run,
    const struct search_run_term *term, struct str bytes, uint64_t head)
{
	char unused[HEAD];

	return term->head == head && term->length == bytes.len &&
	    (bytes.len <= HEAD || str_eq(bytes_of(run, term, unused), bytes));
}

static void grow(struct search_run *run)
{
	size_t mask = run->slots.count * 2 - 1;

	set_slots(run, mask + 1);
	for (size_t i = 0; i < run->terms.count; i++) {
		const struct search_run_term *term = term_at(run, i);
		char head[HEAD];
		size_t at = hash_of(bytes_of(run, term, head), term->head) &
		    mask;

		while (*slot_at(run, at) != 0)
			at = (at + 1) & mask;
		*slot_at(run, at) = (uint32_t)i + 1;
	}
}

static struct search_run_term *add_term(struct search_run *run,
    struct str bytes, uint64_t head)
{
	struct search_run_term *term = vec_push(&run->terms);

	assert(run->terms.count < (size_t)1 << TERM_BITS);
	term->head = head;
	term->length = (uint32_t)bytes.len;
	term->number = (uint32_t)run->terms.count - 1;
	term->offset = (uint32_t)run->long_terms.count;
	for (size_t i = 0; bytes.len > HEAD && i < bytes.len; i++)
		*(char *)vec_push(&run->long_terms) = bytes.ptr[i];
	return term;
}

static struct search_run_term *find_term(struct search_run *run,
    struct str bytes)
{
	uint64_t head = head_of(bytes);
	size_t mask, at;

	if (run->terms.count * 2 >= run->slots.count)
		grow(run);
	mask = run->slots.count - 1;
	for (at = hash_of(bytes, head) & mask; *slot_at(run, at) != 0;
	     at = (at + 1) & mask) {
		struct search_run_term *term = term_at(run,
		    *slot_at(run, at) - 1);

		if (is_term(run, term, bytes, head))
			return term;
	}
	*slot_at(run, at) = (uint32_t)run->terms.count + 1;
	return add_term(run, bytes, head);
}

/* -- taking in ------------------------------------------------------------- */

static void take(void *context, const uint32_t *characters, size_t count,
    size_t at)
{
	struct search_run *run = context;
	uint64_t place = run->place + at;
	struct search_run_term *term;

	/* Beyond any text that a record may hold. */
	if (place >= (uint64_t)1 << PLACE_BITS)
		return;
	buf_clear(&run->term);
	for (size_t i = 0; i < count; i++)
		utf8_append(&run->term, characters[i]);
	term = find_term(run, buf_str(&run->term));
	term->count++;
	*(uint64_t *)vec_push(&run->tokens) = (uint64_t)term->number <<
	    (PLACE_BITS + ROW_BITS) | (uint64_t)run->row << PLACE_BITS | place;
}

void search_run_add_title(struct search_run *run, struct str text)
{
	vec_clear(&run->text);
	search_fold(text, &run->text);
	search_terms(run->text.items, run->text.count, take, run);
	run->place += (uint32_t)run->text.count + 1;
}

static void next_line(struct search_run *run, uint32_t length)
{
	run->place += length + 1;
	if (run->place < ROOM_FOR_LINES)
		run->place = (run->place + LINE - 1) / LINE * LINE;
}

void search_run_add(struct search_run *run, struct str text)
{
	const uint32_t *line;
	size_t left, length;

	if (run->place < SEARCH_TITLE)
		run->place = SEARCH_TITLE;
	vec_clear(&run->text);
	search_fold(text, &run->text);
	line = run->text.items;
	for (left = run->text.count; left > 0; left -= length) {
		for (length = 0; length < left && line[length] != '\n';
		     length++)
			;
		search_terms(line, length, take, run);
		next_line(run, (uint32_t)length);
		length += length < left;
		line += length;
	}
}

void search_run_next(struct search_run *run)
{
	run->row++;
	run->place = 0;
	assert(run->row < (uint32_t)1 << ROW_BITS);
}

/* -- giving out ------------------------------------------------------------ */

/* By the first eight bytes, then by all of them. */
static int compare_terms(const void *a, const void *b, void *context)
{
	const struct search_run_term *left = a, *right = b;
	const struct search_run *run = context;
	char heads[2][HEAD];

	if (left->head != right->head)
		return left->head < right->head ? -1 : 1;
	return str_cmp(bytes_of(run, left, heads[0]),
	    bytes_of(run, right, heads[1]));
}

static void sort_terms(struct search_run *run)
{
	if (run->terms.count > 1)
		qsort_r(run->terms.items, run->terms.count,
		    run->terms.item_size, compare_terms, run);
}

/* The tokens by their terms, each term's in the order in which they came; to
 * `begins` where those of each begin. */
static uint64_t *sort_tokens(const struct search_run *run, size_t *begins)
{
	const uint64_t *tokens = run->tokens.items;
	uint64_t *sorted = malloc((run->tokens.count + 1) * sizeof(*sorted));
	size_t sum = 0;

	if (sorted == NULL)
		out_of_memory(run->tokens.count * sizeof(*sorted));
	for (size_t i = 0; i < run->terms.count; i++) {
		begins[i] = sum;
		sum += term_at(run, i)->count;
	}
	for (size_t i = 0; i < run->tokens.count; i++)
		sorted[begins[tokens[i] >> (PLACE_BITS + ROW_BITS)]++] =
		    tokens[i];
	for (size_t i = 0; i < run->terms.count; i++)
		begins[i] -= term_at(run, i)->count;
	return sorted;
}

struct entry {
	struct buf rows, places;
	uint32_t records, first, last;
};

static uint32_t row_of(uint64_t token)
{
	return token >> PLACE_BITS & (((uint32_t)1 << ROW_BITS) - 1);
}

/* What the `count` tokens of one term in one record say. */
static void add_record(struct entry *entry, const uint64_t *tokens,
    size_t count, bool with_places)
{
	const uint64_t mask = ((uint64_t)1 << PLACE_BITS) - 1;
	uint32_t row = row_of(tokens[0]), before = 0;
	uint32_t flags = ((tokens[0] & mask) < SEARCH_TITLE ? 2U : 0U) +
	    (count > 1);

	if (entry->records++ == 0)
		entry->first = entry->last = row;
	varint_append(&entry->rows, (row - entry->last) * 4 + flags);
	if (count > 1)
		varint_append(&entry->rows, (uint32_t)count - 2);
	entry->last = row;
	for (size_t i = 0; with_places && i < count; i++) {
		uint32_t place = (uint32_t)(tokens[i] & mask);

		varint_append(&entry->places, place - before);
		before = place;
	}
}

static void append_entry(const struct search_run *run, struct buf *out,
    struct str term, const struct entry *entry)
{
	varint_append(out, (uint32_t)term.len);
	buf_append(out, term);
	varint_append(out, entry->records);
	varint_append(out, run->first_row + entry->first);
	varint_append(out, run->first_row + entry->last);
	varint_append(out, (uint32_t)entry->rows.len);
	varint_append(out, (uint32_t)entry->places.len);
	buf_append(out, buf_str(&entry->rows));
	buf_append(out, buf_str(&entry->places));
}

/* A single character that is no word stands for itself. */
static bool has_places(struct str term)
{
	size_t size;
	uint32_t first = utf8_decode(term, 0, &size);

	return size < term.len || search_is_word(first);
}

static void put_term(const struct search_run *run,
    const struct search_run_term *term, const uint64_t *tokens,
    struct entry *entry, struct buf *out)
{
	char head[HEAD];
	struct str bytes = bytes_of(run, term, head);
	bool with_places = has_places(bytes);

	buf_clear(&entry->rows);
	buf_clear(&entry->places);
	entry->records = 0;
	for (size_t i = 0, end; i < term->count; i = end) {
		for (end = i + 1; end < term->count &&
		     row_of(tokens[end]) == row_of(tokens[i]); end++)
			;
		add_record(entry, tokens + i, end - i, with_places);
	}
	append_entry(run, out, bytes, entry);
}

void search_run_end(struct search_run *run, struct buf *out, uint32_t *sizes)
{
	size_t *begins = calloc(run->terms.count + 1, sizeof(*begins));
	struct entry entry;
	uint64_t *sorted;

	if (begins == NULL)
		out_of_memory(run->terms.count * sizeof(*begins));
	buf_init(&entry.rows);
	buf_init(&entry.places);
	sorted = sort_tokens(run, begins);
	sort_terms(run);
	memset(sizes, 0, SEARCH_BUCKETS * sizeof(*sizes));
	for (size_t i = 0; i < run->terms.count; i++) {
		const struct search_run_term *term = term_at(run, i);
		size_t before = out->len;

		put_term(run, term, sorted + begins[term->number], &entry,
		    out);
		sizes[term->head >> 48] += (uint32_t)(out->len - before);
	}
	buf_dispose(&entry.rows);
	buf_dispose(&entry.places);
	free(sorted);
	free(begins);
}
