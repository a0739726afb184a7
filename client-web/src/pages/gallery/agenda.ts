// The sample meeting's agenda, some of it run.
import { make } from '../../testing/make';
import { ItemKind, type AgendaItem, type PlainInit, type Text } from '../../wire';
import { longTitle, text } from './sample';
import { minuteMs, startMs, type Scene } from './scene';

type Row = readonly [
  title: PlainInit<Text>,
  kind: ItemKind,
  minutes: number,
  more?: PlainInit<AgendaItem>,
];

export const directorId = 'director'; // who is named for the current item
const speaker = (name: string, personId = '') => ({ speakers: [{ name, personId }] });
const rows: readonly Row[] = [
  [text('Welcome', 'Mot de bienvenue'), ItemKind.WELCOME, 10, speaker('Deputy Chair')],
  [
    text(
      'Keynote: partnerships in the new Strategic Concept',
      'Allocution : les partenariats dans le nouveau Concept stratégique',
    ),
    ItemKind.REMARKS,
    15,
    speaker('Director General, International Staff', directorId),
  ],
  [text('Opening remarks', 'Allocutions d’ouverture'), ItemKind.REMARKS, 10],
  [text('Workshops', 'Ateliers'), ItemKind.WORKSHOP, 75],
  [text('Lunch', 'Déjeuner'), ItemKind.BREAK, 60, { fixedStart: '12:00' }],
  [text('Debrief of the workshops', 'Restitution des ateliers'), ItemKind.DEBRIEF, 40],
  [text('Situational briefing', 'Point de situation'), ItemKind.BRIEFING, 30],
  [
    text('Statements of support', 'Déclarations de soutien'),
    ItemKind.STATEMENTS,
    45,
    { inscriptionAhead: true },
  ],
  [text('Closing remarks', 'Allocution de clôture'), ItemKind.CLOSING, 10],
];
// With these it is as full as the brief's heaviest day: twelve items.
const more: readonly Row[] = [
  [text('Signature of the joint declaration'), ItemKind.OTHER, 20],
  [text(longTitle), ItemKind.BRIEFING, 35, speaker('Director, Cooperative Security Division')],
  [text('Press statement', 'Déclaration à la presse'), ItemKind.OTHER, 15],
];

const pause: Row = [text('Coffee break', 'Pause-café'), ItemKind.BREAK, 15];

const run = (id: string, fromMinute: number, toMinute: number, stoppedMinute = 0) => {
  const at = (minute: number) => (minute === 0 ? 0 : startMs + minute * minuteMs);
  const endedAtMs = at(toMinute);
  const intervals = [{ fromMs: at(fromMinute), toMs: endedAtMs || at(stoppedMinute) }];
  return { id, startedAtMs: at(fromMinute), endedAtMs, intervals };
};

export const currentItemId = 'i1';
export const currentRunId = 'r1';

// What has run by now: the welcome, and the present item, unless nothing is open.
function runsOf(scene: Scene, index: number) {
  if (scene.speaking === 'none' && scene.item === 'none') return [];
  const began = scene.late ? -41 : -13;
  if (index === 0) return [run('r0', began - 11, began)];
  return index === 1 && scene.item !== 'none' ? [run(currentRunId, began, 0)] : [];
}

export function itemsOf(scene: Scene) {
  const usual = scene.waiting === 0 && scene.people === 0 ? [] : rows;
  const all = scene.names === 'long' ? [...usual, ...more] : usual;
  return all.map((row, index) => {
    const current = index === 1;
    const [title, kind, minutes, rest] = current && scene.item === ItemKind.BREAK ? pause : row;
    const item = make.agendaItem({
      id: `i${index}`,
      roomId: 'plenary',
      title: current && scene.names === 'long' ? text(longTitle) : title,
      kind,
      plannedMs: minutes * minuteMs,
      position: index,
      runs: runsOf(scene, index),
      ...rest,
      ...(scene.late || scene.zone ? { fixedStart: '' } : {}), // a fixed lunch takes up delays
    });
    return make.item({ item, inscribedCount: item.inscriptionAhead ? 7 : 0 });
  });
}
