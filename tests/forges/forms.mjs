// SPDX-License-Identifier: MIT
// forms.mjs REGISTRY: issue forms, by what GitHub and Gitea document of them.
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";

const registry = process.argv[2];
const types = new Set(["markdown", "input", "textarea", "dropdown",
	"checkboxes"]);
const faults = [];

for (const path of [".github/ISSUE_TEMPLATE/error.yml",
	".gitea/ISSUE_TEMPLATE/error.yml"]) {
	const form = parse(readFileSync(`${registry}/${path}`, "utf8"));
	const ids = new Set();

	if (!form.name || !form.description || !Array.isArray(form.body))
		faults.push(`${path}: no name, description or body`);
	for (const part of form.body) {
		if (!types.has(part.type))
			faults.push(`${path}: type ${part.type}`);
		if (part.type === "markdown" ? !part.attributes.value :
		    !part.attributes.label || !/^[a-z_-]+$/.test(part.id) ||
		    ids.has(part.id))
			faults.push(`${path}: ${JSON.stringify(part)}`);
		ids.add(part.id);
		if (part.type === "dropdown" && !(part.attributes.options.length > 1))
			faults.push(`${path}: nothing to choose in ${part.id}`);
	}
	if (!form.body.some((part) => part.validations?.required))
		faults.push(`${path}: nothing has to be said`);
}
for (const path of [".github/ISSUE_TEMPLATE/config.yml",
	".gitea/ISSUE_TEMPLATE/config.yaml"])
	if (typeof parse(readFileSync(`${registry}/${path}`, "utf8"))
	    .blank_issues_enabled !== "boolean")
		faults.push(path);
for (const path of [".github/PULL_REQUEST_TEMPLATE.md",
	".gitea/PULL_REQUEST_TEMPLATE.md",
	".gitlab/merge_request_templates/Default.md",
	".gitlab/issue_templates/error.md", "CODEOWNERS"])
	if (!existsSync(`${registry}/${path}`))
		faults.push(`${path} is missing`);
if (faults.length > 0) {
	console.log(faults.join("\n"));
	process.exit(1);
}
