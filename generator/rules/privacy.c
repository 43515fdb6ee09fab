/* SPDX-License-Identifier: MIT */
#include "rules/privacy.h"

#include "base/date.h"
#include "base/utf8.h"

#include <string.h>

/* -- characters ---------------------------------------------------------- */

/*
 * The character at `at` as ASCII, full-width forms folded; 0 for any other and
 * at the end. Nearly all text is passed over by it, so ASCII comes first.
 */
static char ascii_at(struct str text, size_t at, size_t *size)
{
	uint32_t c;

	*size = 1;
	if (at >= text.len)
		return '\0';
	if ((unsigned char)text.ptr[at] < 0x80)
		return text.ptr[at];
	c = utf8_decode(text, at, size);
	return c >= 0xff01 && c <= 0xff5e ? (char)(c - 0xff01 + '!') : '\0';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c)
{
	return is_digit(c) || is_letter(c) || c == '_';
}

/* The character before `at`, folded. */
static char ascii_before(struct str text, size_t at)
{
	size_t size;

	if (at == 0)
		return '\0';
	if ((unsigned char)text.ptr[at - 1] < 0x80)
		return text.ptr[at - 1];
	if (at < 3 || (unsigned char)text.ptr[at - 3] < 0x80)
		return '\0';
	return ascii_at(text, at - 3, &size);
}

/* A run of digits, an X at its end, groups of it perhaps set apart. */
struct run {
	char digits[24];	/* folded */
	size_t count;		/* SIZE_MAX: too many to be of interest */
	size_t groups[4], group_count;	/* sizes */
	size_t end;		/* byte offset behind it */
};

static void take_digit(struct run *run, char c)
{
	if (run->count < sizeof(run->digits))
		run->digits[run->count++] = c;
	else
		run->count = SIZE_MAX;
}

/* Takes plain digits from `at` on as one more group. */
static void take_group(struct str text, size_t at, struct run *run)
{
	size_t before = run->count, size;
	char c = ascii_at(text, at, &size);

	while (run->count != SIZE_MAX && is_digit(c)) {
		take_digit(run, c);
		at += size;
		c = ascii_at(text, at, &size);
	}
	if (run->count != SIZE_MAX && run->group_count < 4)
		run->groups[run->group_count++] = run->count - before;
	run->end = at;
}

/* -- identity cards and mobile numbers ----------------------------------- */

/* GB 11643-1999: a division, a day of birth, an order number, a check. */
static bool is_id_number(const struct run *run, char last)
{
	static const unsigned weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7,
		9, 10, 5, 8, 4, 2 };
	char birth[] = "0000-00-00";
	struct date date;
	unsigned sum = 0;

	memcpy(birth, run->digits + 6, 4);
	memcpy(birth + 5, run->digits + 10, 2);
	memcpy(birth + 8, run->digits + 12, 2);
	if (run->digits[0] < '1' || run->digits[0] > '8' ||
	    !date_parse(str_from(birth), &date) || date.year < 1900 ||
	    date.year > 2099)
		return false;
	for (size_t i = 0; i < 17; i++)
		sum += (unsigned)(run->digits[i] - '0') * weights[i];
	return "10X98765432"[sum % 11] == last;
}

