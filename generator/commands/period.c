/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "base/diag.h"
#include "commands/command.h"
#include "commands/report.h"
#include "pipeline/registry.h"
#include "rules/calendar.h"

#include <stdio.h>

static void print(const struct invocation *invocation, struct period period,
    const struct period_end *end)
{
	static const struct text provisional = TEXT(
	    "zheli period: %s 为暂定：该年节假日安排尚未公布\n",
	    "zheli period: %s is provisional: the holidays of that year are "
	    "not announced yet\n");
	char bare[DATE_SIZE], last[DATE_SIZE];

	date_format(end->bare, bare);
	date_format(end->last, last);
	if (period.unit == PERIOD_WORKDAYS)
		printf("%s\n", last);
	else
		printf("%s %s\n", bare, last);
	if (end->provisional)
		fprintf(stderr, invocation_text(invocation, &provisional),
		    last);
}

static int run(struct invocation *invocation)
{
	static const struct text no_period = TEXT(
	    "期限应写作 30d、6m、2y 或 5wd",
	    "a period is written 30d, 6m, 2y or 5wd");
	static const struct text no_date = TEXT("日期应写作 2024-01-15",
	    "a date is written 2024-01-15");
	struct registry registry;
	struct calendar calendar;
	struct period_end end;
	struct period period;
	struct diag_list diags;
	struct date start;
	int status;

	if (!period_parse(invocation->operands[0], &period))
		return invocation_usage(invocation, &no_period,
		    invocation->operands[0]);
	if (!date_parse(invocation->operands[1], &start))
		return invocation_usage(invocation, &no_date,
		    invocation->operands[1]);
	diag_list_init(&diags, invocation->arena);
	if (invocation_open_registry(invocation, &registry, &diags)) {
		if (calendar_load(invocation->arena, &registry.reader,
			STR("schemas/calendar/holidays.csv"), &calendar,
			&diags)) {
			end = period_end(&calendar, start, period);
			print(invocation, period, &end);
		}
		registry_close(&registry);
	}
	report_print(invocation->lang, &diags, stderr);
	status = report_status(&diags);
	diag_list_dispose(&diags);
	return status;
}

const struct command command_period = {
	.name = "period",
	.operands = "PERIOD DATE",
	.common = COMMON_REGISTRY | COMMON_REV,
	.least_operands = 2,
	.most_operands = 2,
	.summary = TEXT("期限自某日起到哪一天届满",
	    "the day on which a period ends"),
	.description = TEXT(
	    "PERIOD 是 30d（日）、6m（月）、2y（年）或 5wd（工作日），DATE 是起算的当日，不计在内。\n"
	    "输出两个日期：按日历算的末日，和遇休息日顺延后的末日；工作日期限只有一个。\n"
	    "节假日见登记库的 schemas/calendar/holidays.csv；尚未公布的年份为暂定，在标准错误上说明。",
	    "PERIOD is 30d (days), 6m (months), 2y (years) or 5wd (working days) and is counted\n"
	    "from the day after DATE. Prints two dates: the last day as counted, and the last day\n"
	    "moved on when nobody works on it; for working days there is one. Holidays are those of\n"
	    "schemas/calendar/holidays.csv in the registry; a date in a year that is not announced\n"
	    "yet is provisional, which is said on standard error."),
	.run = run,
};
