// SPDX-License-Identifier: MIT
// words.mjs ZHELI REGISTRY WORK: the words of the registry's theme. Both
// languages have the same keys; what templates and the program ask for is there;
// and nothing is there that nobody asks for. A word is asked for if a template or
// the program names it, or if it shows in the sites that are built, in WORK, with
// words that carry their own key. Prints what is wrong.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const [zheli, registry, work] = process.argv.slice(2);
const theme = path.join(registry, 'themes/zheli');
const faults = [];

// The keys of a file of words: maps by indentation, scalars and lists as leaves.
function keys(file) {
	const found = new Map();
	const stack = [];
	for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
		const match = line.match(/^( *)([A-Za-z0-9_-]+):(?: +(.*))?$/);
		if (match === null)
			continue;
		const depth = match[1].length / 2;
		stack.length = depth;
		stack.push(match[2]);
		found.set(stack.join('.'), match[3] ?? null);
	}
	return found;
}

function filesBelow(folder, ending) {
	return fs.readdirSync(folder, { recursive: true })
		.filter((name) => name.endsWith(ending)).sort()
		.map((name) => path.join(folder, name));
}

// -- who asks for what --------------------------------------------------------
const inTemplates = new Map();	// path below t -> template
for (const file of filesBelow(path.join(theme, 'templates'), '.mustache'))
	for (const [, name] of fs.readFileSync(file, 'utf8')
		.matchAll(/\{\{[{#^&]?\s*t\.([A-Za-z0-9_.-]+)\s*\}/g))
		inTemplates.set(name, path.basename(file));

const literals = new Set();
const wanted = new Map();	// key -> source file
const trees = new Set();	// "page_titles": filled in with names as "%s.%s"
const prefixes = new Set();	// "columns" of "columns.%s"
for (const file of filesBelow('generator/render', '.c')) {
	const text = fs.readFileSync(file, 'utf8').replace(/"\s*\n?\s*"/g, '');
	const note = (key) => wanted.set(key, path.basename(file));
	for (const [, literal] of text.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)) {
		literals.add(literal);
		const prefix = literal.match(/^([a-z_.]+)\.(?:%(?:s|\.\*s)|$)/);
		if (prefix !== null)
			prefixes.add(prefix[1]);
	}
	for (const [, key] of text.matchAll(
		/wording_(?:text|fill)\([^;]*?STR\("([a-z_]+\.[a-z_.-]+[a-z])"\)/g))
		note(key);
	for (const [, name] of text.matchAll(
		/\{\s*"([a-z_]+)",[^{}]*?LISTING_(?:PLAIN|NUMBER|CODE|DATA)\s*\}/g))
		note(`columns.${name}`);
	for (const [, tree] of text.matchAll(/named_text\([^"]*"([a-z_]+)"/g))
		trees.add(tree);
	for (const [, tree] of text.matchAll(/\bwords = [^;]*?"([a-z_]+)"/g))
		trees.add(tree);
}
for (const file of filesBelow('generator/schema', '.c'))
	for (const [, literal] of fs.readFileSync(file, 'utf8')
		.matchAll(/"([a-z]+)"/g))
		literals.add(literal);
// Words may be named after the codes of a list.
for (const file of filesBelow(path.join(registry, 'schemas/codes'), '.csv'))
	for (const [, code] of fs.readFileSync(file, 'utf8')
		.matchAll(/^([a-z][a-z0-9-]*),/gm))
		literals.add(code);
trees.add('nav').add('internal_nav');

function isUsed(key) {
	const parts = key.split('.');
	// Parts of a list and descriptions go by the names of their pages.
	if (parts[0] === 'page_descriptions')
		return isUsed(`page_titles.${parts[1]}`);
	if (parts[0] === 'page_titles' && parts[1].endsWith('-part') &&
	    prefixes.has('page_titles'))
		return literals.has(parts[1].slice(0, -5));
	for (let i = parts.length; i > 0; i--)
		if (inTemplates.has(parts.slice(0, i).join('.')))
			return true;
	if (literals.has(key) || wanted.has(key) || shown.has(key))
		return true;
	for (let i = 1; i < parts.length; i++) {
		const prefix = parts.slice(0, i).join('.');
		if ((prefixes.has(prefix) || trees.has(prefix)) &&
		    (literals.has(parts[i]) ||
		    literals.has(parts[i].replace(/^.*(?=_)/, '')) || wanted.has(`columns.${parts[i]}`)))
			return true;
	}
	return false;
}

// -- what shows -----------------------------------------------------------------
// The same registry with words such as "类别⟦achievement.category⟧".
function markWords(file) {
	const stack = [];
	fs.writeFileSync(file, fs.readFileSync(file, 'utf8').split('\n')
		.map((line) => {
			const match = line.match(/^( *)([A-Za-z0-9_-]+):( +"?)(.+?)("?)$/);
			const key = line.match(/^( *)([A-Za-z0-9_-]+):/);
			if (key !== null) {
				stack.length = key[1].length / 2;
				stack.push(key[2]);
			}
			return match === null || match[4] === '"' ? line :
				`${match[1]}${match[2]}:${match[3]}${match[4]}⟦${
					stack.join('.')}⟧${match[5]}`;
		}).join('\n'));
}

fs.rmSync(work, { recursive: true, force: true });
fs.mkdirSync(work, { recursive: true });
for (const part of ['content', 'schemas', 'themes'])
	fs.cpSync(path.join(registry, part), path.join(work, part),
		{ recursive: true });
for (const lang of ['zh', 'en'])
	markWords(path.join(work, `themes/zheli/i18n/${lang}.yaml`));
const built = spawnSync(zheli, ['build', '-C', work, '--as-of', '2026-06-30',
	'-o', path.join(work, 'public'), '--internal', path.join(work, 'internal')],
{ encoding: 'utf8' });
const shown = new Map();	// key -> a page
const bare = new Map();		// a key that stands where its word should
for (const site of ['public', 'internal'])
	for (const file of filesBelow(path.join(work, site), '')) {
		if (!/\.(html|csv|json|atom|xml)$/.test(file))
			continue;
		const text = fs.readFileSync(file, 'utf8');
		for (const [, key] of text.matchAll(/⟦([^⟧]+)⟧/g))
			shown.set(key, file);
		for (const [key] of text.matchAll(
			/\b(?:columns|page_titles|page_descriptions|charts|series|reference|project)(?:\.[a-z][a-z0-9_-]*)+(?![⟧.\w-])/g))
			bare.set(key, path.relative(work, file));
	}
if (built.status !== 0 || shown.size < 400)
	faults.push(`status ${built.status}, ${shown.size} words: ${
		built.stderr.slice(-500)}`);

// -- the claims -----------------------------------------------------------------
const files = { zh: keys(path.join(theme, 'i18n/zh.yaml')),
	en: keys(path.join(theme, 'i18n/en.yaml')) };
if (files.zh.size < 500 || inTemplates.size < 200 || wanted.size < 50)
	faults.push(`read too little: ${files.zh.size} keys, ${
		inTemplates.size} in templates, ${wanted.size} in the program`);
for (const [one, other] of [['zh', 'en'], ['en', 'zh']])
	for (const key of files[one].keys())
		if (!files[other].has(key))
			faults.push(`${other}.yaml lacks ${key}`);
for (const [key, where] of [...inTemplates, ...wanted])
	if (!key.endsWith('.') && !files.zh.has(key))
		faults.push(`${where} asks for ${key}, which is in no file`);
for (const [key, value] of files.zh)
	if (value !== null && !isUsed(key))
		faults.push(`nobody asks for ${key}`);
for (const [key, where] of bare)
	faults.push(`${where} shows ${key} itself`);
// Words are there to be translated.
const same = new Set(['lang_name']);
for (const [key, value] of files.en)
	if (/[\u3400-\u9fff]/.test((value ?? '').replace(/（[^）]*）|\([^)]*\)/g, '')) &&
	    !same.has(key))
		faults.push(`en.yaml has Chinese at ${key}`);
console.log(faults.join('\n'));
process.exitCode = faults.length > 0 ? 1 : 0;
