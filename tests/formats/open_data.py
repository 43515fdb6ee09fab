# SPDX-License-Identifier: MIT
"""The files of the open data against their own descriptions.

open_data.py CHECK FOLDER: one of the checks below on a folder data/ of a site.
Prints what is wrong, if anything.
"""
import copy
import csv
import hashlib
import json
import pathlib
import re
import sqlite3
import sys

import jsonschema

folder = pathlib.Path(sys.argv[2])
faults = []


def fault(text):
    faults.append(text)


def rows_of(name):
    """Of a CSV file: names of columns, and the rows."""
    text = (folder / name).read_bytes()
    if not text.startswith(b'\xef\xbb\xbf') or \
            b'\n' in text.replace(b'\r\n', b''):
        fault(f'{name}: no mark, or line ends that are not CRLF')
    lines = csv.reader(text.decode('utf-8-sig').splitlines(keepends=True))
    head = next(lines)
    return head, list(lines)


def lines_of(name):
    return [json.loads(line) for line in
            (folder / name).read_text('utf-8').splitlines()]


def schema():
    """Every row of the JSON Lines is what its JSON Schema says."""
    described = json.loads((folder / 'achievements.schema.json').read_text())
    kind = jsonschema.Draft202012Validator
    kind.check_schema(described)
    judge = kind(described, format_checker=jsonschema.FormatChecker())
    rows = lines_of('achievements.jsonl')
    if len(rows) < 20:
        fault(f'only {len(rows)} rows')
    for row in rows:
        for error in judge.iter_errors(row):
            fault(f"{row['id']} {list(error.path)}: {error.message}"[:300])
    # What it must not let through.
    wrong = {
        'an unknown member': lambda r: r.update(phone='1'),
        'an unknown field': lambda r: r['achievement'].update(secrecy={}),
        'a field of the wrong type':
            lambda r: r['achievement'].update(title=1),
        'a word of no code list':
            lambda r: r['achievement'].update(category='别的'),
        'no title': lambda r: r['achievement'].pop('title'),
        'a day that is none': lambda r: r['achievement'].update(
            submitted='2026-02-30'),
        'a person without a name': lambda r: r['people'].append(
            {'order': 1, 'unit': '甲'}),
        'an empty list': lambda r: r['achievement'].update(keywords=[]),
        'a number as text': lambda r: r['achievement']['units'][0].update(
            order='1'),
    }
    for name, spoil in wrong.items():
        row = copy.deepcopy(rows[0])
        spoil(row)
        if judge.is_valid(row):
            fault(f'it lets through {name}')
    used = {key for row in rows for key in row['achievement']}
    told = set(described['$defs']['achievement']['properties'])
    if len(used & told) < 15:
        fault(f'the rows use only {sorted(used)}')


