// The queue of a room beyond the first fifty, which are all that a view carries: the others are
// asked for while they are wanted, again when something in the queue changed, at most every second.
import { untrack } from 'svelte';
import { refusalText } from '../i18n/refusals';
import type { EntryView, RoomView } from '../wire';
import type { Around } from './context';

const pageSize = 200;
const pauseMs = 1000;

interface Asked {
  readonly around: Around;
  readonly room: () => RoomView;
  readonly first: () => readonly EntryView[];
  readonly wanted: () => boolean;
}

export class WholeQueue {
  said = $state('');
  #others: readonly EntryView[] = $state.raw([]);
  #question = 0;
  readonly #asked: Asked;

  // Where a component is made.
  constructor(asked: Asked) {
    this.#asked = asked;
    const { around, room, first } = asked;
    let lastMs = -Infinity;
    $effect(() => {
      void first();
      void room().waitingCount;
      if (!this.#needed || !around.live) return;
      const look = () => {
        lastMs = performance.now();
        untrack(() => void this.#look());
      };
      const timer = setTimeout(look, Math.max(0, lastMs + pauseMs - performance.now()));
      return () => clearTimeout(timer);
    });
  }

  get entries(): readonly EntryView[] {
    const first = this.#asked.first();
    if (!this.#needed) return first;
    const ids = new Set(first.map(({ id }) => id));
    return [...first, ...this.#others.filter(({ id }) => !ids.has(id))];
  }
  // How many there are, where not all of them are here.
  get missingOf(): number {
    const { waitingCount } = this.#asked.room();
    return waitingCount > this.entries.length ? waitingCount : 0;
  }

  get #needed(): boolean {
    const { room, first, wanted } = this.#asked;
    return wanted() && room().waitingCount > first().length;
  }

  async #look(): Promise<void> {
    const mine = ++this.#question;
    const all: EntryView[] = [];
    let after = '';
    do {
      const value = { roomId: this.#asked.room().id, after, limit: pageSize };
      const answer = await this.#asked.around.ask({ case: 'listQueue', value });
      if (mine !== this.#question) return;
      this.said = answer?.case === 'refusal' ? refusalText(answer.value) : '';
      if (answer?.case !== 'queue') return;
      all.push(...answer.value.entries);
      after = answer.value.nextAfter;
    } while (after !== '');
    this.#others = all;
  }
}
