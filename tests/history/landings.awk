# SPDX-License-Identifier: MIT
# Reads `git log --first-parent --reverse --raw -M --format='commit %H %ct'` and
# prints for every file that is there at the end the commit (12 digits) with
# which its stay began: by the rules that source/history.h states, and by other
# means than the program's.

function name_of(path) { sub(/.*\//, "", path); return path }

# What goes, goes first: a file may take the name of one that is renamed.
function settle(    i) {
	for (i = 0; i < count; i++) {
		if (kind[i] == "R")
			moved[i] = stay[old[i]]
		if (kind[i] == "R" || kind[i] == "D")
			delete stay[old[i]]
		if (kind[i] == "D") {
			ended[path[i]] = begun[path[i]]
			bytes[path[i]] = before[i]
		}
	}
	for (i = 0; i < count; i++) {
		if (kind[i] == "A")
			stay[path[i]] = path[i] in bytes &&
			    bytes[path[i]] == after[i] ? ended[path[i]] : commit
		else if (kind[i] == "R")
			stay[path[i]] = before[i] == after[i] ||
			    name_of(old[i]) == name_of(path[i]) ? moved[i] : commit
	}
	# Only a deletion that was the last thing to happen is taken back.
	for (i = 0; i < count; i++) {
		if (kind[i] != "D")
			delete bytes[path[i]]
		if (kind[i] == "R")
			delete bytes[old[i]]
		begun[path[i]] = stay[path[i]]
		if (kind[i] == "D")
			delete stay[path[i]]
	}
	count = 0
}

BEGIN { FS = "\t" }
/^commit / { settle(); commit = substr($0, 8, 12); next }
{
	split($1, words, " ")
	before[count] = words[3]
	after[count] = words[4]
	kind[count] = substr(words[5], 1, 1)
	old[count] = $2
	path[count] = kind[count] == "R" ? $3 : $2
	count++
}
END {
	settle()
	for (file in stay)
		print file "\t" stay[file]
}
