# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What people do to settings, policy, theme, repository and sites, as edits.sh
# does to records; and which of all these is next.

# -- settings -------------------------------------------------------------------
edit_site()
{
	on content/site.yaml '^\(tagline\|description\|demonstration\|base_url\|title\|title_en\): ' \
	    's/$/改/'
}

# A setting comes, or goes if it is there.
toggle_setting()
{
	local setting
	setting=$(one 'second_language: en' 'oai: {mailbox: opendata}' \
	    'licence: {name: CC BY 4.0, url: "https://example.org/by"}' \
	    'limits: {file_kib: 8}' 'limits: {depth: 3}' 'history: {branch: other}' \
	    'calendar: {monthly_deadline_rolls: true}' 'language: en' \
	    'repository: https://example.org/registry' 'footer: {icp: 演示备案}' \
	    'operator: {name: 演示评估中心}' 'title_en: Demo' 'demonstration: 演示' \
	    'registration_number: 演示YYYY0000' 'official: {organ: 演示办公室}')
	echo "if grep -q '^${setting%%:*}:' content/site.yaml; then" \
	    "sed -i '/^${setting%%:*}:/d' content/site.yaml; else" \
	    "echo '$setting' >>content/site.yaml; fi"
}

# -- policy ---------------------------------------------------------------------
edit_severity()
{
	on "$(there 'schemas/rules/*.sch')" 'role="' \
	    "s/role=\"[a-z]*\"/role=\"$(one error warning notice)\"/"
}

edit_rule_number()
{
	on "$(there 'schemas/rules/*.sch')" '[0-9]' "s/[0-9]/$((1 + $(few 9)))/"
}

edit_rule_words()
{
	on schemas/rules/catalogue.csv '^[A-Z]-' 's/,\([^,]*\)/,改\1/3'
}

