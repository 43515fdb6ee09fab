// SPDX-License-Identifier: MIT
// shown.mjs SITE: the text of every record in the search stands on its page, line by line,
// and what is on the page of its prose stands in the text.
import fs from 'node:fs';
import path from 'node:path';

import { claim, finish, open } from './load.mjs';

const [site] = process.argv.slice(2);
const search = await open(site);
const signs = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': '\'' };

function plain(html) {
	return html.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (_, name) => signs[name] ??
		String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1))))
		.replace(/[\s\u00ad\u200b]+/g, '');
}

const faults = [];
let lines = 0;
for (let row = 0; row < search.records; row++) {
	const { id } = await search.card(row);
	const page = fs.readFileSync(path.join(site, 'achievements', id, 'index.html'), 'utf8');
	const text = await search.text(row), shown = plain(page);
	for (const line of text.split('\n').map((each) => plain(each.replaceAll('<', '&lt;'))).filter(Boolean)) {
		lines++;
		if (!shown.includes(line))
			faults.push(`${id}: not on the page: ${line.slice(0, 60)}`);
	}
	const prose = page.match(/<div class="prose"[^>]*>([^]*?)<\/div>/)?.[1] ?? '';
	const all = plain(text.replaceAll('<', '&lt;'));
	let parts = 0;
	for (const [, part] of prose.matchAll(/<(?:p|h[1-6]|li|td|th)\b[^>]*>([^<]*)</g)) {
		parts += plain(part) !== '';
		if (!all.includes(plain(part)))
			faults.push(`${id}: not in the search: ${part.slice(0, 60)}`);
	}
	if (parts === 0)
		faults.push(`${id}: no prose on its page`);
}
claim('there are lines to look for', lines > search.records * 5 ? [] : [`${lines} lines`]);
claim('what is searched is what pages show', faults);
finish();
