/* SPDX-License-Identifier: MIT */
#include "base/path.h"

#include "base/arena.h"

#include <string.h>

static bool is_safe_part(struct str part)
{
	if (part.len == 0 || str_eq(part, STR(".")) || str_eq(part, STR("..")))
		return false;
	for (size_t i = 0; i < part.len; i++) {
		unsigned char c = (unsigned char)part.ptr[i];

		if (c < 0x20 || c == 0x7f || c == '\\')
			return false;
	}
	return true;
}

bool path_is_safe(struct str path)
{
	if (path.len == 0 || path.ptr[path.len - 1] == '/')
		return false;
	while (path.len > 0)
		if (!is_safe_part(str_cut(&path, '/')))
			return false;
	return true;
}

struct str path_plain(struct str path)
{
	while (str_starts(path, STR("./")))
		path = str_slice(path, 2, path.len);
	while (str_ends(path, STR("/")))
		path.len--;
	return str_eq(path, STR(".")) ? STR_NONE : path;
}

struct str path_join(struct arena *arena, struct str folder, struct str name)
{
	bool has_slash = folder.len == 0 || str_ends(folder, STR("/"));
	size_t len = folder.len + !has_slash;
	char *path = arena_alloc(arena, len + name.len + 1);

	if (folder.len > 0)
		memcpy(path, folder.ptr, folder.len);
	if (!has_slash)
		path[folder.len] = '/';
	if (name.len > 0)
		memcpy(path + len, name.ptr, name.len);
	return (struct str){ path, len + name.len };
}

struct str path_folder(struct str path)
{
	size_t slash = str_find_last(path, '/');

	return slash == STR_NOT_FOUND ? STR_NONE : str_slice(path, 0, slash);
}

struct str path_name(struct str path)
{
	size_t slash = str_find_last(path, '/');

	return slash == STR_NOT_FOUND ? path :
	    str_slice(path, slash + 1, path.len);
}

struct str path_extension(struct str path)
{
	struct str name = path_name(path);
	size_t dot = str_find_last(name, '.');

	return dot == STR_NOT_FOUND || dot == 0 ? STR_NONE :
	    str_slice(name, dot, name.len);
}

struct str path_resolve(struct arena *arena, struct str folder,
    struct str link)
{
	struct str rest = path_join(arena, folder, link);
	char *resolved = arena_alloc(arena, rest.len + 1);
	size_t len = 0;

	while (rest.len > 0) {
		struct str part = str_cut(&rest, '/');
		struct str sofar = { resolved, len };

		if (part.len == 0 || str_eq(part, STR(".")))
			continue;
		if (str_eq(part, STR(".."))) {
			if (len == 0)
				return STR_NONE;
			len = path_folder(sofar).len;
			continue;
		}
		if (len > 0)
			resolved[len++] = '/';
		memcpy(resolved + len, part.ptr, part.len);
		len += part.len;
	}
	return (struct str){ resolved, len };
}
