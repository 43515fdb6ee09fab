// SPDX-License-Identifier: MIT
// kinds.mjs: which pages of a built site stand for all of their kind.
import fs from 'node:fs';
import path from 'node:path';

// One page of every kind there is, found in the folder that is served.
export function kinds(site) {
	const first = (folder, depth) => {
		const found = fs.readdirSync(path.join(site, folder), {
			withFileTypes: true, recursive: true })
			.filter((entry) => entry.name === 'index.html')
			.map((entry) => path.relative(site, entry.parentPath ?? entry.path))
			.filter((name) => name.split('/').length === depth)
			.sort();
		if (found.length === 0)
			throw new Error(`no page below ${folder}`);
		return `${found.at(-1)}/`;
	};
	return {
		home: '', achievements: 'achievements/',
		month: 'achievements/2026/05/',
		achievement: 'achievements/demo-univ-qiantang/motion-bus/',
		units: 'units/', unit: 'units/demo-univ-qiantang/',
		'unit year': 'units/demo-univ-qiantang/2026/',
		fields: 'fields/', field: first('fields', 2),
		cities: 'cities/', city: 'cities/330100/', county: 'cities/330110/',
		year: 'achievements/2026/', 'city year': 'cities/330100/2025/',
		categories: 'categories/', category: first('categories', 2),
		bulletins: 'bulletins/', bulletin: first('bulletins', 2),
		releases: 'releases/', release: 'releases/2026-q2/',
		'release kind': 'releases/theme/',
		rankings: 'rankings/', ranking: first('rankings', 2),
		registry: 'registry/', 'registry month': first('registry', 3),
		results: 'results/', patents: 'patents/', papers: 'papers/',
		people: 'people/', 'people month': first('people', 3),
		projects: 'projects/', notices: 'projects/notices/',
		calls: 'projects/calls/', announcements: 'projects/announcements/',
		transferred: 'transfer/', 'use-first': 'transfer/use-first/',
		'free-licence': 'transfer/free-licence/',
		auctions: 'transfer/auctions/',
		statistics: 'statistics/', 'unit kinds': 'statistics/kinds/',
		'unit kind': first('statistics/kinds', 4),
		transfer: 'statistics/transfer/transferred/',
		rules: 'rules/', rule: first('rules', 2),
		search: 'search/', guide: 'guide/', about: 'about/', data: 'data/',
	};
}
