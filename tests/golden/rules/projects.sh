# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the `setup` of a case about projects may use: a project that every rule
# of its scheme applies to and none complains of. A setup changes as little as
# provokes the finding that the case is named after.
# shellcheck disable=SC2034
. "$CASE/../records.sh"
mkdir -p content/projects
project=content/projects/demo-resin.md
other=content/projects/demo-resin-two.md
taken=content/projects/demo-furnace.md

# zhejiang: $project, under the Zhejiang scheme, accepted and followed up.
zhejiang()
{
	cat >$project <<-'END'
	---
	name: 演示低损耗树脂
	scheme: 浙江
	no: 演示2024C01001
	level: 省
	plan: 尖兵
	special: 演示新材料重大专项
	topic: 电子信息材料
	urgent: true
	secrecy: 公开
	secrecy_review: {by: 演示厅办公室, date: 2024-02-01, evidence: 演示保审〔2024〕3号}
	online_id: 演示攻关2024-0012
	mode: 企业联合出资挂榜
	selection: 公开竞争
	list:
	  no: 演示榜〔2024〕1号
	  date: 2024-02-20
	  entry: 低损耗树脂
	  participants:
	    - 同行技术专家
	    - 行业产业部门
	    - 重大科创平台
	    - 专业协会
	    - 科技领军企业
	    - 最终用户
	    - 财务专家
	    - 创投机构
	  compliance: {by: 演示厅法规处, date: 2024-02-10, evidence: 演示会议纪要〔2024〕4号}
	review:
	  date: 2024-04-10
	  drawn: {by: 演示评估中心, date: 2024-04-01, evidence: 演示抽取记录2024-33}
	contract: {signed: 2024-05-08}
	consortium: true
	platforms: [{name: 演示实验室, unit: demo-lab}]
	units:
	  - {order: 1, name: 演示树脂有限公司, kind: 企业, place: 330106, rd_ratio: 4.2, industry_average: 2.9}
	funds: {total: 2500, enterprise: 2100, fiscal: 400, linked: 400}
	start: 2024-05-10
	end: 2026-02-28
	indicators:
	  - {name: 介电损耗, target: 不大于0.0009, actual: 不大于0.0008, core: true}
	  - {name: 生产能力, target: 年产500吨, actual: 年产500吨}
	pledge:
	  signed: 2024-05-08
	  terms: 按期达成的优先推荐
	  milestones:
	    - {due: 2025-06-30, indicator: 中试, met: 2025-06-20}
	changes:
	  - {kind: 调整, ground: 财政补助预算核减, indicator: 生产能力, date: 2024-11-01, approved_by: 演示厅}
	acceptance:
	  applied: 2026-03-02
	  date: 2026-03-20
	  conclusion: 通过验收
	  report_no: 演示验〔2026〕3号
	  participants:
	    - {kind: 需求方, name: 演示板厂}
	    - {kind: 最终用户, name: 演示雷达公司}
	    - {kind: 科技领军企业, name: 演示通信集团}
	    - {kind: 专业协会, name: 演示材料协会}
	    - {kind: 创投机构, name: 演示基金}
	  opinions:
	    - {kind: 需求方, completion: 完成, promotion: 建议推广}
	    - {kind: 最终用户, completion: 完成, promotion: 建议推广}
	    - {kind: 科技领军企业, completion: 完成, promotion: 建议推广}
	sci_report: {no: 演示科报2026-11, date: 2026-03-25}
	archive: {no: 演示档2026-3, date: 2026-03-30, keeper: 演示档案室}
	integrity: {checked: true, by: 演示监督处, date: 2024-04-30, evidence: 演示查询单2024-118}
	follow_ups:
	  - {date: 2026-06-01, by: 演示评估中心, result: 已推广至两家企业}
	---
	END
}

# without FILE KEY…: FILE loses these keys of its top level.
without()
{
	local file=$1 key
	shift
	for key; do
		awk -v key="$key:" '
		    /^[a-z_-]/ { off = index($0, key) == 1; found += off }
		    /^---/ { off = 0 }
		    !off
		    END { exit !found }' "$file" >"$file.new" || return
		mv "$file.new" "$file"
	done
}

