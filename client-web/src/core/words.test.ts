import { describe, expect, it } from 'vitest';
import { make } from '../testing/make';
import { standing } from './announcements';
import { formatCode, parseCode } from './codes';
import { withForm } from './forms';
import { cleanName, otherLanguage, pickText } from './names';
import { claimsOf } from './token';

const text = (first: string, forms: Record<string, string> = {}) => ({
  text: first,
  translations: Object.entries(forms).map(([language, form]) => ({ language, text: form })),
});

describe('names', () => {
  it('S9: the reader’s language, else the first', () => {
    const title = text('Welcome', { fr: 'Accueil', de: '' });
    expect(pickText(title, 'fr')).toBe('Accueil');
    expect(pickText(title, 'fr-BE')).toBe('Accueil');
    expect(pickText(title, 'nl')).toBe('Welcome');
    expect(pickText(title, 'de')).toBe('Welcome');
    expect(pickText(undefined, 'fr')).toBe('');
  });

  it('S9: the exact form goes before another of the same language', () => {
    expect(pickText(text('x', { 'pt-PT': 'facto', 'pt-BR': 'fato' }), 'pt-BR')).toBe('fato');
    expect(pickText(text('x', { 'fr-BE': 'septante' }), 'fr')).toBe('septante');
  });

  it('S9 A2: what is not in the reader’s language says which it is in', () => {
    const title = text('Welcome', { fr: 'Accueil', de: '' });
    expect(otherLanguage(title, 'fr', 'en')).toBeUndefined();
    expect(otherLanguage(title, 'fr-BE', 'en')).toBeUndefined();
    expect(otherLanguage(title, 'en', 'en-GB')).toBeUndefined();
    expect(otherLanguage(title, 'de', 'en')).toBe('en');
    expect(otherLanguage(text('Accueil'), 'en', 'fr')).toBe('fr');
    expect(otherLanguage(text('Accueil'), 'en', undefined)).toBeUndefined();
    expect(otherLanguage(undefined, 'en', 'fr')).toBeUndefined();
  });

  it('S9: the form that the reader saw is changed, and no other', () => {
    const title = text('Welcome', { fr: 'Accueil', nl: 'Welkom' });
    expect(withForm(title, 'fr', 'Ouverture')).toEqual(
      text('Welcome', { fr: 'Ouverture', nl: 'Welkom' }),
    );
    expect(withForm(title, 'nl-BE', 'Opening')).toEqual(
      text('Welcome', { fr: 'Accueil', nl: 'Opening' }),
    );
    expect(withForm(title, 'en', 'Opening')).toEqual(
      text('Opening', { fr: 'Accueil', nl: 'Welkom' }),
    );
    expect(withForm(undefined, 'fr', 'Ouverture')).toEqual(text('Ouverture'));
  });

  it('A5: bidi controls go, joiners stay, white space is one space', () => {
    expect(cleanName('  Ann\u202E\u2066a \u200F\n\tLee ')).toBe('Anna Lee');
    expect(cleanName('\u0645\u06cc\u200c\u062e')).toBe('\u0645\u06cc\u200c\u062e');
    expect(cleanName('\u{1F468}\u200D\u{1F469}')).toBe('\u{1F468}\u200D\u{1F469}');
    expect(cleanName('a\u0000b\u001fc')).toBe('a b c');
  });
});

describe('join codes', () => {
  it.each([
    ['12345678', '12345678'],
    [' https://plenary.example/j/12345678?lang=fr ', '12345678'],
    [' 1234 5678 ', '12345678'],
    ['1234-5678', '12345678'],
    ['1234\u20135678', '12345678'],
    ['1 2 3 4 5 6 7 8', '12345678'],
    ['\u0661\u0662\u0663\u0664 \u0665\u0666\u0667\u0668', '12345678'],
    ['\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18', '12345678'],
    ['\u0966\u0967\u0968\u0969\u096a\u096b\u096c\u096f', '01234569'],
  ])('P1: %j is %s', (typed, code) => expect(parseCode(typed)).toBe(code));

  it.each(['', '1234567', '123456789', '1234567a', '12345678.token'])('P1: %j is none', (typed) =>
    expect(parseCode(typed)).toBeUndefined(),
  );

  it('P1: shown in two groups of four', () => expect(formatCode('12345678')).toBe('1234 5678'));
});

describe('announcements', () => {
  it('S5: for everyone and the room, newest first, less what the reader put away', () => {
    const all = [
      make.announcement({ id: 'a', atMs: 1 }),
      make.announcement({ id: 'b', atMs: 3, roomId: 'crisis' }),
      make.announcement({ id: 'c', atMs: 2, roomId: 'human' }),
      make.announcement({ id: 'd', atMs: 4 }),
    ];
    const ids = (roomId: string, away: string[] = []) =>
      standing(all, roomId, new Set(away)).map(({ id }) => id);
    expect(ids('crisis')).toEqual(['d', 'b', 'a']);
    expect(ids('crisis', ['d'])).toEqual(['b', 'a']);
    expect(ids('plenary')).toEqual(['d', 'a']);
  });
});

describe('tokens', () => {
  const token = (claims: unknown) =>
    ['{"alg":"HS256"}', JSON.stringify(claims), 'signature']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');

  it('P1: says whose it is', () => {
    const claims = claimsOf(token({ sid: 's1', pid: 'p1', name: 'Zoë', dlg: 'd2' }));
    expect(claims).toEqual({
      sessionId: 's1',
      personId: 'p1',
      returns: false,
      role: '',
      roomId: '',
      name: 'Zoë',
      delegation: 'd2',
    });
    expect(claimsOf(token({ session: 's1', sub: 'x', role: 'moderator' }))?.role).toBe('moderator');
  });

  it.each([
    '',
    'a.b',
    'a.b.c',
    'a.b.c.d',
    '12345678',
    'new',
    token('text'),
    token(null),
    token({ pid: 'no session' }),
    `${token({ sid: 's' })} `,
    token({ sid: 'x'.repeat(9000) }),
  ])('P1: what is no token is none', (text) => expect(claimsOf(text)).toBeUndefined());
});
