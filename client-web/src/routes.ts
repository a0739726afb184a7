// Which page an address names (product.md, "Pages"). The server answers these paths with
// index.html.
//
//   /             enter with a code; /#create, or with the organizer's key as fragment: create a
//                 session
//   /j/12345678   enter with this code, as QR codes carry it
//   /s/SESSION    the page that fits the reader's role; below it moderate, agenda, invitations,
//                 print, minutes, display, record
//
// A token in the fragment is taken out of the address bar by state/identity.ts.
import { parseCode } from './core/codes';

const organizing = ['moderate', 'agenda', 'invitations', 'print'] as const;
const subPages = [...organizing, 'minutes', 'display', 'record'] as const;
export type SubPage = (typeof subPages)[number];
export type Route =
  | { readonly page: 'enter'; readonly code: string }
  | { readonly page: 'organizer'; readonly key: string }
  | { readonly page: 'gallery' } // in development alone
  | { readonly page: 'unknown' }
  | { readonly page: 'session'; readonly sessionId: string; readonly subPage: SubPage | undefined };

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
  if (key === '') return { page: 'enter', code: '' };
  return { page: 'organizer', key: key === 'create' ? '' : key };
}
