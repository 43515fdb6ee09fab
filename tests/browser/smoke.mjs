// SPDX-License-Identifier: MIT
// smoke.mjs ZHELI REGISTRY: serves the registry with `zheli serve` and reads it
// in Chromium. Prints TAP.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

import { kinds } from './kinds.mjs';

const [zheli, registry] = process.argv.slice(2).map((name) => path.resolve(name));
const asOf = '2026-06-30';
const axe = fs.readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const settings = fs.readFileSync(path.join(registry, 'content/site.yaml'), 'utf8');
const banner = settings.match(/^demonstration: *(.+)$/m)[1];
const bannerEnglish = settings.match(/^demonstration_en: *"(.+)"$/m)[1];

let count = 0, failed = 0;
async function test(name, body) {
	try {
		await body();
		console.log(`ok ${++count} - ${name}`);
	} catch (error) {
		failed++;
		console.log(`not ok ${++count} - ${name}`);
		console.log(String(error.message ?? error).split('\n').slice(0, 30)
			.map((line) => `# ${line}`).join('\n'));
	}
}

function claim(holds, message) {
	if (!holds)
		throw new Error(message);
}

// -- the server -------------------------------------------------------------
function serve() {
	const server = spawn(zheli, ['serve', '-C', registry, '--as-of', asOf,
		'--port', '0', '-o', path.join(registry, 'site')],
	{ env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' } });
	return new Promise((resolve, reject) => {
		let said = '';
		const late = setTimeout(() => reject(
			new Error(`zheli serve says no address:\n${said}`)), 60000);
		const listen = (bytes) => {
			said += bytes;
			const address = said.match(/http:\/\/[0-9a-z.:[\]]+\//);
			if (address !== null) {
				clearTimeout(late);
				resolve({ server, origin: address[0] });
			}
		};
		server.stdout.on('data', listen);
		server.stderr.on('data', listen);
		server.on('exit', (status) => reject(
			new Error(`zheli serve ended with ${status}:\n${said}`)));
	});
}

// -- pages ------------------------------------------------------------------
let origin, browser;

// Opens a page in a fresh context, hands it to `body`, and fails on anything
// the console complains of and any request that leaves the site.
async function open(where, options, body) {
	const context = await browser.newContext({ viewport:
		{ width: 1200, height: 900 }, locale: 'zh-CN', ...options });
	const troubles = [];
	try {
		const page = await context.newPage();
		page.on('console', (message) => {
			if (['error', 'warning'].includes(message.type()))
				troubles.push(`console: ${message.text()}`);
		});
		page.on('pageerror', (error) => troubles.push(`script: ${error}`));
		page.on('request', (request) => {
			if (!request.url().startsWith(origin) &&
				!request.url().startsWith('data:'))
				troubles.push(`leaves the site: ${request.url()}`);
		});
		const response = await page.goto(origin + where);
		await body(page, response, context);
		return troubles;
	} finally {
		await context.close();
	}
}

async function read(where, options, body) {
	const troubles = await open(where, options, async (page, response) => {
		claim(response.status() === 200, `status ${response.status()}`);
		await body(page, response);
	});
	claim(troubles.length === 0, troubles.join('\n'));
}

async function looksWhole(page) {
	claim(await page.locator('h1').count() === 1, 'not exactly one h1');
	claim(await page.locator('main').count() === 1, 'not exactly one main');
	claim((await page.title()).trim() !== '', 'no title');
	const line = await page.locator('html').getAttribute('lang') === 'en' ?
		bannerEnglish : banner;
	claim(await page.getByText(line).first().isVisible(),
		'the line of demonstration does not show');
	const footer = page.locator('footer').last();
	claim(/2026.{1,3}0?6.{1,3}30/.test(await footer.innerText()) ||
		await footer.locator('a[href$="data/#as-of"]').isVisible(),
	'the footer names no day, nor where it stands');
}

// The day on which a page is cited is the reader's, and filled in by a script.
const withoutDay = (text) =>
	text.replace(/\[EB\/OL\]\. (\([0-9-]+\))\[[^\]]+\]/, '[EB/OL]. $1[]');

async function isAccessible(page, rules = ['wcag2a', 'wcag2aa', 'wcag21a',
	'wcag21aa', 'best-practice']) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate((runOnly) =>
		window.axe.run(document, { runOnly }), rules);
	claim(violations.length === 0, violations.map((v) => `${v.id}: ${v.help}\n` +
		v.nodes.slice(0, 3).map((n) => `  ${n.html.slice(0, 160)} ` +
			`${n.failureSummary.replace(/\s+/g, ' ').slice(0, 200)}`).join('\n'))
		.join('\n'));
}

// One page, opened once with scripts and once without. Dark changes colours
// alone; widths are what gates.mjs looks at.
async function readKind(kind, where) {
	let scripted = '';
	await test(`${kind}: loads whole, without complaint`, () =>
		read(where, { reducedMotion: 'reduce' }, async (page) => {
			await looksWhole(page);
			scripted = await page.locator('main').innerText();
			await test(`${kind}: is accessible in light and dark`, async () => {
				await isAccessible(page);
				await page.emulateMedia({ colorScheme: 'dark' });
				await isAccessible(page, ['color-contrast']);
			});
		}));
	await test(`${kind}: reads the same without scripts`, () =>
		read(where, { javaScriptEnabled: false }, async (page) => {
			const plain = await page.locator('main').innerText();
			claim(plain.trim().length > 20, 'hardly any text');
			claim(withoutDay(plain) === withoutDay(scripted), 'the text differs');
		}));
}

// The same page in the other language, and back again by its link.
async function readEnglish(kind, where) {
	await test(`${kind} in English: is accessible and leads back`,
		() => read(`en/${where}`, { reducedMotion: 'reduce', locale: 'en' },
			async (page) => {
				await looksWhole(page);
				await isAccessible(page);
				await page.locator('.language a').click();
				await page.waitForURL(origin + where);
			}));
}

async function allPages(site) {
	for (const [kind, where] of Object.entries(kinds(site))) {
		// Without scripts it is another page: search.mjs.
		if (kind === 'search')
			continue;
		await readKind(kind, where);
		await readEnglish(kind, where);
	}
}

async function navigation() {
	await test('navigation: every link of the menu works and is marked', () =>
		read('', {}, async (page) => {
			const links = await page.locator('header nav a').evaluateAll(
				(all) => all.map((a) => a.href));
			claim(links.length >= 5, `only ${links.length} links`);
			for (const link of new Set(links)) {
				const response = await page.goto(link);
				claim(response.status() === 200, `${link}: ${response.status()}`);
				claim(await page.locator('header nav [aria-current]').count() > 0,
					`${link}: nothing marked as current`);
			}
		}));
	await test('navigation: the first Tab stop leads to the text', () =>
		read('', {}, async (page) => {
			await page.keyboard.press('Tab');
			const goal = await page.evaluate(() =>
				document.activeElement.getAttribute('href'));
			claim(goal?.startsWith('#'), `first stop: ${goal}`);
			claim(await page.locator(`main${goal}, main ${goal}`).count() === 1,
				`${goal} is not the text`);
		}));
	await test('navigation: from a month to an achievement to its unit', () =>
		read('achievements/2026/05/', {}, async (page) => {
			await page.locator('main h2 a, main h3 a, main li a').first().click();
			await page.waitForURL(/achievements\/[a-z]/);
			await page.locator('main a[href*="units/"]').first().click();
			await page.waitForURL(/units\/[a-z]/);
		}));
	await test('an unknown address shows the page for it, with status 404', () =>
		open('no/such/page/', {}, async (page, response) => {
			claim(response.status() === 404, `status ${response.status()}`);
			await looksWhole(page);
			await page.locator('main a').first().click();
			await page.waitForURL(origin);
		}));
}

async function serving(site) {
	await test('serve: hands out ranges', async () => {
		const response = await fetch(`${origin}sitemap.xml`,
			{ headers: { Range: 'bytes=2-5' } });
		claim(response.status === 206, `status ${response.status}`);
		const whole = fs.readFileSync(path.join(site, 'sitemap.xml'), 'utf8');
		claim(await response.text() === whole.slice(2, 6), 'other bytes');
	});
	await test('serve: nothing outside of the site', async () => {
		for (const where of ['../content/site.yaml', '%2e%2e/content/site.yaml',
			'..%2fcontent/site.yaml', '%00', 'theme/../../content/site.yaml']) {
			const { status } = await fetch(origin + where);
			claim(status >= 400 && status < 500, `${where}: status ${status}`);
		}
	});
	await test('serve: an edited record is rebuilt and the page reloads', () =>
		read('achievements/demo-univ-qiantang/moire-thermal/', {}, async (page) => {
			const file = path.join(registry,
				'content/achievements/demo-univ-qiantang/moire-thermal.md');
			const text = fs.readFileSync(file, 'utf8');
			fs.writeFileSync(file, text.replace('层间热输运', '层间热输运试验'));
			await page.getByText('层间热输运试验').first()
				.waitFor({ timeout: 20000 });
		}));
}

// -- all of it --------------------------------------------------------------
let running;
await test('zheli serve says where it listens, and soon has the site', async () => {
	running = await serve();
	origin = running.origin;
	for (let tries = 0; tries < 300; tries++) {
		const { status } = await fetch(`${origin}sitemap.xml`);
		if (status === 200)
			return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error('no sitemap.xml after a minute');
});
if (failed === 0) {
	const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'zheli-browser-'));
	browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
		headless: true, args: ['--no-sandbox', '--disable-gpu',
			'--disable-quic', '--no-first-run', '--disable-sync',
			'--disable-background-networking', '--disable-component-update'],
		env: { ...process.env, HOME: profile } });
	const site = path.join(registry, 'site');
	await allPages(site);
	await navigation();
	await serving(site);
	await browser.close();
	fs.rmSync(profile, { recursive: true, force: true });
}
running?.server.kill();
console.log(`1..${count}`);
process.exit(failed === 0 ? 0 : 1);
