#!/bin/bash
# SPDX-License-Identifier: MIT
# Looks for new crashes with libFuzzer, $FUZZ_TIME seconds for each target that
# ONLY matches. What it finds is left in build/fuzz/; put a file that made a
# fault into tests/fuzz/corpus/<target>/ along with the mending.
set -eu
: "${FUZZ_TIME:=60}" "${ONLY:=*}"
make --no-print-directory CC=clang SAN=fuzzer-no-link,address,undefined \
    build/fuzzer-no-link-address-undefined/libzheli.a
mode=build/fuzzer-no-link-address-undefined
status=0
for target in tests/fuzz/*_fuzz.c; do
	name=${target##*/}
	name=${name%_fuzz.c}
	# shellcheck disable=SC2053
	[[ $name == $ONLY ]] || continue
	mkdir -p "build/fuzz/$name"
	# shellcheck disable=SC2046
	clang -std=c17 -g -O1 -D_GNU_SOURCE -DARENA_SPLIT -Igenerator \
	    $(pkg-config --cflags libxml-2.0) \
	    -fsanitize=fuzzer,address,undefined -o "build/fuzz/$name.fuzz" \
	    "$target" "$mode/libzheli.a" $(pkg-config --libs libcmark-gfm \
	    libgit2 libxml-2.0 sqlite3 yaml-0.1 libmicrohttpd) \
	    -lcmark-gfm-extensions -lm
	"build/fuzz/$name.fuzz" -max_total_time="$FUZZ_TIME" -timeout=10 \
	    -rss_limit_mb=2048 -max_len=65536 -print_final_stats=0 \
	    -artifact_prefix="build/fuzz/$name-" "build/fuzz/$name" \
	    "tests/fuzz/corpus/$name" || status=1
done
exit $status
