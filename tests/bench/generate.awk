# SPDX-License-Identifier: MIT
# Writes a registry of `n` fictional records below the folder `out`: records of
# about 5.9 kB as units write them, with dossiers, units, bulletins, releases and
# rankings, spread over the five years to June 2026. The same n gives the same
# bytes everywhere.
#
#   awk -v n=1000 -v out=/tmp/registry -f generate.awk

function random(k) {
	state = (state * 16807) % 2147483647
	return state % k
}

function pick(list, count) { return list[1 + random(count)] }

function load(list, text) { return split(text, list, /[ \n]+/) }

# Days since 1970 to YYYY-MM-DD, by the civil calendar.
function iso(day,   era, doe, yoe, doy, m, y) {
	day += 719468
	era = int(day / 146097)
	doe = day - era * 146097
	yoe = int((doe - int(doe / 1460) + int(doe / 36524) - \
	    int(doe / 146096)) / 365)
	doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
	m = int((5 * doy + 2) / 153)
	y = yoe + era * 400 + (m >= 10)
	return sprintf("%04d-%02d-%02d", y, m < 10 ? m + 3 : m - 9,
	    doy - int((153 * m + 2) / 5) + 1)
}

# 发明专利 number with its check character, GB/ZC 0006.
function patent(year, serial,   digits, at, sum) {
	digits = sprintf("%04d1%07d", year, serial)
	for (at = 1; at <= 12; at++)
		sum += substr(digits, at, 1) * substr("234567892345", at, 1)
	sum %= 11
	return digits "." (sum == 10 ? "X" : sum)
}

function person() { return pick(surname, surnames) pick(given, givens) }

# Each value as its own file; the folder is there already.
function save(path) {
	printf "%s", text > path
	close(path)
	text = ""
}

function put(line) { text = text line "\n" }

function sentences(count,   line) {
	while (count-- > 0)
		line = line pick(opening, openings) pick(subject, subjects) \
		    pick(verb, verbs) pick(object, objects) "，" \
		    pick(effect, effects) "。"
	return line
}

function unit_files(   u) {
	for (u = 1; u <= units; u++) {
		unit_id[u] = sprintf("bench-%04d", u)
		unit_name[u] = sprintf("测算%s%04d号%s", pick(subject, subjects), \
		    u, kind[1 + u % kinds] ~ /企业/ ? "公司" : "研究院")
		unit_place[u] = place[1 + u % places]
		put("---\nname: " unit_name[u])
		put("kind: " kind[1 + u % kinds])
		put("submitter: true")
		put("platform: " (kind[1 + u % kinds] ~ /^省/ ? "true" : "false"))
		put("place: " unit_place[u])
		put("focus: " pick(subject, subjects) "与" pick(object, objects))
		put("fictional: true\n---\n\n" sentences(4))
		save(out "/content/units/" unit_id[u] ".md")
		folders = folders " " out "/content/achievements/" unit_id[u] \
		    " " out "/content/dossiers/" unit_id[u]
		if (length(folders) > 30000)
			make_folders()
	}
	make_folders()
}

function make_folders() {
	if (folders != "")
		system("mkdir -p" folders)
	folders = ""
}

# By kind of achievement, what its rules ask for.
function category_fields(i, day) {
	if (i % 3 == 0) {
		put("papers:\n  - title: A study of case " i " in bench records")
		put("    journal: 演示自然\n    issn: 0028-0836")
		put("    doi: 10.9999/bench." i)
		put("    date: " iso(day) "\n    state: 已发表")
		put("    first_unit: " unit_name[u])
	} else if (i % 3 == 1) {
		put("industrialization:\n  state: 已产业化\n  date: " iso(day))
		put("  place: 浙江省\n  output: 年产 " 10 + random(900) " 台套")
		put("  evidence: [投产证明, 年度销售台账摘要]")
	} else {
		put("applications:\n  - project: 演示跨海通道第 " i " 标段")
		put("    kind: 国家重大工程\n    user: 演示工程建设集团")
		put("    date: " iso(day) "\n    success: true")
		put("    evidence: 用户出具的运行证明")
	}
}

