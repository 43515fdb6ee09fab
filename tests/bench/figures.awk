# SPDX-License-Identifier: MIT
# The lines of figures of `make bench`, for table.awk, aims.awk and chart.awk:
#   SIZE NAME WALL USER SYSTEM KILOBYTES    a run
#   SIZE NAME all KILOBYTES                 memory of all its processes
#   SIZE NAME files COUNT KILOBYTES         what it wrote
# and what the rows are called, in their order.

BEGIN {
	rows = split("zheli hugo copy bodies first-edit edit same day template " \
	    "edit-commit same-commit check range serve-page serve-told", \
	    names, " ")
	label["zheli"] = "build, cold"
	label["hugo"] = "Hugo, cold"
	label["copy"] = "cp -r of the site"
	label["bodies"] = "cmark-gfm, the bodies alone"
	label["first-edit"] = "build, first edit after it"
	label["edit"] = "build, one edit"
	label["same"] = "build, no change"
	label["day"] = "build, a day later"
	label["template"] = "build, a changed template"
	label["edit-commit"] = "build of a commit, one edit"
	label["same-commit"] = "build of a commit, no change"
	label["check"] = "check, cold"
	label["range"] = "check, one record"
	label["serve-page"] = "serve, edit to changed page"
	label["serve-told"] = "serve, edit to word of it"
}

$3 == "all" { together[$1, $2] = $4 / 1024; next }
$3 == "files" { files[$1, $2] = $4; written[$1, $2] = $5 / 1024; next }
{
	run = ++runs[$1, $2]
	wall[$1, $2, run] = $3
	cpu[$1, $2, run] = $4 + $5
	peak[$1, $2, run] = $6 / 1024
	sizes[$1] = 1
}

# The runs of a kind in order, in `sorted`; answers how many.
function sort_runs(figure, size, name,   count, at, to) {
	count = runs[size, name]
	for (at = 1; at <= count; at++) {
		for (to = at; to > 1 && \
		    sorted[to - 1] > figure[size, name, at] + 0; to--)
			sorted[to] = sorted[to - 1]
		sorted[to] = figure[size, name, at] + 0
	}
	return count
}

function median(figure, size, name,   count) {
	count = sort_runs(figure, size, name)
	if (count == 0)
		return 0
	return (sorted[int((count + 1) / 2)] + sorted[int(count / 2) + 1]) / 2
}

function ratio(a, b) { return b > 0 ? sprintf("%.2f", a / b) : "-" }

# 1234567 as 1,234,567.
function grouped(number,   text, done) {
	for (text = sprintf("%d", number); length(text) > 3;
	    text = substr(text, 1, length(text) - 3))
		done = "," substr(text, length(text) - 2) done
	return text done
}

function time(seconds) {
	return seconds < 1 ? sprintf("%.0f ms", 1000 * seconds) : \
	    sprintf(seconds < 10 ? "%.1f s" : "%.0f s", seconds)
}

# The sizes in order, in `ordered`; answers how many.
function order_sizes(   size, count, to) {
	for (size in sizes) {
		for (to = ++count; to > 1 && ordered[to - 1] > size + 0; to--)
			ordered[to] = ordered[to - 1]
		ordered[to] = size + 0
	}
	return count
}