static bool is_mobile(const char *digits)
{
	return digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

/* Whether what follows makes a number a quantity: a decimal point, a unit. */
static bool is_quantity(struct str text, size_t end)
{
	static const char *const units[] = { "元", "万", "亿", "个", "次",
		"条", "吨", "%" };
	size_t size;

	if (ascii_at(text, end, &size) == '.' &&
	    is_digit(ascii_at(text, end + size, &size)))
		return true;
	while (ascii_at(text, end, &size) == ' ')
		end += size;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (str_starts(str_slice(text, end, text.len),
			str_from(units[i])))
			return true;
	return false;
}

/* 138 1234 5678 and 138-1234-5678: goes on from the first three. */
static void take_mobile_groups(struct str text, struct run *run)
{
	while (run->group_count < 3 && run->groups[0] == 3) {
		size_t size;
		char c = ascii_at(text, run->end, &size);

		if ((c != ' ' && c != '-') ||
		    !is_digit(ascii_at(text, run->end + size,
			&(size_t){ 0 })))
			return;
		take_group(text, run->end + size, run);
	}
}

static bool judge_mobile(struct str text, struct run *run, char before)
{
	size_t skip = 0, size;
	char after;

	/* +86 138… and 0086138… */
	if (run->group_count == 1 && run->count == 2 && before == '+' &&
	    memcmp(run->digits, "86", 2) == 0) {
		char c = ascii_at(text, run->end, &size);

		if (c != ' ' && c != '-')
			return false;
		*run = (struct run){ .end = run->end + size };
		take_group(text, run->end, run);
	} else if (run->count == 13 && before == '+' &&
	    memcmp(run->digits, "86", 2) == 0) {
		skip = 2;
	} else if (run->count == 15 && memcmp(run->digits, "0086", 4) == 0) {
		skip = 4;
	}
	take_mobile_groups(text, run);
	if (run->count != 11 + skip || !is_mobile(run->digits + skip))
		return false;
	if (run->group_count > 1 && (run->group_count != 3 ||
	    run->groups[0] != 3 || run->groups[1] != 4))
		return false;
	after = ascii_at(text, run->end, &size);
	return !is_word(after) && after != '@' &&
	       !is_quantity(text, run->end);
}

/* Looks at the digits that begin at `at`; `*next` is where to go on. */
static bool find_number(struct str text, size_t at,
    struct privacy_finding *finding, size_t *next)
{
	struct run run = { .count = 0 };
	char before = ascii_before(text, at), after;
	size_t size;

	take_group(text, at, &run);
	*next = run.end;
	if (is_word(before) || before == '.' || before == '-' ||
	    run.count == SIZE_MAX)
		return false;
	after = ascii_at(text, run.end, &size);
	if (run.count == 17 && (after == 'X' || after == 'x') &&
	    !is_word(ascii_at(text, run.end + size, &(size_t){ 0 })) &&
	    is_id_number(&run, 'X')) {
		*finding = (struct privacy_finding){ PRIVACY_ID_NUMBER, at,
			run.end + size - at };
		return true;
	}
	if (run.count == 18 && !is_word(after) &&
	    is_id_number(&run, run.digits[17])) {
		*finding = (struct privacy_finding){ PRIVACY_ID_NUMBER, at,
			run.end - at };
		return true;
	}
	if (!judge_mobile(text, &run, before))
		return false;
	*finding = (struct privacy_finding){ PRIVACY_MOBILE, at, run.end - at };
	return true;
}

/* -- mail addresses ------------------------------------------------------ */

static bool is_local(char c)
{
	return c != '\0' && (is_word(c) || strchr(".%+-", c) != NULL);
}

/* Offset behind the domain that begins at `at`; 0 if there is none. */
static size_t domain_end(struct str text, size_t at)
{
	size_t label = 0, dots = 0, end = 0, size;
	bool letters = true;

	for (;; at += size) {
		char c = ascii_at(text, at, &size);

		if (is_digit(c) || is_letter(c) || (c == '-' && label > 0)) {
			letters = letters && is_letter(c);
			label++;
		} else if (c == '.' && label > 0) {
			if (dots > 0 && letters && label >= 2)
				end = at;
			dots++;
			label = 0;
			letters = true;
		} else {
			return dots > 0 && letters && label >= 2 ? at : end;
		}
	}
}

/* Looks around the '@' at `at`. */
static bool find_mail(struct str text, size_t from, size_t at, size_t sign,
    struct privacy_finding *finding)
{
	size_t begin = at, end;

	while (begin > from && is_local(ascii_before(text, begin)))
		begin -= (unsigned char)text.ptr[begin - 1] < 0x80 ? 1 : 3;
	while (begin < at && (text.ptr[begin] == '.' || text.ptr[begin] == '-'))
		begin++;
	end = domain_end(text, at + sign);
	if (begin == at || end == 0)
		return false;
	*finding = (struct privacy_finding){ PRIVACY_MAIL, begin,
		end - begin };
	return true;
}

/* -- what numbers may stand in ------------------------------------------- */

/* Offset behind a DOI or an address of a page that begins at `at`, or `at`. */
static size_t skip_token(struct str text, size_t at)
{
	struct str rest = str_slice(text, at, text.len);
	size_t digits = 3, size;
	char c;

	if (str_starts(rest, STR("10."))) {
		/* Registrants are short; a row of "10.10.10…" is not one. */
		while (digits < rest.len && digits < 32 &&
		    (is_digit(rest.ptr[digits]) || rest.ptr[digits] == '.'))
			digits++;
		if (digits < 7 || digits >= rest.len ||
		    rest.ptr[digits] != '/')
			return at;
	} else if (!str_starts(rest, STR("http://")) &&
	    !str_starts(rest, STR("https://"))) {
		return at;
	}
	while ((c = ascii_at(text, at, &size)) > ' ' && size == 1 &&
	       strchr("<>\"", c) == NULL)
		at++;
	return at;
}

/* Whether a finding can begin, or be seen, at this byte; 0xef begins full-width
 * forms, 'h' an address of a page. */
static bool is_of_interest(char byte)
{
	return is_digit(byte) || byte == '@' || byte == 'h' ||
	       (unsigned char)byte == 0xef;
}

bool privacy_find(struct str text, size_t from,
    struct privacy_finding *finding)
{
	size_t at = from, start = from, size, next;

	while (at < text.len) {
		char c;

		if (!is_of_interest(text.ptr[at])) {
			at++;
			continue;
		}
		c = ascii_at(text, at, &size);
		next = at + size;
		if (c == '@' && find_mail(text, start, at, size, finding))
			return true;
		if ((c == '1' || c == 'h') &&
		    !is_word(ascii_before(text, at)) &&
		    skip_token(text, at) > at)
			next = start = skip_token(text, at);
		else if (is_digit(c) && find_number(text, at, finding, &next))
			return true;
		at = next;
	}
	return false;
}

/* -- secrecy marks ------------------------------------------------------- */

static size_t skip_spaces(struct str text, size_t at)
{
	for (;;) {
		struct str rest = str_slice(text, at, text.len);

		if (str_starts(rest, STR("　")))
			at += 3;
		else if (str_starts(rest, STR("\u00a0")))
			at += 2;
		else if (rest.len > 0 && (rest.ptr[0] == ' ' ||
		    rest.ptr[0] == '\t'))
			at++;
		else
			return at;
	}
}

/* Offset behind `word` at `at`, spaces between its characters allowed. */
static size_t match_word(struct str text, size_t at, const char *word)
{
	struct str wanted = str_from(word);
	size_t size;

	for (size_t i = 0; i < wanted.len; i += size) {
		(void)utf8_decode(wanted, i, &size);
		if (i > 0)
			at = skip_spaces(text, at);
		if (!str_starts(str_slice(text, at, text.len),
			str_slice(wanted, i, i + size)))
			return 0;
		at += size;
	}
	return at;
}

/* Offset behind a level of secrecy at `at`, or 0. */
static size_t match_level(struct str text, size_t at)
{
	static const char *const levels[] = { "绝密", "机密", "秘密" };
	size_t end = 0;

	for (size_t i = 0; end == 0 && i < 3; i++)
		end = match_word(text, at, levels[i]);
	return end;
}

/* 密级：机密, also in a table: what stands between is no word. */
static size_t match_labelled(struct str text, size_t at)
{
	static const char *const between[] = { "：", ":", "|", "*", "为", "（",
		"(", "【", "[" };
	size_t end = match_word(text, at, "密级"), from = end;
	bool more = end > 0;

	while (more) {
		end = skip_spaces(text, end);
		more = false;
		for (size_t i = 0; i < sizeof(between) / sizeof(*between); i++)
			if (str_starts(str_slice(text, end, text.len),
				str_from(between[i]))) {
				end += strlen(between[i]);
				more = true;
			}
	}
	if (end == from)
		return 0;
	end = match_level(text, end);
	/* 机密性 is a quality that systems have. */
	return end > 0 && str_starts(str_slice(text, end, text.len),
	    STR("性")) ? 0 : end;
}

static size_t match_starred(struct str text, size_t at)
{
	size_t end = match_level(text, at);

	if (end == 0)
		return 0;
	end = skip_spaces(text, end);
	return str_starts(str_slice(text, end, text.len), STR("★")) ?
	    end + strlen("★") : 0;
}

bool privacy_find_mark(struct str text, size_t from,
    struct privacy_finding *finding)
{
	/* Every mark has 密 in it; most texts have none. */
	size_t at = str_find(text, STR("密"), from);

	while (at != STR_NOT_FOUND) {
		size_t end = match_labelled(text, at), begin = at;

		for (size_t back = 3; end == 0 && back <= 9 &&
		     at >= from + back; back++) {
			begin = at - back;
			end = match_starred(text, begin);
			if (end != 0 && end <= at)
				end = 0;
		}
		if (end > 0) {
			*finding = (struct privacy_finding){
				PRIVACY_SECRECY_MARK, begin, end - begin };
			return true;
		}
		at = str_find(text, STR("密"), at + strlen("密"));
	}
	return false;
}

struct str privacy_kind_name(enum privacy_kind kind, enum lang lang)
{
	static const char *const names[][LANG_COUNT] = {
		[PRIVACY_ID_NUMBER] = { "身份证号码",
			"an identity card number" },
		[PRIVACY_MOBILE] = { "手机号码", "a mobile number" },
		[PRIVACY_MAIL] = { "电子邮箱地址", "a mail address" },
		[PRIVACY_SECRECY_MARK] = { "密级标志", "a secrecy mark" },
	};

	return str_from(names[kind][lang]);
}
