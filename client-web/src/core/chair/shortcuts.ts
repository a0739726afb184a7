// The moderator's single keys (A4): what a key asks for, or nothing.

export type Shortcut = 'next' | 'pause' | 'add' | 'end' | 'find' | 'help';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altGraph: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
}

// Where the key was pressed.
export interface KeyPlace {
  readonly typing: boolean; // a field or an editor has the focus
  readonly pressable: boolean; // a button, link or the like has it: Space is its own
  readonly dialog: boolean; // a dialog is open
}

// Characters, so that they are found on every keyboard. They may need Shift (+ and ?), and on some
// layouts / does; letters and Space may not.
const keys: Readonly<Record<string, Shortcut>> = {
  n: 'next',
  ' ': 'pause',
  '+': 'add',
  e: 'end',
  '/': 'find',
  '?': 'help',
};

export function shortcutOf(press: KeyPress, place: KeyPlace): Shortcut | undefined {
  if (place.typing || place.dialog) return undefined;
  if (press.repeat || press.isComposing) return undefined;
  if (press.ctrlKey || press.altKey || press.metaKey || press.altGraph) return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : '';
  const shortcut = keys[key];
  if (shortcut === undefined) return undefined;
  const symbol = key === '+' || key === '/' || key === '?';
  if (press.shiftKey && !symbol) return undefined;
  if (key === ' ' && place.pressable) return undefined;
  return shortcut;
}
