// SPDX-License-Identifier: MIT
// text.mjs REGISTRY: adds to the bodies of its achievements what a search may stumble over,
// and puts every fifth to use; the same for the same registry.
import fs from 'node:fs';
import path from 'node:path';

import { dice } from './load.mjs';

const pieces = ['５Ｇ芯片与5G 芯片、5G网、X光机、Ｘ光', 'C++、TCP/IP、GB/T 9704—2012、3.5%、2.5 与 25', '哈哈哈哈与哈哈',
	'Deep learning 与 deep-learning、DeepLearning', '发展、發展；台湾、臺灣；后面、後面', 'caf\u00e9 cafe\u0301 CAFÉ ﬁber ﬀ',
	'ｶﾞｽ ガス がす', '㎡ ㎏ ℃ ① Ⅳ ㈱', '𠮷野家 𠀀𠀁 😀芯片😀', '芯', '片', 'a芯b 芯a片 1芯2', '软\u00ad件 零\u200b宽',
	'“引号”与「引号」', 'α-Fe β粒子 Ω 电阻 ΑΒΓ', 'ПРИВЕТ мир', '한국어 텍스트', 'ไทย ภาษา', 'e=mc² H₂O 10⁻³',
	'半导\n体材料', 'half\nword', '一 二 三', 'A B C', '（全角括号）(半角括号)', '，。；：、', '——……',
	'Ångström Å Å', 'İstanbul ISTANBUL ıstanbul', 'straße STRASSE', '3D打印 2D材料 打印3D', 'β-Ga₂O₃'];
const characters = [...'芯片研究技术系统工程的一是在了中国材料5Gx光b，。'];

function* records(folder) {
	for (const entry of fs.readdirSync(folder, { withFileTypes: true }))
		if (entry.isDirectory())
			yield* records(path.join(folder, entry.name));
		else if (entry.name.endsWith('.md'))
			yield path.join(folder, entry.name);
}

const roll = dice(7);
const [registry] = process.argv.slice(2);
const all = [...records(path.join(registry, 'content/achievements'))].sort();
for (const file of all.filter((_, i) => i % 5 === 0)) {
	const text = fs.readFileSync(file, 'utf8'), [, date] = text.match(/^submitted: (.*)$/m);
	fs.writeFileSync(file, text.replace(/^units:$/m,
		`transfers:\n  - {date: ${date}, kind: 许可, to: 演示受让公司, amount: 65}\nunits:`));
}
for (const file of all) {
	const random = Array.from({ length: 40 }, () => characters[roll(characters.length)]).join('');
	fs.appendFileSync(file, `\n${pieces[roll(pieces.length)]}\n\n- ${pieces[roll(pieces.length)]}\n\n${
		pieces[roll(pieces.length)]}${random}\n`);
}
