# SPDX-License-Identifier: MIT
"""sbom.py BOM PROGRAM: holds a bill of materials against the schema beside this
file, and against what the program asks the loader for."""
import hashlib
import json
import os
import subprocess
import sys

import jsonschema

bom_path, program = sys.argv[1:3]
here = os.path.dirname(os.path.abspath(__file__))
with open(f'{here}/cyclonedx-1.5.json', encoding='utf-8') as file:
    schema = json.load(file)
with open(bom_path, encoding='utf-8') as file:
    bom = json.load(file)
faults = [f'{list(error.path)}: {error.message[:200]}' for error in
          jsonschema.Draft202012Validator(schema).iter_errors(bom)]
if faults:
    print('\n'.join(faults[:20]))
    sys.exit(1)

references = [c['bom-ref'] for c in bom['components']] + ['zheli']
if len(set(references)) != len(references):
    faults.append('a reference stands for two')
needs = {d['ref']: d['dependsOn'] for d in bom['dependencies']}
if set(needs) != set(references):
    faults.append(f'dependencies of {set(needs) ^ set(references)}')
for name in sum(needs.values(), []):
    if name not in references:
        faults.append(f'{name} is needed and not described')

files = {f['name']: (f['hashes'][0]['content'], c['bom-ref'])
         for c in bom['components'] for f in c['components']}
loaded = {}
for line in subprocess.run(['ldd', program], stdout=subprocess.PIPE, text=True,
                           check=True).stdout.splitlines():
    words = line.split()
    if len(words) > 2 and words[1] == '=>':
        loaded[words[0]] = words[2]
if set(loaded) != set(files):
    faults.append(f'loaded or told, not both: {set(loaded) ^ set(files)}')


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


for name, path in loaded.items():
    if name in files and digest(path) != files[name][0]:
        faults.append(f'{name} has another SHA-256')
if digest(program) != bom['metadata']['component']['hashes'][0]['content']:
    faults.append('the program has another SHA-256')
asked = subprocess.run(['readelf', '-d', program], stdout=subprocess.PIPE,
                       text=True, check=True).stdout
for name, (_, package) in files.items():
    if f'[{name}]' in asked and package not in needs['zheli']:
        faults.append(f'the program asks for {name}')

print('\n'.join(faults[:20]))
sys.exit(bool(faults))
