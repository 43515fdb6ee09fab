/* SPDX-License-Identifier: MIT */
/* Registering what was merged: a number, its line in the register, and what the
 * dossier says of receipt and registration. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "commands/command.h"
#include "commands/consent.h"
#include "commands/git_run.h"
#include "commands/report.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "rules/registration.h"
#include "source/source.h"

#include <stdio.h>

struct registering {
	const struct invocation *invocation;
	struct arena *arena;
	struct diag_list *diags;
	struct pipeline *pipeline;
	const struct diag_list *found;	/* by judging */
	struct number_form form;
	int year;
	size_t serial;			/* the last that was given */
	struct str text;		/* of the register */
	struct str date, office;
	struct vec files;		/* struct file, the register first: a
					 * number that stands there is not
					 * given again, whatever happens */
	struct buf told;		/* what to say if all goes well */
};

struct file {
	struct str path, bytes;
	struct str before;	/* what stood there; NULL: nothing */
};

static struct mark at(struct str path)
{
	return (struct mark){ .path = path };
}

/* -- whether it may be registered ----------------------------------------- */

/* A deadline that has passed is no hindrance: this is what it waits for. */
static bool has_errors(const struct registering *registering, struct str path)
{
	for (size_t i = 0; i < registering->found->items.count; i++) {
		const struct diagnostic *d =
		    vec_at(&registering->found->items, i);

		if (d->severity >= DIAG_ERROR && d->due.len == 0 &&
		    str_eq(d->mark.path, path))
			return true;
	}
	return false;
}

/* What is not committed was merged by nobody. */
static bool is_merged(const struct registering *registering, struct str path)
{
	const char *words[] = { "diff", "--quiet", "HEAD", "--",
		str_cstr(registering->arena, path), NULL };
	const char *listed[] = { "ls-files", "--error-unmatch", "--",
		str_cstr(registering->arena, path), NULL };
	struct str folder = source_folder(
	    registering->pipeline->registry.source);
	struct git_result changed, known;

	return git_run(registering->arena, folder, words, STR_NONE, &changed,
	    registering->diags) && changed.status == 0 &&
	    git_run(registering->arena, folder, listed, STR_NONE, &known,
		registering->diags) && known.status == 0;
}

static bool is_registrable(const struct registering *registering,
    struct str path, struct str id, struct record *dossier, bool *has_dossier)
{
	struct diag_list *diags = registering->diags;
	struct str dossier_path = record_path(registering->arena,
	    KIND_DOSSIER, id);

	*has_dossier = catalogue_record(registering->pipeline->catalogue,
	    kind_info(KIND_DOSSIER)->name, id, registering->arena, dossier);
	if (*has_dossier && (value_get(dossier->data, STR("registration")) !=
	    NULL || value_get(dossier->data, STR("withdrawal")) != NULL))
		return diag_report(diags, at(dossier_path),
		    DIAG_REGISTERED_ALREADY, id, value_text_at(dossier->data,
			STR("registration.no")));
	if (!is_merged(registering, path))
		return diag_report(diags, at(path), DIAG_NOT_MERGED, path);
	return !(has_errors(registering, path) ||
	    has_errors(registering, dossier_path)) ||
	    diag_report(diags, at(path), DIAG_NOT_REGISTRABLE, path);
}

/* -- when it was received ------------------------------------------------- */

/* By the server's receipts, as history has them; else today. */
static struct str receipt_date(const struct registering *registering,
    struct str id)
{
	const struct str words[] = {
		kind_info(KIND_ACHIEVEMENT)->name, id };
	struct str received = catalogue_cell(
	    registering->pipeline->catalogue, QUERY_received_of, words, 2,
	    registering->arena);

	return received.len > 0 ? received : registering->date;
}

static struct str received_date(const struct registering *registering,
    struct str id)
{
	struct str given = invocation_value(registering->invocation,
	    "received");

	return given.len > 0 ? given : receipt_date(registering, id);
}

/* -- the dossier ---------------------------------------------------------- */

/* A scalar that YAML takes for text, whatever is in it. */
static void append_scalar(struct buf *out, struct str text)
{
	buf_append_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"' || text.ptr[i] == '\\')
			buf_append_char(out, '\\');
		buf_append_char(out, text.ptr[i]);
	}
	buf_append_char(out, '"');
}

