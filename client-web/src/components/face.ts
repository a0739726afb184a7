import type { Session } from '../state/session.svelte';
import { SessionPhase } from '../wire';
import type { Around } from './context';

// What the pages use of the store. Without its private parts, so that the gallery can stand in for
// it.
export type SessionFace = Pick<Session, keyof Session>;

export function aroundOf(session: SessionFace): Around {
  return {
    get live() {
      return session.live;
    },
    get running() {
      return session.info?.phase === SessionPhase.LIVE;
    },
    get nowMs() {
      return session.nowMs;
    },
    get zone() {
      return session.info?.zone ?? '';
    },
    get languages() {
      return session.info?.languages ?? [];
    },
    delegationName: (id, text) => session.delegationName(id, text),
    roomName: (id) => session.roomName(id),
    itemTitle: (id) => session.itemTitle(id),
    inscribed: (id) => session.items.find(({ item }) => item?.id === id)?.inscribedCount ?? 0,
    send: (body) => session.send(body),
    ask: (body) => session.ask(body),
  };
}
