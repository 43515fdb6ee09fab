# SPDX-License-Identifier: MIT
# A repository with a random history, as a stream for git fast-import:
# awk -v seed=N -v commits=N -f repository.awk | git fast-import
#
# Commits go to main and to branches beside it. A commit adds, edits, removes,
# renames (with and without edits), copies, re-adds what was removed, turns
# files into links, folders and back, changes modes, or does nothing; branches
# are merged, several at a time too, and so are ones without a common root.

function random(n) { return int(rand() * n) }

# -- blobs: a text is a list of line numbers joined by commas ------------------
function blob(text,    lines, n, i, out) {
	if (text in mark)
		return mark[text]
	mark[text] = ++marks
	n = split(text, lines, ",")
	out = ""
	for (i = 1; i <= n; i++)
		out = out words[lines[i] % 40] " " lines[i] "\n"
	if (text ~ /^link/)
		out = text
	printf "blob\nmark :%d\ndata %d\n%s\n", marks, length(out), out
	return marks
}

function new_text(    n, i, text) {
	n = random(8) == 0 ? random(3) : 4 + random(30)
	for (i = 0; i < n; i++)
		text = text (i ? "," : "") random(4000)
	return text
}

# A record's lines are mostly the same in all records.
function boiler_text(    i, text) {
	for (i = 0; i < 14; i++)
		text = text (i ? "," : "") (random(5) ? i : random(4000))
	return text
}

function edit(text,    lines, n, i, out, every) {
	n = split(text, lines, ",")
	every = 1 + random(6)
	for (i = 1; i <= n; i++)
		if (random(every) == 0)
			lines[i] = random(4000)
	if (random(3) == 0)
		lines[++n] = random(4000)
	for (i = 1; i <= n; i++)
		out = out (i > 1 ? "," : "") lines[i]
	return out
}

# -- the files of a branch: at[branch, path] = "mode text" ---------------------
function new_path(    folder, name) {
	folder = folders[random(folder_count)]
	name = names[random(name_count)]
	return folder "/" name
}

# Nothing may stand at a folder of the path, nor below it.
function put(branch, path, mode, text,    p, list, i, count) {
	count = list_files(branch, list)
	for (i = 0; i < count; i++)
		if (index(path "/", list[i] "/") == 1 ||
		    index(list[i] "/", path "/") == 1)
			delete at[branch, list[i]]
	at[branch, path] = mode " " text
}

function list_files(branch, list,    key, parts, count) {
	count = 0
	for (key in at) {
		split(key, parts, SUBSEP)
		if (parts[1] == branch)
			list[count++] = parts[2]
	}
	sort_list(list, count)
	return count
}

# for (key in …) has no order that could be repeated.
function sort_list(list, count,    i, j, x) {
	for (i = 1; i < count; i++) {
		x = list[i]
		for (j = i; j > 0 && list[j - 1] > x; j--)
			list[j] = list[j - 1]
		list[j] = x
	}
}

