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

# new_key NAME: makes a key pair for signing, NAME and NAME.pub.
new_key()
{
	ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$PWD/$1"
}

# serve: a bare repository "server.git" of this registry, with the hooks, and a
# clone "clone" that pushes there; people are those that the registry lists.
# The registry's folder is left as it is.
serve()
{
	commit 2026-06-01 first
	git clone -q --bare . server.git
	(cd server.git && zheli hook install >/dev/null)
	git clone -q server.git clone 2>/dev/null
	git -C clone config gpg.format ssh
}

# The server's words, without what differs from run to run: commits, times.
push()
{
	git push "$@" 2>&1 | sed -E -e 's/[[:space:]]+$//' \
	    -e 's/[0-9a-f]{40}/ID/g' -e 's/(提交 |commit )[0-9a-f]{12}/\1ID/g' \
	    -e 's/SHA256:[A-Za-z0-9+\/]+/SHA256:KEY/' \
	    -e 's/[0-9]{4}-[0-9-]+T[0-9:+]+/TIME/' \
	    -e 's/[0-9a-f]{7,}\.\.\.?[0-9a-f]{7,}/OLD..NEW/' -e "s|$PWD|HERE|g" \
	    -e "s|${PWD%/*}|HERE|g" | grep -v '^hint:'
	return "${PIPESTATUS[0]}"
}

# officers KEY: the registry lists an editor and an officer of demo-lab, with
# the public keys editor.pub and KEY.pub.
officers()
{
	printf 'editors:\n  - {name: 编辑, key: "%s"}\n' "$(cat editor.pub)" \
	    >>content/site.yaml
	change content/units/demo-lab.md "2i officers:\n  - {name: 成果专员, key: \"$(cat "$1.pub")\"}"
}

# people: the base lists an editor and officers of two units by the keys of
# tests/golden/keys, and becomes the first commit of main; `proposal` is a branch
# on it, where `signed NAME MESSAGE` commits everything with one of these keys.
people()
{
	local keys=$CASE/../../keys
	key editor && key officer && key other
	public() { cut -d' ' -f1,2 "$keys/$1.pub"; }
	printf 'editors:\n  - {name: 编辑, key: "%s", account: bianji}\n' \
	    "$(public editor)" >>content/site.yaml
	change content/units/demo-lab.md \
	    "2i officers:\n  - {name: 成果专员, key: \"$(public officer)\", account: zhuanyuan}"
	sed -e 's/^name: .*/name: 演示学院/' -e 's/^focus: .*/focus: 新材料/' \
	    -e "s|$(public officer)|$(public other)|" -e 's/zhuanyuan/xueyuan/' \
	    content/units/demo-lab.md >content/units/demo-college.md
	printf '%s\n' '*.key' signature commit tree >.gitignore
	commit 2026-06-01 first
	git checkout -q -b proposal
	# Ids of commits are told, and so must be the same each time.
	export GIT_AUTHOR_DATE=2026-06-02T09:00:00+08:00
	export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
}

signed()
{
	git -c gpg.format=ssh -c user.signingkey="$PWD/$1.key" \
	    -c commit.gpgsign=true -c core.quotePath=false commit -q -a -m "$2"
}
