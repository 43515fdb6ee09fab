// SPDX-License-Identifier: MIT
// gates.mjs SITE: one page of each kind in each language, held against what the
// public may expect of it: light to load, from one host, standing still, whole at
// every width and at 200 % zoom, on paper, in forced colours, and by keyboard
// alone. What finds faults is first shown some. Prints TAP.
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';
import { chromium } from 'playwright-core';

import { kinds } from './kinds.mjs';
import { searched } from './serve.mjs';

const site = path.resolve(process.argv[2]);
const languages = [['Chinese', ''], ['English', 'en/']];
const WEIGHT_MAX = 60000;	// octets of a first page view, compressed

let count = 0, failed = 0;
function claim(name, faults) {
	console.log(`${faults.length ? 'not ok' : 'ok'} ${++count} - ${name}`);
	failed += faults.length > 0;
	for (const fault of faults.slice(0, 20))
		console.log(`# ${String(fault).replaceAll('\n', '\n# ')}`);
}

/* -- the server: what it hands out, as a host would compress it -------------- */

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css',
	'.js': 'text/javascript', '.svg': 'image/svg+xml',
	'.json': 'application/json', '.csv': 'text/csv; charset=utf-8',
	'.atom': 'application/atom+xml', '.xml': 'application/xml' };
const bad = new Map();		// pages with faults, by their address
const weights = new Map();

function answer(request, response) {
	const name = decodeURIComponent(request.url.split('?')[0]).slice(1);
	const file = path.join(site, /(^|\/)$/.test(name) ?
		`${name}index.html` : name);
	const bytes = bad.has(name) ? bad.get(name) :
		fs.existsSync(file) ? fs.readFileSync(file) : null;

	if (bytes === null) {
		response.writeHead(404).end();
		return;
	}
	const type = bad.has(name) ? types['.html'] : types[path.extname(file)];
	const small = type === undefined ? bytes : zlib.gzipSync(bytes);
	weights.set(request.url, small.length);
	response.writeHead(200, { 'Content-Type': type ?? 'application/octet-stream',
		...(type === undefined ? {} : { 'Content-Encoding': 'gzip' }) });
	response.end(small);
}

