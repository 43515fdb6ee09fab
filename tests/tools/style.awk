# SPDX-License-Identifier: MIT
# The layout that clang-format cannot check here without rewriting good lines
# (see .clang-format): tabs for indentation, 80 columns, no trailing white space,
# a licence line first, files of at most 500 lines and headers of 180 (tests: half
# as much again), no banner or work label without a number.

function complain(text)
{
	printf "%s:%d: %s\n", FILENAME, FNR, text
	bad = 1
}

# Columns of a line: tabs go to the next multiple of 8, a character of several
# bytes counts once.
function columns(line,   at, width, parts, n)
{
	gsub(/[\200-\277]/, "", line)
	n = split(line, parts, "\t")
	width = length(parts[1])
	for (at = 2; at <= n; at++)
		width = width - width % 8 + 8 + length(parts[at])
	return width
}

function size(name, lines,   most)
{
	most = name ~ /\.h$/ ? 180 : 500
	if (name ~ /^tests\//)
		most *= 1.5
	if (lines > most) {
		printf "%s: %d lines, at most %d\n", name, lines, most
		bad = 1
	}
}

FNR == 1 {
	if (name != "")
		size(name, lines)
	name = FILENAME
	if ($0 != "/* SPDX-License-Identifier: MIT */")
		complain("the first line is not the SPDX line")
}
{ lines = FNR }
/[ \t]$/ { complain("trailing white space") }
/\r/ { complain("carriage return") }
/^ +[^ *]/ && !/^    [^ ]/ { complain("indented with spaces") }
/ \t/ { complain("a space before a tab") }
# A line that is little but one string cannot be broken.
columns($0) > 80 && $0 !~ /^[ \t{]*[A-Z_]*\(*[A-Z_]*\(?"/ {
	complain("longer than 80 columns")
}
/(^|[^A-Za-z0-9_])(TODO|FIXME|XXX)([^A-Za-z0-9_]|$)/ { complain("say NEEDSWORK(#issue): reason") }
/NEEDSWORK/ && !/NEEDSWORK\(#[0-9]+\): / { complain("NEEDSWORK(#issue): reason") }
/\/\*[*=-][*=-]+/ { complain("banner") }
END { if (name != "") size(name, lines); exit bad }
