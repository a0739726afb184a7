// Runs the browser tests and counts them: {"passed", "failed", "failures"} in PLENARY_REPORT, for
// tests/run.
//
//   PLENARY_BINARY    the server                    (build/release/server/plenary)
//   PLENARY_WEB       the built pages               (client-web/dist)
//   PLENARY_CHROMIUM  the browser                   (/usr/bin/chromium)
//   npm test -- NAME  only the files whose name contains NAME
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv[2] ?? '';
const files = readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs') && name.includes(wanted))
  .map((name) => join(here, name));

// Two files at a time, each with a browser and a server of its own; alone, at the end, the one that
// measures how soon something is there.
const alone = ['first-load'];
const nameOf = (file) => basename(file, '.test.mjs');

let passed = 0;
const failures = [];
const groups = [];
const isGroup = (event) => event.details?.type === 'suite' || files.includes(event.name);

// "file: test: what was waited for in vain (line)", for a log that shows the end of a run alone.
function failureOf({ name, file, details }) {
  const { message = '', stack = '' } = details?.error?.cause ?? details?.error ?? {};
  const plain = message.replace(/\x1b\[\d+m/g, '').replace(/Call log:/, '');
  const words = plain.split('\n').map((line) => line.trim());
  const said = words.filter(Boolean).slice(0, 3).join(' ').slice(0, 300);
  const [, line] = /[.]test[.]mjs:(\d+):/.exec(stack) ?? [];
  const where = line ? ` (line ${line})` : '';
  return `${nameOf(file ?? name)}: ${name}: ${said}${where}`;
}

function runFiles(some, concurrency) {
  const stream = run({ files: some, concurrency, timeout: 300_000 });
  stream.on('test:pass', (event) => {
    if (!isGroup(event) && !event.skip && !event.todo) passed += 1;
  });
  stream.on('test:fail', (event) => {
    (isGroup(event) ? groups : failures).push(failureOf(event));
  });
  stream.compose(new spec()).pipe(process.stdout);
  return new Promise((resolve) => stream.on('end', resolve));
}

const together = files.filter((file) => !alone.includes(nameOf(file)));
if (together.length > 0) await runFiles(together, 2);
const apart = files.filter((file) => alone.includes(nameOf(file)));
if (apart.length > 0) await runFiles(apart, false);
// A group fails with its tests; on its own account only where none of them is to blame.
if (failures.length === 0) failures.push(...groups);
const report = process.env.PLENARY_REPORT;
if (report) {
  mkdirSync(dirname(report), { recursive: true });
  writeFileSync(report, JSON.stringify({ passed, failed: failures.length, failures }));
}
if (failures.length > 0 || passed === 0) process.exitCode = 1;
