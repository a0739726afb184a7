// The sample meeting in the states that the gallery shows.
import {
  ActKind,
  EntryPolicy,
  type ActView,
  type AnnouncementView,
  type OwnFloor,
  type PersonalView,
  type SessionInfo,
  Asked,
  HolderKind,
  ItemKind,
  Overrun,
  Preset,
  RequestKind,
  Role,
  SessionPhase,
  SpeechState,
  type AgendaItem,
  type EntryView,
  type OwnRequest,
  type PersonRow,
  type RoomView,
  type SpeechView,
  type Text,
} from '../../wire';

export interface Scene {
  readonly phase?: SessionPhase;
  readonly waiting?: number;
  readonly speaking?: 'calm' | 'short' | 'over' | 'paused' | 'none' | 'mine';
  readonly hands?: readonly Partial<OwnRequest>[];
  readonly connection?: 'live' | 'offline' | 'catching_up';
  readonly preset?: Preset;
  readonly long?: boolean;
  readonly queueOpen?: boolean;
  readonly admitted?: boolean;
  readonly muted?: boolean;
  readonly item?: 'usual' | 'break' | 'none';
  readonly announced?: boolean;
}

export const startMs = Date.UTC(2027, 4, 12, 8, 12, 40);
export const text = (en: string, fr?: string): Text => ({
  text: en,
  translations: fr ? [{ language: 'fr', text: fr }] : [],
});
export const nations = [
  'Albania',
  'Armenia',
  'Bosnia and Herzegovina',
  'Georgia',
  'Japan',
  'Jordan',
  'Republic of Korea',
  'Switzerland',
  'Ukraine',
  'United Arab Emirates',
];
export const people = [
  'Ana Kovač',
  'Nino Beridze',
  'Yamada Hanako',
  'Layla al-Masri',
  'Jean-Baptiste Rochat',
  'Kim Min-jun',
  'Oksana Petrenko',
  'Armen Sargsyan',
  'فاطمة الزهراء',
  'Elira Hoxha',
];
const longName = 'Ambassador Extraordinary Maximiliana-Theodora von Hohenstein';

export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

const item = (
  id: string,
  title: Text,
  kind: ItemKind,
  minutes: number,
  more: Partial<AgendaItem> = {},
): AgendaItem => ({
  id,
  roomId: 'plenary',
  kind,
  title,
  plannedMs: minutes * 60_000,
  fixedStart: '',
  speakers: [],
  position: Number(id.slice(1)),
  runs: [],
  queueStartsClosed: false,
  inscriptionAhead: false,
  speechLimitMs: 0,
  ...more,
});

const ran = (fromMinute: number, toMinute: number) => {
  const at = (minute: number) => startMs + minute * 60_000;
  const endedAtMs = toMinute === 0 ? 0 : at(toMinute);
  const intervals = [{ fromMs: at(fromMinute), toMs: endedAtMs }];
  return [{ id: `r${fromMinute}`, startedAtMs: at(fromMinute), endedAtMs, intervals }];
};

export function agenda(scene: Scene): AgendaItem[] {
  const long =
    'Keynote: partnerships in the new Strategic Concept, their history since the founding ' +
    'conference, the lessons of the last review, and what each of the delegations present ' +
    'may contribute in the years to come';
  const current = scene.item === 'none' ? [] : ran(-19, 0);
  return [
    item('i1', text('Welcome', 'Accueil'), ItemKind.WELCOME, 10, { runs: ran(-72, -58) }),
    item(
      'i2',
      text(
        scene.long ? long : 'Keynote: partnerships in the new Strategic Concept',
        'Allocution : les partenariats dans le nouveau Concept stratégique',
      ),
      scene.item === 'break' ? ItemKind.BREAK : ItemKind.REMARKS,
      15,
      { runs: current, speakers: [{ name: 'Director General', personId: 'p1' }] },
    ),
    item('i3', text('Opening remarks', 'Remarques d’ouverture'), ItemKind.REMARKS, 10),
    item('i4', text('Workshops', 'Ateliers'), ItemKind.WORKSHOP, 75),
    item('i5', text('Lunch', 'Déjeuner'), ItemKind.BREAK, 60, { fixedStart: '12:00' }),
    item('i6', text('Statements of support', 'Déclarations de soutien'), ItemKind.STATEMENTS, 45, {
      inscriptionAhead: true,
    }),
    item('i7', text('Closing remarks', 'Remarques de clôture'), ItemKind.CLOSING, 10),
  ];
}

