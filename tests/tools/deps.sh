#!/bin/bash
# SPDX-License-Identifier: MIT
# deps.sh build [test]: installs what building, or building and testing, need on
# Debian 12: packages that dpkg does not know yet, and for tests the npm tools
# of package.json. Does nothing, and needs no network, when all is there.
set -eu

# shellcheck disable=SC2034  # read by name below
build="gcc libc6-dev make pkg-config git libcmark-gfm-dev
    libcmark-gfm-extensions-dev libgit2-dev libxml2-dev libsqlite3-dev
    libyaml-dev libmicrohttpd-dev libseccomp-dev libqrencode-dev libicu-dev
    zlib1g-dev libbrotli-dev nettle-dev"
# shellcheck disable=SC2034
test="libcmocka-dev afl++ clang clang-tidy clang-format mandoc shellcheck valgrind
    libxml2-utils sqlite3 curl jq time hugo cmark-gfm chromium fonts-noto-cjk
    weasyprint poppler-utils default-jre-headless openssh-client gpgv gnupg
    nginx-light fcgiwrap python3-jsonschema libnginx-mod-http-brotli-static
    brotli wrk rclone binutils debhelper devscripts lintian
    systemd"
# Node.js may come from elsewhere than Debian, under other package names.
commands="nodejs:node npm:npm"

installed()
{
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=
for kind; do
	for package in ${!kind}; do
		installed "$package" || missing="$missing $package"
	done
	[ "$kind" = test ] || continue
	for pair in $commands; do
		command -v "${pair#*:}" >/dev/null || missing="$missing ${pair%:*}"
	done
done

if [ -n "$missing" ]; then
	if ! command -v apt-get >/dev/null; then
		echo "please install:$missing" >&2
		exit 1
	fi
	sudo=
	[ "$(id -u)" -eq 0 ] || sudo=sudo
	echo "installing:$missing"
	$sudo apt-get -q update
	# shellcheck disable=SC2086
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y install \
	    --no-install-recommends $missing
fi

case " $* " in
*" test "*)
	if ! cmp -s package-lock.json node_modules/.installed; then
		npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
		cp package-lock.json node_modules/.installed
	fi
	;;
esac
