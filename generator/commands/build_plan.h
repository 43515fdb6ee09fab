/* SPDX-License-Identifier: MIT */
/* What a build would do, for `zheli build --dry-run`: the sites are built in a
 * temporary folder and held against those that are there. */
#ifndef COMMANDS_BUILD_PLAN_H
#define COMMANDS_BUILD_PLAN_H

#include <stdbool.h>

struct pipeline;
struct sites_request;
struct sites_result;

/*
 * Prints each file that would be new, changed or removed to standard output,
 * and counts them; the registry is judged. Neither site is touched. False where
 * the build would refuse to begin, or the machine failed.
 */
bool build_plan(struct pipeline *pipeline, const struct sites_request *wanted,
    struct sites_result *result);

#endif
