// What is asked for again when something changed, at most every second. For an effect: what `next`
// returns takes the call back, and the next change makes it anew.
const pauseMs = 1000;

export class Pace {
  #lastMs = -Infinity;

  readonly next = (call: () => void): (() => void) => {
    const now = () => {
      this.#lastMs = performance.now();
      call();
    };
    const timer = setTimeout(now, Math.max(0, this.#lastMs + pauseMs - performance.now()));
    return () => clearTimeout(timer);
  };
}
