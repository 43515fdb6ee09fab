/* SPDX-License-Identifier: MIT */
#include "render/attachment.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/path.h"
#include "render/picture.h"

enum { NO_PICTURE = -1 };

/* Extensions, and what such files have at an offset. */
static const struct type {
	struct str extension, magic;
	size_t offset;
	int picture;
} types[] = {
	{ { ".png", 4 }, { "\x89PNG\r\n\x1a\n", 8 }, 0, PICTURE_PNG },
	{ { ".jpg", 4 }, { "\xff\xd8\xff", 3 }, 0, PICTURE_JPEG },
	{ { ".jpeg", 5 }, { "\xff\xd8\xff", 3 }, 0, PICTURE_JPEG },
	{ { ".gif", 4 }, { "GIF8", 4 }, 0, PICTURE_GIF },
	{ { ".webp", 5 }, { "WEBP", 4 }, 8, PICTURE_WEBP },
	{ { ".pdf", 4 }, { "%PDF-", 5 }, 0, NO_PICTURE },
};

static const struct type *type_of(struct str path, struct str bytes,
    struct diag_list *diags)
{
	struct str extension = path_extension(path);
	struct mark mark = { .path = path };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (!str_eq(extension, types[i].extension))
			continue;
		if (str_eq(str_slice(bytes, types[i].offset,
			       types[i].offset + types[i].magic.len),
			types[i].magic))
			return &types[i];
		(void)diag_report(diags, mark, DIAG_ATTACHMENT_FALSE,
		    path_name(path), extension);
		return NULL;
	}
	(void)diag_report(diags, mark, DIAG_ATTACHMENT_KIND, path_name(path));
	return NULL;
}

static struct str number(struct diag_list *diags, size_t number)
{
	return str_format(diags->arena, "%zu", number);
}

static bool judge_picture(const struct picture *picture, struct str path,
    struct diag_list *diags)
{
	struct mark mark = { .path = path };
	struct str name = path_name(path);

	if (picture->moves)
		return diag_report(diags, mark, DIAG_PICTURE_MOVES, name);
	if (picture->width > PICTURE_SIDE || picture->height > PICTURE_SIDE ||
	    (uint64_t)picture->width * picture->height > PICTURE_PIXELS)
		return diag_report(diags, mark, DIAG_PICTURE_LARGE, name,
		    number(diags, picture->width),
		    number(diags, picture->height), number(diags, PICTURE_SIDE),
		    number(diags, PICTURE_PIXELS / 1000000),
		    number(diags, PICTURE_PIXELS / 10000));
	return true;
}

/* What the site has of a file; `picture` stays as it is if it is none. */
static bool read_file(struct str path, struct str bytes,
    struct picture *picture, struct buf *published, struct diag_list *diags)
{
	const struct type *type = type_of(path, bytes, diags);

	if (type == NULL)
		return false;
	if (type->picture == NO_PICTURE) {
		buf_append(published, bytes);
		return true;
	}
	if (!picture_read((enum picture_kind)type->picture, bytes, picture,
		published))
		return diag_report(diags, ((struct mark){ .path = path }),
		    DIAG_PICTURE_BROKEN, path_name(path),
		    number(diags, picture->fault));
	return judge_picture(picture, path, diags);
}

bool attachment_check(struct str path, struct str bytes,
    struct diag_list *diags)
{
	struct picture picture = { .has_position = false };
	struct buf published;
	bool is_good;

	buf_init(&published);
	is_good = read_file(path, bytes, &picture, &published, diags);
	if (is_good && picture.has_position)
		(void)diag_report(diags, ((struct mark){ .path = path }),
		    DIAG_PICTURE_POSITION, path_name(path));
	buf_dispose(&published);
	return is_good;
}

bool attachment_publish(struct str path, struct str bytes,
    struct buf *published, struct diag_list *diags)
{
	struct picture picture;

	return read_file(path, bytes, &picture, published, diags);
}

void attachment_strip(struct str path, struct str bytes, struct buf *stripped)
{
	struct str extension = path_extension(path);
	size_t before = stripped->len;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct picture picture = { .moves = false };

		if (types[i].picture == NO_PICTURE ||
		    !str_eq(extension, types[i].extension))
			continue;
		if (picture_read((enum picture_kind)types[i].picture, bytes,
			&picture, stripped) &&
		    !picture.moves)
			return;
		buf_truncate(stripped, before);
		break;
	}
	buf_append(stripped, bytes);
}
