/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target without a fuzzer: on each file named, then on the file cut
 * off at every 16th part of it, since what ends too early is what parsers get
 * wrong. The bytes stand in a piece of memory of exactly their size, so that a
 * sanitizer sees every step beyond them. Linked with one *_fuzz.c.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
	return status;
}
