# SPDX-License-Identifier: MIT
# Periods counted another way than the program does: one day after the other,
# on a list of days, without any arithmetic of dates but "the next day".
#
#   awk -v seed=N -v n=200 -f period.awk schemas/calendar/holidays.csv
#
# Prints n lines "PERIOD START BARE LAST PROVISIONAL"; the last is 0 or 1.

function is_leap(year) {
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

# All days from 2003 to 2040 in a row, with their weekday (0 is Sunday), and
# where each stands. 2003-01-01 was a Wednesday.
function list_days(   year, month, day, length_, weekday) {
	split("31 28 31 30 31 30 31 31 30 31 30 31", lengths, " ")
	weekday = 3
	for (year = 2003; year <= 2040; year++)
		for (month = 1; month <= 12; month++) {
			length_ = lengths[month] + (month == 2 && is_leap(year))
			for (day = 1; day <= length_; day++) {
				name[++days] = sprintf("%04d-%02d-%02d", year,
				    month, day)
				place[name[days]] = days
				week[days] = weekday
				weekday = (weekday + 1) % 7
			}
		}
}

function works(at) {
	if (name[at] in kind)
		return kind[name[at]] == "work"
	return week[at] != 0 && week[at] != 6
}

# The corresponding day `months` later, or the last day of that month.
function corresponding(start, months,   year, month, day) {
	year = substr(start, 1, 4) + 0
	month = substr(start, 6, 2) + 0
	day = substr(start, 9, 2) + 0
	while (months-- > 0)
		if (++month > 12) {
			month = 1
			year++
		}
	while (!(sprintf("%04d-%02d-%02d", year, month, day) in place))
		day--
	return place[sprintf("%04d-%02d-%02d", year, month, day)]
}

/^# announced-until: / { until = $3 }
/^#/ || /^date,/ { next }
{ split($0, cell, ","); kind[cell[1]] = cell[3] }

END {
	list_days()
	srand(seed)
	split("d m y wd", units, " ")
	split("60 18 6 25", most, " ")
	for (i = 0; i < n; i++) {
		unit = int(rand() * 4) + 1
		count = int(rand() * most[unit]) + 1
		start = int(rand() * 9100) + 366	# 2004 to 2028
		at = start
		if (units[unit] == "m" || units[unit] == "y")
			at = corresponding(name[start],
			    count * (units[unit] == "y" ? 12 : 1))
		else
			for (left = count; left > 0;) {
				at++
				left -= units[unit] == "d" || works(at)
			}
		for (last = at; !works(last);)
			last++
		print count units[unit], name[start], name[at], name[last],
		    (name[last] > until)
	}
}
