// SPDX-License-Identifier: MIT
// exact.mjs SITE COUNT: what the search finds is what reading every record through finds,
// record by record, with how often and in how many titles, for COUNT queries of all sorts.
// What is read through are the cards and texts, folded in another way than the theme does.
import { claim, dice, finish, index, open } from './load.mjs';

const [site, wanted] = process.argv.slice(2);
const search = await open(site);
const roll = dice(Number(process.env.SEED) || 1);

/* -- reading all through -------------------------------------------------------- */

const word = 'a-z0-9\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0300-\\u052f\\u1e00-\\u1eff';

function folded(text) {
	return [...text.normalize('NFKC')].map((c) => [...c.toLowerCase()][0]).join('')
		.replace(/[\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f]/g, '')
		.replace(/[\t\v\f\r \u0085\u2028\u2029]*\n[\s\u0085]*/g, '\n')
		.replace(/[\t\v\f\r \u0085\u2028\u2029]+/g, ' ')
		.replace(/^[ \n]+|[ \n]+$/g, '')
		.replace(new RegExp(`(?<![${word}]) | (?![${word}])`, 'g'), '');
}

function countIn(text, term) {
	const begins = new RegExp(`^[${word}]`).test(term), before = new RegExp(`[${word}]$`);
	let count = 0;
	for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1))
		count += !(begins && before.test(text.slice(Math.max(0, at - 1), at)));
	return count;
}

const records = [];
for (let row = 0; row < search.records; row++) {
	const card = await search.card(row), body = await search.text(row);
	records.push({ titles: [card.title, card.title_en].filter(Boolean).map(folded),
		others: [card.summary, card.summary_en, body].filter(Boolean).map(folded), body });
}

// [row, hits, titles] of the records that have all terms.
function readThrough(terms) {
	const found = [];
	records.forEach(({ titles, others }, row) => {
		const sums = terms.map((term) => [titles, others].map((texts) =>
			texts.reduce((sum, text) => sum + countIn(text, term), 0)));
		if (sums.every(([a, b]) => a + b > 0))
			found.push([row, sums.reduce((sum, [a, b]) => sum + a + b, 0),
				sums.reduce((sum, [a]) => sum + (a > 0), 0)]);
	});
	return found;
}

/* -- queries --------------------------------------------------------------------- */

const pick = (list) => list[roll(list.length)];
function piece(length) {
	const record = pick(records), characters = [...pick([...record.titles, ...record.others])];
	const at = roll(Math.max(1, characters.length - length));
	return characters.slice(at, at + length).join('');
}

const wide = (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
function word_of(text) {
	return pick(text.match(new RegExp(`[${word}]+`, 'g')) ?? ['x']);
}

// Each makes a query; the second half are traps: neighbours that never met, the middle of
// a word, a word too long.
const kinds = {
	'one character': () => piece(1),
	'two characters': () => piece(2),
	'three to eight characters': () => piece(3 + roll(6)),
	'a long piece': () => piece(9 + roll(30)),
	'two pieces': () => `${piece(2 + roll(2))} ${piece(1 + roll(3))}`,
	'three pieces': () => `${piece(2)}　${piece(2)}\t${piece(1)}`,
	'full-width and capital': () => wide(piece(2 + roll(5)).toUpperCase()),
	'the beginning of a word': () => word_of(piece(30)).slice(0, 1 + roll(4)),
	'a word whole': () => word_of(piece(30)),
	'around a word': () => {
		const found = piece(40).match(new RegExp(`[^${word}\\s]{0,2}[${word}]+[^${word}\\s]{0,3}`)) ?? ['5g'];
		return found[0];
	},
	'neighbours that never met': () => { const a = piece(2); return a + [...a].at(-1) + [...piece(2)].at(-1); },
	'two pieces in one': () => piece(2) + piece(2),
	'turned round': () => [...piece(2 + roll(3))].reverse().join(''),
	'the middle of a word': () => word_of(piece(30)).slice(1),
	'a word and more': () => `${word_of(piece(30))}q`,
	'in quotation marks': () => `“${piece(3)}”`,
	'nothing has it': () => `${piece(1)}\u9f98\u9f96`,
};

const count = Number(wanted), of = {};
const faults = [];
for (let n = 0; n < count; n++) {
	const kind = Object.keys(kinds)[n % Object.keys(kinds).length], query = kinds[kind]();
	const terms = index.termsOf(query);
	if (!terms.length)
		continue;
	const found = await search.find(terms);
	const ours = [...found.rows].map((row, i) => [row, found.hits[i], found.titles[i]]).join(' ');
	const truth = readThrough(terms.map((term) => String.fromCodePoint(...term)));
	of[kind] ??= { queries: 0, found: 0, some: 0 };
	of[kind].queries++;
	of[kind].found += truth.length;
	of[kind].some += truth.length > 0;
	if (ours !== truth.join(' '))
		faults.push(`${kind}, ${JSON.stringify(query)}: has ${ours.slice(0, 80)}, right is ${
			truth.join(' ').slice(0, 80)}`);
}
const sum = (name) => Object.values(of).reduce((all, kind) => all + kind[name], 0);
claim(`${sum('queries')} queries find what is there (${sum('found')} records), and nothing else`, faults);
claim('most queries find something, and some nothing', Object.entries(of).filter(([kind, { queries, some }]) =>
	queries < count / 40 || (/never|has it|and more/.test(kind) ? some === queries : some === 0))
	.map(([kind, numbers]) => `${kind}: ${JSON.stringify(numbers)}`));
claim('what is looked through is what was written', ['5G 芯片', '哈哈哈哈', 'deep-learning', '發展', '𠮷野家', 'TCP/IP', '半导体材料']
	.filter((text) => !records.some(({ body }) => body.includes(text))));

/* -- a term that the index has in no shard, one at either end ------------------------ */

claim('the ends of the index', (await Promise.all(['\u0001', '\u{10fffd}', '!', '\uffee'].map(async (query) => {
	const terms = index.termsOf(query), found = await search.find(terms);
	const truth = readThrough(terms.map((term) => String.fromCodePoint(...term)));
	return found.rows.length === truth.length ? [] : [JSON.stringify(query)];
}))).flat());
claim('a query of nothing asks for nothing', [...['', ' \u3000\n', '""', '\u200b']].filter((query) =>
	index.termsOf(query).length > 0));
finish();
