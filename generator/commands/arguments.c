/* SPDX-License-Identifier: MIT */
#include "commands/arguments.h"

#include "base/arena.h"
#include "base/workers.h"
#include "commands/command.h"
#include "source/source.h"

#include <string.h>

const struct common_option common_options[COMMON_OPTION_COUNT] = {
	{ COMMON_REGISTRY, { 'C', "registry", "DIR",
	    TEXT("登记库所在目录（缺省：当前目录或其上级中含有 content/ 的目录）",
		"the registry (default: here, or the nearest folder above "
		"with content/)") } },
	{ COMMON_REV, { 0, "rev", "REV",
	    TEXT("读取该提交（缺省：工作目录；裸仓库为 HEAD）",
		"read this commit (default: the working tree; HEAD if bare)")
	} },
	{ COMMON_RANGE, { 0, "range", "BASE..HEAD",
	    TEXT("检查提案：把 HEAD 并入 BASE 之后的样子",
		"a proposal: as it is once HEAD is merged into BASE") } },
	{ COMMON_AS_OF, { 0, "as-of", "DATE",
	    TEXT("以该日为准判断期限（缺省：北京时间今天）",
		"judge as of this day (default: today in Asia/Shanghai)") } },
	{ COMMON_JOBS, { 'j', "jobs", "N",
	    TEXT("并行进程数（缺省：处理器数）",
		"worker processes (default: one per processor)") } },
	{ COMMON_LANG, { 0, "lang", "zh|en",
	    TEXT("提示信息的语言（缺省：按系统设置）",
		"language of messages (default: from the locale)") } },
	{ 0, { 'h', "help", NULL,
	    TEXT("显示本命令的帮助", "show this help") } },
};

/* The places of those with a value, in the table. */
enum { REGISTRY, REV, RANGE, AS_OF, JOBS, LANG };

/* One option, own or common, and where its value goes. */
struct slot {
	const struct option *option;
	struct str *value;
};

struct reading {
	struct invocation *invocation;
	struct str common[COMMON_OPTION_COUNT];
};

static bool takes(const struct invocation *invocation,
    const struct common_option *common)
{
	return common->bit == 0 || common->bit == COMMON_LANG ||
	    (invocation->command->common & common->bit) != 0;
}

static bool matches(const struct option *option, struct str name, char letter)
{
	return letter != 0 ? option->letter == letter :
	    str_eq(str_from(option->name), name);
}

static bool find_option(struct reading *reading, struct str name, char letter,
    struct slot *slot)
{
	struct invocation *invocation = reading->invocation;
	const struct option *own = invocation->command->options;

	for (size_t i = 0; own != NULL && own[i].name != NULL; i++) {
		if (matches(&own[i], name, letter)) {
			*slot = (struct slot){ &own[i],
				&invocation->values[i] };
			return true;
		}
	}
	for (size_t i = 0; i < COMMON_OPTION_COUNT; i++) {
		if (takes(invocation, &common_options[i]) &&
		    matches(&common_options[i].option, name, letter)) {
			*slot = (struct slot){ &common_options[i].option,
				&reading->common[i] };
			return true;
		}
	}
	return false;
}

/* Takes the option at words[at]; returns how many words it took, or 0. */
static int read_option(struct reading *reading, int at, int count, char **words)
{
	static const struct text unknown = TEXT("没有这个选项",
	    "no such option");
	static const struct text lacking = TEXT("选项缺少参数",
	    "the option needs an argument");
	static const struct text surplus = TEXT("选项不带参数",
	    "the option takes no argument");
	struct str word = str_from(words[at]), name = word, attached = STR_NONE;
	struct slot slot;
	char letter = 0;

	if (str_starts(word, STR("--"))) {
		attached = str_slice(word, 2, word.len);
		name = str_cut(&attached, '=');
	} else {
		letter = word.ptr[1];
		if (word.len > 2)
			attached = str_slice(word, 2, word.len);
	}
	if (!find_option(reading, name, letter, &slot)) {
		(void)invocation_usage(reading->invocation, &unknown, word);
		return 0;
	}
	if (slot.option->argument == NULL) {
		*slot.value = STR("true");
		if (attached.ptr == NULL)
			return 1;
		(void)invocation_usage(reading->invocation, &surplus, word);
		return 0;
	}
	if (attached.ptr != NULL) {
		*slot.value = attached;
		return 1;
	}
	if (at + 1 >= count) {
		(void)invocation_usage(reading->invocation, &lacking, word);
		return 0;
	}
	*slot.value = str_from(words[at + 1]);
	return 2;
}

