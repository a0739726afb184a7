// Names with a form per language, while they are changed (S9).
import type { Text } from '../wire';
import { primaryMatch } from './names';

// The text with the form that this reader was shown replaced; the others stay.
export function withForm(text: Text | undefined, language: string, form: string): Text {
  if (text === undefined) return { text: form, translations: [] };
  const exact = text.translations.find((one) => one.language === language && one.text !== '');
  const shown = exact ?? primaryMatch(text, language);
  if (shown === undefined) return { ...text, text: form };
  const translations = text.translations.map((one) =>
    one === shown ? { ...one, text: form } : one,
  );
  return { ...text, translations };
}
