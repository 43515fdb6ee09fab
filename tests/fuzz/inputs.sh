# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# fuzz_inputs TARGET: the files that it starts from, one a line: its own corpus,
# the inputs of golden cases of diagnostics, files that ship.

fuzz_inputs()
{
	local cases=tests/golden/diagnostics
	find "tests/fuzz/corpus/$1" -type f
	case $1 in
	frontmatter | schema)
		find $cases -path '*/content/*.md'
		find $cases -name site.yaml
		;;
	template)
		find $cases -name '*.mustache'
		;;
	schematron)
		find $cases schemas/rules -name '*.sch'
		;;
	codes | csv)
		find $cases schemas/codes -name '*.csv'
		;;
	picture)
		find $cases -name '*.png' -o -name '*.jpg' -o -name '*.webp'
		;;
	esac | LC_ALL=C sort
}
