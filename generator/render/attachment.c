/* SPDX-License-Identifier: MIT */
#include "render/attachment.h"

#include "base/diag.h"
#include "base/path.h"

/* Extensions, and what such files have at an offset. */
static const struct {
	struct str extension, magic;
	size_t offset;
} types[] = {
	{ { ".png", 4 }, { "\x89PNG\r\n\x1a\n", 8 }, 0 },
	{ { ".jpg", 4 }, { "\xff\xd8\xff", 3 }, 0 },
	{ { ".jpeg", 5 }, { "\xff\xd8\xff", 3 }, 0 },
	{ { ".gif", 4 }, { "GIF8", 4 }, 0 },
	{ { ".webp", 5 }, { "WEBP", 4 }, 8 },
	{ { ".pdf", 4 }, { "%PDF-", 5 }, 0 },
};

bool attachment_check(struct str path, struct str bytes,
    struct diag_list *diags)
{
	struct str extension = path_extension(path);
	struct mark mark = { .path = path };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (!str_eq(extension, types[i].extension))
			continue;
		if (str_eq(str_slice(bytes, types[i].offset,
		    types[i].offset + types[i].magic.len), types[i].magic))
			return true;
		return diag_report(diags, mark, DIAG_ATTACHMENT_FALSE,
		    path_name(path), extension);
	}
	return diag_report(diags, mark, DIAG_ATTACHMENT_KIND,
	    path_name(path));
}
