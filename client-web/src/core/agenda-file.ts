// Agenda files (S4) read before they are sent: every mistake at once, each with its line, its field
// and what would be taken. The server reads them again and has the last word; the limits are those
// of server/core/limits.hpp.
import { parseJson, type Place } from './json-lines';
import { isZone } from './zone';

export type Accepted =
  | { readonly is: 'text'; readonly most: number }
  | { readonly is: 'number'; readonly most: number }
  | { readonly is: 'one_of'; readonly words: readonly string[] }
  | { readonly is: 'key'; readonly words: readonly string[] } // no such key; these there are
  | { readonly is: 'room'; readonly words: readonly string[] }
  | { readonly is: 'list'; readonly most: number }
  | { readonly is: 'object' | 'yes_no' | 'date' | 'hour' | 'zone' | 'id' | 'language' }
  | { readonly is: 'different' } // said twice
  | { readonly is: 'json'; readonly found: string };

export interface Mistake {
  readonly place: Place;
  readonly path: string; // "agenda[3].title"; "" the file
  readonly accepted: Accepted;
}

export type AgendaFile = Readonly<Record<string, unknown>>;

export interface ReadAgenda {
  readonly agenda: AgendaFile | undefined; // undefined: no JSON object
  readonly mistakes: readonly Mistake[];
  readonly lineOf: (path: string) => number | undefined;
}

export const itemKinds = [
  ...['welcome', 'remarks', 'briefing', 'workshop', 'debrief', 'statements', 'closing', 'break'],
  'other',
];
const requestKinds = [
  ...['hand', 'point_of_order', 'clarifying_question', 'reply', 'new_topic', 'intervention'],
  'right_of_reply',
];
const day_s = 24 * 3600;

type Check = (value: unknown, path: string, report: Report) => void;
type Report = (path: string, accepted: Accepted) => void;

const when =
  (good: (value: unknown) => boolean, accepted: Accepted): Check =>
  (value, path, report) => {
    if (!good(value)) report(path, accepted);
  };
const matches = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value);

const text = (most: number): Check =>
  when((value) => typeof value === 'string' && value.trim() !== '' && [...value].length <= most, {
    is: 'text',
    most,
  });
const number = (most: number): Check =>
  when((value) => typeof value === 'number' && value >= 0 && value <= most, { is: 'number', most });
const oneOf = (...words: string[]): Check =>
  when((value) => typeof value === 'string' && words.includes(value), { is: 'one_of', words });
const yesNo = when((value) => typeof value === 'boolean', { is: 'yes_no' });
const hour = when(matches(/^(?:[01]\d|2[0-3]):[0-5]\d$/), { is: 'hour' });
const zone = when((value) => typeof value === 'string' && isZone(value), { is: 'zone' });
const id = when(matches(/^[A-Za-z0-9._~-]{1,64}$/), { is: 'id' });
const language = when(matches(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/), { is: 'language' });
const date = when((value) => typeof value === 'string' && isDate(value), { is: 'date' });

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const instant = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
}

const list =
  (each: Check, most: number): Check =>
  (value, path, report) => {
    if (!Array.isArray(value) || value.length > most) report(path, { is: 'list', most });
    else value.forEach((one: unknown, index) => each(one, `${path}[${index}]`, report));
  };

const object =
  (fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value, path, report) => {
    if (!isObject(value)) return report(path, { is: 'object' });
    const inside = (key: string) => (path === '' ? key : `${path}.${key}`);
    for (const [key, one] of Object.entries(value)) {
      const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (check) check(one, inside(key), report);
      else report(inside(key), { is: 'key', words: Object.keys(fields) });
    }
    for (const key of required) if (!(key in value)) fields[key]?.(undefined, inside(key), report);
  };

