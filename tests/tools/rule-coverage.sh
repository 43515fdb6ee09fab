#!/bin/bash
# SPDX-License-Identifier: MIT
# rule-coverage.sh [missing | fields | patterns]: in how many golden cases each assert and report of
# schemas/rules/ held, failed, was not applicable (a record of its kind without
# what it is about), was not in force yet. Counted from what became of them in
# the cases, which tests/golden/run wrote down, not from names of cases.
#
# One line each: id, the four numbers; "-" where there need be none: an assert
# on a field that every record has always applies, one without z:effective
# always has been in force. With `missing` only those with a 0, and the names of
# its columns. A state that no record can be in stands in
# tests/golden/rules/EXCEPTIONS, a line each: id, column, why. With `missing` it
# is a failure if any are left, or if a case shows what is said to be impossible.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${BUILD:=build/release}"
RESULTS=$BUILD/test/golden
EXCEPTIONS=tests/golden/rules/EXCEPTIONS

# Id, context, and 1 if it is dated, of each assert and report.
asserts()
{
	cat schemas/rules/*.sch | awk -v RS='<' '
	function attribute(name,   text) {
		if (!match($0, "[ \n\t]" name "=\"[^\"]*\""))
			return ""
		text = substr($0, RSTART, RLENGTH)
		sub(/^[^"]*"/, "", text); sub(/"$/, "", text)
		gsub(/[ \n\t]+/, "", text)
		return text
	}
	/^pattern[ \n>]/ {
		effective = attribute("z:effective")
		abstract = attribute("abstract") == "true" ? attribute("id") : ""
		if (effective != "" && attribute("is-a") != "")
			dated[attribute("is-a")] = 1
		own = ""
	}
	/^rule[ \n>]/ { context = attribute("context"); own = attribute("z:effective") }
	/^(assert|report)[ \n>]/ {
		n++
		id[n] = attribute("id"); where[n] = context
		of[n] = abstract
		is[n] = (effective own attribute("z:effective")) != ""
	}
	END {
		for (i = 1; i <= n; i++)
			print id[i], where[i], is[i] || (of[i] in dated)
	}'
}

# With `fields`: the rules that are enforced by no assert, but by what a field may say.
if [ "${1:-}" = fields ]; then
	comm -23 <(grep ',enforced,' schemas/rules/catalogue.csv |
	    cut -d , -f 1 | LC_ALL=C sort) \
	    <(asserts | awk '{ sub(/[a-z]$/, "", $1); print $1 }' |
		LC_ALL=C sort -u)
	exit
fi

# With `patterns`: those made of an abstract one of which no case shows a
# finding, told by its English words (en, and before where it has that) in a
# line. Not of projects: many of their orders of dates have no case yet.
if [ "${1:-}" = patterns ]; then
	cat schemas/rules/{dossier,identifiers,rights}.sch |
	    awk -v RS='<' -v Q="'" '
	function attribute(name,   text) {
		if (!match($0, "[ \n\t]" name "=\"[^\"]*\""))
			return ""
		text = substr($0, RSTART, RLENGTH)
		sub(/^[^"]*"/, "", text); sub(/"$/, "", text)
		return text
	}
	function words(text) { gsub("^" Q "|" Q "$", "", text); return text }
	/^pattern[ \n>]/ { id = attribute("is-a") != "" ? attribute("id") : "" }
	/^param[ \n]/ && id != "" {
		value[attribute("name")] = words(attribute("value"))
	}
	/^\/pattern/ && id != "" {
		print id "\t" value["en"] "\t" value["before"]
		split("", value)
	}' | while IFS=$'\t' read -r id en before; do
		grep -hF -- "$en" tests/golden/rules/*/stdout |
		    grep -E "(error|warning).*${en//./\\.}.*$before" >/dev/null ||
		    echo "$id"
	done
	exit
fi

{ asserts; echo; sed '/^#/d' "$EXCEPTIONS"; echo; cat "$RESULTS"/*.outcomes; } |
    LC_ALL=C awk -v only="${1:-all}" '
!NF { part++; next }
part == 0 {
	if (!($1 in always))
		order[++n] = $1
	always[$1] = $2 !~ /[[$]/
	dated[$1] = $3
	next
}
part == 1 {
	exceptions[++excepted] = $1 " " $2
	reason[$1, $2] = $3
	next
}
{
	held[$1] += $2 > 0; failed[$1] += $3 > 0
	absent[$1] += $4 > 0; early[$1] += $5 > 0
}
function lacks(id, column)
{
	if ((id, column) in reason) {
		used[id, column] = 1
		return ""
	}
	return " " column
}
END {
	for (i = 1; i <= n; i++) {
		id = order[i]
		missing = ""
		if (!held[id]) missing = missing lacks(id, "passes")
		if (!failed[id]) missing = missing lacks(id, "fails")
		always[id] = always[id] && !absent[id]
		if (!always[id] && !absent[id])
			missing = missing lacks(id, "not-applicable")
		if (dated[id] && !early[id])
			missing = missing lacks(id, "not-yet-in-force")
		left += missing != ""
		if (only == "missing") {
			if (missing != "")
				print id ":" missing
			continue
		}
		printf "%-8s %8d %8d %8s %8s%s\n", id, held[id], failed[id],
		    always[id] ? "-" : absent[id] + 0,
		    dated[id] ? early[id] + 0 : "-",
		    missing == "" ? "" : "   missing:" missing
	}
	for (i = 1; i <= excepted; i++) {
		split(exceptions[i], part_of, " ")
		if (!((part_of[1], part_of[2]) in used)) {
			print part_of[1] ": shows " part_of[2] ", or is no assert"
			left++
		} else if (reason[part_of[1], part_of[2]] == "") {
			print part_of[1] ": no reason why not " part_of[2]
			left++
		}
	}
	exit only == "missing" && left > 0
}' | LC_ALL=C sort
