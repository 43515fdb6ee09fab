/* SPDX-License-Identifier: MIT */
#include "render/question.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/pack.h"
#include "base/value.h"
#include "model/codes.h"
#include "render/page.h"

void questions_init(struct questions *questions, struct arena *arena)
{
	questions->arena = arena;
	vec_init(&questions->items, sizeof(struct question));
	map_init(&questions->seen, arena);
}

void questions_dispose(struct questions *questions)
{
	vec_dispose(&questions->items);
}

void questions_add(struct questions *questions, enum question_kind kind,
    uint32_t query, struct str subject, uint64_t answer)
{
	struct question *question;
	struct buf name;

	if (questions == NULL)
		return;
	buf_init(&name);
	pack_number(&name, kind);
	pack_number(&name, query);
	buf_append(&name, subject);
	if (!map_has(&questions->seen, buf_str(&name))) {
		(void)map_put(&questions->seen, buf_str(&name), questions);
		question = vec_push(&questions->items);
		*question = (struct question){ kind, query,
			str_dup(questions->arena, subject), answer };
	}
	buf_dispose(&name);
}

/* -- as bytes ------------------------------------------------------------- */

void question_pack(struct buf *out, const struct question *question)
{
	pack_number(out, question->kind);
	pack_number(out, question->query);
	pack_str(out, question->subject);
	pack_long(out, question->answer);
}

bool question_unpack(struct str *bytes, struct question *question)
{
	return unpack_number(bytes, &question->kind) &&
	    unpack_number(bytes, &question->query) &&
	    unpack_str(bytes, &question->subject) &&
	    unpack_long(bytes, &question->answer);
}

struct str question_subject(struct arena *arena, const struct str *params,
    size_t count)
{
	struct str subject;
	struct buf packed;

	buf_init(&packed);
	for (size_t i = 0; i < count; i++)
		pack_str(&packed, params[i]);
	subject = str_dup(arena, buf_str(&packed));
	buf_dispose(&packed);
	return subject;
}

size_t question_params(struct str subject, struct str params[QUESTION_PARAMS])
{
	size_t count = 0;

	while (count < QUESTION_PARAMS && unpack_str(&subject, &params[count]))
		count++;
	return count;
}

/* -- what pages ask ------------------------------------------------------- */

struct str site_day(const struct site *site)
{
	questions_add(site->wording.questions, ASKED_DAY, 0, STR_NONE,
	    hash_bytes(site->as_of));
	return site->as_of;
}

struct str site_month(const struct site *site, struct arena *arena)
{
	struct str month = str_slice(site->as_of, 0, 7);

	questions_add(site->wording.questions, ASKED_MONTH, 0, STR_NONE,
	    hash_bytes(month));
	return str_join(arena, month, STR("-01"));
}

struct str site_commit(const struct site *site)
{
	struct str commit = value_text_at(site->context, STR("build.commit"));

	questions_add(site->wording.questions, ASKED_COMMIT, 0, STR_NONE,
	    hash_bytes(commit));
	return commit;
}

bool site_has_come(const struct site *site, struct str day)
{
	bool has_come = str_cmp(day, site->as_of) <= 0;

	/* What has come stays so: time does not run backwards unnoticed. */
	if (!has_come)
		questions_add(site->wording.questions, ASKED_COME, 0, day, 0);
	return has_come;
}

uint64_t codes_answer(const struct codes *codes, struct str name)
{
	const struct code_list *list = codes_list(codes, name);
	uint64_t answer = 0;

	if (list != NULL)
		return list->digest;
	for (size_t i = 0; i < codes->lists.count && name.len == 0; i++) {
		list = codes->lists.entries[i].item;
		answer = (answer ^ list->digest) * 31;
	}
	return answer;
}

const struct code_list *wording_codes(const struct wording *wording,
    struct str name)
{
	if (wording->questions != NULL)
		questions_add(wording->questions, ASKED_CODES, 0, name,
		    codes_answer(wording->codes, name));
	return codes_list(wording->codes, name);
}
