#!/bin/sh
# SPDX-License-Identifier: MIT
# comment.sh FILE: makes FILE, written by `zheli review`, the one comment of a
# merge request: in the place of the last one if there is one, else as a new one.
#
#   FORGE    github (also Gitea and Forgejo, whose interface is the same), gitlab
#   API      address of the interface: https://api.github.com,
#            https://git.example.org/api/v1, https://gitlab.example.org/api/v4
#   PROJECT  owner/name; on GitLab the number of the project
#   NUMBER   of the merge request
#   TOKEN    may write comments
#   BOT      names under which earlier comments may stand, apart by spaces: a
#            stranger's comment with our marker in it is not ours
set -eu
file=$1
answer=$(mktemp)
body=$(mktemp)
settings=$(mktemp)
trap 'rm -f "$answer" "$body" "$settings"' EXIT

# The token stands in no command line, where others could see it.
case $FORGE in
gitlab)
	echo "header = \"PRIVATE-TOKEN: $TOKEN\"" >"$settings"
	comments=$API/projects/$PROJECT/merge_requests/$NUMBER/notes
	one=$comments
	change=PUT
	author=.author.username ;;
*)
	echo "header = \"Authorization: token $TOKEN\"" >"$settings"
	comments=$API/repos/$PROJECT/issues/$NUMBER/comments
	one=$API/repos/$PROJECT/issues/comments
	change=PATCH
	author=.user.login ;;
esac

call()
{
	curl -sS --fail-with-body --retry 3 --max-time 60 -K "$settings" \
	    -H 'Content-Type: application/json' "$@" >"$answer" || {
		cat "$answer" >&2
		return 1
	}
}

jq -n --rawfile text "$file" '{body: $text}' >"$body"
page=1
while :; do
	# Gitea calls the length of a page limit, the others per_page.
	call "$comments?page=$page&per_page=100&limit=100"
	id=$(jq -r --arg names "$BOT" "first(.[] |
	    select(.body | startswith(\"<!-- zheli-review -->\")) |
	    select($author as \$a | \$names | split(\" \") | index(\$a)) |
	    .id) // empty" "$answer")
	if [ -n "$id" ]; then
		call -X "$change" --data-binary "@$body" "$one/$id"
		echo "comment $id replaced"
		exit 0
	fi
	if [ "$(jq length "$answer")" -eq 0 ] || [ "$page" -ge 50 ]; then
		break
	fi
	page=$((page + 1))
done
call -X POST --data-binary "@$body" "$comments"
echo "comment $(jq -r .id "$answer") made"