function people_fields(i,   p) {
	count_people = 3 + random(3)
	put("people:")
	for (p = 1; p <= count_people; p++) {
		name[p] = person() (p > 1 ? pick(given, givens) : "")
		while (name[p] in used)
			name[p] = name[p] pick(given, givens)
		used[name[p]] = 1
		put("  - {order: " p ", name: " name[p] ", unit: " \
		    (p % 2 ? unit_name[u] : unit_name[v]) ", role: " \
		    (p == 1 ? "负责人" : "骨干") ", contribution: " \
		    pick(verb, verbs) pick(object, objects) \
		    ", consent: {on: " submitted ", by: 本人}}")
	}
	for (p = 1; p <= count_people; p++)
		delete used[name[p]]
	leader = name[1]
}

function achievement(i, day,   k) {
	title = pick(opening, openings) pick(subject, subjects) \
	    pick(object, objects) sprintf("第%d型", i)
	submitted = iso(day + 8)
	put("---\ntitle: " title)
	put("title_en: Fictional bench record number " i)
	put("summary: " sentences(3))
	put("category: " category[1 + i % 3] "\ntype: " type[1 + i % 3])
	put("keywords: [" pick(subject, subjects) ", " pick(object, objects) \
	    i % 7 "]")
	put("field: {highland: " highland[1 + i % 3] "}")
	put("submitter: " unit_id[u] "\nsubmitted: " submitted)
	put("obtained: {date: " iso(day) ", basis: 验收}")
	put("units:")
	put("  - {order: 1, name: " unit_name[u] ", unit: " unit_id[u] \
	    ", place: " unit_place[u] ", role: 牵头}")
	put("  - {order: 2, name: " unit_name[v] ", unit: " unit_id[v] \
	    ", place: " unit_place[v] ", role: 参加}")
	people_fields(i)
	put("funding:\n  - {source: 演示省级重点研发资金, fiscal: true, " \
	    "amount: " 100 + random(900) ", plan: 尖兵}")
	put("ip:")
	for (k = 1; k <= 2; k++) {
		put("  - kind: 发明专利\n    no: " \
		    patent(substr(iso(day - 900), 1, 4), i * 2 + k))
		put("    title: 一种" pick(subject, subjects) \
		    pick(object, objects) "装置")
		put("    owners: [{name: " unit_name[u] ", share: 60}, {name: " \
		    unit_name[v] ", share: 40}]")
		put("    applied: " iso(day - 900) "\n    granted: " \
		    iso(day - 200 + k))
		put("    state: 已授权\n    core: " (k == 1 ? "true" : "false"))
	}
	category_fields(i, day)
	put("level: 国内领先\nlevel_basis: 第三方机构对照测试")
	put("breakthrough: {kinds: [进口替代, 打破垄断], evidence: [第三方检测报告]}")
	put("application_state: {state: 产业化应用}")
	put("trl: 9\ntrl_basis: 批量运行一年以上\nindicators:")
	for (k = 1; k <= 3; k++)
		put("  - {name: " pick(object, objects) "指标" k ", unit: 项, value: " \
		    50 + random(50) ", best: " 20 + random(30) ", source: 检测报告}")
	put("declaration: {no_dispute: true, truthful: true, by: " leader \
	    ", date: " submitted "}")
	put("secrecy: {level: 公开, reviewed_by: " unit_name[u] \
	    ", reviewed_on: " submitted ", basis: 通用技术}")
	put("updated: " submitted)
	put("---\n")
	body()
	save(out "/content/achievements/" unit_id[u] "/" slug ".md")
}

function body(   k) {
	put("## 背景\n\n" sentences(6) "\n\n" sentences(4) "\n")
	put("## 主要创新\n")
	for (k = 1; k <= 4; k++)
		put("- **" pick(subject, subjects) pick(object, objects) \
		    " " k "：** " sentences(2))
	put("\n## 技术指标\n\n| 指标 | 本成果 | 对比产品 |\n| --- | ---: | ---: |")
	for (k = 1; k <= 4; k++)
		put("| " pick(object, objects) k " | " 50 + random(50) " | " \
		    10 + random(40) " |")
	put("\n## 推广情况\n\n" sentences(4) "\n\n" sentences(2))
}

