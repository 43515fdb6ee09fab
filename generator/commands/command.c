/* SPDX-License-Identifier: MIT */
#include "commands/command.h"

#include "pipeline/pipeline.h"

#include <stdio.h>
#include <string.h>

#define COMMAND(name) extern const struct command command_##name;
#include "commands/commands.def"
#undef COMMAND

const struct command *const *commands(void)
{
	static const struct command *const all[] = {
#define COMMAND(name) &command_##name,
#include "commands/commands.def"
#undef COMMAND
		NULL
	};

	return all;
}

const struct command *command_find(struct str name)
{
	for (const struct command *const *c = commands(); *c != NULL; c++)
		if (str_eq(str_from((*c)->name), name))
			return *c;
	return NULL;
}

struct str invocation_value(const struct invocation *invocation,
    const char *name)
{
	const struct option *options = invocation->command->options;

	for (size_t i = 0; options != NULL && options[i].name != NULL; i++)
		if (strcmp(options[i].name, name) == 0)
			return invocation->values[i];
	return STR_NONE;
}

bool invocation_has(const struct invocation *invocation, const char *name)
{
	return invocation_value(invocation, name).ptr != NULL;
}

const char *invocation_text(const struct invocation *invocation,
    const struct text *text)
{
	return text->in[invocation->lang];
}

static struct registry_request registry_asked(
    const struct invocation *invocation)
{
	return (struct registry_request){ .arena = invocation->arena,
		.folder = invocation->registry, .rev = invocation->rev,
		.range = invocation->range, .as_of = invocation->as_of };
}

bool invocation_open_registry(const struct invocation *invocation,
    struct registry *registry, struct diag_list *diags)
{
	const struct registry_request request = registry_asked(invocation);

	return registry_open(&request, registry, diags);
}

bool invocation_open_content(const struct invocation *invocation,
    struct registry *registry, struct diag_list *diags)
{
	const struct registry_request request = registry_asked(invocation);

	return registry_open_content(&request, registry, diags);
}

bool invocation_open_pipeline(const struct invocation *invocation, bool quiet,
    struct pipeline *pipeline, struct diag_list *diags)
{
	const struct pipeline_request request = {
		.registry = registry_asked(invocation),
		.lang = invocation->lang, .jobs = invocation->jobs,
		.profile = invocation_value(invocation, "profile"),
		.phase = invocation_value(invocation, "phase"),
		.quiet = quiet };

	return pipeline_open(pipeline, &request, diags);
}

int invocation_usage(const struct invocation *invocation,
    const struct text *message, struct str detail)
{
	static const struct text help = TEXT(
	    "用法见 zheli help %s\n", "see 'zheli help %s'\n");
	const char *name = invocation->command->name;

	fprintf(stderr, "zheli %s: %s", name,
	    invocation_text(invocation, message));
	if (detail.len > 0)
		fprintf(stderr, invocation->lang == LANG_ZH ? "：“%.*s”" :
		    ": '%.*s'", STR_ARG(detail));
	fputc('\n', stderr);
	fprintf(stderr, invocation_text(invocation, &help), name);
	return EXIT_USAGE;
}
