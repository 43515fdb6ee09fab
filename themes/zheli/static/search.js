// SPDX-License-Identifier: MIT
// The page of the search: what is typed and chosen goes into its address, and what the
// address says is shown. The markup is the page's own (templates/search.mustache); text
// only ever becomes text.
import { SearchIndex, fold, places, termsOf } from './search-index.js';
import { FACETS, arrange, dayOf, facetsOf, format, parse, select } from './search-select.js';

const PAGE = 10, CHOICES = 6, SNIPPET = 60;

const app = document.getElementById('search');
const $ = (selector, from = app) => from.querySelector(selector);
const lang = document.documentElement.lang.startsWith('en') ? 'en' : 'zh';
const box = $('#q'), sort = $('select[name=sort]'), dates = [...app.querySelectorAll('input[type=date]')];
const status = $('.search-count'), hint = $('.search-hint'), list = $('.search-results');
const words = (element, name, values) => element.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
const dateText = (iso) => app.dataset.date.replace(/\{(\w+)\}/g, (_, key) => ({ y: iso.slice(0, 4),
  mm: iso.slice(5, 7), dd: iso.slice(8), m: Number(iso.slice(5, 7)), d: Number(iso.slice(8)) })[key]);

let index, state = parse(location.search), shown = { rows: [] }, run = 0;
const open = new Set();    // facets of which all is shown
const WITHOUT = { from: '', to: '', chosen: parse('').chosen };
const title = document.title;

// -- reading ------------------------------------------------------------------------

async function read(path, cache = 'default') {
  const response = await fetch(app.dataset.index + path, { cache });
  if (!response.ok)
    throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

// Does something with the index. If a file is missing, a newer version may stand in its
// place: then all is done once more, with that alone.
async function withIndex(action) {
  index ??= await SearchIndex.open(read);
  try {
    return await action(index);
  } catch (error) {
    const newer = await SearchIndex.open((path) => read(path, path === 'index.json' ? 'reload' : 'default'));
    if (newer.version === index.version)
      throw error;
    index = newer;
    return action(index);
  }
}

// -- text with what was found marked --------------------------------------------------

// The places of `text` (from, to) at which any of the terms stands, in order.
function marks(text, terms) {
  const sources = [], folded = fold(text, sources), found = [];
  for (const term of terms)
    for (const at of places(folded, term)) {
      const last = sources[at + term.length - 1];
      found.push([sources[at], last + (text.codePointAt(last) > 0xffff ? 2 : 1)]);
    }
  return found.sort((a, b) => a[0] - b[0]);
}

function fillMarked(element, text, found, from = 0, to = text.length) {
  let at = from;
  element.replaceChildren();
  for (const [begin, end] of found) {
    if (end > to || begin < at)
      continue;
    const mark = document.createElement('mark');
    mark.textContent = text.slice(begin, end);
    element.append(text.slice(at, begin), mark);
    at = end;
  }
  element.append(text.slice(at, to));
}

// Some of the body around a place, whole characters.
function fillSnippet(element, text, [begin, end], found) {
  const back = [...text.slice(Math.max(0, begin - 2 * SNIPPET), begin)].slice(-SNIPPET / 2).join('');
  const from = begin - back.length;
  const ahead = [...text.slice(from, from + 6 * SNIPPET)].slice(0, 2 * SNIPPET).join('');
  const to = Math.max(from + ahead.length, end);
  fillMarked(element, text, found, from, to);
  if (from > 0)
    element.prepend('…');
  if (to < text.length)
    element.append('…');
}

// -- results ----------------------------------------------------------------------------

function label(facet, row) {
  const at = shown.facets[facet].of(row);
  return at >= 0 ? shown.facets[facet].values[at][lang] : '';
}

function slot(item, name) {
  return item.querySelector(`[data-slot=${name}]`);
}

// What a card shows, in the page's language where the record has it: {text, lang}.
function textsOf(card) {
  const separator = app.dataset.separator;
  const inBoth = (zh, en) => lang === 'en' && en ? { text: en, lang: 'en' } : { text: zh, lang: 'zh-CN' };
  const title = inBoth(card.title, card.title_en);
  return { title, other: card.title_en && (title.lang === 'en' ? { text: card.title, lang: 'zh-CN' } :
    { text: card.title_en, lang: 'en' }), summary: inBoth(card.summary, card.summary_en),
    units: inBoth(card.units.join(separator), card.units_en?.join(separator)) };
}

function fillText(element, { text, lang: of }, found) {
  fillMarked(element, text, found);
  if (of !== document.documentElement.lang)
    element.lang = of;
}

function fillCard(row, card, terms) {
  const item = $('#search-card').content.cloneNode(true).firstElementChild;
  const link = slot(item, 'title'), day = dayOf(shown.date[row]);
  const { title, other, summary, units } = textsOf(card), found = other ? marks(other.text, terms) : [];
  link.href = `${app.dataset.root}achievements/${card.id}/`;
  fillText(link, title, marks(title.text, terms));
  if (other && (lang === 'en' || found.length))
    fillText(slot(item, 'title-other'), other, found);
  else
    slot(item, 'title-other').remove();
  if (summary.text)
    fillText(slot(item, 'summary'), summary, marks(summary.text, terms));
  else
    slot(item, 'summary').remove();
  if (!card.landmark)
    slot(item, 'landmark').remove();
  slot(item, 'category').textContent = label('category', row);
  fillText(slot(item, 'units'), units, []);
  slot(item, 'city').textContent = label('city', row);
  slot(item, 'entered').dateTime = day;
  slot(item, 'entered').textContent = dateText(day);
  item.querySelector('.snippet').hidden = !hidden(card, terms).length;
  return item;
}

// The terms that do not show yet, so that only the body can have them.
function hidden(card, terms) {
  const texts = [card.title, card.title_en, textsOf(card).summary.text].filter(Boolean).map((text) => fold(text));
  return terms.filter((term) => !texts.some((text) => places(text, term).length));
}

async function addSnippet(source, item, row, terms, missing, mine) {
  const text = await source.text(row), first = marks(text, missing)[0];
  if (mine !== run)
    return;
  if (first)
    fillSnippet(slot(item, 'snippet'), text, first, marks(text, terms));
  else    // it stands in the summary of the other language
    $('.snippet', item).hidden = true;
}

function fillPages(pages) {
  const nav = $('.search-pages');
  nav.replaceChildren();
  nav.hidden = pages < 2;
  const link = (page, name) => {
    const a = document.createElement('a');
    a.href = format({ ...state, page }) || location.pathname;
    a.rel = name === 'next' ? 'next' : 'prev';
    a.textContent = nav.dataset[name];
    a.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey)
        return;
      event.preventDefault();
      go({ page }).then(() => {
        status.scrollIntoView({ block: 'nearest' });
        list.querySelector('a')?.focus();
      });
    });
    nav.append(a);
  };
  if (state.page > 1)
    link(state.page - 1, 'previous');
  const span = document.createElement('span');
  span.textContent = words(nav, 'page', { page: state.page, pages });
  nav.append(span);
  if (state.page < pages)
    link(state.page + 1, 'next');
}

