// Every page in every state that it has words or looks for: /gallery#PAGE/SCENE.
import type { SubPage } from '../../routes';
import { Asked, ItemKind, Overrun, Preset, SessionPhase } from '../../wire';
import type { Reader } from './machine';
import type { Scene } from './scene';

const nobody: Scene = { waiting: 0, speaking: 'none', item: 'none' };
const much: Scene = {
  waiting: 80,
  people: 500,
  names: 'long',
  late: true,
  announcements: [
    'Coffee is served in the foyer until 11:00.',
    'The bus to the Palais leaves at 18:30 sharp from the north gate; delegations with a car of ' +
      'their own are asked to give its plate to the protocol desk before lunch, and no later.',
  ],
};

// What every page of a session shows in its own way.
const common: Readonly<Record<string, Scene>> = {
  usual: { announcements: ['Coffee is served in the foyer until 11:00.'] },
  empty: nobody,
  much,
  draft: { ...nobody, phase: SessionPhase.DRAFT },
  untouched: { ...nobody, phase: SessionPhase.DRAFT, people: 0, rooms: 1 },
  break: { speaking: 'none', item: ItemKind.BREAK, waiting: 0 },
  paused: { speaking: 'paused', phase: SessionPhase.PAUSED },
  closing: { ...nobody, phase: SessionPhase.CLOSING },
  closed: { ...nobody, phase: SessionPhase.CLOSED },
  floor_free: { speaking: 'none' },
  item_begins: { speaking: 'none', due: true },
  short: { speaking: 'short' },
  over_counting: { speaking: 'over', overrun: Overrun.COUNT_UP },
  over_held: { speaking: 'over', overrun: Overrun.HOLD_AT_ZERO },
  over_hidden: { speaking: 'over', overrun: Overrun.HIDDEN },
  interrupted: { speaking: 'suspended' },
  awaiting: { speaking: 'awaiting' },
  unlimited: { speaking: 'unlimited' },
  late: { late: true },
  connecting: { connection: 'connecting', viewed: false },
  catching_up: { connection: 'catching_up' },
  slow: { connection: 'slow' },
  offline: { connection: 'offline', hands: [{}] },
  workshop: { preset: Preset.WORKSHOP, topic: 'Early warning' },
  simple: { preset: Preset.SIMPLE },
  queue_closed: { queueOpen: false },
  scripts: { names: 'scripts', waiting: 8 },
  names_hidden: { names: 'hidden' },
  other_zone: { zone: 'Asia/Tashkent' },
};

const participant: Readonly<Record<string, Scene>> = {
  ...common,
  much: {
    ...much,
    hands: [
      {
        requestId: 'q64',
        place: 64,
        waitHighMs: 7_200_000,
        note: 'On the wording of the mandate',
        moved: true,
      },
      { requestId: 'q4', held: true, kind: 2, place: 0 },
    ],
  },
  raised: { hands: [{}] },
  raising: { pending: 'sent' },
  raising_offline: { pending: 'kept', connection: 'offline' },
  lowered: { withdrawn: true },
  next: { hands: [{ place: 1, next: true, waitLowMs: 0, waitHighMs: 60_000 }] },
  next_elsewhere: { hands: [{ requestId: 'w3', roomId: 'crisis', place: 1, next: true }] },
  asked: { hands: [{ asked: Asked.PENDING }] },
  ready: { hands: [{ asked: Asked.ACCEPTED }] },
  held: { hands: [{ requestId: 'q4', held: true, place: 0, waitHighMs: 0 }] },
  mine: { speaking: 'mine' },
  waiting: { admitted: false },
  muted: { muted: true },
  one_room: { rooms: 1 },
  moderator: { staff: true },
};

const moderate: Readonly<Record<string, Scene>> = {
  ...common,
  next_away: { nextAway: true },
  due_away: { speaking: 'none', due: true, nextAway: true },
  next_away_long: { nextAway: true, names: 'long' },
};

const ended = {
  bad_message: { connection: 'bad_message', viewed: false },
  unknown_token: { connection: 'unknown_token', viewed: false },
  removed: { connection: 'removed', viewed: false },
  revoked: { connection: 'revoked', viewed: false },
  session_gone: { connection: 'session_gone', viewed: false },
  replaced: { connection: 'replaced', viewed: false },
  other: { connection: 'other', viewed: false },
} as const satisfies Record<string, Scene>;

const organize = {
  usual: {},
  untouched: { ...nobody, phase: SessionPhase.DRAFT, people: 0, rooms: 1 },
  much,
  closed: { ...nobody, phase: SessionPhase.CLOSED },
  connecting: { connection: 'connecting', viewed: false },
  offline: { connection: 'offline' },
} as const satisfies Record<string, Scene>;

const display: Readonly<Record<string, Scene>> = {
  ...common,
  offline_free: { connection: 'offline', speaking: 'none' },
  paused_break: { speaking: 'none', item: ItemKind.BREAK, phase: SessionPhase.PAUSED },
  paused_names_hidden: { speaking: 'paused', phase: SessionPhase.PAUSED, names: 'hidden' },
  interrupted_names_hidden: { speaking: 'suspended', names: 'hidden' },
};

const print: Readonly<Record<string, Scene>> = {
  ...organize,
  speakers: { query: '?room=plenary' },
  speakers_none: { ...nobody, query: '?room=plenary' },
  speakers_much: { ...much, query: '?room=plenary' },
};

export interface SessionScenes {
  readonly reader: Reader;
  readonly subPage: SubPage | undefined;
  readonly scenes: Readonly<Record<string, Scene>>;
}

// The pages of a session, at the address that brings them.
export const sessionPages: Readonly<Record<string, SessionScenes>> = {
  participant: { reader: 'participant', subPage: undefined, scenes: participant },
  moderate: { reader: 'moderator', subPage: 'moderate', scenes: moderate },
  display: { reader: 'display', subPage: 'display', scenes: display },
  agenda: { reader: 'moderator', subPage: 'agenda', scenes: organize },
  invitations: { reader: 'moderator', subPage: 'invitations', scenes: organize },
  print: { reader: 'moderator', subPage: 'print', scenes: print },
  ended: { reader: 'participant', subPage: undefined, scenes: ended },
  not_moderator: { reader: 'participant', subPage: 'moderate', scenes: { usual: {} } },
  minutes: { reader: 'participant', subPage: 'minutes', scenes: { usual: {} } },
  record: { reader: 'participant', subPage: 'record', scenes: { usual: {} } },
};

// The pages at the door; a code says what answers.ts stands in for.
export const doors: Readonly<Record<string, string>> = {
  usual: '10000000',
  free: '20000000',
  invited_only: '30000000',
  long: '40000000',
  unknown_code: '50000000',
  too_many: '60000000',
  unreachable: '70000000',
  looking: '80000000',
  invitation: '',
};

export const problems = ['no_access', 'not_found', 'failed', 'not_loaded'] as const;

export const allScenes: readonly string[] = [
  ...Object.entries(sessionPages).flatMap(([page, { scenes }]) =>
    Object.keys(scenes).map((scene) => `${page}/${scene}`),
  ),
  'home/usual',
  ...Object.keys(doors).map((scene) => `join/${scene}`),
  'create/usual',
  'create/without_key',
  'created/usual',
  ...problems.map((scene) => `problem/${scene}`),
];
