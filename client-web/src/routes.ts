// Which page an address names. The server answers every path without a dot with index.html.
//
//   /                        enter a join code; with an organizer's key as fragment, create a session
//   /j/CODE                  join by the shared code, as QR codes carry it
//   /s/SESSION               the participant's page; with a fragment, the token of an invitation or a link
//   /s/SESSION/PAGE          moderate, minutes, display, record
//
// Tokens and keys travel in the fragment alone, which no server ever sees.
export type SessionPage = 'participant' | 'moderate' | 'minutes' | 'display' | 'record';
export type Route =
  | { page: 'home'; key: string }
  | { page: 'join'; code: string }
  | { page: 'gallery' }
  | { page: SessionPage; session_id: string; token: string }
  | { page: 'unknown' };

const session_pages: readonly SessionPage[] = ['moderate', 'minutes', 'display', 'record'];

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function routeOf(path: string, fragment: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const [first, second, third] = parts;
  const secret = fragment.replace(/^#/, '');
  if (first === undefined) return { page: 'home', key: secret };
  if (first === 'j' && second !== undefined) return { page: 'join', code: decoded(second) };
  if (first === 'gallery' && import.meta.env.DEV) return { page: 'gallery' };
  if (first !== 's' || second === undefined) return { page: 'unknown' };
  const session_id = decoded(second);
  if (third === undefined) return { page: 'participant', session_id, token: secret };
  const page = session_pages.find((name) => name === third);
  return page === undefined ? { page: 'unknown' } : { page, session_id, token: secret };
}
