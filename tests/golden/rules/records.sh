# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the `setup` of a case here may use: the base registry's records by name,
# and more records of their kind. A setup changes as little as provokes the
# finding that the case is named after.
# shellcheck disable=SC2034
chip=content/achievements/demo-lab/chip.md
dossier=content/dossiers/demo-lab/chip.md
lab=content/units/demo-lab.md
bulletin=content/bulletins/2026-03.md
release=content/releases/2026-q1.md
ranking=content/rankings/2026.md

# dossier_of KEY…: of the dossier only these parts are left.
dossier_of()
{
	awk -v keys=" $* " '
	    /^---$/ { fences++; kept = 0; print; next }
	    fences == 1 && /^[a-z_]+:/ {
		key = $0
		sub(/:.*/, "", key)
		kept = index(keys, " " key " ")
	    }
	    fences == 2 || kept' $dossier >$dossier.new
	mv $dossier.new $dossier
}

# next_year: all that was done is done a year later, when the portal’s own rules
# of 2027-01-01 are in force, and the reviews say of which text they are.
next_year()
{
	change $chip 's/2026-/2027-/g'
	change $dossier 's/2026-/2027-/g' \
	    's/^((secrecy_review|rights_review|confirmation): .*)\}/\1, of: 2f5beb71e0f1a657}/'
}

# put FILE LINE…: more lines at the end of its front matter.
put()
{
	local file=$1
	shift
	awk -v lines="$(printf '%s\n' "$@")" \
	    '/^---$/ && ++fences == 2 { print lines } { print }' \
	    "$file" >"$file.new"
	mv "$file.new" "$file"
}

# another NN…: for each, the achievement and its dossier once more, as
# demo-lab/chip-NN, with its own title and numbers and no patent.
another()
{
	local n
	for n; do
		sed -E -e "s/^title: .*/& $n/" -e '/^ip:$/,/^    core:/d' \
		    $chip >"${chip%.md}-$n.md"
		sed -E -e "s/演示2026Y0001/演示2026Y00$n/" \
		    -e "s/演示库2026-001/演示库2026-0$n/" \
		    $dossier >"${dossier%.md}-$n.md"
	done
}

# bulletin_of ID…: the bulletin of March 2026 with these achievements.
bulletin_of()
{
	local id
	mkdir -p "${bulletin%/*}"
	{
		printf '%s\n' --- 'title: 重大科技成果月报（2026年3月）' \
		    'issue: 3' 'date: 2026-03-27' items:
		for id; do
			printf '  - achievement: demo-lab/%s\n' "$id"
			printf '    progress: 新交付五百套。\n'
			printf '    progress_date: 2026-03-18\n'
		done
		printf '%s\n' 'to: [省委, 省政府]' \
		    'cc:' '  - 省委科技强省建设领导小组成员单位' \
		    '  - 设区市党委、政府' '  - 省实验室、重点高校院所' \
		    'public: true' ---
	} >$bulletin
}

# release_of ID…: the quarterly release of March 2026 with these achievements.
release_of()
{
	local id
	mkdir -p "${release%/*}"
	{
		printf '%s\n' --- 'title: 2026年第一季度发布' 'kind: 季度' \
		    'quarter: 2026-Q1' 'date: 2026-03-26' \
		    'place: 演示创新馆' \
		    'hosts: [{name: 演示科技管理办公室, kind: 省级部门}]' items:
		for id; do
			printf '  - achievement: demo-lab/%s\n' "$id"
			printf '    presenters: [赵甲]\n'
		done
		echo ---
	} >$release
}

# ranking_of ID…: the ranking of 2026 with these achievements, in this order.
ranking_of()
{
	local id rank=0
	mkdir -p "${ranking%/*}"
	{
		printf '%s\n' --- 'title: 2026年度榜单' 'year: 2026' \
		    'date: 2026-06-20' 'decision: 演科办〔2026〕演 9 号' \
		    'basis: 年度评审' items:
		for id; do
			printf '  - {rank: %d, achievement: demo-lab/%s, %s}\n' \
			    $((++rank)) "$id" 'basis: 原创'
		done
		echo ---
	} >$ranking
}

# chips LAST: the ids chip, chip-02 … chip-LAST.
chips()
{
	echo chip
	seq -f 'chip-%02g' 2 "$1"
}

# ranked LAST: a ranking of so many landmarks.
ranked()
{
	put $dossier 'landmark: {flag: true, basis: 年度评审会议纪要}'
	# shellcheck disable=SC2046
	another $(seq -f '%02g' 2 "$1")
	# shellcheck disable=SC2046
	ranking_of $(chips "$1")
}

# in_bulletin: a bulletin of four, as few as pass without a word.
in_bulletin()
{
	another 02 03 04
	# shellcheck disable=SC2046
	bulletin_of $(chips 4)
}
