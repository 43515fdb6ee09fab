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