// -- facets -------------------------------------------------------------------------------

// The choices that lead anywhere, the chosen ones first in long lists.
function choicesOf(facet) {
  const { values } = shown.facets[facet], counts = shown.counts[facet];
  const chosen = new Set(state.chosen[facet]);
  const choices = values.map((value, i) => ({ ...value, count: counts[i], chosen: chosen.has(value.code) }))
    .filter((choice) => choice.count > 0 || choice.chosen);
  return facet === 'unit' ? choices.sort((a, b) => b.chosen - a.chosen || b.count - a.count) : choices;
}

function fillFacet(fieldset) {
  const facet = fieldset.dataset.facet, choices = shown.facets[facet] ? choicesOf(facet) : [];
  const all = open.has(facet), ul = document.createElement('ul');
  const focused = fieldset.contains(document.activeElement) ? document.activeElement.value : null;
  for (const choice of choices.slice(0, all ? 200 : CHOICES)) {
    const item = $('#search-choice').content.cloneNode(true), input = $('input', item);
    input.name = facet;
    input.value = choice.code;
    input.checked = choice.chosen;
    $('.choice-label', item).textContent = choice[lang] ?? fieldset.dataset.none;
    $('.choice-count', item).textContent = choice.count;
    ul.append(item);
  }
  fieldset.querySelectorAll('ul, button').forEach((old) => old.remove());
  fieldset.append(ul);
  if (choices.length > CHOICES) {
    const template = $('#search-more'), button = template.content.cloneNode(true).firstElementChild;
    button.textContent = words(template, all ? 'less' : 'more', { count: choices.length });
    button.setAttribute('aria-expanded', String(all));
    button.addEventListener('click', () => {
      open[all ? 'delete' : 'add'](facet);
      fillFacet(fieldset);
      fieldset.querySelector('button').focus();
    });
    fieldset.append(button);
  }
  fieldset.hidden = !choices.length;
  [...ul.querySelectorAll('input')].find((input) => input.value === focused)?.focus();
}

