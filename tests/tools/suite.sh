#!/bin/bash
# SPDX-License-Identifier: MIT
# suite.sh KIND…: runs the suites of these kinds one after another. A suite is
# tests/KIND/run (tests/fuzz/run for corpus, tests/tools/lint.sh for lint) and
# prints TAP. Its output is kept in $BUILD/test/KIND.tap; what failed is shown
# here with the comment lines that follow it. A suite that ends early, promises

set -u
: "${BUILD:=build/release}" "${MODE:=release}" "${JOBS:=2}"
export BUILD MODE JOBS
export ZHELI="$PWD/$BUILD/zheli"

program()
{
	case $1 in
	corpus) echo tests/fuzz/run ;;
	lint) echo tests/tools/lint.sh ;;
	*) echo "tests/$1/run" ;;
	esac
}

# Counts one TAP file; prints "passed failed". Several plans may stand in it.
count()
{
	awk -v status="$2" '
	/^1\.\.[0-9]+/ { planned += substr($1, 4) + 0 }
	/^ok / { passed++ }
	/^not ok / { failed++ }
	END {
		if (planned + 0 > passed + failed)
			failed += planned - passed - failed
		if (passed + failed == 0 || (status != 0 && failed == 0))
			failed++
		print passed + 0, failed + 0
	}' "$1"
}

# What failed, with its comments, at most 40 lines of them each.
failures()
{
	awk '/^not ok / { shown = 1; print; lines = 0; next }
	/^ok / { shown = 0 }
	shown && /^#/ && lines++ < 40' "$1"
}

mkdir -p "$BUILD/test"
passed=0 failed=0
for kind; do
	tap=$BUILD/test/$kind.tap
	start=$SECONDS
	"$(program "$kind")" >"$tap" 2>"$tap.err" </dev/null
	status=$?
	read -r good bad < <(count "$tap" $status)
	if [ "$bad" -gt 0 ]; then
		failures "$tap"
		[ -s "$tap.err" ] && tail -n 20 "$tap.err"
		[ $status -ne 0 ] && echo "# $kind: ended with status $status"
	fi
	printf '%-14s%5d passed, %d failed, %d s\n' "$kind" "$good" "$bad" \
	    $((SECONDS - start))
	passed=$((passed + good)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed" | tee "$BUILD/test/sum"
[ "$failed" -eq 0 ]
