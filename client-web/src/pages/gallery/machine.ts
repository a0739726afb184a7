// A scene as the connection's machine would hold it: the store above it is the real one.
import { idleMachine } from '../../connection/machine';
import type { Machine, PendingCommand, Status } from '../../connection/types';
import { emptyView, type ViewState } from '../../core/view';
import { make } from '../../testing/make';
import { ActKind, Audience, RequestKind, Role, SpeechState } from '../../wire';
import { itemsOf } from './agenda';
import { allEntriesOf, handOf, speechesOf } from './queue';
import { actsOf, infoOf, presenceOf, roomsOf, workshopsOf } from './rooms';
import { delegations } from './sample';
import { minuteMs, startMs, type Scene } from './scene';

export type Reader = 'participant' | 'moderator' | 'display';

const mapOf = <T extends { readonly id: string }>(list: readonly T[]) =>
  new Map(list.map((one) => [one.id, one]));

export function viewOf(scene: Scene, reader: Reader): ViewState {
  // Who waits to be let in gets which meeting it is, and nothing of it (P4).
  if (scene.admitted === false) {
    return { ...emptyView, audience: Audience.WAITING, session: infoOf({ ...scene, people: 0 }) };
  }
  const workshops = workshopsOf(scene);
  const announcements = (scene.announcements ?? []).map((text, index) =>
    make.announcement({ id: `n${index}`, text, atMs: startMs - (8 + index) * minuteMs }),
  );
  const topic = { id: 'topic', roomId: 'plenary', topicNote: scene.topic ?? '' };
  return {
    ...emptyView,
    audience: reader === 'moderator' ? Audience.STAFF : Audience.EVERYONE,
    session: infoOf(scene),
    rooms: mapOf(roomsOf(scene)),
    items: new Map(
      [...itemsOf(scene), ...workshops.items].map((view) => [view.item?.id ?? '', view]),
    ),
    entries: mapOf(allEntriesOf(scene).slice(0, 50)),
    speeches: mapOf([
      ...speechesOf(scene),
      ...workshops.speeches,
      ...(scene.topic ? [make.speech({ ...topic, state: SpeechState.ENDED })] : []),
    ]),
    delegations: mapOf(delegations.map((one) => make.delegation(one))),
    announcements: mapOf(announcements),
    acts: reader === 'moderator' ? mapOf(actsOf(scene)) : new Map(),
  };
}

function personalOf(scene: Scene, reader: Reader) {
  const staff = scene.staff ?? reader === 'moderator';
  const mine = scene.speaking === 'mine';
  const lowered = { id: 'a9', roomId: 'plenary', kind: ActKind.WITHDRAW, subject: 'Intervention' };
  return make.personal({
    personId: 'p2',
    name: 'Hanako Yamada',
    delegationId: 'd13',
    delegationConfirmed: scene.muted !== true,
    admitted: scene.admitted ?? true,
    muted: scene.muted ?? false,
    roomId: 'plenary',
    grants: staff ? [{ role: Role.MODERATOR, roomId: '', invitationId: '' }] : [],
    requests: (scene.hands ?? []).map(handOf),
    floors: mine ? [{ roomId: 'plenary', speechId: 's1' }] : [],
    acts: scene.withdrawn ? [make.act({ ...lowered, expiresAtMs: startMs + 60 * minuteMs })] : [],
  });
}

function statusOf(scene: Scene): Status {
  switch (scene.connection) {
    case undefined:
    case 'live':
    case 'slow':
      return { kind: 'live' };
    case 'connecting':
      return { kind: 'connecting' };
    case 'catching_up':
      return { kind: 'catching_up' };
    case 'offline':
      return { kind: 'offline', retryAtMs: 0 };
    default:
      return { kind: 'ended', reason: scene.connection };
  }
}

const pendingHand = (sent: 'sent' | 'kept'): PendingCommand => ({
  id: '00000000000000000000000000000001',
  body: {
    case: 'requestFloor',
    value: { roomId: 'plenary', kind: RequestKind.INTERVENTION, note: '' },
  },
  issuedAtMs: startMs,
  issuedWallMs: startMs,
  keep: true,
  tries: 0,
  state: sent === 'sent' ? { kind: 'sent', atMs: startMs } : { kind: 'kept' },
});

export function machineOf(scene: Scene, reader: Reader): Machine {
  const status = statusOf(scene);
  const viewed = scene.viewed ?? true;
  const display = reader === 'display';
  const welcome = make.welcome({
    serverTimeMs: startMs,
    personId: display ? '' : 'p2',
    roomId: display ? 'plenary' : '',
    sessionId: 'gallery',
    audience: reader === 'moderator' ? Audience.STAFF : Audience.EVERYONE,
  });
  return {
    ...idleMachine,
    status,
    // Nothing comes in a scene; what is live in it never grows old.
    freshAtMs: (scene.connection ?? 'live') === 'live' ? Infinity : startMs - minuteMs,
    lostAtMs: status.kind === 'live' || !viewed ? undefined : startMs - minuteMs,
    welcome: viewed ? welcome : undefined,
    view: viewed ? viewOf(scene, reader) : undefined,
    personal: viewed && !display ? personalOf(scene, reader) : undefined,
    presence: viewed ? presenceOf(scene) : undefined,
    pending: scene.pending ? [pendingHand(scene.pending)] : [],
  };
}
