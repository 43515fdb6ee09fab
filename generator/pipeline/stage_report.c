/* SPDX-License-Identifier: MIT */
/* What the internal site reports: parameters, deadlines and targets into the
 * catalogue, which then counts. */
#include "base/csv.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/worked_out.h"
#include "pipeline/pipeline.h"
#include "rules/calendar.h"
#include "rules/ruleset.h"

#define TARGETS STR("schemas/reports/platform-targets.csv")

static void put_parameter(void *context, struct str name, struct str value)
{
	struct pipeline *pipeline = context;
	const struct str cells[] = { name, value };

	catalogue_put_row(pipeline->catalogue, TABLE_PARAMETER, cells, 2);
}

/*
 * Until when what is handed in belongs to this month's round (Z-09): a day of
 * the month, which moves past days off only where the site's settings say so.
 */
static struct date deadline(const struct pipeline *pipeline,
    struct date first, size_t day)
{
	struct date bare = date_add_days(first, (int64_t)day - 1);

	return value_is_true_at(pipeline->settings,
	    STR("calendar.monthly_deadline_rolls")) ?
	    calendar_roll(ruleset_calendar(pipeline->ruleset), bare) : bare;
}

static void put_rounds(struct pipeline *pipeline)
{
	struct value *months = catalogue_rows(pipeline->catalogue,
	    QUERY_submission_months, NULL, 0, pipeline->arena, NULL, NULL);
	size_t day = 0;

	/* A rule file that sets no day has no rounds, so nobody is late. */
	if (!str_to_size(catalogue_cell(pipeline->catalogue,
	    QUERY_parameter, &STR("monthly-day"), 1, pipeline->arena), &day) ||
	    day < 1 || day > 31)
		return;
	for (size_t i = 0; i < value_count(months); i++) {
		struct str month = value_text_at(months->list.items[i],
		    STR("month"));
		struct date first;
		struct str cells[2];

		if (!month_parse(month, &first))
			continue;
		cells[0] = month;
		cells[1] = date_iso(pipeline->arena,
		    deadline(pipeline, first, day));
		catalogue_put_row(pipeline->catalogue, TABLE_ROUND, cells, 2);
	}
}

/* A column that the file does not have is empty. */
static struct str cell(const struct csv *csv, size_t row, const char *name)
{
	size_t column = csv_column(csv, str_from(name));

	return column == CSV_NO_COLUMN ? STR_NONE :
	    str_trim(csv->rows[row].cells[column]);
}

/* A registry whose schemas have no such file has no targets. */
static void put_targets(struct pipeline *pipeline)
{
	static const char *const names[] = { "id", NULL, "zh", "en", "number",
		"article", "by", "source", "status", "counted", "term",
		"quote" };
	enum { COUNT = sizeof(names) / sizeof(names[0]) };
	const struct reader *reader = &pipeline->registry.reader;
	struct csv csv;
	struct str bytes;

	if (!reader->read(reader->context, TARGETS, pipeline->arena, &bytes,
	    pipeline->diags) || !csv_parse(pipeline->arena, TARGETS, bytes,
	    &csv, pipeline->diags))
		return;
	for (size_t row = 1; row < csv.count; row++) {
		struct str cells[COUNT];

		for (size_t i = 0; i < COUNT; i++)
			cells[i] = names[i] != NULL ?
			    cell(&csv, row, names[i]) :
			    str_format(pipeline->arena, "%zu", row);
		catalogue_put_row(pipeline->catalogue, TABLE_TARGET, cells,
		    COUNT);
	}
}

bool stage_report(struct pipeline *pipeline)
{
	const struct str what = STR("report");

	catalogue_begin(pipeline->catalogue);
	if (catalogue_work_begin(pipeline->catalogue, what)) {
		ruleset_parameters(pipeline->ruleset, put_parameter, pipeline);
		put_rounds(pipeline);
		put_targets(pipeline);
		catalogue_report(pipeline->catalogue);
		catalogue_work_end(pipeline->catalogue, what);
	}
	catalogue_sort_findings(pipeline->catalogue);
	catalogue_commit(pipeline->catalogue);
	return catalogue_is_well(pipeline->catalogue, pipeline->diags);
}
