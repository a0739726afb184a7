// The reader's own raise and withdraw that are on their way, kept beyond the page (C5): a phone
// throws pages away while they wait. Put back, they have the id of before, so that they act once.
import type { Earlier, PendingCommand } from '../connection/types';
import type { CommandBody } from '../wire';
import type { Identity } from './identity';
import { forget, store, stored } from './storage';

interface Kept {
  readonly who: string; // the end of the token that it was pressed with
  readonly id: string;
  readonly body: CommandBody;
  readonly wallMs: number; // by the device's clock
  readonly sent: boolean; // perhaps done already
}

// What is older is not spoken of any more; what is too late to be sent, but not so old, is refused
// in words.
const spokenOfForMs = 30 * 60_000;

export class KeptCommands {
  readonly #key: string;
  readonly #who: string;
  readonly #mine = new Set<string>(); // another tab's are left alone
  #before: readonly PendingCommand[] = [];

  constructor({ sessionId, token }: Identity) {
    this.#key = `plenary.kept.${sessionId}`;
    this.#who = token.slice(-22);
  }

  // What the page of before left, as old as it may be: a clock that was set back makes it no
  // younger.
  take(wallMs: number): readonly { readonly body: CommandBody; readonly earlier: Earlier }[] {
    const isRecent = (one: Kept) => Math.abs(wallMs - one.wallMs) < spokenOfForMs;
    const known = this.#read();
    const found = known.filter((one) => one.who === this.#who && isRecent(one));
    const past = known.filter((one) => !isRecent(one)); // is cleared away
    for (const { id } of [...found, ...past]) this.#mine.add(id);
    return found.map(({ id, body, wallMs: then, sent }) => ({
      body,
      earlier: { id, sent, ageMs: Math.abs(wallMs - then) },
    }));
  }

  hold(pending: readonly PendingCommand[]): void {
    if (pending === this.#before) return;
    this.#before = pending;
    const held = pending.filter(({ keep, state }) => keep && state.kind !== 'accepted');
    if (held.length === 0 && this.#mine.size === 0) return;
    for (const { id } of held) this.#mine.add(id);
    const others = this.#read().filter(({ id }) => !this.#mine.has(id));
    const own = held.map(({ id, body, issuedWallMs, tries }): Kept => {
      return { who: this.#who, id, body, wallMs: issuedWallMs, sent: tries > 0 };
    });
    const all = [...others, ...own];
    if (all.length === 0) forget(this.#key);
    else store(this.#key, JSON.stringify(all));
    if (held.length === 0) this.#mine.clear();
  }

  #read(): readonly Kept[] {
    try {
      const kept: unknown = JSON.parse(stored(this.#key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isKept) : [];
    } catch {
      return [];
    }
  }
}

// Anything may stand in a browser's storage.
function isKept(one: unknown): one is Kept {
  const { who, id, body, wallMs } = (one ?? {}) as Partial<Record<keyof Kept, unknown>>;
  const { case: name, value } = (body ?? {}) as { case?: unknown; value?: unknown };
  return (
    typeof who === 'string' &&
    /^[0-9a-f]{32}$/.test(String(id)) &&
    typeof wallMs === 'number' &&
    (name === 'requestFloor' || name === 'withdrawRequest') &&
    Object.entries(value ?? {}).every(([key, field]) =>
      key === 'kind' ? Number.isInteger(field) : typeof field === 'string',
    )
  );
}