export const kindsOf: Readonly<Record<Preset, readonly RequestKind[]>> = {
  [Preset.UNSPECIFIED]: [RequestKind.HAND],
  [Preset.SIMPLE]: [RequestKind.HAND],
  [Preset.WORKSHOP]: [
    RequestKind.POINT_OF_ORDER,
    RequestKind.CLARIFYING_QUESTION,
    RequestKind.REPLY,
    RequestKind.NEW_TOPIC,
  ],
  [Preset.FORMAL]: [
    RequestKind.POINT_OF_ORDER,
    RequestKind.INTERVENTION,
    RequestKind.RIGHT_OF_REPLY,
  ],
};

export function entriesOf(scene: Scene): EntryView[] {
  const kinds = kindsOf[scene.preset ?? Preset.FORMAL];
  return Array.from({ length: Math.min(scene.waiting ?? 5, 50) }, (_, index) => ({
    id: `q${index}`,
    roomId: 'plenary',
    itemId: '',
    kind: index === 0 ? pick(kinds, 0) : pick(kinds, 1),
    personId: `p${index}`,
    name: scene.long && index % 3 === 1 ? longName : pick(people, index),
    delegationId: '',
    delegationName: pick(nations, index * 3),
    delegationUnconfirmed: index === 2,
    heldByDelegation: false,
    raisedAtMs: startMs - 300_000 + index * 21_000,
    moved: index === 3,
    olderTopic: false,
    place: index === 4 ? 0 : index > 4 ? index : index + 1,
    note: index === 1 ? 'On the second paragraph, and the wording of the mandate' : '',
    held: index === 4,
    move: undefined,
    asked: index === 1 ? Asked.PENDING : Asked.UNSPECIFIED,
    presentRoomId: index === 3 ? 'crisis' : 'plenary',
    muted: false,
  }));
}

export function speechOf(scene: Scene): SpeechView | undefined {
  const speaking = scene.speaking ?? 'calm';
  if (speaking === 'none') return undefined;
  const spoken_s = { calm: 72, mine: 72, short: 161, over: 214, paused: 95 }[speaking];
  const fromMs = startMs - spoken_s * 1000;
  return {
    id: 's1',
    roomId: 'plenary',
    itemId: 'i2',
    runId: 'r-19',
    kind: RequestKind.INTERVENTION,
    personId: 'p9',
    name: scene.long ? longName : 'Oksana Petrenko',
    delegationId: '',
    delegationName: scene.long ? 'The Federated States of the Northern Archipelago' : 'Ukraine',
    delegationUnconfirmed: false,
    state: speaking === 'paused' ? SpeechState.PAUSED : SpeechState.RUNNING,
    stoppedBySession: false,
    limitMs: 180_000,
    grantedAtMs: fromMs,
    intervals: [{ fromMs, toMs: speaking === 'paused' ? startMs : 0 }],
    deductedMs: 0,
    topicNote: '',
  };
}

export function roomOf(id: string, name: Text, scene: Scene, position: number): RoomView {
  const plenary = id === 'plenary';
  const preset = plenary ? (scene.preset ?? Preset.FORMAL) : Preset.WORKSHOP;
  const waiting = plenary ? (scene.waiting ?? 5) : position;
  return {
    id,
    name,
    plenary,
    settings: {
      preset,
      holder: HolderKind.PERSON,
      speechLimitMs: 180_000,
      kindLimits: [],
      warningMs: 30_000,
      overrun: Overrun.COUNT_UP,
      interruptionSuspends: true,
      clockWaitsForStart: false,
      namesHidden: false,
      capacity: 0,
    },
    kinds: kindsOf[preset].map((kind, band) => ({ kind, band, limitMs: 180_000 })),
    queueOpen: scene.queueOpen ?? true,
    currentItemId: plenary && scene.item !== 'none' ? 'i2' : '',
    currentRunId: plenary ? 'r-19' : '',
    currentSpeechId: plenary && scene.speaking !== 'none' ? 's1' : '',
    suspendedSpeechIds: [],
    topicSpeechId: '',
    entryIds: plenary ? entriesOf(scene).map((entry) => entry.id) : [],
    waitingCount: waiting,
    medianSpeechMs: 150_000,
    position,
  };
}

