/* SPDX-License-Identifier: MIT */
/* Who made the commits of a proposal: who signed, who is named as the author,
 * who pushed, apart, as part of a review's Markdown. */
#include "base/buf.h"
#include "base/escape.h"
#include "commands/authorship.h"
#include "commands/command.h"
#include "commands/review.h"
#include "commands/review_sheet.h"

/* Groups of commits that the same people made, and commits named of a group. */
enum { GROUPS_MAX = 20, NAMED_MAX = 5, SHORT_ID = 12 };

struct group {
	const struct commit_people *people;	/* of the first */
	size_t first, count;
};

/* -- groups --------------------------------------------------------------- */

static bool are_same(const struct commit_people *a,
    const struct commit_people *b)
{
	return a->state == b->state && str_eq(a->signer, b->signer) &&
	    str_eq(a->fingerprint, b->fingerprint) &&
	    str_eq(a->author, b->author) && str_eq(a->account, b->account) &&
	    str_eq(a->received, b->received);
}

/* Neighbours only, so that the order of the commits is kept. */
static void group_commits(const struct vec *people, struct vec *groups)
{
	for (size_t i = 0; i < people->count; i++) {
		const struct commit_people *at = vec_at(people, i);
		struct group *last = groups->count > 0 ?
		    vec_at(groups, groups->count - 1) : NULL;

		if (last != NULL && are_same(last->people, at))
			last->count++;
		else
			*(struct group *)vec_push(groups) =
			    (struct group){ at, i, 1 };
	}
}

/* -- one group ------------------------------------------------------------ */

static void append_commits(const struct sheet *sheet,
    const struct vec *people, const struct group *group)
{
	static const struct text rest = TEXT(" 等 %zu 个提交",
	    " and others, %zu commits");

	buf_append_cstr(sheet->out, "- ");
	for (size_t i = 0; i < group->count && i < NAMED_MAX; i++) {
		const struct commit_people *at =
		    vec_at(people, group->first + i);

		if (i > 0)
			buf_append_cstr(sheet->out, sheet->lang == LANG_ZH ?
			    "、" : ", ");
		sheet_code(sheet, str_slice(at->id, 0, SHORT_ID));
	}
	if (group->count > NAMED_MAX)
		buf_append_format(sheet->out, rest.in[sheet->lang],
		    group->count);
	buf_append_char(sheet->out, '\n');
}

static const struct text *word_of(const struct commit_people *people)
{
	static const struct text good = TEXT("", "");
	static const struct text unsigned_ = TEXT("**没有签名**",
	    "**not signed**");
	static const struct text unknown = TEXT("**登记库没有列出的密钥**",
	    "**a key that the registry does not list**");
	static const struct text bad = TEXT("**签名与内容不符**",
	    "**a signature of something else**");
	static const struct text unverified = TEXT("**无法核对的签名**",
	    "**a signature that cannot be verified**");

	switch (people->state) {
	case SIGNATURE_GOOD:
		return &good;
	case SIGNATURE_NONE:
		return &unsigned_;
	case SIGNATURE_UNKNOWN_KEY:
		return &unknown;
	case SIGNATURE_BAD:
		return &bad;
	case SIGNATURE_UNREADABLE:
	case SIGNATURE_UNVERIFIED:
		break;
	}
	return &unverified;
}

static void append_signer(const struct sheet *sheet,
    const struct commit_people *people)
{
	static const struct text label = TEXT("  - 签名：", "  - signed by: ");

	sheet_words(sheet, &label);
	sheet_words(sheet, word_of(people));
	if (people->signer.len > 0)
		sheet_code(sheet, people->signer);
	if (people->fingerprint.len > 0) {
		buf_append_char(sheet->out, ' ');
		sheet_code(sheet, people->fingerprint);
	}
	buf_append_char(sheet->out, '\n');
}

static void append_author(const struct sheet *sheet,
    const struct commit_people *people)
{
	static const struct text label = TEXT("  - 作者（自称）：",
	    "  - author, as the commit says: ");

	sheet_words(sheet, &label);
	sheet_code(sheet, people->author);
	buf_append_char(sheet->out, '\n');
}

