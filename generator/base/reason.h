/* SPDX-License-Identifier: MIT */
/*
 * Why a call of the system failed, in the reader's language. No locale is
 * asked, so that a message is the same on every machine.
 */
#ifndef BASE_REASON_H
#define BASE_REASON_H

#include "base/diag.h"
#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>

/* What an errno says, static text; strerror()'s, in English, for one that files
 * and processes rarely meet. */
struct str reason_text(int error, enum lang lang);

/*
 * As diag_report() with `subject` for {1} and the errno's text, in each
 * language its own, for {2}; for {1} if the subject is STR_NONE.
 */
bool diag_report_reason(struct diag_list *diags, struct mark mark,
    enum diag_code code, struct str subject, int error);

#endif
