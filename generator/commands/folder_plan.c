/* SPDX-License-Identifier: MIT */
#include "commands/folder_plan.h"

#include "base/file.h"
#include "base/lang.h"
#include "base/path.h"
#include "base/vec.h"
#include "commands/report.h"
#include "pipeline/pipeline.h"
#include "site/site_compare.h"

#include <stdio.h>
#include <unistd.h>

bool folder_plan_digest(struct pipeline *pipeline, struct str path,
    struct map *found)
{
	struct folder folder;
	const struct site_reading reading = { .folder = &folder,
		.jobs = pipeline->jobs, .progress = &pipeline->progress,
		.diags = pipeline->diags };
	bool ok;

	if (access(str_cstr(pipeline->arena, path), F_OK) != 0)
		return true;
	if (!folder_open_existing(path, &folder, pipeline->diags))
		return false;
	ok = site_digest(&reading, found);
	folder_close(&folder);
	return ok;
}

void folder_plan_print(const struct pipeline *pipeline, struct str folder,
    const struct map *expected, const struct map *found, size_t *changed,
    size_t *removed)
{
	static const struct text words[] = {
		[SITE_DIFFERS] = TEXT("改动", "change"),
		[SITE_MISSING] = TEXT("新增", "add"),
		[SITE_EXTRA] = TEXT("删除", "remove") };
	struct vec differences;

	vec_init(&differences, sizeof(struct site_difference));
	site_compare(expected, found, &differences);
	for (size_t i = 0; i < differences.count; i++) {
		const struct site_difference *d = vec_at(&differences, i);

		printf("%s  ", words[d->kind].in[pipeline->lang]);
		report_text(path_join(pipeline->arena, folder, d->path),
		    stdout);
		putchar('\n');
		if (d->kind == SITE_EXTRA)
			++*removed;
		else
			++*changed;
	}
	vec_dispose(&differences);
}