function dossier(i, day,   entered, year, is_landmark) {
	entered = iso(day + 40)
	year = substr(entered, 1, 4)
	is_landmark = landmarks[year] < 20
	if (is_landmark)
		ranked[year, ++landmarks[year]] = id
	put("---\nreceived: {date: " iso(day + 10) "}")
	put("registration: {no: 演示" year "Y" sprintf("%06d", i) ", date: " \
	    iso(day + 14) ", office: 演示科技管理办公室}")
	put("secrecy_review: {result: 通过, by: 演示科技管理办公室, date: " \
	    iso(day + 12) ", basis: 单位审查意见}")
	put("rights_review: {result: 通过, by: 演示评估中心, date: " \
	    iso(day + 16) "}")
	put("evaluations:\n  - {kind: 第三方评价, date: " iso(day + 25) \
	    ", by: 演示检测中心, level: 国内领先, conclusion: " \
	    "指标经复测成立}")
	put("  - {kind: 同行评价, date: " iso(day + 30) ", by: 演示评估中心, " \
	    "experts_count: 9, level: 国内领先, conclusion: 具备推广条件}")
	put("library: {no: 演示库" year "-" i ", entered: " entered \
	    ", decision: 演科办〔" year "〕" i "号, by: 演示科技管理办公室}")
	put("visit: {date: " iso(day + 42) ", by: 演示评估中心}")
	put("confirmation: {date: " iso(day + 44) ", by: 演示评估中心}")
	put("landmark: {flag: " (is_landmark ? "true" : "false") \
	    ", basis: 专家组意见}")
	put("---\n\n内部记录：" sentences(1))
	save(out "/content/dossiers/" unit_id[u] "/" slug ".md")
	choose(entered)
}

# Who appears in the month's bulletin and the quarter's release.
function choose(entered,   month, quarter) {
	month = substr(entered, 1, 7)
	if (substr(entered, 9) <= 20 && chosen[month] < 5)
		issue[month, ++chosen[month]] = id
	quarter = substr(entered, 1, 4) "-q" int((substr(entered, 6, 2) + 2) / 3)
	if (substr(entered, 6, 2) % 3 != 0 && shown[quarter] < 6) {
		show[quarter, ++shown[quarter]] = id
		speaker[quarter, shown[quarter]] = leader
	}
}

function bulletins(   year, m, month, k) {
	for (year = 2021; year <= 2026; year++)
		for (m = 1; m <= 12; m++) {
			month = sprintf("%04d-%02d", year, m)
			if (chosen[month] < 1)
				continue
			put("---\ntitle: 重大科技成果月报（" year "年" m "月）")
			put("issue: " m "\ndate: " month "-28\nitems:")
			for (k = 1; k <= chosen[month]; k++) {
				put("  - achievement: " issue[month, k])
				put("    progress: " sentences(1))
				put("    progress_date: " month "-25")
			}
			put("to: [演示省委办公厅, 演示省政府办公厅]")
			put("cc: [演示省委科技强省建设领导小组成员单位]")
			put("public: true\n---\n\n" sentences(2))
			save(out "/content/bulletins/" month ".md")
		}
}

function releases(   year, q, quarter, k) {
	for (year = 2021; year <= 2026; year++)
		for (q = 1; q <= 4; q++) {
			quarter = year "-q" q
			if (shown[quarter] < 1)
				continue
			put("---\ntitle: " year "年第" q "季度发布")
			put("kind: 季度\nquarter: " year "-Q" q)
			put("date: " year "-" sprintf("%02d", q * 3) "-26")
			put("place: 演示会堂")
			put("hosts:\n  - {name: 演示科技管理办公室, kind: 省级部门}")
			put("items:")
			for (k = 1; k <= shown[quarter]; k++)
				put("  - {achievement: " show[quarter, k] \
				    ", presenters: [" speaker[quarter, k] "]}")
			put("---\n\n" sentences(2))
			save(out "/content/releases/" quarter ".md")
		}
}

