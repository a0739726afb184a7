// Runs before everything else, and is small: on a slow network every round trip that it begins now
// is one that nobody waits for later (A3). It asks for the files of the page that the address
// names, and opens that page's connection, or asks for the session's door. What came of it is taken
// up by the pages (left.ts); nothing depends on it.
import { helloBytes } from './hello';
import type { EarlySocket } from './left';

type Files = Readonly<Record<string, readonly string[] | undefined>>;

// As connection/runtime.ts takes the time: it does not jump with the computer's clock.
const nowMs = () => performance.timeOrigin + performance.now();
const [, first = '', second = '', third = 'session'] = location.pathname.split('/');

function start(files: Files): void {
  window.plenaryEarly = {};
  if (first === 'j') {
    preload(files['join']);
    if (/^\d{8}$/.test(second)) ask(`/sessions/by-code/${second}`);
  } else if (first === 's' && second !== '') {
    atSession(files);
  } else if (first === '' && location.hash === '') preload(files['home']);
}

function atSession(files: Files): void {
  const token = location.hash.replace(/^#((token|t)=)?/, '') || tokenOfThisEntry();
  const claims = claimsOf(token);
  if (claims !== undefined && claims.pid === undefined && claims.role !== 'display') {
    preload(files['join']);
    ask(`/sessions/${encodeURIComponent(second)}/lobby`, token);
    return;
  }
  preload(files['session']);
  if (third !== 'session') preload(files[third]);
  if (third === 'display') return;
  const known = claims === undefined ? tokenKept() : claims.pid && token;
  if (known) connect(known);
}

// As core/token.ts reads them, without its care: a wrong guess costs a few bytes.
function claimsOf(token: string): { pid?: string; role?: string } | undefined {
  try {
    const body = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    return body === '' ? undefined : (JSON.parse(atob(body)) as object);
  } catch {
    return undefined;
  }
}

function tokenOfThisEntry(): string {
  const { token } = (history.state ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token : '';
}

function tokenKept(): string | undefined {
  try {
    return localStorage.getItem(`plenary.token.${second}`) ?? undefined;
  } catch {
    return undefined; // storage is switched off
  }
}

function preload(files: readonly string[] = []): void {
  for (const file of files) {
    const link = document.createElement('link');
    const style = file.endsWith('.css');
    link.rel = style ? 'preload' : 'modulepreload';
    if (style) link.as = 'style';
    link.crossOrigin = '';
    link.href = file;
    document.head.append(link);
  }
}

function ask(path: string, bearer?: string): void {
  const authorization: Record<string, string> =
    bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const response = fetch(`/api/v1${path}`, {
    headers: { accept: 'application/json', ...authorization },
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(20_000),
  });
  response.catch(() => undefined); // whoever takes it says so
  window.plenaryEarly = { answer: { path, bearer, response } };
}

function connect(token: string): void {
  const url = `${location.origin.replace(/^http/, 'ws')}/api/v1/connect`;
  const socket = new WebSocket(url, 'plenary.v1');
  socket.binaryType = 'arraybuffer';
  const early: EarlySocket = { token, build: __BUILD__, socket, openedAtMs: 0, heard: [] };
  socket.onopen = () => {
    early.openedAtMs = nowMs();
    socket.send(helloBytes(token, early.build));
  };
  socket.onmessage = ({ data }) => early.heard.push({ atMs: nowMs(), data });
  window.plenaryEarly = { socket: early };
}

// The first use of Intl takes a slow processor 60 ms: better now, while it waits for the network,
// than between the last byte and the page.
function warmIntl(): void {
  'a'.localeCompare('b');
  new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', dateStyle: 'long' }).format(0);
  new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(0);
}

const script = document.querySelector<HTMLScriptElement>('script[data-files]');
start(JSON.parse(script?.dataset['files'] ?? '{}') as Files);
setTimeout(warmIntl);
