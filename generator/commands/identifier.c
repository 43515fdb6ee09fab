/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/buf.h"
#include "commands/command.h"
#include "rules/identifier.h"

#include <stdio.h>

/* All operands but the first: a number may be typed with spaces in it. */
static struct str join_operands(const struct invocation *invocation)
{
	struct buf joined;
	struct str text;

	buf_init(&joined);
	for (size_t i = 1; i < invocation->operand_count; i++) {
		if (i > 1)
			buf_append_char(&joined, ' ');
		buf_append(&joined, invocation->operands[i]);
	}
	text = str_dup(invocation->arena, buf_str(&joined));
	buf_dispose(&joined);
	return text;
}

static void print_parts(const struct identifier *identifier, enum lang lang)
{
	const bool zh = lang == LANG_ZH;

	for (size_t i = 0; i < identifier->part_count; i++) {
		const struct identifier_part *part = &identifier->parts[i];
		struct str meaning = part->meaning.in[lang];

		printf("  %.*s%s%.*s", STR_ARG(part->name.in[lang]),
		    zh ? "：" : ": ", STR_ARG(part->value));
		if (meaning.len > 0)
			printf(zh ? "（%.*s）" : " (%.*s)", STR_ARG(meaning));
		putchar('\n');
	}
	if (identifier->note.in[lang].len > 0)
		printf("  %s%.*s\n", zh ? "说明：" : "note: ",
		    STR_ARG(identifier->note.in[lang]));
}

static int unknown_kind(const struct invocation *invocation)
{
	static const struct text unknown = TEXT("没有这种编号",
	    "no such kind of identifier");
	static const struct text kinds = TEXT("编号种类：", "kinds:");
	int status = invocation_usage(invocation, &unknown,
	    invocation->operands[0]);

	fputs(invocation_text(invocation, &kinds), stderr);
	for (size_t i = 0; i < IDENTIFIER_KIND_COUNT; i++)
		fprintf(stderr, " %.*s", STR_ARG(
		    identifier_info((enum identifier_kind)i)->name));
	fputc('\n', stderr);
	return status;
}

static int run(struct invocation *invocation)
{
	enum lang lang = invocation->lang;
	struct identifier identifier;
	enum identifier_kind kind;

	if (!identifier_kind_find(invocation->operands[0], &kind))
		return unknown_kind(invocation);
	identifier_examine(invocation->arena, kind, join_operands(invocation),
	    &identifier);
	printf("%.*s%s%.*s\n",
	    STR_ARG(identifier_info(kind)->title.in[lang]),
	    lang == LANG_ZH ? "：" : ": ", STR_ARG(identifier.normal));
	if (identifier.problem == IDENTIFIER_VALID) {
		print_parts(&identifier, lang);
		return EXIT_FINE;
	}
	printf("  %s%.*s\n", lang == LANG_ZH ? "有误：" : "wrong: ",
	    STR_ARG(identifier.fault.in[lang]));
	print_parts(&identifier, lang);
	return EXIT_CONTENT;
}

const struct command command_identifier = {
	.name = "identifier",
	.operands = "KIND VALUE",
	.least_operands = 2,
	.most_operands = 16,
	.summary = TEXT("编号的形式和校验位对不对，各部分是什么",
	    "whether an identifier is well formed, and what its parts say"),
	.description = TEXT(
	    "KIND 是 patent、publication、uscc、software、variety、variety-approval、layout、\n"
	    "doi、issn、orcid、ror、standard、drug、device、serial、site、icp 或 police。\n"
	    "VALUE 可以带空格、ZL、网址前缀和全角字符。\n"
	    "编号无误退出码为 0，有误为 1，并说明错在哪里、校验位应为什么。不查询任何登记簿：\n"
	    "形式无误的号码不一定存在。",
	    "KIND is patent, publication, uscc, software, variety, variety-approval, layout, doi,\n"
	    "issn, orcid, ror, standard, drug, device, serial, site, icp or police. VALUE may have\n"
	    "spaces, ZL, the address of a resolver, full-width characters. The exit status is 0 for\n"
	    "a sound identifier and 1 for any other, with what is wrong, where, and the check\n"
	    "character that is expected. No register is asked: a well-formed number need not exist."),
	.run = run,
};
