// What the pages ask over HTTP, typed. The server's description: server/gateway/api/openapi.yaml.
import { asFields, call, text, type Fields, type Result } from './http';

export type { Failure, Result } from './http';

export interface Entered {
  readonly sessionId: string;
  readonly personId: string;
  readonly token: string;
}

export interface EnterRequest {
  readonly code?: string; // eight digits
  readonly token?: string; // of an invitation, or of another issuer
  readonly name: string;
  readonly delegation: string; // an id of the session's list, or text if it has none
  readonly key: string; // the browser's, from which the person follows
}

export function enter(request: EnterRequest): Promise<Result<Entered>> {
  return call({ method: 'POST', path: '/enter', body: request }, (answer) => {
    const entered = {
      sessionId: text(answer, 'session'),
      personId: text(answer, 'person'),
      token: text(answer, 'token'),
    };
    return entered.sessionId === '' || entered.token === '' ? undefined : entered;
  });
}

// What somebody may know of a session before coming in.
export interface Doorway {
  readonly sessionId: string;
  readonly title: string;
  readonly date: string;
  readonly start: string;
  readonly zone: string;
  readonly entry: string; // open, confirmed, invited
  readonly delegations: readonly { readonly id: string; readonly name: string }[];
}

export function sessionByCode(code: string): Promise<Result<Doorway>> {
  return call({ method: 'GET', path: `/sessions/by-code/${encodeURIComponent(code)}` }, doorwayOf);
}

function doorwayOf(answer: Fields): Doorway | undefined {
  const sessionId = text(answer, 'session');
  if (sessionId === '') return undefined;
  const list = answer['delegations'];
  const delegations = (Array.isArray(list) ? list : []).map((one: unknown) => {
    const fields = asFields(one);
    return { id: text(fields, 'id'), name: text(fields, 'name') };
  });
  return {
    sessionId,
    title: text(answer, 'title'),
    date: text(answer, 'date'),
    start: text(answer, 'start'),
    zone: text(answer, 'zone'),
    entry: text(answer, 'entry'),
    delegations,
  };
}

export interface CreatedSession {
  readonly sessionId: string;
  readonly joinCode: string;
  readonly links: readonly { readonly role: string; readonly url: string }[];
}

// `agenda`: the JSON of an agenda file, which makes the session (S4).
export function createSession(
  agenda: unknown,
  organizerKey: string,
): Promise<Result<CreatedSession>> {
  const request = {
    method: 'POST',
    path: '/sessions',
    body: agenda,
    bearer: organizerKey,
  } as const;
  return call(request, (answer) => {
    const sessionId = text(answer, 'session');
    if (sessionId === '') return undefined;
    const links = Object.entries(asFields(answer['links']) ?? {}).flatMap(([role, url]) =>
      typeof url === 'string' ? [{ role, url }] : [],
    );
    return { sessionId, joinCode: text(answer, 'join_code'), links };
  });
}
