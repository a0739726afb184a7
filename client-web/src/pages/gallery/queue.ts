// Hands and speeches of a scene.
import { make } from '../../testing/make';
import { Asked, Preset, RequestKind, SpeechState } from '../../wire';
import { currentItemId, currentRunId } from './agenda';
import { delegationCount, longDelegation, nameLists } from './sample';
import { minuteMs, pick, startMs, type Scene } from './scene';

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

const delegationIdAt = (index: number) => `d${(index * 7 + 3) % delegationCount}`;

export function entryAt(scene: Scene, index: number) {
  const kinds = kindsOf[scene.preset ?? Preset.FORMAL];
  const names = nameLists[scene.names ?? 'usual'];
  const hidden = scene.names === 'hidden';
  const longest = scene.names === 'long' && index % 4 === 3;
  return make.entry({
    id: `q${index}`,
    roomId: 'plenary',
    kind: pick(kinds, index === 0 && !scene.due ? 0 : 1),
    personId: hidden ? '' : `p${index}`,
    name: hidden ? '' : pick(names, index),
    delegationId: longest ? '' : delegationIdAt(index),
    delegationName: longest ? longDelegation : '',
    delegationUnconfirmed: index === 2,
    raisedAtMs: startMs - (9 - Math.floor(index / 10)) * minuteMs - 10_000,
    moved: index === 3,
    place: index === 4 ? 0 : index > 4 ? index : index + 1,
    note: index === 1 ? 'On the second paragraph, and the wording of the mandate' : '',
    held: index === 4,
    move: index === 3 ? { byPersonId: 'p9', atMs: startMs - minuteMs, reason: '' } : undefined,
    asked: index === 1 ? Asked.PENDING : Asked.UNSPECIFIED,
    presentRoomId: index === 3 ? 'crisis' : 'plenary',
    muted: index === 6,
    olderTopic: scene.preset === Preset.WORKSHOP && index === 5,
  });
}

const isFirstHere = (hand: { readonly place: number; readonly roomId: string }) =>
  hand.place === 1 && hand.roomId === 'plenary';

// Where the reader is next, those before the reader have spoken.
export function allEntriesOf(scene: Scene) {
  const gone = scene.hands?.map(handOf).some(isFirstHere) ? 2 : 0;
  return Array.from({ length: scene.waiting ?? 5 }, (_, index) => {
    const entry = entryAt(scene, index + gone);
    return { ...entry, place: Math.max(0, entry.place - gone) };
  });
}

const spokenSeconds = { calm: 72, mine: 72, short: 161, over: 214, paused: 95, suspended: 110 };
const states = {
  paused: SpeechState.PAUSED,
  suspended: SpeechState.SUSPENDED,
  awaiting: SpeechState.AWAITING_START,
};

function speech(id: string, scene: Scene, name: string, delegationId: string) {
  const speaking = scene.speaking ?? 'calm';
  const spoken = (spokenSeconds as Record<string, number>)[speaking] ?? 72;
  const fromMs = startMs - spoken * 1000;
  const state = (states as Record<string, SpeechState>)[speaking] ?? SpeechState.RUNNING;
  const running = state === SpeechState.RUNNING;
  const intervals = [{ fromMs, toMs: running ? 0 : startMs }];
  return make.speech({
    id,
    roomId: 'plenary',
    itemId: currentItemId,
    runId: currentRunId,
    kind: pick(kindsOf[scene.preset ?? Preset.FORMAL], 1),
    personId: 'p30',
    name: scene.names === 'hidden' ? '' : name,
    delegationId,
    state,
    limitMs: speaking === 'unlimited' ? 0 : 180_000,
    grantedAtMs: fromMs,
    intervals: speaking === 'awaiting' ? [] : intervals,
  });
}

// Who has the floor, and where it was interrupted who waits beneath.
export function speechesOf(scene: Scene) {
  const speaking = scene.speaking ?? 'calm';
  if (speaking === 'none') return [];
  const names = nameLists[scene.names ?? 'usual'];
  const name = scene.names === 'long' ? pick(names, 1) : pick(names, 6);
  const first = speech('s1', scene, name, 'd28');
  const own = scene.names === 'long' ? { delegationId: '', delegationName: longDelegation } : {};
  if (speaking !== 'suspended') return [{ ...first, ...own }];
  const order = speech('s2', { ...scene, speaking: 'calm' }, 'Siobhán Ní Dhomhnaill', 'd11');
  return [first, { ...order, kind: RequestKind.POINT_OF_ORDER }];
}

export const handOf = (hand: NonNullable<Scene['hands']>[number]) => ({
  requestId: 'q2',
  roomId: 'plenary',
  kind: RequestKind.INTERVENTION,
  place: 3,
  waitLowMs: 5 * minuteMs,
  waitHighMs: 8 * minuteMs,
  speakerPersonId: 'p2',
  ...hand,
});
