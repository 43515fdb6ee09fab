// SPDX-License-Identifier: MIT
// How long `zheli serve` takes from the writing of a record to its changed page,
// and to the answer that tells an open page to load again.
//
//   node serve.mjs ZHELI REGISTRY RECORD AS_OF RUNS
//
// One line for each run and each of the two: its name and the seconds. The first
// edit after the start is not counted. The page is shown ahead of its build, so
// before the next edit that build is waited for.
import { appendFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

// Longer than a build takes after its page was shown.
const QUIET = 10000;

const [zheli, registry, record, asOf, runs] = process.argv.slice(2);
const path = record.replace(/.*\/content\//, '/').replace(/\.md$/, '/');
const server = spawn(zheli, ['serve', '-q', '-C', registry, '-p', '0',
  '--as-of', asOf, '--lang', 'en'], { stdio: ['ignore', 'pipe', 'inherit'] });
process.on('exit', () => server.kill());
server.on('exit', (code) => {
  console.error(`zheli serve ended with ${code}`);
  process.exit(1);
});

const address = await new Promise((resolve) => {
  let said = '';
  server.stdout.on('data', (data) => {
    said += data;
    const found = said.match(/http:\/\/[^/ ]+/);
    if (found)
      resolve(found[0]);
  });
});

const page = async () => {
  const answer = await fetch(address + path);
  const text = await answer.text();
  return answer.ok ? text : '';
};

// The number of the build that is shown, once it is another than `seen`.
const shown = async (seen) => {
  for (;;) {
    const answer = await fetch(`${address}/-/events?seen=${seen}`);
    const number = (await answer.text()).trim();
    if (number !== seen)
      return number;
  }
};

const until = async (word, pause) => {
  while (!(await page()).includes(word))
    await wait(pause);
};

// A page that is there shows nothing of builds that go on behind it, so each
// edit waits until the machine has nothing more to do.
const quiet = async () => {
  let build = await shown('0');
  for (;;) {
    const next = await Promise.race([shown(build), wait(QUIET)]);
    if (next === undefined)
      return build;
    build = next;
  }
};

const timed = async (start, promise) => {
  await promise;
  return (performance.now() - start) / 1000;
};

await until('</html>', 500);
for (let run = 0; run <= Number(runs); run++) {
  const word = `改动-${run}-${process.pid}`;
  const build = await quiet();
  const start = performance.now();
  appendFileSync(record, `\n第 ${word} 次，只改这一句。\n`);
  const [changed, told] = await Promise.all([
    timed(start, until(word, 5)), timed(start, shown(build))]);
  if (run > 0)
    console.log(`serve-page ${changed.toFixed(3)}\nserve-told ${told.toFixed(3)}`);
}
process.exit(0);
