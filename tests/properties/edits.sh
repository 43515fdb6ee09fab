# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What people do to a registry, its policy and its sites, right and wrong, by
# chance: each function below prints one command, to be run in the registry,
# whose sites are in ../site. For play.sh. Commands name files and lines as they
# are now, so that each can be run, read and left out by itself.

# few N: a number below it.
few() { echo $((RANDOM % $1)); }

# one FILE…: one of them.
one()
{
	shift "$(few $#)"
	printf '%s' "$1"
}

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
other_kind()
{
	there "content/$(one bulletins releases rankings projects pages)/*.md"
}
anything() { there "content/$(one units bulletins releases rankings projects \
    pages achievements dossiers)/*.md"; }

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

# -- records ------------------------------------------------------------------
edit_title()
{
	echo "sed -i 's/^title: .*/title: 演示第 $RANDOM 号成果/' $(record)"
}

edit_title_of_another()
{
	on "$(record)" '^title: ' "s/.*/$(grep -h -m 1 '^title: ' "$(record)" |
	    tr -d "&/'")/"
}

edit_summary()
{
	echo "sed -i 's/^summary: /summary: 另据测算，/' $(record)"
}

edit_body() { echo "printf '\\n又一段，%d。\\n' $RANDOM >>$(anything)"; }

edit_link()
{
	local file
	file=$(there 'content/units/*.md' 'content/achievements/*.md')
	echo "printf '\\n[另见](/${file#content/})\\n' >>$(anything)"
}

# The same length at the same time of day: what a file system tells of it says
# nothing.
edit_unseen()
{
	local file
	file=$(anything)
	echo "touch -r $file ../time; sed -i '2s/: \(.\)\(.\)/: \2\1/'" \
	    "$file; touch -r ../time $file"
}

edit_touch() { echo "touch $(record)"; }

# A field at the outermost level goes, with all that is in it.
edit_field_away()
{
	local file fields field
	file=$(anything)
	mapfile -t fields < <(sed -n 's/^\([a-z_]*\):.*/\1/p' "$file")
	field=$(one "${fields[@]}")
	echo "sed -i '/^$field:/,/^[a-z-]/{/^$field:/d;/^ /d}' $file"
}

edit_line_away() { on "$(anything)" '^  ' d; }

edit_date()
{
	on "$(anything)" '20[0-9][0-9]-[01][0-9]-[0-3][0-9]' \
	    "s/20[0-9][0-9]-[01][0-9]-[0-3][0-9]/$((2020 + RANDOM % 7))-0$((1 +
	    RANDOM % 9))-1$(few 10)/"
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

edit_result() { on "$(dossier)" 'result: ' 's/result: .*/result: 不通过/'; }

