// SPDX-License-Identifier: MIT
// A registry, and a private folder beside it, with every plot of states.mjs.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { asOf, faulty, plots } from './states.mjs';

function errors(zheli, registry) {
	const run = spawnSync(zheli, ['check', '-q', '--as-of', asOf, '--format',
		'json'], { cwd: registry, maxBuffer: 1 << 28 });
	if (run.status > 1)
		throw new Error(`zheli check: ${run.status} ${run.stderr}`);
	return JSON.parse(run.stdout).diagnostics.filter((d) =>
		d.severity === 'error');
}

// Until no rule complains: a record with errors would be withheld, and nothing
// but that would hide it. What rules still complain of is `stuck`.
export function plant(zheli, registry) {
	const all = [...plots()];
	const sound = all.filter((plot) => !faulty.has(plot.state));
	const stuck = [];
	fs.rmSync(path.dirname(registry), { recursive: true, force: true });
	fs.cpSync('tests/golden/base', registry, { recursive: true });
	// So that every form of the open data is there to be searched.
	fs.appendFileSync(path.join(registry, 'content/site.yaml'),
		'oai: {mailbox: opendata}\n');
	for (let round = 0; round < 30; round++) {
		sound.forEach((plot) => plot.write(registry));
		stuck.length = 0;
		let moved = false;
		for (const d of errors(zheli, registry)) {
			const plot = sound.find((p) => p.file === d.path);
			const told = `${d.id} ${d.path}:${d.line} ${d.message.en}`;
			if (plot?.yieldAt(d.line, `${d.id} ${d.message.en}`))
				moved = true;
			else
				stuck.push(told);
		}
		if (!moved)
			break;
	}
	for (const plot of all.filter((p) => faulty.get(p.state))) {
		const whole = sound.find((p) => p.kind === plot.kind &&
			p.state === faulty.get(plot.state));
		whole.examples.forEach((at) => plot.examples.add(at));
		whole.without.forEach((at) => plot.without.add(at));
		if (plot.state === 'unreviewed')
			plot.without.add('secrecy_review');
	}
	all.filter((p) => faulty.has(p.state)).forEach((p) => p.write(registry));
	return { all, stuck };
}