// Each filter that is set, with a way to take it off.
function fillChosen() {
  const ul = $('.search-chosen'), chips = [];
  const chip = (text, change, name) => {
    const li = document.createElement('li'), button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    if (name)
      button.setAttribute('aria-label', name);
    button.addEventListener('click', () => go(change()).then(() => box.focus()));
    li.append(button);
    chips.push(li);
  };
  for (const facet of FACETS)
    for (const code of state.chosen[facet]) {
      const value = shown.facets[facet]?.values.find((other) => other.code === code);
      const text = value?.[lang] ?? (code === 'none' && $(`[data-facet=${facet}]`).dataset.none || code);
      chip(text, () => ({ chosen: { ...state.chosen,
        [facet]: state.chosen[facet].filter((other) => other !== code) } }), ul.dataset.remove + text);
    }
  for (const input of dates)
    if (state[input.name]) {
      const text = `${$('span', input.parentElement).textContent} ${dateText(state[input.name])}`;
      chip(text, () => ({ [input.name]: '' }), ul.dataset.remove + text);
    }
  if (chips.length > 1) {
    chip(ul.dataset.clear, () => WITHOUT);
    chips.at(-1).className = 'search-clear';
  }
  ul.replaceChildren(...chips);
  ul.hidden = !chips.length;
}

// -- asking and showing -------------------------------------------------------------------

async function ask(source) {
  const terms = termsOf(state.q);
  const [found, base] = await Promise.all([source.find(terms), facetsOf(source, state.chosen.unit.length > 0)]);
  const selected = select(source, base, found, state);
  const rows = await arrange(source, found, selected, state.sort);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE)), page = Math.min(state.page, pages);
  const visible = rows.slice((page - 1) * PAGE, page * PAGE);
  const cards = await Promise.all(visible.map((row) => source.card(row)));
  return { ...base, counts: selected.counts, found, rows, pages, page, visible, cards, terms, source };
}

function button(text, action) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', action);
  return made;
}

// What to do where nothing was found: ask for less, or take another way.
function fillNone() {
  const way = document.createElement('a'), all = $('.search-chosen');
  way.href = '#browse';
  way.textContent = $('#browse').textContent;
  hint.textContent = hint.dataset.none;
  if (!all.hidden)
    hint.append(' ', button(all.dataset.clear, () => go(WITHOUT).then(() => box.focus())));
  hint.append(' ', way);
}

function showFailure(error) {
  const old = typeof DecompressionStream === 'undefined';
  console.info(String(error));
  status.textContent = status.dataset[old ? 'old' : 'failed'];
  list.replaceChildren();
  hint.replaceChildren();
  hint.hidden = old;
  if (!old)
    hint.append(`${hint.dataset.failed} `, button(hint.dataset.retry, () => show()));
  $('.search-side').classList.add('waiting');
  for (const name of ['.search-files', '.search-pages'])
    $(name).hidden = true;
}

function showResults() {
  const { rows, cards, visible, terms, pages, page, source } = shown;
  state.page = page;
  const all = rows.length === source.records && state.sort !== 'title';
  status.textContent = rows.length ? words(status, all ? 'all' : 'found', { count: rows.length }) : status.dataset.none;
  list.start = (page - 1) * PAGE + 1;
  list.replaceChildren(...visible.map((row, i) => fillCard(row, cards[i], terms)));
  fillPages(pages);
  fillChosen();
  hint.hidden = rows.length > 0;
  if (!rows.length)
    fillNone();
  app.querySelectorAll('[data-facet]').forEach(fillFacet);
  $('.search-files').hidden = rows.length === 0;
  $('.search-side').classList.remove('waiting');
}

// What can wait until there is something to see: bodies, and the units.
async function complete(mine) {
  const { source, visible, cards, terms } = shown;
  await Promise.all(visible.map((row, i) => {
    const missing = hidden(cards[i], terms);
    return missing.length && addSnippet(source, list.children[i], row, terms, missing, mine);
  }));
  if (shown.facets.unit)
    return;
  const base = await facetsOf(source, true);
  if (mine !== run)
    return;
  Object.assign(shown, base, { counts: select(source, base, shown.found, state).counts });
  fillFacet($('[data-facet=unit]'));
}

async function show() {
  const mine = ++run;
  const late = setTimeout(() => {
    if (mine === run)
      status.textContent = status.dataset.searching;
  }, 300);
  try {
    const answer = await withIndex(ask);
    if (mine !== run)
      return;
    shown = answer;
    clearTimeout(late);
    showResults();
    await withIndex(async (source) => {
      if (source !== shown.source) {
        const newer = await ask(source);
        if (mine !== run)
          return;
        shown = newer;
        showResults();
      }
      await complete(mine);
    });
  } catch (error) {
    clearTimeout(late);
    if (mine === run)
      showFailure(error);
  }
}

