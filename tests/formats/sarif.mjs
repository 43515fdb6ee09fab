// SPDX-License-Identifier: MIT
// sarif.mjs FILE: holds a SARIF log against the schema of the standard.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";

const require = createRequire(import.meta.url);
const Ajv = require("ajv/dist/2020").default;
const formats = require("ajv-formats").default;
const schema = JSON.parse(readFileSync(path.join(
	"node_modules/@microsoft/sarif-multitool-ts",
	"assets/sarif-2.1.0.schema.json"), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);

const log = JSON.parse(readFileSync(process.argv[2], "utf8"));
const validate = ajv.compile(schema);
if (!validate(log)) {
	for (const error of validate.errors.slice(0, 20))
		console.log(error.instancePath, error.message);
	process.exit(1);
}
const run = log.runs[0];
const known = new Set(run.tool.driver.rules.map((rule) => rule.id));
const lost = run.results.filter((result) => !known.has(result.ruleId));
if (lost.length > 0) {
	console.log("results of no rule:", lost.map((result) => result.ruleId));
	process.exit(1);
}
