# SPDX-License-Identifier: MIT
# The chart of `make bench`, from what figures.awk has read. Above, how the time
# of each row grows with the records, as lines on two logarithmic scales: what is
# proportional to the records rises like the dotted line, what costs only the
# change is level. Below, for each size, the median of each row as a dot, with
# the fastest and slowest run as a line through it.

BEGIN {
	left = 220; width = 520; right = 130; pitch = 22; top = 64
	plot_height = 300
	lines_of = split("zheli hugo copy bodies edit same check range", drawn, \
	    " ")
	split("#1f5f8b #8a8a8a #b3b3b3 #c9a66b #b5482f #3f8f5f #7a5ba6 #c0507f", \
	    tone, " ")
	for (i = 1; i <= lines_of; i++)
		color[drawn[i]] = tone[i]
}

function log10(x) { return log(x) / log(10) }

function floor(x) { return x < int(x) ? int(x) - 1 : int(x) }

function words(x, y, anchor, class, text) {
	printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>\n", \
	    x, y, anchor, class == "" ? "" : " class=\"" class "\"", text
}

function stroke(x1, y1, x2, y2, class, paint) {
	printf "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"%s%s/>\n", \
	    x1, y1, x2, y2, class == "" ? "" : " class=\"" class "\"", \
	    paint == "" ? "" : " stroke=\"" paint "\""
}

function dot(x, y, paint) {
	printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" fill=\"%s\"/>\n", x, \
	    y, paint
}

function paint_of(name) {
	return name ~ /^(hugo|copy|bodies)$/ ? "#8a8a8a" : "#1f5f8b"
}

function value_of(size, name,   value) {
	value = median(wall, size, name)
	return value > 0.001 ? value : 0.001
}

# The powers of ten around all values.
function find_range(   key, parts, value, low, high) {
	for (key in runs) {
		split(key, parts, SUBSEP)
		value = value_of(parts[1], parts[2])
		if (low == "" || value < low)
			low = value
		if (high == "" || value > high)
			high = value
	}
	least = floor(log10(low))
	most = -floor(-log10(high))
	if (most <= least)
		most = least + 1
}

function part(seconds,   at) {
	at = (log10(seconds < 0.001 ? 0.001 : seconds) - least) / (most - least)
	return at < 0 ? 0 : at > 1 ? 1 : at
}

function x_of(seconds) { return left + width * part(seconds) }

function head(height) {
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d " \
	    "%d\" width=\"%d\" height=\"%d\" role=\"img\" " \
	    "aria-labelledby=\"title\">\n", left + width + right, height, \
	    left + width + right, height
	print "<title id=\"title\">make bench: median wall times</title>"
	print "<style>text{font:13px system-ui,sans-serif;fill:#1a1a1a}" \
	    ".title{font-size:18px;font-weight:600}" \
	    ".size{font-size:14px;font-weight:600}" \
	    ".note,.axis{fill:#595959;font-size:12px}" \
	    "line{stroke-width:1}.grid{stroke:#e2e2e2}" \
	    ".guide{stroke:#9a9a9a;stroke-dasharray:2 4}.run{stroke-width:2}" \
	    "polyline{fill:none;stroke-width:2.5}</style>"
	print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
	words(24, 32, "start", "title", "make bench: what building costs")
	words(24, 52, "start", "note", "median wall time of whole processes; " \
	    "scales are logarithmic" (count > 1 ? "; dotted: in proportion to " \
	    "the records" : ""))
}

# -- growth -------------------------------------------------------------------
function column(size) {
	return left + width * (log10(size) - log10(ordered[1])) / \
	    (log10(ordered[count]) - log10(ordered[1]))
}

function level(seconds) { return plot + plot_height * (1 - part(seconds)) }

