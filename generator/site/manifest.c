/* SPDX-License-Identifier: MIT */
#include "site/manifest.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/map.h"
#include "base/reader.h"
#include "base/value.h"
#include "pipeline/pipeline.h"
#include "render/page.h"
#include "render/theme.h"
#include "site/site_log.h"
#include "source/receipt.h"
#include "source/signature.h"
#include "source/source.h"

#include <string.h>
#include <unistd.h>

#define FORMAT "zheli-site"
enum { FORMAT_VERSION = 1, COMMIT_LEN = 40, DIGEST_LEN = SHA256_HEX_SIZE - 1 };

/* -- writing --------------------------------------------------------------- */

/* Where a build took what the registry need not have. */
static struct str origin(bool is_of_registry)
{
	return is_of_registry ? STR("registry") : STR("program");
}

static void write_optional(struct json_writer *writer, const char *name,
    struct str text)
{
	if (text.len > 0)
		json_write_text(writer, name, text);
}

/* Whether the site's theme and those it inherits are the registry's own. */
static bool has_themes(const struct registry *registry,
    const struct theme *theme)
{
	for (size_t i = 0; i < theme->count; i++) {
		const bool *is_own = map_get(&registry->themes,
		    theme->names[i]);

		if (is_own == NULL || !*is_own)
			return false;
	}
	return true;
}

static void append_facts(struct buf *out, struct pipeline *pipeline,
    const struct site *site, const struct manifest_request *request,
    size_t files)
{
	const struct registry *registry = &pipeline->registry;
	struct json_writer writer;

	json_writer_init(&writer, out);
	json_begin_object(&writer, NULL);
	json_write_text(&writer, "format", STR(FORMAT));
	json_write_number(&writer, "version", FORMAT_VERSION);
	json_write_text(&writer, "generator", STR("zheli " ZHELI_VERSION));
	write_optional(&writer, "commit", value_text_at(site->context,
	    STR("build.commit")));
	json_write_text(&writer, "as_of", site->as_of);
	json_write_text(&writer, "base_url", site->base_url);
	json_write_text(&writer, "theme", site->theme->names[0]);
	json_write_text(&writer, "themes", origin(has_themes(registry,
	    site->theme)));
	json_write_text(&writer, "schemas", origin(registry->has_schemas));
	write_optional(&writer, "receipts", source_reference(registry->source,
	    RECEIPTS_REF));
	write_optional(&writer, "weasyprint", str_trim(request->weasyprint));
	json_write_number(&writer, "files", (long long)files);
	json_end(&writer);
	buf_append_char(out, '\n');
}

static bool write_facts(struct pipeline *pipeline, const struct site *site,
    const struct manifest_request *request, struct site_log *log)
{
	struct buf out;
	size_t files;
	bool ok;

	(void)site_log_sorted(log, false, pipeline->arena, &files);
	buf_init(&out);
	append_facts(&out, pipeline, site, request, files + 1);
	ok = site_log_write(log, request->output, MANIFEST_FACTS,
	    buf_str(&out), pipeline->diags);
	buf_dispose(&out);
	return ok;
}

static void append_sums(struct buf *out, const struct site_log *log,
    struct arena *arena)
{
	size_t count;
	const struct site_file **files = site_log_sorted(log, false, arena,
	    &count);

	for (size_t i = 0; i < count; i++) {
		buf_append_cstr(out, files[i]->sha256);
		buf_append_cstr(out, "  ");
		buf_append(out, files[i]->path);
		buf_append_char(out, '\n');
	}
}

/* Signed before anything is replaced: a key that will not do leaves what is
 * there. */
static bool write_sums(struct pipeline *pipeline,
    const struct manifest_request *request, struct site_log *log)
{
	struct diag_list *diags = pipeline->diags;
	bool is_signed = request->key.len > 0, changed, ok;
	struct str signature;
	struct buf sums;

	buf_init(&sums);
	append_sums(&sums, log, pipeline->arena);
	ok = (!is_signed || signature_make(pipeline->arena, request->key,
	    MANIFEST_SPACE, buf_str(&sums), &signature, diags)) &&
	    site_log_write(log, request->output, MANIFEST_SUMS,
		buf_str(&sums), diags) &&
	    (!is_signed || folder_replace(request->output,
		MANIFEST_SIGNATURE, signature, &changed, diags));
	buf_dispose(&sums);
	return ok;
}

