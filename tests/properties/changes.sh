# SPDX-License-Identifier: MIT
# Random changes to a registry, one after the other, for tests/properties/run:
# whatever people do to records, right and wrong. Sourced in the registry, which
# is a git repository; `$work` is a folder beside it.

# some FOLDER: a file of the registry below content/FOLDER, by chance.
some()
{
	git ls-files -co --exclude-standard "content/$1" | LC_ALL=C sort |
	    awk -v r="$(few 1000000)" '{ file[NR] = $0 }
	    END { if (NR > 0) print file[r % NR + 1] }'
}

achievement() { some 'achievements/*.md'; }

# alter N: the N-th of the changes to records and what stands beside them. It says
# what it did.
alter()
{
	local a b n=$1
	a=$(achievement) b=$(achievement)
	echo "change $n: $a $b"
	case $n in
	0) rm -f "$a" ;;
	1) rm -f "$(some dossiers)" ;;
	2) rm -f "$(some units)" ;;
	3) cp "$a" "${b%.md}-again.md" ;;
	4) sed -i "s/^title: .*/$(grep -m 1 '^title: ' "$b" | tr -d '&/')/" "$a" ;;
	5) sed -i 's/^submitted: .*/submitted: 2026-06-29/' "$a" ;;
	6) echo 'no: [' >"$a" ;;
	7) mv "$a" "${b%.md}-moved.md" 2>/dev/null ;;
	8) sed -i '/^library:/d' "$(some dossiers)" ;;
	9) sed -i "s/^name: .*/name: 演示改名单位$(number)/" "$(some units)" ;;
	10) sed -i '/^  - achievement:/d' "$(some bulletins)" ;;
	11) cp "$(some dossiers)" "$(some dossiers)" 2>/dev/null ;;
	12) ln -sf /etc/passwd "${a%.md}-link.md" ;;
	13) sed -i 's/^date: .*/date: 2030-01-01/' "$(some bulletins)" ;;
	14) sed -i "s/^title: .*/title: 演示第 $(number) 号成果/" "$a" ;;
	15) git checkout -q -f HEAD -- content ;;
	16) mkdir -p "${a%.md}" && printf 'x\n' >"${a%.md}/note-$(number).txt" ;;
	17) rm -f "$(some 'achievements/*/*/*')" ;;
	18) sed -i "s/^kind: .*/kind: 企业/" "$(some units)" ;;
	19) mkdir -p content/bulletins
		sed "s/^issue: .*/issue: $(number)/" "$(some bulletins)" \
		    >"content/bulletins/202$(few 5)-0$((1 + $(few 9))).md" ;;
	20) sed -i 's/^  result: .*/  result: 不通过/' "$(some dossiers)" ;;
	21) sed -i "s/^  no: .*/  no: 演示-2026-$(number)/" "$(some dossiers)" ;;
	22) touch "$a" "$b" ;;
	23) printf '\n[另见](/units/%s.md)\n' "$(basename "$(some units)" .md)" >>"$a" ;;
	24) rm -f "$(some releases)" ;;
	25) sed -i 's/^  entered: .*/  entered: 2026-06-01/' "$(some dossiers)" ;;
	26) git mv "$a" "${a%.md}-renamed.md" 2>/dev/null ;;
	27) sed -i "s/^    no: .*/$(grep -m 1 '^    no: ' "$b" | tr -d '&/')/" "$a" ;;
	28) sed -i "s/^summary: /summary: 另/" "$(some pages)" ;;
	esac 2>/dev/null
	return 0
}

# One of them; now and then what was changed is committed, or undone.
change()
{
	local n
	n=$(few 29)
	alter "$n"
	[ "$(few 3)" -ne 0 ] && return 0
	case $(few 8) in
	0) git add -A && git revert -q --no-edit HEAD ;;
	*) git add -A && git commit -q --allow-empty -m "$n" ;;
	esac >/dev/null 2>&1
	git reset -q --hard 2>/dev/null
	return 0
}

# Everything a catalogue holds after a check, records by their paths: numbers
# may differ, and what tables for pages hold is seen on the pages.
dump()
{
	sqlite3 "$1" "SELECT 'SELECT ''' || s.name || ''', ' || group_concat(
	      CASE WHEN s.name = 'file' AND c.name = 'status' THEN '0'
	      WHEN c.name IN ('record', 'dossier') THEN
		'(SELECT path FROM record x WHERE x.record = t.' || c.name ||
		')'
	      ELSE 'quote(t.' || c.name || ')' END) || ' FROM ' || s.name ||
	      ' t;'
	    FROM sqlite_schema s, pragma_table_info(s.name) c
	    WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%'
	      AND s.name NOT IN ('researcher', 'researcher_work', 'offer',
	      'public_project', 'list_part', 'search_row', 'workday_span',
	      'account', 'event', 'period', 'figure', 'finding', 'parameter',
	      'round', 'target', 'rule_count', 'worked_out', 'input')
	    GROUP BY s.name" | sqlite3 "$1" | LC_ALL=C sort
}
