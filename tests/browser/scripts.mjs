// SPDX-License-Identifier: MIT
// scripts.mjs ZHELI WORK: nothing that a stranger writes runs in a reader's
// browser. Every text of every kind of record (the plots of tests/leaks, from the
// schemas, so that a new field takes part) carries as much that would run if a
// page let it as the schema leaves room for, and so do every construct of
// Markdown and the names of files; Chromium reads the pages of the public and the
// internal site: without any policy, so that none hides what would run, and under
// the server's and the one that every page carries for servers that send none,
// which forbid all but the site's own style sheet, scripts and images. No cell of a table is a formula for
// spreadsheets, and pictures say no more than they show. Prints TAP.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';

import { planted, replaceMakers } from '../leaks/plant.mjs';
import { plant } from '../leaks/registry.mjs';
import { lengths } from '../leaks/schema.mjs';
import { filesBelow } from '../leaks/search.mjs';
import { asOf } from '../leaks/states.mjs';
import { attach, compare, testNames } from './pictures.mjs';

const [zheli, work] = process.argv.slice(2).map((name) => path.resolve(name));
const registry = path.join(work, 'registry');
const policy = fs.readFileSync('.packaging/nginx/headers.conf', 'utf8')
	.match(/^add_header Content-Security-Policy "([^"]+)"/m)[1];
// What a page can say of it itself: by whom it is framed is the server's alone.
const inPages = policy.replace(/; frame-ancestors [^;]*/, '');
const meta = '<meta http-equiv="Content-Security-Policy"';
const bare = { strip: true, headers: {} };
const carrying = { strict: true, headers: {} };
const guarded = { strict: true,
	headers: { 'Content-Security-Policy': policy } };

// Each would call pwn() if it were taken for more than text.
const vectors = [
	'<script>pwn()</script>', '"><img src=x onerror=pwn()>',
	"' onfocus=pwn() autofocus x='", '</title><script>pwn()</script>',
	'<svg onload=pwn()>', '--><script>pwn()</script>',
	']]><script>pwn()</script>', '&lt;script&gt;pwn()&lt;/script&gt;',
	'{{{t.lang}}}<script>pwn()</script>', '</style><script>pwn()</script>',
	'<iframe srcdoc="<script>parent.pwn()</script>">', 'javascript:pwn()',
	'<a href="javascript:pwn()">x</a>', '`onclick=pwn()`', '\\"><b onclick=pwn()>',
	'<math><mi href="javascript:pwn()">', '＜script＞pwn()＜/script＞',
];

const markdown = `[a](javascript:pwn()) [b](JaVaScRiPt:pwn()) [c](&#x6a;avascript:pwn())
[d](data:text/html,<script>pwn()</script>) [e](vbscript:pwn()) [f]( javascript:pwn())
[g](java\\script:pwn()) [h]: javascript:pwn()

[h] <javascript:pwn()> \`<script>pwn()</script>\` **<img src=x onerror=pwn()>**

![i" onerror="pwn()](x.png "t' onload='pwn()")

# x" onclick="pwn() <script>pwn()</script>

| <svg onload=pwn()> | [x](javascript:pwn()) |
| --- | --- |
| "><script>pwn()</script> | \`\`" onmouseover=pwn()\`\` |

\`\`\`"><script>pwn()</script>
<script>pwn()</script>
\`\`\`

Note[^"><script>pwn()</script>] and [^n].

[^n]: <script>pwn()</script> [x](javascript:pwn())

~~<details open ontoggle=pwn()>~~

<script>pwn()</script>
`;

let count = 0, failed = 0;
function claim(name, faults) {
	console.log(`${faults.length ? 'not ok' : 'ok'} ${++count} - ${name}`);
	failed += faults.length > 0;
	for (const fault of faults.slice(0, 30))
		console.log(`# ${fault}`);
}

/* -- what is served --------------------------------------------------------- */

// Fields of these types are no texts: their schema knows every character.
const plain = new Set(['amount', 'slug', 'identifier', 'file-path',
	'achievement-id', 'account']);
const most = lengths();
// What each marker's text carries, and where in the vectors a field goes on.
const carried = new Map(), turns = new Map();

// The vectors that fit behind the marker, beginning where the field's last text
// ended: in every record it says something else, in the end all of them.
function pack(type, marker) {
	const { kind, field } = planted.get(marker);
	const place = `${kind} ${field}`;
	let text = marker, next = turns.get(place) ?? carried.size;
	const own = [];
	if (next % 3 === 0)
		text = `${'=+-@＝'[next % 5]}pwn()${marker}`;
	for (let i = 0; i < vectors.length; i++, next++) {
		const vector = vectors[next % vectors.length];
		if ([...`${text} ${vector}`].length > most[type])
			break;
		text += ` ${vector}`;
		own.push(vector);
	}
	turns.set(place, next);
	carried.set(marker, { type, place, own, text });
	return text;
}

// The shortest that runs, for what has room for no more.
const short = (marker) => `${marker}<b onclick=pwn()>`;

