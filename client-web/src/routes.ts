// Which page an address names (product.md, "Pages"). The server answers these paths with index.html.
//
//   /             enter with a code; with #12345678 the code is filled in, with #new the organizer's form
//   /j/12345678   enter with this code, as QR codes carry it
//   /s/SESSION    the page that fits the reader's role; below it moderate, minutes, display, record
//
// A token in the fragment is taken out of the address bar by state/identity.ts.
import { parseCode } from './core/codes';

export type SubPage = 'moderate' | 'minutes' | 'display' | 'record';
export type Route =
  | { readonly page: 'enter'; readonly code: string }
  | { readonly page: 'organizer' }
  | { readonly page: 'session'; readonly sessionId: string; readonly subPage: SubPage | undefined };

const subPages: readonly SubPage[] = ['moderate', 'minutes', 'display', 'record'];

export function routeOf(path: string, fragment: string): Route {
  const [first, second, third] = path.split('/').filter((part) => part !== '');
  if (first === 's' && second !== undefined) {
    const subPage = subPages.find((page) => page === third);
    return { page: 'session', sessionId: second, subPage };
  }
  if (first === 'j' && second !== undefined)
    return { page: 'enter', code: parseCode(second) ?? '' };
  const inFragment = fragment.replace(/^#/, '');
  if (inFragment === 'new') return { page: 'organizer' };
  return { page: 'enter', code: parseCode(inFragment) ?? '' };
}

export function addressOf(route: Route): string {
  switch (route.page) {
    case 'organizer':
      return '/#new';
    case 'enter':
      return route.code === '' ? '/' : `/j/${route.code}`;
    case 'session':
      return `/s/${route.sessionId}${route.subPage === undefined ? '' : `/${route.subPage}`}`;
  }
}
