import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAgendaFile, sizeOf } from './agenda-file';
import { parseJson } from './json-lines';

const sample = readFileSync(
  new URL('../../../deploy/sample/partners-meeting.json', import.meta.url),
  'utf8',
);
const mistakesOf = (source: string, known: readonly string[] = []) =>
  readAgendaFile(source, known).mistakes.map(
    ({ place, path, accepted }) => `${place.line} ${path} ${accepted.is}`,
  );
const agendaWith = (item: string) => `{
  "title": "T",
  "rooms": [{"id": "main", "name": "Main"}],
  "agenda": [
    {"room": "main", "title": "One"},
    ${item}
  ]
}`;

describe('agenda files', () => {
  it('S4: the sample is taken, and counted', () => {
    const { agenda, mistakes } = readAgendaFile(sample);
    expect(mistakes).toEqual([]);
    expect(agenda).toEqual(JSON.parse(sample));
    expect(sizeOf(agenda ?? {})).toEqual({ items: 13, rooms: 5, delegations: 33 });
  });

  it.each([
    ['{"room": "main", "title": "Two", "kind": "brake"}', '6 agenda[1].kind one_of'],
    ['{"room": "man", "title": "Two"}', '6 agenda[1].room room'],
    ['{"room": "main"}', '6 agenda[1].title text'],
    ['{"room": "main", "title": " "}', '6 agenda[1].title text'],
    ['{"room": "main", "title": "Two", "start": "9:00"}', '6 agenda[1].start hour'],
    ['{"room": "main", "title": "Two", "start": "24:00"}', '6 agenda[1].start hour'],
    [
      '{"room": "main", "title": "Two", "planned_minutes": "10"}',
      '6 agenda[1].planned_minutes number',
    ],
    ['{"room": "main", "title": "Two", "planned": 10}', '6 agenda[1].planned key'],
    ['{"room": "main", "title": "Two",\n "speakers": ["A", 3]}', '7 agenda[1].speakers[1] text'],
    ['{"room": "main", "title": "Two", "titles": {"fr": 4}}', '6 agenda[1].titles.fr text'],
    ['{"room": "main", "title": "Two", "titles": {"f": "x"}}', '6 agenda[1].titles.f language'],
    ['{"room": "main", "title": "Two", "constructor": 1}', '6 agenda[1].constructor key'],
    ['{"room": "main", "title": "Two", "__proto__": 1}', '6 agenda[1].__proto__ key'],
    ['["Two"]', '6 agenda[1] object'],
  ])('S4: %s is pointed at', (item, said) => expect(mistakesOf(agendaWith(item))).toEqual([said]));

  it('S4: every mistake is said at once, in the order of the lines', () => {
    const source = `{
  "date": "2027-02-30", "start": "09.00",
  "zone": "Brussels",
  "languages": "en",
  "entry": "closed",
  "rooms": [{"id": "a b", "name": "A"}, {"id": "c", "name": "C"}, {"id": "c", "name": "D"}],
  "delegations": ["", {"names": {}}]
}`;
    expect(mistakesOf(source)).toEqual([
      '1 title text',
      '2 date date',
      '2 start hour',
      '3 zone zone',
      '4 languages list',
      '5 entry one_of',
      '6 rooms[0].id id',
      '6 rooms[2].id different',
      '7 delegations[0] text',
      '7 delegations[1].name text',
    ]);
  });

  it('S4: the rooms of the session are known to a file that names none', () => {
    const source = '{"title": "T", "agenda": [{"room": "plenary", "title": "One"}]}';
    expect(mistakesOf(source)).toEqual(['1 agenda[0].room room']);
    expect(mistakesOf(source, ['plenary'])).toEqual([]);
  });

  it('S4: what is no JSON object is pointed at by line and character', () => {
    const wrong = (source: string) => {
      const [mistake] = readAgendaFile(source).mistakes;
      const found = mistake?.accepted.is === 'json' ? mistake.accepted.found : undefined;
      return [mistake?.place.line, mistake?.place.column, found];
    };
    expect(wrong('{\n  "title": "T",\n  "agenda": [\n    {"room": "a"}\n    {}\n  ]\n}')).toEqual([
      5,
      5,
      '{',
    ]);
    expect(wrong('{"title": "T",}')).toEqual([1, 15, '}']);
    expect(wrong('{"title": "T"')).toEqual([1, 14, '']);
    expect(wrong("{'title': 1}")).toEqual([1, 2, "'"]);
    expect(wrong('')).toEqual([1, 1, '']);
    expect(wrong('{"a": 01}')).toEqual([1, 7, '01']);
    expect(mistakesOf('[]')).toEqual(['1  object']);
  });
});

describe('JSON with lines', () => {
  it('reads what JSON.parse reads, and refuses what it refuses', () => {
    const texts = [
      ...[
        '{}',
        '[]',
        ' [1, 2.5e3, -0, "\\u00e9\\n", true, false, null] ',
        '"x"',
        '{"a":{"b":[{}]}}',
      ],
      ...[
        '{"a":1,}',
        '[1 2]',
        '{a:1}',
        '"\n"',
        '[1]]',
        'nul',
        '1.',
        '--1',
        '{"a"}',
        '[,]',
        '\ufeff{}',
      ],
    ];
    for (const text of texts) {
      let expected: unknown;
      try {
        expected = JSON.parse(text.replace(/^\ufeff/, ''));
      } catch {
        expected = undefined;
      }
      const read = parseJson(text);
      expect(read.ok, text).toBe(expected !== undefined);
      if (read.ok) expect(read.value, text).toEqual(expected);
    }
  });

  it('does not fall for a bottomless text', () => {
    expect(parseJson('['.repeat(100_000)).ok).toBe(false);
  });
});
