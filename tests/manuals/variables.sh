#!/bin/bash
# SPDX-License-Identifier: MIT
# variables.sh: prints zheli-template.5 with its list of variables made anew, from
# what the pages of a registry that has everything give to templates. Fails if
# the theme zheli asks for what no page gives, if a page's data could not be
# made, or if words are missing or too many.
set -u
: "${ZHELI:?run by make}"
. tests/manuals/registry.sh
source=$PWD/generator/man
page=$source/zheli-template.5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

listing()
(
	registry "$work" && LC_ALL=C.UTF-8 "$ZHELI" template --variables \
	    --private ../private --as-of 2026-06-30 --lang en \
	    >"$work/listing" 2>"$work/told" && [ ! -s "$work/told" ]
)

listing || { cat "$work/told" >&2; exit 1; }
awk -f "$source/template-variables.awk" "$source/template-variables.txt" \
    "$work/listing" >"$work/section" || exit 1
awk -v section="$work/section" '
/^\.\\" End of what/ { inside = 0 }
!inside { print }
/^\.\\" What follows/ {
	inside = found = 1
	while ((getline line <section) > 0)
		print line
}
END { exit !found }' "$page"
