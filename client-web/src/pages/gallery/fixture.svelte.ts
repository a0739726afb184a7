// A stand-in for the store, so that pages can be looked at in states that a live meeting rarely has.
// Development builds alone.
import type { SessionFace } from '../../components/face';
import { agendaOf } from '../../core/agenda';
import { speechClock } from '../../core/clock';
import { pickText } from '../../core/names';
import { currentLanguage } from '../../i18n';
import { ActKind, Audience, Role, SessionPhase, type SpeechView, type Text } from '../../wire';
import {
  agenda,
  entriesOf,
  handOf,
  nations,
  personRows,
  roomOf,
  speechOf,
  startMs,
  text,
  type Scene,
} from './data';

export function stage(scene: Scene): SessionFace {
  const rooms = [
    roomOf('plenary', text('Plenary', 'Plénière'), scene, 0),
    roomOf('crisis', text('Crisis prevention and management'), scene, 1),
    roomOf('human', text('Human security', 'Sécurité humaine'), scene, 2),
  ];
  const entries = entriesOf(scene);
  const speech = speechOf(scene);
  const items = agenda(scene).map((one) => ({
    item: one,
    inscribedCount: one.inscriptionAhead ? 7 : 0,
  }));
  const requests = (scene.hands ?? []).map(handOf);
  const opened = performance.now();
  let nowMs = $state(startMs);
  if (scene.speaking !== 'paused') {
    setInterval(() => (nowMs = startMs + performance.now() - opened), 250);
  }
  const info = {
    id: 'gallery',
    joinCode: '48217730',
    title: text('Bi-annual Meeting with Partners', 'Réunion semestrielle avec les partenaires'),
    phase: scene.phase ?? SessionPhase.LIVE,
    date: '2027-05-12',
    plannedStart: '09:00',
    zone: 'Europe/Brussels',
    languages: ['en', 'fr'],
    entry: 2,
    admissionRequired: false,
    openedAtMs: startMs,
    closingSinceMs: 0,
    closedAtMs: 0,
    peopleCount: 64,
    waitingAdmissionCount: 1,
    unconfirmedCount: 2,
  };
  const kind = scene.connection ?? 'live';
  const say = (name: Text | undefined) => pickText(name, currentLanguage());
  const room = (id: string) => rooms.find((one) => one.id === id);
  return {
    connection: kind === 'live' ? { kind } : { kind, sinceMs: startMs - 60_000 },
    live: kind === 'live',
    ready: true,
    welcome: undefined,
    get nowMs() {
      return nowMs;
    },
    get secondMs() {
      return Math.floor(nowMs / 1000) * 1000;
    },
    me: {
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
      floors: scene.speaking === 'mine' ? [{ roomId: 'plenary', speechId: 's1' }] : [],
      acts: [],
      position: undefined,
    },
    audience: Audience.STAFF,
    isDisplay: false,
    homeRoomId: 'plenary',
    isModerator: () => true,
    isStaff: () => true,
    hasRole: () => true,
    info,
    rooms,
    plenary: rooms[0],
    room,
    items,
    item: (id: string) => items.find((one) => one.item.id === id),
    itemsOf: () => items,
    currentItem: (id: string) => items.find((one) => one.item.id === room(id)?.currentItemId)?.item,
    agendaOf: (id: string) =>
      agendaOf(
        id === 'plenary' ? items.map((one) => one.item) : [],
        room(id)?.currentItemId ?? '',
        info,
        Math.floor(nowMs / 1000) * 1000,
      ),
    delegations: nations.map((name, position) => ({ id: name, name: text(name), position })),
    queueOf: (id: string) => (id === 'plenary' ? entries : []),
    entry: (id: string) => entries.find((one) => one.id === id),
    floorOf: (id: string) => (id === 'plenary' ? speech : undefined),
    suspendedOf: () => [],
    topicOf: () => undefined,
    clockOf: (one: SpeechView) => speechClock(one, room(one.roomId)?.settings, nowMs),
    requests,
    requestsIn: (id: string) => requests.filter(({ roomId }) => roomId === id),
    floors: scene.speaking === 'mine' ? [{ roomId: 'plenary', speechId: 's1' }] : [],
    ownActs: [],
    pending: [],
    raising: () => [],
    isLowering: () => false,
    isPending: () => false,
    presence: {
      online: 61,
      rooms: [{ roomId: 'plenary', online: 58 }],
      away: [{ personId: 'p1', sinceMs: startMs - 240_000 }],
    },
    onlineIn: () => 58,
    awaySince: () => undefined,
    acts: () => [
      {
        id: 'a1',
        roomId: 'plenary',
        kind: ActKind.GRANT,
        byName: 'Elira Hoxha',
        byPersonId: 'p9',
        atMs: startMs - 70_000,
        expiresAtMs: 0,
        subject: 'Oksana Petrenko',
      },
      {
        id: 'a2',
        roomId: 'plenary',
        kind: ActKind.MOVE,
        byName: 'Elira Hoxha',
        byPersonId: 'p9',
        atMs: startMs - 170_000,
        expiresAtMs: 0,
        subject: 'Nino Beridze',
      },
    ],
    announcementsIn: () =>
      scene.announced
        ? [
            {
              id: 'n1',
              roomId: '',
              text: 'Coffee is served in the foyer until 11:00.',
              atMs: startMs - 500_000,
            },
          ]
        : [],
    putAway: () => undefined,
    say,
    delegationName: (_id: string, given = '') => given,
    roomName: (id: string) => say(room(id)?.name),
    itemTitle: (id: string) => say(items.find((one) => one.item.id === id)?.item.title),
    reconnect: () => undefined,
    stop: () => undefined,
    cancel: () => false,
    send: () => Promise.resolve({ kind: 'done', createdId: '' } as const),
    ask: (body) =>
      Promise.resolve(
        body.case === 'listPeople'
          ? ({
              case: 'people',
              value: { people: personRows, total: personRows.length, nextAfter: '' },
            } as const)
          : undefined,
      ),
    identity: { sessionId: 'gallery', token: '', display: false },
  };
}
