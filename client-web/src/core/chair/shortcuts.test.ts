import { describe, expect, it } from 'vitest';
import { shortcutOf, type KeyPlace, type KeyPress } from './shortcuts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  altGraph: false,
  repeat: false,
  isComposing: false,
  ...more,
});
const page: KeyPlace = { typing: false, pressable: false, dialog: false };

describe('shortcuts of the moderator', () => {
  it('A4: each key asks for one thing', () => {
    const wanted = { n: 'next', N: 'next', ' ': 'pause', '+': 'add', e: 'end', '/': 'find' };
    for (const [key, shortcut] of Object.entries({ ...wanted, '?': 'help' })) {
      expect(shortcutOf(press(key), page), key).toBe(shortcut);
    }
    for (const key of ['a', 'Enter', 'End', 'Escape', 'Dead', 'F5', '']) {
      expect(shortcutOf(press(key), page), key).toBeUndefined();
    }
  });

  it('A4: ignored in fields, editors and dialogs', () => {
    for (const key of ['n', ' ', '+', 'e', '/', '?']) {
      expect(shortcutOf(press(key), { ...page, typing: true }), key).toBeUndefined();
      expect(shortcutOf(press(key), { ...page, dialog: true }), key).toBeUndefined();
    }
  });

  it('A4: ignored on repeat, with modifiers and while composing', () => {
    const spoilers: Partial<KeyPress>[] = [
      { repeat: true },
      { isComposing: true },
      { ctrlKey: true },
      { altKey: true },
      { metaKey: true },
      { altGraph: true },
    ];
    for (const spoiler of spoilers) {
      for (const key of ['n', ' ', '+', 'e', '/', '?']) {
        expect(shortcutOf(press(key, spoiler), page), JSON.stringify(spoiler)).toBeUndefined();
      }
    }
  });

  it('A4: Shift belongs to the characters that need it, and to no letter', () => {
    for (const key of ['+', '?', '/']) {
      expect(shortcutOf(press(key, { shiftKey: true }), page), key).toBeDefined();
    }
    for (const key of ['N', 'E', ' ']) {
      expect(shortcutOf(press(key, { shiftKey: true }), page), key).toBeUndefined();
    }
  });

  it('A4: Space never steals from a focused button; letters work there', () => {
    const button = { ...page, pressable: true };
    expect(shortcutOf(press(' '), button)).toBeUndefined();
    expect(shortcutOf(press('n'), button)).toBe('next');
  });
});