function rankings(   year, k) {
	for (year = 2021; year <= 2025; year++) {
		if (landmarks[year] < 1)
			continue
		put("---\ntitle: " year "年度榜单\nyear: " year)
		put("date: " year + 1 "-01-28\ndecision: 演示〔" year + 1 "〕5号")
		put("basis: 年度评审会评选\nitems:")
		for (k = 1; k <= landmarks[year]; k++)
			put("  - {rank: " k ", achievement: " ranked[year, k] \
			    ", basis: " pick(effect, effects) "}")
		put("---\n\n" sentences(2))
		save(out "/content/rankings/" year ".md")
	}
}

function site() {
	put("title: 浙里好成果\ntagline: 测算用登记库")
	put("description: 用来测量生成速度的虚构登记库。\nlanguage: zh")
	put("base_url: https://zheli.example\ntheme: zheli")
	put("demonstration: 测算数据，均为虚构")
	put("registration_number: 演示YYYYY000000")
	save(out "/content/site.yaml")
}

function words() {
	surnames = load(surname, "赵 钱 孙 李 周 吴 郑 王 冯 陈 褚 卫 蒋 沈 韩 杨")
	givens = load(given, "甲子 乙丑 丙寅 丁卯 戊辰 己巳 庚午 辛未 壬申 癸酉 甲戌 乙亥")
	openings = load(opening, "面向海上风电的 面向数据中心的 基于在线估计的 适应高温高湿环境的 用于精密加工的 低成本的 可重复使用的 面向山区农业的 全流程自主的 高通量的")
	subjects = load(subject, "硅光芯片 固态电池 钠离子储能 手术机器人 水稻育种 海水淡化 特种纤维 低空感知 蛋白质设计 量子测量 工业软件 氢能装备 智能电网 高温合金 海洋观测")
	verbs = load(verb, "改进了 重新设计了 突破了 系统验证了 批量制备了 首次测得了 显著降低了 稳定控制了")
	objects = load(object, "封装工艺 界面结构 控制算法 传感阵列 热管理系统 制备流程 检测方法 核心部件 数据模型 可靠性试验平台")
	effects = load(effect, "单位能耗比原来下降两成以上 连续运行一万小时没有失效 成品率由六成提高到九成 测试结果与理论预测一致 用户现场的维护周期延长了一倍 关键指标优于同类进口产品 已经在三家企业的生产线上使用")
	kinds = load(kind, "高校 科研院所 省实验室 省技术创新中心 省新型研发机构 行业部门 行业协会 科技小巨人企业 科技领军企业")
	places = load(place, "330106 330212 330304 330402 330502 330602 330702 330802 330902 331002 331102")
	load(category, "基础研究 技术攻关 重大应用")
	load(type, "基础理论 应用技术 应用技术")
	load(highland, "互联网+ 生命健康 新材料")
}

BEGIN {
	if (n < 1 || out == "") {
		print "usage: awk -v n=N -v out=DIR -f generate.awk" > "/dev/stderr"
		exit 2
	}
	state = 20260630
	words()
	units = int(n / 60) + 12
	system("mkdir -p " out "/content/units " out "/content/bulletins " \
	    out "/content/releases " out "/content/rankings")
	site()
	unit_files()
	# From 2021-05-20 to 2026-05-15, so that the last enters in June 2026.
	for (i = 1; i <= n; i++) {
		u = 1 + i % units
		v = 1 + (i * 7 + 3) % units
		if (v == u)
			v = 1 + v % units
		slug = sprintf("r%06d", i)
		id = unit_id[u] "/" slug
		day = 18767 + int((i - 1) * 1820 / n)
		achievement(i, day)
		dossier(i, day)
	}
	bulletins()
	releases()
	rankings()
}
