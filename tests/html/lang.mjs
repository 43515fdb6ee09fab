// SPDX-License-Identifier: MIT
// lang.mjs FOLDER: on the pages of an English site, every text and every
// attribute that people are read must be English, or stand in an element whose
// language is Chinese. And the other way round: what is marked as Chinese has
// Chinese in it. Prints each kind of place once, with how often it was found.
import fs from 'node:fs';
import path from 'node:path';

const voids = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img',
	'input', 'link', 'meta', 'source', 'track', 'wbr']);
const readable = new Set(['alt', 'title', 'aria-label', 'placeholder',
	'data-label']);
const chinese = /[\u3400-\u9fff\uf900-\ufaff]/;

function attributes(text) {
	const found = {};
	for (const [, name, value] of
		text.matchAll(/([^\s=/]+)(?:="([^"]*)")?/g))
		found[name] = value ?? '';
	return found;
}

// Calls see(kind, text, stack) for each text and attribute of a page.
function walk(html, see) {
	const stack = [];
	let raw = '';
	for (const [token] of html.matchAll(/<!--[^]*?-->|<![^>]*>|<[^>]+>|[^<]+/g)) {
		if (raw !== '' && token !== `</${raw}>`)
			continue;
		raw = '';
		if (!token.startsWith('<')) {
			see('text', token, stack);
		} else if (token.startsWith('</')) {
			const name = token.slice(2, -1).trim();
			const open = stack.pop();
			if (open?.name !== name)
				throw new Error(`${token} closes <${open?.name}>`);
			if (open.lang !== undefined && !open.inner)
				see('unused', '', [...stack, open]);
		} else if (!token.startsWith('<!')) {
			const [, name, rest] = token.match(/^<([^\s/>]+)([^]*?)\/?>$/);
			const all = attributes(rest);
			const element = { name, class: all.class, id: all.id,
				lang: all.lang };
			for (const key of Object.keys(all))
				if (readable.has(key))
					see(key, all[key], [...stack, element]);
			if (voids.has(name) || token.endsWith('/>'))
				continue;
			stack.push(element);
			if (name === 'script' || name === 'style')
				raw = name;
		}
	}
}

function place(file, kind, stack) {
	const last = stack.slice(-3).map((element) => element.name +
		(element.class ? `.${element.class.replaceAll(' ', '.')}` : ''));
	return `${file.split('/')[0]}: ${kind} in ${last.join(' > ')}`;
}

const folder = process.argv[2];
const faults = new Map();
let pages = 0;
for (const name of fs.readdirSync(folder, { recursive: true }).sort()) {
	if (!name.endsWith('.html'))
		continue;
	pages++;
	const note = (kind, text, stack) => {
		const key = place(name, kind, stack);
		const fault = faults.get(key) ?? { count: 0,
			example: `${name}: ${text.trim().slice(0, 40)}` };
		fault.count++;
		faults.set(key, fault);
	};
	walk(fs.readFileSync(path.join(folder, name), 'utf8'),
		(kind, text, stack) => {
			const marked = stack.findLast((e) => e.lang !== undefined);
			const isChinese = marked?.lang.startsWith('zh') ?? false;
			if (kind === 'unused') {
				if (isChinese)
					note('marked as Chinese without being so', text,
						stack);
				return;
			}
			if (!chinese.test(text))
				return;
			for (const element of stack)
				element.inner = true;
			if (!isChinese)
				note(`Chinese ${kind}`, text, stack);
		});
}
for (const [where, { count, example }] of [...faults].sort((a, b) =>
	b[1].count - a[1].count))
	console.log(`${where}: ${count}, as ${example}`);
console.log(`${pages} English pages, ${faults.size} kinds of places`);
process.exitCode = pages < 100 || faults.size > 0 ? 1 : 0;
