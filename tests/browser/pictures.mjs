// SPDX-License-Identifier: MIT
// Attachments for scripts.mjs: pictures as other programs write them, and names
// of files that would run something if a page let them. What the site publishes
// of a picture must look the same, pixel by pixel and the same way up, and say
// nothing that was put beside it.
import fs from 'node:fs';
import path from 'node:path';

const seeds = 'tests/fuzz/corpus/picture';
const types = { png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif',
	webp: 'image/webp' };
// The seeds that are refused: they move, are damaged or too large.
const refused = /-(moves|cut|scans|huge)$/;
const told = /Someone|someone|Camera of a stranger|GPSLatitude|<script>/;
const record = 'achievements/demo-lab/chip';

const names = ['"onerror="pwn()" x=".png', "' onload='pwn()' x='.png",
	'"><img src=x onerror=pwn()>.png', '<svg onload=pwn()>.png',
	'javascript:pwn().png', '&quot;onerror=pwn() x=&quot;.png',
	'{{{x}}}`onload=pwn()`.png'];

const good = fs.readdirSync(seeds).filter((name) => !refused.test(name));
const fileOf = (seed) => `seed-${seed}.${seed.split('-')[0]}`;

// Hands them in with a record that is in order, which shows each by its name.
export function attach(registry) {
	const folder = path.join(registry, 'content', record);
	fs.mkdirSync(folder, { recursive: true });
	for (const seed of good)
		fs.copyFileSync(path.join(seeds, seed),
			path.join(folder, fileOf(seed)));
	const shown = names.map((name) => {
		fs.copyFileSync(path.join(seeds, 'png-grey'),
			path.join(folder, name));
		const link = name.replace(/[<>&"]/g, (c) =>
			`%${c.charCodeAt(0).toString(16)}`);
		return `![${name.replace(/[[\]<>]/g, '\\$&')}](<chip/${link}>)`;
	});
	fs.appendFileSync(path.join(registry, 'content', `${record}.md`),
		`\n${shown.join('\n\n')}\n`);
}

// A picture as a page shows it: its size and all of its pixels.
async function look(url) {
	const image = new Image();
	image.src = url;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = image.naturalWidth;
	canvas.height = image.naturalHeight;
	const context = canvas.getContext('2d');
	context.drawImage(image, 0, 0);
	return [canvas.width, canvas.height, ...context.getImageData(0, 0,
		canvas.width, canvas.height).data].join();
}

const urlOf = (file, seed) => `data:${types[seed.split('-')[0]]};base64,${
	fs.readFileSync(file).toString('base64')}`;

export async function compare(browser, site, claim) {
	const page = await browser.newPage();
	const faults = [], tales = [];
	let turned = 0;
	for (const seed of good) {
		const before = path.join(seeds, seed);
		const after = path.join(site, record, fileOf(seed));
		const [wanted, shown] = await Promise.all([before, after]
			.map((file) => page.evaluate(look, urlOf(file, seed))));
		if (wanted !== shown)
			faults.push(`${seed}: not the same picture`);
		turned += wanted.startsWith('16,24,');
		if (told.test(fs.readFileSync(after, 'latin1')))
			tales.push(seed);
	}
	await page.close();
	claim('published pictures look as they did', faults);
	claim('one of them lies on its side', turned > 0 ? [] : ['none does']);
	claim('published pictures tell nothing else', tales);
	claim('there was something to tell', good.some((seed) => told.test(
		fs.readFileSync(path.join(seeds, seed), 'latin1'))) ? [] :
		['the seeds say nothing']);
}

// How many of the files whose names are vectors a page shows; all were published.
export async function testNames(browser, origin, claim) {
	const page = await browser.newPage();
	await page.goto(`${origin}${record}/`, { waitUntil: 'load' });
	const seen = await page.evaluate(() => [...document.images]
		.filter((image) => image.naturalWidth > 0)
		.map((image) => decodeURIComponent(new URL(image.src).pathname)
			.split('/').at(-1)));
	await page.close();
	claim('files of every name are shown', names.filter((name) =>
		!seen.includes(name)));
}
