// One scenario: three to five clients edit, exchange some of what they did in some order, and all
// of it reaches one Y.Doc (the reference) and one C++ document in the same order. Then they are
// compared.
import assert from 'node:assert/strict';
import * as Y from 'yjs';
import { contentHash } from './content_hash.mjs';
import { fromHex, hex, unhex } from './driver.mjs';
import { edit, roots } from './edits.mjs';
import { Random } from './random.mjs';

const parts = ['text', 'array', 'map', 'xml'];
const emptyVector = '00';

function sorted(value) {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((each) => (each === undefined ? null : sorted(each)));
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
const wellFormed = (text) => Buffer.from(text, 'utf8').toString('utf8');
const canonical = (value) => wellFormed(JSON.stringify(sorted(value)));

const freshCopy = (update, gc = true) => {
  const doc = new Y.Doc({ gc });
  roots(doc);
  Y.applyUpdate(doc, update);
  return doc;
};

class Scenario {
  constructor(seed, driver) {
    this.random = new Random(seed);
    this.driver = driver;
    this.name = `s${seed}`;
    this.seed = seed;
    this.keep = this.random.chance(0.5);
    this.focus = this.random.chance(0.5) ? [this.random.pick(parts)] : parts;
    this.outbox = [];
    this.all = [];
    this.clients = [];
    for (let left = 3 + this.random.below(3); left > 0; left -= 1)
      this.clients.push(this.newClient());
    this.reference = new Y.Doc({ gc: this.random.chance(0.7) });
    roots(this.reference);
    // What the reference tidies up itself after formats met is news for everybody else.
    this.reference.on('update', (update, origin, doc, transaction) => {
      if (transaction.local) this.tidied.push(update);
    });
    this.tidied = [];
  }

  newClient() {
    const doc = new Y.Doc({ gc: this.random.chance(0.7) });
    // Small numbers too, but never one twice.
    const small = this.random.chance(0.3);
    doc.clientID = small
      ? 1 + this.clients.length + 10 * this.random.below(20)
      : this.random.below(2 ** 32);
    roots(doc);
    const undo = new Y.UndoManager(Object.values(roots(doc)), {
      trackedOrigins: new Set(['edit']),
      captureTimeout: 0,
    });
    doc.on('update', (update, origin, from, transaction) => {
      if (!transaction.local) return;
      this.outbox.push(update);
      this.all.push(update);
    });
    return { doc, undo };
  }

  async both(update) {
    Y.applyUpdate(this.reference, update);
    const send = async (bytes) => {
      const answer = await this.driver.ask('apply', this.name, hex(bytes));
      assert.match(answer, /^ok /, 'the C++ document refused an update');
    };
    await send(update);
    while (this.tidied.length > 0) {
      const more = this.tidied.shift();
      this.all.push(more);
      this.outbox.push(more);
      await send(more);
    }
  }

  // Brings some of what is in the outbox to both, in one of the ways it can come.
  async deliver(everything) {
    const { random } = this;
    let batch = this.outbox.splice(0, everything ? this.outbox.length : 1 + random.below(8));
    if (batch.length === 0) return;
    const way = random.below(5);
    if (way === 0) batch = random.shuffled(batch);
    if (way === 1)
      batch = batch.flatMap((update) => (random.chance(0.3) ? [update, update] : [update]));
    if (way === 2) batch = [Y.mergeUpdates(batch)];
    if (way === 3) {
      const { doc } = random.pick(this.clients);
      batch.push(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(this.reference)));
      batch = random.shuffled(batch);
    }
    if (way === 4 && !everything && batch.length > 1) this.outbox.push(batch.shift());
    for (const update of batch) await this.both(update);
  }

  // One client learns of another, fully or only some updates.
  exchange() {
    const { random } = this;
    const to = random.pick(this.clients).doc;
    if (random.chance(0.5)) {
      const from = random.pick(this.clients).doc;
      Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
    } else {
      for (let left = random.below(4); left > 0 && this.all.length > 0; left -= 1) {
        Y.applyUpdate(to, random.pick(this.all));
      }
    }
  }

  async play() {
    const { random } = this;
    await this.driver.ask('new', this.name, this.keep ? 1 : 0);
    this.prefix = new Y.Doc();
    roots(this.prefix);
    this.prefix.on('update', (update, origin, doc, transaction) => {
      this.prefixTidied ||= transaction.local;
    });
    for (let steps = 10 + random.below(40); steps > 0; steps -= 1) {
      const client = random.pick(this.clients);
      const what = random.below(20);
      if (what < 11) edit(random, client.doc, this.focus);
      else if (what < 12) client.undo.undo();
      else if (what < 13) client.undo.redo();
      else if (what < 16) this.exchange();
      else if (what < 19) await this.deliver(false);
      else if (random.chance(0.3)) await this.compareState();
      if (random.chance(0.05)) this.lag();
    }
  }

  // The late joiner knows what the reference knew at this moment.
  lag() {
    Y.applyUpdate(this.prefix, Y.encodeStateAsUpdate(this.reference));
  }

  async settle() {
    for (let round = 0; round < 20; round += 1) {
      await this.deliver(true);
      const state = Y.encodeStateAsUpdate(this.reference);
      for (const { doc } of this.clients) Y.applyUpdate(doc, state);
      if (this.outbox.length === 0 && this.tidied.length === 0) return;
    }
  }

  ask(...words) {
    const [command, ...rest] = words;
    return this.driver.ask(command, this.name, ...rest);
  }

  async compareState() {
    const { reference } = this;
    assert.equal(await this.ask('vector'), hex(Y.encodeStateVector(reference)), 'state vectors');
    const snapshot = hex(Y.encodeSnapshot(Y.snapshot(reference)));
    assert.equal(await this.ask('snapshot'), snapshot, 'snapshots');
    assert.equal(await this.ask('hash'), contentHash(reference), 'content hashes');
  }

  async compareContent() {
    const { text, array, map, xml } = roots(this.reference);
    const asJson = async (part, kind) =>
      canonical(JSON.parse(fromHex(await this.ask('json', part, kind))));
    assert.equal(fromHex(await this.ask('text', 'text')), wellFormed(text.toString()), 'text');
    assert.equal(await asJson('array', 'array'), canonical(array.toJSON()), 'array');
    assert.equal(await asJson('map', 'map'), canonical(map.toJSON()), 'map');
    if (!/\[object Object\]/.test(xml.toString())) {
      assert.equal(fromHex(await this.ask('xml', 'xml')), wellFormed(xml.toString()), 'xml');
    }
  }

  async compareBytes() {
    const { reference, random } = this;
    const ours = unhex(await this.ask('encode', emptyVector));
    const theirs = Y.encodeStateAsUpdate(reference);
    // Yjs takes our bytes, and then has the same document to the last byte.
    const fromOurs = freshCopy(ours);
    const fromTheirs = freshCopy(theirs);
    const reloaded = hex(Y.encodeStateAsUpdate(fromTheirs));
    assert.equal(hex(Y.encodeStateAsUpdate(fromOurs)), reloaded, 'bytes after a reload in Yjs');
    // One who was here earlier catches up by our diff.
    const vector = hex(Y.encodeStateVector(this.prefix));
    Y.applyUpdate(this.prefix, unhex(await this.ask('encode', vector)));
    // (Unless Yjs has tidied up formats there by itself: nobody else knows of that.)
    const late = this.prefixTidied ? fromOurs : this.prefix;
    assert.equal(
      hex(Y.encodeStateAsUpdate(freshCopy(Y.encodeStateAsUpdate(late)))),
      reloaded,
      'bytes of a late joiner',
    );
    if (this.keep) await this.ask('collect');
    await this.driver.ask('reload', this.name, 0);
    assert.equal(await this.ask('encode', emptyVector), reloaded, 'bytes after a reload in C++');
    // Diffs at any clocks, inside of runs and of surrogate pairs too.
    for (let left = 3; left > 0; left -= 1) {
      const known = new Map();
      for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(fromTheirs))) {
        if (random.chance(0.8)) known.set(client, random.below(clock + 2));
      }
      const asked = Y.encodeStateVector(known);
      const diff = hex(Y.encodeStateAsUpdate(fromTheirs, asked));
      assert.equal(await this.ask('encode', hex(asked)), diff, 'a diff');
    }
  }

  async run() {
    await this.play();
    await this.settle();
    await this.compareState();
    await this.compareContent();
    await this.compareBytes();
    await this.compareState();
    await this.compareContent();
    this.clients.forEach(({ doc, undo }) => (undo.destroy(), doc.destroy()));
  }
}

export async function runScenario(seed, driver, look = () => {}) {
  const scenario = new Scenario(seed, driver);
  look(scenario);
  await scenario.run();
  await driver.ask('new', scenario.name, 0);
}
