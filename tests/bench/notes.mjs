// The C++ document and Yjs on the same updates, in one run, turn by turn (A B A B ...), medians:
//
//   node tests/bench/notes.mjs --driver build/release/tests/notes_bench --data FOLDER [--rounds 7]
//
// Yjs runs as it is in npm (tests/differential has it), the heap after two collections. Each round
// of either side is a process of its own, so that neither warms up the other; Yjs goes through it
// once beforehand, to be compiled. Prints a table; --check fails where a target of ours is missed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const differential = new URL('../differential/', import.meta.url);
const yjs = createRequire(new URL('package.json', differential)).resolve('yjs');
const { loadTrace } = await import(new URL('traces.mjs', differential));
const yjsModule = pathToFileURL(yjs.replace(/yjs\.cjs$/, 'yjs.mjs')).href;

const { values: options } = parseArgs({
  options: {
    driver: { type: 'string' },
    data: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    check: { type: 'boolean', default: false },
    yjs: { type: 'string' },
    file: { type: 'string' },
  },
});

function readUpdates(path) {
  const file = readFileSync(path);
  const updates = [];
  for (let at = 0; at < file.length;) {
    const size = file.readUInt32LE(at);
    updates.push(new Uint8Array(file.subarray(at + 4, at + 4 + size)));
    at += 4 + size;
  }
  return updates;
}

// The Yjs side, in a process of its own: prints the same names as notes_bench.
async function measureYjs(what, path) {
  const Y = await import(yjsModule);
  const updates = readUpdates(path);
  const whole = updates.at(-1);
  const made = () => {
    const doc = new Y.Doc();
    doc.getText('text');
    return doc;
  };
  const time = (work) => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start);
  };
  const load = () => {
    const doc = made();
    Y.applyUpdate(doc, whole);
    return doc;
  };
  if (what === 'keystrokes') {
    const one = () => {
      const doc = made();
      return time(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
    };
    one();
    const spent = one();
    const each = spent / updates.length;
    console.log(`per_update_ns ${each}\nchecked_update_ns ${each}\nall_ns ${spent}`);
  } else if (what === 'load') {
    load();
    console.log(`load_ns ${time(load)}`);
  } else if (what === 'late') {
    const doc = load();
    const half = new Map();
    for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
      half.set(client, Math.floor(clock / 2));
    }
    const vector = Y.encodeStateVector(half);
    let bytes = Y.encodeStateAsUpdate(doc, vector).length;
    const spent = time(() => (bytes = Y.encodeStateAsUpdate(doc, vector).length));
    console.log(`late_ns ${spent}\nlate_bytes ${bytes}`);
  } else {
    const heap = () => {
      globalThis.gc();
      globalThis.gc();
      return process.memoryUsage().heapUsed;
    };
    // Compiled beforehand with a document of one word, so that only the document is counted.
    const small = made();
    small.getText('text').insert(0, 'word');
    Y.applyUpdate(made(), Y.encodeStateAsUpdate(small));
    const before = heap();
    const doc = load();
    console.log(`memory ${heap() - before}`);
    globalThis.kept = doc;
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function figures(text) {
  const rows = text.trim().split('\n');
  return Object.fromEntries(rows.map((row) => [row.split(' ')[0], Number(row.split(' ')[1])]));
}

function compare(what, path, name) {
  const self = fileURLToPath(import.meta.url);
  const theirs = [];
  const ours = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const node = [...['--expose-gc', self, '--yjs', what, '--file', path]];
    theirs.push(figures(execFileSync(process.execPath, node, { encoding: 'utf8' }))[name]);
    ours.push(figures(execFileSync(options.driver, [what, path], { encoding: 'utf8' }))[name]);
  }
  return { theirs: median(theirs), ours: median(ours) };
}

function writeTrace(folder, name, trace) {
  const path = join(folder, name);
  const parts = trace.updates.flatMap((update) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(update.length);
    return [size, Buffer.from(update)];
  });
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'notes-bench-'));
  const rows = [];
  const add = (title, unit, { theirs, ours }, target) =>
    rows.push({ title, unit, theirs, ours, ratio: ours / theirs, target });
  try {
    for (const name of ['friendsforever', 'automerge-paper']) {
      const trace = await loadTrace(options.data, name);
      const keys = writeTrace(folder, `${name}.keys`, trace);
      const whole = writeTrace(folder, `${name}.whole`, { updates: [trace.whole] });
      const count = trace.updates.length;
      add(
        `${name}: ${count} updates one by one, each`,
        'ns',
        compare('keystrokes', keys, 'per_update_ns'),
        1 / 8,
      );
      add(
        `${name}: the same, checked before it is applied`,
        'ns',
        compare('keystrokes', keys, 'checked_update_ns'),
        1 / 8,
      );
      add(`${name}: the whole trace`, 'ns', compare('keystrokes', keys, 'all_ns'), 1 / 8);
      add(`${name}: load from one update`, 'ns', compare('load', whole, 'load_ns'));
      add(`${name}: diff for a late joiner`, 'ns', compare('late', whole, 'late_ns'));
      add(`${name}: memory`, 'bytes', compare('memory', whole, 'memory'), 1 / 5);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(
    `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, ${options.rounds} rounds`,
  );
  console.log('| what | Yjs | C++ | ratio | target |\n|---|---|---|---|---|');
  const show = (value, unit) => `${Math.round(value).toLocaleString('en')} ${unit}`;
  for (const { title, unit, theirs, ours, ratio, target } of rows) {
    const cells = [title, show(theirs, unit), show(ours, unit), `1/${(1 / ratio).toFixed(1)}`];
    console.log(`| ${[...cells, target ? `1/${1 / target}` : ''].join(' | ')} |`);
  }
  if (options.check && rows.some(({ ratio, target }) => target && ratio > target))
    process.exitCode = 1;
}

if (options.yjs) await measureYjs(options.yjs, options.file);
else await main();
