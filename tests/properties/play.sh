# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Plays sequences of edits and builds and holds each build against a clean one;
# of a sequence that fails it finds a shorter one. A sequence is a list of
# commands, run one by one in a registry ($place/registry); sites are built into
# $place/site. Sourced in the folder of the sources, by sequences and by the
# scripts that it writes of sequences that failed.
sources=$PWD
: "${ZHELI:=$sources/build/release/zheli}"

# lay WHAT FOLDER: a registry in FOLDER/registry, and the shell in it. tiny: a
# few generated records; small: some more, with projects and pages; whole: with
# all the shipped content.
lay()
{
	local records=12
	place=$2
	rm -rf "${place:?}"/{registry,site,clean,bin}
	mkdir -p "$place"/{registry/content,site,bin} || return 1
	ln -s "$ZHELI" "$place/bin/zheli"
	cd "$place/registry" || return 1
	[ "$1" != tiny ] || records=3
	awk -v n=$records -v out=. -f "$sources/tests/bench/generate.awk"
	cp -R "$sources"/{schemas,themes} .
	case $1 in
	small) cp -R "$sources"/content/{projects,pages} content ;;
	whole) cp -R "$sources"/content . ;;
	esac
	git init -q -b main && git add -A && git commit -q -m 一 && git tag start
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
	(eval "$1") >"$place/said.all" 2>&1 </dev/null
	echo "status $?" >>"$place/said.all"
	# How many files were written is what has to differ.
	grep -v '^site: \|^internal site: \|^compressed copies: \|^站点：\|^内部站点：\|^压缩副本：' \
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

# compare COMMAND: whether what it has just said and left is what it says and
# leaves with nothing kept; else how they differ.
compare()
{
	local kept=aside differs=0
	mv "$place/said" "$place/said.kept"
	rm -rf "$place"/{clean,aside}
	mv .git/zheli "$place/aside" 2>/dev/null || kept=
	play "${1//..\/site/../clean}"
	rm -rf .git/zheli
	[ -z "$kept" ] || mv "$place/aside" .git/zheli
	diff "$place/said.kept" "$place/said" >"$place/difference" || differs=1
	# A build that failed as a whole has left the old site. An empty folder is
	# nothing that a site would show.
	if [ -d "$place/clean" ]; then
		find "$place/site" -mindepth 2 -type d -empty -delete
		diff -rq "$place/site" "$place/clean" >>"$place/difference" ||
		    differs=1
	fi
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

# shrink WHAT: leaves out of `sequence` what it fails without: halves, quarters,
# …, single commands, until none can be spared. The last is the build that
# differs.
shrink()
{
	local part at spared=1 fewer last
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
