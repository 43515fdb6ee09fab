#!/bin/bash
# SPDX-License-Identifier: MIT
# Everything that can be said about the sources without running them, as TAP:
# layers, layout, headers that compile alone, clang-tidy, scripts, manuals, rules.
# $FLAGS are the compiler's, as the Makefile has them. ONLY='tidy*' picks.
# What clang-tidy passed is remembered in $BUILD/tidy until the file, any header
# or the checks change.
set -u
. tests/tools/tap.sh
: "${BUILD:=build/release}" "${JOBS:=2}" "${FLAGS:?run by make lint}"
export BUILD

mapfile -t sources < <(find generator -name '*.c' | LC_ALL=C sort)
mapfile -t headers < <(find generator -name '*.h' | LC_ALL=C sort)
mapfile -t tests < <(find tests -name '*.[ch]' | LC_ALL=C sort)
mapfile -t scripts < <({ find tests .ci .packaging -type f -name '*.sh'
    grep -rlE --include='*' '^#!/bin/(ba)?sh' tests .ci .packaging; } | LC_ALL=C sort -u |
    grep -v '/tests/golden/.*/')

header_alone()
{
	local flags
	eval "flags=($FLAGS)"
	"${CC:-cc}" "${flags[@]}" -fsyntax-only -x c "$1" -Wno-unused
}

# The analyzer may take 40,000 steps a function, not 225,000: a third of the
# time, and it found as much.
tidy()
{
	local flags stamp="$BUILD/tidy/${1//\//_}"
	[ ! -e "$stamp" ] || return 0
	eval "flags=($FLAGS)"
	clang-tidy --quiet --extra-arg=-Xclang --extra-arg=-analyzer-config \
	    --extra-arg=-Xclang --extra-arg=max-nodes=40000 "$1" -- \
	    "${flags[@]}" -U_FORTIFY_SOURCE -Wno-everything 2>"$stamp.log" \
	    >"$stamp.out" && ! grep -q 'error:' "$stamp.out" &&
	    mv "$stamp.out" "$stamp"
	! [ -e "$stamp.out" ] || { cat "$stamp.out"
	    grep 'error:' "$stamp.log"; return 1; }
}
export -f header_alone tidy

# What clang-tidy saw of other files: if any changed, all are read again.
forget()
{
	local now
	now=$(cat .clang-tidy "${headers[@]}" generator/*/*.def | cksum)
	mkdir -p "$BUILD/tidy"
	[ "$now" = "$(cat "$BUILD/tidy/.seen" 2>/dev/null)" ] ||
	    rm -f "$BUILD"/tidy/*
	echo "$now" >"$BUILD/tidy/.seen"
	local source
	for source in "${sources[@]}"; do
		[ "$source" -ot "$BUILD/tidy/${source//\//_}" ] ||
		    rm -f "$BUILD/tidy/${source//\//_}"
	done
}

# Runs a function on every file, $JOBS at once; names files that failed.
each()
{
	local what=$1
	shift
	printf '%s\0' "$@" | xargs -0 -n 1 -P "$JOBS" bash -c \
	    "output=\$($what \"\$0\" 2>&1) || { echo \"\$output\"; exit 1; }"
}

# No command may be shadowed, no quoting forgotten.
check_scripts()
{
	shellcheck -x -s bash -S warning "${scripts[@]}"
}

check_manuals()
{
	local output
	# It tells of the machine's own manuals on standard error.
	output=$({ mandoc -T lint -W style generator/man/*.[157] \
	    "$BUILD/man/zheli-diagnostics.7" 2>"$BUILD/mandoc"
	    grep -v 'outdated mandoc.db' "$BUILD/mandoc"; } |
	    grep -E '^mandoc:' |
	    grep -vE 'STYLE: (referenced manual not found|operating system|input text line longer|function name without markup)' |
	    grep -v 'missing date, using' )
	[ -z "$output" ] || { echo "$output"; return 1; }
}

# What a hint tells people to write can be typed as it stands: in YAML a mapping
# within a line has braces.
check_hints()
{
	! grep -nE 'z:part="hint".*[a-z_]+: [a-z_]+: ' schemas/rules/*.sch
}

claim "layers: everyone includes only what their layer may" \
    awk -f tests/tools/layers.awk "${sources[@]}" "${headers[@]}"
claim "layout: tabs, 80 columns, lengths of files" \
    awk -f tests/tools/style.awk "${sources[@]}" "${headers[@]}" "${tests[@]}"
claim "headers: every one compiles alone" each header_alone "${headers[@]}"
chosen "tidy" && forget
claim "tidy: clang-tidy has nothing to say" each tidy "${sources[@]}"
claim "scripts: shellcheck has nothing to say" check_scripts
claim "manuals: mandoc has nothing to say" check_manuals
claim "rules: the catalogue says of each what its asserts say" \
    tests/tools/rule-parties.sh
claim "hints: what they say to write is YAML" check_hints
finish
