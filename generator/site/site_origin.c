/* SPDX-License-Identifier: MIT */
#include "site/site_origin.h"

#include "base/hash.h"
#include "base/path.h"
#include "base/reader.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "render/origin.h"
#include "source/source.h"

bool site_origin(void *context, const struct record *record,
    struct arena *arena, struct record_origin *origin,
    struct diag_list *diags)
{
	const struct pipeline *pipeline = context;
	const struct reader *reader = &pipeline->registry.reader;
	char hex[SHA256_HEX_SIZE];
	struct str bytes;

	if (!reader->read(reader->context, record->path, arena, &bytes, diags))
		return false;
	sha256_hex(bytes, hex);
	origin->sha256 = str_dup(arena, str_from(hex));
	origin->path = path_join(arena,
	    source_prefix(pipeline->registry.source), record->path);
	return true;
}
