/* SPDX-License-Identifier: MIT */
#include "schema/schematron_words.h"

#include "base/arena.h"
#include "base/buf.h"
#include "schema/schematron_model.h"

/* The number or text that a let of the whole rule file is, if `select` names
 * one. */
static bool parameter(const struct xpath *select, struct str *value)
{
	struct str name = str_trim(select->text);
	const struct let *let = select->scope;

	if (name.len < 2 || name.ptr[0] != '$')
		return false;
	name = str_slice(name, 1, name.len);
	while (let != NULL && !str_eq(let->name, name))
		let = let->previous;
	return let != NULL && let->level == LET_SCHEMA && let->value != NULL &&
	    schematron_literal(let->value->text, value);
}

/* The spaces around dates and numbers are none around these brackets. */
static void append_text(struct buf *out, struct str text)
{
	bool is_after = str_ends(buf_str(out), STR("〕"));

	buf_append(out, is_after && str_starts(text, STR(" ")) ?
	    str_slice(text, 1, text.len) : text);
}

static void append_meaning(struct buf *out, const struct xpath *select,
    const struct schematron_assert *assert, enum lang lang,
    const struct schematron_words *words)
{
	struct str meaning;

	if (parameter(select, &meaning)) {
		buf_append(out, meaning);
	} else if (words == NULL || !words->meaning(words->context, assert,
	    str_trim(select->text), lang, &meaning)) {
		if (!str_ends(buf_str(out), STR("…")))
			buf_append(out, STR("…"));
	} else if (meaning.len > 0) {
		if (lang == LANG_ZH && str_ends(buf_str(out), STR(" ")))
			buf_truncate(out, out->len - 1);
		buf_append(out, lang == LANG_ZH ? STR("〔") : STR("["));
		buf_append(out, meaning);
		buf_append(out, lang == LANG_ZH ? STR("〕") : STR("]"));
	}
}

struct str schematron_wording(struct arena *arena,
    const struct schematron_assert *assert, enum schematron_text which,
    enum lang lang, const struct schematron_words *words)
{
	/* What is said about a check is its beginning. */
	const struct check *check = (const struct check *)assert;
	const struct message *message = which == SCHEMATRON_HINT ?
	    &check->hint[lang] : &check->message[lang];
	struct buf out;
	struct str text;

	buf_init(&out);
	for (size_t i = 0; i < message->count; i++) {
		const struct message_part *part = &message->parts[i];

		if (part->select == NULL)
			append_text(&out, part->text);
		else
			append_meaning(&out, part->select, assert, lang,
			    words);
	}
	text = str_dup(arena, str_trim(buf_str(&out)));
	buf_dispose(&out);
	return text;
}
