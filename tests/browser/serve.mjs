// SPDX-License-Identifier: MIT
// serve.mjs: a built site on a port of its own, for pages whose scripts read files.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css',
	'.js': 'text/javascript', '.svg': 'image/svg+xml',
	'.json': 'application/json' };

// {server, origin}
export async function serve(site) {
	const server = http.createServer((request, response) => {
		const name = decodeURIComponent(request.url.split('?')[0]);
		const file = path.join(site, name.endsWith('/') ?
			`${name}index.html` : name);
		if (!fs.existsSync(file)) {
			response.writeHead(404).end();
			return;
		}
		response.writeHead(200, { 'Content-Type':
			types[path.extname(file)] ?? 'application/octet-stream' });
		response.end(fs.readFileSync(file));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, origin: `http://127.0.0.1:${server.address().port}/` };
}

// Until a page that searches has shown all it has to.
export async function searched(page) {
	await page.waitForFunction(() => document.querySelector('#search') === null ||
		document.querySelector('[data-facet=unit] li') !== null);
}
