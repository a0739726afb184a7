import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../i18n/language.svelte';
import { expectedEndText } from './agenda-end';

const zone = 'Europe/Brussels';
const endMs = Date.UTC(2027, 4, 12, 13, 5);

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }));

describe('the expected end of an agenda', () => {
  it('S3: is an hour on the day itself', () => {
    setLanguage('fr');
    const morning = Date.UTC(2027, 4, 12, 7);
    expect(expectedEndText(endMs, zone, morning)).toBe('Fin estimée\u202f: 15:05');
  });

  it('S3 S7: names its day on any other, in the session’s zone', () => {
    const before = Date.UTC(2027, 4, 11, 21, 59);
    setLanguage('en');
    expect(expectedEndText(endMs, zone, before)).toBe('Expected end on 12 May at 15:05');
    setLanguage('fr');
    expect(expectedEndText(endMs, zone, before)).toBe('Fin estimée le 12 mai à 15:05');
  });
});
