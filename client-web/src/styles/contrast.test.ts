// The contrast of every pair of colours that the pages put on one another, from the tokens
// themselves, in both themes (WCAG 2.2: 4.5:1 for text, 3:1 for what a control is known by; 7:1 on
// the display). axe measures what is drawn; what it cannot, a hatched ground, is measured here.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Colours = Readonly<Record<string, string>>;
const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const declared = (css: string): Colours =>
  Object.fromEntries(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6}|rgb\([^)]*\)|var\(--[\w-]+\))/g)].map(
      ([, name, value]) => [name, value],
    ),
  );
// What stands in the file before the dark part, and in it.
function themesOf(css: string): { light: Colours; dark: Colours } {
  const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
  return { light: declared(light), dark: { ...declared(light), ...declared(dark) } };
}

const tokens = themesOf(read('./tokens.css'));
const display = themesOf(read('./display.css'));
const themes = ['light', 'dark'] as const;

type Rgb = readonly [number, number, number];
const hex = (text: string): Rgb =>
  [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)) as unknown as Rgb;

// rgb(27 28 32 / 7%) over a ground.
function over(text: string, ground: Rgb): Rgb {
  const [r = 0, g = 0, b = 0, percent = 100] = (text.match(/[\d.]+/g) ?? []).map(Number);
  const part = percent / 100;
  return [r, g, b].map((one, i) => one * part + (ground[i] ?? 0) * (1 - part)) as unknown as Rgb;
}

function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const colour = (colours: Colours, name: string): string => {
  const value = colours[name];
  if (value === undefined) throw new Error(`there is no --${name}`);
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  return other === undefined ? value : colour(colours, other);
};

const grounds = ['paper', 'paper-raised', 'paper-sunk'];
const washes = ['accent-wash', 'floor-wash', 'short-wash', 'over-wash'];
const on = (text: string, ...names: readonly string[]) =>
  names.map((ground) => [text, ground] as const);
const textPairs = [
  ...on('ink', ...grounds, ...washes),
  ...on('ink-soft', ...grounds, ...washes),
  ...on('accent', ...grounds, 'accent-wash'),
  ...on('accent-strong', ...grounds, 'accent-wash'),
  ...on('floor', ...grounds, 'floor-wash', 'accent-wash'),
  ...on('short', ...grounds, 'short-wash', 'accent-wash'),
  ...on('over', ...grounds, 'over-wash', 'accent-wash'),
  ...on('on-accent', 'accent', 'accent-strong'),
  ...on('paper', 'floor'), // "I am done"
];
// What a control is known by, and the focus around it.
const controlPairs = [
  ...on('line-control', ...grounds),
  ...on('accent', ...grounds, 'accent-wash', 'floor-wash', 'short-wash'),
];

describe('contrast', () => {
  it('is measured as WCAG says', () => {
    expect(contrast(hex('#000000'), hex('#ffffff'))).toBeCloseTo(21, 5);
    expect(contrast(hex('#777777'), hex('#ffffff'))).toBeCloseTo(4.48, 2);
  });

  for (const theme of themes) {
    const colours = tokens[theme];
    const ratio = (text: string, ground: string) =>
      contrast(hex(colour(colours, text)), hex(colour(colours, ground)));

    it.each(textPairs)(`A1: ${theme}: %s on %s can be read`, (text, ground) => {
      expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5);
    });

    it.each(controlPairs)(`A1: ${theme}: %s is seen on %s`, (line, ground) => {
      expect(ratio(line, ground)).toBeGreaterThanOrEqual(3);
    });

    it.each(['ink', 'ink-soft', 'floor', 'short', 'over'])(
      `C3: ${theme}: %s can be read on hatched paper`,
      (text) => {
        for (const ground of grounds) {
          const hatched = over(colour(colours, 'hatch'), hex(colour(colours, ground)));
          expect(contrast(hex(colour(colours, text)), hatched)).toBeGreaterThanOrEqual(4.5);
        }
      },
    );

    it.each(['ink', 'ink-soft', 'floor', 'short', 'over'])(
      `D1: ${theme}: %s stands out on the display by 7:1`,
      (text) => {
        const shown = { ...colours, ...display[theme] };
        const pair = [hex(colour(shown, text)), hex(colour(shown, 'paper'))] as const;
        expect(contrast(...pair)).toBeGreaterThanOrEqual(7);
      },
    );
  }

  it('A1: the two themes name the same colours', () => {
    const [light = '', dark = ''] = read('./tokens.css').split(
      '@media (prefers-color-scheme: dark)',
    );
    expect(Object.keys(declared(dark)).sort()).toEqual(Object.keys(declared(light)).sort());
  });
});
