// The language of the page: that of the link (?lang=fr), else the reader's own choice, else the
// first of the browser's languages that there are messages for. Reading it in a page or a message
// subscribes, so a switch shows at once, without a reload.
import { baseLocale, locales, overwriteGetLocale } from './generated/runtime.js';

export type Language = (typeof locales)[number];
export const languages: readonly Language[] = locales;
// Each in itself. Intl.DisplayNames knows them, and takes a slow phone a tenth of a second (A3).
export const ownNames: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français' };

const storageKey = 'plenary.language';

function isLanguage(value: string | null | undefined): value is Language {
  return languages.includes(value as Language);
}

export function preferredLanguage(chosen: string | null, wanted: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0];
    if (isLanguage(primary)) return primary;
  }
  return baseLocale;
}

function chosenBefore(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null; // storage is switched off: the browser's language stands
  }
}

// What a link was made for holds for its page alone, until the reader chooses.
const languageOfLink = () => new URL(location.href).searchParams.get('lang');

function dropLanguageOfLink(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('lang')) return;
  address.searchParams.delete('lang');
  history.replaceState(history.state, '', address);
}

const start =
  typeof document === 'undefined'
    ? baseLocale
    : preferredLanguage(languageOfLink() ?? chosenBefore(), navigator.languages);
let language = $state<Language>(start);

export function currentLanguage(): Language {
  return language;
}

export function setLanguage(chosen: Language): void {
  language = chosen;
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(storageKey, chosen);
    dropLanguageOfLink();
  } catch {
    // It holds until the page is closed.
  }
}

overwriteGetLocale(() => language);
if (typeof document !== 'undefined') document.documentElement.lang = start;
