#!/bin/sh
# SPDX-License-Identifier: MIT
# build-zheli.sh FOLDER: compiles zheli for a forge's runner (Debian or Ubuntu)
# and puts it, with what belongs to it, into FOLDER. The source is this very
# tree if it is that of the program; else the repository that ZHELI_SOURCE names
# (its address), at the commit ZHELI_COMMIT (all 40 digits): nothing that moves,
# so that a proposal is judged tomorrow by the program that judged it today.
set -eu
target=$1
mkdir -p "$target"
target=$(cd "$target" && pwd)

if [ -f generator/main.c ]; then
	source=.
else
	if [ -z "${ZHELI_SOURCE:-}" ] || [ "${#ZHELI_COMMIT}" -ne 40 ]; then
		echo "请在平台的变量中设置 ZHELI_SOURCE（zheli 源代码仓库地址）和 ZHELI_COMMIT（40 位提交号）" >&2
		echo "set the variables ZHELI_SOURCE (address of the source of zheli) and ZHELI_COMMIT (40 digits)" >&2
		exit 2
	fi
	source=$target/source
	rm -rf "$source"
	git init -q "$source"
	git -C "$source" fetch -q --depth 1 "$ZHELI_SOURCE" "$ZHELI_COMMIT"
	git -C "$source" checkout -q FETCH_HEAD
fi
make -C "$source" deps-build
make -C "$source" -j2 all
make -C "$source" install PREFIX="$target"
