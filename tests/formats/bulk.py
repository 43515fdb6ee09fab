# SPDX-License-Identifier: MIT
"""bulk.py LINES FOLDER: holds the bulk requests that `zheli export` wrote into
FOLDER against what is documented of the bulk interface, against their mapping
(which is strict), and against the JSON Lines of the same achievements.

https://docs.opensearch.org/latest/api-reference/document-apis/bulk/: lines of
JSON that end in a newline, the last one too; an action of one member, index,
with metadata, then the document on one line.
"""
import glob
import json
import re
import sys

lines, folder = sys.argv[1:3]
LIMIT = 8 << 20
DATES = {'strict_date': r'\d{4}-\d\d-\d\d', 'strict_year_month': r'\d{4}-\d\d',
         'strict_year': r'\d{4}'}
faults = []


def fits(value, mapping, path):
    """Whether a strict index takes this value where the mapping says so."""
    if isinstance(value, list):
        for item in value:
            fits(item, mapping, path)
    elif 'properties' in mapping:
        if not isinstance(value, dict):
            faults.append(f'{path}: {value!r} is no object')
            return
        for name, member in value.items():
            if name not in mapping['properties']:
                faults.append(f'{path}.{name} is not mapped')
            else:
                fits(member, mapping['properties'][name], f'{path}.{name}')
    else:
        kind = mapping['type']
        good = {
            'text': isinstance(value, str),
            'keyword': isinstance(value, str) and
                       len(value.encode()) <= 32766,
            'boolean': isinstance(value, bool),
            'long': isinstance(value, int) and not isinstance(value, bool),
            'double': isinstance(value, (int, float)),
            'date': isinstance(value, str) and re.fullmatch(
                DATES[mapping.get('format', 'strict_date')], value),
        }[kind]
        if not good:
            faults.append(f'{path}: {value!r} is no {kind} '
                          f'{mapping.get("format", "")}')


with open(f'{folder}/mapping.json', encoding='utf-8') as file:
    mapping = json.load(file)
if set(mapping) - {'mappings', 'settings', 'aliases'} or \
        mapping['mappings']['dynamic'] != 'strict':
    faults.append('mapping.json is no body of a request for a strict index')

documents = {}
parts = sorted(glob.glob(f'{folder}/bulk-*.ndjson'))
for part in parts:
    with open(part, 'rb') as file:
        raw = file.read()
    if not raw.endswith(b'\n') or len(raw) > LIMIT:
        faults.append(f'{part}: {len(raw)} bytes, ends in {raw[-1:]!r}')
    rows = raw[:-1].split(b'\n')
    if len(rows) % 2:
        faults.append(f'{part}: {len(rows)} lines')
        continue
    for action, document in zip(rows[::2], rows[1::2]):
        action = json.loads(action)
        if list(action) != ['index'] or list(action['index']) != ['_id'] or \
                len(action['index']['_id'].encode()) > 512:
            faults.append(f'{part}: {action}')
            continue
        documents[action['index']['_id']] = json.loads(document)
        fits(json.loads(document), mapping['mappings'],
             action['index']['_id'])

with open(lines, encoding='utf-8') as file:
    wanted = {line['id']: line for line in map(json.loads, file)}
bodies = {name: document.pop('body', '') for name, document in documents.items()}
if documents != wanted:
    faults.append('the documents are not the lines')
if not wanted or not all(bodies.values()):
    faults.append('there are no documents, or some without a body')

for fault in faults[:20]:
    print(fault)
sys.exit(bool(faults))
