# SPDX-License-Identifier: MIT
# The chart of `make bench`, from what figures.awk has read: for each size the
# median wall time of each row as a bar. The scale is logarithmic, since the
# rows differ a thousandfold: one line of the grid is ten times the one before.

BEGIN {
	labels["zheli"] = "zheli build, cold"
	labels["hugo"] = "hugo, cold"
	labels["copy"] = "cp -r of the site"
	labels["same"] = "zheli build, no change"
	labels["edit"] = "zheli build, one edit"
	labels["check"] = "zheli check, cold"
	labels["range"] = "zheli check, one record"
	rows = split("zheli hugo copy same edit check range", names, " ")
	left = 200; width = 480; right = 90; bar = 16; gap = 6
}

function x_of(seconds,   part) {
	part = (log(seconds) / log(10) - least) / (most - least)
	return left + width * (part > 0 ? part : 0)
}

function words(x, y, anchor, class, text) {
	printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>\n", \
	    x, y, anchor, class == "" ? "" : " class=\"" class "\"", text
}

function time(seconds) {
	return seconds < 1 ? sprintf("%.0f ms", 1000 * seconds) : \
	    sprintf(seconds < 10 ? "%.1f s" : "%.0f s", seconds)
}

# The powers of ten around all values.
function find_range(   key, parts, value, low, high) {
	for (key in runs) {
		split(key, parts, SUBSEP)
		value = median(wall, parts[1], parts[2])
		if (value <= 0)
			value = 0.001
		if (low == "" || value < low)
			low = value
		if (high == "" || value > high)
			high = value
	}
	least = int(log(low) / log(10) - (low < 1))
	most = int(log(high) / log(10) + (high > 1))
	if (most <= least)
		most = least + 1
}

function head(height) {
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d " \
	    "%d\" width=\"%d\" height=\"%d\" role=\"img\" " \
	    "aria-labelledby=\"title\">\n", left + width + right, height, \
	    left + width + right, height
	print "<title id=\"title\">make bench: median wall time</title>"
	print "<style>text{font:13px system-ui,sans-serif;fill:#1a1a1a}" \
	    ".size{font-weight:600}.axis{fill:#595959;font-size:11px}" \
	    ".ours{fill:#1f5f8b}.other{fill:#9a9a9a}line{stroke:#d9d9d9}" \
	    "</style>"
	print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
}

function grid(height,   power) {
	for (power = least; power <= most; power++) {
		printf "<line x1=\"%.1f\" y1=\"30\" x2=\"%.1f\" y2=\"%d\"/>\n", \
		    x_of(10 ^ power), x_of(10 ^ power), height - 10
		words(x_of(10 ^ power), 22, "middle", "axis", time(10 ^ power))
	}
}

function bars(size, y,   i, value) {
	words(10, y + 13, "start", "size", size " records")
	y += bar + gap
	for (i = 1; i <= rows; i++) {
		if (!runs[size, names[i]])
			continue
		value = median(wall, size, names[i])
		if (value <= 0)
			value = 0.001
		words(left - 8, y + 13, "end", "", labels[names[i]])
		printf "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" " \
		    "height=\"%d\" class=\"%s\"/>\n", left, y, \
		    x_of(value) - left + 1, bar, \
		    names[i] ~ /hugo|copy/ ? "other" : "ours"
		words(x_of(value) + 7, y + 13, "start", "", time(value))
		y += bar + gap
	}
	return y + gap
}

END {
	find_range()
	count = order_sizes()
	height = 40
	for (at = 1; at <= count; at++) {
		height += bar + 2 * gap
		for (i = 1; i <= rows; i++)
			height += runs[ordered[at], names[i]] ? bar + gap : 0
	}
	head(height + 10)
	grid(height + 10)
	y = 40
	for (at = 1; at <= count; at++)
		y = bars(ordered[at], y)
	print "</svg>"
}
