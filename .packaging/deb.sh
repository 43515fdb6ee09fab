#!/bin/bash
# SPDX-License-Identifier: MIT
# The Debian package of the last commit, in build/deb/, and what lintian says of
# it: any error or warning is a failure. Needs debhelper, devscripts and lintian.
set -eu
version=$1
work=build/deb
rm -rf "$work"
mkdir -p "$work/zheli-$version"
git archive --format=tar HEAD | tar -x -C "$work/zheli-$version"
cp -R "$work/zheli-$version/.packaging/debian" "$work/zheli-$version/debian"
cd "$work/zheli-$version"
unset MAKEFLAGS MAKELEVEL MODE BUILD CC
dpkg-buildpackage -b -us -uc >../build.log 2>&1 || {
	tail -n 40 ../build.log
	exit 1
}
cd ..
rm -rf "zheli-$version"
lintian --fail-on error,warning --tag-display-limit 0 ./*.changes
ls -- *.deb
