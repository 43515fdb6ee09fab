# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Chance that a seed repeats. Bash gives each subshell a RANDOM of its own, seed
# or not, and commands are put together in subshells; here all of them read on
# in one file of numbers. Sourced by the scripts of properties.

# seed N FILE: from here on the numbers of this seed, by way of FILE.
seed()
{
	awk -v seed="$1" 'BEGIN {
		srand(seed)
		for (i = 0; i < 100000; i++)
			print int(rand() * 1000000)
	}' >"$2" && exec 9<"$2"
}

# few N: a number below it.
few()
{
	local number
	read -r number <&9 || { echo "no numbers are left" >&2; return 1; }
	echo $((number % $1))
}

# number: one that mostly no other is.
number() { few 100000; }

# one FILE…: one of them.
one()
{
	shift "$(few $#)"
	printf '%s' "$1"
}
