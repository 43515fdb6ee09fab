// SPDX-License-Identifier: MIT
// search.mjs SITE: a table of what the search of a site costs its readers, in Chromium
// over a simulated line, beside what is aimed at. Queries come from the site's own texts,
// the same each time.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';
import { chromium } from 'playwright-core';

import { dice, index, open } from '../search/load.mjs';

const ROUND_TRIP = 40, BYTES_PER_MS = 20e6 / 8 / 1000, HEAD = 300, EACH = 12;
// By how many records there are at most: milliseconds to the first result, kB until
// then, milliseconds of any other query.
const AIMS = [[1000, null, 80, null], [10000, 900, 130, null], [100000, 1000, 450, 300]];
const site = path.resolve(process.argv[2]);

/* -- the line: all goes through one pipe, a round trip late; a new connection costs two
 * more (TCP, TLS) ----------------------------------------------------------------------- */

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
	'.json': 'application/json', '.svg': 'image/svg+xml' };
const packed = new Map(), known = new WeakSet();
let free = 0, sent = [];

function bytesOf(file, isText) {
	if (!packed.has(file))
		packed.set(file, isText ? zlib.gzipSync(fs.readFileSync(file)) : fs.readFileSync(file));
	return packed.get(file);
}

const server = http.createServer((request, response) => {
	const name = decodeURIComponent(request.url.split('?')[0]);
	const file = path.join(site, name.endsWith('/') ? `${name}index.html` : name);
	const type = types[path.extname(file)];
	if (!fs.existsSync(file)) {
		response.writeHead(404).end();
		return;
	}
	const bytes = bytesOf(file, type !== undefined);
	const begin = Math.max(performance.now() + ROUND_TRIP * (known.has(request.socket) ? 1 : 3), free);
	known.add(request.socket);
	free = begin + (bytes.length + HEAD) / BYTES_PER_MS;
	sent.push([name, bytes.length + HEAD, performance.timeOrigin + performance.now()]);
	setTimeout(() => {
		response.writeHead(200, { 'Content-Type': type ?? 'application/octet-stream',
			...type && { 'Content-Encoding': 'gzip' }, 'Cache-Control': 'max-age=600' });
		response.end(bytes);
	}, free - performance.now());
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}/`;
const kilobytes = (list) => list.reduce((sum, [, bytes]) => sum + bytes, 0) / 1000;

/* -- queries ------------------------------------------------------------------------------ */

const search = await open(site), roll = dice(3);
async function piece(length) {
	const text = [...await search.text(roll(search.records))].filter((c) => !/\s/.test(c));
	const at = roll(Math.max(1, text.length - length));
	return text.slice(at, at + length).join('');
}

// As many queries as wanted, of a length, that so many of the records have.
async function queries(length, least, most) {
	const found = new Set();
	for (let tries = 0; tries < 3000 && found.size < EACH; tries++) {
		const query = await piece(length), [term] = index.termsOf(query);
		if (!/^\p{Script=Han}+$/u.test(query) || found.has(query))
			continue;
		const { rows } = await search.findTerm(term);
		if (rows.length > least * search.records && rows.length <= most * search.records)
			found.add(query);
	}
	return [...found];
}

const common = await queries(2, 0.05, 0.5);
const fields = search.facets.find(({ name }) => name === 'field').values.slice(0, 2)
	.map(({ code }) => `&field=${code}`).join('');
const kinds = [
	['two characters, rare', await queries(2, 0, 0.05)],
	['two characters, common', common],
	['two characters, two facets', common, `${fields}&transfer=not-transferred`],
	['two characters, by title', common, '&sort=title'],
	['four characters', await queries(4, 0, 0.3)],
	['eight characters', await queries(8, 0, 1)],
	['one character', await queries(1, 0, 1)],
	['beginning of a word', ['b', 'be', 'ben', '2', '20', '5g']],
];

/* -- measuring ------------------------------------------------------------------------------ */

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });

// Set in the page before anything else: when the first result stood there.
function watch() {
	new MutationObserver((_, observer) => {
		if (document.querySelector('.search-results article')) {
			observer.disconnect();
			const asked = performance.timeOrigin + performance.now();
			requestAnimationFrame(() => { window.firstResult = { ms: performance.now(), asked }; });
		}
	}).observe(document, { childList: true, subtree: true });
}

// Nothing cached, nothing connected: from asking for the page to its first result.
async function cold(query) {
	const context = await browser.newContext(), page = await context.newPage();
	await page.addInitScript(watch);
	sent = [];
	await page.goto(`${origin}search/?q=${encodeURIComponent(query)}`, { waitUntil: 'commit' });
	const { ms, asked } = await (await page.waitForFunction(() => window.firstResult, null, { polling: 10 })).jsonValue();
	const until = sent.filter(([, , when]) => when <= asked);
	await context.close();
	return { ms, kb: kilobytes(until), index: kilobytes(until.filter(([name]) => /^\/search\/./.test(name))),
		requests: until.length, names: until };
}

// In a page that is there already, from asking to results.
function ask(where) {
	return new Promise((resolve, reject) => {
		const list = document.querySelector('.search-results'), began = performance.now();
		const observer = new MutationObserver(() => {
			observer.disconnect();
			resolve(performance.now() - began);
		});
		setTimeout(() => reject(new Error(`no answer to ${where}`)), 60000);
		observer.observe(list, { childList: true });
		history.pushState(null, '', where);
		dispatchEvent(new PopStateEvent('popstate'));
	});
}

async function measure(list, more = '') {
	const context = await browser.newContext(), page = await context.newPage();
	const times = [], sizes = [];
	await page.goto(`${origin}search/`, { waitUntil: 'load' });
	await page.waitForFunction(() => document.querySelector('.search-results article'));
	await page.waitForLoadState('networkidle');
	for (const query of list) {
		sent = [];
		times.push(await page.evaluate(ask, `?q=${encodeURIComponent(query)}${more}`));
		sizes.push(kilobytes(sent));
		await page.waitForLoadState('networkidle');
	}
	await context.close();
	return [median(times), Math.max(...times), median(sizes)];
}

/* -- the table -------------------------------------------------------------------------------- */

const [, msAim, kbAim, otherAim] = AIMS.find(([most]) => search.records <= most) ?? AIMS.at(-1);
const line = (name, ms, worst, aim, kb, kbAimed, note = '') => console.log(`${name.padEnd(32)}${[ms, worst, aim, kb, kbAimed]
	.map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell ?? '').padStart(8)).join('')}  ${note}`.trimEnd());
const firsts = [];
for (const query of common.slice(0, 5))
	firsts.push(await cold(query));
if (process.env.BENCH_VERBOSE)
	console.log(firsts.at(-1).names.map(([name, bytes]) => `  ${bytes} ${name}`).join('\n'));
const of = (name) => median(firsts.map((first) => first[name]));
console.log(`\n${search.records} records`);
line('', 'ms', 'worst', 'aim', 'kB', 'aim');
line('page and first result', of('ms'), Math.max(...firsts.map(({ ms }) => ms)), msAim, of('kb'), kbAim,
	`${of('requests')} requests; ${of('index').toFixed(0)} kB are of the index`);
for (const [name, list, more] of kinds) {
	const [ms, worst, kb] = await measure(list, more);
	line(name, ms, worst, otherAim, kb, '', `${list.length} queries`);
}
await browser.close();
server.close();
