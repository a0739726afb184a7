// The editing traces, replayed through real Yjs clients: every edit is one transaction, as typed.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';
import { fromHex, hex, unhex } from './driver.mjs';

export const tracePath = (folder, name) => join(folder, `${name}.json.gz`);
export const hasTrace = (folder, name) => Boolean(folder) && existsSync(tracePath(folder, name));

// Positions are in code points; Yjs counts UTF-16 units. Texts without surrogates need no care.
function toUnits(text, position) {
  if (!/[\uD800-\uDFFF]/.test(text)) return position;
  return [...text].slice(0, position).join('').length;
}

function patch(text, patches) {
  for (const [position, deleted, inserted] of patches) {
    const now = /[^\0-\u{FFFF}]/u.test(inserted) || text.wide ? text.toString() : '';
    if (now) text.wide = true;
    const start = toUnits(now, position);
    const end = toUnits(now, position + deleted);
    if (deleted > 0) text.delete(start, end - start);
    if (inserted) text.insert(start, inserted);
  }
}

function newClient(clientId, updates) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const text = doc.getText('text');
  doc.on('update', (update, origin, from, transaction) => {
    if (transaction.local) updates.push(update);
  });
  return { doc, text };
}

function sequential({ txns }, updates) {
  const { doc, text } = newClient(0x5eed1234, updates);
  for (const { patches } of txns) {
    for (const one of patches) doc.transact(() => patch(text, [one]));
  }
  return doc;
}

// Each agent applies what its transaction's parents include, and only that, then its own.
function concurrent({ txns, numAgents }, updates) {
  const agents = Array.from({ length: numAgents }, (_, agent) =>
    newClient(0x5eed0000 + agent, updates),
  );
  const made = [];
  const seen = agents.map(() => new Set());
  for (const { parents, agent, patches } of txns) {
    const { doc, text } = agents[agent];
    const wanted = [...parents];
    const missing = [];
    while (wanted.length > 0) {
      const index = wanted.pop();
      if (seen[agent].has(index)) continue;
      seen[agent].add(index);
      missing.push(index);
      wanted.push(...txns[index].parents);
    }
    missing.sort((a, b) => a - b);
    for (const index of missing) for (const update of made[index]) Y.applyUpdate(doc, update);
    const first = updates.length;
    for (const one of patches) doc.transact(() => patch(text, [one]));
    seen[agent].add(made.length);
    made.push(updates.slice(first));
  }
  const { doc } = agents[0];
  for (const all of made) for (const update of all) Y.applyUpdate(doc, update);
  return doc;
}

// {updates, whole, text}: the updates in the order in which they came about, one with everything,
// and the text that must come out.
export async function loadTrace(folder, name) {
  const trace = JSON.parse(gunzipSync(readFileSync(tracePath(folder, name))).toString('utf8'));
  const updates = [];
  const doc = trace.kind === 'concurrent' ? concurrent(trace, updates) : sequential(trace, updates);
  if (doc.getText('text').toString() !== trace.endContent) throw new Error(`${name}: Yjs differs`);
  return { updates, whole: Y.encodeStateAsUpdate(doc), text: trace.endContent };
}

// All updates of a trace, one by one, into the C++ document: equal text, equal bytes.
export async function runTrace(driver, folder, name) {
  const { updates, whole, text } = await loadTrace(folder, name);
  await driver.ask('new', name, 0);
  let answers = [];
  for (const update of updates) {
    answers.push(driver.ask('offer', name, hex(update)));
    if (answers.length < 5000) continue;
    for (const answer of await Promise.all(answers)) assert.match(answer, /^ok/);
    answers = [];
  }
  for (const answer of await Promise.all(answers)) assert.match(answer, /^ok/);
  assert.equal(fromHex(await driver.ask('text', name, 'text')), text, 'the text');
  const fresh = new Y.Doc();
  Y.applyUpdate(fresh, unhex(await driver.ask('encode', name, '00')));
  assert.equal(fresh.getText('text').toString(), text, 'the text in Yjs, from our bytes');
  const reference = new Y.Doc();
  Y.applyUpdate(reference, whole);
  const bytes = hex(Y.encodeStateAsUpdate(reference));
  assert.equal(hex(Y.encodeStateAsUpdate(fresh)), bytes, 'bytes after a reload in Yjs');
  await driver.ask('reload', name, 0);
  assert.equal(await driver.ask('encode', name, '00'), bytes, 'bytes after a reload in C++');
  await driver.ask('new', name, 0);
}
