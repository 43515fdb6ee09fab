# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For the `setup` of cases here: two more units, so that what falls due is not
# all of one and the same.
# shellcheck source=tests/golden/rules/records.sh
. "$CASE/../../rules/records.sh"

# other_units: a university that hands in, and a firm that does not.
other_units()
{
	sed -e 's/演示实验室/演示大学/' -e 's/^kind: .*/kind: 高校/' \
	    -e 's/^platform: .*/platform: false/' $lab >content/units/demo-univ.md
	sed -e 's/演示实验室/演示公司/' -e 's/^kind: .*/kind: 其他/' \
	    -e 's/^submitter: .*/submitter: false/' \
	    -e 's/^platform: .*/platform: false/' $lab >content/units/demo-firm.md
}

# open_achievements: one of the laboratory that is overdue, one of the
# university that is due, and one that the office received in time.
open_achievements()
{
	other_units
	another 02
	rm $dossier
	sed -i '/^registration/,$d' ${dossier%.md}-02.md
	echo --- >>${dossier%.md}-02.md
	mkdir -p content/achievements/demo-univ
	sed -e 's/演示实验室/演示大学/' -e 's/demo-lab/demo-univ/' \
	    -e '/^ip:$/,/^    core:/d' -e 's/^title: .*/title: 光子时钟/' \
	    -e 's/2026-01-20, basis/2026-06-05, basis/' \
	    -e 's/^\(submitted\|updated\): .*/\1: 2026-06-10/' \
	    $chip >content/achievements/demo-univ/clock.md
}
