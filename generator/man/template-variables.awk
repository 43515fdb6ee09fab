# SPDX-License-Identifier: MIT
# The part of zheli-template.5 that lists variables, in mdoc(7), of
# template-variables.txt and the output of `zheli template --variables`. A
# variable without words, and words without a variable, are errors.

function complain(text)
{
	print FILENAME ": " text >"/dev/stderr"
	bad = 1
}

# What is empty everywhere, but known by its name.
function put_known(text,   name, mark)
{
	for (name in known) {
		mark = known[name] == "text" ? "" : known[name] == "number" ? "#" : \
		    known[name] ~ /^list/ ? substr(known[name], 5) : ": " known[name]
		used_known[name] += replace(text, name ": nothing", name mark)
		text = replaced
	}
	if (text ~ /: nothing/)
		complain("empty on every page: " template ": " text)
	return text
}

# Puts `by` where `what` stands as a whole name; the text is in `replaced`.
function replace(text, what, by,   at, count, before)
{
	replaced = ""
	while ((at = index(text, what)) > 0) {
		before = at == 1 ? " " : substr(text, at - 1, 1)
		if (before ~ /[a-z_0-9]/) {
			replaced = replaced substr(text, 1, at)
			text = substr(text, at + 1)
			continue
		}
		replaced = replaced substr(text, 1, at - 1) by
		text = substr(text, at + length(what))
		count++
	}
	replaced = replaced text
	return count + 0
}

function words_of(name)
{
	if ((template, name) in words) {
		used[template, name] = 1
		return words[template, name]
	}
	if (("+", name) in words) {
		used["+", name] = 1
		return words["+", name]
	}
	complain("no words for " name " of " template)
	return ""
}

function begin_template(name)
{
	if (template != "")
		print ".El"
	template = name
	if (name == "*")
		print ".Ss Variables of every page"
	else if (name == ":")
		print ".Ss Forms"
	else {
		if (!is_list++) {
			print ".Ss Variables of each template"
			print ".Bl -tag -width Ds"
		}
		if (!((name) in about))
			complain("no words for the template " name)
		is_told[name] = 1
		print ".It Pa " name
		print about[name]
	}
	if (name == ":")
		print_forms = 1
	print ".Bl -tag -width " (name == "*" || name == ":" ? \
	    "styles" : "document_number") " -compact"
}

# The first file: words.
FNR == NR && /^#/ { next }
FNR == NR && /^= / {
	of = $2
	sub(/^= [^ ]+ ?/, "")
	about[of] = $0
	next
}
FNR == NR && /^\? / {
	name = $2
	sub(/^\? [^ ]+ /, "")
	known[name] = $0
	next
}
FNR == NR {
	if (split($0, part, "\t") == 2)
		words[of, part[1]] = part[2]
	else if ($0 != "")
		complain("neither words nor a variable: " $0)
	next
}

/^# / {
	if ($2 == ":") {
		print ".El"
		print ".El"
		template = ""
	}
	begin_template($2)
	next
}
/^$/ { next }
{
	rest = put_known($0)
	match(rest, /^[a-z_0-9]+/)
	name = substr(rest, 1, RLENGTH)
	rest = substr(rest, RLENGTH + 1)
	said = words_of(name)
	kind = rest ~ /^#/ ? "number" : rest ~ /^\?/ ? "true or false" : \
	    rest ~ /^\[\]/ ? "list" : rest ~ /^ \(/ ? "section" : "text"
	sub(/^(#|\?|\[\])/, "", rest)
	if (rest ~ /^: /) {
		form = substr(rest, 3)
		kind = kind == "list" ? "list of " form "s" : form
		sub(/textss$/, "texts", kind)
		rest = ""
	}
	if (template == ":")
		kind = ""
	print ".It Va " name
	sub(/^ \(/, ": ", rest)
	sub(/\)$/, "", rest)
	sub(/^: \.\.\.$/, "", rest)
	print kind (kind != "" && said != "" ? ": " : "") said \
	    (rest == "" ? "" : kind == "" && said == "" ? substr(rest, 3) : \
	    " \\(em " substr(rest, 3))
}

END {
	print ".El"
	for (key in words) {
		split(key, part, SUBSEP)
		if (!(key in used))
			complain("nothing is called " part[2] " in " part[1])
	}
	for (name in about)
		if (name !~ /^[*+:]$/ && !(name in is_told))
			complain("there is no template " name)
	for (name in known)
		if (!used_known[name])
			complain("not empty at all: " name)
	exit bad
}
