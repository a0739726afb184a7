// What a phone fetches before the participant's page stands: script and style, as Brotli sends
// them; from a link, and from the home page where the code is typed. Fails over the budget. Run
// after the build.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const budget_kib = 60;
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const read = (name) => JSON.parse(readFileSync(join(dist, '.vite', name), 'utf8'));
const { first, join: joining, session } = read('first.json'); // scripts/early.mjs writes it
const manifest = read('manifest.json');

// Everything that `start` needs at once: static imports and their style, not what is loaded on
// demand.
function filesOf(start) {
  const files = new Set();
  const seen = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key)) return;
    seen.add(key);
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const next of chunk.imports ?? []) visit(next);
  };
  visit(start);
  return files;
}

function sent(file) {
  const path = join(dist, file);
  const ready = `${path}.br`;
  return existsSync(ready)
    ? readFileSync(ready).length
    : brotliCompressSync(readFileSync(path)).length;
}

const kib = (bytes) => (bytes / 1024).toFixed(1).padStart(6);
const total = (files) => [...files].reduce((sum, file) => sum + sent(file), 0);

for (const file of first) console.log(`${kib(sent(file))} KiB  ${file}`);
const first_load = total(first);
console.log(`${kib(total(joining))} KiB  to join`);
console.log(`${kib(total(session))} KiB  to raise a hand, having joined before`);
console.log(`${kib(first_load)} KiB  participant's first load, at most ${budget_kib}`);
const from_home = total(new Set([...first, ...filesOf('src/pages/enter/HomePage.svelte')]));
console.log(`${kib(from_home)} KiB  the same from the home page, at most ${budget_kib}`);
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry || first.includes(chunk.file)) continue;
  const more = [...filesOf(key)].filter((file) => !first.includes(file));
  console.log(`${kib(total(more))} KiB  more for ${key}`);
}
if (Math.max(first_load, from_home) > budget_kib * 1024) {
  console.error(`size: the first load is over its budget of ${budget_kib} KiB`);
  process.exit(1);
}
