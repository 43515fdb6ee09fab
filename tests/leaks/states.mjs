// SPDX-License-Identifier: MIT
// The states in which something must not be seen: what stands in each beside
// the markers, and what is left out.
import { fields } from './schema.mjs';
import { Plot } from './plant.mjs';

export const asOf = '2026-06-30';

const kinds = ['unit', 'achievement', 'dossier', 'project', 'bulletin',
	'release', 'ranking', 'page', 'expert', 'credit', 'panel', 'sanction'];
const schema = Object.fromEntries(kinds.map((kind) => [kind, fields(kind)]));

// What the rules want of an achievement that is in order on that day.
const achievement = {
	category: '技术攻关', type: '应用技术', submitter: 'demo-lab',
	submitted: '2026-02-05', 'obtained.date': '2026-01-20',
	'obtained.basis': '验收', 'units[0].unit': 'demo-lab', 'units[0].order': 1,
	'units[0].place': '330110', 'people#': 4,
	'people[0].order': 1, 'people[1].order': 2, 'people[2].order': 3,
	'people[3].order': 4,
	'people[0].consent.on': '2026-02-01', 'people[1].consent.on': '2026-02-01',
	// On that day not yet agreed to.
	'people[3].consent.on': '2026-07-01', 'people[3].publish': '姓名',
	'people[1].publish': '姓氏', 'people[2].publish': '不公开',
	'people[0].publish': '姓名',
	'declaration.no_dispute': true, 'declaration.truthful': true,
	'declaration.date': '2026-02-04', 'secrecy.level': '公开',
	'secrecy.reviewed_on': '2026-02-03', 'ip[0].kind': '其他',
	'ip[0].owners[0].share': 100, updated: '2026-02-05',
	'industrialization.state': '已产业化',
	'application_state.state': '产业化应用',
};
const same = { 'people[0].unit': 'units[0].name',
	'people[1].unit': 'units[0].name', 'people[2].unit': 'units[0].name',
	'people[3].unit': 'units[0].name',
	'ip[0].owners[0].name': 'units[0].name',
	'papers[0].first_unit': 'units[0].name' };
const apart = ['co_submitters', 'people[2].consent', 'people[0].orcid',
	'people[1].orcid', 'people[2].orcid', 'people[3].orcid'];

const dossier = {
	'received.date': '2026-02-06', 'registration.date': '2026-02-10',
	'secrecy_review.result': '通过', 'secrecy_review.date': '2026-02-07',
	'rights_review.result': '通过', 'rights_review.date': '2026-02-12',
	'evaluations[0].date': '2026-03-02', 'library.entered': '2026-03-10',
	'visit.date': '2026-03-16', 'confirmation.date': '2026-03-20',
	'landmark.flag': true, 'landmark.date': '2026-03-21',
	'progress[0].date': '2026-03-22', 'follow_ups[0].date': '2026-05-20',
	'award_pool.entered': '2026-05-22', 'support[0].date': '2026-05-24',
	'errata[0].no': 1, 'errata[0].date': '2026-05-25',
	'listing.date': '2026-05-26', 'free_licence.date': '2026-05-27',
	'transfer_excuse.date': '2026-05-28',
};
const unbound = ['secrecy_review.of', 'rights_review.of', 'confirmation.of',
	'waivers', 'disputes', 'returned', 'withdrawn'];
// The steps of a dossier that a state has not come to.
const steps = schema.dossier.map((field) => field.name);
const only = (...kept) => [...unbound,
	...steps.filter((name) => !kept.includes(name))];

// Listed, given notice of, under way, accepted.
const released = { 'secrecy_review.date': '2024-02-01',
	'list.date': '2024-02-20', posted: '2024-02-20',
	proposals_due: '2024-04-20', 'review.date': '2024-04-25',
	'notice.from': '2024-04-28', 'notice.to': '2024-05-10',
	'contract.signed': '2024-05-12', announced: '2024-05-14',
	start: '2024-05-15', end: '2026-02-28', 'acceptance.applied': '2026-03-02',
	'acceptance.date': '2026-03-20', 'acceptance.conclusion': '通过验收',
	'funds.total': 2500, 'funds.enterprise': 2100, 'funds.fiscal': 400,
	'pool.entered': '2024-01-10', 'award_pool.entered': '2026-04-01',
	'follow_ups[0].date': '2026-05-20', mode: '企业联合出资挂榜',
	selection: '公开竞争', 'integrity.date': '2024-04-26',
	'archive.date': '2026-04-02', 'sci_report.date': '2026-03-25',
	'performance[0].date': '2026-05-01', 'acceptance.participants#': 5,
	'acceptance.opinions#': 3 };
['需求方', '最终用户', '科技领军企业', '专业协会', '创投机构'].forEach((kind, i) => {
	released[`acceptance.participants[${i}].kind`] = kind;
	if (i < 3)
		released[`acceptance.opinions[${i}].kind`] = kind;
});
const sent = { 'to#': 3, 'to[0]': '省委', 'to[1]': '省政府' };

