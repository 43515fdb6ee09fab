/* SPDX-License-Identifier: MIT */
/* What tests of the catalogue share: one in a folder of its own, and records
 * put into it. */
#ifndef TESTS_CATALOGUE_DESK_H
#define TESTS_CATALOGUE_DESK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../memory.h"
#include "base/buf.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/codes.h"
#include "model/record.h"

static const struct memory_file code_files[] = {
	{ "schemas/codes/review-results.csv", "code,zh,en,source,status\n"
	    "passed,通过,passed,t,confirmed\nfailed,不通过,failed,t,confirmed\n" },
	{ "schemas/codes/unit-kinds.csv", "code,zh,en,source,status\n"
	    "university,高校,university,t,confirmed\n" },
	{ "schemas/codes/divisions.csv", "code,zh,en,source,status\n"
	    "330100,杭州市,Hangzhou,t,confirmed\n"
	    "330106,西湖区,Xihu,t,confirmed\n" },
	{ "schemas/codes/release-kinds.csv", "code,zh,en,source,status\n"
	    "quarterly,季度,Quarterly,t,confirmed\n"
	    "theme,主题,Theme,t,confirmed\n" },
	{ "schemas/codes/circular-measures.csv", "code,zh,en,source,status\n"
	    "submitted,报送,a,t,confirmed\non-time,按期,b,t,confirmed\n"
	    "late,逾期,c,t,confirmed\nreturned,退回,d,t,confirmed\n"
	    "registered,登记,e,t,confirmed\nentered,入库,f,t,confirmed\n"
	    "bulletin,月报,g,t,confirmed\nrelease,季度,h,t,confirmed\n"
	    "theme,主题,i,t,confirmed\nranking,年度,j,t,confirmed\n"
	    "transferred,转化,k,t,confirmed\n" },
	{ NULL, NULL }
};

/* A catalogue in a folder of its own below /tmp. */
struct desk {
	struct fixture f;
	char root[64];
	struct str folder;
	struct catalogue *catalogue;
	uint32_t count;
};

static inline void desk_open(struct desk *desk, const char *as_of)
{
	struct codes codes;

	desk->count = 0;
	desk->catalogue = catalogue_create(&desk->f.arena, desk->folder,
	    str_from(as_of), &desk->f.diags);
	assert_non_null(desk->catalogue);
	assert_true(codes_load(&desk->f.arena, &desk->f.reader,
	    STR("schemas/codes/"), &codes, &desk->f.diags));
	catalogue_put_codes(desk->catalogue, &codes);
}

static inline void desk_init(struct desk *desk, const char *as_of)
{
	fixture_init(&desk->f, code_files);
	(void)snprintf(desk->root, sizeof(desk->root),
	    "/tmp/zheli-test-XXXXXX");
	assert_non_null(mkdtemp(desk->root));
	desk->folder = str_format(&desk->f.arena, "%s/.zheli", desk->root);
	desk_open(desk, as_of);
}

static inline const char *in(struct desk *desk, const char *name)
{
	return str_format(&desk->f.arena, "%s/%s", desk->root, name).ptr;
}

static inline void desk_dispose(struct desk *desk)
{
	if (desk->catalogue != NULL)
		catalogue_close(desk->catalogue);
	(void)unlink(in(desk, ".zheli/catalogue.sqlite"));
	(void)unlink(in(desk, ".zheli/catalogue.lock"));
	(void)unlink(in(desk, ".zheli/touched.log"));
	(void)unlink(in(desk, ".zheli/.gitignore"));
	/* Fails if anything else was left there. */
	assert_int_equal(rmdir(desk->folder.ptr), 0);
	assert_int_equal(rmdir(desk->root), 0);
	fixture_dispose(&desk->f);
}

static inline void put(struct desk *desk, const char *path, const char *yaml)
{
	struct str text = str_format(&desk->f.arena, "---\n%s---\n", yaml);
	struct record record;
	struct buf packed;

	assert_true(record_parse(&desk->f.arena, str_from(path), text,
	    &FRONTMATTER_LIMITS_DEFAULT, &record, &desk->f.diags));
	buf_init(&packed);
	record_pack(&record, &packed);
	catalogue_put_record(desk->catalogue, ++desk->count, &record,
	    buf_str(&packed), STR("0123456789abcdef"));
	buf_dispose(&packed);
}

static inline struct value *rows(struct desk *desk, enum query query,
    const char *param)
{
	const struct str params[] = { str_from(param) };

	return catalogue_rows(desk->catalogue, query, params,
	    param != NULL ? 1 : 0, &desk->f.arena, NULL, NULL);
}

#endif
