import { beforeEach, expect, it, vi } from 'vitest';
import { make } from '../testing/make';
import { forgetIdentity, remember } from './identity';
import { nameOf, rememberName } from './known-name';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});

it('P1: who the browser is in a session is known for as long as it is that person', () => {
  const identity = remember('s1', 'token');
  expect(nameOf('s1')).toBe('');
  rememberName(identity, undefined);
  rememberName(identity, make.personal({ name: 'Nino Beridze' }));
  expect(nameOf('s1')).toBe('Nino Beridze');
  rememberName(identity, make.personal({ name: 'N. Beridze' }));
  expect(nameOf('s1')).toBe('N. Beridze');
  rememberName({ ...identity, display: true }, make.personal({ name: 'a display' }));
  remember('s1', 'token');
  expect(nameOf('s1')).toBe('N. Beridze');
  remember('s1', 'another person’s');
  expect(nameOf('s1')).toBe('');
  rememberName(identity, make.personal({ name: 'Zurab Lomidze' }));
  forgetIdentity('s1');
  expect(nameOf('s1')).toBe('');
});
