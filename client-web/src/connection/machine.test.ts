import { describe, expect, it } from 'vitest';
import * as limits from './limits';
import { Harness, live } from './testing/harness';

describe('coming in', () => {
  it('C1: Hello first, then the whole view', () => {
    const harness = new Harness();
    harness.server.append({ put: 'a' });
    live(harness);
    expect(harness.sent[0]).toBe('hello');
    expect(harness.shown).toEqual(['a']);
  });

  it('C1: comes back with its position and gets what changed since, once', () => {
    const harness = live();
    harness.drop();
    expect(harness.machine.status.kind).toBe('offline');
    harness.server.append({ put: 'missed' });
    harness.run(1000);
    expect(harness.live).toBe(true);
    expect(harness.machine.welcome?.resumed).toBe(true);
    expect(harness.shown).toEqual(['missed']);
  });

  it('C1: too far behind, it gets one whole view', () => {
    const harness = live();
    harness.drop();
    for (let n = 0; n < 50; n += 1) harness.server.append({ put: `entry ${n}` });
    harness.run(1000);
    expect(harness.machine.welcome?.resumed).toBe(false);
    expect(harness.shown).toHaveLength(50);
  });

  it('C3: what it shows stays while offline, and it says since when', () => {
    const harness = live();
    harness.server.append({ put: 'a' });
    harness.server.flush();
    harness.deliver();
    harness.run(50);
    const lostAt = harness.ownMs;
    harness.network.up = false;
    harness.drop();
    harness.run(120_000);
    expect(harness.machine.lostAtMs).toBe(lostAt);
    expect(harness.shown).toEqual(['a']);
    harness.network.up = true;
    harness.run(31_000);
    expect(harness.live).toBe(true);
    expect(harness.machine.lostAtMs).toBeUndefined();
  });

  it('C3: a server that accepts but never welcomes is given up and tried again', () => {
    const harness = new Harness();
    harness.server.hear = () => undefined;
    harness.take({ kind: 'start' });
    harness.run(limits.openWithinMs + 1000);
    expect(harness.sent.filter((sent) => sent === 'hello').length).toBeGreaterThan(1);
  });

  it('C1: a network that is back is used at once, whatever hung or failed without it', () => {
    const harness = live();
    harness.network.up = false;
    harness.drop();
    harness.run(300_000);
    harness.network.up = true;
    harness.take({ kind: 'online' });
    harness.run(limits.returnSpreadMs + 100);
    expect(harness.live).toBe(true);

    harness.network.silent = true; // a try that nobody answers
    harness.drop();
    harness.run(limits.firstRetryMs + 100);
    expect(harness.live).toBe(false);
    harness.network.silent = false;
    harness.take({ kind: 'online' });
    harness.run(limits.returnSpreadMs + 100);
    expect(harness.live).toBe(true);
  });
});

describe('a view that does not follow', () => {
  it('C1: closes with resync and comes back by its position', () => {
    const harness = live();
    harness.server.append({ put: 'a' });
    const gap = { seq: 9, id: Uint8Array.of(9) };
    const change = { from: gap, to: { seq: 10, id: Uint8Array.of(10) }, put: [], removed: [] };
    harness.line?.out.push({ body: { case: 'change', value: change } });
    harness.deliver();
    harness.run(20);
    expect(harness.machine.status.kind).toBe('offline');
    harness.run(1000);
    expect(harness.live).toBe(true);
    expect(harness.shown).toEqual(['a']);
  });

  it('C1: a resumed view that does not fit is asked for as a whole: no endless loop', () => {
    const harness = live();
    // A server that resumes from anywhere and then sends what does not follow.
    const right = harness.server.change.bind(harness.server);
    harness.server.change = (from) => {
      const change = right(from);
      if (change?.body?.case !== 'change') return change;
      const wrong = { seq: from.seq, id: Uint8Array.of(99) };
      return { body: { case: 'change', value: { ...change.body.value, from: wrong } } };
    };
    harness.drop();
    harness.server.append({ put: 'a' });
    harness.run(5000);
    expect(harness.live).toBe(true);
    expect(harness.machine.welcome?.resumed).toBe(false);
    expect(harness.shown).toEqual(['a']);
    expect(harness.sent.filter((sent) => sent === 'hello')).toHaveLength(3);
  });

  it('C1: another history under the same numbers is noticed', () => {
    const harness = live();
    harness.server.append({ put: 'lost' });
    harness.server.flush();
    harness.deliver();
    harness.run(50);
    harness.drop();
    harness.server.fork(1);
    harness.server.append({ put: 'instead' });
    harness.run(2000);
    expect(harness.live).toBe(true);
    expect(harness.shown).toEqual(['instead']);
  });

  it('C1: bytes that are no batch close the socket', () => {
    const harness = live();
    harness.take({ kind: 'garbled' });
    expect(harness.machine.status.kind).toBe('offline');
    harness.run(1000);
    expect(harness.live).toBe(true);
  });

  it('C1: batches that come twice or late change nothing', () => {
    const harness = live();
    harness.server.doubled = true;
    const old = harness.server.head;
    harness.server.append({ put: 'a' });
    const late = harness.server.change(old);
    harness.server.flush();
    harness.server.append({ put: 'b' });
    harness.server.flush();
    if (late !== undefined) harness.line?.out.push(late);
    harness.deliver();
    harness.run(50);
    expect(harness.live).toBe(true);
    expect(harness.shown).toEqual(['a', 'b']);
    expect(harness.sent.filter((sent) => sent === 'hello')).toHaveLength(1);
  });
});