static void append_pusher(const struct sheet *sheet,
    const struct commit_people *people)
{
	static const struct text label = TEXT("  - 推送：",
	    "  - pushed by: ");
	static const struct text account = TEXT("账号 ", "the account ");
	static const struct text who = TEXT("，即 ", ", that is ");
	static const struct text nobody = TEXT("，登记库没有列出",
	    ", which the registry does not list");
	static const struct text unknown = TEXT("不知道", "not known");
	static const struct text received = TEXT("，服务器收到 ",
	    ", received by the server ");

	sheet_words(sheet, &label);
	if (people->account.len > 0) {
		sheet_words(sheet, &account);
		sheet_code(sheet, people->account);
		sheet_words(sheet, people->pusher.len > 0 ? &who : &nobody);
		if (people->pusher.len > 0)
			sheet_code(sheet, people->pusher);
	} else {
		sheet_words(sheet, &unknown);
	}
	if (people->received.len > 0) {
		sheet_words(sheet, &received);
		buf_append(sheet->out, people->received);
	}
	buf_append_char(sheet->out, '\n');
}

/* -- when a record came --------------------------------------------------- */

void review_append_arrival(const struct sheet *sheet,
    const struct review_record *record)
{
	static const struct text received = TEXT("\n服务器收到 ",
	    "\nReceived by the server ");
	static const struct text account = TEXT("，账号 ",
	    ", from the account ");
	static const struct text landed = TEXT("，合入主分支 ",
	    ", taken into the main branch ");
	static const struct text unproven = TEXT(
	    "\n没有收件凭据：期限只看档案所载的收件日期。\n",
	    "\nThere is no receipt: for deadlines only the dossier's day of "
	    "receipt counts.\n");

	if (record->received.len == 0) {
		if (record->kind == KIND_ACHIEVEMENT &&
		    sheet->review->has_receipts)
			sheet_words(sheet, &unproven);
		return;
	}
	sheet_words(sheet, &received);
	buf_append(sheet->out, record->received);
	if (record->account.len > 0) {
		sheet_words(sheet, &account);
		sheet_code(sheet, record->account);
	}
	if (record->landed.len > 0) {
		sheet_words(sheet, &landed);
		buf_append(sheet->out, record->landed);
	}
	buf_append_char(sheet->out, '\n');
}

/* -- all of them ---------------------------------------------------------- */

static void append_groups(const struct sheet *sheet,
    const struct vec *people, const struct vec *groups)
{
	static const struct text more = TEXT(
	    "- 另有 %zu 个提交，见 `zheli review --format json`\n",
	    "- and %zu commits more: see `zheli review --format json`\n");

	for (size_t i = 0; i < groups->count && i < GROUPS_MAX; i++) {
		const struct group *group = vec_at(groups, i);

		append_commits(sheet, people, group);
		append_signer(sheet, group->people);
		append_author(sheet, group->people);
		append_pusher(sheet, group->people);
	}
	if (groups->count > GROUPS_MAX)
		buf_append_format(sheet->out, more.in[sheet->lang],
		    people->count - ((const struct group *)vec_at(groups,
			GROUPS_MAX))->first);
}

void review_append_people(const struct sheet *sheet)
{
	static const struct text title = TEXT("\n### 提交和人员\n\n",
	    "\n### Commits and people\n\n");
	static const struct text unjudged = TEXT(
	    "登记库没有列出编辑和经办人，谁可以改什么没有核对。\n\n",
	    "The registry lists neither editors nor officers: whether these "
	    "people may was not judged.\n\n");
	const struct review *review = sheet->review;
	const struct vec *people = &review->authorship.people;
	struct vec groups;

	if (people->count == 0 && review->of_people.count == 0)
		return;
	vec_init(&groups, sizeof(struct group));
	group_commits(people, &groups);
	sheet_words(sheet, &title);
	if (!review->authorship.is_judged)
		sheet_words(sheet, &unjudged);
	append_groups(sheet, people, &groups);
	if (review->of_people.count > 0)
		buf_append_char(sheet->out, '\n');
	sheet_diagnostics(sheet, &review->of_people, STR_NONE, GROUPS_MAX);
	vec_dispose(&groups);
}
