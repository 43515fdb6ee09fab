/* SPDX-License-Identifier: MIT */
#include "search/terms.h"

#include "search/fold.h"

static size_t word_length(const uint32_t *text, size_t count)
{
	size_t length = 0;

	while (length < count && search_is_word(text[length]))
		length++;
	return length;
}

void search_terms(const uint32_t *text, size_t count, search_take *take,
    void *context)
{
	bool after_word = false;

	for (size_t at = 0; at < count; at++) {
		bool in_word = search_is_word(text[at]);

		if (search_is_space(text[at])) {
			after_word = false;
			continue;
		}
		if (!in_word)
			take(context, text + at, 1, at);
		else if (!after_word)
			take(context, text + at,
			    word_length(text + at, count - at), at);
		if (at + 1 < count && !search_is_space(text[at + 1]) &&
		    !(in_word && search_is_word(text[at + 1])))
			take(context, text + at, 2, at);
		after_word = in_word;
	}
}
