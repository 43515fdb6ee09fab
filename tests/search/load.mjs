// SPDX-License-Identifier: MIT
// The theme's modules, as browsers get them, and an index in a folder.
import fs from 'node:fs';
import path from 'node:path';

// As a data: URL, since nothing says of a theme's folder that its scripts are modules.
async function load(name) {
	const bytes = fs.readFileSync(`themes/zheli/static/${name}`);
	return import(`data:text/javascript;base64,${bytes.toString('base64')}`);
}

export const index = await load('search-index.js');
export const selection = await load('search-select.js');
export const files = await load('search-files.js');

export function open(site) {
	return index.SearchIndex.open(async (name) =>
		new Uint8Array(fs.readFileSync(path.join(site, 'search', name))));
}

// The same numbers every time, from a seed.
export function dice(seed) {
	let state = seed * 2 + 1;
	return (sides) => {
		state = (state * 48271) % 2147483647;
		return state % sides;
	};
}

let count = 0, failed = 0;
export function claim(name, faults) {
	console.log(`${faults.length ? 'not ok' : 'ok'} ${++count} - ${name}`);
	failed += faults.length > 0;
	for (const fault of faults.slice(0, 20))
		console.log(`# ${fault}`);
}

export function finish() {
	console.log(`1..${count}`);
	process.exitCode = failed ? 1 : 0;
}