# -- files --------------------------------------------------------------------
add_record()
{
	local from to
	from=$(record) || return
	to=${from%/*}/added-$RANDOM.md
	echo "sed 's/^title: .*/title: 演示新增第 $RANDOM 号/;" \
	    "s/no: [0-9]\\{6\\}/no: 20$(few 9)$((RANDOM % 900 + 100))/' $from >$to;" \
	    "cp ${from/achievements/dossiers} ${to/achievements/dossiers}"
}

add_copy()
{
	local file
	file=$(anything)
	echo "cp $file ${file%.md}-again.md"
}

add_issue()
{
	local from to
	from=$(there 'content/bulletins/*.md') || return
	to=content/bulletins/202$(few 7)-0$((RANDOM % 9 + 1)).md
	echo "sed 's/^issue: .*/issue: $RANDOM/' $from >$to"
}

add_page()
{
	echo "mkdir -p content/pages/new; sed 's/^title: .*/title: 新页 $RANDOM/'" \
	    "$(there 'content/pages/*.md') >content/pages/new/page-$(few 9).md"
}

add_attachment()
{
	local file
	file=$(record)
	echo "mkdir -p ${file%.md}; printf 'a,b\\n1,$RANDOM\\n'" \
	    ">${file%.md}/data-$(few 3).csv"
}

rename_record()
{
	local file to
	file=$(record) || return
	to=${file%/*}/renamed-$RANDOM.md
	echo "mv $file $to; mv ${file/achievements/dossiers}" \
	    "${to/achievements/dossiers}"
}

rename_anything()
{
	local file
	file=$(anything)
	echo "mv $file ${file%.md}-moved.md"
}

move_to_another_unit()
{
	local file unit to
	file=$(record) || return
	unit=$(basename "$(there 'content/units/*.md')" .md)
	to=content/achievements/$unit/${file##*/}
	echo "mkdir -p ${to%/*} content/dossiers/$unit;" \
	    "sed -i 's/^submitter: .*/submitter: $unit/' $file; mv $file $to;" \
	    "mv ${file/achievements/dossiers} ${to/achievements/dossiers}"
}

swap_records()
{
	local a b
	a=$(record) b=$(record)
	echo "cp $a ../swap; cp $b $a; cp ../swap $b"
}

delete_record()
{
	local file
	file=$(record)
	echo "rm -f $file ${file/achievements/dossiers}"
}

delete_anything() { echo "rm -f $(anything)"; }

delete_unit()
{
	local unit
	unit=$(basename "$(there 'content/units/*.md')" .md)
	echo "rm -rf content/units/$unit.md content/achievements/$unit" \
	    "content/dossiers/$unit"
}

spoil()
{
	local file
	file=$(anything)
	one "echo 'no: [' >$file" ": >$file" "printf '\\377\\n' >>$file" \
	    "ln -sf /etc/passwd ${file%.md}-link.md" \
	    "rm -f $file; mkdir $file" "sed -i 1d $file"
	echo
}

# -- what stands beside records -------------------------------------------------
edit_unit()
{
	local file
	file=$(there 'content/units/*.md') || return
	one "sed -i 's/^name: .*/name: 演示改名单位$RANDOM/' $file" \
	    "sed -i 's/^kind: .*/kind: $(one 高校 科研院所 省实验室 行业协会)/' $file" \
	    "sed -i 's/^place: .*/place: $(one 330106 330212 331002)/' $file" \
	    "sed -i 's/^submitter: .*/submitter: $(one true false)/' $file" \
	    "sed -i 's/^platform: .*/platform: $(one true false)/' $file"
	echo
}

edit_site()
{
	on content/site.yaml '^\(tagline\|description\|demonstration\|base_url\|title\|title_en\): ' \
	    's/$/改/'
}

edit_items() { on "$(other_kind)" '^  - ' d; }

# -- policy ---------------------------------------------------------------------
edit_severity()
{
	on "$(there 'schemas/rules/*.sch')" 'role="' \
	    "s/role=\"[a-z]*\"/role=\"$(one error warning notice)\"/"
}

edit_rule_number()
{
	on "$(there 'schemas/rules/*.sch')" '[0-9]' "s/[0-9]/$((1 + RANDOM % 9))/"
}

edit_rule_words()
{
	on schemas/rules/catalogue.csv '^[A-Z]-' 's/,\([^,]*\)/,改\1/3'
}

edit_code_list()
{
	on "$(there 'schemas/codes/*.csv')" ',\(un\)\?confirmed' \
	    "$(one 's/,/改,/' 's/,/,改/' 's/,confirmed/,unconfirmed/' d)"
}

edit_calendar()
{
	on schemas/calendar/holidays.csv '^202[2-6]-' \
	    "$(one d 's/off$/work/' 's/work$/off/')"
}

edit_shape() { on "$(there 'schemas/*.xsd')" 'maxLength\|documentation' \
    's/[0-9]/3/'; }

edit_report() { on schemas/reports/platform-targets.csv '[0-9],' 's/[0-9]/7/'; }

# -- theme ----------------------------------------------------------------------
edit_template()
{
	echo "printf '<!-- %d -->\\n' $RANDOM >>$(there \
	    'themes/zheli/templates/*.mustache')"
}

edit_template_line()
{
	on "$(there 'themes/zheli/templates/*.mustache')" '^[^{]*>[^{]*$' d
}

edit_words() { on "$(there 'themes/zheli/i18n/*')" '[^ ]"$' 's/"$/改"/'; }

edit_style() { echo "echo '/* $RANDOM */' >>$(there 'themes/zheli/static/*.css')"; }

edit_static()
{
	one "echo 'x$RANDOM' >themes/zheli/static/new-$(few 3).txt" \
	    "rm -f $(there 'themes/zheli/static/new-*')"
	echo
}

# -- the repository ---------------------------------------------------------------
restore() { echo "git checkout -q -f HEAD -- content schemas themes"; }
restore_one() { echo "git checkout -q -f HEAD -- $(there content)"; }

# It lands on the day as of which the site was built last.
commit()
{
	echo "git add -A; GIT_COMMITTER_DATE=${day:?}T0$(few 9):00:00+08:00" \
	    "git commit -q --allow-empty -m 改"
}

revert() { echo "git add -A; git commit -q -m 改; git revert --no-edit HEAD"; }
undo() { echo "git reset -q --hard HEAD~1"; }
history_amended() { echo "git commit -q --amend --allow-empty -m 重写"; }

# -- what builds have left ----------------------------------------------------------
site_file()
{
	local files
	mapfile -t files < <(cd ../site && find . -type f ! -name .zheli-site |
	    LC_ALL=C sort)
	[ ${#files[@]} -gt 0 ] && echo "../site/${files[$(((RANDOM * 32768 +
	    RANDOM) % ${#files[@]}))]#./}"
}

# Files that are lost or do not belong there. What others write into a page is
# for `zheli verify` to find: a build does not read what it has written.
damage_site()
{
	local file
	file=$(site_file) || return
	one "rm -f $file" "rm -f $file; mkdir $file" "rm -rf ${file%/*}/*" \
	    "echo x >${file%/*}/stray.html" "echo x >$file.stray"
	echo
}

lose_site() { one 'rm -rf ../site/public' 'rm -rf ../site/internal'; echo; }

damage_kept()
{
	local file
	file=$(one .git/zheli/*)
	one "rm -rf .git/zheli" "rm -f $file" "truncate -s 5000 $file" \
	    "printf xxxx | dd of=$file bs=1 seek=$(few 9)000 conv=notrunc"
	echo
}

# edit: one of all of these, the common ones more often.
edit()
{
	"$(one edit_title edit_title edit_body edit_body edit_summary edit_link \
	    edit_title_of_another edit_unseen edit_touch edit_field_away \
	    edit_field_away edit_line_away edit_date edit_date edit_date \
	    edit_category edit_number edit_result add_record add_record \
	    add_copy add_issue add_page add_attachment rename_record \
	    rename_record rename_anything move_to_another_unit swap_records \
	    delete_record delete_record delete_anything delete_unit spoil \
	    edit_unit edit_unit edit_site edit_items edit_items edit_severity \
	    edit_severity edit_rule_number edit_rule_words edit_code_list \
	    edit_code_list edit_calendar edit_shape edit_report edit_template \
	    edit_template edit_template_line edit_words edit_words edit_style \
	    edit_static restore restore restore_one restore_one commit commit \
	    commit revert undo history_amended damage_site damage_site \
	    lose_site damage_kept)" 2>/dev/null
}
