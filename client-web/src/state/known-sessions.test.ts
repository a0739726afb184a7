import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetIdentity, remember } from './identity';
import { knownSessions, rememberSession } from './known-sessions';
import { store } from './storage';

const seen = (sessionId: string) => ({ sessionId, title: `T ${sessionId}`, date: '2027-05-12' });
const ids = () => knownSessions().map(({ sessionId }) => sessionId);

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  store('plenary.sessions', '[]');
});

describe('the way back', () => {
  it('P1: sessions seen with a token of one’s own, the last one first, at most three', () => {
    for (const id of ['a', 'b', 'c', 'd']) {
      remember(id, `token of ${id}`);
      rememberSession(seen(id));
    }
    expect(ids()).toEqual(['d', 'c', 'b']);
    rememberSession({ ...seen('b'), title: 'Renamed' });
    expect(knownSessions()[0]).toEqual({ ...seen('b'), title: 'Renamed' });
    expect(ids()).toEqual(['b', 'd', 'c']);
    forgetIdentity('d');
    expect(ids()).toEqual(['b', 'c']);
    rememberSession(seen('of a display')); // no person's token
    expect(ids()).toEqual(['b']);
  });

  it('P1: what is stored may be anything', () => {
    remember('a', 'token');
    for (const junk of ['', '{', '{}', '[1, null, {}]', '[{"sessionId": 1}]']) {
      store('plenary.sessions', junk);
      expect(ids()).toEqual([]);
    }
    rememberSession(seen('a'));
    expect(ids()).toEqual(['a']);
  });
});
