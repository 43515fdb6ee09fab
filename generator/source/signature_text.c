/* SPDX-License-Identifier: MIT */
#include "source/signature_text.h"

#include "base/arena.h"
#include "base/base64.h"
#include "base/buf.h"

#include <stdint.h>

/* PGP's, four digits; '=' alone in a line is the padding of an SSH signature
 * whose last line broke before it. */
static bool is_checksum(struct str line)
{
	return line.len == 5 && line.ptr[0] == '=';
}

/* The base64 between the lines. */
static struct str gather(struct arena *arena, struct str inner)
{
	bool in_header = str_find_char(inner, ':', 0) != STR_NOT_FOUND;
	struct str gathered;
	struct buf buf;

	buf_init(&buf);
	while (inner.len > 0) {
		struct str line = str_trim(str_cut(&inner, '\n'));

		if (line.len == 0)
			in_header = false;
		else if (!in_header && !is_checksum(line))
			buf_append(&buf, line);
	}
	gathered = str_dup(arena, buf_str(&buf));
	buf_dispose(&buf);
	return gathered;
}

bool armour_open(struct arena *arena, struct str text, struct str kind,
    struct str *bytes)
{
	struct str begin = str_format(arena, "-----BEGIN %.*s-----",
	    STR_ARG(kind));
	struct str end = str_format(arena, "-----END %.*s-----",
	    STR_ARG(kind));

	text = str_trim(text);
	return str_starts(text, begin) && str_ends(text, end) &&
	    text.len >= begin.len + end.len && base64_decode(arena,
		gather(arena, str_slice(text, begin.len,
		    text.len - end.len)), bytes) && bytes->len > 0;
}

static bool take_number(struct str *bytes, uint32_t *number)
{
	*number = 0;
	if (bytes->len < 4)
		return false;
	for (size_t i = 0; i < 4; i++)
		*number = *number << 8 | (unsigned char)bytes->ptr[i];
	*bytes = str_slice(*bytes, 4, bytes->len);
	return true;
}

bool ssh_take(struct str *bytes, struct str *taken)
{
	struct str rest = *bytes;
	uint32_t len;

	if (!take_number(&rest, &len) || len > rest.len)
		return false;
	*taken = str_slice(rest, 0, len);
	*bytes = str_slice(rest, len, rest.len);
	return true;
}

bool ssh_is_key_kind(struct str kind)
{
	static const struct str kinds[] = {
#define KIND(name) { name, sizeof(name) - 1 }
		KIND("ssh-ed25519"), KIND("ssh-rsa"),
		KIND("ecdsa-sha2-nistp256"), KIND("ecdsa-sha2-nistp384"),
		KIND("ecdsa-sha2-nistp521"),
		KIND("sk-ssh-ed25519@openssh.com"),
		KIND("sk-ecdsa-sha2-nistp256@openssh.com"),
#undef KIND
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_eq(kind, kinds[i]))
			return true;
	return false;
}

bool ssh_signature_key(struct arena *arena, struct str text, struct str *key)
{
	struct str bytes, rest, kind;
	uint32_t version;

	if (!armour_open(arena, text, STR("SSH SIGNATURE"), &bytes) ||
	    !str_starts(bytes, STR("SSHSIG")))
		return false;
	rest = str_slice(bytes, 6, bytes.len);
	if (!take_number(&rest, &version) || version != 1 ||
	    !ssh_take(&rest, key))
		return false;
	rest = *key;
	return ssh_take(&rest, &kind) && ssh_is_key_kind(kind);
}
