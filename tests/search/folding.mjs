// SPDX-License-Identifier: MIT
// folding.mjs FOLD: what is typed and what is indexed are made alike in the same way: the
// theme's script and the program (tests/search/fold.c) fold every character there is, by
// itself, between others, and with marks, to the same.
import { execFileSync } from 'node:child_process';

import { claim, dice, finish, index } from './load.mjs';

const around = [[[], []], [[0x41], [0x42]], [[0x82af], [0x7247]],
	[[0x61], [0x301]], [[0x82af, 0x20], [0xa, 0xff21]]];
const marks = [0x300, 0x301, 0x307, 0x323, 0x3099, 0x309a, 0x1161, 0x11a8, 0xfe0f, 0x200d, 0x345];

const known = /^\p{Assigned}$/u;
const lines = [];
for (let c = 1; c <= 0x10ffff; c++)
	if ((c < 0xd800 || c > 0xdfff) && known.test(String.fromCodePoint(c)) &&
	    !(c >= 0xf0000) && !(c >= 0x17000 && c <= 0x18aff) && !(c >= 0x20000 && c % 7))
		lines.push(...around.map(([before, after]) => [...before, c, ...after]));
const roll = dice(Number(process.env.SEED) || 1);
for (let i = 0; i < 30000; i++)
	lines.push(Array.from({ length: 1 + roll(12) }, () => roll(3) ? roll(2) ? 0x20 + roll(0x60) :
		marks[roll(marks.length)] : [0xac00 + roll(11000), 0x3040 + roll(0xc0), 0xff00 + roll(0xf0),
		0x1e00 + roll(0x100), 0xc0 + roll(0x200), 0x2100 + roll(0x100), 0x1100 + roll(0x100)][roll(7)]));

const hex = (numbers) => numbers.map((n) => n.toString(16)).join(' ');
const [fold] = process.argv.slice(2);
const folded = execFileSync(fold, { input: lines.map(hex).join('\n') + '\n', maxBuffer: 1 << 28 })
	.toString().split('\n');
const faults = [];
let later = 0;
lines.forEach((line, i) => {
	later += folded[i] === '-';
	const ours = hex(index.fold(String.fromCodePoint(...line)));
	if (folded[i] !== '-' && ours !== folded[i])
		faults.push(`${hex(line)}: the script has ${ours}, the program ${folded[i]}`);
});
claim('there are many characters', lines.length > 200000 && later < 100000 ?
	[] : [`${lines.length} texts, ${later} of a later Unicode`]);
claim('the script folds as the program does', faults);

const same = (a, b) => hex(index.fold(a)) === hex(index.fold(b));
claim('what is the same is folded alike', [['Ｚｈｅｌｉ１２', 'zheli12'], ['㎡', 'm2'], ['ｶﾞ', 'ガ'],
	['ＡＢＣ，（1）', 'abc,(1)'], ['e\u0301', 'É'], ['5G 芯片', '5g芯片'], ['Deep\n \t Learning', 'deep\nlearning'],
	['Deep \u3000 Learning', 'deep learning'], ['芯\u200b片', '芯片'], ['İ', 'i'], ['ΑΣ', 'ας'.replace('ς', 'σ')]]
	.filter(([a, b]) => !same(a, b)).map((pair) => pair.join(' / ')));
claim('what differs stays apart', [['發', '发'], ['芯\n片', '芯片'], ['deep learning', 'deeplearning'], ['己', '已']]
	.filter(([a, b]) => same(a, b)).map((pair) => pair.join(' / ')));
finish();
