# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What people do to records, right and wrong, by chance (chance.sh): each function
# below prints one command, to be run in the registry, whose sites are in ../site.
# For play.sh. Commands name files and lines as they are now, so that each can be
# run, read and left out by itself. edits_around.sh has those that change what
# stands around records; edit, at its end, chooses.

# there PATHSPEC: a file of the registry that is there, by chance.
there()
{
	local files
	mapfile -t files < <(git ls-files -co --exclude-standard "$@" |
	    LC_ALL=C sort -u | while read -r file; do
		[ ! -f "$file" ] || echo "$file"
	done)
	[ ${#files[@]} -gt 0 ] && one "${files[@]}"
}

record() { there 'content/achievements/*.md'; }
dossier() { there 'content/dossiers/*.md'; }
attachment() { there 'content/achievements/*/*/*'; }
other_kind()
{
	there "content/$(one bulletins releases rankings projects pages)/*.md"
}
anything() { there "content/$(one units bulletins releases rankings projects \
    pages achievements dossiers)/*.md"; }

unit()
{
	local file
	file=$(there 'content/units/*.md') && basename "$file" .md
}

# with THING COMMAND: the command, in which FILE is one of these, STEM that without
# its ending and DOSSIER what the office has decided on it.
with()
{
	local file command=$2
	file=$("$1") || return
	command=${command//FILE/"$file"}
	command=${command//STEM/"${file%.md}"}
	echo "${command//DOSSIER/"${file/achievements/dossiers}"}"
}

# line FILE PATTERN: the number of a line of the file that it matches.
line()
{
	local lines
	mapfile -t lines < <(grep -n "$2" "$1" | cut -d : -f 1)
	[ ${#lines[@]} -gt 0 ] && one "${lines[@]}"
}

# on FILE PATTERN SCRIPT: an edit of one line.
on()
{
	local at
	at=$(line "$1" "$2") || return
	echo "sed -i '$at$3' $1"
}

# A day of the years 2020 to 2026.
some_day() { echo "202$(few 7)-0$((1 + $(few 9)))-1$(few 10)"; }

# field FILE NAME…: one of these fields, at the outermost level, goes with all
# that is in it.
field_away()
{
	local file=$1 field
	shift
	field=$(one "$@")
	echo "sed -i '/^$field:/,/^[a-z-]/{/^$field:/d;/^ /d}' $file"
}

# -- records ------------------------------------------------------------------
edit_title()
{
	with record "sed -i 's/^title: .*/title: 演示第 $(number) 号成果/' FILE"
}

edit_title_of_another()
{
	local file of
	file=$(record) && of=$(record) || return
	on "$file" '^title: ' "s/.*/$(grep -h -m 1 '^title: ' "$of" |
	    tr -d "&/'")/"
}

edit_summary()
{
	with record "sed -i 's/^summary: /summary: 另据测算，/' FILE"
}

edit_body()
{
	with anything "printf '\\n又一段，%d。\\n' $(number) >>FILE"
}

edit_link()
{
	local to file
	to=$(there 'content/units/*.md' 'content/achievements/*.md') &&
	    file=$(anything) || return
	echo "printf '\\n[另见](/${to#content/})\\n' >>$file"
}

# The same length at the same time of day: what a file system tells of it says
# nothing.
edit_unseen()
{
	with anything "touch -r FILE ../time; \
sed -i '2s/: \(.\)\(.\)/: \2\1/' FILE; touch -r ../time FILE"
}

edit_touch() { with record 'touch FILE'; }

edit_field_away()
{
	local file fields
	file=$(anything) || return
	mapfile -t fields < <(sed -n 's/^\([a-z_]*\):.*/\1/p' "$file")
	[ ${#fields[@]} -gt 0 ] && field_away "$file" "${fields[@]}"
}

edit_line_away() { on "$(anything)" '^  ' d; }

edit_date()
{
	on "$(anything)" '20[0-9][0-9]-[01][0-9]-[0-3][0-9]' \
	    "s/20[0-9][0-9]-[01][0-9]-[0-3][0-9]/$(some_day)/"
}

edit_category()
{
	on "$(record)" '^category: ' \
	    "s/: .*/: $(one 基础研究 技术攻关 重大应用)/"
}

edit_number()
{
	on "$(there 'content/achievements/*.md' 'content/dossiers/*.md')" \
	    '^ *no: ' "s/no: .*/no: 演示-2026-$(few 20)/"
}

# A person does not want to be named any more, or does.
edit_consent()
{
	on "$(record)" ' {order: .*role: ' "$(one 's/, consent: {[^}]*}//' \
	    "s/}$/, consent: {on: $(some_day), by: 本人}}/")"
}

# -- decisions ----------------------------------------------------------------
edit_result() { on "$(dossier)" 'result: ' 's/result: .*/result: 不通过/'; }

# One more decision, at the end of what stands before the note.
decide()
{
	local file date by='by: 演示科技管理办公室'
	file=$(dossier) || return
	date=$(some_day)
	echo "sed -i '2,/^---\$/s/^---\$/$(one \
	    "withdrawn: {date: $date, $by, reason: 演示撤回}" \
	    "returned: {date: $date, $by, reason: 演示退回}" \
	    "disputes:\\n  - {raised: $date, matter: 演示争议}" \
	    "progress:\\n  - {date: $date, text: 演示进展}" \
	    "follow_ups:\\n  - {date: $date, $by, kind: 跟踪评价, result: 演示}" \
	    "errata:\\n  - {no: 1, date: $date, text: 演示更正}" \
	    "award_pool: {entered: $date, for: 演示奖}" \
	    "waivers:\\n  - {rule: $(one P-01 Z-03 Z-04 D-02), reason: 演示, $by, until: $date}" \
	    )\\n---/' $file"
}

# A decision goes; what was decided when the record came in stays.
revoke()
{
	local file fields
	file=$(dossier) || return
	mapfile -t fields < <(sed -n '/^received/d; s/^\([a-z_]*\):.*/\1/p' "$file")
	[ ${#fields[@]} -gt 0 ] && field_away "$file" "${fields[@]}"
}

# -- files --------------------------------------------------------------------
# A record that is good: no number of another's in it, and the office has decided
# as it did on the other.
add_record()
{
	local from to no
	from=$(record) || return
	no=$((100000 + $(number))) to=${from%/*}/added-$no.md
	echo "sed 's/^title: .*/title: 演示新增第 $no 号/;" \
	    "/^ip:/,/^[a-hj-z]/{/^ip:/d;/^ /d}' $from >$to;" \
	    "sed 's/Y[0-9]\\{4,\\}, date/Y$no, date/; s/no: 演示库[^,]*/no: 演示库$no/'" \
	    "${from/achievements/dossiers} >${to/achievements/dossiers}"
}

add_copy() { with anything 'cp FILE STEM-again.md'; }

# A monthly that is as it should be, and a release of another quarter.
add_monthly()
{
	local item month
	item=$(record) || return
	item=${item#content/achievements/} month=202$((5 + $(few 2)))-0$((1 + $(few 9)))
	echo "mkdir -p content/bulletins; printf '%s\n' --- 'title: 演示月报'" \
	    "'issue: $((1 + $(few 12)))' 'total: $((1 + $(few 99)))' 'date: $month-28'" \
	    "items: '  - {achievement: ${item%.md}, progress: 演示进展," \
	    "progress_date: $month-0$((1 + $(few 9)))}' 'to: [省委, 省政府]'" \
	    "'cc: [省委科技强省建设领导小组成员单位, 设区市党委、政府, 省实验室、重点高校院所]'" \
	    "'public: true' --- '' 演示。 >content/bulletins/$month.md"
}

add_quarterly()
{
	local from year quarter
	from=$(there 'content/releases/*-q*.md') || return
	year=202$(few 7) quarter=$((1 + $(few 4)))
	echo "sed 's/^quarter: .*/quarter: $year-Q$quarter/;" \
	    "s/^title: .*/title: $year年第$quarter季度发布/' $from" \
	    ">content/releases/$year-q$quarter.md"
}

add_page()
{
	local from
	from=$(there 'content/pages/*.md') || return
	echo "mkdir -p content/pages/new; sed 's/^title: .*/title: 新页 $(number)/'" \
	    "$from >content/pages/new/page-$(few 9).md"
}

add_attachment()
{
	with record "mkdir -p STEM; \
printf 'a,b\\n1,$(number)\\n' >STEM/data-$(few 3).csv"
}

# A picture, and a place in the text that shows it.
add_figure()
{
	local file
	file=$(record) || return
	set -- "$(basename "$file" .md)/figure.png"
	echo "mkdir -p ${file%.md}; cp ../figure.png ${file%/*}/$1;" \
	    "printf '\\n![演示图]($1)\\n' >>$file"
}

edit_attachment() { with attachment "echo 2,$(number) >>FILE"; }
delete_attachment() { with attachment 'rm FILE'; }

rename_attachment()
{
	local file
	file=$(attachment) || return
	echo "mv $file ${file%/*}/other-${file##*/}"
}

# moved FROM TO: a record goes with its attachments and its dossier.
moved()
{
	echo "mkdir -p ${2%/*}; [ ! -d ${1%.md} ] || mv ${1%.md} ${2%.md};" \
	    "mv $1 $2; mv ${1/achievements/dossiers} ${2/achievements/dossiers}"
}

rename_record()
{
	local file
	file=$(record) || return
	moved "$file" "${file%/*}/renamed-$(number).md"
}

rename_anything() { with anything 'mv FILE STEM-moved.md'; }

move_to_another_unit()
{
	local file to
	file=$(record) && to=$(unit) || return
	echo "mkdir -p content/dossiers/$to;" \
	    "sed -i 's/^submitter: .*/submitter: $to/' $file;" \
	    "$(moved "$file" "content/achievements/$to/${file##*/}")"
}

# The text of one record stands at the address of another, and back.
swap_records()
{
	local a b
	a=$(record) && b=$(record) || return
	echo "cp $a ../swap; cp $b $a; cp ../swap $b"
}

# The same of the files themselves, with what the office decided on them.
exchange_records()
{
	local a b
	a=$(record) && b=$(record) || return
	a=${a#content/achievements/} b=${b#content/achievements/}
	echo "for kind in achievements dossiers; do mv content/\$kind/$a ../swap;" \
	    "mv content/\$kind/$b content/\$kind/$a; mv ../swap content/\$kind/$b; done"
}

# A unit has another name in all addresses, and in all that names it.
rename_unit()
{
	local old new
	old=$(unit) || return
	new=${old%-renamed*}-renamed$(few 9)
	echo "mv content/units/$old.md content/units/$new.md;" \
	    "for kind in achievements dossiers; do" \
	    "mv content/\$kind/$old content/\$kind/$new; done;" \
	    "grep -rlZ '$old' content | xargs -0 sed -i 's/$old\\b/$new/g'"
}

delete_record() { with record 'rm -rf FILE STEM DOSSIER'; }
delete_anything() { with anything 'rm -f FILE'; }

delete_unit()
{
	local unit
	unit=$(unit) || return
	echo "rm -rf content/units/$unit.md content/achievements/$unit" \
	    "content/dossiers/$unit"
}

spoil()
{
	local file
	file=$(anything) || return
	one "echo 'no: [' >$file" ": >$file" "printf '\\377\\n' >>$file" \
	    "ln -sf /etc/passwd ${file%.md}-link.md" \
	    "rm -f $file; mkdir $file" "sed -i 1d $file"
	echo
}

# What editors leave beside a file, and a folder with nothing in it.
leftovers()
{
	local file
	file=$(anything) || return
	one "cp $file $file~" "cp $file ${file%/*}/.${file##*/}.swp" \
	    "mkdir -p ${file%.md}" "rm -f ${file%/*}/*~ ${file%/*}/.*.swp"
	echo
}

# All files are others, with the same bytes and times: a copy took their place.
copy_content() { echo "cp -a content ../copy; rm -rf content; mv ../copy content"; }

# -- what stands beside records -------------------------------------------------
edit_unit()
{
	local file
	file=$(there 'content/units/*.md') || return
	one "sed -i 's/^name: .*/name: 演示改名单位$(number)/' $file" \
	    "sed -i 's/^kind: .*/kind: $(one 高校 科研院所 省实验室 行业协会)/' $file" \
	    "sed -i 's/^place: .*/place: $(one 330106 330212 331002)/' $file" \
	    "sed -i 's/^submitter: .*/submitter: $(one true false)/' $file" \
	    "sed -i 's/^platform: .*/platform: $(one true false)/' $file"
	echo
}

edit_items() { on "$(other_kind)" '^  - ' d; }

add_private()
{
	echo "zheli new --lang en --private ../private --force" \
	    "$(one expert credit panel sanction) demo-$(few 3)"
}

edit_private()
{
	local files
	mapfile -t files < <(find ../private -name '*.md' | LC_ALL=C sort)
	[ ${#files[@]} -gt 0 ] || { add_private; return; }
	set -- "$(one "${files[@]}")"
	one "rm $1" "printf '\\n又一段。\\n' >>$1" \
	    "$(on "$1" '20[0-9][0-9]-' "s/20[0-9][0-9]-/202$(few 9)-/")"
	echo
}
