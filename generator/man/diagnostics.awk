# SPDX-License-Identifier: MIT
# Makes zheli-diagnostics.7 from base/diag_codes.def.

# Cuts the first C string off `rest` and returns it, its escapes resolved and
# neighbouring strings joined.
function string(   text, at, c) {
	text = ""
	sub(/^[^"]*"/, "", rest)
	for (at = 1; (c = substr(rest, at, 1)) != ""; at++) {
		if (c == "\\")
			c = substr(rest, ++at, 1)
		else if (c == "\"")
			break
		text = text c
	}
	rest = substr(rest, at + 1)
	return text
}

# Text as roff reads it back.
function roff(text) {
	gsub(/\\/, "\\e", text)
	gsub(/-/, "\\-", text)
	gsub(/`/, "\\(ga", text)
	gsub(/\^/, "\\(ha", text)
	gsub(/~/, "\\(ti", text)
	gsub(/'/, "\\(aq", text)
	if (text ~ /^\./)
		text = "\\&" text
	return text
}

function heading(letter) {
	if (letter in title) {
		printf ".Ss %s\n.Bl -tag -width Ds\n", title[letter]
		return
	}
	print "diagnostics.awk: no title for section " letter > "/dev/stderr"
	failed = 1
	exit 1
}

function entry(   id, severity, en, zh, hint_en, hint_zh) {
	id = string()
	match(rest, /DIAG_[A-Z]+/)
	severity = tolower(substr(rest, RSTART + 5, RLENGTH - 5))
	en = string()
	zh = string()
	hint_en = string()
	hint_zh = string()
	if (substr(id, 1, 1) != section) {
		if (section != "")
			print ".El"
		section = substr(id, 1, 1)
		heading(section)
	}
	printf ".It Sy %s Pq %s\n", id, severity
	printf "%s.\n", roff(en)
	if (hint_en != "")
		printf ".Pp\n%s.\n", roff(hint_en)
	printf ".Pp\n%s。\n", roff(zh)
	if (hint_zh != "")
		printf "%s。\n", roff(hint_zh)
}

BEGIN {
	title["Y"] = "Y: syntax of front matter, names of files"
	title["X"] = "X: shape of records"
	title["K"] = "K: schemas, rules, code lists"
	title["R"] = "R: references and claims across records"
	title["T"] = "T: templates, themes, data"
	title["B"] = "B: bodies and attachments"
	title["S"] = "S: source and git"
	title["M"] = "M: the machine"
	title["W"] = "W: workers"
	title["N"] = "N: numbers that are given"
	title["V"] = "V: a site that is verified"
	title["H"] = "H: what a server's hooks refuse"
	print ".\\\" SPDX-License-Identifier: MIT"
	print ".\\\" Made from generator/base/diag_codes.def by diagnostics.awk."
	print ".Dd November 21, 2026\n.Dt ZHELI-DIAGNOSTICS 7\n.Os"
	print ".Sh NAME\n.Nm zheli-diagnostics"
	print ".Nd everything zheli can find in content, themes and the machine"
	print ".Sh DESCRIPTION"
	print "A diagnostic is printed as"
	print ".Pp\n.Dl path:line:column: severity[id]: message\n.Pp"
	print "followed by what to do about it."
	print "Lines and columns count from 1, columns in characters."
	print ".Pp\nSeverities:"
	print ".Bl -tag -width warning -compact"
	print ".It notice\nnothing is wrong, but worth knowing"
	print ".It warning\na person should look; publication goes on"
	print ".It error\nthe record is withheld until it is mended; the rest goes on"
	print ".It fatal\nthe machine failed; the command stops\n.El"
	print ".Pp\nIds are never reused."
	print "Places that a message fills in stand as {1}, {2} and so on."
	print "What rules find carries the id of the rule, such as"
	print ".Sy P-01 ;\nsee\n.Xr zheli-rules 1\nand\n.Xr zheli-explain 1 ."
	print ".Sh LIST"
}

/^DIAG\(/ { rest = ""; inside = 1 }
inside {
	line = $0
	sub(/^[ \t]+/, "", line)
	rest = rest " " line
	if ($0 ~ /"\)$/) {
		inside = 0
		entry()
	}
}

END {
	if (failed)
		exit 1
	print ".El"
	print ".Sh SEE ALSO\n.Xr zheli-check 1 ,\n.Xr zheli-explain 1 ,"
	print ".Xr zheli-content 5 ,\n.Xr zheli-template 5"
}
