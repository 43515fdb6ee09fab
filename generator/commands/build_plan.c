/* SPDX-License-Identifier: MIT */
#include "commands/build_plan.h"

#include "base/file.h"
#include "base/map.h"
#include "base/path.h"
#include "base/vec.h"
#include "commands/manifest.h"
#include "commands/output.h"
#include "commands/pipeline.h"
#include "commands/report.h"
#include "commands/scratch.h"
#include "commands/site_compare.h"
#include "commands/site_log.h"
#include "commands/sites.h"

#include <stdio.h>
#include <unistd.h>

static void print(const struct pipeline *pipeline, struct str folder,
    const struct vec *differences, struct sites_result *result)
{
	static const struct text words[] = {
		[SITE_DIFFERS] = TEXT("改动", "change"),
		[SITE_MISSING] = TEXT("新增", "add"),
		[SITE_EXTRA] = TEXT("删除", "remove") };

	for (size_t i = 0; i < differences->count; i++) {
		const struct site_difference *d = vec_at(differences, i);

		printf("%s  ", words[d->kind].in[pipeline->lang]);
		report_text(path_join(pipeline->arena, folder, d->path),
		    stdout);
		putchar('\n');
		if (d->kind == SITE_EXTRA)
			result->removed++;
		else
			result->changed++;
	}
}

/* What there is, or nothing: a build would make the folder. */
static bool digest_there(struct pipeline *pipeline, struct str path,
    struct map *found)
{
	struct folder folder;
	bool ok;

	if (access(str_cstr(pipeline->arena, path), F_OK) != 0)
		return true;
	if (!folder_open_existing(path, &folder, pipeline->diags))
		return false;
	ok = site_digest(&folder, pipeline->jobs, &pipeline->progress, found,
	    pipeline->diags);
	folder_close(&folder);
	return ok;
}

/* A new signature may be another one; without a key the old one goes. */
static bool plan(struct pipeline *pipeline,
    const struct sites_request *wanted, const struct site_log *log,
    bool is_internal, struct sites_result *result)
{
	struct str path = is_internal ? wanted->internal : wanted->output;
	struct map expected, found;
	struct vec differences;

	map_init(&expected, pipeline->arena);
	map_init(&found, pipeline->arena);
	site_expect(log, is_internal, &expected);
	if (!digest_there(pipeline, path, &found))
		return false;
	if (wanted->key.len > 0)
		site_take_signature(&expected, &found);
	vec_init(&differences, sizeof(struct site_difference));
	site_compare(&expected, &found, &differences);
	print(pipeline, path, &differences, result);
	vec_dispose(&differences);
	return true;
}

static bool is_allowed(struct pipeline *pipeline,
    const struct sites_request *wanted)
{
	return (wanted->key.len == 0 || manifest_key_is_there(
	    pipeline->arena, wanted->key, pipeline->diags)) &&
	    output_is_ours(pipeline, wanted->output) &&
	    (wanted->internal.len == 0 ||
		(output_is_ours(pipeline, wanted->internal) &&
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
	scratch_remove(pipeline->arena, scratch);
	result->changed = result->removed = 0;
	ok = ok && plan(pipeline, wanted, &log, false, result) &&
	    (wanted->internal.len == 0 ||
		plan(pipeline, wanted, &log, true, result));
	site_log_dispose(&log);
	return ok;
}
