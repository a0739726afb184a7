// Writes seeds for the fuzzers: node tests/fuzz/seeds.mjs FOLDER → FOLDER/{decode,apply,...}/*.
// They are real updates of random edits and the hostile ones of the differential test.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const differential = new URL('../differential/', import.meta.url);
const resolve = createRequire(new URL('package.json', differential)).resolve;
const Y = await import(pathToFileURL(resolve('yjs').replace(/yjs\.cjs$/, 'yjs.mjs')).href);
const { edit } = await import(new URL('edits.mjs', differential));
const { rows, baseline } = await import(new URL('hostile.mjs', differential));
const { Random } = await import(new URL('random.mjs', differential));

const folder = process.argv[2];
const largest = 4096;

function write(fuzzer, name, ...parts) {
  const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
  if (bytes.length > largest) return;
  mkdirSync(join(folder, fuzzer), { recursive: true });
  writeFileSync(join(folder, fuzzer, name), bytes);
}

// Several updates as the fuzzers read them.
const pieces = (updates) =>
  updates.flatMap((update, at) =>
    at === updates.length - 1 || update.length > 254 ? [[255], update] : [[update.length], update],
  );

function updatesOf(seed) {
  const random = new Random(seed);
  const updates = [];
  const docs = [1, 2].map((clientId) => {
    const doc = new Y.Doc();
    doc.clientID = clientId;
    doc.on('update', (update, origin) => origin === 'edit' && updates.push(update));
    return doc;
  });
  for (let step = 0; step < 8; step += 1) {
    const [from, to] = random.shuffled(docs);
    edit(random, from, ['text', 'array', 'map', 'xml', 'xml']);
    if (random.chance(0.5)) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
  }
  return { updates, whole: Y.encodeStateAsUpdate(docs[0]) };
}

for (let seed = 0; seed < 60; seed += 1) {
  const { updates, whole } = updatesOf(seed);
  write('decode', `real${seed}`, whole);
  write('apply', `real${seed}`, [seed % 16], ...pieces(updates));
  write('render', `real${seed}`, [255], whole);
}
rows.forEach(([, update], at) => {
  write('decode', `row${at}`, update);
  write('apply', `row${at}`, [1], ...pieces([baseline(), update]));
  write('apply', `store${at}`, [0], ...pieces([baseline(), update]));
  write('render', `row${at}`, [255], update);
});
const state = (text) => [...[7, 3, text.length], ...Buffer.from(text)];
write('awareness', 'two', [40, 0, 1], state('{"name":"a"}'), [255, 1, 1], state('null'));
