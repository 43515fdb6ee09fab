# SPDX-License-Identifier: MIT
# Turns a registry that generate.awk wrote into content for Hugo:
#
#   cd REGISTRY/content && awk -v out=DIR -f content.awk
#
# Front matter and bodies go over as they are. What zheli joins from other
# records (the dossier, the publications, the list of decisions) is written
# into each achievement, so that Hugo need not look for it.

function files(pattern, list,   command, count) {
	command = "find " pattern " -name '*.md' | LC_ALL=C sort"
	while ((command | getline list[count + 1]) > 0)
		count++
	close(command)
	return count
}

# The front matter of a file, and its body in `body`.
function front(path,   line, text, fences) {
	body = ""
	while ((getline line < path) > 0) {
		if (line == "---" && fences < 2)
			fences++
		else if (fences < 2)
			text = text line "\n"
		else
			body = body line "\n"
	}
	close(path)
	return text
}

# The value of a key of the outer map.
function value(text, key,   at) {
	at = index("\n" text, "\n" key ": ")
	if (at == 0)
		return ""
	text = substr(text, at + length(key) + 2)
	return substr(text, 1, index(text, "\n") - 1)
}

# The value of a key in a map in braces.
function member(map, key) {
	if (!match(map, "[{ ]" key ": [^,}]*"))
		return ""
	map = substr(map, RSTART, RLENGTH)
	return substr(map, index(map, ": ") + 2)
}

function save(path, text) {
	printf "%s", text > path
	close(path)
}

function publications(folder, kind,   list, count, at, text, lines, n, k, id) {
	count = files(folder, list)
	for (at = 1; at <= count; at++) {
		text = front(list[at])
		save(out "/" list[at], "---\n" text "---\n" body)
		n = split(text, lines, "\n")
		for (k = 1; k <= n; k++) {
			if (!match(lines[k], /achievement: [^,}]*/))
				continue
			id = substr(lines[k], RSTART + 13, RLENGTH - 13)
			shown[id] = shown[id] "  - {kind: " kind ", title: " \
			    value(text, "title") ", href: /" \
			    substr(list[at], 1, length(list[at]) - 3) \
			    "/, date: " value(text, "date") "}\n"
		}
	}
}

function decision(map, label, note,   text) {
	if (map == "")
		return ""
	text = "  - {date: " (member(map, "date") != "" ? \
	    member(map, "date") : member(map, "entered")) ", label: " label
	if (member(map, "by") != "")
		text = text ", by: " member(map, "by")
	return text (note == "" ? "" : ", note: " note) "}\n"
}

function history(dossier,   text, lines, n, k) {
	text = decision(value(dossier, "received"), "收件") \
	    decision(value(dossier, "secrecy_review"), "保密复核", "通过") \
	    decision(value(dossier, "registration"), "登记", \
	    member(value(dossier, "registration"), "no")) \
	    decision(value(dossier, "rights_review"), "权属审查", "通过")
	n = split(dossier, lines, "\n")
	for (k = 1; k <= n; k++)
		if (lines[k] ~ /^  - \{kind: /)
			text = text decision(lines[k], "评价", \
			    member(lines[k], "conclusion"))
	return text decision(value(dossier, "library"), "入库", \
	    member(value(dossier, "library"), "decision")) \
	    decision(value(dossier, "visit"), "现场调研") \
	    decision(value(dossier, "confirmation"), "评估确认")
}

# The lists that an achievement is in, as terms.
function terms(text, dossier, entered,   city, year, members, rest) {
	match(text, /place: [0-9]+/)
	city = substr(text, RSTART + 7, 4) "00"
	year = substr(entered, 1, 4)
	rest = text
	while (match(rest, /, unit: [a-z0-9-]+, place/)) {
		members = members (members == "" ? "" : ", ") \
		    substr(rest, RSTART + 8, RLENGTH - 15)
		rest = substr(rest, RSTART + RLENGTH)
	}
	return "months: [\"" substr(entered, 1, 7) "\"]\n" \
	    "registered: [\"" substr(member(value(dossier, "registration"), \
	    "date"), 1, 7) "\"]\nmembers: [" members "]\n" \
	    "cities: [\"" city "\"]\n" \
	    "categories: [" value(text, "category") "]\n" \
	    "highlands: [" member(value(text, "field"), "highland") "]\n" \
	    "years: [\"" city "-" year "\", \"" value(text, "category") "-" \
	    year "\", \"" member(value(text, "field"), "highland") "-" year \
	    "\"]\n"
}

function achievement(path,   text, page, dossier, entered, id, inner) {
	text = front(path)
	page = body
	id = path
	sub(/^achievements\//, "", id)
	dossier = front("dossiers/" id)
	sub(/\.md$/, "", id)
	entered = member(value(dossier, "library"), "entered")
	inner = "  " dossier
	gsub(/\n/, "\n  ", inner)
	sub(/ +$/, "", inner)
	# To Hugo's YAML, `no` is false and 201810000003.3 is a number.
	gsub(/\n    no: [0-9.X]+/, "&\"", text)
	gsub(/\n    no: /, "\n    number: \"", text)
	gsub(/\{no: /, "{number: ", inner)
	save(out "/" path, "---\n" text "date: " entered "\nstate: " \
	    (id in shown ? "已发布" : "已入库") "\n" \
	    terms(text, dossier, entered) \
	    "dossier:\n" inner "history:\n" history(dossier) \
	    (id in shown ? "publications:\n" shown[id] : "") "---\n" page)
}

BEGIN {
	system("mkdir -p " out " && find bulletins releases rankings " \
	    "achievements -type d -exec mkdir -p " out "/{} \\;")
	publications("bulletins", "月报")
	publications("releases", "发布")
	publications("rankings", "年度榜单")
	count = files("achievements", list)
	for (at = 1; at <= count; at++)
		achievement(list[at])
	count = files("units", list)
	for (at = 1; at <= count; at++) {
		name = list[at]
		sub(/^units\//, "", name)
		sub(/\.md$/, "", name)
		system("mkdir -p " out "/members/" name)
		text = front(list[at])
		save(out "/members/" name "/_index.md", "---\ntitle: " \
		    value(text, "name") "\n" text "---\n" body)
	}
}
