// What the pages ask over HTTP, typed. The server's description: server/gateway/api/openapi.yaml.
import { call, text, type Result } from './http';

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
  readonly key: string; // the browser's, from which the person follows: 16 bytes in base64url
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
