import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browserKey, displayIdentityOf, forgetIdentity, identityOf, readLink } from './identity';
import { rememberRemoval, takeTokenFromAddress, wasRemoved } from './identity';
import { putAwayIn } from './put-away';
import { store, stored } from './storage';

const token = (claims: unknown) =>
  ['{}', JSON.stringify(claims), 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

const address = { hash: '', pathname: '/s/s1', search: '' };
let entry: unknown = null;
let shown = '';
const working = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};

beforeEach(() => {
  entry = null;
  vi.stubGlobal('location', address);
  vi.stubGlobal('history', {
    get state() {
      return entry;
    },
    replaceState(state: unknown, _title: string, path: string) {
      entry = state;
      shown = path;
      address.hash = '';
    },
  });
  vi.stubGlobal('localStorage', working());
});

describe('who this browser is', () => {
  it('P4: a removal is remembered of the token that it befell, and of no later one', () => {
    store('plenary.token.gone', 'first');
    const before = identityOf('gone');
    expect(before && wasRemoved(before)).toBe(false);
    rememberRemoval('gone');
    expect(before && wasRemoved(before)).toBe(true);
    store('plenary.token.gone', 'second');
    const after = identityOf('gone');
    expect(after && wasRemoved(after)).toBe(false);
  });

  it('P1: the key is made once, 16 random bytes', () => {
    const key = browserKey();
    expect(key).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(browserKey()).toBe(key);
    vi.stubGlobal('localStorage', working());
    expect(stored('plenary.key')).toBe(key); // what storage lost, this page still knows
  });

  it('P1: works, for as long as the page stands, where storage is switched off', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    store('name', 'value');
    expect(stored('name')).toBe('value');
    expect(browserKey()).toBe(browserKey());
  });

  it('P1: a link’s token leaves the address bar and survives a reload', () => {
    const link = token({ sid: 's1', inv: 'i', role: 'moderator' });
    address.hash = `#${link}`;
    expect(takeTokenFromAddress()).toBe(link);
    expect(shown).toBe('/s/s1');
    expect(shown).not.toContain(link);
    expect(takeTokenFromAddress()).toBe(link); // from the history's entry
  });

  it('P1: a fragment that is no token is left alone', () => {
    address.hash = '#hand';
    expect(takeTokenFromAddress()).toBe('');
    expect(address.hash).toBe('#hand');
  });

  it('P1: a person’s token is kept per session, an invitation has to be exchanged', () => {
    const person = token({ sid: 's1', pid: 'p' });
    expect(readLink(person)?.kind).toBe('identity');
    expect(identityOf('s1')?.token).toBe(person);
    expect(identityOf('s2')).toBeUndefined();
    const invitation = readLink(token({ sid: 's3', inv: 'i', role: 'moderator', name: 'Ada' }));
    expect(invitation).toMatchObject({ kind: 'invitation', sessionId: 's3', name: 'Ada' });
    expect(identityOf('s3')).toBeUndefined();
    forgetIdentity('s1');
    expect(identityOf('s1')).toBeUndefined();
  });

  it('P7: a return link’s token leads back, and is no identity before it has', () => {
    const back = readLink(token({ sid: 's1', ret: 'r' }));
    expect(back).toMatchObject({ kind: 'invitation', sessionId: 's1', returns: true });
    expect(readLink(token({ sid: 's1', inv: 'i', role: 'moderator' }))).toMatchObject({
      returns: false,
    });
    expect(identityOf('s1')).toBeUndefined();
  });

  it('D1: a display’s token is used as it is, and never instead of the person’s', () => {
    const person = token({ sid: 's1', pid: 'p' });
    const display = token({ sid: 's1', inv: 'i', role: 'display', room: 'plenary' });
    readLink(person);
    expect(readLink(display)).toMatchObject({ kind: 'identity', identity: { display: true } });
    expect(identityOf('s1')?.token).toBe(person);
    expect(displayIdentityOf('s1')).toEqual({ sessionId: 's1', token: display, display: true });
  });

  it('S5: what was put away is read with care', () => {
    for (const bad of ['{', '{}', '"x"', '[1, null, "a"]']) {
      store('plenary.put-away.s9', bad);
      expect(putAwayIn('s9')).toEqual(bad.startsWith('[') ? ['a'] : []);
    }
  });
});
