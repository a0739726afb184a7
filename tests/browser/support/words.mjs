// The words of the pages in a language, read from where the pages have them: no text stands twice,
// and a test is written once for all languages.
import { readFileSync } from 'node:fs';

const folder = new URL('../../../client-web/messages/', import.meta.url);
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const languages = ['en', 'fr'];

// `say(key, values)` is a text; `say.like(key, values)` the pattern of one, for texts in which
// something is not known beforehand: `say.like('display_resumes', { time: /\d\d:\d\d/ })`.
function wordsOf(language) {
  const messages = JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8'));
  const plural = new Intl.PluralRules(language);
  const formOf = (key, values) => {
    const message = messages[key];
    if (message === undefined) throw new Error(`messages/${language}.json has no ${key}`);
    if (typeof message === 'string') return message;
    const { match } = message[0];
    return match[`many=${plural.select(values.count)}`] ?? match['many=other'];
  };
  const value = (key, values, name) => {
    if (!(name in values)) throw new Error(`${key} needs ${name}`);
    return values[name];
  };
  const say = (key, values = {}) =>
    formOf(key, values).replace(/\{(\w+)\}/g, (_, name) => value(key, values, name));
  say.language = language;
  // Spaces that don't break are spaces, as in what the tests look for elsewhere.
  say.like = (key, values = {}) => {
    const parts = formOf(key, values).split(/\{(\w+)\}/);
    const patterns = parts.map((part, index) => {
      if (index % 2 === 0) return escape(part).replace(/\s+/g, '\\s+');
      const given = value(key, values, part);
      return given instanceof RegExp ? given.source.replace(/^\^|\$$/g, '') : escape(`${given}`);
    });
    return new RegExp(`^${patterns.join('')}$`);
  };
  return say;
}

const known = new Map(languages.map((language) => [language, wordsOf(language)]));

// Of a language, or of a page that newPage() made for one.
export const wordsIn = (language) => known.get(language);
export const wordsOn = (page) => page.say ?? known.get('en');
