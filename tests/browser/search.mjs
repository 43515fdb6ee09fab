// SPDX-License-Identifier: MIT
// search.mjs ZHELI WORK: the search as people use it, in Chromium, under the policy that
// the public site promises to keep: typing, choosing, going back, taking away, with the
// keyboard alone, without scripts, when the network fails and when the site is replaced
// meanwhile. Prints TAP.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';

const [zheli, work] = process.argv.slice(2).map((name) => path.resolve(name));
const axe = fs.readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const policy = fs.readFileSync('.packaging/nginx/headers.conf', 'utf8')
	.match(/^add_header Content-Security-Policy "([^"]+)"/m)[1];
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
	'.json': 'application/json', '.svg': 'image/svg+xml' };

let count = 0, failed = 0;
async function test(name, body) {
	try {
		await body();
		console.log(`ok ${++count} - search: ${name}`);
	} catch (error) {
		failed++;
		console.log(`not ok ${++count} - search: ${name}`);
		console.log(String(error.message ?? error).split('\n').slice(0, 20).map((line) => `# ${line}`).join('\n'));
	}
}

function claim(holds, message) {
	if (!holds)
		throw new Error(message);
}

function build(registry, site) {
	const { status, stderr } = spawnSync(zheli, ['build', '-q', '-C', registry, '--as-of', '2026-06-30', '-o', site]);
	claim(status === 0, `zheli build: ${status} ${stderr}`);
}

// Serves what `folder()` is at the time; requests that `broken` fits fail, and `before`
// hears of each first.
let broken = null, before = () => {};
function listen(folder) {
	const server = http.createServer((request, response) => {
		const name = decodeURIComponent(request.url.split('?')[0]);
		before(name);
		const file = path.join(folder(), name.endsWith('/') ? `${name}index.html` : name);
		if (broken?.test(name) || !fs.existsSync(file)) {
			response.writeHead(404).end();
			return;
		}
		response.writeHead(200, { 'Content-Security-Policy': policy, 'Cache-Control': 'no-store',
			'Content-Type': types[path.extname(file)] ?? 'application/octet-stream' });
		response.end(fs.readFileSync(file));
	});
	return new Promise((resolve) => server.listen(0, '127.0.0.1', () =>
		resolve({ server, origin: `http://127.0.0.1:${server.address().port}/` })));
}

let origin, browser;
async function open(where, options, body) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN',
		acceptDownloads: true, ...options });
	const troubles = [];
	const page = await context.newPage();
	page.on('pageerror', (error) => troubles.push(`script: ${error}`));
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()) && !(broken && /404/.test(message.text())))
			troubles.push(`console: ${message.text()}`);
	});
	page.on('request', (request) => {
		if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin))
			troubles.push(`leaves the site: ${request.url()}`);
	});
	try {
		await page.goto(origin + where, { waitUntil: 'load' });
		await body(page);
	} finally {
		await context.close();
	}
	claim(troubles.length === 0, troubles.join('\n'));
}

const counted = (page) => page.locator('.search-count').innerText();
// The number that the live region tells, once it is another than `not`.
async function told(page, not = '') {
	await page.waitForFunction((old) => {
		const text = document.querySelector('.search-count').textContent;
		return text && text !== old && !/正在|Searching/.test(text);
	}, not);
	return Number((await counted(page)).match(/\d+/)?.[0] ?? 0);
}

async function isAccessible(page) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() => window.axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
	claim(violations.length === 0, violations.map((v) => `${v.id}: ${v.help} ${v.nodes.slice(0, 3)
		.map((n) => n.html.slice(0, 160)).join(' ')}`).join('\n'));
}

