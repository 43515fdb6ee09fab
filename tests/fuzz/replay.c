/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target without a fuzzer: on each file named, then on the file cut
 * off at every 16th part of it, since what ends too early is what parsers get
 * wrong. The bytes stand in a piece of memory of exactly their size, so that a
 * sanitizer sees every step beyond them. Linked with one *_fuzz.c.
 *
 * At the end it says which diagnostics were raised: the linker lets all calls
 * of diag_add_code() from other files come by here (--wrap).
 */
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

bool __real_diag_add_code(struct diag_list *list, struct mark mark,
    enum diag_code code, const struct str *args, size_t arg_count);
bool __wrap_diag_add_code(struct diag_list *list, struct mark mark,
    enum diag_code code, const struct str *args, size_t arg_count);

static bool raised[DIAG_CODE_COUNT];

bool __wrap_diag_add_code(struct diag_list *list, struct mark mark,
    enum diag_code code, const struct str *args, size_t arg_count)
{
	raised[code] = true;
	return __real_diag_add_code(list, mark, code, args, arg_count);
}

static void tell_raised(void)
{
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++)
		if (raised[i])
			printf("%.*s\n", STR_ARG(diag_info(
			    (enum diag_code)i)->id));
}

static void try(const uint8_t *bytes, size_t size)
{
	uint8_t *exact = malloc(size > 0 ? size : 1);

	assert(exact != NULL);
	memcpy(exact, bytes, size);
	(void)LLVMFuzzerTestOneInput(exact, size);
	free(exact);
}

static int replay(const char *path)
{
	static uint8_t bytes[1 << 20];
	FILE *file = fopen(path, "rb");
	size_t size;

	if (file == NULL) {
		perror(path);
		return 1;
	}
	size = fread(bytes, 1, sizeof(bytes), file);
	(void)fclose(file);
	fprintf(stderr, "# %s\n", path);
	try(bytes, size);
	for (size_t part = 0; part < 16; part++)
		try(bytes, size * part / 16);
	return 0;
}

int main(int argc, char **argv)
{
	int status = argc > 1 ? 0 : 1;

	for (int i = 1; i < argc; i++)
		status |= replay(argv[i]);
	tell_raised();
	return status;
}