edit_code_list()
{
	on "$(there 'schemas/codes/*.csv')" ',\(un\)\?confirmed' \
	    "$(one 's/,/改,/' 's/,/,改/' 's/,confirmed/,unconfirmed/' d \
	    '{p;s/^[^,]*,[^,]*/new-one,新词/}')"
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
template() { there 'themes/*/templates/*.mustache'; }

edit_template() { with template "printf '<!-- %d -->\\n' $(number) >>FILE"; }

edit_template_line() { on "$(template)" '^[^{]*>[^{]*$' d; }

# A partial comes, and one template includes it; later it is edited, or goes.
edit_partial()
{
	local file
	file=$(template) || return
	one "echo '<i>$(number)</i>' >themes/zheli/templates/own.mustache" \
	    "echo '{{>own}}' >>$file" 'rm themes/zheli/templates/own.mustache' \
	    "mv $file ${file%.mustache}-away.mustache"
	echo
}

# A theme that inherits; some of its own is in it.
edit_own_theme()
{
	local file
	file=$(there 'themes/zheli/templates/*.mustache') || return
	one "zheli new --lang en theme own; sed -i 's/^theme: .*/theme: own/' content/site.yaml" \
	    "mkdir -p themes/own/templates; sed '1s/^/<!-- 自 -->/' $file >themes/own/templates/${file##*/}" \
	    "echo '/* $(number) */' >>themes/own/static/own.css" \
	    "sed -i 's/^theme: .*/theme: zheli/' content/site.yaml" \
	    'rm -rf themes/own/templates'
	echo
}

edit_words() { on "$(there 'themes/zheli/i18n/*')" '[^ ]"$' 's/"$/改"/'; }

style() { there 'themes/*/static/*.css'; }
edit_style() { with style "echo '/* $(number) */' >>FILE"; }

edit_static()
{
	local file
	file=$(there 'themes/zheli/static/new-*')
	one "echo 'x$(number)' >themes/zheli/static/new-$(few 3).txt" \
	    "rm -f ${file:-themes/zheli/static/new-1.txt}"
	echo
}

# -- the repository ---------------------------------------------------------------
restore() { echo "git checkout -q -f HEAD -- content schemas themes"; }
restore_one()
{
	local file
	file=$(there content) && echo "git checkout -q -f HEAD -- $file"
}

# It lands on the day as of which the site was built last.
commit()
{
	echo "git add -A; GIT_COMMITTER_DATE=${day:?}T0$(few 9):00:00+08:00" \
	    "git commit -q --allow-empty -m 改"
}

revert() { echo "git add -A; git commit -q -m 改; git revert --no-edit HEAD"; }
undo() { echo "git reset -q --hard HEAD~1"; }
history_amended() { echo "git commit -q --amend --allow-empty -m 重写"; }

# Another branch, of what was there before; and back.
switch_branch()
{
	one "git stash -q; git checkout -q -f -B other HEAD~1" \
	    'git checkout -q -f main' 'git checkout -q -f --detach start'
	echo
}

# What is not committed yet comes by way of a branch.
merge()
{
	echo "git checkout -q -B side; git add -A; git commit -q -m 侧;" \
	    "git checkout -q main; git merge -q --no-ff -m 合 side"
}

# The server notes when it received the commits there are.
receive()
{
	echo "echo \"\$(printf '%040d' 0) \$(git rev-parse HEAD) refs/heads/main\" |" \
	    "zheli receipt --lang en --at ${day:?}T0$(few 9):00:00+08:00 write"
}

lose_receipts() { echo "git update-ref -d refs/notes/receipts"; }

# What git is to take into the next commit is another matter than what is there.
stage()
{
	one 'git add -A' 'git reset -q' 'git rm -q -r --cached content/pages'
	echo
}

pack() { one 'git gc -q' 'git pack-refs --all' 'git commit-graph write'; echo; }

# -- what builds have left ----------------------------------------------------------
site_file()
{
	local files
	mapfile -t files < <(cd ../site && find . -type f ! -name .zheli-site |
	    LC_ALL=C sort)
	[ ${#files[@]} -gt 0 ] && echo "../site/${files[$(few ${#files[@]})]#./}"
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

# The site is a copy of itself, the times of its folders included, and with luck
# without one file.
copy_site()
{
	local file
	file=$(site_file) || return
	echo "rm -rf ../copy; cp -a ../site ../copy; rm -rf ../site;" \
	    "$(one '' "rm ../copy${file#../site};") mv ../copy ../site"
}

damage_kept()
{
	local file
	file=$(one .git/zheli/*)
	one "rm -rf .git/zheli" "rm -f $file" "truncate -s 5000 $file" \
	    "printf xxxx | dd of=$file bs=1 seek=$(few 9)000 conv=notrunc"
	echo
}

# The cache of an earlier build comes back, as from a backup or a CI's store.
older_kept()
{
	one 'rm -rf ../older; cp -a .git/zheli ../older' \
	    '[ ! -d ../older ] || { rm -rf .git/zheli; cp -a ../older .git/zheli; }'
	echo
}

# -- which --------------------------------------------------------------------------
# The common ones stand here more often.
edit_kinds=(edit_title edit_title edit_body edit_body edit_summary edit_link
    edit_title_of_another edit_unseen edit_touch edit_field_away edit_field_away
    edit_line_away edit_date edit_date edit_date edit_category edit_number
    edit_consent edit_result decide decide revoke
    add_record add_record add_copy add_monthly add_quarterly add_page
    add_attachment add_figure edit_attachment delete_attachment
    rename_attachment rename_record rename_record rename_anything
    move_to_another_unit swap_records exchange_records rename_unit
    delete_record delete_record delete_anything delete_unit spoil leftovers
    copy_content
    edit_unit edit_unit edit_items edit_items add_private edit_private
    edit_site toggle_setting
    edit_severity edit_severity edit_rule_number edit_rule_words edit_code_list
    edit_code_list edit_calendar edit_shape edit_report
    edit_template edit_template edit_template_line edit_partial edit_own_theme
    edit_words edit_words edit_style edit_static
    restore restore restore_one restore_one commit commit commit revert undo
    history_amended switch_branch merge receive lose_receipts stage pack
    damage_site damage_site lose_site copy_site damage_kept older_kept)

# edit: the name of one of them, and its command; no command where there is
# nothing to do it to.
edit()
{
	local kind
	kind=$(one "${edit_kinds[@]}")
	echo "$kind $("$kind" 2>/dev/null)"
}
