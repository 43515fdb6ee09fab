#!/bin/bash
# SPDX-License-Identifier: MIT
# What catalogue.csv says of a rule with asserts must be what they say: it binds
# one of those whom they bind, and its severity is their highest. Names each
# rule of which that is not so.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Rule, whom it binds, role, of each assert and report that is not off.
asserts()
{
	cat schemas/rules/*.sch | awk -v RS='<' '
	function attribute(name,   text) {
		if (!match($0, "[ \n\t]" name "=\"[^\"]*\""))
			return ""
		text = substr($0, RSTART, RLENGTH)
		sub(/^[^"]*"/, "", text); sub(/"$/, "", text)
		return text
	}
	function either(a, b) { return a != "" ? a : b }
	/^pattern[ \n>]/ {
		pattern = attribute("z:binds")
		abstract = attribute("abstract") == "true" ? attribute("id") : ""
		if (attribute("is-a") != "")
			users[attribute("is-a")] = users[attribute("is-a")] \
			    " " pattern
	}
	/^rule[ \n>]/ { rule = either(attribute("z:binds"), pattern) }
	/^(assert|report)[ \n>]/ && attribute("role") != "off" {
		n++
		id[n] = either(attribute("z:rule"), attribute("id"))
		binds[n] = either(attribute("z:binds"), rule)
		of[n] = abstract
		role[n] = attribute("role")
	}
	END {
		for (i = 1; i <= n; i++) {
			count = split(either(binds[i], users[of[i]]), who, " ")
			for (j = 1; j <= count; j++)
				print "INSERT INTO told VALUES (\047" id[i] \
				    "\047, \047" who[j] "\047, \047" role[i] "\047);"
		}
	}'
}

csv=$(mktemp)
trap 'rm -f "$csv"' EXIT
sed '/^#/d' schemas/rules/catalogue.csv >"$csv"
wrong=$({
	echo 'CREATE TABLE told (id, binds, role);'
	echo 'CREATE TABLE rank (role, place);'
	echo "INSERT INTO rank VALUES ('notice', 1), ('warning', 2), ('error', 3);"
	printf '%s\n' .mode\ csv ".import $csv listed" '.mode list'
	asserts
	cat <<-'END'
	SELECT l.id || ': binds ' || l.binds || ', its asserts '
	    || group_concat(DISTINCT t.binds)
	  FROM listed l JOIN told t USING (id) GROUP BY l.id
	  HAVING NOT max(t.binds = l.binds);
	SELECT l.id || ': severity ' || l.severity || ', of its asserts '
	    || r.role
	  FROM listed l JOIN rank r ON r.place = (SELECT max(place)
	    FROM told t JOIN rank USING (role) WHERE t.id = l.id)
	  WHERE l.severity <> r.role;
	END
} | sqlite3 -batch :memory:)
[ -z "$wrong" ] || { echo "$wrong"; exit 1; }
