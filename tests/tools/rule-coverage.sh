#!/bin/bash
# SPDX-License-Identifier: MIT
# rule-coverage.sh [missing]: in how many golden cases each assert and report of
# schemas/rules/ held, failed, was not applicable (a record of its kind without
# what it is about), was not in force yet. Counted from what became of them in
# the cases, which tests/golden/run wrote down, not from names of cases.
#
# One line each: id, the four numbers; "-" where there need be none: an assert
# on a field that every record has always applies, one without z:effective
# always has been in force. With `missing` only those with a 0, and the names of its columns.
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build/release}"
RESULTS=$BUILD/test/golden

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

{ asserts; echo; cat "$RESULTS"/*.outcomes; } | awk -v only="${1:-all}" '
!NF { counting = 1; next }
!counting {
	if (!($1 in always))
		order[++n] = $1
	always[$1] = $2 !~ /[[$]/
	dated[$1] = $3
	next
}
{
	held[$1] += $2 > 0; failed[$1] += $3 > 0
	absent[$1] += $4 > 0; early[$1] += $5 > 0
}
END {
	for (i = 1; i <= n; i++) {
		id = order[i]
		missing = ""
		if (!held[id]) missing = missing " passes"
		if (!failed[id]) missing = missing " fails"
		always[id] = always[id] && !absent[id]
		if (!always[id] && !absent[id]) missing = missing " not-applicable"
		if (dated[id] && !early[id]) missing = missing " not-yet-in-force"
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
}' | LC_ALL=C sort
