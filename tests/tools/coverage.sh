#!/bin/bash
# SPDX-License-Identifier: MIT
# coverage.sh BUILD: what share of its lines each source has run, by gcov, the
# least covered first, and of all together.
set -eu
build=$1
find "$build/generator" -name '*.gcda' -print0 | LC_ALL=C sort -z |
    xargs -0 gcov -n -o "$build" 2>/dev/null | awk '
    /^File / {
	file = $2
	gsub(/\x27/, "", file)
    }
    # A source that no object of ours was made from is a header of the system.
    /^Lines executed:/ && file ~ /^generator\/.*\.c$/ {
	split(substr($2, 10), part, "%")
	lines = $4
	if (!(file in total)) {
		total[file] = lines
		run[file] = part[1] * lines / 100
		all += lines
		covered += run[file]
	}
	file = ""
    }
    END {
	for (file in total)
		printf "%5.1f %% of %4d  %s\n", 100 * run[file] / total[file], \
		    total[file], file
	if (all == 0)
		exit 1
	printf "%5.1f %% of %4d  all together\n", 100 * covered / all, all
    }' | LC_ALL=C sort -n -k 1
