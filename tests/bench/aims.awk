# SPDX-License-Identifier: MIT
# What the project has set itself, as ratios within one run, and what was
# measured, from what figures.awk has read. An aim for a size that was not
# measured is told of the largest that was, with its size.

# The medians of two rows, of these sizes, each with its own; 0 if one is not
# there.
function both(figure, size, name, other_size, other) {
	above = median(figure, size, name)
	below = median(figure, other_size, other)
	return above > 0 && below > 0
}

function line(aim, limit, measured, size, note,   said) {
	said = measured <= limit ? "met" : \
	    sprintf("missed, %.2f times that", measured / limit)
	if (size != "" && measured_at < size)
		said = said " (of " grouped(measured_at) ")"
	printf "%-52s %10s  %s\n", aim, note, said
}

function unmeasured(aim) { printf "%-52s %10s  not measured\n", aim, "-" }

# At most LIMIT times the other; told as a factor or, below one, as a part.
function at_most(aim, limit, size,   value) {
	value = above / below
	line(aim, limit, value, size, value < 0.1 ? \
	    sprintf("1/%.0f", 1 / value) : sprintf("%.2f", value))
}

# Of SIZE records, or of as many as were measured.
function largest(size, name,   at, found) {
	for (at = 1; at <= count; at++)
		if (ordered[at] <= size && runs[ordered[at], name])
			found = ordered[at]
	measured_at = found
	return found
}

function compare(aim, limit, size, figure, name, other,   of) {
	of = largest(size, name)
	if (both(figure, of, name, of, other))
		at_most(aim, limit, size)
	else
		unmeasured(aim)
}

# Ten times the records.
function grown(aim, limit, size, figure, name,   of) {
	of = largest(size, name)
	if (of == size && both(figure, of, name, of / 10, name))
		at_most(aim, limit, size)
	else
		unmeasured(aim)
}

function within(aim, limit, size, name,   of) {
	of = largest(size, name)
	above = median(wall, of, name)
	if (above > 0)
		line(aim, limit, above, size, time(above))
	else
		unmeasured(aim)
}

# Hugo's memory is one process's, zheli's here all processes' together.
function memory(aim, limit, size,   of) {
	of = largest(size, "zheli")
	above = together[of, "zheli"]
	below = together[of, "hugo"]
	if (above > 0 && below > 0)
		at_most(aim, limit, size)
	else
		unmeasured(aim)
}

END {
	count = order_sizes()
	printf "\n%-52s %10s\n", "aim", "measured"
	compare("cold, 10,000: at most 1/15 of the time of Hugo", 1 / 15, \
	    10000, wall, "zheli", "hugo")
	memory("cold, 10,000: at most 1/10 of the memory of Hugo", 1 / 10, 10000)
	grown("cold, 10,000: at most 1.6 times the memory of 1,000", 1.6, \
	    10000, peak, "zheli")
	compare("edit, 10,000: at most the memory of cold", 1, 10000, peak, \
	    "edit", "zheli")
	grown("cold, 100,000: at most 11 times that of 10,000", 11, 100000, \
	    wall, "zheli")
	compare("cold, 100,000: at most 4 times cp -r of the site", 4, 100000, \
	    wall, "zheli", "copy")
	grown("edit, 100,000: at most twice that of 10,000", 2, 100000, wall, \
	    "edit")
	compare("edit, 100,000: at most 1/200 of cold", 1 / 200, 100000, wall, \
	    "edit", "zheli")
	compare("no change, 100,000: at most 1/1000 of cold", 1 / 1000, 100000, \
	    wall, "same", "zheli")
	within("check of one record of 100,000: 100 ms", 0.1, 100000, "range")
	within("serve, 10,000: an edit is on the screen in 200 ms", 0.2, 10000, \
	    "serve-page")
}
