# SPDX-License-Identifier: MIT
# The table of `make bench`, from what figures.awk has read.

function row(size, name,   count, range, cost) {
	if (!runs[size, name])
		return
	count = sort_runs(wall, size, name)
	range = sprintf("%.3f-%.3f", sorted[1], sorted[count])
	cost = median(cpu, size, name)
	printf "%-28s %8.3f %17s %8s %8s %8s %7s %7s\n", label[name], \
	    median(wall, size, name), range, \
	    (cost > 0) ? sprintf("%.2f", cost) : "-", \
	    (cost > 0) ? sprintf("%.0f", median(peak, size, name)) : "-", \
	    (size, name) in together ? \
	    sprintf("%.0f", together[size, name]) : "-", \
	    (size, name) in files ? files[size, name] : "-", \
	    (size, name) in files ? sprintf("%.0f", written[size, name]) : "-"
}

function table(size,   i) {
	printf "\n%-28s %8s %17s %8s %8s %8s %7s %7s\n", \
	    grouped(size) " records", "wall s", "min-max", "cpu s", "peak MB", \
	    "all MB", "files", "MB"
	for (i = 1; i <= rows; i++)
		row(size, names[i])
}

# A line of all sizes: the time of each, and how it grew from the size before.
function growth(name,   at, line, now, before) {
	for (at = 1; at <= count; at++) {
		now = median(wall, ordered[at], name)
		line = line sprintf(" %10s", now > 0 ? time(now) : "-")
		if (at > 1)
			line = line sprintf(" %7s", now > 0 && before > 0 ? \
			    sprintf("x %.1f", now / before) : "-")
		before = now
	}
	if (median(wall, ordered[1], name) > 0)
		printf "%-28s%s\n", label[name], line
}

END {
	count = order_sizes()
	for (at = 1; at <= count; at++)
		table(ordered[at])
	if (count < 2)
		exit
	printf "\n%-28s", "growth"
	for (at = 1; at <= count; at++)
		printf((at > 1) ? " %18s" : " %10s", grouped(ordered[at]))
	printf "\n"
	for (i = 1; i <= rows; i++)
		growth(names[i])
}
