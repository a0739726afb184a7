// What a hostile or broken client can send: every row of the table that this was built against,
// made with Yjs's own encoding. Refused by the rules for browsers, and then nothing has changed.
import assert from 'node:assert/strict';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { contentHash } from './content_hash.mjs';
import { hex } from './driver.mjs';

const name = 'hostile';

// An update from numbers, strings and raw bytes.
function bytes(...parts) {
  const out = encoding.createEncoder();
  for (const part of parts.flat(Infinity)) {
    if (typeof part === 'number') encoding.writeVarUint(out, part);
    else if (typeof part === 'string') encoding.writeVarString(out, part);
    else encoding.writeUint8Array(out, part);
  }
  return encoding.toUint8Array(out);
}
const repeat = (count, one) => Array.from({ length: count }, (_, at) => one(at)).flat();
// Info bytes.
const raw = (...values) => Uint8Array.from(values);
const textAtRoot = (text, root = 'text') => [raw(4), 1, root, text];
const nobody = 0;

export function baseline() {
  const doc = new Y.Doc();
  doc.clientID = 100;
  doc.getText('text').insert(0, 'what is known 😀');
  doc.getMap('map').set('key', [1, 2]);
  return Y.encodeStateAsUpdate(doc);
}

// 4,000 clients insert at one place, each lower than the one before: quadratic.
function quadratic(count) {
  const sections = repeat(count, (at) => [1, 5000 + at, 0, raw(0x84), 100, 0, 'x']);
  return bytes(count, sections, nobody);
}

// Two clients write at one place, the one with the higher id after the other: each of its inserts
// has to go past all of the other's.
function crowded(count) {
  const inserts = repeat(count, () => [raw(0x84), 100, 0, 'x']);
  const after = [raw(0x84), 8, count - 1, 'x'];
  return bytes(2, count + 1, 9, 0, after, inserts, count, 8, 0, inserts, nobody);
}

function nested(depth) {
  const first = [raw(7), 1, 'xml', 3, 'a'];
  const rest = repeat(depth - 1, (at) => [raw(7), 0, 7, at, 3, 'a']);
  return bytes(1, depth, 7, 0, ...first, rest, nobody);
}

const nestedAny = (depth) =>
  bytes(
    1,
    1,
    7,
    0,
    raw(8),
    1,
    'array',
    1,
    repeat(depth, () => [raw(117), 1]),
    raw(126),
    nobody,
  );
const nestedJson = (depth) => '['.repeat(depth) + ']'.repeat(depth);

// [what, update, the word it is refused with]
export const rows = [
  ['a delete range to 2^50', bytes(0, 1, 100, 1, 0, 2 ** 50), 'too-large'],
  ['a delete range beyond known clocks', bytes(0, 1, 100, 1, 0, 2 ** 20), 'unknown-clock'],
  ['a delete range of a client nobody knows', bytes(0, 1, 77, 1, 0, 1), 'unknown-clock'],
  ['a clock of 2^50', bytes(1, 1, 7, 2 ** 50, ...textAtRoot('x'), nobody), 'too-large'],
  ['a clock that leaves a hole', bytes(1, 1, 7, 5, ...textAtRoot('x'), nobody), 'unknown-clock'],
  ['a GC of length 2^52', bytes(1, 1, 7, 0, raw(0), 2 ** 52, nobody), 'too-large'],
  ['a Deleted of length 2^52', bytes(1, 1, 7, 0, raw(1), 1, 'text', 2 ** 52, nobody), 'too-large'],
  ['a GC of length 2^30', bytes(1, 1, 7, 0, raw(0), 2 ** 30, nobody), 'too-large'],
  ['2^33 structs', bytes(1, 2 ** 33, 7, 0, ...textAtRoot('x'), nobody), 'too-many'],
  ['2^33 clients', bytes(2 ** 33, 1, 7, 0), 'too-many'],
  ['2^33 delete ranges', bytes(0, 1, 100, 2 ** 33, 0, 1), 'too-many'],
  ['2^33 values', bytes(1, 1, 7, 0, raw(8), 1, 'array', 2 ** 33, raw(126), nobody), 'too-many'],
  ['90,000 nested types', nested(90_000), 'too-deep'],
  ['200 nested types', nested(200), 'too-deep'],
  ['100,000 nested values', nestedAny(100_000), 'too-deep'],
  ['nested JSON', bytes(1, 1, 7, 0, raw(5), 1, 'text', nestedJson(100_000), nobody), 'bad-json'],
  [
    '100,000 root names',
    bytes(
      1,
      50_000,
      7,
      0,
      repeat(50_000, (at) => textAtRoot('x', `r${at}`)),
      nobody,
    ),
    'unknown-root',
  ],
  [
    'a good struct, then a bad one',
    bytes(1, 2, 7, 0, ...textAtRoot('good'), raw(31), 1, 'text', nobody),
    'bad-content',
  ],
  [
    'a good client, then a bad one',
    bytes(2, 1, 8, 0, ...textAtRoot('good'), 1, 7, 0, raw(0x84), 9, 9, 'x', nobody),
    'unknown-clock',
  ],
  ['inserts at one origin by many', quadratic(5000), 'too-many'],
  ['4,000 inserts at one origin, past 4,000 others', crowded(4000), 'over-budget'],
  [
    'neighbours in different lists',
    bytes(1, 2, 7, 0, ...textAtRoot('x', 'other'), raw(0xc4), 100, 0, 7, 0, 'y', nobody),
    'bad-reference',
  ],
  ['a Skip', bytes(1, 2, 7, 0, ...textAtRoot('x'), raw(10), 5, nobody), 'forbidden'],
  [
    'a document in the document',
    bytes(1, 1, 7, 0, raw(9), 1, 'map', 'guid', raw(118), 0, nobody),
    'forbidden',
  ],
  [
    'two sections for one client',
    bytes(2, 1, 7, 0, ...textAtRoot('x'), 1, 7, 1, ...textAtRoot('y'), nobody),
    'repeated-client',
  ],
  ['an origin that is itself', bytes(1, 1, 7, 0, raw(0x84), 7, 0, 'x', nobody), 'bad-reference'],
  ['a parent that is text', bytes(1, 1, 7, 0, raw(4), 0, 100, 0, 'x', nobody), 'bad-reference'],
  ['an empty text', bytes(1, 1, 7, 0, ...textAtRoot(''), nobody), 'bad-content'],
  ['bad UTF-8', bytes(1, 1, 7, 0, raw(4), 1, 'text', 2, raw(0xc3, 0x28), nobody), 'bad-text'],
  ['bad JSON', bytes(1, 1, 7, 0, raw(6), 1, 'text', 'bold', '{bad', nobody), 'bad-json'],
  ['a number above 2^53', bytes(raw(255, 255, 255, 255, 255, 255, 255, 255, 127)), 'bad-number'],
  ['bytes behind the end', bytes(0, nobody, 1), 'trailing-bytes'],
  ['nothing', bytes(), 'truncated'],
  ['half an update', bytes(1, 1, 7, 0, raw(4), 1), 'truncated'],
];

