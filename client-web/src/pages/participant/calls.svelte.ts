// Calling the reader: vibration when next or given the floor, once per entry, and a screen that
// stays on while a hand is up (Q14). A phone that refuses either is told so in words; sound stays
// off.

interface Calls {
  readonly isNext: boolean;
  readonly hasFloor: boolean;
  readonly requestId: string;
}

let awake = $state(false);
export const canBeCalled = (): boolean => awake;

export function callTheReader(calls: () => Calls): void {
  let told = '';
  $effect(() => {
    const { isNext, hasFloor, requestId } = calls();
    const now = hasFloor ? 'floor' : isNext ? requestId : '';
    // A browser lets a page vibrate only after somebody has touched it, and complains otherwise.
    if (now !== '' && now !== told && navigator.userActivation?.hasBeenActive) {
      try {
        navigator.vibrate?.(hasFloor ? [300, 100, 300] : [200, 100, 200]);
      } catch {
        // Not allowed here; the page says it in words too.
      }
    }
    if (now !== '') told = now;
  });
}

// Holds the screen on as long as `wanted`, and again whenever the page is shown anew: a hidden page
// loses the lock.
export function keepAwake(wanted: () => boolean): void {
  $effect(() => {
    if (!wanted() || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let gone = false;
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        const held = await navigator.wakeLock.request('screen');
        if (gone) return void held.release();
        lock = held;
        awake = true;
        held.addEventListener('release', () => (awake = false));
      } catch {
        awake = false; // low battery, or not allowed
      }
    };
    const shown = () => void ask();
    document.addEventListener('visibilitychange', shown);
    void ask();
    return () => {
      gone = true;
      awake = false;
      document.removeEventListener('visibilitychange', shown);
      void lock?.release();
    };
  });
}