function makeText(type, make) {
	if (plain.has(type))
		return make;
	if (type === 'url')
		return () => `https://example.org/"><script>pwn()</script>`;
	return (marker) => carried.get(marker)?.text ?? (type === 'keyword' ?
		short(marker) : pack(type, marker));
}

// Every vector stands in texts of every type, and every field of some length has
// had them all.
function testVectors() {
	const faults = [], ofType = new Map(), ofPlace = new Map();
	for (const [marker, { type, place, own }] of carried) {
		if (!planted.has(marker))
			continue;
		for (const [map, key] of [[ofType, type], [ofPlace, place]])
			map.set(key, new Set([...(map.get(key) ?? []), ...own]));
		if (most[type] >= 600 && own.length < vectors.length)
			faults.push(`${place}: ${own.length} vectors`);
	}
	for (const [type, own] of ofType)
		vectors.filter((vector) => !own.has(vector)).forEach((vector) =>
			faults.push(`${type}: never ${vector}`));
	claim('every vector stands in texts of every type', faults);
	const sums = [...ofPlace.values()].map((own) => own.size);
	claim('a field has had most of them', sums.length > 100 &&
		sums.reduce((a, b) => a + b) / sums.length > vectors.length / 2 ?
		[] : [`${sums.length} fields, ${sums}`]);
}

function fill() {
	replaceMakers(makeText);
	const { stuck } = plant(zheli, registry);
	attach(registry);
	const lines = markdown.split('\n\n');
	// A body that is refused takes its page with it, so each piece has its own.
	lines.forEach((piece, i) => fs.writeFileSync(
		path.join(registry, `content/pages/piece-${i}.md`),
		`---\ntitle: '${vectors[i % vectors.length].replaceAll("'", "''")}'\n` +
		`---\n\n${piece}\n`));
	return stuck;
}

function build() {
	const run = spawnSync(zheli, ['build', '-q', '--as-of', asOf,
		'-o', path.join(work, 'public'), '--internal',
		path.join(work, 'internal'), '--private', path.join(work, 'private')],
	{ cwd: registry, maxBuffer: 1 << 28 });
	if (run.status > 1)
		throw new Error(`zheli build: ${run.status} ${run.stderr}`);
}

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css',
	'.js': 'text/javascript', '.json': 'application/json',
	'.svg': 'image/svg+xml', '.atom': 'application/atom+xml',
	'.xml': 'application/xml' };

// `strip`: pages go without the policy that they carry.
function listen(folder, { headers, strip }) {
	const server = http.createServer((request, response) => {
		const name = decodeURIComponent(request.url.split('?')[0]);
		const file = path.join(folder, name.endsWith('/') ?
			`${name}index.html` : name);
		if (!fs.existsSync(file)) {
			response.writeHead(404).end();
			return;
		}
		response.writeHead(200, { ...headers,
			'Content-Type': types[path.extname(file)] ?? 'text/plain' });
		const bytes = fs.readFileSync(file);
		response.end(strip && file.endsWith('.html') ? bytes.toString()
			.replace(new RegExp(`${meta}[^>]*>`), '') : bytes);
	});
	return new Promise((resolve) => server.listen(0, '127.0.0.1', () =>
		resolve({ server, origin: `http://127.0.0.1:${server.address().port}/` })));
}

/* -- what a spreadsheet makes of it ----------------------------------------- */

// The cells of a CSV file.
function cells(text) {
	return [...text.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)]
		.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

function testTables() {
	const faults = [];
	let disarmed = 0;
	for (const file of [...filesBelow(path.join(work, 'public')),
		...filesBelow(path.join(work, 'internal'))].filter((name) =>
		name.endsWith('.csv')))
		for (const cell of cells(fs.readFileSync(file, 'utf8')
			.replace(/^\ufeff/, ''))) {
			disarmed += /^'[=+\-@＝]/.test(cell);
			if (/^[=+\-@\t\r＝＋－＠]/.test(cell) &&
			    !/^[+-]?[0-9.]+$/.test(cell))
				faults.push(`${path.relative(work, file)}: ${cell}`);
		}
	claim('no cell of a table is a formula', faults);
	claim('there were formulas to disarm', disarmed > 20 ? [] :
		[`${disarmed} of them`]);
	claim('a formula in a table is found out', /^[=]/.test(cells('a,"=1"')[1]) ?
		[] : ['not seen']);
}

/* -- what Chromium makes of it ---------------------------------------------- */

