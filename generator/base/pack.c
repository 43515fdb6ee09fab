/* SPDX-License-Identifier: MIT */
#include "base/pack.h"

#include "base/buf.h"
#include "base/diag.h"

#include <string.h>

static void put(struct buf *buf, const void *bytes, size_t size)
{
	buf_append(buf, (struct str){ bytes, size });
}

static bool take(struct str *bytes, void *to, size_t size)
{
	if (bytes->len < size)
		return false;
	memcpy(to, bytes->ptr, size);
	*bytes = str_slice(*bytes, size, bytes->len);
	return true;
}

void pack_number(struct buf *buf, uint32_t number)
{
	put(buf, &number, sizeof(number));
}

void pack_long(struct buf *buf, uint64_t number)
{
	put(buf, &number, sizeof(number));
}

void pack_str(struct buf *buf, struct str s)
{
	pack_number(buf, (uint32_t)s.len);
	buf_append(buf, s);
}

bool unpack_number(struct str *bytes, uint32_t *number)
{
	return take(bytes, number, sizeof(*number));
}

bool unpack_long(struct str *bytes, uint64_t *number)
{
	return take(bytes, number, sizeof(*number));
}

bool unpack_str(struct str *bytes, struct str *s)
{
	struct str rest = *bytes;
	uint32_t len;

	if (!unpack_number(&rest, &len) || len > rest.len)
		return false;
	*s = str_slice(rest, 0, len);
	*bytes = str_slice(rest, len, rest.len);
	return true;
}

void pack_diags(struct buf *buf, const struct diag_list *diags)
{
	pack_number(buf, (uint32_t)diags->items.count);
	for (size_t i = 0; i < diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&diags->items, i);

		pack_str(buf, d->mark.path);
		pack_number(buf, d->mark.line);
		pack_number(buf, d->mark.column);
		pack_str(buf, d->id);
		pack_number(buf, (uint32_t)d->severity);
		pack_str(buf, d->basis);
		pack_str(buf, d->due);
		pack_str(buf, d->bare);
		pack_str(buf, d->binds);
		pack_str(buf, d->field);
		pack_number(buf, d->is_excused);
		for (size_t lang = 0; lang < LANG_COUNT; lang++) {
			pack_str(buf, d->message[lang]);
			pack_str(buf, d->hint[lang]);
		}
	}
}

static bool unpack_diagnostic(struct str *bytes, struct diagnostic *d)
{
	uint32_t severity, is_excused;
	bool ok = unpack_str(bytes, &d->mark.path) &&
	    unpack_number(bytes, &d->mark.line) &&
	    unpack_number(bytes, &d->mark.column) &&
	    unpack_str(bytes, &d->id) && unpack_number(bytes, &severity) &&
	    severity <= DIAG_FATAL && unpack_str(bytes, &d->basis) &&
	    unpack_str(bytes, &d->due) && unpack_str(bytes, &d->bare) &&
	    unpack_str(bytes, &d->binds) && unpack_str(bytes, &d->field) &&
	    unpack_number(bytes, &is_excused);

	for (size_t lang = 0; ok && lang < LANG_COUNT; lang++)
		ok = unpack_str(bytes, &d->message[lang]) &&
		    unpack_str(bytes, &d->hint[lang]);
	if (ok) {
		d->severity = (enum diag_severity)severity;
		d->is_excused = is_excused != 0;
	}
	return ok;
}

bool unpack_diags(struct str *bytes, struct diag_list *diags)
{
	struct diagnostic d = { .basis = STR_NONE };
	uint32_t count;

	if (!unpack_number(bytes, &count))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		if (!unpack_diagnostic(bytes, &d))
			return false;
		diag_add(diags, &d);
	}
	return true;
}
