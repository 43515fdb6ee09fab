# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the `setup` of a case about the private folder may use: a folder beside
# the registry that every rule applies to and none complains of. A setup changes
# as little as provokes the finding that the case is named after.
# shellcheck disable=SC2034,SC2154
. "$CASE/../projects.sh"
private=../private
panel=$private/panels/demo-chip.md
board=$private/panels/demo-furnace.md
an=$private/experts/demo-an.md
bo=$private/experts/demo-bo.md
credit=$private/credit/demo-bo.md
sanction=$private/sanctions/demo-wu.md

# expert ID NAME KIND: of a unit of his own, in the pool since 2020.
expert()
{
	cat >"$private/experts/$1.md" <<-END
	---
	name: $2
	kind: $3
	units:
	  - {name: 演示$1学院}
	pool: {entered: 2020-03-01}
	fictional: true
	---
	END
}

# folder: the private folder, with a panel on the base registry's achievement.
folder()
{
	mkdir -p $private/{experts,credit,panels,sanctions}
	expert demo-an 演示安某 技术专家
	expert demo-bo 演示薄某 企业专家
	expert demo-ce 演示岑某 财务专家
	expert demo-di 演示狄某 技术专家
	cat >$panel <<-'END'
	---
	title: 演示硅光芯片成果评价专家组
	purpose: 成果评价
	date: 2026-03-02
	achievements: [demo-lab/chip]
	drawn: {by: 演示评估中心, date: 2026-02-25, evidence: 演示抽取记录2026-12}
	members:
	  - {expert: demo-an, role: 组长, drawn: 随机抽取, committed: 2026-03-01}
	  - {expert: demo-bo, role: 成员, drawn: 随机抽取, committed: 2026-03-01}
	  - {expert: demo-ce, role: 成员, drawn: 随机抽取, committed: 2026-03-01}
	  - {expert: demo-di, role: 成员, drawn: 随机抽取, committed: 2026-03-02}
	recusals:
	  - {expert: demo-di, ground: 同一单位, declared: 2026-03-01, by: 演示厅成果处}
	---
	END
	change $dossier 's/by: 演示检测中心,/& experts_count: 3,/'
	cat >$credit <<-'END'
	---
	ratings:
	  - {level: 暂停, from: 2023-01-01, until: 2023-06-30, by: 演示评估中心, basis: 演示评议1}
	  - {level: 良好, from: 2023-07-01, by: 演示评估中心, basis: 演示评议2}
	events:
	  - {date: 2026-03-02, kind: 按时履职, panel: demo-chip}
	---
	END
	cat >$sanction <<-'END'
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

# board: a panel that reviewed the proposals of $taken.
board()
{
	shanxi
	local id members=
	for id in demo-an demo-bo demo-e1 demo-e2 demo-e3 demo-e4 demo-e5 \
	    demo-e6 demo-e7 demo-ce demo-f1 demo-f2; do
		case $id in
		demo-e?) expert $id "演示${id#demo-}" 技术专家 ;;
		demo-f?) expert $id "演示${id#demo-}" 财务专家 ;;
		esac
		members+="  - {expert: $id, role: 成员, committed: 2025-05-12}
"
	done
	cat >$board <<-END
	---
	title: 演示余热利用评审专家组
	purpose: 立项评审
	date: 2025-05-12
	projects: [demo-furnace]
	drawn: {by: 演示评估中心, date: 2025-05-08, evidence: 演示抽取记录2025-8}
	members:
	${members/成员/组长}recusals: []
	---
	END
	sed -i '/^recusals/d' $board
}
