// Document::content_hash in JavaScript, as a browser would compute it from a Y.Doc.
import * as Y from 'yjs';

class Hash {
  low = 0x811c9dc5;
  high = 0x050c5d1f;

  word(value) {
    this.low = Math.imul(this.low ^ value, 0x01000193) >>> 0;
    this.high = (Math.imul(this.high ^ value, 0x01000193) ^ (this.high >>> 15)) >>> 0;
  }
  number(value) {
    this.word(value >>> 0);
    this.word(Math.floor(value / 2 ** 32));
  }
  text(text) {
    const bytes = new TextEncoder().encode(text);
    this.word(bytes.length);
    for (const byte of bytes) this.word(byte);
  }
}

const byBytes = ([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right));

function addRuns(hash, type, inner) {
  let run = null;
  const end = () => {
    if (!run) return;
    hash.number(run.client);
    hash.word(run.clock);
    hash.word(run.length);
  };
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { client, clock } = item.id;
    if (run && run.client === client && run.clock + run.length === clock) {
      run.length += item.length;
    } else {
      end();
      run = { client, clock, length: item.length };
    }
    if (item.content instanceof Y.ContentType) inner.push(item.content.type);
  }
  end();
  hash.word(0xffffffff);
}

function addKeys(hash, type, inner) {
  const values = [...type._map].filter(([, item]) => !item.deleted).sort(byBytes);
  for (const [key, item] of values) {
    hash.text(key);
    hash.number(item.id.client);
    hash.word(item.id.clock + item.length - 1);
    if (item.content instanceof Y.ContentType) inner.push(item.content.type);
  }
  hash.word(0xfffffffe);
}

export function contentHash(doc) {
  const hash = new Hash();
  const held = ([, type]) => type._start !== null || type._map.size > 0;
  for (const [name, root] of [...doc.share].filter(held).sort(byBytes)) {
    hash.text(name);
    const types = [root];
    while (types.length > 0) {
      const type = types.pop();
      const inner = [];
      addRuns(hash, type, inner);
      addKeys(hash, type, inner);
      types.push(...inner.reverse());
    }
  }
  return ((BigInt(hash.high) << 32n) | BigInt(hash.low)).toString();
}
