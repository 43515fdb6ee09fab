# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
# The tables that a build keeps for the next one's SQLite file, and the whole files
# that are put together from those of the years: whatever has changed, the open data
# is what a clean build makes of it. Sourced by run.

tables=$work/tables
kept=$tables/registry/.git/zheli/data.tables

# A registry of its own, of six years, built once with nothing kept before.
lay_tables()
{
	mkdir -p "$tables/registry" &&
	    awk -v n=60 -v out="$tables/registry" -f tests/bench/generate.awk &&
	    cp -r schemas themes "$tables/registry" &&
	    git -C "$tables/registry" init -q && build_tables site &&
	    [ -s "$kept" ] && years 6
}

# years N: of so many years there are files.
years()
{
	local found
	found=$(find "$tables/site/data" -mindepth 1 -type d | wc -l)
	[ "$found" -eq "$1" ] || { echo "$found years"; return 1; }
}

# build_tables SITE [OPTION…]: records with errors may be left out.
build_tables()
{
	local site=$1
	shift
	"${program:-$ZHELI}" build -C "$tables/registry" -q --as-of $AS_OF "$@" \
	    -o "$tables/$site" >"$tables/said" 2>&1
	[ $? -le 1 ] || { cat "$tables/said"; return 1; }
}

# same_as_clean: the open data is what is made with nothing kept.
same_as_clean()
{
	rm -rf "$tables/clean" "$tables/aside"
	mv "$tables/registry/.git/zheli" "$tables/aside" && build_tables clean &&
	    rm -r "$tables/registry/.git/zheli" &&
	    mv "$tables/aside" "$tables/registry/.git/zheli" &&
	    diff -r "$tables/site/data" "$tables/clean/data"
}

# gone_on [OPTION…]: whether a build goes on with the tables that are there: it
# is the same file then, and as long as it is open here no other has its number.
gone_on()
{
	local before after
	exec 9<"$kept" || return 2
	before=$(stat -L -c %i /dev/fd/9)
	build_tables site "$@" || return 2
	after=$(stat -c %i "$kept") || return 2
	exec 9<&-
	[ "$before" = "$after" ]
}

# A record of the first year there is, and its dossier.
first=bench-0002/r000001.md

# retitle WHAT: of the same record each time.
retitle()
{
	sed -i "s/^title: .*/title: $1之后的题名/" \
	    "$tables/registry/content/achievements/$first"
}

# after WHAT: the tables were gone on with, and the open data is a clean build's.
after()
{
	gone_on || { echo "$1: the tables were made anew"; return 1; }
	same_as_clean || { echo "$1"; return 1; }
}

edited_tables()
{
	local content=$tables/registry/content again=${first%01.md}61.md
	retitle 改动 && after "a title" &&
	    grep -q 改动之后的题名 "$tables/site/data/achievements.csv" || return 1
	sed -i '/role: 负责人/s/name: [^,]*/name: 演示别人/' \
	    "$content/achievements/$first" && after "people" &&
	    grep -q 演示别人 "$tables/site/data/achievement_people.csv" || return 1
	cp "$content/achievements/$first" "$content/achievements/$again"
	sed 's/no: 演示\([^,]*\)/no: 演示又\1/' "$content/dossiers/$first" \
	    >"$content/dossiers/$again" && after "one more record" &&
	    grep -q "/r000061" "$tables/site/data/achievements.csv" || return 1
	rm "$content/achievements/$again" "$content/dossiers/$again" &&
	    after "a record less" &&
	    ! grep -q "/r000061" "$tables/site/data/achievements.csv" || return 1
	sed -i '$s/Not published/Not told/' \
	    "$tables/registry/schemas/codes/publish-modes.csv" &&
	    after "a list of codes" &&
	    grep -q 'Not told' "$tables/site/data/codes.csv"
}

# A year goes and comes back, and all of them go: whole files are of those there
# are.
years_of_tables()
{
	local content=$tables/registry/content of_year file
	cp -r "$content" "$tables/content"
	of_year=$(cd "$content/dossiers" && grep -rl 'entered: 2026-' .)
	for file in $of_year; do
		rm "$content"/{achievements,dossiers}/"$file"
	done
	after "a year less" && years 5 || return 1
	cp -r "$tables/content" "$tables/registry" && after "a year more" &&
	    years 6 || return 1
	rm -r "$content"/{achievements,dossiers} && build_tables site &&
	    same_as_clean && years 0 || return 1
	cp -r "$tables/content" "$tables/registry" && build_tables site &&
	    same_as_clean && years 6
}

# A whole file is left alone as long as those that it is put together from are, and
# made again with any of them.
whole_files()
{
	local file=$tables/site/data/achievement_units.csv
	printf x >>"$file"
	retitle 整体 && build_tables site && [ "$(tail -c 1 "$file")" = x ] ||
		{ echo "it was made again"; return 1; }
	sed -i 's/{order: 1, name: [^,]*, unit: b/{order: 1, name: 演示新院, unit: b/' \
	    "$tables/registry/content/achievements/$first" &&
	    after "a unit's name" && grep -q 演示新院 "$file"
}

# Whatever became of what was kept, the next build makes the same file, and what
# it keeps is whole again.
damaged_tables()
{
	local linked=$tables/linked size damage nth=0
	export kept linked
	size=$(stat -c %s "$kept")
	for damage in 'rm $kept' 'truncate -s -4 $kept' \
	    'printf x | dd of=$kept conv=notrunc bs=1 seek='$((size / 2)) \
	    'mv $kept $linked; ln -s $linked $kept' 'ln -f $linked $kept' \
	    'rm $kept; mkdir $kept'; do
		bash -c "$damage" 2>/dev/null
		[ ! -e "$linked" ] || cp "$linked" "$tables/copy"
		retitle "损坏$((nth += 1))" && not_gone_on &&
		    same_as_clean || { echo "after $damage"; return 1; }
		[ ! -e "$linked" ] || cmp "$linked" "$tables/copy" || return 1
		[ ! -d "$kept" ] || { rmdir "$kept" && retitle 目录 &&
		    build_tables site || return 1; }
		[ -f "$kept" ] && [ ! -L "$kept" ] ||
			{ echo "not kept after $damage"; return 1; }
		retitle "又损坏$nth" && after "one more after $damage" || return 1
	done
}

not_gone_on()
{
	if [ -f "$kept" ]; then
		! gone_on "$@"
	else
		build_tables site "$@"
	fi
}

# Not with --full nor by another program, and one that only looks leaves them.
unused_tables()
{
	local program=
	retitle 全部
	cp "$kept" "$tables/copy"
	build_tables site -n && cmp "$kept" "$tables/copy" &&
	    not_gone_on --full && same_as_clean || return 1
	cp "$ZHELI" "$tables/zheli"
	program=$tables/zheli
	retitle 另一程序 && not_gone_on && same_as_clean
}
