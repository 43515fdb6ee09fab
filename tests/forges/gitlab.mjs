// SPDX-License-Identifier: MIT
// gitlab.mjs FILE: a pipeline by what GitLab's reference of CI/CD YAML says of the
// keywords in use (docs.gitlab.com/ci/yaml); another keyword is a fault here.
import { readFileSync } from "node:fs";
import { parse } from "yaml";

const pipeline = parse(readFileSync(process.argv[2], "utf8"));
const faults = [];
const TOP = new Set(["workflow", "default", "variables"]);
const JOB = {
	extends: (v) => v in pipeline && v.startsWith("."),
	stage: (v) => [".pre", "build", "test", "deploy", ".post"].includes(v),
	rules: (v) => v.length > 0 && v.every(isRule),
	before_script: isScript,
	script: isScript,
	artifacts: isArtifacts,
};

function isText(v) {
	return typeof v === "string" && v.length > 0;
}

// A line with ": " in it that is not quoted would be a map, not a command.
function isScript(v) {
	return Array.isArray(v) && v.length > 0 && v.every(isText);
}

function isRule(v) {
	return Object.keys(v).join() === "if" && /^\$[A-Z_]+ == ("[a-z_]+"|\$[A-Z_]+)$/
		.test(v.if);
}

function isArtifacts(v) {
	return Object.keys(v).every((key) => ["when", "expire_in", "paths", "reports"]
		.includes(key)) && (v.paths ?? []).every(isText) &&
		(!v.when || ["on_success", "on_failure", "always"].includes(v.when)) &&
		Object.keys(v.reports ?? {}).every((key) => key === "codequality");
}

if (!pipeline.workflow.rules.every(isRule))
	faults.push("workflow");
if (!/^[a-z]+:[0-9a-z.-]+$/.test(pipeline.default.image) ||
    typeof pipeline.default.interruptible !== "boolean")
	faults.push("default");
for (const [name, value] of Object.entries(pipeline.variables))
	if (!isText(value))
		faults.push(`variable ${name}`);
for (const [name, job] of Object.entries(pipeline)) {
	if (TOP.has(name))
		continue;
	for (const [key, value] of Object.entries(job))
		if (!JOB[key] || !JOB[key](value))
			faults.push(`${name}: ${key}`);
	if (!name.startsWith(".") && (!job.script || !job.rules))
		faults.push(`${name}: when, and what?`);
}
// GitLab publishes what the job `pages` leaves in public/.
if (!pipeline.pages.artifacts.paths.includes("public"))
	faults.push("pages: public");
if (faults.length > 0) {
	console.log(faults.join("\n"));
	process.exit(1);
}
