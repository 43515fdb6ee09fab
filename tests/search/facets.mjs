// SPDX-License-Identifier: MIT
// facets.mjs REGISTRY SITE: what can be selected by is what the lists of the same site say,
// and every count is what counting gives, whatever is chosen.
import fs from 'node:fs';
import path from 'node:path';

import { claim, dice, files, finish, index, open, selection } from './load.mjs';

const [registry, site] = process.argv.slice(2);
const json = (name) => JSON.parse(fs.readFileSync(path.join(site, name), 'utf8'));
const search = await open(site);
const base = await selection.facetsOf(search, true);
const cards = await Promise.all(Array.from({ length: search.records }, (_, row) => search.card(row)));
const valueOf = (facet, row) => base.facets[facet].values[base.facets[facet].of(row)] ?? null;
const start = selection.parse('');

/* -- the columns, against the lists ------------------------------------------------ */

const listed = new Map();
for (const year of fs.readdirSync(path.join(site, 'achievements')).filter((name) => /^\d{4}$/.test(name)))
	for (const month of fs.readdirSync(path.join(site, 'achievements', year)).filter((name) => /^\d\d$/.test(name)))
		for (const item of json(`achievements/${year}/${month}/list.json`).items)
			listed.set(item.id, item);
claim('the search has every achievement that the lists have', [...cards.map(({ id }) => id)
	.filter((id) => !listed.has(id)), ...[...listed.keys()].filter((id) => !cards.some((card) => card.id === id))]);
claim('rows are in the order of entering, then of ids', cards.slice(1).map(({ id }, i) => [listed.get(cards[i].id),
	listed.get(id)]).filter(([a, b]) => a.entered > b.entered || (a.entered === b.entered && a.id >= b.id))
	.map(([a, b]) => `${a.id} ${b.id}`));
claim('cards and columns say what the lists say', cards.flatMap((card, row) => {
	const item = listed.get(card.id), year = item.entered.slice(0, 4);
	return Object.entries({ title: [card.title, item.title], title_en: [card.title_en ?? null, item.title_en],
		summary: [card.summary, item.summary], units: [card.units.join('、'), item.units],
		landmark: [card.landmark ?? false, item.landmark], entered: [selection.dayOf(base.date[row]), item.entered],
		year: [valueOf('year', row).code, year], unit: [valueOf('unit', row).zh, item.unit],
		field: [valueOf('field', row)?.code, item.highland?.code], city: [valueOf('city', row)?.zh, item.city?.label],
		category: [valueOf('category', row)?.code, item.category?.code] })
		.filter(([, [a, b]]) => a !== b).map(([name, pair]) => `${card.id} ${name}: ${pair.join(' / ')}`);
}));
const all = selection.select(search, base, null, start);
for (const [facet, name] of [['unit_kind', 'kinds'], ['transfer', 'transfer'], ['city', null], ['category', null],
	['field', null]])
	claim(`the counts of ${facet} are those of its list`, json(`${name ? `statistics/${name}` :
		{ city: 'cities', category: 'categories', field: 'fields' }[facet]}/list.json`).items.filter(({ label, count, url }) => {
		const code = label.code ?? url.split('/').at(-2);
		const at = base.facets[facet].values.findIndex((value) => value.code === code);
		return (at < 0 ? 0 : all.counts[facet][at]) !== count;
	}).map((item) => JSON.stringify(item)));

const published = new Map();
for (const kind of ['bulletin', 'release', 'ranking'])
	for (const name of fs.readdirSync(path.join(registry, `content/${kind}s`))) {
		const text = fs.readFileSync(path.join(registry, `content/${kind}s`, name), 'utf8').split(/^---$/m)[1];
		const [date] = text.match(/(?<=^date: )[-0-9]+/m);
		if (date <= '2026-06-30' && (kind !== 'bulletin' || /^public: true$/m.test(text)))
			for (const [achievement] of text.matchAll(/(?<=\bachievement: )[-\w/]+/g))
				published.set(achievement, [...published.get(achievement) ?? [], kind]);
	}
claim('where it was published is where records say so', cards.flatMap(({ id }, row) => {
	const { values, has } = base.facets.publications;
	const ours = values.filter((_, i) => has(row, i)).map(({ code }) => code).sort().join();
	const truth = [...new Set(published.get(id) ?? ['none'])].sort().join();
	return ours === truth ? [] : [`${id}: ${ours} / ${truth}`];
}));
claim('there is something of each facet', selection.FACETS.filter((facet) =>
	all.counts[facet].filter((count) => count > 0).length < 2));

/* -- selecting, against counting ---------------------------------------------------- */

const roll = dice(Number(process.env.SEED) || 1);
const pick = (list) => list[roll(list.length)];
const codesOf = (facet, row) => facet === 'publications' ? base.facets[facet].values.filter((_, i) =>
	base.facets[facet].has(row, i)).map(({ code }) => code) : [valueOf(facet, row)?.code];
