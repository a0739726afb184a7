// Which page an address names. The server answers every path without a dot with index.html.
//
//   /                        enter with a code (also /#12345678, as QR codes carry it, and /join/12345678)
//   /new                     the organizer makes a session
//   /s/SESSION               the page that fits the reader's role
//   /s/SESSION/moderator     that page, if the reader may (likewise participant, notes, display)
//
// A fragment that is not a code is a token; state/identity.ts takes it out of the address bar.
export type RolePage = 'participant' | 'moderator' | 'notes' | 'display';
export type Route =
  | { page: 'enter'; code: string }
  | { page: 'organizer' }
  | { page: 'session'; session_id: string; role_page: RolePage | undefined };

const role_pages: readonly RolePage[] = ['participant', 'moderator', 'notes', 'display'];

export function routeOf(path: string, fragment: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const [first, second, third] = parts;
  if (first === 'new') return { page: 'organizer' };
  if (first === 's' && second !== undefined) {
    const role_page = role_pages.find((page) => page === third);
    return { page: 'session', session_id: decodeURIComponent(second), role_page };
  }
  if (first === 'join' && second !== undefined) return { page: 'enter', code: second };
  return {
    page: 'enter',
    code: /^#?[0-9]{4}[ -]?[0-9]{4}$/.test(fragment) ? fragment.replace('#', '') : '',
  };
}
