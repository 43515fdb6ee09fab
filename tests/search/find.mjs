// SPDX-License-Identifier: MIT
// find.mjs SITE QUERY BEGINNING: the query finds one record, whose id begins so; none if
// the beginning is empty.
import { index, open } from './load.mjs';

const [site, query, beginning] = process.argv.slice(2);
const search = await open(site);
const { rows } = await search.find(index.termsOf(query));
const ids = (await Promise.all([...rows].map((row) => search.card(row)))).map(({ id }) => id);
if (beginning ? ids.length !== 1 || !ids[0].startsWith(beginning) : ids.length) {
	console.log(`${query} finds: ${ids}`);
	process.exitCode = 1;
}
