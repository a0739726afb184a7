// Who is next in a room, as the display and the phones know it: without what people have spoken,
// which only staff are told.
import { namedFor, nextUp, watch, type NextUp, type Watched } from '../core/next-up';
import type { SessionFace } from './face';

// To be made with the page and read all the time: what it saw is what it knows.
export class Upcoming {
  readonly #session: SessionFace;
  readonly #roomId: () => string;
  #seen: Watched | undefined; // what the value below was made of the last time, not a state

  constructor(session: SessionFace, roomId: () => string) {
    this.#session = session;
    this.#roomId = roomId;
  }

  readonly unspoken: boolean = $derived.by(() => {
    const session = this.#session;
    const room = session.room(this.#roomId());
    if (!room) return false;
    this.#seen = watch(this.#seen, room, session.currentItem(room.id), session.live);
    return this.#seen.unspoken;
  });

  readonly next: NextUp = $derived.by(() => {
    const roomId = this.#roomId();
    const item = this.#session.currentItem(roomId);
    const entries = this.#session.queueOf(roomId);
    const speaking = this.#session.floorOf(roomId) !== undefined;
    const due = this.unspoken ? namedFor(item, new Set(entries.map((one) => one.personId))) : [];
    return nextUp({ item, speaking, unspoken: this.unspoken, due, entries });
  });
}
