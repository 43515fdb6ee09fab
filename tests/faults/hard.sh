# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154
# Sourced by run: input that is hard on the program rather than wrong, and a
# worker that is lost each time.
root=$PWD

registry()
{
	mkdir -p "$1/content"
	cp -R tests/golden/base/content "$1/"
}

# A worker that indexes for the search is lost, and the next one too: what readers
# search stays whole.
lost_index()
{
	local status
	registry "$work/index"
	survives 0 "" build -C "$work/index" --as-of 2026-06-30 \
	    -o "$work/index/out" || return 1
	sed -i "s/^title: .*/title: 另一个题目/" \
	    "$work/index/content/achievements/demo-lab/chip.md"
	(cd "$work/index/out/search" && find . -type f ! -name "*.html" \
	    -exec md5sum {} +) >"$work/index/sums"
	LD_PRELOAD=$PWD/$BUILD/tests/faults/preload.so FAULT_CALL=kill \
	    FAULT_AT=1 FAULT_LASTING=1 FAULT_COUNT=$work/index/count \
	    FAULT_BELOW=$work/index/out/search/ \
	    survives 1 "W0101" build -j 1 -C "$work/index" \
	    --as-of 2026-06-30 -o "$work/index/out" || return 1
	(cd "$work/index/out/search" && md5sum -c --quiet) \
	    <"$work/index/sums"
}

# With room for no page at all.
full_disk()
{
	registry "$work/now"
	(trap "" XFSZ; ulimit -f 8; survives 3 "M0102" build \
	    -C "$work/now" --as-of 2026-06-30 -o "$work/now/out")
}

# survives STATUS PATTERN ARGUMENT…: zheli ends so and says so, and soon.
survives()
{
	local wanted=$1 pattern=$2 status
	shift 2
	timeout 60 "$ZHELI" "$@" --lang en >"$work/said" 2>&1
	status=$?
	[ $status -eq "$wanted" ] && grep -qE -e "$pattern" "$work/said" ||
		{ echo "status $status, wanted $wanted and /$pattern/"
		  head -n 20 "$work/said"; return 1; }
}

output_is_a_file()
{
	echo precious >"$work/file"
	registry "$work/old"
	survives 3 'M0102' build -C "$work/old" -o "$work/file" || return 1
	[ "$(<"$work/file")" = precious ]
}

no_repository()
{
	registry "$work/old"
	survives 0 'S0301' check -C "$work/old" --as-of 2026-06-30 &&
	    survives 2 'S0102' check -C "$work/old" --rev HEAD
}

# repository FOLDER: of the old registry, two commits.
repository()
{
	registry "$1"
	(
		cd "$1" || exit 1
		export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
		export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
		git init -q -b main && git add -A && git commit -q -m one &&
		    git commit -q --allow-empty -m two
	)
}

shallow()
{
	repository "$work/deep" &&
	    git clone -q --depth 1 "file://$work/deep" "$work/shallow" &&
	    survives 3 'S0302' check -C "$work/shallow" --as-of 2026-06-30
}

empty_content()
{
	mkdir -p "$work/empty/content"
	survives 0 'S0204' check -C "$work/empty" &&
	    survives 0 'S0204' build -C "$work/empty" -o "$work/empty/out" &&
	    [ -s "$work/empty/out/index.html" ]
}

sparse()
{
	registry "$work/sparse"
	truncate -s 200M "$work/sparse/content/achievements/demo-lab/huge.md"
	(ulimit -v 1500000; survives 1 'huge.md.*Y0108' check -C "$work/sparse")
}

nul()
{
	registry "$work/nul"
	printf -- '---\ntitle: a\0b\n---\n' \
	    >"$work/nul/content/achievements/demo-lab/nul.md"
	survives 1 'nul.md:2:9: error\[Y0203\]' check -C "$work/nul"
}

# A tree that no git command would make, with a record named 'a/../../x.md'. (One
# whose name begins with '.' is hidden, and passed over.)
hostile_tree()
{
	local blob tree commit path
	repository "$work/hostile" || return 1
	cd "$work/hostile" || return 1
	blob=$(git hash-object -w content/units/demo-lab.md)
	# shellcheck disable=SC2059
	tree=$({ printf '100644 a/../../x.md\0'
	    printf "$(sed 's/../\\x&/g' <<<"$blob")"; } |
	    git hash-object -w -t tree --literally --stdin)
	[ -n "$tree" ] || return 1
	for path in units content; do
		tree=$(printf '040000 tree %s\t%s\n' "$tree" "$path" |
		    git mktree) || return 1
	done
	commit=$(git -c user.name=a -c user.email=a@example.org \
	    commit-tree -m x "$tree") || return 1
	git branch hostile "$commit"
	cd "$root" || return 1
	survives 1 'x.md' build -C "$work/hostile" --rev hostile \
	    -o "$work/hostile/out/site" || return 1
	[ -z "$(find "$work" -maxdepth 3 -name 'x*' ! -path '*/.git/*')" ]
}

fake_image()
{
	registry "$work/image"
	mkdir "$work/image/content/achievements/demo-lab/chip"
	echo '<script>alert(1)</script>' \
	    >"$work/image/content/achievements/demo-lab/chip/photo.png"
	echo '![照片](chip/photo.png)' \
	    >>"$work/image/content/achievements/demo-lab/chip.md"
	survives 1 'photo.png' build -C "$work/image" --as-of 2026-06-30 \
	    -o "$work/image/out" &&
	    [ -z "$(find "$work/image/out" -name 'photo.png')" ]
}

endless_template()
{
	registry "$work/endless"
	cp -R themes "$work/endless/"
	echo '{{>home}}' >"$work/endless/themes/zheli/templates/home.mustache"
	survives 1 'home.mustache:1:[0-9]*: error\[T0108\]' build \
	    -C "$work/endless" --as-of 2026-06-30 -o "$work/endless/out"
}

# Standard output that is full or closed.
full_output()
{
	"$ZHELI" help >/dev/full 2>"$work/said"
	[ $? -eq 3 ]
}

claim "a lost worker leaves the search whole" lost_index
claim "a full disk is a message and no half page" full_disk
claim "an output folder that is a file is left alone" output_is_a_file
claim "a registry in no repository is judged" no_repository
claim "a shallow clone is refused: its dates cannot be told" shallow
claim "an empty content/ is a message" empty_content
claim "a file of 200 MB is refused unread" sparse
claim "a NUL byte is a message" nul
claim "a record named a/../../x.md writes nothing outside" hostile_tree
claim "an image that is HTML is not published" fake_image
claim "a template that includes itself is a message" endless_template
claim "a full standard output is no success" full_output
