// The sessions that this browser is somebody in: the way back from the home page, which is what the
// installed icon opens.
import { identityOf, wasRemoved } from './identity';
import { store, stored } from './storage';

export interface KnownSession {
  readonly sessionId: string;
  readonly title: string;
  readonly date: string;
}

const listName = 'plenary.sessions';
const most = 3;

// The one seen last stands first. One that the server no longer knows us in is gone with its token.
export function knownSessions(): readonly KnownSession[] {
  return listed().filter(({ sessionId }) => {
    const identity = identityOf(sessionId);
    return identity !== undefined && !wasRemoved(identity);
  });
}

export function rememberSession(seen: KnownSession): void {
  const others = listed().filter(({ sessionId }) => sessionId !== seen.sessionId);
  store(listName, JSON.stringify([seen, ...others].slice(0, most)));
}

function listed(): readonly KnownSession[] {
  try {
    const list: unknown = JSON.parse(stored(listName) ?? '[]');
    return Array.isArray(list) ? list.filter(isKnown) : [];
  } catch {
    return [];
  }
}

function isKnown(one: unknown): one is KnownSession {
  if (typeof one !== 'object' || one === null) return false;
  const { sessionId, title, date } = one as Record<string, unknown>;
  return [sessionId, title, date].every((value) => typeof value === 'string');
}
