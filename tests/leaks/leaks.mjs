// SPDX-License-Identifier: MIT
// Nothing that is not public is in the public site: every field of private and
// unreleased records gets a marker (plant.mjs, states.mjs: from the schemas), the
// site is built, and every byte of it is searched (search.mjs). What may be seen
// all the same stands in public.csv, each row with its reason, and what cannot
// hold a marker in unplanted.csv; a row that nothing needs is a fault, too, so
// each of them shows that the test would have found what it lets through.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

import { planted, unplanted } from './plant.mjs';
import { plant } from './registry.mjs';
import { filesBelow, search } from './search.mjs';
import { asOf } from './states.mjs';

const zheli = process.env.ZHELI;
const work = path.resolve(process.env.BUILD ?? 'build/release', 'test/leaks');
const registry = path.join(work, 'registry');
const here = 'tests/leaks';

const most = Number(process.env.MOST ?? 40);

let count = 0;
let failed = 0;

function claim(name, faults) {
	console.log(`${faults.length ? 'not ok' : 'ok'} ${++count} - ${name}`);
	failed += faults.length > 0;
	for (const fault of faults.slice(0, most))
		console.log(`# ${fault}`);
	if (faults.length > most)
		console.log(`# … and ${faults.length - most} more`);
}

function table(name) {
	const [head, ...rows] = fs.readFileSync(path.join(here, name), 'utf8')
		.split('\n').filter((line) => line && !line.startsWith('#'));
	const columns = head.split(',');
	return rows.map((row) => {
		const cells = row.split(',');
		const last = cells.slice(columns.length - 1).join(',');
		return Object.fromEntries(columns.map((column, i) =>
			[column, i === columns.length - 1 ? last : cells[i]]));
	});
}

// "a*" is all that begins so.
const matches = (pattern, text) => pattern.endsWith('*') ?
	text.startsWith(pattern.slice(0, -1)) : text === pattern;

/* -- the sites ------------------------------------------------------------ */

function build() {
	const run = spawnSync(zheli, ['build', '-q', '--as-of', asOf, '-o',
		path.join(work, 'public'), '--internal', path.join(work, 'internal'),
		'--private', path.join(work, 'private')],
		{ cwd: registry, maxBuffer: 1 << 28 });
	if (run.status > 1)
		throw new Error(`zheli build: ${run.status} ${run.stderr}`);
	return `${run.stderr}`;
}

/* -- the search itself ---------------------------------------------------- */

// One file for each form in which a marker may come, and the marker in it.
function forms(folder) {
	const text = (m) => `before ${m} after`;
	const base64 = (m, skip) => Buffer.from('x'.repeat(skip) + text(m))
		.toString('base64');
	const made = {
		'plain.html': (m) => text(m),
		'upper.txt': (m) => text(m).toUpperCase(),
		'utf-16le.csv': (m) => Buffer.from(text(m), 'utf16le'),
		'utf-16be.csv': (m) => Buffer.from(text(m), 'utf16le').swap16(),
		'base64-0.txt': (m) => base64(m, 0), 'base64-1.txt': (m) => base64(m, 1),
		'base64-2.txt': (m) => base64(m, 2),
		'hex.txt': (m) => Buffer.from(m).toString('hex'),
		'percent.txt': (m) => [...m].map((c) =>
			`%${c.charCodeAt(0).toString(16)}`).join(''),
		'numbers.html': (m) => [...m].map((c) => `&#${c.charCodeAt(0)};`).join(''),
		'escaped.json': (m) => [...m].map((c) =>
			`\\u00${c.charCodeAt(0).toString(16)}`).join(''),
		'page.html.gz': (m) => zlib.gzipSync(text(m)),
		'twice.gz': (m) => zlib.gzipSync(zlib.gzipSync(text(m))),
		'stream.bin': (m) => zlib.deflateSync(text(m).repeat(20)),
	};
	const expected = new Map();
	let n = 0;
	fs.mkdirSync(folder, { recursive: true });
	const next = () => `zqt${(n++).toString(36).padStart(3, '0')}k`;
	for (const [name, make] of Object.entries(made)) {
		const m = next();
		fs.writeFileSync(path.join(folder, name), make(m));
		expected.set(m, name);
	}
	fs.writeFileSync(path.join(folder, 'money.html'), '共 912,345.37 万元');
	expected.set('912345.37', 'money.html');
	const named = next();
	fs.writeFileSync(path.join(folder, `${named}.txt`), '');
	expected.set(named, 'the name of a file');
	const stored = next();
	// Longer than a page, so that the database keeps it in pieces.
	execFileSync('sqlite3', [path.join(folder, 'data.sqlite'),
		`PRAGMA page_size = 512; CREATE TABLE t (x); INSERT INTO t VALUES
		(printf('%.*c', 457, '-') || '${stored}' || printf('%.*c', 900, '-'))`]);
	expected.set(stored, 'data.sqlite');
	return expected;
}

