/* SPDX-License-Identifier: MIT */
#include "base/base64.h"

#include "base/arena.h"

#include <stdint.h>

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Negative for a character that is none of the 64. */
static int value_of(char c)
{
	const char *found = c == '\0' ? NULL :
	    memchr(alphabet, c, sizeof(alphabet) - 1);

	return found == NULL ? -1 : (int)(found - alphabet);
}

/* The digits alone, without line ends and padding. */
static bool gather(struct str text, char *digits, size_t *count,
    size_t *padding)
{
	*count = *padding = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\n' || c == '\r')
			continue;
		if (c == '=')
			(*padding)++;
		else if (*padding > 0 || value_of(c) < 0)
			return false;
		else
			digits[(*count)++] = c;
	}
	return *padding <= 2 && (*count + *padding) % 4 == 0;
}

bool base64_decode(struct arena *arena, struct str text, struct str *bytes)
{
	char *digits = arena_alloc(arena, text.len + 1);
	size_t count, padding, len = 0;
	uint32_t word = 0;

	if (!gather(text, digits, &count, &padding))
		return false;
	/* Each four digits are three bytes; written over what was read. */
	for (size_t i = 0; i < count; i++) {
		word = word << 6 | (uint32_t)value_of(digits[i]);
		if (i % 4 > 0)
			digits[len++] = (char)(word >>
			    (6 - 2 * (i % 4)) & 255);
	}
	*bytes = (struct str){ digits, len };
	return true;
}

struct str base64_encode(struct arena *arena, struct str bytes)
{
	char *text = arena_alloc(arena, bytes.len / 3 * 4 + 5);
	size_t len = 0;

	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t here = bytes.len - i < 3 ? bytes.len - i : 3;
		uint32_t word = 0;

		for (size_t j = 0; j < 3; j++)
			word = word << 8 | (j < here ?
			    (unsigned char)bytes.ptr[i + j] : 0);
		for (size_t j = 0; j < 4; j++)
			text[len++] = j > here ? '=' :
			    alphabet[word >> (18 - 6 * j) & 63];
	}
	return (struct str){ text, len };
}
