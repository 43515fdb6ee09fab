/* SPDX-License-Identifier: MIT */
#include "commands/columns.h"

#include "base/utf8.h"

size_t columns_width(struct str text)
{
	size_t width = 0, size;

	for (size_t at = 0; at < text.len; at += size)
		width += utf8_width(utf8_decode(text, at, &size));
	return width;
}

void columns_print(FILE *out, struct str text, size_t width)
{
	fprintf(out, "%.*s", STR_ARG(text));
	for (size_t w = columns_width(text); w < width; w++)
		fputc(' ', out);
	fputs("  ", out);
}
