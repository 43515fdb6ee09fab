# SPDX-License-Identifier: MIT
# Reads the sources below generator/ and names every #include that its layer
# does not allow: ours (who may include whom), third-party headers (only in the
# .c files of one folder), and any that is not written from generator/.
# Also the order: own header first, ours, third-party, system, each sorted.

BEGIN {
	may["base"] = " base "
	may["source"] = may["model"] = may["compress"] = " base "
	may["search"] = " base compress "
	may["schema"] = may["catalogue"] = " base model "
	may["rules"] = " base model schema "
	may["render"] = " base model schema catalogue "
	may["pipeline"] = \
	    " base source model schema catalogue rules render pipeline "
	may["site"] = may["pipeline"] "compress search site "
	may["commands"] = may["main.c"] = may["site"] "commands "

	home["nettle"] = "base"
	home["git2"] = "source"
	home["yaml"] = "model"
	home["libxml"] = "schema"
	home["sqlite3"] = "catalogue"
	home["zlib"] = "source compress"
	home["brotli"] = "compress"
	home["unicode"] = "search"
	home["cmark"] = "render"
	home["qrencode"] = "render"
	home["microhttpd"] = "commands/serve"
}

function complain(text)
{
	printf "%s:%d: %s\n", FILENAME, FNR, text
	bad = 1
}

# Which library a header belongs to; "" for the system's.
function library(header,   name)
{
	for (name in home)
		if (index(header, name) == 1)
			return name
	return ""
}

function ours(header,   target)
{
	target = header
	sub(/\/.*/, "", target)
	if (!(target in may))
		complain("\"" header "\" is not written from generator/")
	else if (target != layer && index(may[layer], " " target " ") == 0)
		complain(layer " may not include \"" header "\"")
	if (file ~ /\.c$/ && header == own)
		return 1
	return 2
}

function foreign(header,   name)
{
	name = library(header)
	if (name == "")
		return 4
	if (file ~ /\.h$/)
		complain("<" header "> stands in a header")
	at_home = 0
	homes = split(home[name], places, " ")
	for (i = 1; i <= homes; i++)
		at_home += index(file, places[i] "/") == 1
	if (!at_home)
		complain("<" header "> belongs in " home[name] "/ alone")
	return 3
}

FNR == 1 {
	file = FILENAME
	sub(/^generator\//, "", file)
	layer = file
	sub(/\/.*/, "", layer)
	own = file
	sub(/\.c$/, ".h", own)
	rank = 0
	last = ""
}

/^#[ \t]*include[ \t]*["<]/ {
	header = $0
	sub(/^#[ \t]*include[ \t]*["<]/, "", header)
	sub(/[">].*/, "", header)
	# Lists and embedded files are read, not declared: no order.
	if (header ~ /\.(def|inc)$/)
		next
	now = $0 ~ /"/ ? ours(header) : foreign(header)
	if (now < rank)
		complain("\"" header "\" stands too late: own header, ours, " \
		    "third-party, system")
	else if (now == rank && header < last)
		complain("\"" header "\" is not in alphabetical order")
	rank = now
	last = header
	next
}

# A table of #include inside code begins a new order.
/^[a-z{}]/ { rank = 0; last = "" }

END { exit bad }
