// SPDX-License-Identifier: MIT
// Results of a search to take away: as a table for spreadsheets and as a feed. Rows are
// objects of text; nothing here knows the page or the index.

// What a spreadsheet would run as a formula gets an apostrophe in front, as in the lists
// that zheli build writes (generator/base/csv.h).
export function csvCell(text) {
  const armed = /^[=+\-@\t\r＝＋－＠]/.test(text);
  return armed || /[",\r\n]|^[ #]| $/.test(text) ? `"${armed ? "'" : ''}${text.replaceAll('"', '""')}"` : text;
}

// `columns` maps the names of the columns to their headings.
export function csv(columns, rows) {
  const lines = [Object.values(columns), ...rows.map((row) =>
    Object.keys(columns).map((name) => row[name] ?? ''))];
  return `\ufeff${lines.map((cells) => cells.map((cell) => csvCell(String(cell))).join(',')).join('\r\n')}\r\n`;
}

// Characters that XML cannot hold become U+FFFD.
function xml(text) {
  return String(text).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// head: {title, subtitle, address, author, lang, updated}, a row as for csv(). Dates are
// days; a day begins at midnight in Hangzhou.
export function atom(head, rows) {
  const time = (day) => `${day}T00:00:00+08:00`;
  const entries = rows.map((row) => `<entry>
<title>${xml(row.title)}</title>
<id>${xml(row.url)}</id>
<link rel="alternate" type="text/html" href="${xml(row.url)}"/>
<published>${time(row.entered)}</published>
<updated>${time(row.entered)}</updated>
${row.units ? `<author><name>${xml(row.units)}</name></author>\n` : ''}${
  row.summary ? `<summary>${xml(row.summary)}</summary>\n` : ''}</entry>
`);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(head.lang)}">
<title>${xml(head.title)}</title>
${head.subtitle ? `<subtitle>${xml(head.subtitle)}</subtitle>\n` : ''}<id>${xml(head.address)}</id>
<link rel="alternate" type="text/html" href="${xml(head.address)}"/>
<updated>${time(head.updated)}</updated>
<author><name>${xml(head.author)}</name></author>
${entries.join('')}</feed>
`;
}
