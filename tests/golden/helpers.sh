# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What `setup` and `command` of a golden case may use (read through BASH_ENV).

# commit DATE MESSAGE: everything here becomes a commit of that day, made in a
# new repository if there is none.
commit()
{
	[ -d .git ] || git init -q -b main
	git add -A
	GIT_AUTHOR_DATE="$1T09:00:00+08:00" \
	    GIT_COMMITTER_DATE="$1T09:00:00+08:00" \
	    git commit -q --allow-empty -m "$2"
}

# change FILE SED-EXPRESSION…: edits a file of the base registry, and fails if
# that changed nothing.
change()
{
	local file=$1 before expression
	shift
	before=$(cksum <"$file")
	for expression; do
		sed -i -E -e "$expression" "$file"
	done
	[ "$before" != "$(cksum <"$file")" ]
}

# another SLUG [SED-EXPRESSION…]: one more achievement of demo-lab, in the
# library like `chip`, with a title, a patent and numbers of its own. The
# expressions then edit the achievement.
another()
{
	local slug=$1 n digits sum=0 i from=content/achievements/demo-lab
	local weights=(2 3 4 5 6 7 8 9 2 3 4 5)
	shift
	n=$(find "$from" -name '*.md' | wc -l)
	digits=$(printf '2023101%05d' "$n")
	for i in "${!weights[@]}"; do
		sum=$((sum + ${digits:i:1} * weights[i]))
	done
	i=$((sum % 11))
	[ $i -ne 10 ] || i=X
	cp "$from/chip.md" "$from/$slug.md"
	sed -e "s/演示2026Y0001/演示2026Y$(printf %04d $((n + 1)))/" \
	    -e "s/演示库2026-001/演示库2026-$(printf %03d $((n + 1)))/" \
	    content/dossiers/demo-lab/chip.md \
	    >"content/dossiers/demo-lab/$slug.md"
	change "$from/$slug.md" "s/^title: .*/title: 演示成果 $slug/" \
	    "s/202310012345\.8/$digits.$i/" "$@"
}

# dossier SLUG SED-EXPRESSION…: edits the dossier of an achievement of demo-lab.
dossier()
{
	local slug=$1
	shift
	change "content/dossiers/demo-lab/$slug.md" "$@"
}

# key NAME: a copy of tests/golden/keys/NAME as ./NAME.key, which ssh-keygen
# takes only when nobody else may read it.
key()
{
	install -m 600 "$CASE/../../keys/$1" "$1.key"
}

# received TIME BRANCH OLD NEW OPTION…: what the server's hook does when OLD
# becomes NEW; OLD may be "-" for a new branch.
received()
{
	local at=$1 ref=refs/heads/$2 old=$3 new=$4
	shift 4
	[ "$old" != - ] && old=$(git rev-parse "$old") ||
	    old=0000000000000000000000000000000000000000
	echo "$old $(git rev-parse "$new") $ref" |
	    zheli receipt write --at "2026-${at}:00+08:00" "$@"
}