bool manifest_write(struct pipeline *pipeline, const struct site *site,
    const struct manifest_request *request, struct site_log *log)
{
	return write_facts(pipeline, site, request, log) &&
	    write_sums(pipeline, request, log);
}

bool manifest_key_is_there(struct arena *arena, struct str key,
    struct diag_list *diags)
{
	return access(str_cstr(arena, key), R_OK) == 0 || diag_report(diags,
	    ((struct mark){ .path = key }), DIAG_CANNOT_SIGN, key);
}

/* -- reading --------------------------------------------------------------- */

static bool is_hex(struct str text, size_t len)
{
	for (size_t i = 0; i < text.len; i++)
		if (!(text.ptr[i] >= '0' && text.ptr[i] <= '9') &&
		    !(text.ptr[i] >= 'a' && text.ptr[i] <= 'f'))
			return false;
	return text.len == len;
}

/* A commit becomes a revision and a day a day: nothing else will do. */
static bool take_facts(const struct value *facts, struct manifest *manifest)
{
	struct str version = value_text_at(facts, STR("generator"));
	struct date date;

	*manifest = (struct manifest){
		.version = str_starts(version, STR("zheli ")) ?
		    str_slice(version, 6, version.len) : version,
		.commit = value_text_at(facts, STR("commit")),
		.as_of = value_text_at(facts, STR("as_of")),
		.receipts = value_text_at(facts, STR("receipts")),
		.weasyprint = value_text_at(facts, STR("weasyprint")) };
	return str_eq(value_text_at(facts, STR("format")), STR(FORMAT)) &&
	    date_parse(manifest->as_of, &date) &&
	    (manifest->commit.len == 0 ||
		is_hex(manifest->commit, COMMIT_LEN));
}

bool manifest_read(const struct folder *folder, struct arena *arena,
    struct manifest *manifest)
{
	const struct reader reader = folder_reader(folder);
	struct value *facts = NULL;
	struct diag_list no_matter;
	struct str bytes;
	bool ok;

	diag_list_init(&no_matter, arena);
	ok = reader.read(reader.context, MANIFEST_FACTS, arena, &bytes,
	    &no_matter) && json_parse(arena, MANIFEST_FACTS, bytes, &facts,
	    &no_matter) && take_facts(facts, manifest);
	diag_list_dispose(&no_matter);
	return ok;
}

/* Of files whose paths begin with `below`. */
static bool parse_sums(struct str text, struct str below, struct arena *arena,
    struct map *sums)
{
	while (text.len > 0) {
		struct str line = str_cut(&text, '\n');
		struct str digest = str_slice(line, 0, DIGEST_LEN);
		struct str path = str_slice(line, DIGEST_LEN, line.len);

		if (!is_hex(digest, DIGEST_LEN) || path.len < 3 ||
		    path.ptr[0] != ' ' ||
		    (path.ptr[1] != ' ' && path.ptr[1] != '*'))
			return false;
		path = str_slice(path, 2, path.len);
		if (str_starts(path, below))
			map_put(sums, path, str_cstr(arena, digest));
	}
	return true;
}

bool manifest_parse_sums(struct str text, struct arena *arena,
    struct map *sums)
{
	return parse_sums(text, STR_NONE, arena, sums);
}

void manifest_read_sums(const struct folder *folder, struct str below,
    struct arena *arena, struct map *sums)
{
	const struct reader reader = folder_reader(folder);
	struct diag_list no_matter;
	struct arena file;
	struct str text;

	arena_init(&file);
	diag_list_init(&no_matter, &file);
	if (reader.read(reader.context, MANIFEST_SUMS, &file, &text,
	    &no_matter) && !parse_sums(text, below, arena, sums))
		map_init(sums, arena);
	diag_list_dispose(&no_matter);
	arena_dispose(&file);
}
