// Who is named for the current item and is still due (P6). What they have spoken is asked for when
// the item or the floor changes; the page needs it of no one else.
import { dueSpeakers } from '../../core/chair/main-act';
import type { NamedSpeaker, TimeTotal } from '../../wire';
import type { SessionFace } from '../face';

export class Named {
  #totals = $state.raw<readonly TimeTotal[]>([]);
  #asked = 0;
  readonly #session: SessionFace;
  readonly #roomId: () => string;

  constructor(session: SessionFace, roomId: () => string) {
    this.#session = session;
    this.#roomId = roomId;
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

  readonly due: readonly NamedSpeaker[] = $derived.by(() => {
    const roomId = this.#roomId();
    const session = this.#session;
    const speaking = [session.floorOf(roomId), ...session.suspendedOf(roomId)];
    const busy = new Set(
      [...session.queueOf(roomId), ...speaking].map((one) => one?.personId ?? ''),
    );
    const items = session.itemsOf(roomId).flatMap(({ item }) => item ?? []);
    return dueSpeakers(items, session.currentItem(roomId), this.#totals, busy);
  });

  async #ask(): Promise<void> {
    const mine = ++this.#asked;
    const answer = await this.#session.ask({ case: 'sumSpeakingTimes', value: {} });
    if (mine !== this.#asked || answer?.case !== 'speakingTimes') return;
    this.#totals = answer.value.people;
  }
}
