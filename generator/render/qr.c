/* SPDX-License-Identifier: MIT */
#include "render/qr.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"

#include <qrencode.h>

#include <errno.h>
#include <limits.h>

enum { QUIET_ZONE = 4 };

/* None has more than the 177 modules of the largest. */
static void append_number(struct buf *out, int number)
{
	char digits[12];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	buf_append(out, (struct str){ digits + at, sizeof(digits) - at });
}

/* M from row h width v1 h-width z: there are hundreds in each code, which is
 * what a format costs a page. */
static void append_run(struct buf *out, int from, int row, int width)
{
	buf_append_char(out, 'M');
	append_number(out, from);
	buf_append_char(out, ' ');
	append_number(out, row);
	buf_append_char(out, 'h');
	append_number(out, width);
	buf_append(out, STR("v1h-"));
	append_number(out, width);
	buf_append_char(out, 'z');
}

/* A rectangle for each run of dark modules in a row. */
static void append_row(struct buf *out, const unsigned char *modules,
    int width, int row)
{
	for (int from = 0, to; from < width; from = to + 1) {
		while (from < width && (modules[from] & 1) == 0)
			from++;
		for (to = from; to < width && (modules[to] & 1) != 0;)
			to++;
		if (to > from)
			append_run(out, from, row, to - from);
	}
}

struct value *qr_make(struct arena *arena, struct str text)
{
	struct value *made = value_map(arena);
	struct buf path;
	QRcode *code;

	if (text.len == 0 || text.len > INT_MAX)
		return NULL;
	code = QRcode_encodeData((int)text.len,
	    (const unsigned char *)text.ptr, 0, QR_ECLEVEL_M);
	if (code == NULL && errno == ENOMEM)
		out_of_memory(text.len);
	if (code == NULL)
		return NULL;
	buf_init(&path);
	for (int row = 0; row < code->width; row++)
		append_row(&path, code->data + row * code->width, code->width,
		    row);
	value_add(arena, made, STR("path"),
	    value_text(arena, str_dup(arena, buf_str(&path))));
	value_add(arena, made, STR("view"), value_text(arena, str_format(arena,
	    "-%d -%d %d %d", QUIET_ZONE, QUIET_ZONE,
	    code->width + 2 * QUIET_ZONE, code->width + 2 * QUIET_ZONE)));
	buf_dispose(&path);
	QRcode_free(code);
	return made;
}
