/* SPDX-License-Identifier: MIT */
/* The repository behind a source, for the files of source/ alone. */
#ifndef SOURCE_REPOSITORY_H
#define SOURCE_REPOSITORY_H

#include "base/str.h"

struct git_repository;
struct source;

/* The parent's handle; NULL when the registry is in no repository. */
struct git_repository *source_repository(const struct source *source);


#endif
