/* SPDX-License-Identifier: MIT */
/*
 * What a public site says of itself, so that whoever has it, or a copy of it,
 * can tell whether it is whole and make it again:
 *
 *   manifest.json   of which commit and day it is, and by which program
 *   SHA256SUMS      every other file, manifest.json too, as sha256sum(1) has
 *                   it: 64 digits, two spaces, the path; by byte order of paths
 *   SHA256SUMS.sig  OpenSSH's signature of SHA256SUMS, where a key was given
 *
 * The first two are functions of the commit and the day as all other files are;
 * the signature is not, since it depends on who builds, and is listed nowhere.
 */
#ifndef SITE_MANIFEST_H
#define SITE_MANIFEST_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;
struct folder;
struct map;
struct pipeline;
struct site;
struct site_log;

#define MANIFEST_FACTS STR("manifest.json")
#define MANIFEST_SUMS STR("SHA256SUMS")
#define MANIFEST_SIGNATURE STR("SHA256SUMS.sig")
/* The namespace of its signatures, as ssh-keygen -n has it. */
#define MANIFEST_SPACE STR("zheli-site")

struct manifest {
	struct str version;	/* of the program */
	struct str commit;	/* empty: made of files that were no commit */
	struct str as_of;
	struct str receipts;	/* id of what refs/notes/receipts was, or
				 * empty */
	struct str weasyprint;	/* what set its PDFs, or empty */
};

/* What only the builder knows. */
struct manifest_request {
	const struct folder *output;
	struct str weasyprint;	/* its version; empty: no PDFs */
	struct str key;		/* a file with a private key; empty: none */
};

/*
 * Writes them for the public files of the log, and adds the first two to it;
 * whoever removes what is stale must keep the signature if there is a key.
 * False with a diagnostic when they cannot be written, or not be signed: then
 * those before are still there.
 */
bool manifest_write(struct pipeline *pipeline, const struct site *site,
    const struct manifest_request *request, struct site_log *log)
    __attribute__((warn_unused_result));

/* Whether the file can be a key at all, before any work is done. */
bool manifest_key_is_there(struct arena *arena, struct str key,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* Reads manifest.json below a folder; false, without a diagnostic, when it is
 * not there or not of this form. Nothing in it is to be trusted. */
bool manifest_read(const struct folder *folder, struct arena *arena,
    struct manifest *manifest);

/* Takes SHA256SUMS apart: digests (char *, terminated) by paths. False when a
 * line is of another form. */
bool manifest_parse_sums(struct str text, struct arena *arena,
    struct map *sums);

/* The same of the file below a folder, of files whose paths begin with `below`,
 * into an empty map; it stays empty when there is no such file. */
void manifest_read_sums(const struct folder *folder, struct str below,
    struct arena *arena, struct map *sums);

#endif
