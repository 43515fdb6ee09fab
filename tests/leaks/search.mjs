// SPDX-License-Identifier: MIT
// Markers in a folder of files: in their names and in every byte, as text in
// UTF-8 or UTF-16, in any case of letters, as base64 or hexadecimal, as the
// numbers of HTML, inside compressed data and the tables of databases.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

// zq, four characters, k: long enough that chance does not make one, and the
// same in URLs, JSON and HTML; or a sum of money, see plant.mjs.
const shape = /zq[0-9a-z]{4}k|9[0-9]{5}\.37/g;

export function filesBelow(folder) {
	return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const name = path.join(folder, entry.name);
		return entry.isDirectory() ? filesBelow(name) : [name];
	});
}

function inflate(bytes) {
	const found = [];
	for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1))
		if (bytes[at + 1] === 0x8b)
			found.push([zlib.gunzipSync, at]);
	for (let at = bytes.indexOf(0x78); at >= 0 && bytes.includes(0);
		at = bytes.indexOf(0x78, at + 1))
		if ((bytes[at] * 256 + bytes[at + 1]) % 31 === 0)
			found.push([zlib.inflateSync, at]);
	// The local headers of a ZIP archive.
	for (let at = bytes.indexOf('PK\x03\x04'); at >= 0;
		at = bytes.indexOf('PK\x03\x04', at + 1))
		found.push([zlib.inflateRawSync, at + 30 +
			bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)]);
	return found.flatMap(([open, at]) => {
		try {
			return [open(bytes.subarray(at),
				{ finishFlush: zlib.constants.Z_SYNC_FLUSH })];
		} catch {
			return [];	// those two bytes began nothing
		}
	});
}

// A database may keep a long text in pieces; its dump has it whole.
function dump(file, bytes) {
	if (!bytes.subarray(0, 15).equals(Buffer.from('SQLite format 3')))
		return [];
	return [execFileSync('sqlite3', ['-readonly', file, '.dump'],
		{ maxBuffer: 1 << 30 })];
}

function forms(text) {
	const made = [text, text.replace(/\0/g, '')];
	made.push(text.replace(/([0-9]),(?=[0-9]{3})/g, '$1'));
	made.push(text.replace(/&#(x?)([0-9a-f]+);/gi, (_, x, digits) =>
		String.fromCharCode(parseInt(digits, x ? 16 : 10) & 0xffff)));
	made.push(text.replace(/%([0-9a-f]{2})/gi, (_, digits) =>
		String.fromCharCode(parseInt(digits, 16))));
	made.push(text.replace(/\\u([0-9a-f]{4})/gi, (_, digits) =>
		String.fromCharCode(parseInt(digits, 16) & 0xff)));
	for (const [run] of text.matchAll(/[0-9A-Za-z+/_-]{10,}={0,2}/g))
		for (let skip = 0; skip < 4; skip++)
			made.push(Buffer.from(run.slice(skip), 'base64')
				.toString('latin1').replace(/\0/g, ''));
	for (const [run] of text.matchAll(/(?:[0-9A-Fa-f]{2}){7,}/g))
		for (let skip = 0; skip < 2; skip++)
			made.push(Buffer.from(run.slice(skip), 'hex')
				.toString('latin1').replace(/\0/g, ''));
	return made;
}

function markersIn(bytes, depth = 0) {
	const found = new Set();
	for (const form of forms(bytes.toString('latin1')))
		for (const [marker] of form.toLowerCase().matchAll(shape))
			found.add(marker);
	if (depth < 3)
		for (const inner of inflate(bytes))
			for (const marker of markersIn(inner, depth + 1))
				found.add(marker);
	return found;
}

// Map of marker to the files it is in, as paths below the folder.
export function search(folder) {
	const found = new Map();
	for (const file of filesBelow(folder)) {
		const name = path.relative(folder, file);
		const bytes = fs.readFileSync(file);
		for (const piece of [Buffer.from(name), bytes, ...dump(file, bytes)])
			for (const marker of markersIn(piece)) {
				if (!found.has(marker))
					found.set(marker, new Set());
				found.get(marker).add(name);
			}
	}
	return found;
}