function testSearch() {
	const folder = path.join(work, 'forms');
	const expected = forms(folder);
	const found = search(folder);
	claim('a marker is found in every form', [...expected].filter(([m]) =>
		!found.has(m)).map(([, name]) => `not in ${name}`));
	fs.rmSync(folder, { recursive: true });
	fs.mkdirSync(folder);
	fs.writeFileSync(path.join(folder, 'clean.html'), 'zq zq000 zqk');
	claim('nothing is found where nothing is', [...search(folder).keys()]);
}

function testUnplanted(all) {
	const rows = table('unplanted.csv');
	const used = new Set();
	const faults = [];
	const explain = (kind, field, type, why) => {
		const row = rows.find((r) => matches(r.kind, kind) &&
			matches(r.field, field) && (r.type === '*' || r.type === type));
		if (row)
			used.add(row);
		else
			faults.push(`${kind} ${field}${type ? ` (${type})` : ''}: ${why}`);
	};
	const walk = (kind, field, at) => {
		if (field.list)
			walk(kind, field.list, at);
		else if (field.map)
			field.map.forEach((f) => walk(kind, f, `${at}.${f.name}`));
		else if (!seen.has(`${kind} ${at}`))
			explain(kind, at, field.codelist ? 'code' : field.type,
				[...unplanted.get(`${kind} ${at}`) ??
					['in no state']].join('; '));
	};
	const seen = new Set([...planted.values()].map((p) => `${p.kind} ${
		p.field.replace(/\(\w+\)/, '')}`));
	for (const plot of new Map(all.map((p) => [p.kind, p])).values())
		plot.fields.forEach((f) => walk(plot.kind, f, f.name));
	claim('every field holds a marker in some state, or is explained', faults);
	claim('what is explained needs it', rows.filter((r) => !used.has(r))
		.map((r) => `unplanted.csv: ${r.kind},${r.field},${r.type}`));
}

// The files of the open data, each of which must have told something public:
// else nobody knows whether it was read.
const openData = ['achievements.csv', 'achievements.jsonl',
	'achievements.oai.xml', 'zheli.sqlite', '2026/achievements.csv',
	'2026/achievements.jsonl', '2026/achievements.oai.xml',
	'achievement_units.csv', 'achievement_people.csv',
	'achievement_projects.csv', 'achievement_ip.csv',
	'achievement_papers.csv', 'achievement_transfers.csv',
	'registrations.csv', 'projects.csv'].map((name) => `data/${name}`);

function testLeaks() {
	const rows = table('public.csv');
	const used = new Set();
	const leaks = [];
	const found = search(path.join(work, 'public'));
	const told = new Set([...found.values()].flatMap((files) => [...files]));
	claim('every file of the open data was read', openData.filter((name) =>
		!told.has(name)).map((name) => `no marker in ${name}`));
	const inside = new Set([...told].map((name) =>
		name.match(/^search\/(\w+)\//)?.[1]));
	claim('the files of the search are looked into', ['rows', 'cards', 'text']
		.filter((folder) => !inside.has(folder)));
	for (const [marker, files] of found) {
		const what = planted.get(marker);
		if (!what)
			continue;
		const row = rows.find((r) => matches(r.state, what.state) &&
			matches(r.kind, what.kind) && matches(r.field, what.field));
		if (row)
			used.add(row);
		else
			leaks.push(`${what.state} ${what.kind} ${what.field}: ${
				[...files].slice(0, 3).join(' ')}`);
	}
	claim('nothing that is not public is in the public site', leaks.sort());
	claim('what may be seen is seen', rows.filter((r) => !used.has(r))
		.map((r) => `public.csv: ${r.state},${r.kind},${r.field}`));
}

function testInternal() {
	const found = search(path.join(work, 'internal'));
	const kinds = new Set([...found.keys()].map((m) => planted.get(m))
		.filter((p) => p?.state === 'private').map((p) => p.kind));
	claim('private records reach the internal site',
		['expert', 'panel', 'sanction'].filter((k) => !kinds.has(k)));
}

try {
	testSearch();
	const { all, stuck } = plant(zheli, registry);
	claim('what is unreleased is in order, so that only its state hides it', stuck);
	const told = build();
	claim('records with errors are withheld', ['leak-withheld.md',
		'dossiers/demo-lab/leak-withheld-dossier.md'].filter((name) =>
		!told.includes(name)));
	claim('there is a site to search',
		filesBelow(path.join(work, 'public')).length > 50 ? [] : ['no pages']);
	testUnplanted(all);
	testLeaks();
	testInternal();
} catch (error) {
	claim('the test runs', [`${error.stack}`]);
}
console.log(`1..${count}`);
process.exitCode = failed > 0 ? 1 : 0;
