# SPDX-License-Identifier: MIT
# The table of `make bench`, from what figures.awk has read.

function row(size, name, label,   count, range) {
	if (!runs[size, name])
		return
	count = sort_runs(wall, size, name)
	range = sprintf("%.3f-%.3f", sorted[1], sorted[count])
	printf "%-28s %8.3f %17s %8.2f %8.0f %8s %7s %7s\n", label, \
	    median(wall, size, name), range, median(cpu, size, name), \
	    median(peak, size, name), (size, name) in together ? \
	    sprintf("%.0f", together[size, name]) : "-", \
	    (size, name) in files ? files[size, name] : "-", \
	    (size, name) in files ? sprintf("%.0f", written[size, name]) : "-"
}

function table(size,   zheli, hugo) {
	printf "\n%-28s %8s %17s %8s %8s %8s %7s %7s\n", size " records", \
	    "wall s", "min-max", "cpu s", "peak MB", "all MB", "files", "MB"
	row(size, "zheli", "zheli build, cold")
	row(size, "hugo", "hugo, cold")
	row(size, "copy", "cp -r of zheli's site")
	row(size, "same", "zheli build, no change")
	row(size, "edit", "zheli build, one edit")
	row(size, "check", "zheli check, cold")
	row(size, "range", "zheli check, one record")
	if (runs[size, "range"])
		printf "one record : cold check   wall 1/%.0f, cpu 1/%.0f\n", \
		    median(wall, size, "check") / \
		    median(wall, size, "range"), \
		    median(cpu, size, "check") / median(cpu, size, "range")
	if (!runs[size, "zheli"])
		return
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

# What should not grow with the registry.
function all_in_all(name, size, label) {
	printf "%-28s %7.3f %7.3f %7s   (%d and %d records)\n", label, \
	    median(wall, 1000, name), median(wall, size, name), \
	    ratio(median(wall, size, name), median(wall, 1000, name)), \
	    1000, size
}

END {
	count = order_sizes()
	for (at = 1; at <= count; at++)
		table(ordered[at])
	most = ordered[count]
	if (n > 1000 && 1000 in sizes) {
		printf "\n%-28s %7s %7s %7s\n", "growth, ms a record", 1000, \
		    n, "ratio"
		growth("zheli", "zheli build, cold")
		growth("hugo", "hugo, cold")
		growth("check", "zheli check, cold")
		all_in_all("edit", n, "one edit, s in all")
	}
	if (most > 1000 && 1000 in sizes)
		all_in_all("range", most, "check of one record, s in all")
}
