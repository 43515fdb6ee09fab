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

# of NN: the dossier of demo-lab/chip-NN.
of()
{
	echo "${dossier%.md}-$1.md"
}

# library: ten in the library, of April and before, with all that can speak for
# one or against it.
library()
{
	local n
	other_units
	another 02 03 04 05 06 07 08 09 10
	for n in 02 03 04 05 06 07 08; do
		put "$(of $n)" "progress: [{date: 2026-04-1${n#0}, text: 第 ${n#0} 条产线投产}]"
	done
	# Not confirmed; in dispute; withdrawn; its record has errors.
	change "$(of 02)" '/^confirmation/d'
	put "$(of 03)" 'disputes: [{raised: 2026-04-20, by: 演示公司, matter: 署名}]'
	put "$(of 04)" 'withdrawn: {date: 2026-04-22, by: 演示评估中心, reason: 数据有误}'
	change "${chip%.md}-05.md" 's/^trl: 9/trl: ninety/'
	# Landmarks, of other fields and cities and units.
	put "$(of 07)" 'landmark: {flag: true, basis: 原理首次提出}'
	change "${chip%.md}-07.md" 's/highland: 互联网\+/highland: 生命健康/'
	put "$(of 08)" 'landmark: {flag: true, basis: 工艺首次突破}'
	change "$(of 08)" 's/level: 国内领先/level: 国际领先/'
	change "${chip%.md}-08.md" 's/highland: 互联网\+/highland: 新材料/' \
	    's/place: 330110/place: 330200/'
	put "$(of 10)" 'landmark: {flag: true, basis: 首个型号}' \
	    'progress: [{date: 2026-03-02, text: 上月的进展}]'
	# Nobody who may be named.
	change "${chip%.md}-09.md" 's/^    role: .*/&\n    publish: 姓氏/'
}
