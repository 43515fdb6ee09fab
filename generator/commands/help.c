/* SPDX-License-Identifier: MIT */
#include "commands/help.h"

#include "base/utf8.h"
#include "commands/arguments.h"
#include "commands/command.h"

#include <string.h>

static bool shows(const struct command *command,
    const struct common_option *common)
{
	return common->bit == 0 || common->bit == COMMON_LANG ||
	    (command->common & common->bit) != 0;
}

static void print_usage_option(const struct option *option, FILE *out)
{
	char dashes[3] = { '-', option->letter, '\0' };

	fprintf(out, " [%s%s%s%s]", option->letter ? dashes : "--",
	    option->letter ? "" : option->name,
	    option->argument ? " " : "",
	    option->argument ? option->argument : "");
}

static void print_usage(const struct command *command, FILE *out)
{
	fprintf(out, "zheli %s", command->name);
	for (size_t i = 0; i < COMMON_OPTION_COUNT; i++)
		if (shows(command, &common_options[i]) &&
		    common_options[i].bit != 0)
			print_usage_option(&common_options[i].option, out);
	for (const struct option *o = command->options;
	     o != NULL && o->name != NULL; o++)
		print_usage_option(o, out);
	if (command->operands[0] != '\0')
		fprintf(out, " %s", command->operands);
	fputc('\n', out);
}

static void print_option(const struct option *option, enum lang lang,
    FILE *out)
{
	char letter[5] = "    ";
	int width;

	if (option->letter != 0)
		(void)snprintf(letter, sizeof(letter), "-%c, ",
		    option->letter);
	width = fprintf(out, "  %s--%s%s%s", letter, option->name,
	    option->argument ? " " : "",
	    option->argument ? option->argument : "");
	fprintf(out, "%*s%s\n", width < 26 ? 26 - width : 1, "",
	    option->help.in[lang]);
}

void help_command(const struct command *command, enum lang lang, FILE *out)
{
	static const struct text options = TEXT("选项：", "Options:");

	print_usage(command, out);
	fprintf(out, "\n%s\n\n%s\n", command->description.in[lang],
	    options.in[lang]);
	for (const struct option *o = command->options;
	     o != NULL && o->name != NULL; o++)
		print_option(o, lang, out);
	for (size_t i = 0; i < COMMON_OPTION_COUNT; i++)
		if (shows(command, &common_options[i]))
			print_option(&common_options[i].option, lang, out);
}

void help_overview(enum lang lang, FILE *out)
{
	static const struct text head = TEXT(
	    "zheli：登记与发布科研成果（浙里好成果）\n\n"
	    "用法：zheli 命令 [选项] [参数]\n\n",
	    "zheli: register and publish research achievements\n\n"
	    "usage: zheli COMMAND [OPTION]… [ARGUMENT]…\n\n");
	static const struct text foot = TEXT(
	    "\n某个命令的用法：zheli help 命令\n"
	    "退出状态：0 正常，1 内容有错误，2 用法不对，3 机器故障\n",
	    "\nzheli help COMMAND shows how a command is used.\n"
	    "Exit status: 0 fine, 1 the content has errors, 2 wrong usage, "
	    "3 the machine failed\n");

	fputs(head.in[lang], out);
	for (const struct command *const *c = commands(); *c != NULL; c++)
		fprintf(out, "  %-12s%s\n", (*c)->name,
		    (*c)->summary.in[lang]);
	fputs(foot.in[lang], out);
}

static int run(struct invocation *invocation)
{
	static const struct text unknown = TEXT("没有这个命令",
	    "no such command");
	const struct command *command;

	if (invocation->operand_count == 0) {
		help_overview(invocation->lang, stdout);
		return EXIT_FINE;
	}
	command = command_find(invocation->operands[0]);
	if (command == NULL)
		return invocation_usage(invocation, &unknown,
		    invocation->operands[0]);
	help_command(command, invocation->lang, stdout);
	return EXIT_FINE;
}

const struct command command_help = {
	.name = "help",
	.operands = "[COMMAND]",
	.most_operands = 1,
	.summary = TEXT("显示命令一览或某个命令的用法",
	    "list the commands, or show how one is used"),
	.description = TEXT(
	    "不带参数时列出全部命令；带命令名时显示该命令的用法与选项。",
	    "Lists all commands, or shows usage and options of one."),
	.run = run,
};
