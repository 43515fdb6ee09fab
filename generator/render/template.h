/* SPDX-License-Identifier: MIT */
/*
 * Mustache templates, complete to the language's public specification:
 * comments, set delimiters, interpolation, sections, inverted sections,
 * partials, and of the optional modules inheritance
 * ({{<parent}}{{$block}}{{/block}}{{/parent}}) and dynamic names ({{>*name}}).
 * Lambdas are functions kept in the data; data here is a tree of values and
 * holds none, so that module does not apply.
 *
 * A set is opened once: each template becomes an array of operations, partials
 * are bound to each other, and faults are told with file, line and column. It
 * lives in the arena it was opened with. Rendering then allocates nothing but
 * the output (and the indentation of partials that are indented).
 *
 * A set is not constant: each tag remembers where in a map it found its field,
 * which makes the next page's lookup one comparison. Workers are processes, so
 * each has memories of its own; threads must not share a set.
 *
 * Values. false, null, empty lists and empty text are false; all else is true.
 * Text and booleans can be interpolated; lists, maps and null show nothing.
 * {{name}} escapes & < > " and ' for HTML and XML, {{{name}}} and {{&name}} do
 * not. A name that leads nowhere shows nothing.
 *
 * Blocks. Content that is given for a block loses the indentation of its first
 * line and takes that of the place where it is shown. Where several templates
 * on the way give the same block, the outermost one (the page) wins. Inside a
 * given block, the names of blocks mean what they mean where it was written.
 */
#ifndef RENDER_TEMPLATE_H
#define RENDER_TEMPLATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct diag_list;
struct reader;
struct template;
struct template_set;
struct value;

enum {
	TEMPLATE_DEPTH_MAX = 200,	/* of sections, partials and blocks */
	TEMPLATE_KIB_MAX = 1024,	/* of one file */
	TEMPLATE_OUTPUT_MIB_MAX = 64	/* of one page */
};

/* A folder of templates, and the name by which to ask for just that one's. */
struct template_folder {
	struct str name, path;
};

/*
 * Opens every NAME.mustache below the folders; NAME is the path below it. Of
 * several folders the first that has it counts; {{>folder/NAME}} is the one of
 * the folder of that name. All faults of all templates in one run; a static
 * name that no template has is an error here, although rendering would show
 * nothing for it.
 */
bool template_set_open(struct arena *arena, const struct reader *reader,
    const struct template_folder *folders, size_t count,
    struct template_set **set, struct diag_list *diags)
    __attribute__((warn_unused_result));

/*
 * One template by itself, and of `folder` only what it includes. A dynamic name
 * brings in the whole folder.
 */
struct template_file {
	struct str path, source;
};
bool template_open(struct arena *arena, const struct reader *reader,
    struct str folder, const struct template_file *file,
    struct template **template, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The template of that name, or NULL. */
struct template *template_find(const struct template_set *set,
    struct str name);

/* What a template rests on besides what it is given. */
struct template_use {
	uint64_t digest;	/* of it and of all that it may include */
	bool names_day;		/* it may show build.as_of */
	bool names_commit;	/* it may show build.commit */
};
const struct template_use *template_use(struct template *template);

/*
 * Appends the page that `template` makes of `context`. False, nothing appended,
 * when it would not come to an end.
 */
bool template_render(struct template *template, const struct value *context,
    struct buf *out, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
