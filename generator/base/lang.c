/* SPDX-License-Identifier: MIT */
#include "base/lang.h"

struct str lang_code(enum lang lang)
{
	return lang == LANG_EN ? STR("en") : STR("zh");
}

enum lang lang_from(struct str tag, enum lang fallback)
{
	struct str subtag = str_slice(tag, 0, 2);
	bool whole = tag.len == 2 || (tag.len > 2 && (tag.ptr[2] == '_' ||
	    tag.ptr[2] == '-' || tag.ptr[2] == '.'));

	if (whole && str_eq(subtag, STR("zh")))
		return LANG_ZH;
	if (whole && str_eq(subtag, STR("en")))
		return LANG_EN;
	return fallback;
}
