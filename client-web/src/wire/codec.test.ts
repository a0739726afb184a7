// Our codec against @bufbuild/protobuf, with messages made from seeds.
import {
  ScalarType,
  create,
  fromBinary,
  toBinary,
  type DescField,
  type DescMessage,
} from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { seeded } from '../testing/make';
import { toPlain } from '../testing/protobuf';
import { decode, encode } from './codec';
import { tables } from './generated/tables';
import { ClientMessageSchema, ServerBatchSchema } from './generated/plenary/v1/wire_pb';

type Fields = Record<string, unknown>;

const numbers = [0, 1, -1, 127, 128, -129, 2 ** 31 - 1, -(2 ** 31)];
const longs = [0n, 1n, -1n, 1_800_000_000_000n, -5_000_000_000n, 2n ** 53n - 1n];
const texts = ['', 'a', 'Zoë', '日本', 'x'.repeat(200), '\u{1F468}\u200D\u{1F469}'];

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

function anyValue(field: DescField, random: () => number, depth: number): unknown {
  if (field.message !== undefined) return anyMessage(field.message, random, depth + 1);
  if (field.enum !== undefined) return Math.floor(random() * 12);
  switch (field.scalar) {
    case ScalarType.STRING:
      return pick(random, texts);
    case ScalarType.BYTES:
      return Uint8Array.from({ length: Math.floor(random() * 20) }, () => random() * 256);
    case ScalarType.BOOL:
      return random() < 0.5;
    case ScalarType.INT32:
      return pick(random, numbers);
    case ScalarType.INT64:
      return pick(random, longs);
    case ScalarType.UINT64:
      return pick(
        random,
        longs.filter((long) => long >= 0n),
      );
    default:
      throw new Error(`${field.name}: not in the vocabulary`);
  }
}

// Commands that no browser sends have no row in the tables.
function travels({ parent, localName }: DescField): boolean {
  const rows: Readonly<Record<string, string>> = tables;
  const row = rows[parent.typeName.replace(/^plenary\.v1\./, '')] ?? '';
  return row.split(';').some((field) => field.split(' ')[1] === localName);
}

function anyMessage(desc: DescMessage, random: () => number, depth = 0): Fields {
  const message = create(desc) as unknown as Fields;
  for (const member of desc.members) {
    if (random() < 0.3 || depth > 5) continue;
    if (member.kind === 'oneof') {
      const field = pick(random, member.fields.filter(travels));
      message[member.localName] = { case: field.localName, value: anyValue(field, random, depth) };
    } else if (member.fieldKind === 'list') {
      const length = Math.floor(random() * 4);
      message[member.localName] = Array.from({ length }, () => anyValue(member, random, depth));
    } else message[member.localName] = anyValue(member, random, depth);
  }
  return message;
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value instanceof Uint8Array) return `bytes ${[...value].join()}`;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, field]) => key[0] !== '$' && field !== undefined,
  );
  return Object.fromEntries(kept.map(([key, field]) => [key, bare(field)]));
}

describe('codec', () => {
  for (const [name, desc] of [
    ['ServerBatch', ServerBatchSchema],
    ['ClientMessage', ClientMessageSchema],
  ] as const) {
    it(`${name}: reads and writes what the library does`, () => {
      for (let seed = 1; seed <= 400; seed += 1) {
        const message = anyMessage(desc, seeded(seed)) as never;
        const bytes = toBinary(desc, message);
        const ours = decode(name, bytes);
        const theirs = toPlain(fromBinary(desc, bytes));
        expect(bare(ours), `seed ${seed}`).toEqual(bare(theirs));
        const written = encode(name, ours);
        expect(bare(toPlain(fromBinary(desc, written))), `seed ${seed}`).toEqual(bare(theirs));
      }
    });

    it(`${name}: bytes cut or changed end in a value or an error, never elsewhere`, () => {
      let refused = 0;
      for (let seed = 1; seed <= 400; seed += 1) {
        const random = seeded(seed);
        const bytes = toBinary(desc, anyMessage(desc, random) as never).slice();
        if (bytes.length === 0) continue;
        bytes[Math.floor(random() * bytes.length)] = random() * 256;
        try {
          decode(name, bytes.subarray(0, 1 + Math.floor(random() * bytes.length)));
        } catch {
          refused += 1;
        }
      }
      expect(refused).toBeGreaterThan(50);
    });
  }

  it('passes over fields of a newer server', () => {
    // field 99, a text; then field 1 with another wire type
    const newer = Uint8Array.of(0x9a, 0x06, 2, 104, 105);
    expect(decode('Heartbeat', Uint8Array.of(...newer, 8, 42))).toEqual({ serverTimeMs: 42 });
    expect(decode('Heartbeat', Uint8Array.of(0x0a, 1, 7))).toEqual({ serverTimeMs: 0 });
  });

  it('rounds what is no whole number of milliseconds', () => {
    expect(decode('Heartbeat', encode('Heartbeat', { serverTimeMs: 41.6 }))).toEqual({
      serverTimeMs: 42,
    });
  });
});