function mutate(branch,    list, count, path, to, kind, text, mode) {
	count = list_files(branch, list)
	if (count < 3) {
		put(branch, new_path(), "100644", boiler_text())
		return
	}
	kind = random(13)
	path = list[random(count)]
	mode = substr(at[branch, path], 1, 6)
	text = substr(at[branch, path], 8)
	to = new_path()
	if (kind <= 2) {
		put(branch, to, "100644",
		    random(2) ? boiler_text() : new_text())
	} else if (kind == 3) {
		gone[gone_count++] = path "\t" at[branch, path]
		delete at[branch, path]
	} else if (kind == 4 && gone_count > 0) {
		to = gone[random(gone_count)]
		path = to
		sub(/\t.*/, "", path)
		sub(/^[^\t]*\t/, "", to)
		put(branch, path, substr(to, 1, 6), substr(to, 8))
	} else if (kind == 5) {
		delete at[branch, path]
		put(branch, to, mode, text)
	} else if (kind == 6 && mode != "120000") {
		delete at[branch, path]
		put(branch, to, mode, edit(text))
	} else if (kind == 7) {
		sub(/.*\//, "", path)
		sub(/[^\/]*$/, "", to)
		put(branch, to path, mode, text)
	} else if (kind == 8) {
		put(branch, path, mode == "100644" ? "100755" : "100644",
		    mode == "120000" ? new_text() : text)
	} else if (kind == 9) {
		put(branch, path, "120000", "link" random(5))
	} else if (kind == 10) {
		put(branch, path "/inside.md", "100644", boiler_text())
	} else if (mode != "120000") {
		put(branch, path, mode, edit(text))
	}
}

# -- commits -------------------------------------------------------------------
function commit(branch, others,    i, n, list, parts, who, when) {
	n = list_files(branch, list)
	for (i = 0; i < n; i++)
		list[i] = substr(at[branch, list[i]], 1, 6) " :" \
		    blob(substr(at[branch, list[i]], 8)) " " list[i]
	# A commit's own times go back and forth.
	when = 1600000000 + random(100000000)
	who = "A <a@example.org> " when " +0800"
	printf "commit refs/heads/%s\nmark :%d\n", branch, ++marks
	printf "author %s\ncommitter %s\ndata 1\nm\n", who, who
	if (branch in head)
		printf "from :%d\n", head[branch]
	split(others, parts, " ")
	for (i = 1; i in parts; i++)
		printf "merge :%d\n", head[parts[i]]
	print "deleteall"
	for (i = 0; i < n; i++)
		print "M " list[i]
	print ""
	head[branch] = marks
}

function branch_off(    name, list, count, i) {
	name = "side" ++sides
	branches[branch_count++] = name
	# Sometimes it shares nothing with main.
	if (random(6) == 0)
		return name
	head[name] = head["main"]
	printf "reset refs/heads/%s\nfrom :%d\n\n", name, head["main"]
	count = list_files("main", list)
	for (i = 0; i < count; i++)
		at[name, list[i]] = at["main", list[i]]
	return name
}

# The first keeps its files; those of the others are taken or not.
function merge(branch, others,    parts, i, j, list, count) {
	split(others, parts, " ")
	for (i = 1; i in parts; i++) {
		count = list_files(parts[i], list)
		for (j = 0; j < count; j++)
			if (random(3))
				put(branch, list[j],
				    substr(at[parts[i], list[j]], 1, 6),
				    substr(at[parts[i], list[j]], 8))
	}
	commit(branch, others)
}

function some_branches(    i, out, seen, name) {
	for (i = 1 + random(3); i > 0 && branch_count > 0; i--) {
		name = branches[random(branch_count)]
		if (!(name in seen) && name in head)
			out = out (out ? " " : "") name
		seen[name] = 1
	}
	return out
}

BEGIN {
	srand(seed)
	split("title summary unit people funding ip paper basis note number " \
	    "category type highland field keyword state owner role order " \
	    "share place date body text table list item link image figure " \
	    "alpha beta gamma delta epsilon zeta eta theta iota kappa", words)
	folder_count = split("content/achievements/lab content/achievements/" \
	    "tic content/dossiers/lab content/units content/a content " \
	    "outside content/achievements/演示", folders)
	for (i = 1; i <= folder_count; i++)
		folders[i - 1] = folders[i]
	name_count = split("one.md;two.md;three.md;index.md;four.md;" \
	    "five.md;six.md;成果.md;with space.md;a;a.b;a-b", names, ";")
	for (i = 1; i <= name_count; i++)
		names[i - 1] = names[i]
	words[0] = "none"
	for (i = 0; i < 12; i++)
		mutate("main")
	commit("main", "")
	for (c = 1; c < commits; c++) {
		what = random(10)
		branch = "main"
		if (what < 3 && branch_count > 0)
			branch = branches[random(branch_count)]
		else if (what == 3 && branch_count < 5)
			branch = branch_off()
		if (what == 4 && (others = some_branches()) != "") {
			merge("main", others)
			continue
		}
		if (what == 5 && branch_count > 0) {
			merge(branches[random(branch_count)], "main")
			continue
		}
		# Nothing, one thing, several, or a great many at once.
		n = random(12) == 0 ? 40 : random(4)
		while (n-- > 0)
			mutate(branch)
		commit(branch, "")
	}
}
