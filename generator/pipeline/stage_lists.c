/* SPDX-License-Identifier: MIT */
/* What the lists of the public site need that a calendar has to count; the
 * catalogue then works out the lists. */
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/worked_out.h"
#include "pipeline/pipeline.h"
#include "rules/calendar.h"
#include "rules/ruleset.h"

/* How many working days the public notices of projects run. */
static void put_notice_spans(struct pipeline *pipeline)
{
	const struct calendar *calendar = ruleset_calendar(pipeline->ruleset);
	struct value *spans = catalogue_rows(pipeline->catalogue,
	    QUERY_notice_spans, NULL, 0, pipeline->arena, NULL, NULL);

	for (size_t i = 0; i < value_count(spans); i++) {
		const struct value *row = spans->list.items[i];
		struct str cells[4] = { value_text_at(row, STR("first")),
			value_text_at(row, STR("last")) };
		struct date first, last;

		if (!date_parse(cells[0], &first) ||
		    !date_parse(cells[1], &last))
			continue;
		cells[2] = str_format(pipeline->arena, "%d",
		    (int)calendar_workdays(calendar, first, last));
		cells[3] = calendar_is_provisional(calendar, last) ?
		    STR("1") : STR("0");
		catalogue_put_row(pipeline->catalogue, TABLE_WORKDAY_SPAN,
		    cells, 4);
	}
}

bool stage_lists(struct pipeline *pipeline)
{
	const struct str what = STR("lists");

	catalogue_begin(pipeline->catalogue);
	if (catalogue_work_begin(pipeline->catalogue, what)) {
		put_notice_spans(pipeline);
		catalogue_list(pipeline->catalogue);
		catalogue_work_end(pipeline->catalogue, what);
	}
	catalogue_commit(pipeline->catalogue);
	return catalogue_is_well(pipeline->catalogue, pipeline->diags);
}
