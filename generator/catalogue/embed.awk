# Turns SQL into C: a mode that begins with queries makes QUERY(name, "text") of
# each "-- name:" block, any other mode one string literal. Comments are left
# out.
function literal(line) {
	gsub(/\\/, "\\\\", line); gsub(/"/, "\\\"", line)
	return "\"" line "\\n\""
}
mode ~ /^queries/ && /^-- name: / {
	if (name) print ")"
	name = $3; printf "QUERY(%s,\n", name; next
}
# Who sees what of its answers stays with a query: see reads.h.
mode ~ /^queries/ && /^-- (about|around|shows): / { print literal($0); next }
/^ *--/ || /^ *$/ { next }
{ sub(/ *-- .*$/, ""); if (mode !~ /^queries/ || name) print literal($0) }
END { if (mode ~ /^queries/ && name) print ")" }
