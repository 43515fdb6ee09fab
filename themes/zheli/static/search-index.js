// SPDX-License-Identifier: MIT
// The index of the search, as zheli build writes it (zheli-build(1), SEARCH):
// which records have what is looked for, and what can be told of them. It knows
// no page; search.js shows what it finds. Everything is read by one function,
// read(path) → Promise of bytes, so tests can hand it files.

// -- text ---------------------------------------------------------------------

// Characters that form words: letters and digits of alphabets, after folding.
export function isWord(c) {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a) ||
    (c >= 0xc0 && c <= 0x52f && c !== 0xd7 && c !== 0xf7 && !(c >= 0x250 && c < 0x300)) ||
    (c >= 0x1e00 && c <= 0x1eff);
}

const isPlain = (c) => c < 0x80 || (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3001 && c <= 0x3029) ||
  (c >= 0xff01 && c <= 0xff5e) || c === 0xb7 || c === 0x2014 || (c >= 0x2018 && c <= 0x201d);
const vanishes = (c) => c === 0xad || (c >= 0x200b && c <= 0x200f) || c === 0x2060 || c === 0xfeff ||
  (c >= 0xfe00 && c <= 0xfe0f);
const isWhite = (c) => c === 0x20 || (c >= 9 && c <= 13) || c === 0x85 || c === 0x2028 || c === 0x2029;

function small(c) {
  if (c < 0x80)
    return c >= 0x41 && c <= 0x5a ? c + 0x20 : c;
  return c >= 0x3000 && c < 0xa000 ? c : String.fromCodePoint(c).toLowerCase().codePointAt(0);
}

// NFKC. Unusual characters are taken together with the plain one before them;
// `sources` gets where in `text` each character comes from.
function normalize(text, sources) {
  const out = [];
  let segment = '', start = 0;
  const flush = () => {
    for (const c of segment.normalize('NFKC')) {
      out.push(c.codePointAt(0));
      sources.push(start);
    }
    segment = '';
  };
  for (let at = 0; at < text.length;) {
    const c = text.codePointAt(at);
    if (isPlain(c)) {
      if (segment)
        flush();
      out.push(c > 0xff00 ? c - 0xff01 + 0x21 : c);
      sources.push(at);
    } else {
      if (!segment) {
        start = sources.length ? sources.pop() : at;
        segment = out.length ? String.fromCodePoint(out.pop()) : '';
      }
      segment += String.fromCodePoint(c);
    }
    at += c > 0xffff ? 2 : 1;
  }
  if (segment)
    flush();
  return out;
}

// The characters of a text as they are compared, the same as generator/search/fold.h
// makes them; `sources` as above.
export function fold(text, sources = []) {
  const from = [], all = normalize(text, from), out = [];
  let white = 0;
  all.forEach((character, i) => {
    const c = small(character);
    if (vanishes(c))
      return;
    if (isWhite(c)) {
      if (white !== 10)
        white = c === 10 ? 10 : 32;
      return;
    }
    if (white && out.length && (white === 10 || (isWord(c) && isWord(out.at(-1))))) {
      out.push(white);
      sources.push(from[i]);
    }
    white = 0;
    out.push(c);
    sources.push(from[i]);
  });
  return out;
}

