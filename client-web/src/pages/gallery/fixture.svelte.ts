// A stand-in for the store, so that pages can be looked at in states that a live meeting rarely
// has. Development builds alone.
import type { SessionFace } from '../../components/face';
import { agendaOf } from '../../core/agenda';
import { speechClock } from '../../core/clock';
import { pickText } from '../../core/names';
import { currentLanguage } from '../../i18n';
import { Audience, type RoomView, type SessionInfo, type SpeechView, type Text } from '../../wire';
import {
  acts,
  agenda,
  announcement,
  entriesOf,
  handOf,
  infoOf,
  nations,
  personOf,
  personRows,
  roomsOf,
  speechOf,
  startMs,
  text,
  type Scene,
} from './data';

const say = (name: Text | undefined) => pickText(name, currentLanguage());

// Server time, running on from the scene's start.
class Clock {
  nowMs = $state(startMs);
  constructor(runs: boolean) {
    const opened = performance.now();
    if (runs) setInterval(() => (this.nowMs = startMs + performance.now() - opened), 250);
  }
  get secondMs(): number {
    return Math.floor(this.nowMs / 1000) * 1000;
  }
}

const answering: Pick<SessionFace, 'send' | 'ask' | 'cancel' | 'reconnect' | 'stop' | 'putAway'> = {
  reconnect: () => undefined,
  stop: () => undefined,
  putAway: () => undefined,
  cancel: () => false,
  send: () => Promise.resolve({ kind: 'done', createdId: '' } as const),
  ask: (body) => {
    if (body.case !== 'listPeople') return Promise.resolve(undefined);
    const value = { people: personRows, total: personRows.length, nextAfter: '' };
    return Promise.resolve({ case: 'people', value } as const);
  },
};

function agendaParts(scene: Scene, rooms: readonly RoomView[], info: SessionInfo, clock: Clock) {
  const items = agenda(scene).map((item) => ({
    item,
    inscribedCount: item.inscriptionAhead ? 7 : 0,
  }));
  const itemOf = (id: string) => items.find(({ item }) => item.id === id);
  const room = (id: string) => rooms.find((one) => one.id === id);
  return {
    items,
    item: itemOf,
    itemsOf: () => items,
    itemTitle: (id: string) => say(itemOf(id)?.item.title),
    currentItem: (id: string) => itemOf(room(id)?.currentItemId ?? '')?.item,
    agendaOf: (id: string) => {
      const own = id === 'plenary' ? items.map(({ item }) => item) : [];
      return agendaOf(own, room(id)?.currentItemId ?? '', info, clock.secondMs);
    },
  };
}

function floorParts(scene: Scene, rooms: readonly RoomView[], clock: Clock) {
  const entries = entriesOf(scene);
  const speech = speechOf(scene);
  const room = (id: string) => rooms.find((one) => one.id === id);
  return {
    rooms,
    room,
    plenary: rooms[0],
    roomName: (id: string) => say(room(id)?.name),
    queueOf: (id: string) => (id === 'plenary' ? entries : []),
    entry: (id: string) => entries.find((one) => one.id === id),
    floorOf: (id: string) => (id === 'plenary' ? speech : undefined),
    suspendedOf: () => [],
    topicOf: () => undefined,
    clockOf: (one: SpeechView) => speechClock(one, room(one.roomId)?.settings, clock.nowMs),
  };
}

function ownParts(scene: Scene) {
  const requests = (scene.hands ?? []).map(handOf);
  const floors = scene.speaking === 'mine' ? [{ roomId: 'plenary', speechId: 's1' }] : [];
  return {
    me: personOf(scene, requests, floors),
    requests,
    requestsIn: (id: string) => requests.filter(({ roomId }) => roomId === id),
    floors,
    ownActs: [],
    pending: [],
    raising: () => [],
    isLowering: () => false,
    isPending: () => false,
    homeRoomId: 'plenary',
    isDisplay: false,
    isModerator: () => true,
    isStaff: () => true,
    hasRole: () => true,
    identity: { sessionId: 'gallery', token: '', display: false },
  };
}

export function stage(scene: Scene): SessionFace {
  const clock = new Clock(scene.speaking !== 'paused');
  const rooms = roomsOf(scene);
  const info = infoOf(scene);
  const kind = scene.connection ?? 'live';
  return {
    ...answering,
    ...agendaParts(scene, rooms, info, clock),
    ...floorParts(scene, rooms, clock),
    ...ownParts(scene),
    connection: kind === 'live' ? { kind } : { kind, sinceMs: startMs - 60_000 },
    live: kind === 'live',
    ready: true,
    welcome: undefined,
    audience: Audience.STAFF,
    info,
    get nowMs() {
      return clock.nowMs;
    },
    get secondMs() {
      return clock.secondMs;
    },
    delegations: nations.map((name, position) => ({ id: name, name: text(name), position })),
    delegationName: (_id: string, given = '') => given,
    say,
    presence: {
      online: 61,
      rooms: [{ roomId: 'plenary', online: 58 }],
      away: [{ personId: 'p1', sinceMs: startMs - 240_000 }],
    },
    onlineIn: () => 58,
    awaySince: () => undefined,
    acts: () => acts,
    announcementsIn: () => (scene.announced ? [announcement] : []),
  };
}
