// SPDX-License-Identifier: MIT
// The fields of a kind of record, read from its XSD: what there is to plant, so
// that a new field takes part without anybody remembering.
//
// fields('expert') is a map of {name, type, list, map, example, codelist}: a
// scalar has a type, a list the field of its items, a map its fields.
import fs from 'node:fs';

const folder = 'schemas/';

// A tree of {name, attributes, children}; text is left out, but nothing that
// stands in the file is passed over in silence.
function parse(path) {
	const text = fs.readFileSync(path, 'utf8')
		.replace(/<\?.*?\?>|<!--[^]*?-->/g, '');
	const root = { children: [] };
	const open = [root];
	for (const [, close, name, attributes, empty] of text.matchAll(
		/<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g)) {
		if (close) {
			if (open.pop().name !== name)
				throw new Error(`${path}: <${name}> is not closed`);
			continue;
		}
		const node = { name, children: [], attributes: Object.fromEntries(
			[...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)]
				.map((m) => [m[1], m[2]])) };
		open.at(-1).children.push(node);
		if (!empty)
			open.push(node);
	}
	if (open.length !== 1)
		throw new Error(`${path}: ends early`);
	return root.children[0];
}

const common = parse(`${folder}common.xsd`);

const child = (node, name) =>
	node?.children.find((c) => c.name === `xs:${name}`);

// Types of the kind's own file stand before those that all share.
function named(schema, name) {
	for (const from of [schema, common])
		for (const type of from.children)
			if (type.attributes.name === name &&
			    /^xs:(complex|simple)Type$/.test(type.name))
				return type;
	return undefined;
}

function field(schema, element) {
	const { name, type } = element.attributes;
	const made = { name, example: element.attributes['z:example'],
		codelist: element.attributes['z:codelist'] };
	const complex = child(element, 'complexType') ??
		(type && named(schema, type)?.name === 'xs:complexType' ?
			named(schema, type) : undefined);
	if (!complex)
		return { ...made, type };
	const sequence = child(complex, 'sequence');
	if (sequence)
		return { ...made, list: field(schema, child(sequence, 'element')) };
	return { ...made, map: (child(complex, 'all')?.children ?? [])
		.filter((c) => c.name === 'xs:element')
		.map((c) => field(schema, c)) };
}

export function fields(kind) {
	const schema = parse(`${folder}${kind}.xsd`);
	const root = schema.children.find((c) => c.name === 'xs:element');
	const made = field(schema, root);
	if (root.attributes.name !== kind || !made.map?.length)
		throw new Error(`${kind}.xsd: no fields`);
	return made.map;
}

// The most characters that each type of common.xsd may have, as {title: 100}.
export function lengths() {
	const made = {};
	for (const type of common.children) {
		const most = child(child(type, 'restriction'), 'maxLength');
		if (type.name === 'xs:simpleType' && most)
			made[type.attributes.name] = Number(most.attributes.value);
	}
	return made;
}
