// What is said to a screen reader on the moderator's and the organizer's pages: by this one voice
// alone, so that nothing is said twice (A1).
import { createContext } from 'svelte';
import type { Around } from '../around';

const standsForMs = 10_000; // who reads the page later does not find it

export class Aloud {
  #text = $state('');
  #count = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get text(): string {
    return this.#text;
  }
  // The same sentence twice is said twice.
  get count(): number {
    return this.#count;
  }

  readonly say = (text: string): void => {
    if (text === '') return;
    this.#text = text;
    this.#count += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#text = ''), standsForMs);
  };

  // Surroundings whose commands are told of when they are done, never before.
  telling(around: Around, tell: (body: Parameters<Around['send']>[0]) => () => string): Around {
    const send: Around['send'] = async (body) => {
      const told = tell(body);
      const outcome = await around.send(body);
      if (outcome.kind === 'done') this.say(told());
      return outcome;
    };
    return Object.assign(Object.create(around) as Around, { send });
  }
}

export const [getAloud, setAloud] = createContext<Aloud>();
