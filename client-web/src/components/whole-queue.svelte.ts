// The queue of a room beyond the first fifty, which are all that a view carries, or that of a later
// item, of which it carries none: the others are asked for while they are wanted, again when
// something in the queue changed, at most every second.
import { untrack } from 'svelte';
import { refusalText } from '../i18n/refusals';
import type { EntryView } from '../wire';
import type { Around } from './context';
import { Pace } from './pace';

const pageSize = 200;

interface Asked {
  readonly around: Around;
  readonly roomId: () => string;
  readonly itemId?: string; // of a later item; else the present queue
  readonly count: () => number; // of all
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
    const { around, count, first } = asked;
    const pace = new Pace();
    $effect(() => {
      void first();
      void count();
      if (!this.#needed || !around.live) return;
      return pace.next(() => untrack(() => void this.#look()));
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
    const count = this.#asked.count();
    return count > this.entries.length ? count : 0;
  }

  get #needed(): boolean {
    const { count, first, wanted } = this.#asked;
    return wanted() && count() > first().length;
  }

  async #look(): Promise<void> {
    const mine = ++this.#question;
    const all: EntryView[] = [];
    let after = '';
    const { around, roomId, itemId = '' } = this.#asked;
    do {
      const value = { roomId: roomId(), itemId, after, limit: pageSize };
      const answer = await around.ask({ case: 'listQueue', value });
      if (mine !== this.#question) return;
      this.said = answer?.case === 'refusal' ? refusalText(answer.value) : '';
      if (answer?.case !== 'queue') return;
      all.push(...answer.value.entries);
      after = answer.value.nextAfter;
    } while (after !== '');
    this.#others = all;
  }
}
