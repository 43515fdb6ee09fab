#!/bin/bash
# SPDX-License-Identifier: MIT
# What checking a registry costs, in instructions, which a busy machine does
# not change: one line for each stage, with the share of one file.
#
#   tests/bench/instructions.sh [FOLDER]     the registry here by default
#
# Needs valgrind. A stage's workers are one process here (-j1); callgrind writes
# a profile for each process.
set -eu
: "${BUILD:=build/release}"
ZHELI=$(realpath "${ZHELI:-$BUILD/zheli}")
PROFILES=$(mktemp -d)
trap 'rm -rf "$PROFILES"' EXIT

cd "${1:-.}"
valgrind --tool=callgrind --callgrind-out-file="$PROFILES/%p" \
    "$ZHELI" check --as-of 2026-06-30 -q -j1 \
    >"$PROFILES/out" 2>"$PROFILES/log" || true
files=$(tail -n 1 "$PROFILES/out" | grep -o '^[0-9]*')

# cost FUNCTION: the most that any of the processes spent in it.
cost()
{
	local profile
	for profile in "$PROFILES"/[0-9]*; do
		callgrind_annotate --inclusive=yes --threshold=100 \
		    --auto=no "$profile"
	done | awk -v wanted="$1" '
		index($0, wanted " ") || $0 ~ wanted "$" {
			gsub(",", "", $1)
			if ($1 + 0 > most)
				most = $1 + 0
		}
		END { print most + 0 }'
}

printf '%-28s %14s %12s\n' stage instructions "per file"
while read -r name function; do
	cost "$function" | awk -v name="$name" -v files="$files" '
		{ printf "%-28s %14d %12d\n", name, $1, $1 / files }'
done <<'EOF'
open pipeline.c:pipeline_open
read,worker stage_read.c:run
read,parse record.c:record_parse
read,schema schema.c:schema_validate
read,body markdown.c:markdown_check
read,parent stage_read.c:take
derive catalogue.c:catalogue_derive
judge,worker stage_judge.c:run
judge,rules schematron_run.c:schematron_run
judge,parent stage_judge.c:take
EOF
