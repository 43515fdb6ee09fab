/* SPDX-License-Identifier: MIT */
#include "commands/build_plan.h"

#include "base/file.h"
#include "base/map.h"
#include "base/path.h"
#include "commands/folder_plan.h"
#include "pipeline/output.h"
#include "pipeline/pipeline.h"
#include "pipeline/scratch.h"
#include "site/compress.h"
#include "site/manifest.h"
#include "site/site_compare.h"
#include "site/site_log.h"
#include "site/sites.h"

#include <sys/stat.h>
#include <unistd.h>

struct planned {
	struct str folder;		/* of the site */
	struct str built;		/* the temporary one */
	bool is_internal, with_copies, is_signed;
};

/* Compressed copies of what is to have some stay; whether they are made anew
 * is not told. */
static bool take_copies(struct pipeline *pipeline, struct str scratch,
    struct map *expected, const struct map *found)
{
	struct folder folder;
	struct stat status;

	if (!folder_open_existing(scratch, &folder, pipeline->diags))
		return false;
	for (size_t i = 0; i < found->count; i++) {
		struct str path = found->entries[i].key;
		struct str original = compress_original(path);

		if (map_has(expected, original) && !map_has(expected, path) &&
		    compress_is_wanted(folder.descriptor, original, &status))
			map_put(expected, path, found->entries[i].item);
	}
	folder_close(&folder);
	return true;
}

/* A new signature may be another one; without a key the old one goes. */
static bool plan(struct pipeline *pipeline, const struct planned *planned,
    const struct site_log *log, struct sites_result *result)
{
	struct map expected, found;

	map_init(&expected, pipeline->arena);
	map_init(&found, pipeline->arena);
	site_expect(log, planned->is_internal, &expected);
	if (!folder_plan_digest(pipeline, planned->folder, &found) ||
	    (planned->with_copies && !take_copies(pipeline, planned->built,
		&expected, &found)))
		return false;
	if (planned->is_signed)
		site_take_signature(&expected, &found);
	folder_plan_print(pipeline, planned->folder, &expected, &found,
	    &result->changed, &result->removed);
	return true;
}

static bool is_allowed(struct pipeline *pipeline,
    const struct sites_request *wanted)
{
	return (wanted->key.len == 0 || manifest_key_is_there(
	    pipeline->arena, wanted->key, pipeline->diags)) &&
	    output_is_ours(pipeline, wanted->output, OUTPUT_MARKER) &&
	    (wanted->internal.len == 0 ||
		(output_is_ours(pipeline, wanted->internal,
		    OUTPUT_MARKER) &&
		outputs_are_apart(pipeline, wanted->output,
		    wanted->internal)));
}

bool build_plan(struct pipeline *pipeline, const struct sites_request *wanted,
    struct sites_result *result)
{
	struct sites_request request = *wanted;
	struct str scratch = STR_NONE;
	struct site_log log;
	bool ok;

	site_log_init(&log);
	ok = is_allowed(pipeline, wanted) &&
	    scratch_make(pipeline->arena, &scratch, pipeline->diags);
	request.is_scratch = true;
	request.with_copies = false;
	request.key = STR_NONE;
	request.output = path_join(pipeline->arena, scratch, STR("public"));
	if (wanted->internal.len > 0)
		request.internal = path_join(pipeline->arena, scratch,
		    STR("internal"));
	ok = ok && sites_build(pipeline, &request, &log, result);
	result->changed = result->removed = 0;
	ok = ok && plan(pipeline, &(struct planned){ .folder = wanted->output,
	    .built = request.output, .with_copies = wanted->with_copies,
	    .is_signed = wanted->key.len > 0 }, &log, result) &&
	    (wanted->internal.len == 0 || plan(pipeline, &(struct planned){
		.folder = wanted->internal, .built = request.internal,
		.is_internal = true }, &log, result));
	scratch_remove(pipeline->arena, scratch);
	site_log_dispose(&log);
	return ok;
}
