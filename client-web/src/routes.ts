// Which page an address names (product.md, "Pages"). The server answers these paths with
// index.html.
//
//   /             enter with a code; with the organizer's key as fragment, create a session
//   /j/12345678   enter with this code, as QR codes carry it
//   /s/SESSION    the page that fits the reader's role; below it moderate, minutes, display, record
//
// A token in the fragment is taken out of the address bar by state/identity.ts.
import { parseCode } from './core/codes';

export type SubPage = 'moderate' | 'minutes' | 'display' | 'record';
export type Route =
  | { readonly page: 'enter'; readonly code: string }
  | { readonly page: 'organizer'; readonly key: string }
  | { readonly page: 'gallery' } // in development alone
  | { readonly page: 'unknown' }
  | { readonly page: 'session'; readonly sessionId: string; readonly subPage: SubPage | undefined };

const subPages: readonly SubPage[] = ['moderate', 'minutes', 'display', 'record'];

export function routeOf(path: string, fragment: string): Route {
  const [first, second, third] = path.split('/').filter((part) => part !== '');
  if (first === 's' && second !== undefined) {
    const subPage = subPages.find((page) => page === third);
    if (third !== undefined && subPage === undefined) return { page: 'unknown' };
    return { page: 'session', sessionId: second, subPage };
  }
  if (first === 'j' && second !== undefined)
    return { page: 'enter', code: parseCode(second) ?? second };
  if (first === 'gallery' && import.meta.env.DEV) return { page: 'gallery' };
  if (first !== undefined) return { page: 'unknown' };
  const key = fragment.replace(/^#/, '');
  return key === '' ? { page: 'enter', code: '' } : { page: 'organizer', key };
}
