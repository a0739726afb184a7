// What somebody may know of a session before coming in (P1, P5): asked with the code, or with a
// link's token.
import { pickText } from '../core/names';
import { asFields, call, text, type Fields, type Result } from './http';

export interface Lobby {
  readonly sessionId: string;
  readonly title: Named;
  readonly date: string;
  readonly start: string;
  readonly zone: string;
  readonly entry: string; // open, confirmed, invited
  readonly admissionRequired: boolean;
  readonly delegations: readonly (Named & { readonly id: string })[];
  readonly freeDelegation: boolean; // no list: text is taken
  // carried by an invitation; "" if it carries none
  readonly name: string;
  readonly delegation: string;
  readonly role: string;
}

export interface Named {
  readonly name: string;
  readonly names: Fields;
}

export const lobbyByCode = (code: string): Promise<Result<Lobby>> =>
  call({ method: 'GET', path: `/sessions/by-code/${encodeURIComponent(code)}` }, lobbyOf);

export const lobbyByToken = (sessionId: string, token: string): Promise<Result<Lobby>> => {
  const path = `/sessions/${encodeURIComponent(sessionId)}/lobby`;
  return call({ method: 'GET', path, bearer: token }, lobbyOf);
};

// In the reader's language, else the first form (S9).
export function nameIn({ name, names }: Named, language: string): string {
  const translations = Object.keys(names).map((key) => ({ language: key, text: text(names, key) }));
  return pickText({ text: name, translations }, language);
}

function lobbyOf(answer: Fields): Lobby | undefined {
  const sessionId = text(answer, 'session');
  if (sessionId === '') return undefined;
  const list = answer['delegations'];
  return {
    sessionId,
    title: { name: text(answer, 'title'), names: asFields(answer['titles']) ?? {} },
    date: text(answer, 'date'),
    start: text(answer, 'start'),
    zone: text(answer, 'zone'),
    entry: text(answer, 'entry'),
    admissionRequired: answer['admission_required'] === true,
    delegations: (Array.isArray(list) ? list : []).map((one: unknown) => {
      const fields = asFields(one);
      const names = asFields(fields?.['names']) ?? {};
      return { id: text(fields, 'id'), name: text(fields, 'name'), names };
    }),
    freeDelegation: answer['free_delegation'] === true,
    name: text(answer, 'name'),
    delegation: text(answer, 'delegation'),
    role: text(answer, 'role'),
  };
}