describe('closing', () => {
  it.each([
    [4500, 'bad_message'],
    [4501, 'too_big'],
    [4502, 'unknown_token'],
    [4503, 'removed'],
    [4504, 'revoked'],
    [4505, 'session_gone'],
    [4506, 'replaced'],
    [4777, 'other'],
  ])('C3: %d ends it: %s', (code, reason) => {
    for (const withBye of [true, false]) {
      const harness = live();
      if (withBye) harness.bye(code, false);
      else harness.drop(code);
      harness.run(200_000);
      expect(harness.machine.status).toEqual({ kind: 'ended', reason });
      expect(harness.sent.filter((sent) => sent === 'hello')).toHaveLength(1);
    }
  });

  it.each([4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4499, 1000, 1001, 1006, 1011])(
    'C1: after %d it comes back',
    (code) => {
      const harness = live();
      harness.bye(code, true);
      harness.run(2000);
      expect(harness.live).toBe(true);
    },
  );

  it('C1: what the Bye said counts where the browser only saw the socket go', () => {
    const harness = live();
    harness.line?.out.push({ body: { case: 'bye', value: { code: 4503, retry: false } } });
    harness.deliver();
    harness.run(20);
    harness.drop(1006);
    expect(harness.machine.status).toEqual({ kind: 'ended', reason: 'removed' });
  });

  it('C1: waits about as long as the server asks, at random around it', () => {
    for (const [random, afterMs] of [
      [0, 10_000],
      [0.5, 20_000],
      [0.999, 29_980],
    ] as const) {
      const harness = live(new Harness(0, () => random));
      harness.bye(4001, true, 20_000);
      harness.run(50);
      const { status } = harness.machine;
      if (status.kind !== 'offline') throw new Error(status.kind);
      expect(Math.abs(status.retryAtMs - harness.ownMs - afterMs)).toBeLessThan(60);
    }
  });

  it('C1: backs off with jitter, doubling from 0.5 s to 30 s, and anew after it worked', () => {
    const harness = live(new Harness(0, () => 0.999999));
    harness.run(limits.stableAfterMs);
    harness.network.up = false;
    const waits: number[] = [];
    harness.drop();
    for (let n = 0; n < 9; n += 1) {
      const { status } = harness.machine;
      if (status.kind !== 'offline') throw new Error(status.kind);
      waits.push(Math.round(status.retryAtMs - harness.ownMs));
      harness.run(status.retryAtMs - harness.ownMs + 10);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    harness.network.up = true;
    harness.run(31_000);
    harness.run(limits.stableAfterMs);
    harness.drop();
    const { status } = harness.machine;
    if (status.kind !== 'offline') throw new Error(status.kind);
    expect(Math.round(status.retryAtMs - harness.ownMs)).toBe(500);
  });

  it('C1: a connection that breaks as soon as it is live does not start anew at 0.5 s', () => {
    const harness = live();
    for (let n = 0; n < 6; n += 1) {
      harness.drop();
      const { status } = harness.machine;
      if (status.kind !== 'offline') throw new Error(status.kind);
      harness.run(status.retryAtMs - harness.ownMs + 60);
    }
    expect(harness.machine.attempt).toBe(6);
  });

  it('C3: stopping is the end', () => {
    const harness = live();
    const id = harness.command();
    harness.take({ kind: 'stop' });
    expect(harness.machine.status).toEqual({ kind: 'ended', reason: 'left' });
    expect(harness.outcomes.get(id)?.kind).toBe('unknown');
    harness.run(100_000);
    expect(harness.machine.status.kind).toBe('ended');
  });
});

describe('silence', () => {
  it('C3: 25 s without anything: the connection is dead, whatever the socket says', () => {
    const harness = live();
    harness.network.silent = true;
    harness.run(limits.silenceMs - 1000);
    expect(harness.live).toBe(true);
    harness.run(1100);
    expect(harness.live).toBe(false);
    harness.network.silent = false;
    harness.run(15_000);
    expect(harness.live).toBe(true);
  });

  it('C3: the server’s heartbeats keep it, and are echoed', () => {
    const harness = live();
    for (let n = 0; n < 12; n += 1) {
      harness.line?.out.push(harness.server.heartbeat());
      harness.deliver();
      harness.run(10_000);
    }
    expect(harness.live).toBe(true);
    expect(harness.sent.filter((sent) => sent === 'hello')).toHaveLength(1);
    expect(harness.sent.filter((sent) => sent === 'heartbeat').length).toBeGreaterThan(12);
  });

  it('D1: a display notices within 5 s', () => {
    const harness = live(new Harness(0, () => 0.5, true));
    harness.run(60_000);
    expect(harness.live).toBe(true);
    harness.network.silent = true;
    harness.run(5000);
    expect(harness.live).toBe(false);
  });

  it('D1: no try to connect makes what is shown any fresher', () => {
    const harness = live(new Harness(0, () => 0.5, true));
    harness.run(10_000);
    const heard = harness.machine.freshAtMs;
    expect(harness.ownMs - heard).toBeLessThan(limits.vigilantAskEveryMs + 100);
    harness.network.silent = true;
    harness.run(30_000);
    expect(harness.machine.freshAtMs - heard).toBeLessThanOrEqual(limits.vigilantAskEveryMs);
    harness.network.silent = false;
    harness.run(30_000);
    expect(harness.live).toBe(true);
    expect(harness.ownMs - harness.machine.freshAtMs).toBeLessThan(5000);
  });

  it('C3: a page that wakes up asks whether anybody is there', () => {
    const harness = live();
    harness.take({ kind: 'woken' });
    harness.run(limits.probeMs + 100);
    expect(harness.live).toBe(true);
    harness.network.silent = true;
    harness.take({ kind: 'woken' });
    harness.run(limits.probeMs + 100);
    expect(harness.live).toBe(false);
  });

  it('C1: a network that is back is used at once, but not by everybody in one instant', () => {
    const harness = live();
    harness.network.up = false;
    harness.drop();
    harness.run(100_000);
    harness.network.up = true;
    harness.take({ kind: 'online' });
    const { status } = harness.machine;
    if (status.kind !== 'offline') throw new Error(status.kind);
    expect(status.retryAtMs - harness.ownMs).toBe(limits.returnSpreadMs / 2);
    harness.run(1000);
    expect(harness.live).toBe(true);
  });
});

describe('clocks', () => {
  it.each([0, -9 * 3600_000, 30 * 3600_000])(
    'T1: the server’s time within 250 ms, %d off',
    (skew) => {
      const harness = new Harness(skew);
      let slow = true;
      harness.network.delayMs = () => (slow ? 700 : 20);
      harness.take({ kind: 'start' });
      harness.run(5000);
      slow = false;
      harness.run(10_000);
      expect(harness.live).toBe(true);
      expect(Math.abs(harness.machine.clock.offsetMs - skew)).toBeLessThan(250);
    },
  );

  it('T1: a heartbeat that crosses a question for the time does not spoil it', () => {
    const harness = live();
    harness.network.delayMs = () => 400;
    const stale = harness.server.heartbeat();
    harness.run(5000);
    harness.line?.out.push(stale);
    harness.deliver();
    harness.run(60_000);
    harness.line?.out.push(harness.server.heartbeat());
    harness.deliver();
    harness.run(60_000);
    expect(Math.abs(harness.machine.clock.offsetMs)).toBeLessThan(250);
  });
});

describe('questions', () => {
  it('Q10: are answered, and lost with the connection', () => {
    const harness = live();
    const id = 'ab'.repeat(16);
    harness.take({ kind: 'question', id, body: { case: 'listQueue', value: { roomId: 'a' } } });
    harness.run(100);
    expect(harness.answers.get(id)).toMatchObject({ case: 'queue', value: { total: 7 } });
    const lost = 'cd'.repeat(16);
    const body = { case: 'explainPlace' as const, value: { requestId: 'r' } };
    harness.take({ kind: 'question', id: lost, body });
    harness.drop();
    expect(harness.answers.has(lost)).toBe(true);
    expect(harness.answers.get(lost)).toBeUndefined();
    harness.take({ kind: 'question', id: 'ef'.repeat(16), body }); // while offline
    expect(harness.answers.size).toBe(3);
  });
});