const words = ['系统', '芯片', '工业软件', '可靠', 'bench', '5g', '', ''];
const faults = [], orders = [];
for (let n = 0; n < 300; n++) {
	const state = { ...start, q: pick(words), chosen: { ...start.chosen } };
	for (let i = roll(4); i > 0; i--) {
		const facet = pick(selection.FACETS);
		state.chosen[facet] = [...state.chosen[facet], pick(base.facets[facet].values).code];
	}
	if (roll(3) === 0)
		state.from = selection.dayOf(base.date[roll(cards.length)]);
	if (roll(3) === 0)
		state.to = selection.dayOf(base.date[roll(cards.length)]);
	const found = await search.find(index.termsOf(state.q));
	const selected = selection.select(search, base, found, state);
	const fits = (row, but) => (!state.from || listed.get(cards[row].id).entered >= state.from) &&
		(!state.to || listed.get(cards[row].id).entered <= state.to) && selection.FACETS.every((facet) =>
		facet === but || !state.chosen[facet].length || codesOf(facet, row).some((code) => state.chosen[facet].includes(code)));
	const rows = [...found?.rows ?? cards.keys()];
	const truth = rows.filter((row) => fits(row)), address = selection.format(state);
	const sorted = { '': await selection.arrange(search, found, { ...selected, chosen: [...selected.chosen] }, ''),
		newest: await selection.arrange(search, found, { ...selected, chosen: [...selected.chosen] }, 'newest'),
		title: await selection.arrange(search, found, { ...selected, chosen: [...selected.chosen] }, 'title') };
	for (const [order, list] of Object.entries(sorted))
		if ([...list].sort((a, b) => a - b).join() !== truth.join())
			faults.push(`${address} ${order}: ${list.length} / ${truth.length}`);
	for (const facet of selection.FACETS)
		base.facets[facet].values.forEach(({ code }, i) => {
			const count = rows.filter((row) => fits(row, facet) && codesOf(facet, row).includes(code)).length;
			if (count !== selected.counts[facet][i])
				faults.push(`${address}: ${facet} ${code} ${selected.counts[facet][i]} / ${count}`);
		});
	const again = selection.parse(address);
	if (JSON.stringify(again) !== JSON.stringify({ ...state, chosen: Object.fromEntries(Object.entries(state.chosen)
		.map(([facet, codes]) => [facet, [...new Set(codes)]])) }))
		faults.push(`${address} is read as ${JSON.stringify(again)}`);
	const rank = new Map([...found?.rows ?? []].map((row, i) => [row, [-found.titles[i], -found.hits[i], -row]]));
	sorted[''].slice(1).forEach((row, i) => {
		const [a, b] = [sorted[''][i], row].map((one) => rank.get(one) ?? [0, 0, -one]);
		if ((a[0] - b[0] || a[1] - b[1] || a[2] - b[2]) >= 0)
			orders.push(`${address}: ${a} before ${b}`);
	});
	if (sorted.newest.some((row, i) => i > 0 && sorted.newest[i - 1] <= row))
		orders.push(`${address}: not the newest first`);
}
claim('300 selections are what counting gives, and their addresses say them', faults);
claim('the most relevant comes first: titles, how often, the newest', orders);
const titles = await selection.arrange(search, null, { ...all }, 'title');
const collator = new Intl.Collator('zh');
claim('titles are in the order of pinyin', titles.slice(1).filter((row, i) =>
	collator.compare(cards[titles[i]].title, cards[row].title) > 0).map((row) => cards[row].title));
claim('an address of nonsense asks for everything', ['?page=-1&sort=x&from=2026-13-45&to=x', '?page=1e9x&q='].filter((text) =>
	JSON.stringify(selection.parse(text)) !== JSON.stringify(start)));

/* -- files to take away ---------------------------------------------------------------- */

const cell = files.csvCell;
claim('no cell runs as a formula', ['=1+1', '+1', '-1', '@a', '\tx', '\rx', '＝1', '＋1', '－1', '＠a', '="a"']
	.filter((text) => !/^"'/.test(cell(text))));
claim('other cells say what they said', [['a', 'a'], ['a,b', '"a,b"'], ['a"b', '"a""b"'], ['a\nb', '"a\nb"'], ['', ''],
	['芯片', '芯片'], ['#x', '"#x"']].filter(([text, made]) => cell(text) !== made).map(String));
const rows = [{ title: '<a> & "b"\u0000', url: 'https://x/?a&b', entered: '2026-01-02', units: '甲', summary: '=1' }];
claim('a table has its headings, the mark of spreadsheets and a line for each row', files.csv({ title: '名称', url: '网址' }, rows)
	=== '\ufeff名称,网址\r\n"<a> & ""b""\u0000",https://x/?a&b\r\n' ? [] : [JSON.stringify(files.csv({ title: '名称', url: '网址' }, rows))]);
fs.writeFileSync(path.join(site, '../made.atom'), files.atom({ title: 'a & b', subtitle: '演示', address: 'https://x/search/?q=a&b',
	author: '浙里', lang: 'zh-CN', updated: '2026-06-30' }, rows));
finish();
