/* SPDX-License-Identifier: MIT */
#include "commands/report.h"

#include "base/reader.h"
#include "base/utf8.h"
#include "commands/command.h"

#include <unistd.h>

const char *report_severity(enum lang lang, enum diag_severity severity)
{
	static const struct text words[] = {
		[DIAG_NOTICE] = TEXT("提示", "notice"),
		[DIAG_WARNING] = TEXT("提醒", "warning"),
		[DIAG_ERROR] = TEXT("错误", "error"),
		[DIAG_FATAL] = TEXT("故障", "fatal"),
	};

	return words[severity].in[lang];
}

void report_text(struct str text, FILE *out)
{
	size_t from = 0, size;

	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);

		if (c != UTF8_INVALID && c != '\n' && c != '\r' &&
		    !utf8_is_control(c) && !utf8_is_bidi_control(c))
			continue;
		(void)fwrite(text.ptr + from, 1, at - from, out);
		fprintf(out, c == UTF8_INVALID ? "\\x%02X" : "\\u{%04X}",
		    c == UTF8_INVALID ? (unsigned char)text.ptr[at] :
		    (unsigned)c);
		from = at + size;
	}
	if (from < text.len)
		(void)fwrite(text.ptr + from, 1, text.len - from, out);
}

/* The line, and a caret below the place; both indented alike. */
static void print_source(struct str bytes, struct mark mark, FILE *out)
{
	enum { MOST_COLUMNS = 400 };
	struct str rest = bytes, line = STR_NONE;
	size_t column = 1, size;

	for (uint32_t i = 0; i < mark.line; i++)
		line = str_cut(&rest, '\n');
	if (line.len == 0 || line.len > MOST_COLUMNS)
		return;
	if (str_ends(line, STR("\r")))
		line.len--;
	fputs("    ", out);
	report_text(line, out);
	fputs("\n    ", out);
	for (size_t at = 0; at < line.len && column < mark.column;
	     at += size, column++) {
		uint32_t c = utf8_decode(line, at, &size);

		for (size_t i = 0; i < (c == '\t' ? 1 : utf8_width(c)); i++)
			fputc(c == '\t' ? '\t' : ' ', out);
	}
	fputs("^\n", out);
}

static void print_indented(struct str text, FILE *out)
{
	while (text.len > 0) {
		struct str line = str_cut(&text, '\n');

		fputs("  ", out);
		report_text(line, out);
		fputc('\n', out);
	}
}

static void print_place(struct mark mark, FILE *out)
{
	report_text(mark.path, out);
	if (mark.path.len > 0)
		fputc(':', out);
	if (mark.line > 0)
		fprintf(out, "%u:", mark.line);
	if (mark.line > 0 && mark.column > 0)
		fprintf(out, "%u:", mark.column);
	if (mark.path.len > 0)
		fputc(' ', out);
}

static void print_one(enum lang lang, const struct diagnostic *d, FILE *out)
{
	static const struct text basis = TEXT("  依据：%.*s\n",
	    "  basis: %.*s\n");

	print_place(d->mark, out);
	fprintf(out, "%s[%.*s]: ", report_severity(lang, d->severity),
	    STR_ARG(d->id));
	report_text(d->message[lang], out);
	fputc('\n', out);
	if (d->basis.len > 0)
		fprintf(out, basis.in[lang], STR_ARG(d->basis));
	print_indented(d->hint[lang], out);
}

void report_print(enum lang lang, const struct diag_list *diags, FILE *out)
{
	for (size_t i = 0; i < diags->items.count; i++)
		print_one(lang, vec_at(&diags->items, i), out);
}

void report_begin(struct report_printer *printer)
{
	arena_init(&printer->arena);
	printer->path = printer->bytes = STR_NONE;
}

static void read_shown(struct report_printer *printer, struct str path)
{
	const struct reader *reader = printer->reader;
	struct diag_list ignored;

	arena_reset(&printer->arena);
	diag_list_init(&ignored, &printer->arena);
	printer->bytes = STR_NONE;
	printer->path = str_dup(&printer->arena, path);
	(void)reader->read(reader->context, printer->path, &printer->arena,
	    &printer->bytes, &ignored);
	diag_list_dispose(&ignored);
}

void report_one(void *context, const struct diagnostic *d)
{
	struct report_printer *printer = context;

	print_one(printer->lang, d, printer->out);
	if (!printer->shows || d->mark.line == 0)
		return;
	if (!str_eq(printer->path, d->mark.path))
		read_shown(printer, d->mark.path);
	print_source(printer->bytes, d->mark, printer->out);
}

void report_end(struct report_printer *printer)
{
	arena_dispose(&printer->arena);
}

void report_print_sources(enum lang lang, const struct diag_list *diags,
    const struct reader *reader, FILE *out)
{
	struct report_printer printer = { .lang = lang, .reader = reader,
		.shows = isatty(fileno(out)) == 1, .out = out };

	report_begin(&printer);
	for (size_t i = 0; i < diags->items.count; i++)
		report_one(&printer, vec_at(&diags->items, i));
	report_end(&printer);
}

void report_summary(enum lang lang, const struct diag_list *diags,
    size_t records, FILE *out)
{
	static const struct text summary = TEXT(
	    "%zu 个文件：%zu 项错误，%zu 项提醒，%zu 项提示\n",
	    "%zu files: %zu errors, %zu warnings, %zu notices\n");

	fprintf(out, summary.in[lang], records, diag_errors(diags),
	    diags->counts[DIAG_WARNING], diags->counts[DIAG_NOTICE]);
}

/* What was asked for is not there: the command line is wrong. */
static bool is_usage(const struct diagnostic *d)
{
	static const enum diag_code codes[] = { DIAG_NO_REGISTRY,
		DIAG_NO_REPOSITORY, DIAG_NO_REVISION, DIAG_NO_COMMON_ANCESTOR,
		DIAG_BAD_AS_OF, DIAG_NO_PROFILE, DIAG_PRIVATE_EXPOSED,
		DIAG_PRIVATE_IS_REGISTRY, DIAG_NO_PRIVATE, DIAG_NO_MANIFEST,
		DIAG_MANIFEST_WITHOUT_COMMIT, DIAG_NO_SIGNERS };

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (str_eq(d->id, diag_info(codes[i])->id))
			return true;
	return false;
}

int report_status(const struct diag_list *diags)
{
	bool usage = false;

	for (size_t i = 0; i < diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&diags->items, i);

		if (d->severity != DIAG_FATAL)
			continue;
		if (!is_usage(d))
			return EXIT_MACHINE;
		usage = true;
	}
	return usage ? EXIT_USAGE :
	    diags->counts[DIAG_ERROR] > 0 ? EXIT_CONTENT : EXIT_FINE;
}
