/* SPDX-License-Identifier: MIT */
/* What only shows when all records are seen together. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/kind.h"

#include <stdlib.h>

static uint32_t number_at(const struct value *row, struct str name)
{
	size_t number = 0;

	(void)str_to_size(value_text_at(row, name), &number);
	return (uint32_t)number;
}

static struct mark row_mark(const struct value *row)
{
	return (struct mark){ value_text_at(row, STR("path")),
		number_at(row, STR("line")), number_at(row, STR("column")) };
}

static struct str kind_title(struct str name, enum lang lang)
{
	enum kind kind;

	return kind_find(name, &kind) ? kind_info(kind)->title[lang] : name;
}

static bool check_references(struct catalogue *catalogue,
    struct arena *scratch, struct diag_list *diags)
{
	struct value *rows = catalogue_rows(catalogue,
	    QUERY_dangling_references, NULL, 0, scratch, NULL, NULL);

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];
		struct str kind = value_text_at(row, STR("kind"));
		struct str target = value_text_at(row, STR("target"));

		if (number_at(row, STR("line")) == 0)
			diag_report(diags, row_mark(row),
			    DIAG_NO_ACHIEVEMENT, target);
		else
			diag_report(diags, row_mark(row),
			    DIAG_DANGLING_REFERENCE, target,
			    kind_title(kind, LANG_EN),
			    kind_title(kind, LANG_ZH));
	}
	return value_count(rows) == 0;
}

/* Numbers claimed twice are for the rules to judge; titles are not. */
static bool check_titles(struct catalogue *catalogue, struct arena *scratch,
    struct diag_list *diags)
{
	struct value *rows = catalogue_rows(catalogue, QUERY_shared_titles,
	    NULL, 0, scratch, NULL, NULL);

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];
		struct str other = str_format(scratch, "%.*s:%.*s",
		    STR_ARG(value_text_at(row, STR("other_path"))),
		    STR_ARG(value_text_at(row, STR("other_line"))));

		diag_report(diags, row_mark(row),
		    DIAG_SAME_TITLE, value_text_at(row, STR("written")),
		    other);
	}
	return value_count(rows) == 0;
}

bool catalogue_check(struct catalogue *catalogue, struct arena *scratch,
    struct diag_list *diags)
{
	bool references = check_references(catalogue, scratch, diags);
	bool titles = check_titles(catalogue, scratch, diags);

	return references && titles;
}
