/* SPDX-License-Identifier: MIT */
#include "site/site_copies.h"

#include "base/buf.h"
#include "base/file.h"
#include "model/kind.h"
#include "pipeline/links.h"
#include "pipeline/pipeline.h"
#include "render/attachment.h"
#include "render/page.h"
#include "render/theme.h"
#include "site/site_log.h"
#include "source/source.h"

static void add(struct vec *copies, struct str from, struct str to,
    bool is_internal)
{
	struct site_copy *copy = vec_push(copies);

	*copy = (struct site_copy){ .from = from, .to = to,
		.is_internal = is_internal };
}

bool site_copies_theme(struct pipeline *pipeline, const struct theme *theme,
    bool has_internal, struct vec *copies)
{
	struct vec files;
	bool ok;

	vec_init(&files, sizeof(struct theme_file));
	ok = theme_list_static(theme, &files, pipeline->diags);
	for (size_t i = 0; i < files.count; i++) {
		const struct theme_file *file = vec_at(&files, i);
		struct str to = str_join(pipeline->arena, STR("theme/"),
		    file->name);

		add(copies, file->path, to, false);
		if (has_internal)
			add(copies, file->path, to, true);
	}
	vec_dispose(&files);
	return ok;
}

void site_copies_attachments(struct pipeline *pipeline,
    const struct site *site, struct vec *copies)
{
	struct diag_list told_before;

	diag_list_init(&told_before, pipeline->arena);
	for (size_t i = 0; i < pipeline->entries.count; i++) {
		const struct source_entry *entry = vec_at(&pipeline->entries,
		    i);
		struct content_path what;
		struct str address;

		if (!kind_of_path(entry->path, &what, &told_before) ||
		    what.role != PATH_ATTACHMENT)
			continue;
		address = str_format(pipeline->arena, "achievements/%.*s/",
		    STR_ARG(what.id));
		if (!page_is_at(site, address))
			continue;
		*(struct site_copy *)vec_push(copies) = (struct site_copy){
			.from = entry->path,
			.to = links_address(pipeline->arena, entry->path),
			.is_attachment = true,
		};
	}
	diag_list_dispose(&told_before);
}

bool site_copies_write(struct pipeline *pipeline,
    const struct site_copy *copy, const struct folder *output,
    struct site_log *log, struct diag_list *diags)
{
	const struct reader *reader = &pipeline->registry.reader;
	struct str bytes;
	struct buf published;
	bool ok;

	if (!reader->read(reader->context, copy->from, &pipeline->scratch,
	    &bytes, diags))
		return false;
	buf_init(&published);
	ok = true;
	if (copy->is_attachment)
		ok = attachment_publish(copy->from, bytes, &published, diags);
	else
		attachment_strip(copy->from, bytes, &published);
	ok = ok &&
	    site_log_write(log, output, copy->to, buf_str(&published), diags);
	buf_dispose(&published);
	return ok;
}
