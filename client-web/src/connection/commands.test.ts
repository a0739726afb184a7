import { describe, expect, it } from 'vitest';
import { RefusalCode, RequestKind, type CommandBody } from '../wire';
import * as limits from './limits';
import { Harness, live } from './testing/harness';

const raise = (roomId = 'plenary', note = ''): CommandBody => ({
  case: 'requestFloor',
  value: { roomId, kind: RequestKind.HAND, note },
});

describe('commands', () => {
  it('C2: is done when the view shows it', () => {
    const harness = live();
    const id = harness.command();
    expect(harness.machine.pending).toHaveLength(1);
    harness.run(100);
    expect(harness.outcomes.get(id)).toEqual({ kind: 'done', createdId: id });
    expect(harness.shown).toEqual([id]);
    expect(harness.machine.pending).toHaveLength(0);
  });

  it('C2: is pending until the view has reached the reply’s position, but not for ever', () => {
    const harness = live();
    harness.server.flush = () => undefined;
    const id = harness.command();
    harness.run(1000);
    expect(harness.machine.pending[0]?.state.kind).toBe('accepted');
    expect(harness.outcomes.has(id)).toBe(false);
    harness.run(limits.settleWithinMs);
    expect(harness.outcomes.get(id)?.kind).toBe('done');
  });

  it('C2: a lost reply: the same id again, and it acts once', () => {
    const harness = live();
    const id = harness.command(true, raise());
    harness.run(11); // it has arrived; its answer has not
    harness.drop();
    expect(harness.server.acted.has(id)).toBe(true);
    expect(harness.outcomes.has(id)).toBe(false);
    harness.run(2000);
    expect(harness.outcomes.get(id)?.kind).toBe('done');
    expect(harness.submitted.get(id)).toBe(2);
    expect(harness.shown).toEqual([id]);
  });

  it('C2: a reply that never comes on a standing connection is asked for again', () => {
    const harness = live();
    const hear = harness.server.hear.bind(harness.server);
    let lost = 0;
    harness.server.hear = (line, bytes) => {
      hear(line, bytes);
      if (lost > 0) return;
      const before = line.out.length;
      line.out.splice(0, before, ...line.out.filter(({ body }) => body?.case !== 'reply'));
      lost += before - line.out.length;
    };
    const id = harness.command();
    harness.run(limits.replyWithinMs + 100);
    expect(lost).toBe(1);
    expect(harness.outcomes.get(id)?.kind).toBe('done');
    expect(harness.submitted.get(id)).toBe(2);
  });

  it('C2: UNAVAILABLE is tried again with the same id, backing off, and not for ever', () => {
    const harness = live();
    harness.server.unavailable = 3;
    const id = harness.command();
    harness.run(200);
    expect(harness.machine.pending[0]?.state.kind).toBe('waiting');
    harness.run(5000);
    expect(harness.outcomes.get(id)?.kind).toBe('done');
    expect(harness.submitted.get(id)).toBe(4);

    harness.server.unavailable = 1000;
    const never = harness.command(true, raise());
    harness.run(120_000);
    expect(harness.outcomes.get(never)).toMatchObject({
      kind: 'refused',
      refusal: { code: RefusalCode.UNAVAILABLE },
    });
    expect(harness.submitted.get(never)).toBe(limits.mostTries);
  });

  it('C5: a moderator’s button does nothing while not live, and nothing later', () => {
    const harness = live();
    harness.network.up = false;
    harness.drop();
    const id = harness.command();
    expect(harness.outcomes.get(id)?.kind).toBe('cannot_act');
    harness.network.up = true;
    harness.run(60_000);
    expect(harness.live).toBe(true);
    expect(harness.submitted.has(id)).toBe(false);
  });

  it('C5: neither before the first view', () => {
    const harness = new Harness();
    harness.take({ kind: 'start' });
    const id = harness.command();
    expect(harness.outcomes.get(id)?.kind).toBe('cannot_act');
  });

  it('C5: a moderator’s command that was sent is not sent again long after', () => {
    const harness = live();
    const id = harness.command();
    harness.network.up = false;
    harness.drop(); // before it arrived
    harness.run(limits.resendForMs);
    expect(harness.outcomes.get(id)?.kind).toBe('unknown');
    harness.network.up = true;
    harness.run(60_000);
    expect(harness.live).toBe(true);
    expect(harness.submitted.get(id)).toBe(1);
    expect(harness.server.acted.has(id)).toBe(false);
  });

  it('C5: raise and withdraw are kept while offline and go out in order', () => {
    const harness = live();
    harness.network.up = false;
    harness.drop();
    const lower: CommandBody = { case: 'withdrawRequest', value: { requestId: 'r1' } };
    const first = harness.command(true, lower);
    const second = harness.command(true, raise());
    harness.run(60_000);
    expect(harness.machine.pending.map(({ state }) => state.kind)).toEqual(['kept', 'kept']);
    harness.network.up = true;
    harness.run(31_000);
    expect(harness.outcomes.get(first)?.kind).toBe('done');
    expect(harness.outcomes.get(second)?.kind).toBe('done');
    const acted = [...harness.server.acted.keys()];
    expect(acted).toEqual([first, second]);
  });

  it('C5: a hand that waited for 5 minutes is not raised: the page asks again', () => {
    const harness = live();
    harness.network.up = false;
    harness.drop();
    const id = harness.command(true, raise());
    harness.run(limits.expiredAfterMs - limits.expiryMarginMs - 100);
    expect(harness.outcomes.has(id)).toBe(false);
    harness.run(200);
    expect(harness.outcomes.get(id)).toMatchObject({
      kind: 'refused',
      refusal: { code: RefusalCode.EXPIRED },
    });
    harness.network.up = true;
    harness.run(60_000);
    expect(harness.submitted.has(id)).toBe(false);
  });

  it('C5: the sleep of a phone counts too, in which the browser’s own clock stands still', () => {
    const harness = live();
    harness.network.up = false;
    harness.drop();
    const late = harness.command(true, raise());
    harness.wallAheadMs = limits.expiredAfterMs;
    harness.network.up = true;
    harness.take({ kind: 'woken' });
    harness.run(1000);
    expect(harness.live).toBe(true);
    expect(harness.outcomes.get(late)).toMatchObject({ refusal: { code: RefusalCode.EXPIRED } });
    expect(harness.submitted.has(late)).toBe(false);

    harness.network.up = false;
    harness.drop();
    const inTime = harness.command(true, raise());
    harness.wallAheadMs += 60_000;
    harness.network.up = true;
    harness.take({ kind: 'woken' });
    harness.run(1000);
    expect(harness.outcomes.get(inTime)?.kind).toBe('done');
    // As old as it is, by the server's clock.
    expect(harness.server.nowMs() - (harness.server.issuedAt.get(inTime) ?? 0)).toBeGreaterThan(
      60_000,
    );
  });

  it('C5 C2: what was kept before a reload goes out with the id and the age that it has', () => {
    const before = live();
    const id = before.command(true, raise());
    before.run(100);
    const { server } = before;
    const earlier = { id, ageMs: 60_000, sent: true };
    const harness = new Harness(0, () => 0.5, false, server);
    harness.command(true, raise(), earlier);
    const other = { id: 'f'.repeat(32), ageMs: 200_000, sent: false };
    harness.command(true, raise('crisis'), other);
    const old = { id: 'e'.repeat(32), ageMs: limits.expiredAfterMs, sent: false };
    harness.command(true, raise('other'), old);
    harness.take({ kind: 'start' });
    harness.run(1000);
    expect(harness.outcomes.get(id)?.kind).toBe('done');
    expect(server.acted.size).toBe(2);
    expect(harness.outcomes.get(other.id)?.kind).toBe('done');
    expect(server.nowMs() - (server.issuedAt.get(other.id) ?? 0)).toBeGreaterThan(190_000);
    expect(harness.outcomes.get(old.id)).toMatchObject({ refusal: { code: RefusalCode.EXPIRED } });
  });

  it('C5: with clocks hours apart a kept hand is still in time', () => {
    for (const skewMs of [-7 * 3600_000, 11 * 3600_000]) {
      const harness = live(new Harness(skewMs));
      harness.network.up = false;
      harness.drop();
      const id = harness.command(true, raise());
      harness.run(200_000);
      harness.network.up = true;
      harness.run(31_000);
      expect(harness.outcomes.get(id)?.kind).toBe('done');
    }
  });

  it('Q4: raising again while it waits replaces the note, another room’s hand stays', () => {
    const harness = live();
    harness.network.up = false;
    harness.drop();
    const first = harness.command(true, raise('plenary', 'first'));
    const other = harness.command(true, raise('crisis'));
    const second = harness.command(true, raise('plenary', 'second'));
    expect(harness.outcomes.get(first)?.kind).toBe('cancelled');
    harness.network.up = true;
    harness.run(31_000);
    expect([...harness.server.acted.keys()]).toEqual([other, second]);
  });

  it('C5: what was not sent can be taken back, what was sent cannot', () => {
    const harness = live();
    const sent = harness.command(true, raise());
    harness.take({ kind: 'cancel', id: sent });
    expect(harness.outcomes.has(sent)).toBe(false);
    harness.run(100);
    harness.network.up = false;
    harness.drop();
    const kept = harness.command(true, raise());
    harness.take({ kind: 'cancel', id: kept });
    expect(harness.outcomes.get(kept)?.kind).toBe('cancelled');
    harness.network.up = true;
    harness.run(31_000);
    expect(harness.submitted.has(kept)).toBe(false);
  });

  it('C2: only so many are on their way at once', () => {
    const harness = live();
    harness.server.hear = () => undefined;
    const ids = Array.from({ length: limits.mostPending + 1 }, () => harness.command());
    expect(harness.machine.pending).toHaveLength(limits.mostPending);
    expect(harness.outcomes.get(ids.at(-1) ?? '')).toMatchObject({
      refusal: { code: RefusalCode.RATE_LIMITED },
    });
  });
});
