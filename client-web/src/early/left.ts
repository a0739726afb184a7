// What the early script has begun before the pages' own code is there, left for it on the window.
// Each is taken once; whoever finds nothing begins by itself.

export interface EarlySocket {
  readonly token: string;
  readonly build: string;
  readonly socket: WebSocket;
  openedAtMs: number; // 0: not open yet, nothing was sent; else Hello was
  readonly heard: { readonly atMs: number; readonly data: unknown }[];
}

export interface EarlyAnswer {
  readonly path: string;
  readonly bearer: string | undefined;
  readonly response: Promise<Response>;
}

declare global {
  interface Window {
    plenaryEarly?: { socket?: EarlySocket; answer?: EarlyAnswer };
  }
}

export function takeSocket(token: string, build: string): EarlySocket | undefined {
  const early = globalThis.window?.plenaryEarly;
  const found = early?.socket;
  if (early === undefined || found === undefined) return undefined;
  delete early.socket;
  const stands = found.socket.readyState <= WebSocket.OPEN;
  if (stands && found.token === token && found.build === build) return found;
  found.socket.onopen = found.socket.onmessage = null;
  found.socket.close();
  return undefined;
}

export function takeAnswer(path: string, bearer: string | undefined): EarlyAnswer | undefined {
  const early = globalThis.window?.plenaryEarly;
  const found = early?.answer;
  if (early === undefined || found === undefined) return undefined;
  delete early.answer;
  return found.path === path && found.bearer === bearer ? found : undefined;
}
