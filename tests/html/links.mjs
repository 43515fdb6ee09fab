// SPDX-License-Identifier: MIT
// links.mjs SITE [BASE-URL [unfinished]]: every address on every page of a built site leads
// somewhere in it: to a file, or to a folder with an index.html, and a fragment
// to an element with that id. Addresses of other sites are only looked at for
// their form; feeds and the sitemap name pages by BASE-URL. Prints what is wrong. In an
// unfinished site there may be pages that nothing links to yet, and what those
// lead to is no matter.
import fs from 'node:fs';
import path from 'node:path';

const site = path.resolve(process.argv[2]);
const base = (process.argv[3] ?? '').replace(/\/*$/, '/');
const faults = [];

function filesBelow(folder) {
	return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const name = path.join(folder, entry.name);
		return entry.isDirectory() ? filesBelow(name) : [name];
	});
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
function unescape(text) {
	return text.replace(/&(#x?[0-9a-fA-F]+|[a-z]+);/g, (whole, name) => {
		if (name[0] !== '#')
			return entities[name] ?? whole;
		const hex = name[1] === 'x';
		return String.fromCodePoint(parseInt(name.slice(hex ? 2 : 1),
			hex ? 16 : 10));
	});
}

// Start tags with their attributes; comments, scripts and styles left out.
function tags(text) {
	const clean = text
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/gi, '$1$3');
	const found = [];
	for (const [, name, inside] of
		clean.matchAll(/<([a-zA-Z][\w:-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g)) {
		const attributes = new Map();
		for (const [, key, a, b, c] of inside.matchAll(
			/([^\s=/"'>]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g))
			attributes.set(key, unescape(a ?? b ?? c));
		found.push({ name: name.toLowerCase(), attributes });
	}
	return found;
}

const files = filesBelow(site);
const exists = new Set(files);
const isMarkup = /\.(html|atom|xml|svg)$/;
const parsed = new Map();
for (const file of files.filter((name) => isMarkup.test(name)))
	parsed.set(file, tags(fs.readFileSync(file, 'utf8')));
const ids = new Map();
for (const [file, found] of parsed) {
	const here = new Set();
	for (const { attributes } of found)
		for (const key of ['id', 'name'])
			if (attributes.has(key))
				here.add(attributes.get(key));
	ids.set(file, here);
}

// The file an address leads to, or null for another site's.
function target(from, address) {
	let url = address;
	if (base !== '/' && url.startsWith(base))
		url = '/' + url.slice(base.length);
	if (/^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('//'))
		return null;
	const [, where, fragment] = url.match(/^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/);
	let file = from;
	if (where !== '') {
		const root = where.startsWith('/') ? site : path.dirname(from);
		file = path.join(root, decodeURIComponent(where));
		if (where.endsWith('/') || where === '.' || where === '..')
			file = path.join(file, 'index.html');
	}
	return { file, fragment: decodeURIComponent(fragment ?? '') };
}

const addressed = ['href', 'src', 'action', 'poster', 'cite', 'data'];
let count = 0;
function check(from, address) {
	count++;
	if (/^\s*(javascript|vbscript|data):/i.test(address))
		return 'may not be an address here';
	if (/^https?:/i.test(address) && !URL.canParse(address))
		return 'is no address';
	const goal = target(from, address);
	if (goal === null)
		return '';
	if (path.relative(site, goal.file).startsWith('..'))
		return 'leads out of the site';
	if (!exists.has(goal.file))
		return 'leads nowhere';
	if (goal.fragment !== '' && !ids.get(goal.file)?.has(goal.fragment))
		return 'has a fragment that is not there';
	return '';
}

// What links lead to from the first page.
const reached = new Set([path.join(site, 'index.html')]);
for (const file of reached)
	for (const { name, attributes } of parsed.get(file) ?? []) {
		const address = name === 'a' ? attributes.get('href') :
			name === 'form' ? attributes.get('action') : undefined;
		const goal = address === undefined ? null : target(file, address);
		if (goal !== null && exists.has(goal.file))
			reached.add(goal.file);
	}

const isUnfinished = process.argv[4] === 'unfinished';
for (const [file, found] of parsed) {
	const name = path.relative(site, file);
	if (isUnfinished && file.endsWith('.html') && !reached.has(file))
		continue;
	for (const { name: tag, attributes } of found) {
		const all = addressed.filter((key) => attributes.has(key))
			.map((key) => attributes.get(key));
		for (const entry of (attributes.get('srcset') ?? '').split(','))
			if (entry.trim() !== '')
				all.push(entry.trim().split(/\s+/)[0]);
		if (tag === 'meta' && attributes.get('property') === 'og:url')
			all.push(attributes.get('content'));
		for (const address of all) {
			const fault = check(file, address);
			if (fault !== '')
				faults.push(`${name}: '${address}' ${fault}`);
		}
	}
	const seen = new Set();
	for (const { attributes } of found) {
		const id = attributes.get('id');
		if (id !== undefined && seen.has(id) && file.endsWith('.html'))
			faults.push(`${name}: id '${id}' stands twice`);
		seen.add(id);
	}
}

// What stands between the tags of feeds and the sitemap.
for (const file of files.filter((name) => /\.(atom|xml)$/.test(name)))
	for (const [, address] of fs.readFileSync(file, 'utf8')
		.matchAll(/<(?:loc|uri)>([^<]*)</g)) {
		const fault = check(file, unescape(address));
		if (fault !== '')
			faults.push(`${path.relative(site, file)}: '${address}' ${fault}`);
	}

// Style sheets.
for (const file of files.filter((name) => name.endsWith('.css')))
	for (const [, , address] of fs.readFileSync(file, 'utf8')
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.matchAll(/url\(\s*(['"]?)([^'")]+)\1\s*\)/g)) {
		if (/^data:/.test(address))
			continue;
		const fault = check(file, address);
		if (fault !== '')
			faults.push(`${path.relative(site, file)}: '${address}' ${fault}`);
	}

// Every page of the sitemap can be reached from the first one by links.
const sitemap = path.join(site, 'sitemap.xml');
const listed = exists.has(sitemap) && !isUnfinished ? fs.readFileSync(sitemap, 'utf8') : '';
for (const file of parsed.keys())
	if (file.endsWith('.html') && !reached.has(file) &&
		listed.includes(`/${path.relative(site, path.dirname(file))}/<`))
		faults.push(`${path.relative(site, file)}: no link leads here`);

console.log(`${parsed.size} files, ${count} addresses, ${faults.length} faults`);
for (const fault of faults.slice(0, 200))
	console.log(fault);
process.exit(faults.length === 0 && count > 0 ? 0 : 1);
