/* SPDX-License-Identifier: MIT */
/*
 * What a proposal answers for. A merged registry is judged as a whole, since a
 * record can break a rule together with another; but nobody is kept from
 * handing in by the faults of others. So what stands in files that the proposal
 * leaves alone is told as a notice, unless it would not be there without the
 * proposal.
 */
#ifndef COMMANDS_RANGE_H
#define COMMANDS_RANGE_H

#include <stdbool.h>

struct diag_list;
struct invocation;
struct pipeline;

/*
 * Adds to `told` what the pipeline has found (after pipeline_judge() with a
 * range), and what is wrong with schemas and templates that the proposal
 * brings; false when the machine failed, which is in `told` too.
 */
bool range_report(const struct invocation *invocation,
    struct pipeline *pipeline, struct diag_list *told);

#endif
