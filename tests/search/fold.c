/* SPDX-License-Identifier: MIT */
/* Folds each line of standard input, the characters of a text as hexadecimal
 * numbers, and prints what the search compares in the same form; "-" for a text
 * with characters of a later Unicode than the program's. */
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "search/fold.h"

#include <unicode/uchar.h>

#include <stdio.h>
#include <stdlib.h>

/* The text of a line of hexadecimal numbers; false if it is of later days. */
static bool read_text(const char *line, struct buf *text)
{
	bool known = true;
	char *end;

	for (unsigned long c; c = strtoul(line, &end, 16), end != line;
	     line = end) {
		known = known && u_isdefined((UChar32)c);
		utf8_append(text, (uint32_t)c);
	}
	return known;
}

int main(void)
{
	char line[4096];

	while (fgets(line, sizeof(line), stdin) != NULL) {
		struct buf text;
		struct vec folded;

		buf_init(&text);
		vec_init(&folded, sizeof(uint32_t));
		if (read_text(line, &text))
			search_fold(buf_str(&text), &folded);
		else
			putchar('-');
		for (size_t i = 0; i < folded.count; i++)
			printf("%s%x", i > 0 ? " " : "",
			    *(uint32_t *)vec_at(&folded, i));
		putchar('\n');
		buf_dispose(&text);
		vec_dispose(&folded);
	}
	return 0;
}
