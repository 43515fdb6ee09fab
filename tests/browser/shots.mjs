// SPDX-License-Identifier: MIT
// shots.mjs SITE OUTPUT: a picture of one page of each kind, in both languages, as
// a wide window, a telephone and a dark screen show it, and a sheet of them all,
// for a person to look at.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

import { kinds } from './kinds.mjs';
import { searched, serve } from './serve.mjs';

const [site, output] = process.argv.slice(2).map((name) => path.resolve(name));
const looks = [['wide', 1280, 'light'], ['telephone', 390, 'light'],
	['dark', 1280, 'dark']];

fs.mkdirSync(output, { recursive: true });
const { server, origin } = await serve(site);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
const sheet = [];
for (const [look, width, colorScheme] of looks) {
	const context = await browser.newContext({ colorScheme,
		viewport: { width, height: 900 }, reducedMotion: 'reduce' });
	const page = await context.newPage();
	for (const language of ['', 'en/'])
		for (const [kind, where] of Object.entries(kinds(site))) {
			const name = `${kind.replaceAll(' ', '-')}-${
				language === '' ? 'zh' : 'en'}-${look}.png`;
			await page.goto(`${origin}${language}${where}`);
			await searched(page);
			await page.screenshot({ path: path.join(output, name),
				fullPage: true });
			sheet.push(name);
		}
	await context.close();
}
await browser.close();
server.close();
fs.writeFileSync(path.join(output, 'index.html'), `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Shots</title>
<style>figure { display: inline-block; margin: .5rem; width: 18rem; vertical-align: top }
img { width: 100%; border: 1px solid #888 }</style>
${sheet.map((name) => `<figure><a href="${name}"><img src="${name}" alt="" ` +
	`loading="lazy"></a><figcaption>${name}</figcaption></figure>`).join('\n')}
`);
console.log(`${sheet.length} pictures; see ${path.join(output, 'index.html')}`);
