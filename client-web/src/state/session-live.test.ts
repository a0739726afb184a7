// How fresh what is shown is (C3, D1).
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeConnection } from '../testing/fake-connection';
import { Session } from './session.svelte';

const now = Date.parse('2027-05-12T07:30:00Z');
let connection: FakeConnection;
let session: Session;

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => null });
  vi.stubGlobal('document', { hidden: true, addEventListener: () => undefined });
  connection = new FakeConnection(now);
  session = new Session({ sessionId: 's', token: 'token', display: false }, connection);
});

describe('fresh', () => {
  it('D1: how old it may be is counted from the last sign of life, in the server’s time', () => {
    const clock = { offsetMs: 5000, errorMs: 1, atMs: 0 };
    const live = { status: { kind: 'live' }, clock, freshAtMs: now - 5000 } as const;
    connection.become(live);
    expect(session.nowMs - session.freshAtMs).toBe(0);
    connection.nowMs += 4000;
    connection.become({ status: { kind: 'offline', retryAtMs: 0 } });
    connection.nowMs += 1500;
    connection.become({ status: { kind: 'connecting' } });
    expect(session.nowMs - session.freshAtMs).toBe(5500);
  });

  it('C3: a sign of life that is overdue is told long before the connection is given up', () => {
    connection.become({ status: { kind: 'live' }, freshAtMs: now });
    connection.nowMs += 11_500; // a heartbeat every 10 s
    connection.become({});
    expect(session.connection.kind).toBe('live');
    connection.nowMs += 1000;
    connection.become({});
    expect(session.connection.kind).toBe('slow');
    expect(session.live).toBe(true);
    connection.become({ freshAtMs: connection.nowMs });
    expect(session.connection.kind).toBe('live');
  });
});
