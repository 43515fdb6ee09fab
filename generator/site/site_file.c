/* SPDX-License-Identifier: MIT */
#include "site/site_file.h"

#include "base/file_stream.h"
#include "base/pack.h"
#include "catalogue/catalogue.h"
#include "render/open_data.h"
#include "render/page.h"
#include "site/site_log.h"

#include <errno.h>
#include <string.h>

bool site_file_write(struct site *site, const struct page *page,
    const struct folder *folder, struct site_log *log, struct diag_list *diags)
{
	struct file_stream out;
	bool changed, ok;

	file_stream_open(&out, folder, page->path);
	ok = page->kind->stream(site, page, &out, diags);
	if (!catalogue_is_well(site->catalogue, diags) || !ok)
		file_stream_fail(&out, ECANCELED);
	if (!file_stream_close(&out, &page->file->facts, &changed, diags))
		return false;
	site_log_add(log, page->path, page->file->facts.sha256, changed);
	return true;
}

void site_file_pack(struct buf *answer, const struct data_file *file)
{
	pack_number(answer, (uint32_t)file->rows);
	pack_number(answer, (uint32_t)(file->facts.size >> 32));
	pack_number(answer, (uint32_t)file->facts.size);
	pack_str(answer, str_from(file->facts.sha256));
}

void site_file_unpack(struct str *answer, struct data_file *file)
{
	uint32_t rows, high, low;
	struct str digest;

	if (!unpack_number(answer, &rows) || !unpack_number(answer, &high) ||
	    !unpack_number(answer, &low) || !unpack_str(answer, &digest) ||
	    digest.len >= sizeof(file->facts.sha256))
		return;
	file->rows = rows;
	file->facts.size = (uint64_t)high << 32 | low;
	memcpy(file->facts.sha256, digest.ptr, digest.len);
}
