// SPDX-License-Identifier: MIT
// Records with a marker in every field that can hold one.
import fs from 'node:fs';
import path from 'node:path';

let count = 0;

// Of the people, the first is named, the second by surname, the third not, the
// fourth not before a day that is to come.
const person = ['named', 'surname', 'unnamed', 'later'];
const label = (at) => at.replace(/^people\[(\d)\]/, (_, i) =>
	`people(${person[i]})`).replace(/\[\d+\]/g, '');

// What each marker stands for: {state, kind, field}.
export const planted = new Map();
// Fields that hold no marker: "kind field" to why.
export const unplanted = new Map();

// Text, or a sum of money that nothing else comes to.
function marker(state, kind, field, type) {
	const made = type === 'amount' ?
		`9${String(++count).padStart(5, '0')}.37` :
		`zq${(++count).toString(36).padStart(4, '0')}k`;
	planted.set(made, { state, kind, field });
	return made;
}

let makers = {
	amount: (m) => m, account: (m) => m, text: (m) => `${m} 说明`, paragraph: (m) => `${m} 说明`,
	line: (m) => m, title: (m) => `${m}题`, name: (m) => m, keyword: (m) => m,
	'title-en': (m) => `On ${m}`, slug: (m) => m,
	summary: (m) => `${m}，`.repeat(10), 'summary-en': (m) => `${m} `.repeat(12),
	url: (m) => `https://${m}.example/${m}`, identifier: (m) => m,
	'file-path': (m) => `files/${m}.pdf`, 'achievement-id': (m) => `demo-lab/${m}`,
};

// Other texts in the place of markers: `change` gets each maker, by the type of
// its field, and what to put in its place.
export function replaceMakers(change) {
	makers = Object.fromEntries(Object.entries(makers)
		.map(([type, make]) => [type, change(type, make)]));
}

// A record being filled: `values` at paths as "people[0].name".
export class Plot {
	// own: what has to stand as it is, by path, as {"category": "技术攻关"}.
	// same: paths that repeat another's value, as {"people[0].unit":
	// "units[0].name"}. extra: a line more, which no schema knows.
	constructor(state, kind, file, fields, { own = {}, same = {}, without = [], extra }) {
		Object.assign(this, { state, kind, file, own, same, extra });
		this.without = new Set(without);
		this.markers = new Map();
		this.examples = new Set();
		this.fields = fields;
	}

	// What stands at the path; undefined for nothing.
	scalar(field, at) {
		if (at in this.same)
			return this.values.get(this.same[at]);
		if (at in this.own)
			return this.own[at];
		const make = field.codelist ? undefined : makers[field.type];
		if (!make || this.examples.has(at))
			return field.example;
		if (!this.markers.has(at))
			this.markers.set(at, marker(this.state, this.kind,
				label(at), field.type));
		return make(this.markers.get(at));
	}

	lines(field, at, indent, out) {
		if (this.without.has(at))
			return false;
		const start = out.length;
		const last = at.split('.').at(-1);
		const key = /\]$/.test(last) ? `${indent.slice(2)}- ` :
			`${indent}${last}: `;
		if (field.type !== undefined || (!field.map && !field.list)) {
			const value = this.scalar(field, at);
			if (value === undefined)
				return false;
			this.values.set(at, value);
			out.push({ at, text: key + JSON.stringify(`${value}`) });
			return true;
		}
		out.push({ at, text: key.trimEnd() });
		const deeper = `${indent}  `;
		if (field.list) {
			const items = this.own[`${at}#`] ?? 1;
			for (let i = 0; i < items; i++)
				this.lines(field.list, `${at}[${i}]`, `${deeper}  `, out);
		} else {
			for (const part of this.order(field.map, at))
				this.lines(part, `${at}.${part.name}`, deeper, out);
		}
		if (out.length > start + 1)
			return true;
		out.length = start;
		return false;
	}

	// What others repeat comes first.
	order(map, at) {
		const sources = Object.values(this.same).map((s) => s.split(/[[.]/)[0]);
		const prefix = at ? `${at}.` : '';
		return [...map].sort((a, b) =>
			sources.includes(prefix + b.name) - sources.includes(prefix + a.name));
	}

	write(root) {
		const out = [{ text: '---' }];
		this.values = new Map();
		for (const part of this.order(this.fields, ''))
			this.lines(part, part.name, '', out);
		if (this.extra)
			out.push({ text: this.extra });
		out.push({ text: '---' }, { text: '' });
		if (!this.without.has('body')) {
			if (!this.markers.has('body'))
				this.markers.set('body',
					marker(this.state, this.kind, 'body'));
			out.push({ text: `正文 ${this.markers.get('body')}。` });
		}
		this.places = out.map((line) => line.at);
		fs.mkdirSync(path.dirname(path.join(root, this.file)),
			{ recursive: true });
		fs.writeFileSync(path.join(root, this.file),
			`${out.map((line) => line.text).join('\n')}\n`);
	}

	// A rule complains of a line: what stands there gives way, a marker to
	// the example of its field, an example to nothing. False if nothing can.
	yieldAt(line, why) {
		const at = this.places[line - 1];
		if (at === undefined || this.places[line - 1] === undefined)
			return false;
		const below = [...this.markers.keys()].filter((m) =>
			(m === at || m.startsWith(`${at}.`) || m.startsWith(`${at}[`)) &&
			!this.examples.has(m));
		if (below.length > 0)
			for (const m of below) {
				this.examples.add(m);
				planted.delete(this.markers.get(m));
				this.note(m, why);
			}
		else if (!this.without.has(at) && !(at in this.own)) {
			this.without.add(at);
			this.note(at, why);
		} else {
			return false;
		}
		return true;
	}

	note(at, why) {
		const key = `${this.kind} ${at.replace(/\[\d+\]/g, '')}`;
		if (!unplanted.has(key))
			unplanted.set(key, new Set());
		unplanted.get(key).add(why);
	}
}
