// The agenda as a file (S4), by a moderator's token.
import { call, type Fields, type Result } from './http';
import { callOnce } from './once';

const pathOf = (sessionId: string) => `/sessions/${encodeURIComponent(sessionId)}/agenda`;

export const exportAgenda = (sessionId: string, bearer: string): Promise<Result<Fields>> =>
  call({ method: 'GET', path: pathOf(sessionId), bearer }, (answer) => answer);

export type ImportMode = 'append' | 'replace'; // replace: the items that were never run

export const importAgenda = (
  sessionId: string,
  bearer: string,
  mode: ImportMode,
  agenda: unknown,
): Promise<Result<true>> => {
  const path = `${pathOf(sessionId)}?mode=${mode}`;
  return callOnce({ method: 'POST', path, body: agenda, bearer }, () => true as const);
};
