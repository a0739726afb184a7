// Rooms, session, presence and acts of a scene.
import { isOver } from '../../core/agenda';
import { make } from '../../testing/make';
import {
  ActKind,
  EntryPolicy,
  HolderKind,
  Overrun,
  Preset,
  RequestKind,
  SessionPhase,
  SpeechState,
} from '../../wire';
import { currentItemId, currentRunId, directorId } from './agenda';
import { allEntriesOf, kindsOf, speechesOf } from './queue';
import { text } from './sample';
import { minuteMs, pick, startMs, type Scene } from './scene';

const rooms = [
  ['plenary', text('Plenary', 'Plénière')],
  ['crisis', text('Crisis prevention and management', 'Prévention et gestion des crises')],
  ['cooperative', text('Cooperative security', 'Sécurité coopérative')],
  ['counter-terrorism', text('Counter-terrorism', 'Lutte contre le terrorisme')],
  ['human', text('Human security', 'Sécurité humaine')],
] as const;

const settingsOf = (scene: Scene, preset: Preset) => ({
  preset,
  holder: HolderKind.PERSON,
  speechLimitMs: 180_000,
  warningMs: 30_000,
  overrun: scene.overrun ?? Overrun.COUNT_UP,
  interruptionSuspends: true,
  namesHidden: scene.names === 'hidden',
});

function plenaryPart(scene: Scene) {
  const speeches = speechesOf(scene);
  const open = scene.item !== 'none';
  return {
    queueOpen: scene.queueOpen ?? true,
    currentItemId: open ? currentItemId : '',
    currentRunId: open ? currentRunId : '',
    currentSpeechId: speeches.at(-1)?.id ?? '',
    suspendedSpeechIds: speeches.slice(0, -1).map(({ id }) => id),
    topicSpeechId: scene.topic ? 'topic' : '',
    // A view carries the first 50.
    entryIds: allEntriesOf(scene)
      .slice(0, 50)
      .map(({ id }) => id),
    waitingCount: scene.waiting ?? 5,
    itemUnspoken: scene.due ?? false,
    duePersonIds: scene.due ? [directorId] : [],
  };
}

// Nothing runs, before the session and after it.
const workshopPart = (scene: Scene, position: number) =>
  scene.phase === SessionPhase.DRAFT || isOver(scene.phase) ? {} : running(position);

const running = (position: number) => ({
  queueOpen: true,
  currentItemId: `w${position}`,
  currentRunId: `wr${position}`,
  currentSpeechId: position === 4 ? '' : `ws${position}`,
  waitingCount: position * 2 - 1,
});

export function roomsOf(scene: Scene) {
  return rooms.slice(0, scene.rooms ?? 5).map(([id, name], position) => {
    const plenary = position === 0;
    const preset = plenary ? (scene.preset ?? Preset.FORMAL) : Preset.WORKSHOP;
    return make.room({
      id,
      name,
      plenary,
      position,
      settings: settingsOf(scene, preset),
      kinds: kindsOf[preset].map((kind, band) => ({ kind, band, limitMs: 180_000 })),
      medianSpeechMs: 150_000,
      ...(plenary ? plenaryPart(scene) : workshopPart(scene, position)),
    });
  });
}

const speakers = ['Nino Beridze', 'Layla al-Masri', 'Jean-Baptiste Rochat'] as const;

// What goes on in the workshops meanwhile.
export function workshopsOf(scene: Scene) {
  const running = rooms.slice(1, scene.rooms ?? 5).map(([roomId, title], index) => {
    const startedAtMs = startMs - 30 * minuteMs;
    const run = { id: `wr${index + 1}`, startedAtMs, endedAtMs: 0 };
    const runs = [{ ...run, intervals: [{ fromMs: startedAtMs, toMs: 0 }] }];
    const id = `w${index + 1}`;
    const plannedMs = 75 * minuteMs;
    const item = make.agendaItem({ id, roomId, title, plannedMs, runs, position: 20 + index });
    return { roomId, item: make.item({ item, inscribedCount: 0 }) };
  });
  const speeches = running.slice(0, speakers.length).map(({ roomId }, index) => {
    const fromMs = startMs - (40 + index * 50) * 1000;
    return make.speech({
      id: `ws${index + 1}`,
      roomId,
      kind: RequestKind.NEW_TOPIC,
      name: pick(speakers, index),
      delegationId: `d${9 + index * 5}`,
      state: SpeechState.RUNNING,
      limitMs: 120_000,
      grantedAtMs: fromMs,
      intervals: [{ fromMs, toMs: 0 }],
    });
  });
  return { items: running.map(({ item }) => item), speeches };
}

export const infoOf = (scene: Scene) =>
  make.session({
    id: 'gallery',
    joinCode: '48217730',
    title: text('Bi-annual Meeting with Partners', 'Réunion semestrielle avec les partenaires'),
    phase: scene.phase ?? SessionPhase.LIVE,
    date: '2027-05-12',
    plannedStart: scene.late ? '09:00' : scene.zone ? '12:45' : '09:45', // 12:45 in Tashkent
    zone: scene.zone ?? 'Europe/Brussels',
    languages: ['en', 'fr'],
    entry: scene.entry ?? EntryPolicy.CONFIRMED,
    openedAtMs: startMs - 30 * minuteMs,
    closingSinceMs: scene.phase === SessionPhase.CLOSING ? startMs - 2 * minuteMs : 0,
    closedAtMs: scene.phase === SessionPhase.CLOSED ? startMs - 2 * minuteMs : 0,
    peopleCount: scene.people ?? 64,
    waitingAdmissionCount: scene.people === 0 ? 0 : 1,
    unconfirmedCount: scene.people === 0 ? 0 : 2,
  });

const act = (id: string, kind: ActKind, agoMs: number, subject: string) =>
  make.act({ id, roomId: 'plenary', kind, byName: 'Elira Hoxha', atMs: startMs - agoMs, subject });

export const actsOf = (scene: Scene) =>
  scene.speaking === 'none'
    ? []
    : [
        act('a1', ActKind.GRANT, 72_000, 'Oksana Petrenko'),
        act('a2', ActKind.MOVE, 170_000, 'Layla al-Masri'),
      ];

const awayIn = ({ nextAway, due }: Scene) => (!nextAway ? 'p1' : due ? directorId : 'p0');

export const presenceOf = (scene: Scene) =>
  make.presence({
    online: scene.people === 0 ? 0 : 61,
    rooms: rooms
      .slice(0, scene.rooms ?? 5)
      .map(([roomId], index) => ({ roomId, online: index === 0 ? 22 : 10 })),
    away: [{ personId: awayIn(scene), sinceMs: startMs - 4 * minuteMs }],
  });
