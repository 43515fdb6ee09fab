# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Days that come one after another, over one kept catalogue: for
# tests/properties/run, whose functions these call.
# shellcheck disable=SC2154 # `work` is of run

kept_day() { sqlite3 .git/zheli/catalogue.sqlite "$1"; }

# Sets AS_OF to the next: the day on which the next verdict turns, that before it, or one
# somewhere behind it.
next_day()
{
	local which far
	which=$(few 4) far=$(few 60)
	AS_OF=$(kept_day "SELECT coalesce(min(turn), date('$AS_OF', '+9 days'))
	    FROM judged WHERE turn > date('$AS_OF', '+1 day')")
	case $which in
	0) AS_OF=$(kept_day "SELECT date('$AS_OF', '-1 day')") ;;
	3) AS_OF=$(kept_day "SELECT date('$AS_OF', '+$far days')") ;;
	esac
}

# The verdicts, and all the catalogue holds, of one day; now and then something
# is changed as well. None is made anew: it is the same file.
one_day()
{
	local file=.git/zheli/catalogue.sqlite inode
	inode=$(stat -c %i $file)
	: >"$work/changes"
	[ "$(few 3)" -ne 0 ] || change >"$work/changes"
	said gone
	[ "$(stat -c %i $file)" = "$inode" ] ||
		grep -q . "$work/changes" ||
		{ echo "$AS_OF: all was judged anew"; return 1; }
	as_anew "as of $AS_OF"
}

# The days on which something may turn are known: the others cost nothing, and
# what is found is what a run from scratch finds. (DAYS sets how many.)
days()
{
	local at AS_OF=2024-0$((SEED % 9 + 1))-01
	changing || return 1
	seed "$SEED" "$work/chance"
	said gone
	for ((at = 1; at <= ${DAYS:-8}; at++)); do
		next_day
		one_day || return 1
	done
	# On a day before, all is judged anew.
	AS_OF=2024-01-01
	said gone
	as_anew "as of $AS_OF, before all others"
}