static struct str make_lines(const struct registering *registering,
    struct str number, struct str received)
{
	struct buf out;
	struct str lines;

	buf_init(&out);
	if (received.len > 0)
		buf_append_format(&out, "received: {date: %.*s}\n",
		    STR_ARG(received));
	buf_append_cstr(&out, "registration: {no: ");
	append_scalar(&out, number);
	buf_append_format(&out, ", date: %.*s, office: ",
	    STR_ARG(registering->date));
	append_scalar(&out, registering->office);
	buf_append_cstr(&out, "}\n");
	lines = str_dup(registering->arena, buf_str(&out));
	buf_dispose(&out);
	return lines;
}

static bool make_dossier(struct registering *registering, struct str id,
    struct str number, struct str received, bool has_dossier)
{
	const struct reader *reader = &registering->pipeline->registry.reader;
	struct arena *arena = registering->arena;
	struct file *file = vec_push(&registering->files);
	struct str lines = make_lines(registering, number, received), text;

	file->path = record_path(arena, KIND_DOSSIER, id);
	file->before = STR_NONE;
	if (!has_dossier) {
		file->bytes = str_format(arena, "---\n%.*s---\n",
		    STR_ARG(lines));
		return true;
	}
	return (reader->read(reader->context, file->path, arena, &text,
	    registering->diags) &&
	    (file->before = text).ptr != NULL &&
	    dossier_add_lines(arena, text, lines,
		&file->bytes)) ||
	    diag_report(registering->diags, at(file->path),
		DIAG_NOT_REGISTRABLE, file->path);
}

/* -- one achievement ------------------------------------------------------ */

/* "demo-lab/chip" or the path of its file. */
static bool find_id(const struct registering *registering, struct str word,
    struct str *id)
{
	const struct kind_info *info = kind_info(KIND_ACHIEVEMENT);

	*id = word;
	if (str_starts(*id, info->folder))
		*id = str_slice(*id, info->folder.len, id->len);
	if (str_ends(*id, STR(".md")))
		*id = str_slice(*id, 0, id->len - 3);
	return kind_id_is_valid(KIND_ACHIEVEMENT, *id) && pipeline_lists(
	    registering->pipeline, record_path(registering->arena,
		KIND_ACHIEVEMENT, *id));
}

static bool register_one(struct registering *registering, struct str id)
{
	static const struct text told = TEXT(
	    "%.*s  %.*s（收件 %.*s，登记 %.*s）\n",
	    "%.*s  %.*s (received %.*s, registered %.*s)\n");
	struct arena *arena = registering->arena;
	struct str path = record_path(arena, KIND_ACHIEVEMENT, id);
	struct str number, received, known;
	struct record dossier;
	bool has_dossier;

	if (!is_registrable(registering, path, id, &dossier, &has_dossier))
		return false;
	number = number_make(arena, &registering->form, registering->year,
	    ++registering->serial);
	if (number.len == 0)
		return diag_report(registering->diags,
		    at(STR("content/site.yaml")), DIAG_NUMBERS_USED_UP);
	known = has_dossier ? value_text_at(dossier.data,
	    STR("received.date")) : STR_NONE;
	received = known.len > 0 ? known : received_date(registering, id);
	if (!make_dossier(registering, id, number, known.len > 0 ? STR_NONE :
	    received, has_dossier))
		return false;
	registering->text = str_join(arena, registering->text,
	    register_line(arena, number, id, registering->date));
	buf_append_format(&registering->told, told.in[
	    registering->invocation->lang], STR_ARG(number), STR_ARG(id),
	    STR_ARG(received), STR_ARG(registering->date));
	return true;
}

/* -- all of them ---------------------------------------------------------- */

