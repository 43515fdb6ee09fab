/* SPDX-License-Identifier: MIT */
#include "schema/xpath_scan.h"

#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of characters beyond ASCII count as letters: the names are Chinese or
 * nothing, and libxml2 judges them anyway. */
static bool is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

size_t xpath_ncname(struct str text)
{
	size_t len = 0;

	if (text.len == 0 || !is_name_start(text.ptr[0]))
		return 0;
	while (len < text.len && (is_name_start(text.ptr[len]) ||
	    is_digit(text.ptr[len]) || text.ptr[len] == '-' ||
	    text.ptr[len] == '.'))
		len++;
	return len;
}

static struct str rest_of(const struct xpath_scan *scan, size_t from)
{
	return str_slice(scan->text, from, scan->text.len);
}

static size_t skip_space(const struct xpath_scan *scan, size_t at)
{
	while (at < scan->text.len && is_space(scan->text.ptr[at]))
		at++;
	return at;
}

/* The length of a name with its prefix; "p:*" too. */
static size_t qname(struct str text)
{
	size_t len = xpath_ncname(text), local;

	if (len == 0 || len + 1 >= text.len || text.ptr[len] != ':')
		return len;
	if (text.ptr[len + 1] == '*')
		return len + 2;
	local = xpath_ncname(str_slice(text, len + 1, text.len));
	return local == 0 ? len : len + 1 + local;
}

static size_t sign(struct str text)
{
	static const char *const pairs[] = { "//", "::", "..", "!=", "<=",
		">=" };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (str_starts(text, str_from(pairs[i])))
			return 2;
	return strchr("()[],|/@.+-*=<>", text.ptr[0]) != NULL &&
	       text.ptr[0] != '\0';
}

static size_t literal(struct str text)
{
	size_t end = str_find_char(text, text.ptr[0], 1);

	return end == STR_NOT_FOUND ? 0 : end + 1;
}

static size_t digits(struct str text)
{
	size_t len = 0;

	while (len < text.len && (is_digit(text.ptr[len]) ||
	    text.ptr[len] == '.'))
		len++;
	return len;
}

/*
 * XPath 1.0, section 3.7: a name is an operator when a token stands before it
 * that is none of @ :: ( [ , and no operator.
 */
static bool follows_operand(const struct xpath_token *before)
{
	switch (before->kind) {
	case XPATH_END:
	case XPATH_OPERATOR_NAME:
		return false;
	case XPATH_NAME:
	case XPATH_VARIABLE:
	case XPATH_LITERAL:
	case XPATH_DIGITS:
		return true;
	case XPATH_SIGN:
		break;
	}
	return str_eq(before->text, STR(")")) ||
	       str_eq(before->text, STR("]")) ||
	       str_eq(before->text, STR(".")) ||
	       str_eq(before->text, STR(".."));
}

void xpath_scan_init(struct xpath_scan *scan, struct str text)
{
	*scan = (struct xpath_scan){ .text = text };
}

bool xpath_next(struct xpath_scan *scan)
{
	struct xpath_token token = { .at = skip_space(scan, scan->at) };
	struct str rest = rest_of(scan, token.at);
	size_t len = 0, skip = 0;

	if (rest.len == 0) {
		len = 0;
	} else if (rest.ptr[0] == '$') {
		token.kind = XPATH_VARIABLE;
		skip = 1;
		len = qname(rest_of(scan, token.at + 1));
	} else if (rest.ptr[0] == '"' || rest.ptr[0] == '\'') {
		token.kind = XPATH_LITERAL;
		len = literal(rest);
	} else if (is_digit(rest.ptr[0]) || (rest.len > 1 &&
	    rest.ptr[0] == '.' && is_digit(rest.ptr[1]))) {
		token.kind = XPATH_DIGITS;
		len = digits(rest);
	} else if ((len = qname(rest)) > 0) {
		token.kind = follows_operand(&scan->token) ?
		    XPATH_OPERATOR_NAME : XPATH_NAME;
	} else {
		/* A star where an operand stands is a name test. */
		token.kind = rest.ptr[0] == '*' &&
		    !follows_operand(&scan->token) ? XPATH_NAME : XPATH_SIGN;
		len = sign(rest);
	}
	if (len == 0)
		token.kind = XPATH_END;
	token.text = str_slice(rest, skip, skip + len);
	scan->at = token.at + skip + len;
	scan->token = token;
	return len > 0;
}

bool xpath_is_sign(const struct xpath_scan *scan, const char *wanted)
{
	return scan->token.kind == XPATH_SIGN &&
	       str_eq(scan->token.text, str_from(wanted));
}

bool xpath_is_call(const struct xpath_scan *scan)
{
	static const char *const node_types[] = { "node", "text", "comment",
		"processing-instruction" };
	size_t at = skip_space(scan, scan->at);

	if (scan->token.kind != XPATH_NAME || at >= scan->text.len ||
	    scan->text.ptr[at] != '(')
		return false;
	for (size_t i = 0; i < sizeof(node_types) / sizeof(*node_types); i++)
		if (str_eq(scan->token.text, str_from(node_types[i])))
			return false;
	return true;
}
