# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Sourced by the suites: counts and prints tests as TAP.
#
# `claim NAME COMMAND…` runs the command; its output stands below the result
# as comments if it fails. Claims whose name does not match $ONLY are left out.
# `need` is a claim on which the others rest. `finish` prints the plan and ends the suite.
tap_count=0
tap_failed=0
: "${ONLY:=}"

# chosen NAME: whether $ONLY lets this test run.
chosen()
{
	# shellcheck disable=SC2053
	[ -z "$ONLY" ] || [[ $1 == $ONLY ]]
}

comment()
{
	sed 's/^/# /'
}

claim()
{
	local name=$1 output
	shift
	chosen "$name" || return 0
	tap_count=$((tap_count + 1))
	if output=$("$@" 2>&1); then
		echo "ok $tap_count - $name"
	else
		echo "not ok $tap_count - $name"
		tap_failed=$((tap_failed + 1))
		[ -z "$output" ] || comment <<<"$output"
	fi
}

# need NAME COMMAND…: a claim on which all others rest: made whatever ONLY says,
# and the suite ends if it does not hold.
need()
{
	local only=$ONLY failed=$tap_failed
	ONLY=
	claim "$@"
	ONLY=$only
	[ "$tap_failed" -eq "$failed" ] || finish
}

finish()
{
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
	exit
}
