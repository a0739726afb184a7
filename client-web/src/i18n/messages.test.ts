import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RefusalCode } from '../wire';
import { preferredLanguage, setLanguage } from './language.svelte';
import { m } from './index';
import { refusalText } from './refusals';
import { actFailureText, failureText } from '../components/failure';
import { outcomeText } from '../components/outcome';

type Messages = Record<string, unknown>;
const folder = new URL('../../messages/', import.meta.url);
const read = (language: string) =>
  JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) as Messages;
const languages = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));

// {name} in the text itself or in any of its variants.
const placeholders = (message: unknown) =>
  [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

function inLanguage<T>(language: 'en' | 'fr', say: () => T): T {
  (globalThis as { document?: unknown }).document ??= { documentElement: { lang: '' } };
  setLanguage(language);
  return say();
}

describe('messages', () => {
  it('A2: every language has the same keys, each with words', () => {
    expect(languages).toContain('fr');
    const keys = Object.keys(read('en')).sort();
    for (const language of languages) {
      const messages = read(language);
      expect(Object.keys(messages).sort(), language).toEqual(keys);
      for (const key of keys) expect(JSON.stringify(messages[key]), key).not.toBe('""');
    }
  });

  it('A2: every language fills in the same values', () => {
    const english = read('en');
    for (const language of languages) {
      const messages = read(language);
      for (const key of Object.keys(english)) {
        expect(placeholders(messages[key]), `${language} ${key}`).toEqual(
          placeholders(english[key]),
        );
      }
    }
  });

  it('A2: French is set as French is: narrow spaces that don’t break, true apostrophes', () => {
    for (const [key, message] of Object.entries(read('fr'))) {
      const text =
        typeof message === 'string' ? message : JSON.stringify(message).split('match')[1];
      expect(text, key).not.toMatch(/[ \u00a0][;:?!»](?!\w)|« |[a-zé]'/);
    }
  });

  it('A2: in French the plan and the estimate are two words, and a meeting is a séance', () => {
    const french = read('fr');
    expect(french['agenda_planned_end']).toMatch(/prévue/);
    for (const key of ['agenda_expected_end', 'editor_expected']) {
      expect(french[key], key).toMatch(/estimé/);
    }
    for (const [key, message] of Object.entries(french)) {
      expect(JSON.stringify(message), key).not.toMatch(/\b[Ss]essions?\b|\bla file\b/);
    }
  });

  it('A2: no language leaves a message in another’s words', () => {
    const [english, french] = [read('en'), read('fr')];
    // A word of its own in both; a longer text is not.
    const same = Object.keys(english).filter(
      (key) => english[key] === french[key] && /\p{L}{4,} \p{L}{2,}/u.test(String(english[key])),
    );
    expect(same).toEqual([]);
  });

  it('P2: the last moderator is not just in use', () => {
    const refusal = { code: RefusalCode.IN_USE, field: 'person_id', limit: 0 };
    expect(inLanguage('en', () => refusalText(refusal))).toMatch(/without a moderator/);
    expect(inLanguage('fr', () => refusalText({ ...refusal, field: 'preset' }))).toMatch(/utilisé/);
  });

  it('P5: a delegation in use can be renamed', () => {
    const refusal = { code: RefusalCode.IN_USE, field: 'delegation_id', limit: 0 };
    expect(inLanguage('en', () => refusalText(refusal))).toMatch(/invitations use .* name/);
    expect(inLanguage('fr', () => refusalText(refusal))).toMatch(/invitations .* nom/);
  });

  it('A2: every code of refusal has words of its own in every language', () => {
    const codes = Object.values(RefusalCode).filter((code) => typeof code === 'number');
    expect(codes.length).toBeGreaterThan(25);
    for (const language of ['en', 'fr'] as const) {
      const said = codes.map((code) => inLanguage(language, () => refusalText({ code, limit: 0 })));
      expect(new Set(said).size).toBe(codes.length);
      for (const text of said) expect(text.length).toBeGreaterThan(10);
    }
    expect(refusalText({ code: 4711 as RefusalCode, limit: 0 })).toBe(m.refusal_unspecified());
  });

  it('A2: a limit stands in the words', () => {
    for (const language of ['en', 'fr'] as const) {
      for (const code of [RefusalCode.BAD_FIELD, RefusalCode.LIMIT_REACHED]) {
        expect(inLanguage(language, () => refusalText({ code, limit: 120 }))).toContain('120');
      }
    }
  });

  it('C5: what came of a command is said', () => {
    expect(outcomeText({ kind: 'done', createdId: '' })).toBe('');
    expect(outcomeText({ kind: 'cancelled', createdId: '' })).toBe('');
    expect(outcomeText({ kind: 'cannot_act', createdId: '' })).toBe(m.cannot_act_now());
    expect(outcomeText({ kind: 'unknown', createdId: '' })).toBe(m.outcome_unknown());
    expect(failureText({ kind: 'unreachable' })).toBe(m.join_failed());
    expect(actFailureText({ kind: 'unreachable' })).toBe(m.act_unanswered());
    expect(actFailureText({ kind: 'shape', detail: '' })).toBe(m.act_unanswered());
  });

  it('A2: the language follows the reader’s choice, then the browser, then English', () => {
    expect(preferredLanguage(null, ['de', 'fr-CA', 'en'])).toBe('fr');
    expect(preferredLanguage('en', ['fr'])).toBe('en');
    expect(preferredLanguage('xx', ['nl'])).toBe('en');
    expect(preferredLanguage(null, [])).toBe('en');
  });
});
