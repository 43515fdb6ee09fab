/* SPDX-License-Identifier: MIT */
/*
 * What is asked when a kept catalogue is gone on with costs what changed, not
 * what there is: SQLite's own plan of each statement walks through no table but
 * those of the change.
 */
#include "catalogue/resume.h"

#include <sqlite3.h>

#include "desk.h"

static const char connection_sql[] =
#include "catalogue/connection.inc"
    ;
static const char resume_sql[] =
#include "catalogue/resume.inc"
    ;
static const char derive_sql[] =
#include "catalogue/derive.inc"
    ;

static const struct {
	const char *name, *sql;
} queries[] = {
#define QUERY(name, sql) { #name, sql },
#include "catalogue/queries.inc"
#include "catalogue/queries_resume.inc"
#undef QUERY
};

/* Of the many queries for pages, those that a judged proposal asks. */
static const char *const asked[] = { "dangling_references", "shared_titles",
	"record_packed", "record_by_number", "digest_of", "state_of",
	"received_of", "landed_of", "claim_others" };

/* What a run over the registry itself asks once, since it is told or compared
 * as a whole; on another day also whose dates are between the two. */
static const char *const whole[] = { "files", "kept", "drop_reminders",
	"day_moved", "turned" };

/* Tables of the change itself, and of officers, who are all wanted. */
static const char *const small[] = { "scope", "changed", "moved", "m", "k",
	"n", "t", "o", "arrived", "faulty", "f", "input", "(subquery-" };

static bool is_named(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static sqlite3_stmt *plan_of(sqlite3 *database, const char *sql,
    const char **rest)
{
	struct fixture f;
	sqlite3_stmt *plan = NULL;
	const char *explained;

	fixture_init(&f, code_files);
	explained = str_format(&f.arena, "EXPLAIN QUERY PLAN %s", sql).ptr;
	if (sqlite3_prepare_v2(database, explained, -1, &plan, rest) !=
	    SQLITE_OK)
		fail_msg("%s\n%s", sqlite3_errmsg(database), sql);
	if (rest != NULL)
		*rest = sql + (*rest - explained -
		    (ptrdiff_t)strlen("EXPLAIN QUERY PLAN "));
	fixture_dispose(&f);
	return plan;
}

/* "SCAN r USING INDEX …" walks through r; SEARCH by a part of an index that
 * has the same value in thousands of rows is as bad. */
static bool is_cheap(const char *step)
{
	if (strstr(step, "claim_value (kind=?)") != NULL ||
	    strstr(step, "record_id (kind=?)") != NULL ||
	    strstr(step, "reference_target (kind=?)") != NULL)
		return false;
	/* Only what is withheld is in that index. */
	if (strncmp(step, "SCAN ", 5) != 0 ||
	    strstr(step, "record_withheld") != NULL ||
	    strcmp(step, "SCAN CONSTANT ROW") == 0)
		return true;
	for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++) {
		size_t len = strlen(small[i]);

		if (strncmp(step + 5, small[i], len) == 0 &&
		    (small[i][0] == '(' || strchr(" ", step[5 + len]) != NULL))
			return true;
	}
	return false;
}

/* How many steps the plan has. */
static size_t check_plan(sqlite3 *database, const char *name, const char *sql,
    const char **rest)
{
	sqlite3_stmt *plan = plan_of(database, sql, rest);
	size_t steps = 0;

	for (; sqlite3_step(plan) == SQLITE_ROW; steps++) {
		const char *step = (const char *)sqlite3_column_text(plan, 3);

		if (!is_cheap(step))
			fail_msg("%s: %s", name, step);
	}
	assert_int_equal(sqlite3_finalize(plan), SQLITE_OK);
	return steps;
}

static void execute(sqlite3 *database, const char *sql)
{
	if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(database));
}

/* A kept catalogue, opened as resume.c does. */
static sqlite3 *open_kept(struct desk *desk)
{
	sqlite3 *database = NULL;

	desk_init(desk, "2026-06-30");
	catalogue_derive(desk->catalogue);
	catalogue_conclude(desk->catalogue);
	catalogue_keep(desk->catalogue);
	catalogue_close(desk->catalogue);
	desk->catalogue = NULL;
	assert_int_equal(sqlite3_open(in(desk, ".zheli/catalogue.sqlite"),
	    &database), SQLITE_OK);
	execute(database, connection_sql);
	execute(database, resume_sql);
	return database;
}

static void test_resume__walks_through_no_table(void **state)
{
	struct desk desk;
	sqlite3 *database = open_kept(&desk);
	size_t known = 0, steps = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		if (i < sizeof(queries) / sizeof(queries[0]) - 1 &&
		    strcmp(queries[i].name, "meta") == 0)
			known = i;
		if (is_named(queries[i].name, whole,
		    sizeof(whole) / sizeof(whole[0])))
			continue;
		if ((known > 0 && i >= known) || is_named(queries[i].name,
		    asked, sizeof(asked) / sizeof(asked[0])))
			steps += check_plan(database, queries[i].name,
			    queries[i].sql, NULL);
	}
	/* They are there, and have plans. */
	assert_true(known > 0);
	assert_true(steps > 50);
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	desk_dispose(&desk);
}

static void test_derive__of_a_change_walks_through_no_table(void **state)
{
	struct desk desk;
	sqlite3 *database = open_kept(&desk);
	size_t steps = 0;

	(void)state;
	execute(database, derive_sql);
	for (const char *at = derive_sql, *rest; at[0] != '\0' &&
	     strspn(at, " \n") < strlen(at); at = rest) {
		if (strncmp(at + strspn(at, " \n"), "CREATE", 6) != 0) {
			steps += check_plan(database, "derive", at, &rest);
			continue;
		}
		rest = strchr(at, ';') + 1;
	}
	assert_true(steps > 20);
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	desk_dispose(&desk);
}

/* The test itself sees what it is there for. */
static void test_a_walk__is_seen(void **state)
{
	(void)state;
	assert_false(is_cheap("SCAN r USING INDEX record_path"));
	assert_false(is_cheap("SCAN a"));
	assert_false(is_cheap("SCAN main_table"));
	assert_false(is_cheap("SEARCH claim USING COVERING INDEX claim_value "
	    "(kind=?)"));
	assert_true(is_cheap("SCAN m"));
	assert_true(is_cheap("SCAN (subquery-7)"));
	assert_true(is_cheap("SEARCH r USING INTEGER PRIMARY KEY (rowid=?)"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_resume__walks_through_no_table),
		cmocka_unit_test(
		    test_derive__of_a_change_walks_through_no_table),
		cmocka_unit_test(test_a_walk__is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
