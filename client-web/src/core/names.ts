// Names as they are shown.
import type { Text } from '../wire';

// The form in the reader's language, else the first (S9).
export function pickText(text: Text | undefined, language: string): string {
  if (text === undefined) return '';
  const wanted = text.translations.find((form) => form.language === language && form.text !== '');
  return (wanted ?? primaryMatch(text, language) ?? text).text;
}

// The language of what pickText gives, where it is not the reader's: a missing form is the first,
// and that is written in the session's first language (S9, A2).
export function otherLanguage(
  text: Text | undefined,
  language: string,
  first: string | undefined,
): string | undefined {
  if (text === undefined || first === undefined || primaryMatch(text, language)) return undefined;
  return primaryOf(first) === primaryOf(language) ? undefined : first;
}

// "fr" is served by "fr-BE" and the other way round.
export function primaryMatch(text: Text, language: string) {
  const primary = primaryOf(language);
  return text.translations.find((form) => primaryOf(form.language) === primary && form.text !== '');
}

function primaryOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}

// Controls that turn the direction of what follows are taken out; joiners, which Persian, Hindi and
// emoji need, stay (A5). Other control characters and runs of white space become one space.
export function cleanName(name: string): string {
  return name
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}