async function asking() {
	await test('the box of any page leads to the results', () => open('units/', {}, async (page) => {
		await page.getByRole('searchbox').fill('芯片');
		await page.keyboard.press('Enter');
		await page.waitForURL(/search\/\?q=/);
		const results = await told(page);
		claim(results > 3, `${results} results`);
		claim(await page.locator('.search-results > li').count() === Math.min(10, results), 'as many items');
		const marked = await page.locator('.search-results mark').allInnerTexts();
		claim(marked.length > results / 2 && marked.every((text) => text === '芯片'), `marked: ${marked}`);
	}));
	await test('typing shows results, and the address says it', () => open('search/', {}, async (page) => {
		const all = await told(page), before = await counted(page);
		await page.locator('#q').pressSequentially('芯片');
		const some = await told(page, before);
		claim(some > 0 && some < all, `${some} of ${all}`);
		await page.waitForURL(/\?q=%E8%8A%AF%E7%89%87$/);
	}));
	await test('what only the body has is shown from there', () => open('search/?q=铜边缘', {}, async (page) => {
		claim(await told(page) === 1, 'not the one that has it');
		await page.locator('.snippet:visible mark').first().waitFor();
		claim(/就会在铜边缘开裂/.test(await page.locator('.snippet:visible').innerText()), 'no such text');
	}));
	await test('full-width, capitals and spaces make no difference', async () => {
		const counts = [];
		for (const query of ['system', 'ｓｙｓｔｅｍ', 'SYSTEM', '　System ', '“system”'])
			await open(`search/?q=${encodeURIComponent(query)}`, {}, async (page) => counts.push(await told(page)));
		claim(counts[0] > 0 && new Set(counts).size === 1, counts.join(' '));
	});
	await test('nothing found says so, and how to go on', () => open('search/?q=龘靐', {}, async (page) => {
		await page.getByText('没有找到').waitFor();
		claim(await page.locator('.search-hint').isVisible(), 'no hint');
		claim(!await page.locator('.search-files').isVisible(), 'files of nothing');
		claim((await page.title()).startsWith('龘靐 - '), await page.title());
		await page.locator('.search-hint a').click();
		await page.waitForFunction(() => {
			const { top } = document.querySelector('#browse').getBoundingClientRect();
			return top >= 0 && top < innerHeight;
		});
	}));
	await test('nothing found among what is chosen: all of it goes at once', () =>
		open('search/?q=龘靐&city=330100&year=2025', {}, async (page) => {
			await page.locator('.search-hint button').click();
			await page.waitForFunction(() => !document.querySelector('.search-chosen li'));
			claim(new URL(page.url()).search === `?q=${encodeURIComponent('龘靐')}`, page.url());
		}));
	await test('what is typed stays text', () => open(`search/?q=${encodeURIComponent('<img src=x onerror=alert(1)>')}&city="><script>`,
		{}, async (page) => {
			await page.getByText('没有找到').waitFor();
			claim(await page.locator('main img, main script').count() === 0, 'it became markup');
		}));
}

async function choosing() {
	await test('a facet narrows the results by as many as it says; back undoes it', () =>
		open('search/?q=系统', {}, async (page) => {
			const all = await told(page), before = await counted(page);
			const choice = page.locator('[data-facet=category] li').first();
			const promised = Number(await choice.locator('.choice-count').innerText());
			await choice.locator('input').check();
			claim(await told(page, before) === promised, `not the ${promised} promised`);
			claim(/category=/.test(page.url()), page.url());
			const others = await page.locator('[data-facet=category] .choice-count').allInnerTexts();
			claim(others.reduce((sum, text) => sum + Number(text), 0) === all, 'other choices of the facet lost their counts');
			const saved = page.url(), now = await counted(page);
			await page.goBack();
			claim(await told(page, now) === all, 'back leads elsewhere');
			claim(!await page.locator('[data-facet=category] input').first().isChecked(), 'still chosen');
			await page.goForward();
			claim(await told(page, before) === promised, 'forward leads elsewhere');
			await open(saved.slice(origin.length), {}, async (other) =>
				claim(await told(other) === promised, 'a saved address leads elsewhere'));
			await page.locator('.search-chosen button').first().click();
			claim(await told(page, now) === all, 'taking it off does nothing');
		}));
	await test('units, days and years go together', () => open('search/', {}, async (page) => {
		await told(page);
		const unit = page.locator('[data-facet=unit] li').first();
		await unit.waitFor();
		const before = await counted(page), promised = Number(await unit.locator('.choice-count').innerText());
		await unit.locator('input').check();
		claim(await told(page, before) === promised, 'not as many of the unit');
		const now = await counted(page);
		await page.locator('input[name=from]').fill('2100-01-01');
		await page.getByText('没有找到').waitFor();
		await page.locator('input[name=from]').fill('');
		claim(await told(page, '没有找到符合条件的成果') === promised, `not again ${now}`);
	}));
	await test('orders: newest first, and titles by pinyin', () => open('search/?q=系统', {}, async (page) => {
		await told(page);
		await page.locator('select[name=sort]').selectOption('newest');
		await page.waitForURL(/sort=newest/);
		await page.waitForTimeout(300);
		const days = await page.locator('.search-results time').evaluateAll((all) => all.map((time) => time.dateTime));
		claim(days.length > 2 && days.join() === [...days].sort().reverse().join(), days.join());
		await page.locator('select[name=sort]').selectOption('title');
		await page.waitForURL(/sort=title/);
		await page.waitForTimeout(300);
		const titles = await page.locator('.search-results h3').allInnerTexts();
		claim(titles.join() === [...titles].sort(new Intl.Collator('zh').compare).join(), titles.join());
	}));
	await test('pages of results follow each other', () => open('search/', {}, async (page) => {
		const all = await told(page), first = await page.locator('.search-results h3').allInnerTexts();
		await page.locator('.search-pages a[rel=next]').click();
		await page.waitForURL(/page=2/);
		await page.waitForFunction((title) => document.querySelector('.search-results h3').textContent !== title, first[0]);
		const second = await page.locator('.search-results h3').allInnerTexts();
		claim(all > 20 && second.every((title) => !first.includes(title)), 'the same results again');
		claim(await page.locator('.search-results').getAttribute('start') === '11', 'numbers begin anew');
	}));
}

