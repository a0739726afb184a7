// Who is named for the current item and is still due (P6). What they have spoken is asked for when
// the item or the floor changes; the page needs it of no one else.
import { dueSpeakers } from '../../core/chair/main-act';
import { nextUp, type NextUp } from '../../core/next-up';
import type { NamedSpeaker, SpeakingTimes } from '../../wire';
import type { SessionFace } from '../face';
import { Upcoming } from '../next-up.svelte';

export class Named {
  #times = $state.raw<SpeakingTimes>();
  #asked = 0;
  readonly #session: SessionFace;
  readonly #roomId: () => string;
  readonly #seen: Upcoming; // what everybody knows, until staff are told more

  constructor(session: SessionFace, roomId: () => string) {
    this.#session = session;
    this.#roomId = roomId;
    this.#seen = new Upcoming(session, roomId);
    const cause = $derived.by(() => {
      const room = session.room(roomId());
      const current = session.currentItem(roomId());
      if (!session.live || !room || !current || current.speakers.length === 0) return '';
      return `${room.currentRunId} ${room.currentSpeechId}`;
    });
    $effect(() => {
      if (cause !== '') void this.#ask();
    });
  }

  readonly #unspoken: boolean = $derived.by(() => {
    const seen = this.#seen.unspoken;
    const itemId = this.#session.room(this.#roomId())?.currentItemId;
    return seen || this.#times?.items.every(({ key }) => key !== itemId) === true;
  });

  readonly due: readonly NamedSpeaker[] = $derived.by(() => {
    const roomId = this.#roomId();
    const session = this.#session;
    const speaking = [session.floorOf(roomId), ...session.suspendedOf(roomId)];
    const busy = new Set(
      [...session.queueOf(roomId), ...speaking].map((one) => one?.personId ?? ''),
    );
    const items = session.itemsOf(roomId).flatMap(({ item }) => item ?? []);
    const totals = this.#unspoken ? 'unspoken' : (this.#times?.people ?? []);
    return dueSpeakers(items, session.currentItem(roomId), totals, busy);
  });

  readonly next: NextUp = $derived.by(() => {
    const roomId = this.#roomId();
    return nextUp({
      item: this.#session.currentItem(roomId),
      speaking: this.#session.floorOf(roomId) !== undefined,
      unspoken: this.#unspoken,
      due: this.due,
      entries: this.#session.queueOf(roomId),
    });
  });

  async #ask(): Promise<void> {
    const mine = ++this.#asked;
    const answer = await this.#session.ask({ case: 'sumSpeakingTimes', value: {} });
    if (mine !== this.#asked || answer?.case !== 'speakingTimes') return;
    this.#times = answer.value;
  }
}