static bool open_register(struct registering *registering)
{
	const struct value *settings = registering->pipeline->settings;
	const struct value *organs = value_get(settings, STR("organs"));
	struct diag_list *diags = registering->diags;
	const struct value *rows;

	registering->year = registering->pipeline->registry.as_of.year;
	registering->date = date_iso(registering->arena,
	    registering->pipeline->registry.as_of);
	registering->office = invocation_value(registering->invocation,
	    "office");
	if (registering->office.len == 0 && value_count(organs) > 0)
		registering->office = str_trim(value_text_at(
		    organs->list.items[0], STR("name")));
	if (!number_form_parse(str_trim(value_text_at(settings,
	    STR("registration_number"))), &registering->form))
		return diag_report(diags, at(STR("content/site.yaml")),
		    DIAG_NO_NUMBER_FORM);
	if (registering->office.len == 0)
		return diag_report(diags, at(STR("content/site.yaml")),
		    DIAG_NO_OFFICE);
	rows = catalogue_rows(registering->pipeline->catalogue,
	    QUERY_registration_numbers, NULL, 0, registering->arena, NULL,
	    NULL);
	for (size_t i = 0; i < value_count(rows); i++) {
		size_t serial;

		if (number_serial(&registering->form, registering->year,
		    value_text_at(rows->list.items[i], STR("value")),
		    &serial) && serial > registering->serial)
			registering->serial = serial;
	}
	return true;
}

static bool write_files(const struct registering *registering,
    bool take_back)
{
	struct str root = source_folder(registering->pipeline->registry.source);
	struct folder folder;
	bool changed, ok;

	if (!folder_open_existing(root, &folder, registering->diags))
		return false;
	ok = true;
	for (size_t i = 0; ok && i < registering->files.count; i++) {
		const struct file *file = vec_at(&registering->files, i);

		if (take_back && file->before.ptr == NULL)
			ok = folder_remove(&folder, file->path,
			    registering->diags);
		else
			ok = folder_replace(&folder, file->path, take_back ?
			    file->before : file->bytes, &changed,
			    registering->diags);
	}
	folder_close(&folder);
	return ok;
}

/* An older fault of the register is not this registration's. */
static bool was_found(const struct registering *registering,
    const struct diagnostic *d)
{
	for (size_t i = 0; i < registering->found->items.count; i++) {
		const struct diagnostic *before =
		    vec_at(&registering->found->items, i);

		if (str_eq(before->id, d->id) &&
		    str_eq(before->mark.path, d->mark.path) &&
		    str_eq(before->message[LANG_EN], d->message[LANG_EN]))
			return true;
	}
	return false;
}

/* What the rules say of it once it is registered, such as that something has to
 * be done before: told, and all is taken back. */
static bool stands(struct registering *registering)
{
	struct invocation again = *registering->invocation;
	struct diag_list found;
	struct pipeline pipeline;
	bool ok;

	/* All that was to be asked of it has been. */
	pipeline_leave(registering->pipeline);
	diag_list_init(&found, registering->arena);
	ok = invocation_open_pipeline(&again, true, &pipeline, &found) &&
	    pipeline_judge(&pipeline);
	for (size_t i = 0; i < found.items.count; i++) {
		const struct diagnostic *d = vec_at(&found.items, i);
		bool is_ours = d->severity == DIAG_FATAL;

		for (size_t f = 0; f < registering->files.count; f++)
			is_ours = is_ours || str_eq(d->mark.path,
			    ((struct file *)vec_at(&registering->files, f))
				->path);
		if (is_ours && d->severity >= DIAG_ERROR &&
		    d->due.len == 0 && !was_found(registering, d))
			diag_add(registering->diags, d);
	}
	pipeline_close(&pipeline);
	diag_list_dispose(&found);
	return ok && diag_errors(registering->diags) == 0;
}

static bool open_files(struct registering *registering)
{
	struct reader reader = source_reader(
	    registering->pipeline->registry.source);
	struct file *file;
	struct diag_list silent;

	if (!open_register(registering) || !register_read(registering->arena,
	    &reader, &registering->form, registering->year,
	    &registering->text, &registering->serial, registering->diags))
		return false;
	diag_list_init(&silent, registering->arena);
	file = vec_push(&registering->files);
	file->path = register_path(registering->arena, registering->year);
	(void)!reader.read(reader.context, file->path, registering->arena,
	    &file->before, &silent);
	diag_list_dispose(&silent);
	return true;
}

static void tell_files(const struct registering *registering)
{
	for (size_t i = 0; i < registering->files.count; i++) {
		const struct file *file = vec_at(&registering->files, i);

		consent_would_write(registering->invocation, file->path,
		    file->before.ptr != NULL);
	}
}

