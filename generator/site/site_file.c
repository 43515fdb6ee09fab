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
	pack_long(answer, file->facts.size);
	pack_str(answer, str_from(file->facts.sha256));
}

void site_file_unpack(struct str *answer, struct data_file *file)
{
	struct str digest;
	uint64_t size;
	uint32_t rows;

	if (!unpack_number(answer, &rows) || !unpack_long(answer, &size) ||
	    !unpack_str(answer, &digest) ||
	    digest.len >= sizeof(file->facts.sha256))
		return;
	file->rows = rows;
	file->facts.size = size;
	memcpy(file->facts.sha256, digest.ptr, digest.len);
}
