// Sessions, by the organizer's key.
import { text, type Result } from './http';
import { callOnce } from './once';

export interface CreatedSession {
  readonly sessionId: string;
  readonly joinCode: string;
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
  return callOnce(request, (answer) => {
    const sessionId = text(answer, 'session');
    if (sessionId === '') return undefined;
    return { sessionId, joinCode: text(answer, 'join_code') };
  });
}