static int check_common(struct reading *reading)
{
	static const struct text bad_jobs = TEXT(
	    "-j 应为 1 至 64 的整数", "-j takes a whole number from 1 to 64");
	static const struct text no_rev = TEXT(
	    "--rev 的参数是空的", "the argument of --rev is empty");
	static const struct text bad_lang = TEXT(
	    "--lang 应为 zh 或 en", "--lang is zh or en");
	static const struct text bad_range = TEXT(
	    "--range 应写作 BASE..HEAD，例如 main..HEAD",
	    "--range is written BASE..HEAD, e.g. main..HEAD");
	static const struct text both = TEXT(
	    "--rev 与 --range 只能用一个", "--rev and --range exclude each other");
	struct invocation *invocation = reading->invocation;
	struct str base, head;
	struct str jobs = reading->common[JOBS], lang = reading->common[LANG];

	invocation->registry = reading->common[REGISTRY];
	invocation->rev = reading->common[REV];
	invocation->range = reading->common[RANGE];
	invocation->as_of = reading->common[AS_OF];
	if (jobs.ptr != NULL && (!str_to_size(jobs, &invocation->jobs) ||
	    invocation->jobs < 1 || invocation->jobs > 64))
		return invocation_usage(invocation, &bad_jobs, jobs);
	/* As a script writes it whose variable is not set. */
	if (invocation->rev.ptr != NULL && invocation->rev.len == 0)
		return invocation_usage(invocation, &no_rev, STR_NONE);
	if (invocation->range.ptr != NULL && !source_range_parse(
	    invocation->range, &base, &head))
		return invocation_usage(invocation, &bad_range,
		    invocation->range);
	if (invocation->range.ptr != NULL && invocation->rev.ptr != NULL)
		return invocation_usage(invocation, &both, STR_NONE);
	if (lang.ptr != NULL && !str_eq(lang, STR("zh")) &&
	    !str_eq(lang, STR("en")))
		return invocation_usage(invocation, &bad_lang, lang);
	invocation->lang = lang_from(lang, invocation->lang);
	return EXIT_FINE;
}

static int check_operands(const struct invocation *invocation)
{
	static const struct text few = TEXT("缺少参数", "arguments are missing");
	static const struct text many = TEXT("参数过多", "too many arguments");
	const struct command *command = invocation->command;

	if (invocation->operand_count < command->least_operands)
		return invocation_usage(invocation, &few, STR_NONE);
	if (invocation->operand_count > command->most_operands)
		return invocation_usage(invocation, &many,
		    invocation->operands[command->most_operands]);
	return EXIT_FINE;
}

static size_t option_count(const struct option *options)
{
	size_t count = 0;

	while (options != NULL && options[count].name != NULL)
		count++;
	return count;
}

int arguments_read(struct invocation *invocation, int count, char **words,
    bool *wants_help)
{
	struct reading reading = { .invocation = invocation };
	bool only_operands = false;
	int status;

	invocation->values = arena_array(invocation->arena,
	    option_count(invocation->command->options) + 1,
	    sizeof(*invocation->values));
	invocation->operands = arena_array(invocation->arena,
	    (size_t)count + 1, sizeof(*invocation->operands));
	for (int at = 0; at < count;) {
		struct str word = str_from(words[at]);
		int taken;

		if (only_operands || word.len < 2 || word.ptr[0] != '-') {
			invocation->operands[invocation->operand_count++] =
			    word;
			at++;
			continue;
		}
		if (str_eq(word, STR("--"))) {
			only_operands = true;
			at++;
			continue;
		}
		taken = read_option(&reading, at, count, words);
		if (taken == 0)
			return EXIT_USAGE;
		at += taken;
	}
	*wants_help = reading.common[COMMON_OPTION_COUNT - 1].ptr != NULL;
	status = check_common(&reading);
	return status != EXIT_FINE || *wants_help ? status :
	    check_operands(invocation);
}
