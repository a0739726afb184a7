// Which announcements this reader has put away, per session (S5).
import { store, stored } from './storage';

const most = 200; // a session has at most 100 standing
const keyOf = (sessionId: string) => `plenary.put-away.${sessionId}`;

export function putAwayIn(sessionId: string): readonly string[] {
  try {
    const ids: unknown = JSON.parse(stored(keyOf(sessionId)) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberPutAway(sessionId: string, ids: readonly string[]): void {
  store(keyOf(sessionId), JSON.stringify(ids.slice(-most)));
}