const forms =
  (most: number): Check =>
  (value, path, report) => {
    if (!isObject(value)) return report(path, { is: 'object' });
    for (const [tag, form] of Object.entries(value)) {
      language(tag, `${path}.${tag}`, report);
      if (form !== '') text(most)(form, `${path}.${tag}`, report);
    }
  };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const room = object(
  {
    id,
    name: text(120),
    names: forms(120),
    preset: oneOf('simple', 'workshop', 'formal'),
    holder: oneOf('person', 'delegation'),
    capacity: number(20_000),
    speech_limit_s: number(day_s),
    kind_limits_s: object(Object.fromEntries(requestKinds.map((kind) => [kind, number(day_s)]))),
    warning_s: number(day_s),
    overrun: oneOf('count_up', 'hold_at_zero', 'hidden'),
    interruption_suspends: yesNo,
    clock_waits_for_start: yesNo,
    names_hidden: yesNo,
  },
  ['id', 'name'],
);

const item = (rooms: readonly string[]) =>
  object(
    {
      room: when((value) => typeof value === 'string' && rooms.includes(value), {
        is: 'room',
        words: rooms,
      }),
      kind: oneOf(...itemKinds),
      title: text(200),
      titles: forms(200),
      planned_minutes: number((7 * day_s) / 60),
      start: hour,
      speakers: list(text(120), 50),
      queue_starts_closed: yesNo,
      inscription_ahead: yesNo,
      speech_limit_s: number(day_s),
    },
    ['room', 'title'],
  );

const delegation: Check = (value, path, report) =>
  typeof value === 'string'
    ? text(120)(value, path, report)
    : object({ name: text(120), names: forms(120) }, ['name'])(value, path, report);

const file = (rooms: readonly string[]) =>
  object(
    {
      title: text(200),
      titles: forms(200),
      date,
      start: hour,
      zone,
      languages: list(language, 8),
      entry: oneOf('open', 'confirmed', 'invited'),
      rooms: list(room, 64),
      agenda: list(item(rooms), 500),
      delegations: list(delegation, 500),
    },
    ['title'],
  );

const idsOf = (agenda: AgendaFile): string[] =>
  Array.isArray(agenda['rooms'])
    ? agenda['rooms'].flatMap((one: unknown) =>
        isObject(one) && typeof one['id'] === 'string' ? [one['id']] : [],
      )
    : [];

// `known`: the ids of the rooms that the session has already.
export function readAgendaFile(source: string, known: readonly string[] = []): ReadAgenda {
  const parsed = parseJson(source);
  if (!parsed.ok) {
    const { place, found } = parsed;
    const mistakes = [{ place, path: '', accepted: { is: 'json', found } }] as const;
    return { agenda: undefined, mistakes, lineOf: () => undefined };
  }
  const { value, placeOf } = parsed;
  const mistakes: Mistake[] = [];
  // A field that is missing is pointed at where its object begins.
  const placeNear = (path: string): Place => {
    for (let near = path; near !== ''; near = near.slice(0, lastPart(near))) {
      const place = placeOf.get(near);
      if (place) return place;
    }
    return placeOf.get('') ?? { line: 1, column: 1 };
  };
  const report: Report = (path, accepted) =>
    mistakes.push({ place: placeNear(path), path, accepted });
  const agenda = isObject(value) ? value : undefined;
  const own = agenda ? idsOf(agenda) : [];
  file([...new Set([...own, ...known])])(value, '', report);
  own.forEach((one, index) => {
    if (own.indexOf(one) < index) report(`rooms[${index}].id`, { is: 'different' });
  });
  mistakes.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  return { agenda, mistakes, lineOf: (path) => placeOf.get(path)?.line };
}

const lastPart = (path: string) => Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0);

export interface AgendaSize {
  readonly items: number;
  readonly rooms: number;
  readonly delegations: number;
}

export function sizeOf(agenda: AgendaFile): AgendaSize {
  const count = (key: string) => (Array.isArray(agenda[key]) ? agenda[key].length : 0);
  return { items: count('agenda'), rooms: count('rooms'), delegations: count('delegations') };
}
