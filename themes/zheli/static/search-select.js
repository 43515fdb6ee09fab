// SPDX-License-Identifier: MIT
// What is asked of a search beyond its words: filters, dates, order; how an address says
// it, and which of the records found fit, with the counts of every facet.

export const FACETS = ['field', 'city', 'category', 'year', 'unit', 'unit_kind', 'transfer', 'publications'];
const ORDERS = ['', 'newest', 'title'];
const DAY = 86400000;

export const dayOf = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const yearOf = (number) => new Date(number * DAY).getUTCFullYear();
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text ?? '') && !Number.isNaN(Date.parse(text));

// {q, sort, from, to, page, chosen: {facet: [codes]}} of the part of an address after "?".
export function parse(search) {
  const params = new URLSearchParams(search);
  const day = (name) => isDay(params.get(name)) ? params.get(name) : '';
  return { q: params.get('q') ?? '', from: day('from'), to: day('to'),
    sort: ORDERS.includes(params.get('sort')) ? params.get('sort') : '',
    page: Math.max(1, Math.floor(Number(params.get('page'))) || 1),
    chosen: Object.fromEntries(FACETS.map((facet) => [facet, [...new Set(params.getAll(facet))]])) };
}

// The other way round; what goes without saying is left out.
export function format(state) {
  const params = new URLSearchParams();
  for (const name of ['q', 'sort', 'from', 'to'])
    if (state[name])
      params.set(name, state[name]);
  for (const facet of FACETS)
    for (const code of state.chosen[facet])
      params.append(facet, code);
  if (state.page > 1)
    params.set('page', state.page);
  const text = params.toString();
  return text ? `?${text}` : '';
}

// For each facet its codes in order, and the place of a record's code among them: a
// number, or for publications a set of bits, of which none has a code of its own.
export async function facetsOf(index, withUnits) {
  const columns = await index.columns();
  const facets = {};
  for (const { name, set, values } of index.facets)
    facets[name] = { values: set ? [...values, { code: 'none' }] : values,
      has: set ? (row, i) => i < values.length ? (columns[name][row] >> i & 1) === 1 : columns[name][row] === 0 :
        (row, i) => columns[name][row] === i + 1,
      of: set ? null : (row) => columns[name][row] - 1 };
  const years = new Map();
  for (const date of columns.date)
    years.set(date, yearOf(date));
  const codes = [...new Set(years.values())].sort((a, b) => b - a);
  const placeOf = new Map([...years].map(([date, year]) => [date, codes.indexOf(year)]));
  facets.year = { values: codes.map((year) => ({ code: String(year), zh: String(year), en: String(year) })),
    of: (row) => placeOf.get(columns.date[row]) };
  if (withUnits) {
    const units = await index.units();
    facets.unit = { values: units.names.map(([code, zh, en]) => ({ code, zh, en: en || zh })),
      of: (row) => units.column[row] };
  }
  for (const facet of Object.values(facets))
    facet.has ??= (row, i) => facet.of(row) === i;
  return { facets, date: columns.date };
}

// Of the rows found (index.find; null: all there are) those that fit, and for each facet
// how many fit for each of its codes if only the other facets are asked for.
export function select(index, { facets, date }, found, state) {
  const rows = found?.rows ?? Uint32Array.from({ length: index.records }, (_, i) => i);
  const from = state.from ? Date.parse(state.from) / DAY : 0, to = state.to ? Date.parse(state.to) / DAY : Infinity;
  const names = FACETS.filter((name) => facets[name]);
  const wanted = names.map((name) => state.chosen[name].length ? new Set(state.chosen[name].map((code) =>
    facets[name].values.findIndex((value) => value.code === code))) : null);
  const counts = names.map((name) => new Uint32Array(facets[name].values.length));
  const fits = (name, set, row) => facets[name].of ? set.has(facets[name].of(row)) :
    [...set].some((i) => i >= 0 && facets[name].has(row, i));
  const chosen = [];
  rows.forEach((row, at) => {
    if (date[row] < from || date[row] > to)
      return;
    let misses = 0, missed = -1;
    for (let i = 0; i < names.length && misses < 2; i++)
      if (wanted[i] && !fits(names[i], wanted[i], row)) {
        misses++;
        missed = i;
      }
    if (misses === 0)
      chosen.push(at);
    for (let i = 0; i < names.length && misses < 2; i++)
      if (misses === 0 || missed === i)
        count(facets[names[i]], counts[i], row);
  });
  return { chosen, rows, counts: Object.fromEntries(names.map((name, i) => [name, counts[i]])) };
}

function count(facet, counts, row) {
  if (facet.of) {
    const at = facet.of(row);
    if (at >= 0)
      counts[at]++;
    return;
  }
  for (let i = 0; i < counts.length; i++)
    counts[i] += facet.has(row, i);
}

// The rows in the order asked for. By relevance: in how many titles the words are, how
// often they occur, then the newest first.
export async function arrange(index, found, { chosen, rows }, sort) {
  if (sort === 'title') {
    const order = await index.order();
    return chosen.map((at) => rows[at]).sort((a, b) => order[a] - order[b]);
  }
  if (sort === '' && found)
    chosen.sort((a, b) => found.titles[b] - found.titles[a] || found.hits[b] - found.hits[a] || rows[b] - rows[a]);
  else
    chosen.sort((a, b) => rows[b] - rows[a]);
  return chosen.map((at) => rows[at]);
}
