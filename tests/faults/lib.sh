# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
# Sourced by the scripts beside it: two small registries, each an edit of the
# other, a site that is built from them by turns, and what must hold of it after
# a build under which the machine failed. $work is a folder of the caller's,
# $notes one that is not put back with it.
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
	few "$1/schemas/codes/unit-kinds.csv" provincial-laboratory
	few "$1/schemas/codes/categories.csv" technology-breakthrough
	few "$1/schemas/codes/highlands.csv" internet-plus
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
# copied, or covered.
world()
{
	[ -z "${WORLD:-}" ] || [ -z "${LAYERED:-}" ] || work=$WORLD
	mkdir -p "$work/tmp"
	export TMPDIR=$work/tmp
	site=one next=two
	[ "$work" != "${WORLD:-}" ] || return 0
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
	# Until times tell all of it, a build notes other grounds.
	sleep 2
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

# -- the same beginning again and again ---------------------------------------

# In a namespace of mounts, `again` puts all below $work back as it was, and so
# that the program sees the very files of before: $work is covered by a layer
# that takes what is written. `settle` makes what is now what it is put back to.
# Without the right to mount, neither does anything.
below='' layer=0
can_mount()
{
	local try=$1/try
	mkdir "$try" "$try/over" "$try/scratch" || return 1
	unshare "$2" mount -t overlay overlay -o \
	    "lowerdir=$try,upperdir=$try/over,workdir=$try/scratch" "$try" \
	    2>/dev/null
}

# in_layers FOLDER COMMAND…: runs the command where that is possible.
in_layers()
{
	local folder=$1 way
	shift
	for way in -m -rm; do
		can_mount "$folder" "$way" && LAYERED=1 exec unshare "$way" "$@"
		rm -rf "$folder/try"
	done
	LAYERED='' exec "$@"
}

cover()
{
	layer=$notes/layer$((${layer##*layer} + 1))
	mkdir "$layer" "$layer.scratch"
	mount -t overlay overlay -o \
	    "lowerdir=${below:=$work},upperdir=$layer,workdir=$layer.scratch" \
	    "$work"
}

again()
{
	[ -n "$LAYERED" ] || return 0
	umount "$work" && rm -rf "$layer" "$layer.scratch" && cover
}

settle()
{
	[ -n "$LAYERED" ] || return 0
	if [ "$layer" != 0 ]; then
		umount "$work"
		below=$layer:$below
	fi
	cover
}

# Of what the next build goes on from: the site, what is kept of it, and other
# leftovers. Of names and times that differ each time there is only whether they
# are those that are noted.
state_sum()
{
	local cache=$work/$next/.git/zheli file
	{
		sed 's/\/\.zheli-[^/]*$/temporary/' "$work/sums"
		find "$work/tmp" -mindepth 1 -printf '%y %s\n' | sort
		for file in "$cache"/*; do
			case $file in
			*/pages-*.sqlite) kept_pages "$file" || md5sum "$file" ;;
			*/finished-*) noted_key "$file" ;;
			*) echo "${file##*/} $(md5sum <"$file")" ;;
			esac
		done
	} | md5sum
}

# Two of its notes say which catalogue it is of.
kept_pages()
{
	local inode size second rest
	read -r inode size second rest < <(stat -c '%i %s %Y %y' \
	    "$work/$next/.git/zheli/catalogue.sqlite" 2>/dev/null)
	sqlite3 -batch "file:$1?immutable=1" '.dump page question asked' \
	    "SELECT name, CASE name
		WHEN 'catalogue' THEN value LIKE '$inode $size $second.%'
		WHEN 'stamps' THEN value LIKE '$inode.$second.%'
		ELSE value END FROM note" 2>/dev/null
}

# What a build that is done notes that it rests on.
noted_key()
{
	strings -n 64 "$1" | grep -o '^[0-9a-f]\{64\}'
}

# fails CALL AT [FOLDER]: a build of the next site in which that call fails, in
# that folder; of malloc, AT is PROCESS:CALL. Sets $status.
fails()
{
	local library=$preload
	[ "$1" != malloc ] || library=${preload%/*}/memory.so
	begin
	# The shell need not say who was killed.
	LD_PRELOAD=$library FAULT_CALL=$1 FAULT_AT=${2#*:} \
	    FAULT_PROCESS=${2%:*} FAULT_BELOW=$work/${3:-} \
	    FAULT_COUNT=$work/count build "$next" 2>/dev/null
	status=$?
}

# struck: how many calls were counted.
struck()
{
	od -An -tu8 -N 8 "$work/count" 2>/dev/null | tr -d ' '
}

# The ways in which memory was asked for, and of each the first call: HASH,
# PROCESS:CALL; and the one that found none.
ways()
{
	od -An -v -tu8 -w24 -j 32 "$work/count" |
	    awk '$1 { print $1, $2 ":" $3 }' | sort -t ' ' -k 2V
}

way_struck()
{
	od -An -tu8 -j 24 -N 8 "$work/count" | tr -d ' '
}

# The last call that failed, and where.
struck_at()
{
	tail -c +17 "$work/count" | tr -d '\0'
}

# What the site is now: `new`, `old`, or `between`, when every file is whole as
# the one or the other has it and no link leads nowhere. $1: leftovers of a
# process that was killed may be there.
state()
{
	local whole
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
	# Not twice of the same site, which other jobs may have looked at too.
	whole=$(md5sum <"$work/sums")
	if ! grep -qxF -e "$whole" "${WHOLE:-$notes/whole}" 2>/dev/null; then
		node "$links" "$work/site" https://zheli.example unfinished \
		    >"$work/links" || { cat "$work/links" >&2; return 1; }
		echo "$whole" >>"${WHOLE:-$notes/whole}"
	fi
	echo between
}

# Folders of a run that were not removed, and its files of the moment.
leftovers()
{
	find "$work/tmp" "$work/$next/.git/zheli" -mindepth 1 \
	    ! -name catalogue.sqlite ! -name catalogue.lock ! -name 'pages-*' \
	    ! -name search.runs ! -name data.tables ! -name 'finished-*' \
	    ! -name touched.log \
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

# verdict WHAT [LEFTOVERS]: what must hold after a build that ended with
# $status. Counts into $notes/outcomes.
verdict()
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
	echo "status $status, site $found" >>"$notes/outcomes"
}

# mended WHAT: the next build makes of it what there should be.
mended()
{
	build "$next" || { cat "$work/said"; echo "the build after $1 fails"
	    return 1; }
	sums | diff "$work/sums-$next" - ||
		{ echo "$1 is not mended by the next build"; return 1; }
	[ -z "$(leftovers)" ] || { leftovers; echo "left behind by $1"; return 1; }
}

turn_round()
{
	set -- "$site" "$next"
	next=$1 site=$2
}

# after WHAT [LEFTOVERS]: both; then it is the other registry's turn.
after()
{
	verdict "$@" && mended "$1" && turn_round
}