async function isRefused(driver, what, update, word) {
  const before = await driver.ask('encode', name, '00');
  const start = performance.now();
  const answer = await driver.ask('offer', name, hex(update));
  assert.equal(answer, `refused ${word}`, what);
  assert.ok(performance.now() - start < 2_000, `${what}: refused only after a long time`);
  assert.equal(await driver.ask('encode', name, '00'), before, `${what}: changed the document`);
  assert.equal(await driver.ask('waiting', name), '0', `${what}: something waits`);
}

// Whoever lies about neighbours stands elsewhere for those who had it in another order. Nothing
// tells that from honest edits when it comes; the hash does afterwards, here and in Yjs.
async function liesAboutNeighbours(driver) {
  const at = (client, info, place, text) =>
    bytes(1, 1, client, 0, raw(0x04 | info), ...place, text, nobody);
  const lies = [
    at(105, 0x80, [100, 0], 'w'),
    at(106, 0x40, [100, 1], 'v'),
    at(104, 0xc0, [106, 0, 100, 0], 'x'),
  ];
  lies.push(at(102, 0xc0, [105, 0, 104, 0], 'y'));
  const orders = [lies, [1, 2, 3, 0].map((index) => lies[index])];
  const hashes = [];
  for (const [index, order] of orders.entries()) {
    const document = `lies${index}`;
    await driver.ask('new', document, 0);
    const doc = new Y.Doc();
    for (const update of [baseline(), ...order]) {
      await driver.ask('apply', document, hex(update));
      Y.applyUpdate(doc, update);
    }
    assert.equal(await driver.ask('vector', document), hex(Y.encodeStateVector(doc)));
    assert.equal(await driver.ask('hash', document), contentHash(doc), 'as Yjs has it');
    hashes.push(contentHash(doc));
    await driver.ask('reload', document, 0);
  }
  assert.notEqual(hashes[0], hashes[1], 'the hash tells');
  assert.equal(await driver.ask('hash', 'lies0'), await driver.ask('hash', 'lies1'), 'reloaded');
}

export async function runHostile(driver, attempt) {
  await driver.ask('new', name, 1);
  assert.match(await driver.ask('apply', name, hex(baseline())), /^ok/);
  for (const [what, update, word] of rows) {
    await attempt(`hostile: ${what}`, () => isRefused(driver, what, update, word));
  }
  await attempt('hostile: inserts at one origin, as many as a browser may', async () => {
    assert.match(await driver.ask('offer', name, hex(quadratic(900))), /^ok/);
  });
  await attempt(
    'hostile: origins that are not adjacent differ by hash, and agree once reloaded',
    () => liesAboutNeighbours(driver),
  );
  await attempt('hostile: delete everything can be seen and undone by looking back', async () => {
    const snapshot = await driver.ask('snapshot', name);
    const text = await driver.ask('text', name, 'text');
    const all = Y.decodeStateVector(Buffer.from(await driver.ask('vector', name), 'hex'));
    const ranges = [...all].flatMap(([client, clock]) => [client, 1, 0, clock]);
    assert.match(await driver.ask('offer', name, hex(bytes(0, all.size, ranges))), /^ok 1/);
    assert.equal(await driver.ask('text', name, 'text'), '');
    assert.equal(await driver.ask('at', name, snapshot, 'then'), 'ok');
    assert.equal(await driver.ask('text', 'then', 'text'), text);
  });
}