export function* plots() {
	// Achievement and dossier; `has` are the dossier's steps, null: none.
	function* state(name, has, { own = {}, more = {}, without = [] } = {}) {
		const id = `demo-lab/leak-${name}`;
		yield new Plot(name, 'achievement', `content/achievements/${id}.md`,
			schema.achievement, { own: { ...achievement, ...own }, same,
				without: [...apart, ...without,
					...(name === 'library-excused' ? [] : ['transfer_excuse'])] });
		if (has !== null)
			yield new Plot(name, 'dossier', `content/dossiers/${id}.md`,
				schema.dossier, { own: { ...dossier, ...more },
					without: has });
	}

	yield* state('submitted', null, { own: { 'obtained.date': '2026-06-10',
		submitted: '2026-06-20', 'declaration.date': '2026-06-19',
		'secrecy.reviewed_on': '2026-06-18', updated: '2026-06-20',
		'people[0].consent.on': '2026-06-15',
		'people[1].consent.on': '2026-06-15',
		'industrialization.date': '2026-06-10' } });
	yield* state('received', only('received'));
	yield* state('unreviewed', only('received', 'registration', 'rights_review'));
	yield* state('refused', only('received', 'secrecy_review', 'rights_review'),
		{ more: { 'secrecy_review.result': '不通过' } });
	yield* state('registered', only('received', 'registration',
		'secrecy_review', 'rights_review', 'evaluations'));
	yield* state('returned', [...only('received', 'secrecy_review',
		'rights_review', 'returned').filter((s) => s !== 'returned'),
		'returned.resubmitted'], { more: { 'returned.date': '2026-03-01' } });
	yield* state('library', unbound);
	// Excused instead of transferred, a dispute settled, a rule waived.
	yield* state('library-excused', unbound.filter((s) =>
		!['disputes', 'waivers'].includes(s)), { more: {
		'disputes[0].raised': '2026-03-01', 'disputes[0].settled': '2026-03-05',
		'waivers[0].rule': 'P-04', 'waivers[0].date': '2026-04-01',
		'waivers[0].until': '2026-12-31' },
	without: ['transfers', 'application_state'] });
	yield* state('disputed', [...unbound.filter((s) => s !== 'disputes'),
		'disputes[0].settled', 'disputes[0].outcome'],
		{ more: { 'disputes[0].raised': '2026-06-01' } });
	yield* state('withdrawn', unbound.filter((s) => s !== 'withdrawn'),
		{ more: { 'withdrawn.date': '2026-06-02' } });
	// An error of its own: the first person has not agreed.
	yield* state('withheld', unbound, { without: ['people[0].consent'] });
	yield* state('withheld-dossier', unbound,
		{ more: { 'registration.date': '2026-02-30' } });

	const project = (name, own, without) => new Plot(name, 'project',
		`content/projects/leak-${name}.md`, schema.project,
		{ own: { scheme: '浙江', level: '省', secrecy: '公开', ...own },
			without: ['horse_race', 'pledge', 'milestones', 'changes',
				'termination', 'revocation', 'recovered', 'class',
				'demander.unit', 'units[0].unit', 'platforms[0].unit',
				...without] });
	yield project('unreleased-project', {}, ['secrecy_review']);
	yield project('project-in-pool', {}, ['secrecy_review', 'list', 'posted',
		'notice', 'announced', 'contract', 'acceptance', 'start', 'end']);

	yield new Plot('internal-bulletin', 'bulletin',
		'content/bulletins/2026-03.md', schema.bulletin,
		{ own: { public: false, date: '2026-03-27', issue: 3, ...sent,
			'items[0].achievement': 'demo-lab/leak-library',
			'items[0].progress_date': '2026-03-22' } });
	yield new Plot('public-bulletin', 'bulletin',
		'content/bulletins/2026-04.md', schema.bulletin,
		{ own: { public: true, date: '2026-04-27', issue: 4, 'items#': 2,
			...sent,
			'items[0].achievement': 'demo-lab/leak-disputed',
			'items[0].progress_date': '2026-04-22',
			'items[1].achievement': 'demo-lab/leak-withdrawn',
			'items[1].progress_date': '2026-04-22' } });
	yield new Plot('public-ranking', 'ranking', 'content/rankings/2025.md',
		schema.ranking, { own: { year: 2025, date: '2026-04-20', 'items#': 2,
			'items[0].achievement': 'demo-lab/leak-disputed',
			'items[0].rank': 1,
			'items[1].achievement': 'demo-lab/leak-withdrawn',
			'items[1].rank': 2 } });

	yield new Plot('public-release', 'release', 'content/releases/2026-q1.md',
		schema.release, { own: { kind: '季度', quarter: '2026-Q1',
			date: '2026-03-26', 'items[0].achievement': 'demo-lab/chip',
			'items[0].presenters[0]': '赵甲' } });
	yield project('released-project', released, []);
	for (const [kind, file] of Object.entries({
		unit: 'units/leak-unit', bulletin: 'bulletins/2026-05',
		release: 'releases/2026-q2', ranking: 'rankings/2024',
		project: 'projects/leak-withheld', page: 'pages/leak',
	}))
		yield new Plot('wrong', kind, `content/${file}.md`, schema[kind],
			{ extra: 'no_such_field: true' });

	for (const kind of ['expert', 'credit', 'panel', 'sanction'])
		yield new Plot('private', kind,
			`../private/${{ expert: 'experts', credit: 'credit',
				panel: 'panels', sanction: 'sanctions' }[kind]}/leak.md`,
			schema[kind], {});
}

// Where something is wrong, and that is the point: the same as the state named
// beside it but for that. Private records need not be in order at all.
export const faulty = new Map([['withheld', 'library'],
	['withheld-dossier', 'library'], ['unreviewed', 'registered'],
	['private', null], ['wrong', null]]);