// What a query asks for: texts between white space, without quotation marks
// around them, each once. A record must have all of them.
export function termsOf(query) {
  const terms = new Map();
  for (const part of query.normalize('NFKC').split(/\s+/)) {
    const term = fold(part.replace(/^["'“”‘’「」]+|["'“”‘’「」]+$/g, ''));
    if (term.length)
      terms.set(String.fromCodePoint(...term), term);
  }
  return [...terms.values()];
}

// Where `term` stands in folded text: a word only where a word begins.
export function places(text, term) {
  const found = [];
  for (let at = 0; at + term.length <= text.length; at++) {
    let i = 0;
    while (i < term.length && text[at + i] === term[i])
      i++;
    if (i === term.length && !(at > 0 && isWord(term[0]) && isWord(text[at - 1])))
      found.push(at);
  }
  return found;
}

// -- what is looked up ----------------------------------------------------------

// The terms of the index (generator/search/terms.h) that prove a text, and where in
// it: words whole, the last one as far as it is typed, all else by pairs.
function plan(text) {
  const parts = [];
  const part = (at, length, isPrefix = false) =>
    parts.push({ at, isPrefix, term: String.fromCodePoint(...text.slice(at, at + length)) });
  for (let at = 0, end; at < text.length; at = end) {
    const kind = isWord(text[at]);
    for (end = at + 1; end < text.length && isWord(text[end]) === kind;)
      end++;
    if (kind)
      part(at, end - at, end === text.length);
    else if (end - at === 1)
      part(Math.max(at - 1, 0), Math.min(2, text.length));
    else
      for (let i = at; i < end; i += 2)
        part(Math.min(i, end - 2), 2);
  }
  return parts;
}

// Code points in order, as the index is sorted.
function compare(a, b) {
  const rank = (c) => c >= 0xe000 ? c - 0x800 : c >= 0xd800 ? c + 0x2000 : c;
  for (let i = 0; i < a.length && i < b.length; i++)
    if (a.charCodeAt(i) !== b.charCodeAt(i))
      return rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
  return a.length - b.length;
}

// -- bytes ------------------------------------------------------------------------

// Compressed, unless a server has undone that.
async function gunzip(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

class Numbers {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  next() {
    let number = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.bytes[this.at++];
      number += (byte & 127) * shift;
      if (byte < 128)
        return number;
    }
  }

  skip(count) {
    while (count > 0)
      if (this.bytes[this.at++] < 128)
        count--;
  }
}

// The rows file of a shard: where each term's rows and places are.
function readShard(bytes) {
  const terms = new Map(), numbers = new Numbers(bytes), text = new TextDecoder();
  for (let from = 0; numbers.at < bytes.length;) {
    const length = numbers.next();
    const term = text.decode(bytes.subarray(numbers.at, numbers.at += length));
    const records = numbers.next(), size = numbers.next(), places = numbers.next();
    terms.set(term, { bytes, at: numbers.at, records, from });
    numbers.at += size;
    from += places;
  }
  return terms;
}

// Rows in ascending order, how often each has the term, and whether in its title.
function readRows(entry) {
  const numbers = new Numbers(entry.bytes, entry.at);
  const found = { rows: new Uint32Array(entry.records), hits: new Uint32Array(entry.records),
    titles: new Uint8Array(entry.records) };
  for (let i = 0, row = 0; i < entry.records; i++) {
    const number = numbers.next();
    found.rows[i] = row += Math.floor(number / 4);
    found.titles[i] = number >> 1 & 1;
    found.hits[i] = number & 1 ? numbers.next() + 2 : 1;
  }
  return found;
}

// -- sets of rows ---------------------------------------------------------------------

function collect(size) {
  return { rows: new Uint32Array(size), hits: new Uint32Array(size), titles: new Uint8Array(size),
    count: 0 };
}

function add(found, row, hits, titles) {
  found.rows[found.count] = row;
  found.hits[found.count] = hits;
  found.titles[found.count++] = titles;
}

function whole(found) {
  return { rows: found.rows.subarray(0, found.count), hits: found.hits.subarray(0, found.count),
    titles: found.titles.subarray(0, found.count) };
}

// What any of the sets has, counted together.
function union(sets) {
  if (sets.length === 1)
    return sets[0];
  const sums = new Map();
  for (const set of sets)
    set.rows.forEach((row, i) => {
      const sum = sums.get(row);
      sums.set(row, sum ? [sum[0] + set.hits[i], sum[1] | set.titles[i]] : [set.hits[i], set.titles[i]]);
    });
  const found = collect(sums.size);
  for (const row of [...sums.keys()].sort((a, b) => a - b))
    add(found, row, ...sums.get(row));
  return whole(found);
}

// What both have: hits and titles add up, for a query counts in how many titles its
// terms are.
function intersection(a, b) {
  const found = collect(Math.min(a.rows.length, b.rows.length));
  let i = 0, j = 0;
  while (i < a.rows.length && j < b.rows.length) {
    const distance = a.rows[i] - b.rows[j];
    if (distance === 0)
      add(found, a.rows[i], a.hits[i] + b.hits[j], a.titles[i] + b.titles[j]);
    i += distance <= 0;
    j += distance >= 0;
  }
  return whole(found);
}

// The places of a term in the rows that are in question: Map of row to list.
function readPlaces(bytes, entry, found, wanted) {
  const numbers = new Numbers(bytes, entry.from), all = new Map();
  let next = 0;
  found.rows.forEach((row, i) => {
    while (wanted[next] < row)
      next++;
    if (wanted[next] !== row) {
      numbers.skip(found.hits[i]);
      return;
    }
    const list = [];
    for (let n = 0, place = 0; n < found.hits[i]; n++)
      list.push(place += numbers.next());
    all.set(row, list);
  });
  return all;
}

const TITLE = 512;    // places below are in the title, as generator/search/run.h has it
const KEPT = 300;     // shards in memory

// -- the index ------------------------------------------------------------------------

export class SearchIndex {
  constructor(read, index) {
    this.read = read;
    this.index = index;
    this.version = index.version;
    this.records = index.records;
    this.facets = index.facets;
    this.firsts = index.firsts.map((first, i) => ({ first, name: index.shards.slice(16 * i, 16 * i + 16) }));
    this.files = new Map();
  }

  // read(path) gets the bytes of a file below search/; it throws if there is none.
  static async open(read) {
    return new SearchIndex(read, JSON.parse(new TextDecoder().decode(await read('index.json'))));
  }

  // A file, parsed, kept as long as it is one of the last used. Its name says what is in
  // it, so no file of another build is ever taken for it.
  file(name, parse) {
    let file = this.files.get(name);
    this.files.delete(name);
    file ??= this.read(`${name}.bin`).then(gunzip).then(parse);
    this.files.set(name, file);
    file.catch(() => this.files.delete(name));
    if (this.files.size > KEPT)
      this.files.delete(this.files.keys().next().value);
    return file;
  }

  // The number of the last shard that begins with or before a term.
  shardOf(term) {
    let low = 0, high = this.firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.firsts[middle].first, term) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
    return Math.max(low - 1, 0);
  }

  // The entries of a term, or of all words that begin with it, each with its rows
  // and the name of its shard.
  async entries({ term, isPrefix }) {
    if (!this.firsts.length)
      return [];
    const from = this.shardOf(term), to = isPrefix ? this.shardOf(`${term}\u{10ffff}`) : from;
    const names = this.firsts.slice(from, to + 1).map(({ name }) => name);
    const shards = await Promise.all(names.map((name) => this.file(`rows/${name}`, readShard)));
    const fits = (other) => other.startsWith(term) && [...other].every((c) => isWord(c.codePointAt(0)));
    return shards.flatMap((shard, i) => isPrefix ?
      [...shard].filter(([other]) => fits(other)).map(([, entry]) => ({ entry, name: names[i] })) :
      shard.has(term) ? [{ entry: shard.get(term), name: names[i] }] : [])
      .map(({ entry, name }) => ({ entry, name, found: readRows(entry) }));
  }

  // The records that have one text of the query.
  async findTerm(text) {
    const parts = plan(text);
    const entries = await Promise.all(parts.map((part) => this.entries(part)));
    if (entries.some((list) => !list.length))
      return whole(collect(0));
    const sets = entries.map((list) => union(list.map(({ found }) => found)));
    if (parts.length === 1)
      return sets[0];
    const both = sets.reduce(intersection);
    return both.rows.length ? this.prove(parts, entries, both.rows) : both;
  }

  // Of the rows that have all parts, those in which they stand side by side.
  async prove(parts, entries, rows) {
    const at = await Promise.all(entries.map(async (list) => {
      const maps = await Promise.all(list.map(async ({ entry, name, found }) =>
        readPlaces(await this.file(`places/${name}`, (bytes) => bytes), entry, found, rows)));
      return (row) => maps.flatMap((map) => map.get(row) ?? []);
    }));
    const found = collect(rows.length);
    for (const row of rows) {
      const rest = at.slice(1).map((of, i) => [new Set(of(row)), parts[i + 1].at - parts[0].at]);
      const begins = at[0](row).filter((place) => rest.every(([set, step]) => set.has(place + step)));
      if (begins.length)
        add(found, row, begins.length, Number(begins.some((place) => place < TITLE)));
    }
    return whole(found);
  }

  // The records that have all texts of a query (termsOf); null for one that asks for
  // nothing.
  async find(terms) {
    if (!terms.length)
      return null;
    return (await Promise.all(terms.map((term) => this.findTerm(term)))).reduce(intersection);
  }

  // What can be selected by: dates (days since 1970) and a column of each facet; and the
  // names of the files of cards.
  columns() {
    return this.file(`columns/${this.index.columns}`, (bytes) => {
      const columns = { date: new Uint16Array(this.records) };
      for (let i = 0; i < this.records; i++)
        columns.date[i] = bytes[2 * i] + bytes[2 * i + 1] * 256;
      this.facets.forEach(({ name }, i) => {
        columns[name] = bytes.subarray((2 + i) * this.records, (3 + i) * this.records);
      });
      const names = bytes.subarray((2 + this.facets.length) * this.records);
      columns.cards = (at) => [...names.subarray(8 * at, 8 * at + 8)]
        .map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return columns;
    });
  }

  // {column, names: [[id, name, name in English]]}
  units() {
    return this.file(`units/${this.index.units}`, (bytes) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const column = Uint32Array.from({ length: this.records }, (_, i) => view.getUint32(4 * i, true));
      return { column, names: JSON.parse(new TextDecoder().decode(bytes.subarray(4 * this.records))) };
    });
  }

  // The place of each record in the order of titles.
  order() {
    return this.file(`order/${this.index.order}`, (bytes) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      return Uint32Array.from({ length: this.records }, (_, i) => view.getUint32(4 * i, true));
    });
  }

  json(name) {
    return this.file(name, (bytes) => JSON.parse(new TextDecoder().decode(bytes)));
  }

  // {cards, text: names of the files of their texts}
  async block(row) {
    return this.json(`cards/${(await this.columns()).cards(Math.floor(row / this.index.cards))}`);
  }

  // {id, title, title_en, summary, summary_en, units, units_en, landmark}
  async card(row) {
    return (await this.block(row)).cards[row % this.index.cards];
  }

  // The body as plain text.
  async text(row) {
    const { cards, texts } = this.index;
    const name = (await this.block(row)).text[Math.floor(row % cards / texts)];
    return (await this.json(`text/${name}`)).text[row % texts];
  }
}
