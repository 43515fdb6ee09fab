// SPDX-License-Identifier: MIT
// comments.mjs SCRIPT github|gitlab: runs the script against a forge of ours that
// has a page of other comments, one of them a stranger's with our marker in it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";

const [, , script, forge] = process.argv;
const isGitlab = forge === "gitlab";
const TOKEN = "secret-token";
const MARKER = "<!-- zheli-review -->";
const PAGE = 100;
const list = isGitlab ? "/projects/7/merge_requests/3/notes" :
	"/repos/a/b/issues/3/comments";
const one = isGitlab ? list : "/repos/a/b/issues/comments";
const comments = [];
const faults = [];

function by(name) {
	return isGitlab ? { author: { username: name } } : { user: { login: name } };
}
for (let id = 1; id <= PAGE + 5; id++)
	comments.push({ id, body: `comment ${id}`, ...by("somebody") });
comments[2].body = `${MARKER}\nnot ours`;

function answer(request, response, body) {
	const url = new URL(request.url, "http://localhost");
	const text = body ? JSON.parse(body).body : undefined;
	const sent = isGitlab ? request.headers["private-token"] :
		request.headers.authorization?.replace(/^token /, "");
	const id = Number(url.pathname.slice(one.length + 1));

	if (sent !== TOKEN)
		return response.writeHead(401).end("{}");
	if (request.method === "GET" && url.pathname === list) {
		const from = (Number(url.searchParams.get("page")) - 1) * PAGE;

		return response.end(JSON.stringify(comments.slice(from, from + PAGE)));
	}
	if (request.method === "POST" && url.pathname === list) {
		comments.push({ id: comments.length + 1, body: text, ...by("zheli-bot") });
		return response.end(JSON.stringify(comments.at(-1)));
	}
	if (request.method === (isGitlab ? "PUT" : "PATCH") &&
	    url.pathname === `${one}/${id}`) {
		comments[id - 1].body = text;
		return response.end(JSON.stringify(comments[id - 1]));
	}
	faults.push(`${request.method} ${request.url}`);
	return response.writeHead(404).end("{}");
}

const server = createServer((request, response) => {
	let body = "";

	request.on("data", (data) => { body += data; });
	request.on("end", () => answer(request, response, body));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));

const folder = mkdtempSync(`${tmpdir()}/zheli-`);

function comment(text, token = TOKEN) {
	writeFileSync(`${folder}/review.md`, text);
	return new Promise((done) => {
		const child = spawn("sh", [script, `${folder}/review.md`], {
			stdio: "ignore",
			env: {
				PATH: process.env.PATH, FORGE: forge, TOKEN: token,
				API: `http://127.0.0.1:${server.address().port}`,
				PROJECT: isGitlab ? "7" : "a/b", NUMBER: "3",
				BOT: "other-bot zheli-bot",
			},
		});
		child.on("exit", done);
	});
}

function expect(what, is) {
	if (!is)
		faults.push(what);
}

const first = `${MARKER}\n“一” "two" \\ $(three)\n`;
expect("the first is made", await comment(first) === 0);
expect("as it is", comments.length === PAGE + 6 && comments.at(-1).body === first);
expect("the second replaces it", await comment(`${MARKER}\nsecond`) === 0);
expect("it alone", comments.length === PAGE + 6 &&
	comments.at(-1).body === `${MARKER}\nsecond`);
expect("a stranger's stays", comments[2].body === `${MARKER}\nnot ours`);
expect("a wrong token fails", await comment(first, "wrong") !== 0);
server.close();
rmSync(folder, { recursive: true });
if (faults.length > 0) {
	console.log(faults.join("\n"));
	process.exit(1);
}
