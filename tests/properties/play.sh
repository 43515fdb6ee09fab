# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Plays sequences of edits and builds and holds each build against a clean one;
# of a sequence that fails it finds a shorter one. A sequence is a list of
# commands, run one by one in a registry ($place/registry); sites are built into
# $place/site. Sourced in the folder of the sources, by sequences and by the
# scripts that it writes of sequences that failed.
sources=$PWD
: "${BUILD:=build/release}" "${ZHELI:=$sources/$BUILD/zheli}"

# lay WHAT FOLDER: a registry in FOLDER/registry, and the shell in it. tiny: a
# few generated records; small: some more, with projects, their units, and pages;
# whole: with all the shipped content.
lay()
{
	local records=12
	place=$2
	rm -rf "${place:?}"/{registry,site,clean,bin,private,other,older,copy,clone}
	mkdir -p "$place"/{registry/content,site,bin} || return 1
	ln -s "$ZHELI" "$place/bin/zheli"
	cd "$place/registry" || return 1
	[ "$1" != tiny ] || records=3
	awk -v n=$records -v out=. -f "$sources/tests/bench/generate.awk"
	cp -R "$sources"/{schemas,themes} .
	case $1 in
	small) cp -R "$sources"/content/{projects,pages,units} content ;;
	whole) cp -R "$sources"/content . ;;
	esac
	cp "$sources/content/achievements/demo-inst-caihe/sic-fiber/figure.png" "$place"
	git init -q -b main && git add -A && git commit -q -m 一 &&
	    git commit -q --allow-empty -m 二 && git tag start
}

# What a command sees: nothing of the person who runs it.
surroundings()
{
	export PATH="$place/bin:$PATH" GIT_CONFIG_NOSYSTEM=1 HOME=$place
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
	export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
	export GIT_AUTHOR_DATE=2026-06-01T09:00:00+08:00
	export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE TZ=UTC LC_ALL=C.UTF-8
}

# A command of the sequence; what it says, and its status, in $place/said. That
# it fails is no matter: what it names may have been left out or removed.
play()
{
	(eval "$1") >"$place/said.all" 2>&1 </dev/null 9<&-
	echo "status $?" >>"$place/said.all"
	# Where they are and how many were written has to differ; not how many
	# there are.
	sed 's/^\(site\|站点\)[^(（]*/\1 /; /^internal site: \|^内部站点：/d
	    s/\(, \|，改动 \)[0-9].*\()\|）\|changed\|个\)$//' \
	    "$place/said.all" | untold_damage >"$place/said"
}

# That a cache was damaged (M0201, a notice with its hint) is told by the build
# that finds it so, and by no clean one.
untold_damage()
{
	awk '/\[M0201\]/ { damaged++; getline; next }
	damaged && match($0, /[0-9]+ (notice|项提示)/) {
		count = substr($0, RSTART) + 0
		$0 = substr($0, 1, RSTART - 1) (count - damaged) \
		    substr($0, RSTART + length(count))
	}
	{ print }'
}

# cut_off N COMMAND…: it is killed at the N-th change that it makes to files, if
# it makes as many. (With sanitizers, whose library has to come first, it does not
# begin.)
cut_off()
{
	local at=$1
	shift
	rm -f "$place/changes"
	LD_PRELOAD=$sources/$BUILD/tests/faults/preload.so FAULT_CALL=kill \
	    FAULT_AT=$at FAULT_COUNT=$place/changes FAULT_BELOW=$place "$@"
}

# What runs have kept of the registry, and of the private folder beside it.
kept=(registry/.git/zheli private/.zheli)

# set_aside FROM TO: moves all that is kept.
set_aside()
{
	local folder
	for folder in "${kept[@]}"; do
		rm -rf "${2:?}/$folder"
		[ -d "$1/$folder" ] || continue
		mkdir -p "$2/${folder%/*}"
		mv "$1/$folder" "$2/$folder"
	done
}

# Whether the clean build has made a site. One that fails as a whole leaves
# nothing, or its mark alone.
is_built() { [ -f "$place/clean/public/index.html" ]; }

# compare COMMAND: whether what it has just said and left is what it says and
# leaves with nothing kept, and with another number of workers; else how they
# differ.
compare()
{
	local command=${1//..\/site/../clean} differs=0 folder
	mv "$place/said" "$place/said.kept"
	rm -rf "$place"/{clean,aside}
	set_aside "$place" "$place/aside"
	play "${command/ -j 1/ -j 8}"
	set_aside "$place/aside" "$place"
	diff "$place/said.kept" "$place/said" >"$place/difference" || differs=1
	# A build that failed as a whole has left the old site, and one without
	# --internal that of an earlier one. An empty folder is nothing that a site
	# would show.
	for folder in "$place"/clean/*; do
		is_built || continue
		find "$place/site/${folder##*/}" -mindepth 1 -type d -empty -delete
		diff -rq "$place/site/${folder##*/}" "$folder" \
		    >>"$place/difference" || differs=1
	done
	return $differs
}

# again WHAT COMMAND…: plays the sequence anew; whether its last build is what
# a clean one is. Where a command is cut off by time, chance has a part in it.
again()
{
	local what=$1 command tries=1
	shift
	[[ $* != *'-s KILL'* ]] || tries=3
	for ((; tries > 0; tries--)); do
		lay "$what" "$place" || return 2
		for command; do play "$command"; done
		compare "$command" || return 1
	done
}

# last_builds N: sets `fewer` to the sequence with no builds and checks but the
# last N.
last_builds()
{
	local at left=$1
	fewer=()
	for ((at = ${#sequence[@]} - 1; at >= 0; at--)); do
		if [[ ${sequence[at]} == *'zheli '[bcd]* ]]; then
			[ $((left--)) -gt 0 ] || continue
		fi
		fewer=("${sequence[at]}" "${fewer[@]}")
	done
}

# shrink WHAT: leaves out of `sequence` what it fails without: builds first, which
# are what takes time, then halves, quarters, …, single commands, until none can
# be spared. The last is the build that differs.
shrink()
{
	local part at spared=1 fewer last
	for at in 2 3 5 9; do
		last_builds $at
		again "$1" "${fewer[@]}" || { sequence=("${fewer[@]}"); break; }
	done
	last=$((${#sequence[@]} - 1))
	for ((part = last / 2; part > 0; )); do
		spared=
		for ((at = 0; at < last; )); do
			fewer=("${sequence[@]:0:at}"
			    "${sequence[@]:at + part < last ? at + part : last}")
			if again "$1" "${fewer[@]}"; then
				at=$((at + part))
			else
				sequence=("${fewer[@]}")
				last=$((${#sequence[@]} - 1)) spared=1
			fi
		done
		[ $part -eq 1 ] && [ -n "$spared" ] || part=$((part / 2))
	done
	! again "$1" "${sequence[@]}"
}

# script WHAT: the sequence as a script, which says what differs.
script()
{
	printf '%s\n' '#!/bin/bash' \
	    '# Run in the folder of the sources: plays these commands below $1, by' \
	    '# default a new folder, and says how what was built differs from a clean' \
	    '# build. Without the rest they can be typed in $place/registry.' \
	    '. tests/properties/play.sh' 'place=${1:-$(mktemp -d)}' \
	    "surroundings; lay $1 \"\$place\"" \
	    'while read -r command; do play "$command"; last=$command; done \' \
	    "    <<'COMMANDS'" "${sequence[@]}" COMMANDS \
	    'compare "$last" && echo same && exit' \
	    'cut -c 1-300 "$place/difference"; exit 1'
}