def agree():
    """CSV, SQLite and JSON Lines say the same; the parts make the whole."""
    database = sqlite3.connect(f'file:{folder}/zheli.sqlite?mode=ro', uri=True)
    if database.execute('PRAGMA integrity_check').fetchall() != [('ok',)]:
        fault('zheli.sqlite is damaged')
    if database.execute('PRAGMA foreign_key_check').fetchall():
        fault('a foreign key of zheli.sqlite points nowhere')
    tables = {name for (name,) in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'")}
    tables -= {'about', 'column_about'}
    if tables != {path.stem for path in folder.glob('*.csv')}:
        fault(f'tables {sorted(tables)} are not the CSV files')
    for table in sorted(tables):
        agree_table(database, table)
    rows = lines_of('achievements.jsonl')
    head, cells = rows_of('achievements.csv')
    told = [cell[head.index('id')] for cell in cells]
    if [row['id'] for row in rows] != told:
        fault('achievements.jsonl has other achievements than the CSV')
    people = [(row['id'], person['name'], person.get('orcid', ''))
              for row in rows for person in row['people']]
    head, cells = rows_of('achievement_people.csv')
    if sorted(people) != sorted((cell[0], cell[head.index('person_name')],
                                 cell[head.index('orcid')]) for cell in cells):
        fault('people of the JSON Lines are not those of the CSV')
    for name in ('achievements.jsonl', 'achievements.oai.xml'):
        parts = sorted(folder.glob(f'[0-9]*/{name}'))
        if not parts:
            fault(f'{name} is not there by year')
    joined = b''.join(part.read_bytes() for part in
                      sorted(folder.glob('[0-9]*/achievements.jsonl')))
    if joined != (folder / 'achievements.jsonl').read_bytes():
        fault('the years of achievements.jsonl are not the whole')


def agree_table(database, table):
    head, cells = rows_of(f'{table}.csv')
    columns = [row[1] for row in database.execute(
        f'PRAGMA table_info({table})')]
    if head[:len(columns)] != columns:
        fault(f'{table}: columns {head} and {columns}')
        return
    key = [row[1] for row in database.execute(f'PRAGMA table_info({table})')
           if row[5]]
    if not key:
        fault(f'{table} has no key')

    def text(value):
        if isinstance(value, float) and value == int(value):
            value = int(value)
        return '' if value is None else str(value)
    stored = sorted(tuple(map(text, row)) for row in
                    database.execute(f'SELECT * FROM {table}'))
    written = sorted(tuple(re.sub("^'(?=[=+@\t-])", '', cell)
                           for cell in row[:len(columns)]) for row in cells)
    if stored != written:
        fault(f'{table}: other rows in the CSV than in SQLite')
    about = {name for (name,) in database.execute(
        "SELECT column_name FROM column_about WHERE table_name = ? "
        "AND label <> '' AND text <> ''", (table,))}
    if about != set(columns):
        fault(f'{table}: not explained: {set(columns) - about}')
    parts = [rows_of(str(path.relative_to(folder))) for path in
             sorted(folder.glob(f'[0-9]*/{table}.csv'))]
    if parts and [row for _, rows in parts for row in rows] != cells:
        fault(f'{table}: the years are not the whole')


def sums():
    """Checksums and the DCAT catalogue tell every file as it is."""
    listed = dict(reversed(line.split('  ')) for line in
                  (folder / 'SHA256SUMS').read_text().splitlines())
    there = {str(path.relative_to(folder)) for path in folder.rglob('*')
             if path.is_file()}
    if set(listed) != there - {'SHA256SUMS', 'index.html', 'catalog.jsonld'}:
        fault(f'not listed, or not there: {set(listed) ^ there}')
    catalogue = json.loads((folder / 'catalog.jsonld').read_text())
    base = catalogue['@id']
    if catalogue['@type'] != 'dcat:Catalog' or not base.endswith('/data/'):
        fault('catalog.jsonld is no catalogue of /data/')
    series = {item['@id'] for item in catalogue['dcat:dataset']
              if item['@type'] == 'dcat:DatasetSeries'}
    told = set()
    for item in catalogue['dcat:dataset']:
        if 'dcat:inSeries' in item:
            if item['dcat:inSeries']['@id'] not in series:
                fault(f"{item['@id']} is in no series")
        for file in item.get('dcat:distribution', []):
            name = file['dcat:downloadURL']['@id'].removeprefix(base)
            told.add(name)
            digest = file['spdx:checksum']['spdx:checksumValue']['@value']
            if digest != listed.get(name):
                fault(f'{name}: another checksum in the catalogue')
            size = int(file['dcat:byteSize']['@value'])
            if size != (folder / name).stat().st_size:
                fault(f'{name}: another size in the catalogue')
    if told != set(listed) - {'achievements.schema.json'}:
        fault(f'not in the catalogue: {set(listed) - told}')
    for name, digest in listed.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            fault(f'{name}: another checksum')
    page = (folder / 'index.html').read_text('utf-8')
    for name in listed:
        if f'data/{name}"' not in page or listed[name] not in page:
            fault(f'index.html does not tell {name}')


{'schema': schema, 'agree': agree, 'sums': sums}[sys.argv[1]]()
print('\n'.join(faults[:20]))
sys.exit(bool(faults))