const server = http.createServer(answer);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}/`;

/* -- the gates: each returns what it finds wrong ------------------------------ */

// Runs in the page before anything else does.
function watch() {
	window.shifts = [];
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries())
			if (!entry.hadRecentInput)
				window.shifts.push(`${entry.value.toFixed(4)} ` +
					entry.sources.map(({ node }) =>
						node?.outerHTML?.slice(0, 80)).join(' '));
	}).observe({ type: 'layout-shift', buffered: true });
}

// What moved, if it is more than the last digit that anyone could see.
async function shifts(page) {
	const seen = await page.evaluate(() => window.shifts);
	return seen.reduce((sum, shift) => sum + parseFloat(shift), 0) < 0.005 ? [] :
		seen.map((shift) => `shifts: ${shift}`);
}

async function settle(page) {
	await page.evaluate(() => document.fonts.ready.then(() => new Promise(
		(resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
}

// What makes a page wider than its window, or cannot be read in it.
function measure() {
	const wide = document.documentElement.clientWidth;
	const cut = (element) => {
		const { overflowX } = getComputedStyle(element);
		// A head that stands over stacked rows is for those who hear it.
		return overflowX === 'hidden' && element.clientWidth > 1 &&
			element.scrollWidth > element.clientWidth + 1 &&
			!element.closest('svg');
	};
	const inScroll = (element) => element.closest('.scroll') !== null;
	const all = [...document.querySelectorAll('body *')];
	return {
		faults: document.documentElement.scrollWidth <= wide ? [] :
			all.filter((element) => !inScroll(element) &&
				element.getBoundingClientRect().right > wide + 1)
				.slice(-3).map((element) => `wider than ${wide}: ` +
					element.outerHTML.slice(0, 120)),
		cut: all.filter(cut).map((element) =>
			`cut off: ${element.outerHTML.slice(0, 120)}`),
		// What the table of contents repeats, the text says.
		read: [...document.querySelectorAll('main :is(h1, h2, h3, p, li, td, ' +
			'th, dt, dd, a, button, input, summary)')]
			.filter((element) => !element.closest('.toc') &&
				element.checkVisibility({ visibilityProperty: true }))
			.filter((element) => element.textContent.trim() !== '')
			.map((element) => `${element.localName} ` +
				element.textContent.replace(/\s+/g, ' ').trim()),
	};
}

// 640 is a window of 1280 at 200 %.
async function widths(page, at = [1280, 768, 640, 390]) {
	const faults = [];
	let whole = null;
	for (const width of at) {
		await page.setViewportSize({ width, height: 900 });
		const seen = await page.evaluate(measure);
		faults.push(...seen.faults, ...seen.cut.map((fault) =>
			`at ${width} ${fault}`));
		if (whole === null) {
			whole = seen.read;
			continue;
		}
		const here = new Set(seen.read);
		faults.push(...whole.filter((text) => !here.has(text)).slice(0, 5)
			.map((text) => `not at ${width}: ${text.slice(0, 80)}`));
	}
	await page.setViewportSize({ width: 1280, height: 900 });
	return faults;
}

// On paper: the text, without what only a screen has use for.
function printed() {
	const shows = (element) => element?.checkVisibility() ?? false;
	const faults = [];
	for (const what of ['.nav', '.menu', '.skip', '.crumbs', '.site-search'])
		if (shows(document.querySelector(what)))
			faults.push(`${what} is printed`);
	if (!shows(document.querySelector('h1')))
		faults.push('the title is not printed');
	if (!shows(document.querySelector('.demonstration')))
		faults.push('nothing says that it is a demonstration');
	const paper = getComputedStyle(document.body);
	for (const element of document.querySelectorAll('main :is(p, h1, h2, h3, td, a)')) {
		const [r, g, b] = getComputedStyle(element).color.match(/[\d.]+/g);
		if (shows(element) && 0.3 * r + 0.59 * g + 0.11 * b > 130 &&
		    !element.closest('svg'))
			faults.push(`pale: ${element.outerHTML.slice(0, 80)}`);
	}
	const [r, g, b, a] = paper.backgroundColor.match(/[\d.]+/g);
	if (a !== '0' && Number(r) + Number(g) + Number(b) < 765)
		faults.push(`the paper is ${paper.backgroundColor}`);
	return faults;
}

async function onPaper(page) {
	await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
	// The width that is left on A4.
	await page.setViewportSize({ width: 658, height: 900 });
	const faults = [...await page.evaluate(printed),
		...(await page.evaluate(measure)).faults];
	await page.emulateMedia({ media: null, colorScheme: null });
	await page.setViewportSize({ width: 1280, height: 900 });
	return faults;
}

// Runs in the page: text that its ground hides. axe reads the colour that was
// there before the system's took its place.
function hidden() {
	const light = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map((part) => {
		const share = part / 255;
		return share <= 0.04045 ? share / 12.92 :
			((share + 0.055) / 1.055) ** 2.4;
	}).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
	const ground = (element) => {
		const { backgroundColor } = getComputedStyle(element);
		return /, 0\)$/.test(backgroundColor) && element.parentElement ?
			ground(element.parentElement) : backgroundColor;
	};
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const faults = new Set();
	for (let text = texts.nextNode(); text; text = texts.nextNode()) {
		const element = text.parentElement;
		if (text.data.trim() === '' || !element.checkVisibility() ||
		    element.closest('svg, .hidden, script, style'))
			continue;
		const both = [light(getComputedStyle(element).color),
			light(ground(element))].sort((x, y) => y - x);
		if ((both[0] + 0.05) / (both[1] + 0.05) < 4.5)
			faults.add(`contrast: ${element.outerHTML.slice(0, 120)}`);
	}
	return [...faults];
}

async function inForcedColours(page) {
	const drawn = await page.evaluate(() => [...document.querySelectorAll(
		'main svg text')].filter((text) => text.checkVisibility() &&
		getComputedStyle(text).fill === getComputedStyle(document.body)
			.backgroundColor).map((text) => `cannot be seen: ${text.textContent}`));
	const marked = await page.evaluate(() => {
		const border = (selector) => {
			const link = document.querySelector(selector);
			return link && getComputedStyle(link).borderBottomColor;
		};
		return border('.nav [aria-current]') !== null &&
			border('.nav [aria-current]') === border('.nav a:not([aria-current])');
	});
	return [...drawn, ...marked ? ['the menu marks nothing'] : [],
		...await page.evaluate(hidden)];
}

/* -- one page of each kind --------------------------------------------------- */

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'] });

// Opens a page anew, as someone who comes for the first time.
async function visit(where, locale, body, options = {}) {
	const context = await browser.newContext({ locale, ...options,
		viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
	const page = await context.newPage();
	const faults = [];
	let weight = 0;
	page.on('request', (request) => {
		if (!request.url().startsWith(origin) &&
		    !request.url().startsWith('data:'))
			faults.push(`asks another host: ${request.url()}`);
	});
	page.on('requestfinished', (request) => {
		weight += weights.get(request.url().slice(origin.length - 1)) ?? 0;
	});
	page.on('pageerror', (error) => faults.push(`script: ${error}`));
	await page.addInitScript(watch);
	await page.goto(origin + where, { waitUntil: 'load' });
	await searched(page);
	await settle(page);
	if (weight > WEIGHT_MAX)
		faults.push(`${weight} octets`);
	faults.push(...await shifts(page));
	const more = await body(page, faults);
	await context.close();
	return { faults, weight, more };
}

const forced = { forcedColors: 'active', colorScheme: 'dark' };

// Paper and forced colours are of the styles, which both languages share.
async function testKind(kind, where, locale) {
	const found = {};
	const { faults } = await visit(where, locale, async (page) => {
		found.widths = await widths(page);
		if (locale !== 'en')
			found.paper = await onPaper(page);
	});
	claim(`${kind}: light, from one host, and stands still`, faults);
	claim(`${kind}: whole at 1280, 768 and 390 pixels and at 200 %`,
		found.widths);
	if (locale === 'en')
		return;
	claim(`${kind}: on paper`, found.paper);
	const { more } = await visit(where, locale, inForcedColours, forced);
	claim(`${kind}: in forced colours`, more);
}

async function testItself() {
	const filler = crypto.randomBytes(60000).toString('base64');
	bad.set('bad/', `<!DOCTYPE html><html lang="en"><title>x</title><style>
		@media (max-width: 700px) { .gone { display: none } }
		@media print { body { background: #222 } .nav { display: block } }
		@media (forced-colors: active) { .pale { forced-color-adjust: none;
			color: #888; background: #999 } }
		.wide { width: 900px } .pale { color: #ddd }
		.cut { overflow: hidden; white-space: nowrap; width: 20px }</style>
		<nav class="nav"><a href="a" aria-current="page">x</a><a href="b">y</a></nav>
		<main><p class="gone">gone</p><p class="pale">pale</p>
		<p class="cut">cut off here</p>
		<p class="wide">wide</p><!--${filler}--></main>
		<img src="http://127.0.0.1:1/x.png" alt="">
		<script>setTimeout(() => document.querySelector('main').prepend(
		Object.assign(document.createElement('div'), { style: 'height: 90px' })),
		50)</script>`);
	const found = await visit('bad/', 'en', async (page, faults) => {
		await page.waitForTimeout(300);
		faults.push(...await shifts(page));
		return [...await widths(page), ...await onPaper(page)].join('\n');
	});
	const colours = await visit('bad/', 'en', inForcedColours, forced);
	bad.clear();
	const all = `${found.faults.join('\n')}\n${found.more}\n` +
		colours.more.join('\n');
	claim('the gates see what is wrong', ['asks another host', 'octets',
		'shifts: 0.', 'wider than', 'at 1280 cut off', 'not at 640: p gone',
		'.nav is printed', 'the title is not printed', 'nothing says',
		'pale: ', 'the paper is', 'contrast: ', 'the menu marks nothing'].filter((sign) =>
		!all.includes(sign)).map((sign) => `not seen: ${sign}`));
}

/* -- by keyboard alone -------------------------------------------------------- */

// Presses Tab until an element that matches has the focus, which shows.
async function tabTo(page, selector, most = 120) {
	for (let i = 0; i < most; i++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate((wanted) => {
			const element = document.activeElement;
			const { outlineStyle, outlineWidth } = getComputedStyle(element);
			const { top, bottom, width } = element.getBoundingClientRect();
			return { is: element.matches(wanted), html:
				element.outerHTML.slice(0, 100),
			shown: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
			inside: width > 0 && bottom > 0 && top < innerHeight };
		}, selector);
		if (!at.shown || !at.inside)
			throw new Error(`the focus does not show: ${at.html}`);
		if (at.is)
			return;
	}
	throw new Error(`${most} times Tab, and never at ${selector}`);
}

async function journey(name, width, steps) {
	const context = await browser.newContext({ locale: 'zh-CN',
		viewport: { width, height: 900 }, reducedMotion: 'reduce' });
	const page = await context.newPage();
	const faults = [];
	try {
		await steps(page);
	} catch (error) {
		faults.push(error.message);
	}
	await context.close();
	claim(`by keyboard: ${name}`, faults);
}

async function journeys() {
	await journey('from the first page past the menu to an achievement', 1280,
		async (page) => {
			await page.goto(origin);
			await tabTo(page, '.skip', 1);
			await page.keyboard.press('Enter');
			await tabTo(page, 'main .card h3 a');
			await page.keyboard.press('Enter');
			await page.waitForURL(/achievements\/[a-z-]+\/[a-z]/);
			await tabTo(page, 'main a[href*="units/"]');
			await page.keyboard.press('Enter');
			await page.waitForURL(/units\/[a-z]/);
		});
	await journey('the menu of a telephone opens, leads on and closes', 390,
		async (page) => {
			await page.goto(origin);
			await tabTo(page, '.menu summary', 12);
			await page.keyboard.press('Enter');
			await tabTo(page, '.menu a[href*="bulletins/"]', 40);
			await page.keyboard.press('Enter');
			await page.waitForURL(/bulletins\/$/);
			await tabTo(page, 'main .issues a');
			await page.keyboard.press('Enter');
			await page.waitForURL(/bulletins\/\d{4}-\d{2}\/$/);
		});
	await journey('a table behind a chart opens', 1280, async (page) => {
		await page.goto(`${origin}statistics/`);
		await tabTo(page, '.chart-data summary', 200);
		await page.keyboard.press('Enter');
		await page.waitForFunction(() =>
			document.querySelector('.chart-data[open] table') !== null);
	});
	await journey('from a bulletin to the one before, and to its language',
		1280, async (page) => {
			await page.goto(`${origin}bulletins/2026-06/`);
			await tabTo(page, '.pager a[rel="prev"]', 80);
			await page.keyboard.press('Enter');
			await page.waitForURL(/bulletins\/2026-05\/$/);
			await tabTo(page, '.language a', 60);
			await page.keyboard.press('Enter');
			await page.waitForURL(/\/en\/bulletins\/2026-05\/$/);
		});
}

try {
	await testItself();
	for (const [language, folder] of languages)
		for (const [kind, where] of Object.entries(kinds(site)))
			await testKind(`${kind} in ${language}`, folder + where,
				folder === '' ? 'zh-CN' : 'en');
	await journeys();
} finally {
	await browser.close();
	server.close();
}
console.log(`1..${count}`);
process.exitCode = failed > 0 ? 1 : 0;
