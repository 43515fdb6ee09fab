#!/bin/bash
# SPDX-License-Identifier: MIT
# The last commit, taken out of git into an empty folder with nothing beside it,
# builds, tests, installs what works from where it was installed, and removes
# all of it again.
set -eu
top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git archive --format=tar --prefix=zheli/ HEAD | tar -x -C "$work"
cd "$work/zheli"
unset MAKEFLAGS MODE BUILD ZHELI ONLY SEED
make --no-print-directory -j2 all
# The npm tools are the only thing that no archive has.
[ ! -d "$top/node_modules" ] || cp -R "$top/node_modules" .
make --no-print-directory test-unit test-golden test-manuals
make --no-print-directory install DESTDIR="$work/root" PREFIX=/usr
cp -R content "$work/registry"
mkdir "$work/elsewhere"
mv "$work/registry" "$work/elsewhere/content"
"$work/root/usr/bin/zheli" build -q -C "$work/elsewhere" --as-of 2026-06-30 \
    -o "$work/elsewhere/site"
[ -s "$work/elsewhere/site/index.html" ]
[ -s "$work/root/usr/share/zheli/nginx/site.conf" ]
MANPATH=$work/root/usr/share/man man -w zheli-check >/dev/null 2>&1 ||
    [ -s "$work/root/usr/share/man/man1/zheli-check.1" ]
make --no-print-directory uninstall DESTDIR="$work/root" PREFIX=/usr
left=$(find "$work/root" -type f)
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }
echo "distcheck: the archive builds, tests, installs and uninstalls"