static void register_all(struct registering *registering)
{
	const struct invocation *invocation = registering->invocation;
	bool ok = open_files(registering), all = ok;

	for (size_t i = 0; ok && i < invocation->operand_count; i++) {
		struct str id;

		if (!find_id(registering, invocation->operands[i], &id) ||
		    !register_one(registering, id))
			all = false;
	}
	if (!all)
		return;
	((struct file *)vec_at(&registering->files, 0))->bytes =
	    registering->text;
	if (invocation_has(invocation, "dry-run")) {
		fputs(registering->told.ptr, stdout);
		tell_files(registering);
	} else if (write_files(registering, false) && stands(registering)) {
		fputs(registering->told.ptr, stdout);
	} else {
		(void)write_files(registering, true);
	}
}

/* -- the command ---------------------------------------------------------- */

static bool check_words(const struct invocation *invocation,
    struct pipeline *pipeline, int *status)
{
	static const struct text nothing = TEXT("没有这项成果",
	    "there is no such achievement");
	static const struct text bad_date = TEXT(
	    "--received 应为 2026-06-30 形式的日期",
	    "--received is a day as 2026-06-30");
	struct str received = invocation_value(invocation, "received");
	const struct registering registering = { .arena = invocation->arena,
		.pipeline = pipeline };
	struct date date;

	if (received.ptr != NULL && !date_parse(received, &date)) {
		*status = invocation_usage(invocation, &bad_date, received);
		return false;
	}
	for (size_t i = 0; i < invocation->operand_count; i++) {
		struct str id;

		if (!find_id(&registering, invocation->operands[i], &id)) {
			*status = invocation_usage(invocation, &nothing,
			    invocation->operands[i]);
			return false;
		}
	}
	return true;
}

static int run(struct invocation *invocation)
{
	struct pipeline pipeline;
	struct diag_list found, diags;
	struct registering registering = { .invocation = invocation,
		.arena = invocation->arena, .diags = &diags,
		.pipeline = &pipeline, .found = &found };
	int status = EXIT_FINE;
	bool open;

	diag_list_init(&found, invocation->arena);
	diag_list_init(&diags, invocation->arena);
	vec_init(&registering.files, sizeof(struct file));
	buf_init(&registering.told);
	open = invocation_open_pipeline(invocation, true, &pipeline, &found);
	if (open && !check_words(invocation, &pipeline, &status))
		open = false;
	else if (!open || !pipeline_judge(&pipeline))
		report_print(invocation->lang, &found, stderr);
	else
		register_all(&registering);
	report_print(invocation->lang, &diags, stderr);
	if (status == EXIT_FINE)
		status = report_status(diags.items.count > 0 || open ? &diags :
		    &found);
	pipeline_close(&pipeline);
	buf_dispose(&registering.told);
	vec_dispose(&registering.files);
	diag_list_dispose(&diags);
	diag_list_dispose(&found);
	return status;
}

static const struct option options[] = {
	{ 0, "received", "DATE", TEXT("收件日期（缺省：服务器的收件凭据，没有则为当日）",
	    "day of receipt (default: the server's receipt, else the same day)")
	},
	{ 0, "office", "NAME", TEXT(
	    "登记机关（缺省：site.yaml 中 organs 的第一个）",
	    "the registering office (default: the first of organs in site.yaml)")
	},
	{ 'n', "dry-run", NULL, TEXT("只说明会给什么号，不改动",
	    "only tell which numbers would be given") },
	{ .name = NULL },
};

const struct command command_register = {
	.name = "register",
	.operands = "PATH…",
	.common = COMMON_REGISTRY | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.least_operands = 1,
	.most_operands = 1000,
	.summary = TEXT("登记已合入的成果：编号、写入档案和登记簿",
	    "register what was merged: number, dossier, register"),
	.description = TEXT(
	    "给每项成果（PATH 为文件或标识，如 demo-lab/chip）下一个登记号，写入档案的收件和登记，\n"
	    "并在登记簿 register/<年>.csv 末尾加一行。两位编辑同时编号时，这一行使 git 报冲突，\n"
	    "不会重号。要么全部登记，要么都不登记；日期为 --as-of（缺省：今天）。",
	    "Gives each achievement (PATH is a file, or an id as demo-lab/chip) the next\n"
	    "number, writes receipt and registration into its dossier, and adds a line at\n"
	    "the end of register/<year>.csv: when two editors give a number at the same\n"
	    "time, git has a conflict there, and nobody a number twice. All are registered\n"
	    "or none; the date is that of --as-of, by default today."),
	.run = run,
};