# underway: the same, two years from its end.
underway()
{
	zhejiang
	without $project acceptance sci_report archive follow_ups
	change $project 's/^end: .*/end: 2028-02-28/'
}

# race: $project and $other run a race, the first stage of each checked.
race()
{
	underway
	change $project 's/^mode: .*/mode: 赛马/'
	put $project horse_race: '  group: demo-race' '  route: 乳液聚合' \
	    '  visit: 2024-03-20' '  stages:' \
	    '    - {due: 2025-06-30, goal: 中试, met: 2025-06-12, checked: 2025-07-04}'
	cp $project $other
	change $other 's/route: .*/route: 悬浮聚合/' 's/C01001/C01002/'
}

# shanxi: $taken, under the Shanxi scheme, accepted.
shanxi()
{
	cat >$taken <<-'END'
	---
	name: 演示电炉烟气余热利用
	scheme: 山西
	class: 企业重大技术攻关类
	batch: 演示2025年第一批
	level: 省
	mode: 揭榜挂帅
	selection: 公开竞争
	secrecy: 公开
	secrecy_review: {by: 演示厅办公室, date: 2025-02-01, evidence: 演示保审〔2025〕3号}
	demander: {name: 演示电炉钢有限公司}
	argument: {mode: 会评, technical: 7, date: 2025-01-15}
	list: {no: 演示榜〔2025〕1号, date: 2025-03-03, entry: 余热利用, approved: 2025-02-20}
	posted: 2025-03-03
	proposals_due: 2025-04-22
	review: {mode: 会评, technical: 9, finance: 3, date: 2025-05-12}
	approved: 2025-05-20
	notice: {from: 2025-05-22, to: 2025-05-29}
	contract:
	  signed: 2025-06-05
	  parties:
	    - {kind: 省科技厅, name: 演示省科技厅}
	    - {kind: 需求方, name: 演示电炉钢有限公司}
	    - {kind: 揭榜方, name: 演示热工研究院}
	  use_terms: {by: 演示厅法规处, date: 2025-06-05, evidence: 任务书第九条}
	announced: 2025-06-10
	funded: 2025-07-01
	account: true
	account_check: {by: 演示厅资配处, date: 2025-06-20, evidence: 演示共管协议2025-8}
	leader: 演示甲
	tech_lead: 演示乙
	units:
	  - {order: 1, name: 演示热工研究院, main: true, task_share: 60, fund_share: 60}
	  - {order: 2, name: 演示电炉钢有限公司, affiliate: true, task_share: 40, fund_share: 40}
	funds: {total: 1500, enterprise: 1050, fiscal: 450, average: 500, paid: 1050}
	start: 2025-06-10
	end: 2025-12-31
	milestones:
	  - {due: 2025-10-31, indicator: 样机, met: 2025-10-30}
	changes:
	  - {kind: 调整, ground: 企业重大变故, date: 2025-09-01, approved_by: 演示省科技厅厅务会}
	acceptance:
	  applied: 2026-01-15
	  date: 2026-03-25
	  conclusion: 通过验收
	  reasons: [完成主要指标任务, 自筹经费投入和使用达到预算要求, 经费使用合理, 需求方认可]
	  demander_present: true
	  site: {date: 2026-03-10, total: 6, technical: 4, finance: 2, by_demander: 1}
	  meeting: {date: 2026-03-20, total: 9, technical: 6, finance: 3, by_demander: 1, from_site: 1}
	  test: {body: 演示质检中心, in_shortlist: true, contract: 演示检合〔2026〕9号}
	---
	END
}

# taken_up: the same, a year from its end.
taken_up()
{
	shanxi
	without $taken acceptance
	change $taken 's/^end: .*/end: 2027-06-30/'
}

# concluded CONCLUSION REASON…: how it was concluded, and why.
concluded()
{
	local conclusion=$1
	shift
	shanxi
	change $taken "s/conclusion: .*/conclusion: $conclusion/" \
	    "s/reasons: .*/reasons: [$(IFS=,; echo "$*")]/"
}

# basic: the same, of the class of basic research and public welfare.
basic()
{
	shanxi
	change $taken 's/^class: .*/class: 重大基础前沿与民生公益类/' \
	    's/^(demander: ).*/\1{name: 演示省人民政府}/' \
	    's/^tech_lead: .*/tech_lead: 演示甲/'
}
