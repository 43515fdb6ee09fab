/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/utf8.h"
#include "commands/command.h"
#include "commands/report.h"
#include "render/markdown.h"

#include <stdio.h>
#include <unistd.h>

#define STANDARD_INPUT STR("-")

static bool read_input(const struct invocation *invocation, struct str *path,
    struct str *bytes, struct diag_list *diags)
{
	*path = invocation->operand_count > 0 ? invocation->operands[0] :
	    STANDARD_INPUT;
	if (!str_eq(*path, STANDARD_INPUT))
		return file_read(invocation->arena, *path, bytes, diags);
	*path = STR("<stdin>");
	return file_read_all(invocation->arena, STDIN_FILENO, *path, bytes,
	    diags);
}

/* Without byte order mark and carriage returns, as bodies of records are. */
static struct str normalize(struct arena *arena, struct str text)
{
	struct buf lines;
	struct str copy;

	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_slice(text, 3, text.len);
	buf_init(&lines);
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '\r')
			buf_append_char(&lines, text.ptr[i]);
		else if (i + 1 == text.len || text.ptr[i + 1] != '\n')
			buf_append_char(&lines, '\n');
	copy = str_dup(arena, buf_str(&lines));
	buf_dispose(&lines);
	return copy;
}

/*
 * What follows the front matter of a record, the line it begins at in `*line`;
 * all of a text that has none.
 */
static struct str body_of(struct str text, uint32_t *line)
{
	struct str rest = text;
	uint32_t count = 1;

	*line = 1;
	if (!str_eq(str_cut(&rest, '\n'), STR("---")))
		return text;
	while (rest.len > 0) {
		count++;
		if (str_eq(str_cut(&rest, '\n'), STR("---"))) {
			*line = count + 1;
			return rest;
		}
	}
	return text;
}

static bool check_utf8(struct str path, struct str text,
    struct diag_list *diags)
{
	size_t bad = utf8_check(text), begin;
	struct mark mark = { path, 1, 0 };

	if (bad == text.len)
		return true;
	begin = str_find_last(str_slice(text, 0, bad), '\n') + 1;
	for (size_t i = 0; i < bad; i++)
		mark.line += text.ptr[i] == '\n';
	mark.column = (uint32_t)utf8_count(str_slice(text, begin, bad)) + 1;
	return diag_report(diags, mark, DIAG_INVALID_UTF8,
	    str_format(diags->arena, "%02X", (unsigned char)text.ptr[bad]));
}

static bool render(const struct invocation *invocation, struct buf *html,
    struct diag_list *diags)
{
	struct markdown_options options = { .first_line = 1 };
	struct str bytes, body;

	if (!read_input(invocation, &options.path, &bytes, diags) ||
	    !check_utf8(options.path, bytes, diags))
		return false;
	body = body_of(normalize(invocation->arena, bytes),
	    &options.first_line);
	return markdown_render(&options, body, html, diags);
}

static int run(struct invocation *invocation)
{
	struct diag_list diags;
	struct buf html;
	int status;

	diag_list_init(&diags, invocation->arena);
	buf_init(&html);
	if (render(invocation, &html, &diags))
		(void)fwrite(html.ptr, 1, html.len, stdout);
	diag_sort(&diags);
	report_print(invocation->lang, &diags, stderr);
	status = report_status(&diags);
	buf_dispose(&html);
	diag_list_dispose(&diags);
	return status;
}

const struct command command_render = {
	.name = "render",
	.operands = "[FILE]",
	.most_operands = 1,
	.summary = TEXT("把 Markdown 正文转换为 HTML",
	    "turn the Markdown of a body into HTML"),
	.description = TEXT(
	    "读取标准输入（或文件），按发布成果正文的同一方式输出 HTML；\n"
	    "文件开头的 front matter 不输出。问题写到标准错误，有错误时不输出。\n"
	    "链接和图片的地址原样保留，不检查其目标是否存在。",
	    "Reads standard input (or a file) and writes HTML exactly as the bodies\n"
	    "of records are published; front matter before it is left out. Problems\n"
	    "go to standard error, and with errors nothing is written. Addresses of\n"
	    "links and images stay as they are; whether they exist is not checked."),
	.run = run,
};
