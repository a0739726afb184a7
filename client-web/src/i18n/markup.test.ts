// No words outside the messages: what stands in the markup of a component, or in an attribute that
// is read out, would be in one language for everybody.
import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

const source = new URL('../', import.meta.url);
// The gallery is in no build that people get.
const components = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.svelte') && !name.includes('gallery'),
);

interface Node {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly [child: string]: unknown;
}
const readOut = /^(aria-label|aria-description|alt|placeholder|title|label)$/;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

// Two letters in a row are a word; a dot between two names, or a key of the keyboard, is none.
function wordsIn(value: unknown, attribute = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => wordsIn(one, attribute));
  if (!isNode(value)) return [];
  if (value.type === 'Text') {
    const shown = attribute === '' || readOut.test(attribute);
    return shown && /\p{L}{2}/u.test(value.data ?? '') ? [(value.data ?? '').trim()] : [];
  }
  if (/Style|Script|Comment/.test(value.type)) return [];
  const inside = value.type === 'Attribute' ? (value.name ?? '') : attribute;
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'expression' || key === 'metadata' ? [] : wordsIn(child, inside),
  );
}

const wordsOf = (text: string) => wordsIn(parse(text, { modern: true }).fragment);

describe('markup', () => {
  it('A2: words in markup are found', () => {
    expect(wordsOf('<p>Next</p>')).toEqual(['Next']);
    expect(wordsOf('{#if a}<b>x {b} two words</b>{/if}')).toEqual(['two words']);
    expect(wordsOf('<button aria-label="Close">×</button>')).toEqual(['Close']);
    expect(wordsOf('<p class="soft">{m.next()} · 4</p><style>p { color: red }</style>')).toEqual(
      [],
    );
  });

  it.each(components)('A2: all words come from the messages: %s', (name) => {
    expect(wordsOf(readFileSync(new URL(name, source), 'utf8'))).toEqual([]);
  });
});
