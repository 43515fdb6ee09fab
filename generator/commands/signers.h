/* SPDX-License-Identifier: MIT */
/* Whether a manifest is signed by one of the keys that a reader trusts. */
#ifndef COMMANDS_SIGNERS_H
#define COMMANDS_SIGNERS_H

#include "base/str.h"

#include <stdbool.h>

struct diag_list;
struct folder;
struct invocation;

/*
 * Holds the signature beside the manifest, whose bytes are `sums`, against the
 * keys in the file that --signers names, one in a line; tells on standard
 * output who has signed. Without the option nothing is asked. False with a
 * diagnostic when it is not signed by one of them.
 */
bool signers_check(const struct invocation *invocation,
    const struct folder *site, struct str sums, struct diag_list *diags);

#endif
