// Calling the reader: vibration when next, once per entry, and at each speech, and a screen that
// stays on while a hand is up (Q14). A phone that refuses either is told so in words; sound stays
// off.

interface Calls {
  readonly isNext: boolean;
  readonly speechId: string; // of the floor that the reader has
  readonly id: string; // of the entry, or of what else the reader is next for
  readonly told: boolean; // by this page before a reload, or by another device
}

let awake = $state(false);
export const canBeCalled = (): boolean => awake;

// The entries that this page has said it of, whether or not the server has noted it yet, and the
// one that it is saying it of: an alert while the reader is next for the first time. Somebody who
// was pushed back and is next again reads it, and is not called twice.
const told = new Set<string>();
let calling = $state('');
export const isCalling = (id: string): boolean => calling === id;
export const isFirstCall = (id: string, wasTold: boolean): boolean =>
  isCalling(id) || (!wasTold && !told.has(id));

// `note` is called once an entry has been told, for the server to remember (NoteToldNext).
export function callTheReader(calls: () => Calls, note: (id: string) => void): void {
  let last = '';
  $effect(() => {
    const { isNext, speechId, id, told: wasTold } = calls();
    const hasFloor = speechId !== '';
    if (!isNext || !isCalling(id)) calling = '';
    const now = hasFloor ? speechId : isNext && !wasTold && !told.has(id) ? id : '';
    if (now === '' || now === last) return;
    last = now;
    if (!hasFloor) {
      told.add(id);
      calling = id;
      note(id);
    }
    // A browser lets a page vibrate only after somebody has touched it, and complains otherwise.
    if (navigator.userActivation?.hasBeenActive) {
      try {
        navigator.vibrate?.(hasFloor ? [300, 100, 300] : [200, 100, 200]);
      } catch {
        // Not allowed here; the page says it in words too.
      }
    }
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
