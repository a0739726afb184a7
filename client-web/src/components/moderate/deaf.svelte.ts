// A button whose meaning follows the meeting ignores input for a second after it changed, so that a
// click meant for what stood there a moment ago does nothing (A4).
import { untrack } from 'svelte';

const deafMs = 1000;

export class Deaf {
  #on = $state(false);

  // `meaning`: what a press would do now, as a key. `fresh`: it came in another thing's place,
  // so it is deaf at first. To be made while a component is being made.
  constructor(meaning: () => string, fresh = false) {
    this.#on = fresh;
    // By itself, so that what it is made of may change without ending the second early or never.
    const now = $derived(meaning());
    let before = fresh ? undefined : untrack(() => now);
    $effect(() => {
      if (now === before) return;
      before = now;
      this.#on = true;
      const timer = setTimeout(() => (this.#on = false), deafMs);
      return () => clearTimeout(timer);
    });
  }
  get on(): boolean {
    return this.#on;
  }
}