async function taken(page, kind) {
	const [download] = await Promise.all([page.waitForEvent('download', { timeout: 10000 }),
		page.locator(`[data-make=${kind}]`).click()]);
	return fs.readFileSync(await download.path(), 'utf8');
}

const csvRows = (text) => text.trimEnd().split('\r\n').length - 1;

async function takingAway() {
	for (const kind of ['csv', 'atom'])
		await test(`${kind} of all results`, () => open('search/?q=系统', {}, async (page) => {
			const all = await told(page);
			const [download] = await Promise.all([page.waitForEvent('download'),
				page.locator(`[data-make=${kind}]`).click()]);
			claim(download.suggestedFilename().endsWith(`系统.${kind}`), download.suggestedFilename());
			const text = fs.readFileSync(await download.path(), 'utf8');
			const rows = kind === 'csv' ? csvRows(text) : text.split('<entry>').length - 1;
			claim(rows === all && all > 10, `${rows} rows of ${all}`);
			claim(/https:\/\/zheli\.example\/achievements\/demo/.test(text) && /演示/.test(text) && text.includes('2026-06-30'), text.slice(0, 500));
			claim(kind === 'atom' || text.startsWith('\ufeff成果名称,英文名称,'), text.slice(0, 80));
		}));
}

async function keyboard() {
	await test('with the keyboard alone', () => open('search/?q=系统', {}, async (page) => {
		await told(page);
		await page.keyboard.press('/');
		claim(await page.evaluate(() => document.activeElement.id) === 'q', 'not in the box');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		const title = await page.evaluate(() => document.activeElement.textContent);
		claim(title === await page.locator('.search-results h3').nth(1).innerText(), title);
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('Enter');
		await page.waitForURL(/achievements\//);
	}));
	await test('choices are reached by Tab and keep the focus', () => open('search/?q=系统', {}, async (page) => {
		await told(page);
		const before = await counted(page);
		await page.locator('[data-facet=field] input').first().focus();
		await page.keyboard.press('Space');
		await told(page, before);
		claim(await page.evaluate(() => document.activeElement.name) === 'field', 'the focus is lost');
		claim(await page.locator('[role=status].search-count').count() === 1, 'no live region');
	}));
}

async function failing(site, changed) {
	await test('a network that fails is told, and another try works', () => open('search/', {}, async (page) => {
		await told(page);
		broken = /search\/rows/;
		await page.locator('#q').fill('芯片');
		await page.getByRole('button', { name: '再试一次' }).waitFor();
		claim(await page.locator('.search-browse').isVisible(), 'no other way shown');
		broken = null;
		await page.getByRole('button', { name: '再试一次' }).click();
		claim(await told(page, '检索数据没有取到') > 0, 'it does not work again');
	}));
	broken = null;
	const old = site.folder;
	const replace = () => { site.folder = changed; };
	// Files that are gone are no trouble then.
	const replacing = (name, where, body) => test(`a site that is replaced ${name}`, async () => {
		let done = false;
		try {
			await open(where, {}, async (page) => {
				await body(page);
				done = true;
			});
		} catch (error) {
			claim(done && /404/.test(error.message) && !/script:/.test(error.message), error.message);
		} finally {
			site.folder = old;
			before = () => {};
		}
	});
	await replacing('meanwhile is asked anew', 'search/?q=系统', async (page) => {
		await told(page);
		replace();
		await page.locator('#q').fill('龘靐');
		await page.waitForFunction(() => /^找到 1 /.test(document.querySelector('.search-count').textContent));
	});
	// The newest first: files of older ones have not been read yet.
	await replacing('before all results are taken away gives its own', 'search/?q=系统&sort=newest', async (page) => {
		const all = await told(page);
		await page.locator('[data-facet=unit] li').first().waitFor();
		replace();
		const text = await taken(page, 'csv');
		claim(text.includes('achievements/demo-tic-chip/hfo2-fatigue/') && csvRows(text) === all + 1,
			`${csvRows(text)} rows after ${all}`);
	});
	await replacing('before bodies are read still shows them', 'units/', async (page) => {
		before = (name) => /search\/text\//.test(name) && replace();
		await page.goto(`${origin}search/?q=铜边缘`);
		await page.locator('.snippet:visible mark').first().waitFor();
		claim(site.folder === changed, 'it was not replaced');
		claim(await told(page) === 1, await counted(page));
	});
}

async function looks(where, lang) {
	for (const [scheme, width] of [['light', 1280], ['dark', 1280], ['light', 390]])
		await test(`${lang}, ${scheme}, ${width} px: accessible and not too wide`, () =>
			open(`${where}?q=5`, { colorScheme: scheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' }, async (page) => {
				claim(await told(page) > 0, 'nothing found');
				await page.waitForLoadState('networkidle');
				await isAccessible(page);
				claim(await page.evaluate(() => document.documentElement.scrollWidth <=
					document.documentElement.clientWidth), 'too wide');
			}));
	await test(`${lang}: without scripts, lists lead on`, () => open(where, { javaScriptEnabled: false }, async (page) => {
		claim(await page.locator('.search-without').isVisible(), 'no word on scripts');
		const links = await page.locator('.search-browse a').count();
		claim(links > 15 && !await page.locator('.search-columns').isVisible(), `${links} lists`);
		await page.locator('.search-browse a[href*=fields]').first().click();
		await page.waitForURL(/fields\//);
	}));
}

fs.rmSync(work, { recursive: true, force: true });
fs.mkdirSync(work, { recursive: true });
for (const name of ['zh', 'changed'])
	for (const folder of ['content', 'schemas', 'themes'])
		fs.cpSync(folder, path.join(work, `registry-${name}`, folder), { recursive: true });
for (const [name, line] of [['demo-univ-qiantang/moire-thermal', '龘靐二字。'], ['demo-tic-chip/hfo2-fatigue', '系统。']])
	fs.appendFileSync(path.join(work, `registry-changed/content/achievements/${name}.md`), `\n${line}\n`);
for (const name of ['zh', 'changed'])
	build(path.join(work, `registry-${name}`), path.join(work, name));

const site = { folder: path.join(work, 'zh') };
const running = await listen(() => site.folder);
origin = running.origin;
browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
	await asking();
	await choosing();
	await takingAway();
	await keyboard();
	await failing(site, path.join(work, 'changed'));
	await looks('search/', 'zh');
	await looks('en/search/', 'en');
	await test('in English, names and results are English', () => open('en/search/?q=system', {}, async (page) => {
		claim(await told(page) > 0, 'nothing found');
		claim(/achievements? found/.test(await counted(page)), await counted(page));
		claim((await page.locator('[data-facet=city]').innerText()).includes('Hangzhou'), 'no Hangzhou');
		const titles = await page.locator('.search-results h3 a').evaluateAll((all) => all.map((a) => [a.textContent, a.lang]));
		claim(titles.some(([, lang]) => lang === '') && titles.every(([text, lang]) =>
			/[一-鿿]/.test(text) === (lang === 'zh-CN')), `titles: ${titles}`);
		for (const name of ['.title-en', '.summary']) {
			const wrong = await page.locator(`.search-results ${name}`).evaluateAll((all) => all.filter((element) =>
				/[一-鿿]{3}/.test(element.textContent) && element.lang !== 'zh-CN').map((element) => element.textContent));
			claim(wrong.length === 0, `${name} is not said to be Chinese: ${wrong}`);
		}
		claim((await page.locator('.meta-units').allInnerTexts()).some((text) => /^Demo /.test(text)), 'no unit in English');
		claim(await page.locator('.search-results h3 a').first().evaluate((a) => /\/en\/achievements\//.test(a.href)),
			'results lead to the other language');
	}));
} finally {
	await browser.close();
	running.server.close();
}
console.log(`1..${count}`);
process.exitCode = failed ? 1 : 0;
