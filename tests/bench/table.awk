# SPDX-License-Identifier: MIT
# The table of `make bench`, from lines of figures:
#   SIZE NAME WALL USER SYSTEM KILOBYTES    a run
#   SIZE NAME all KILOBYTES                 memory of all its processes
#   SIZE NAME files COUNT KILOBYTES         what it wrote

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
	return (sorted[int((count + 1) / 2)] + sorted[int(count / 2) + 1]) / 2
}

function row(size, name, label,   count, range) {
	count = sort_runs(wall, size, name)
	range = sprintf("%.2f-%.2f", sorted[1], sorted[count])
	printf "%-28s %7.2f %15s %8.2f %8.0f %8s %7s %7s\n", label, \
	    median(wall, size, name), range, median(cpu, size, name), \
	    median(peak, size, name), (size, name) in together ? \
	    sprintf("%.0f", together[size, name]) : "-", \
	    (size, name) in files ? files[size, name] : "-", \
	    (size, name) in files ? sprintf("%.0f", written[size, name]) : "-"
}

function ratio(a, b) { return b > 0 ? sprintf("%.2f", a / b) : "-" }

function table(size,   zheli, hugo) {
	printf "\n%-28s %7s %15s %8s %8s %8s %7s %7s\n", size " records", \
	    "wall s", "min-max", "cpu s", "peak MB", "all MB", "files", "MB"
	row(size, "zheli", "zheli build, cold")
	row(size, "hugo", "hugo, cold")
	row(size, "copy", "cp -r of zheli's site")
	row(size, "same", "zheli build, no change")
	row(size, "edit", "zheli build, one edit")
	row(size, "check", "zheli check, cold")
	printf "hugo : zheli      wall %s, cpu %s, peak memory %s, " \
	    "memory of all processes %s\n", \
	    ratio(median(wall, size, "hugo"), median(wall, size, "zheli")), \
	    ratio(median(cpu, size, "hugo"), median(cpu, size, "zheli")), \
	    ratio(median(peak, size, "hugo"), median(peak, size, "zheli")), \
	    ratio(together[size, "hugo"], together[size, "zheli"])
	printf "zheli : cp -r     wall %s, cpu %s\n", \
	    ratio(median(wall, size, "zheli"), median(wall, size, "copy")), \
	    ratio(median(cpu, size, "zheli"), median(cpu, size, "copy"))
	printf "one edit : cold   wall %s\n", \
	    ratio(median(wall, size, "edit"), median(wall, size, "zheli"))
}

function growth(name, label) {
	printf "%-28s %7.3f %7.3f %7s\n", label, \
	    median(wall, 1000, name), median(wall, n, name) / (n / 1000), \
	    ratio(median(wall, n, name) / (n / 1000), median(wall, 1000, name))
}

END {
	if (n != 1000 && 1000 in sizes)
		table(1000)
	table(n)
	if (n == 1000 || !(1000 in sizes))
		exit
	printf "\n%-28s %7s %7s %7s\n", "growth, ms a record", 1000, n, "ratio"
	growth("zheli", "zheli build, cold")
	growth("hugo", "hugo, cold")
	growth("check", "zheli check, cold")
	printf "%-28s %7.2f %7.2f %7s\n", "one edit, s in all", \
	    median(wall, 1000, "edit"), median(wall, n, "edit"), \
	    ratio(median(wall, n, "edit"), median(wall, 1000, "edit"))
}
