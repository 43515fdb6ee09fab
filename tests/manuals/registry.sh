# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# The registry that zheli-template(5) is made from: the demonstration registry,
# and beside it what that leaves empty, so that every variable of every page is
# there to be seen. registry FOLDER makes it, with FOLDER/private beside it.

# The settings, all of them.
full_settings()
{
	sed -i -e '/^operator:/,/^  name:/d' -e 's/^oai: .*//' content/site.yaml
	cat >>content/site.yaml <<-'END'
	operator: {name: 演示评估中心, url: "https://operator.example.org"}
	footer:
	  icp: 浙ICP备00000000号
	  police: 浙公网安备00000000000000号
	  site_id: bm00000000
	  contact: 见“关于”页
	  address: 杭州市
	official: {organ: 演示科技管理办公室, number: 演示科报〔YYYY〕N号, seal: mark.svg}
	repository: https://git.example.org/zheli
	report_error: https://git.example.org/zheli/issues/new
	oai:
	  mailbox: opendata
	  base_url: https://gateway.example.org/oai/zheli.example/data/achievements.oai.xml
	limits: {file_kib: 512, depth: 16, list_entries: 8}
	editors:
	  - {name: 演示编辑, key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHq9nQ0i1Z7vT3o6l8u3p0zqv9k2x1y0w5s4r3t2u1v0", account: bianji}
	proposals: {identity: signature, editors_group: editors}
	receipts: {keys: ["SHA256:uNiVztksCsDhcc0u9e8BrYdMrDpzLMpIp1HEvyOQ+wM"]}
	history: {branch: main, ignore_revs: .git-blame-ignore-revs}
	calendar: {monthly_deadline_rolls: true}
	END
}

# A ranking before the one there is, a page of news.
full_publications()
{
	sed -e "s/2025年度/2026年度/" -e "s/^year: .*/year: 2026/" \
	    -e 's/^date: .*/date: 2026-06-20/' -e '/rank: [3-9]/d' \
	    -e '/rank: [12][0-9]/d' -e 's/^decision: .*/decision: 演示科管〔2026〕45号/' \
	    content/rankings/2025.md >content/rankings/2026.md
	mkdir -p content/pages/notices
	printf '%s\n' --- 'title: 演示通知' 'title_en: A notice' 'summary: 演示。' \
	    --- '' 正文。 >content/pages/notices/one.md
}

# The private folder: four experts, one of them in the unit that is evaluated.
full_private()
{
	local private=$1 id
	mkdir -p "$private"/{experts,credit,panels,sanctions}
	for id in an bo ce di; do
		cat >"$private/experts/demo-$id.md" <<-END
		---
		name: 演示$id某
		kind: 技术专家
		units:
		  - {name: 演示采荷电子有限公司}
		pool: {entered: 2020-03-01}
		fictional: true
		---
		END
	done
	sed -i '3i orcid: 0000-0002-1825-0098' "$private/experts/demo-di.md"
	cat >"$private/panels/demo-panel.md" <<-'END'
	---
	title: 演示成果评价专家组
	purpose: 成果评价
	date: 2026-03-02
	achievements: [demo-giant-lucheng/dc-breaker-1500v]
	drawn: {by: 演示评估中心, date: 2026-02-25, evidence: 演示抽取记录2026-12}
	members:
	  - {expert: demo-an, role: 组长, drawn: 随机抽取, committed: 2026-03-01}
	  - {expert: demo-bo, role: 成员, drawn: 随机抽取, committed: 2026-03-01}
	  - {expert: demo-ce, role: 成员, drawn: 随机抽取}
	  - {expert: demo-di, role: 成员, drawn: 随机抽取, committed: 2026-03-01}
	recusals:
	  - {expert: demo-di, ground: 同一单位, declared: 2026-03-01, by: 演示厅成果处}
	---
	END
	cat >"$private/credit/demo-bo.md" <<-'END'
	---
	ratings:
	  - {level: 暂停, from: 2023-01-01, until: 2026-12-31, by: 演示评估中心, basis: 演示评议1}
	events:
	  - {date: 2026-03-02, kind: 按时履职, panel: demo-panel}
	---
	END
	cat >"$private/sanctions/demo-wu.md" <<-'END'
	---
	person: {name: 演示吴某, unit: 演示采荷电子有限公司}
	kind: 暂停申报资格
	ground: 主观不努力未完成任务
	decision: 演示处〔2026〕2号
	by: 演示厅监督处
	decided: 2026-04-10
	from: 2026-04-10
	until: 2028-04-09
	scopes: [申报项目, 参加专家组, 报送成果]
	---
	END
}

# A commit, and a later one in which a record comes further.
full_commit()
{
	git add -A
	GIT_AUTHOR_DATE="$1T09:00:00+08:00" GIT_COMMITTER_DATE="$1T09:00:00+08:00" \
	    git -c user.name=演示专员 -c user.email=a@example.org commit -q -m "$2"
}

registry()
{
	mkdir -p "$1/registry" && cp -R content "$1/registry" &&
	    cd "$1/registry" || return 1
	full_settings
	full_publications
	full_private "$1/private"
	git init -q -b main
	full_commit 2026-06-20 one
	sed -i -e 's/^progress:/&\n  - {date: 2026-06-22, text: 演示进展}/' \
	    -e 's/^landmark: {/&date: 2025-12-10, by: 演示科技管理办公室, /' \
	    content/dossiers/demo-giant-lucheng/dc-breaker-1500v.md
	sed -i '/^received:/a withdrawn: {date: 2026-06-24, by: 演示科技管理办公室, reason: 演示撤回}' \
	    content/dossiers/demo-giant-qujiang/low-loss-fluororesin.md
	full_commit 2026-06-25 two
}