export function handOf(hand: Partial<OwnRequest>): OwnRequest {
  return {
    requestId: 'q2',
    roomId: 'plenary',
    itemId: '',
    kind: RequestKind.INTERVENTION,
    note: '',
    place: 3,
    waitLowMs: 5 * 60_000,
    waitHighMs: 8 * 60_000,
    held: false,
    asked: Asked.UNSPECIFIED,
    next: false,
    speakerPersonId: 'p2',
    heldByDelegation: false,
    moved: false,
    olderTopic: false,
    ...hand,
  };
}

export const personRows: PersonRow[] = people.map((name, index) => ({
  personId: `p${index}`,
  name,
  delegationId: '',
  delegationText: pick(nations, index * 3),
  delegationConfirmed: index !== 2,
  admitted: index !== 5,
  muted: index === 3,
  removed: false,
  withoutDevice: index === 6,
  roomId: 'plenary',
  grants: index === 0 ? [{ role: Role.MODERATOR, roomId: '', invitationId: '' }] : [],
  online: index % 4 !== 1,
  awaySinceMs: index % 4 === 1 ? startMs - 400_000 : 0,
}));

export const roomsOf = (scene: Scene): RoomView[] => [
  roomOf('plenary', text('Plenary', 'Plénière'), scene, 0),
  roomOf('crisis', text('Crisis prevention and management'), scene, 1),
  roomOf('human', text('Human security', 'Sécurité humaine'), scene, 2),
];

export const infoOf = (scene: Scene): SessionInfo => ({
  id: 'gallery',
  joinCode: '48217730',
  title: text('Bi-annual Meeting with Partners', 'Réunion semestrielle avec les partenaires'),
  phase: scene.phase ?? SessionPhase.LIVE,
  date: '2027-05-12',
  plannedStart: '09:00',
  zone: 'Europe/Brussels',
  languages: ['en', 'fr'],
  entry: EntryPolicy.CONFIRMED,
  admissionRequired: false,
  openedAtMs: startMs,
  closingSinceMs: 0,
  closedAtMs: 0,
  peopleCount: 64,
  waitingAdmissionCount: 1,
  unconfirmedCount: 2,
});

export const personOf = (
  scene: Scene,
  requests: readonly OwnRequest[],
  floors: readonly OwnFloor[],
): PersonalView => ({
  personId: 'p2',
  name: 'Yamada Hanako',
  delegationId: '',
  delegationText: 'Japan',
  delegationConfirmed: true,
  admitted: scene.admitted ?? true,
  muted: scene.muted ?? false,
  roomId: 'plenary',
  grants: [{ role: Role.MODERATOR, roomId: '', invitationId: '' }],
  requests,
  floors,
  acts: [],
  position: undefined,
});

const act = (id: string, kind: ActKind, agoMs: number, subject: string): ActView => ({
  id,
  roomId: 'plenary',
  kind,
  byName: 'Elira Hoxha',
  byPersonId: 'p9',
  atMs: startMs - agoMs,
  expiresAtMs: 0,
  subject,
});

export const acts: readonly ActView[] = [
  act('a1', ActKind.GRANT, 70_000, 'Oksana Petrenko'),
  act('a2', ActKind.MOVE, 170_000, 'Nino Beridze'),
];

export const announcement: AnnouncementView = {
  id: 'n1',
  roomId: '',
  text: 'Coffee is served in the foyer until 11:00.',
  atMs: startMs - 500_000,
};