# Names at the ends of the lines must not lie on each other.
function place_names(   i, j, name, swap, at) {
	named = 0
	for (i = 1; i <= lines_of; i++)
		if (runs[ordered[count], drawn[i]])
			order_of[++named] = drawn[i]
	for (i = 1; i <= named; i++)
		for (j = named; j > i; j--)
			if (value_of(ordered[count], order_of[j]) > \
			    value_of(ordered[count], order_of[j - 1])) {
				swap = order_of[j]
				order_of[j] = order_of[j - 1]
				order_of[j - 1] = swap
			}
	at = plot - 100
	for (i = 1; i <= named; i++) {
		name = order_of[i]
		at = at + 15 > level(value_of(ordered[count], name)) ? \
		    at + 15 : level(value_of(ordered[count], name))
		printf "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" " \
		    "style=\"fill:%s;font-size:12px\">%s</text>\n", \
		    left + width + 12, at + 4, color[name], color[name], \
		    short[name]
	}
}

function line_of(name,   at, points) {
	for (at = 1; at <= count; at++)
		if (runs[ordered[at], name])
			points = points sprintf("%.1f,%.1f ", \
			    column(ordered[at]), \
			    level(value_of(ordered[at], name)))
	if (points == "")
		return
	printf "<polyline points=\"%s\" stroke=\"%s\"/>\n", points, color[name]
	for (at = 1; at <= count; at++)
		if (runs[ordered[at], name])
			dot(column(ordered[at]), \
			    level(value_of(ordered[at], name)), color[name])
}

# A line that rises tenfold for ten times the records.
function guide(   from, rise) {
	from = 10 ^ (least + 1)
	rise = ordered[count] / ordered[1]
	if (from * rise > 10 ^ most)
		rise = 10 ^ most / from
	stroke(left, level(from), column(ordered[1] * rise), \
	    level(from * rise), "guide")
}

function growth(   power, at, i) {
	short["zheli"] = "cold build"; short["hugo"] = "Hugo"
	short["copy"] = "cp -r"; short["bodies"] = "cmark-gfm"
	short["edit"] = "one edit"; short["same"] = "no change"
	short["check"] = "cold check"; short["range"] = "check of one"
	for (power = least; power <= most; power++) {
		stroke(left, level(10 ^ power), left + width, \
		    level(10 ^ power), "grid")
		words(left - 10, level(10 ^ power) + 4, "end", "axis", \
		    time(10 ^ power))
	}
	for (at = 1; at <= count; at++) {
		stroke(column(ordered[at]), plot, column(ordered[at]), \
		    plot + plot_height, "grid")
		words(column(ordered[at]), plot + plot_height + 20, "middle", \
		    "axis", grouped(ordered[at]) (at == count ? " records" : ""))
	}
	guide()
	for (i = 1; i <= lines_of; i++)
		line_of(drawn[i])
	place_names()
}

# -- dots ---------------------------------------------------------------------
function grid(from, to,   power) {
	for (power = least; power <= most; power++) {
		stroke(x_of(10 ^ power), from, x_of(10 ^ power), to, "grid")
		words(x_of(10 ^ power), from - 6, "middle", "axis", \
		    time(10 ^ power))
	}
}

function dots(size, y,   i, value, from) {
	words(24, y, "start", "size", grouped(size) " records")
	y += 12
	from = y
	for (i = 1; i <= rows; i++)
		y += runs[size, names[i]] ? pitch : 0
	grid(from, y)
	y = from
	for (i = 1; i <= rows; i++) {
		if (!runs[size, names[i]])
			continue
		y += pitch
		value = value_of(size, names[i])
		words(left - 12, y - 7, "end", "", label[names[i]])
		sort_runs(wall, size, names[i])
		stroke(x_of(sorted[1]), y - 11, \
		    x_of(sorted[runs[size, names[i]]]), y - 11, "run", \
		    paint_of(names[i]))
		dot(x_of(value), y - 11, paint_of(names[i]))
		words(x_of(sorted[runs[size, names[i]]]) + 10, y - 7, "start", \
		    "", time(value))
	}
	return y + 44
}

END {
	find_range()
	count = order_sizes()
	height = top + 24
	if (count > 1)
		height += plot_height + 64
	for (at = 1; at <= count; at++) {
		height += 56
		for (i = 1; i <= rows; i++)
			height += runs[ordered[at], names[i]] ? pitch : 0
	}
	head(height)
	y = top + 24
	if (count > 1) {
		plot = y
		growth()
		y += plot_height + 64
	}
	for (at = 1; at <= count; at++)
		y = dots(ordered[at], y)
	print "</svg>"
}