function fillControls() {
  if (box.value !== state.q)
    box.value = state.q;
  sort.value = state.sort;
  document.title = state.q ? `${state.q} - ${title}` : title;
  for (const input of dates)
    input.value = state[input.name];
}

// Asks for something else; any change but that of the page leads to the first one.
function go(change, replace = false) {
  state = { ...state, page: 1, ...change };
  history[replace ? 'replaceState' : 'pushState'](null, '', format(state) || location.pathname);
  fillControls();
  return show();
}

// -- files to take away -----------------------------------------------------------------------

// All results of an answer, in order, whole. Cards stand together, so few files are read
// for many.
async function takeAway({ source, rows, ...answer }, progress) {
  const base = answer.facets.unit ? answer : await facetsOf(source, true);
  const made = [];
  for (let i = 0; i < rows.length; i += 200) {
    const cards = await Promise.all(rows.slice(i, i + 200).map((row) => source.card(row)));
    cards.forEach((card, n) => {
      const row = rows[i + n], name = (facet) => base.facets[facet].values[base.facets[facet].of(row)]?.[lang];
      made.push({ ...card, units: card.units.join(app.dataset.separator), category: name('category'),
        unit_kind: name('unit_kind'), city: name('city'), field: name('field'), transfer: name('transfer'),
        entered: dayOf(base.date[row]), as_of: app.dataset.asOf, notice: app.dataset.notice,
        url: new URL(`../achievements/${card.id}/`, app.dataset.address).href });
    });
    progress(made.length);
  }
  return made;
}

async function make(kind) {
  const { atom, csv } = await import('./search-files.js');
  const files = $('.search-files'), told = $('.search-making');
  const name = [files.dataset.file, state.q].filter(Boolean).join(' ').replace(/[\\/:*?"<>|]/g, ' ');
  const address = new URL(format(state), app.dataset.address).href;
  try {
    const rows = await withIndex(async (source) => {
      // Rows of one version say nothing of another.
      const answer = source === shown.source ? shown : await ask(source);
      return takeAway(answer, (done) => {
        told.textContent = words(files, 'making', { done, count: answer.rows.length });
      });
    });
    const columns = Object.fromEntries([...app.querySelectorAll('#search-columns dt')]
      .map((dt) => [dt.textContent, dt.nextElementSibling.textContent]));
    if (!app.dataset.notice)
      delete columns.notice;
    const text = kind === 'csv' ? csv(columns, rows) : atom({ title: `${name} - ${app.dataset.site}`,
      subtitle: app.dataset.subtitle, address, author: app.dataset.author, lang: document.documentElement.lang,
      updated: app.dataset.asOf }, rows);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: kind === 'csv' ? 'text/csv' : 'application/atom+xml' }));
    link.download = `${name}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    told.textContent = '';
  } catch (error) {
    console.info(String(error));
    told.textContent = status.dataset.failed;
  }
}

// -- what people do ---------------------------------------------------------------------------

let typing;
function typed() {
  clearTimeout(typing);
  if (box.value.trim() !== state.q.trim())
    go({ q: box.value.trim() }, true);
}

box.addEventListener('input', (event) => {
  clearTimeout(typing);
  if (!event.isComposing)
    typing = setTimeout(typed, 250);
});
box.addEventListener('compositionend', () => { typing = setTimeout(typed, 50); });
$('.search-form').addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(typing);
  go({ q: box.value.trim() });
});
sort.addEventListener('change', () => go({ sort: sort.value }));
$('.search-facets').addEventListener('submit', (event) => event.preventDefault());
$('.search-facets').addEventListener('change', ({ target }) => {
  if (target.type === 'date')
    go({ [target.name]: target.value });
  else
    go({ chosen: { ...state.chosen, [target.name]: target.checked ?
      [...state.chosen[target.name], target.value] :
      state.chosen[target.name].filter((code) => code !== target.value) } });
});
app.querySelectorAll('[data-make]').forEach((button) =>
  button.addEventListener('click', () => make(button.dataset.make)));
addEventListener('popstate', () => {
  const asked = parse(location.search);
  if (format(asked) === format(state))    // only to another place of the page
    return;
  state = asked;
  fillControls();
  show();
});
document.addEventListener('keydown', (event) => {
  const inText = event.target.matches?.('input:not([type=checkbox]), textarea, select');
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return;
  if (event.key === '/' && !inText) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (['ArrowDown', 'ArrowUp'].includes(event.key) &&
      (event.target === box || list.contains(event.target))) {
    const stops = [box, ...list.querySelectorAll('h3 a')], at = stops.indexOf(event.target);
    const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
});

$('.search-filters').open = matchMedia('(min-width: 60rem)').matches;
$('.search-columns').hidden = false;
fillControls();
show();