// What of a page would run, in the browser's own reading of it.
function suspects() {
	const found = [];
	for (const element of document.querySelectorAll('*')) {
		for (const { name, value } of element.attributes)
			if (/^on/i.test(name) || name === 'style' || name === 'srcdoc')
				found.push(`${element.localName} ${name}=${value}`);
		for (const name of ['href', 'src', 'action', 'formaction', 'data',
			'xlink:href']) {
			const value = element.getAttribute(name);
			if (value !== null && !/^https?:$/.test(
				new URL(value, document.baseURI).protocol) &&
			    !/^mailto:/.test(value))
				found.push(`${element.localName} ${name}=${value}`);
		}
		// A block of data is no script, as long as it is data to its end.
		const isData = element.localName === 'script' &&
			element.type === 'application/ld+json';
		if (isData && (element.text.includes('<') ||
		    typeof JSON.parse(element.text) !== 'object'))
			found.push('<script> that is no data');
		const own = {
			script: () => element.textContent === '' && /\/theme\/[a-z-]+\.js$/
				.test(new URL(element.src, document.baseURI).pathname),
			form: () => element.method === 'get' && new URL(element.action)
				.origin === location.origin,
		}[element.localName];
		if (/^(script|style|iframe|object|embed|base|form|math)$/
			.test(element.localName) && !isData && !own?.())
			found.push(`<${element.localName}>`);
	}
	return found;
}

async function read(browser, folder, way) {
	const { server, origin } = await listen(folder, way);
	const { strict } = way;
	const context = await browser.newContext();
	const page = await context.newPage();
	const result = { faults: [], pages: 0, vectors: 0 };
	let at = '';
	await page.exposeFunction('pwn', () => result.faults.push(`${at}: ran`));
	await page.exposeFunction('refused', (what) =>
		result.faults.push(`${at}: against the policy: ${what}`));
	await page.addInitScript(() => addEventListener('securitypolicyviolation',
		(event) => window.refused(`${event.violatedDirective} ${
			event.blockedURI} ${event.sample}`)));
	page.on('dialog', (dialog) => dialog.dismiss());
	for (const file of filesBelow(folder)) {
		// A browser shows a feed by a style of its own, which the policy
		// forbids as well.
		if (!(strict ? /\.(html|svg)$/ : /\.(html|atom|xml|svg)$/).test(file) ||
		    (!strict && !fs.readFileSync(file).includes('pwn()')))
			continue;
		at = path.relative(folder, file);
		await page.goto(origin + at, { waitUntil: 'load' });
		result.pages++;
		if (!at.endsWith('.html'))
			continue;
		result.vectors += (await page.evaluate(() =>
			document.documentElement.innerText)).split('pwn()').length - 1;
		for (const fault of await page.evaluate(suspects))
			result.faults.push(`${at}: ${fault}`);
		const said = strict && await page.evaluate((selector) =>
			document.head.querySelector(selector)?.content,
		'meta[http-equiv="Content-Security-Policy"]');
		if (strict && said !== inPages)
			result.faults.push(`${at}: carries the policy ${said}`);
	}
	await context.close();
	server.close();
	return result;
}

async function testItself(browser) {
	const folder = path.join(work, 'live');
	fs.mkdirSync(folder, { recursive: true });
	fs.writeFileSync(path.join(folder, 'index.html'),
		`<!DOCTYPE html>${meta} content="${inPages}"><title>x</title>` +
		'<script>pwn()</script>' +
		'<b onclick="pwn()" style="color: red">x</b>' +
		'<a href="javascript:pwn()">x</a><iframe srcdoc="x"></iframe>');
	const free = await read(browser, folder, bare);
	const alone = await read(browser, folder, carrying);
	const strict = await read(browser, folder, guarded);
	claim('a page that runs something is found out', [
		['ran', free], ['b onclick', free], ['a href=javascript', free],
		['<script>', free], ['style=', free],
		['against the policy: script-src', alone],
		['against the policy: style-src', alone],
		['against the policy: script-src', strict],
		['against the policy: style-src', strict],
	].filter(([sign, result]) => !result.faults.some((fault) =>
		fault.includes(sign))).map(([sign]) => `not seen: ${sign}`)
		.concat([alone, strict].filter(({ faults }) => faults.some((fault) =>
			fault.endsWith(': ran'))).map(() => 'a policy stops nothing')));
}

fs.rmSync(work, { recursive: true, force: true });
const stuck = fill();
build();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox'] });
try {
	claim('what is planted is in order', stuck);
	claim('there is much planted', planted.size > 500 ? [] :
		[`${planted.size} texts`]);
	testVectors();
	testTables();
	await compare(browser, path.join(work, 'public'), claim);
	const { server, origin } = await listen(path.join(work, 'public'),
		{ headers: {} });
	await testNames(browser, origin, claim);
	server.close();
	await testItself(browser);
	for (const site of ['public', 'internal'])
		for (const [how, way] of [['as it is', bare],
			['under a strict policy', guarded]]) {
			const result = await read(browser, path.join(work, site), way);
			claim(`nothing runs on the ${site} site ${how}`, result.faults);
			claim(`the ${site} site shows what is planted, ${how}`,
				result.vectors > 100 ? [] : [`${result.vectors} in ${
					result.pages} pages`]);
		}
} finally {
	await browser.close();
}
console.log(`1..${count}`);
process.exitCode = failed > 0 ? 1 : 0;
