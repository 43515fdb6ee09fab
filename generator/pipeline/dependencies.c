/* SPDX-License-Identifier: MIT */
#include "pipeline/dependencies.h"

#include "base/buf.h"
#include "base/pack.h"
#include "catalogue/catalogue.h"

#include <string.h>

void dependencies_init(struct dependencies *dependencies)
{
	vec_init(&dependencies->keys, sizeof(uint64_t));
}

void dependencies_dispose(struct dependencies *dependencies)
{
	vec_dispose(&dependencies->keys);
}

void dependencies_clear(struct dependencies *dependencies)
{
	vec_clear(&dependencies->keys);
}

void dependencies_add(struct dependencies *dependencies,
    enum catalogue_dependency what, struct str name, struct str value)
{
	if (dependencies != NULL)
		*(uint64_t *)vec_push(&dependencies->keys) =
		    catalogue_key(what, name, value);
}

static int compare_keys(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

void dependencies_pack(struct dependencies *dependencies, struct buf *answer)
{
	uint64_t *keys = dependencies->keys.items;
	size_t kept = 0;

	vec_sort(&dependencies->keys, compare_keys);
	for (size_t i = 0; i < dependencies->keys.count; i++)
		if (kept == 0 || keys[kept - 1] != keys[i])
			keys[kept++] = keys[i];
	pack_str(answer, (struct str){ (const char *)keys,
	    kept * sizeof(*keys) });
}

void dependencies_put(struct catalogue *catalogue, uint32_t number,
    struct str *bytes)
{
	struct str packed;

	if (!unpack_str(bytes, &packed))
		return;
	for (size_t at = 0; at + sizeof(uint64_t) <= packed.len;
	    at += sizeof(uint64_t)) {
		uint64_t key;

		memcpy(&key, packed.ptr + at, sizeof(key));
		catalogue_put_dependency(catalogue, number, key);
	}
}
