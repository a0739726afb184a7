// y-protocols' awareness against the C++ one: the same messages, the same states in the end.
import assert from 'node:assert/strict';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { hex, unhex } from './driver.mjs';
import { Random } from './random.mjs';

const newAwareness = (clientId) => {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  return new Awareness(doc);
};
const statesOf = (awareness) =>
  [...awareness.states].filter(([, state]) => state !== null).sort(([a], [b]) => a - b);

// A client whose connection ended unnoticed, and one that was counted as gone, as they come back:
// by another connection, with the clock that they have.
async function comeBack(driver, person) {
  const isHere = async () => {
    const fresh = newAwareness(2);
    applyAwarenessUpdate(fresh, unhex(await driver.ask('awareness-all', 'a')), null);
    fresh.destroy();
    return fresh.states.has(person.clientID);
  };
  const tell = (connection) => {
    const message = hex(encodeAwarenessUpdate(person, [person.clientID]));
    return driver.ask('awareness', 'a', message, connection, 'p0');
  };
  person.setLocalState({ name: 'back' });
  assert.equal(await tell(100), 'ok 00');
  assert.equal(await tell(101), 'ok 00');
  assert.equal(await driver.ask('awareness-leave', 'a', 100), '00');
  assert.ok(await isHere());
  await driver.ask('awareness-leave', 'a', 101);
  assert.ok(!(await isHere()));
  const back = await tell(102);
  assert.ok(!(await isHere()));
  applyAwarenessUpdate(person, unhex(back.slice('ok '.length)), null);
  assert.equal(await tell(102), 'ok 00');
  assert.ok(await isHere());
}

export async function runAwareness(driver) {
  const random = new Random(7);
  const people = Array.from({ length: 5 }, (_, at) => newAwareness(50 + at));
  const server = newAwareness(1);
  server.setLocalState(null);
  await driver.ask('awareness-new', 'a');
  const late = [];
  for (let step = 0; step < 300; step += 1) {
    const at = random.below(people.length);
    const state = random.chance(0.2) ? null : { name: `é😀 ${step}`, cursor: random.below(9) };
    people[at].setLocalState(state);
    late.push([at, encodeAwarenessUpdate(people[at], [50 + at])]);
    // Messages of a person come late, twice and out of order.
    if (random.chance(0.4)) continue;
    for (const [from, message] of random.shuffled(late.splice(0))) {
      applyAwarenessUpdate(server, message, null);
      assert.match(await driver.ask('awareness', 'a', hex(message), from, `p${from}`), /^ok/);
      if (random.chance(0.2)) late.push([from, message]);
    }
    const fresh = newAwareness(2);
    fresh.setLocalState(null);
    applyAwarenessUpdate(fresh, unhex(await driver.ask('awareness-all', 'a')), null);
    assert.deepEqual(statesOf(fresh), statesOf(server));
    fresh.destroy();
  }
  people[1].setLocalState({ name: 'somebody' });
  const forged = hex(encodeAwarenessUpdate(people[1], [51]));
  assert.equal(await driver.ask('awareness', 'a', forged, 0, 'p0'), 'refused not-yours');
  await comeBack(driver, people[0]);
  for (const each of [...people, server]) each.destroy();
}
