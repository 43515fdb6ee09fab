# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
# Sourced by the scripts beside it: two small registries, each an edit of the
# other, a site that is built from them by turns, and what must hold of it after
# a build under which the machine failed. $work is a folder of the caller's.
export TZ=UTC LC_ALL=C.UTF-8
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export GIT_AUTHOR_DATE='2026-03-01T00:00:00Z'
export GIT_COMMITTER_DATE='2026-03-01T00:00:00Z'
preload=$PWD/$BUILD/tests/faults/preload.so
links=$PWD/tests/html/links.mjs

# few LIST CODES: only these rows of a list of codes.
few()
{
	awk -v keep="$2" '/^#/ || !named++ { print; next }
	$0 ~ "^(" keep ")," ' "$1" >"$1.few" && mv "$1.few" "$1"
}

# content FOLDER: two achievements of two units.
content()
{
	mkdir -p "$1/content"
	cp -R tests/golden/base/content "$1/"
	sed 's/演示实验室/演示研究院/' "$1/content/units/demo-lab.md" \
	    >"$1/content/units/demo-inst.md"
	mkdir -p "$1/content/achievements/demo-inst"
	sed -e 's/演示实验室/演示研究院/; s/demo-lab/demo-inst/' \
	    -e '/^ip:/,/core:/d' -e 's/^title: .*/title: 海上风电柔性直流送出/' \
	    "$1/content/achievements/demo-lab/chip.md" \
	    >"$1/content/achievements/demo-inst/wind.md"
	mkdir -p "$1/content/dossiers/demo-inst"
	sed 's/Y0001/Y0002/; s/2026-001/2026-002/' \
	    "$1/content/dossiers/demo-lab/chip.md" \
	    >"$1/content/dossiers/demo-inst/wind.md"
}

# policy FOLDER: schemas/ of its own, without rules and with short lists of
# codes: that is half of the pages, and of the time.
policy()
{
	local table
	cp -R schemas "$1/"
	rm "$1"/schemas/rules/*.sch
	for table in catalogue differences; do
		sed -i "/^[a-z]*,/q" "$1/schemas/rules/$table.csv"
	done
	few "$1/schemas/codes/divisions.csv" '330100|330110'
	few "$1/schemas/codes/unit-kinds.csv" 'provincial-laboratory|university'
	few "$1/schemas/codes/clusters.csv" none
}

# commit FOLDER MESSAGE
commit()
{
	git -C "$1" add -A &&
	    git -C "$1" commit -q --allow-empty -m "$2"
}

# build REGISTRY: into the site, as it should be.
build()
{
	"$ZHELI" build -q -j 1 -C "$work/$1" --as-of 2026-06-30 \
	    -o "$work/site" >"$work/said" 2>&1
}

sums()
{
	(cd "$work/site" && find . -type f -exec md5sum {} + |
	    LC_ALL=C sort -k 2)
}

# world: the registries `one` and `two`, of loose objects and in a pack, and what
# the site of each is. The site is that of `one`. $WORLD: such a folder, to be
# copied.
world()
{
	mkdir -p "$work/tmp"
	export TMPDIR=$work/tmp
	site=one next=two
	if [ -n "${WORLD:-}" ]; then
		cp -a "$WORLD/." "$work/"
		return
	fi
	content "$work/one"
	policy "$work/one"
	git -C "$work/one" init -q -b main && commit "$work/one" one &&
	    cp -a "$work/one" "$work/two" || return 1
	sed -i 's/^title: .*/title: 海上风电柔性直流送出与并网/' \
	    "$work/two/content/achievements/demo-inst/wind.md"
	rm -r "$work"/two/content/{achievements,dossiers}/demo-lab
	commit "$work/two" two && git -C "$work/two" repack -q -a -d || return 1
	build two || { cat "$work/said"; return 1; }
	sums >"$work/sums-two"
	build one || { cat "$work/said"; return 1; }
	sums >"$work/sums-one"
	! cmp -s "$work/sums-one" "$work/sums-two"
}

# begin: what a build has to read and to keep anew each time.
begin()
{
	rm -f "$work/count" "$work/$next/.git/zheli/history.sqlite"*
}

# fails CALL AT [FOLDER]: a build of the next site in which that call fails, in
# that folder. Sets $status.
fails()
{
	begin
	LD_PRELOAD=$preload FAULT_CALL=$1 FAULT_AT=$2 \
	    FAULT_BELOW=$work/${3:-} FAULT_COUNT=$work/count build "$next"
	status=$?
}

# struck: how many calls were counted.
struck()
{
	od -An -tu8 "$work/count" 2>/dev/null | tr -d ' '
}

# What the site is now: `new`, `old`, or `between`, when every file is whole as
# the one or the other has it and no link leads nowhere. $1: leftovers of a
# process that was killed may be there.
state()
{
	sums >"$work/sums"
	if cmp -s "$work/sums" "$work/sums-$next"; then
		echo new
		return
	elif cmp -s "$work/sums" "$work/sums-$site"; then
		echo old
		return
	fi
	awk -v leftovers="${1:-}" '
	FILENAME != ARGV[3] { known[$0] = 1; next }
	$0 in known { next }
	leftovers != "" && $2 ~ /\/\.zheli-[^\/]*$/ { next }
	{ print "neither old nor new: " $2; bad = 1 }
	END { exit bad }' "$work/sums-one" "$work/sums-two" "$work/sums" >&2 ||
		return 1
	node "$links" "$work/site" https://zheli.example unfinished \
	    >"$work/links" || { cat "$work/links" >&2; return 1; }
	echo between
}

# Folders of a run that were not removed, and its files of the moment.
leftovers()
{
	find "$work/tmp" "$work/$next/.git/zheli" -mindepth 1 \
	    ! -name catalogue.sqlite ! -name catalogue.lock ! -name 'pages-*' \
	    ! -name search.runs \
	    ! -name history.sqlite ! -name .gitignore 2>/dev/null
}

# A message has an id and, unless it quotes what git says, is in the reader's
# language throughout.
told()
{
	grep -q "\[[A-Z][0-9]*\]" "$work/said" || { echo "no message"; return 1; }
	! grep -v -e "S01" -e "^fatal" "$work/said" |
	    grep -E "No space|nput/output|Too many|Cannot alloc|unavail|I/O error|Read-only"
}

# after WHAT [LEFTOVERS]: what must hold after a build that ended with $status.
# The next one mends everything. Counts into $work/outcomes.
after()
{
	local found
	if [ "$status" -gt 3 ] && [ -z "${2:-}" ]; then
		echo "$1: ended with status $status"
		tail -n 5 "$work/said"
		return 1
	fi
	found=$(state "${2:-}") || { echo "after $1 (status $status)"; return 1; }
	if [ "$status" -eq 0 ] && [ "$found" != new ]; then
		echo "$1: status 0, but the site is not the new one"
		diff "$work/sums-$next" "$work/sums"
		return 1
	fi
	if [ "$status" -gt 0 ] && [ "$status" -le 3 ] && ! told; then
		echo "$1: status $status, and it says:"
		cat "$work/said"
		return 1
	fi
	echo "status $status, site $found" >>"$work/outcomes"
	build "$next" || { cat "$work/said"; echo "the build after $1 fails"
	    return 1; }
	sums | diff "$work/sums-$next" - ||
		{ echo "$1 is not mended by the next build"; return 1; }
	[ -z "$(leftovers)" ] || { leftovers; echo "left behind by $1"; return 1; }
	set -- "$site" "$next"
	next=$1 site=$2
}
