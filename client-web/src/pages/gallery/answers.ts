// What the server would answer over HTTP to the pages at the door, by scene. Takes the place of
// fetch while the gallery stands.
import { delegations } from './sample';

type Reply = { readonly status?: number; readonly body: unknown };

const title = {
  title: 'Bi-annual Meeting with Partners',
  titles: { fr: 'Réunion semestrielle avec les partenaires' },
};
const lobby = {
  session: 'gallery',
  ...title,
  date: '2027-05-12',
  start: '09:45',
  zone: 'Europe/Brussels',
  entry: 'confirmed',
  delegations: delegations.map(({ id, name, names }) => ({ id, name: name.text, names })),
};

// By join code: the door scenes of scenes.ts name these.
const lobbies: Readonly<Record<string, Reply>> = {
  '10000000': { body: lobby },
  '20000000': { body: { ...lobby, entry: 'open', delegations: [], free_delegation: true } },
  '30000000': { body: { ...lobby, entry: 'invited' } },
  '40000000': {
    body: { ...lobby, title: 'W'.repeat(90) + ' ' + 'and so on '.repeat(10), titles: {} },
  },
  '50000000': { status: 404, body: { code: 'unknown_code' } },
  '60000000': { status: 429, body: { code: 'rate_limited' } },
};

function replyTo(path: string): Reply | undefined | 'never' {
  const code = /\/sessions\/by-code\/(\d+)/.exec(path)?.[1];
  if (code !== undefined) return code === '80000000' ? 'never' : lobbies[code];
  if (path.endsWith('/lobby')) {
    return { body: { ...lobby, name: 'Nino Beridze', delegation: 'd9', role: 'participant' } };
  }
  if (path.endsWith('/invitations')) {
    return { body: { link: `${location.origin}/s/gallery#${'eyJhbGciOiJIUzI1NiJ9.'.repeat(8)}` } };
  }
  if (path.endsWith('/sessions')) return { body: { session: 'gallery', join_code: '48217730' } };
  if (path.endsWith('/enter')) return { status: 403, body: { code: 'removed' } };
  return undefined;
}

export function answerInstead(): void {
  const real = window.fetch.bind(window);
  window.fetch = (input, init) => {
    const path =
      typeof input === 'string' ? input : input instanceof URL ? input.pathname : input.url;
    if (!path.includes('/api/')) return real(input, init);
    const reply = replyTo(path);
    if (reply === 'never') return new Promise(() => undefined);
    if (reply === undefined) return Promise.reject(new TypeError('nobody answers'));
    const headers = { 'content-type': 'application/json' };
    const { status = 200, body } = reply;
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
  };
}
