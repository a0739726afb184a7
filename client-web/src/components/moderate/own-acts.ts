// What the reader's own acts did, in a sentence for who does not see it (A1). What an act is about
// is read before it, for afterwards it may be gone; what came of it, from the view that has it.
// Nothing is said of what stands on the page as words beside its button: refusals, saved settings.
import { formatClock, formatCountdown } from '../../core/clock';
import { m } from '../../i18n';
import {
  ActKind,
  type CommandBody,
  type CommandCase,
  type EntryView,
  type SpeechView,
} from '../../wire';
import type { SessionFace } from '../face';
import { actWord, phaseWord } from '../words';

type Seen = Pick<
  SessionFace,
  | 'acts'
  | 'clockOf'
  | 'delegationName'
  | 'entry'
  | 'floorOf'
  | 'info'
  | 'itemTitle'
  | 'item'
  | 'itemsOf'
  | 'room'
  | 'rooms'
  | 'say'
>;
type Value<Case extends CommandCase> = Extract<CommandBody, { readonly case: Case }>['value'];
// From what stands before the act, what to say after it.
type Sayer<Of> = (value: Of, seen: Seen) => () => string;
type Sayers = { readonly [Case in CommandCase]?: Sayer<Value<Case>> };

const minuteMs = 60_000;

const limitText = (limitMs: number) =>
  limitMs % minuteMs === 0 ? m.said_minutes({ count: limitMs / minuteMs }) : formatClock(limitMs);

// All of its time, of a speech that begins; of one that comes back, what is left of it.
function timeText(speech: SpeechView, seen: Seen): string {
  const { mood, text = '' } = seen.clockOf(speech);
  if (mood === 'over') return m.clock_over_time();
  if (text === formatCountdown(speech.limitMs)) return limitText(speech.limitMs);
  return m.clock_said_warning({ time: text });
}

function nameOf(one: EntryView | SpeechView | undefined, seen: Seen): string {
  return one ? one.name || seen.delegationName(one.delegationId, one.delegationName) : '';
}

function floorText(roomId: string, seen: Seen): string {
  const speech = seen.floorOf(roomId);
  if (!speech) return m.said_floor_free();
  const delegation = seen.delegationName(speech.delegationId, speech.delegationName);
  const who = [...new Set([speech.name, delegation])].filter((part) => part !== '').join(', ');
  return speech.limitMs > 0
    ? m.said_floor({ who, time: timeText(speech, seen) })
    : m.said_floor_open({ who });
}

const speechOf = (id: string | undefined, seen: Seen) =>
  seen.rooms.flatMap((room) => seen.floorOf(room.id) ?? []).find((speech) => speech.id === id);
const sentence = (text: string) => `${text}.`;
const fixed = (text: () => string) => () => text;

const ofEntry =
  (say: (name: string) => string): Sayer<{ readonly requestId?: string }> =>
  ({ requestId = '' }, seen) => {
    const name = nameOf(seen.entry(requestId), seen);
    return () => say(name);
  };
const ofItem =
  (say: (title: string) => string): Sayer<{ readonly itemId?: string }> =>
  ({ itemId = '' }, seen) => {
    const title = seen.itemTitle(itemId);
    return () => say(title);
  };
const ofPhase: Sayer<unknown> = (_, seen) => () =>
  seen.info ? m.said_session({ phase: phaseWord(seen.info.phase) }) : '';

const sayers: Sayers = {
  openSession: ofPhase,
  pauseSession: ofPhase,
  resumeSession: ofPhase,
  closeSession: ofPhase,
  reopenSession: ofPhase,
  changeSession: fixed(m.settings_saved),
  announce: fixed(m.said_announced),
  withdrawAnnouncement: fixed(m.said_withdrawn),
  addDelegation: fixed(m.said_delegation_added),
  changeDelegation: fixed(m.said_delegation_changed),
  removeDelegation: fixed(m.said_delegation_removed),

  addItem: ({ item }, seen) => {
    const title = seen.say(item?.title as Parameters<Seen['say']>[0]);
    return () => m.said_item_added({ title });
  },
  changeItem: ({ itemId = '' }, seen) => {
    const roomOf = () => seen.item(itemId)?.item?.roomId;
    const before = roomOf();
    return () => {
      const title = seen.itemTitle(itemId);
      const room = seen.room(roomOf() ?? '');
      return room && room.id !== before
        ? m.said_item_room({ title, room: seen.say(room.name) })
        : m.said_item_changed({ title });
    };
  },
  moveItem:
    ({ itemId = '' }, seen) =>
    () => {
      const room = seen.item(itemId)?.item?.roomId ?? '';
      const place = seen.itemsOf(room).findIndex(({ item }) => item?.id === itemId) + 1;
      return m.said_item_moved({ title: seen.itemTitle(itemId), place });
    },
  removeItem: ofItem((title) => m.said_item_removed({ title })),
  startItem: ofItem((subject) => sentence(m.act_start_item({ subject }))),
  endItem: ({ roomId = '' }, seen) => {
    const title = seen.itemTitle(seen.room(roomId)?.currentItemId ?? '');
    return () => m.said_item_ended({ title });
  },

  changePerson: fixed(m.settings_saved),
  admitPerson: fixed(m.said_admitted),
  confirmDelegation: fixed(m.said_confirmed),
  mutePerson: ({ muted }) => (muted ? m.said_muted : m.said_unmuted),
  removePerson: fixed(m.said_person_removed),
  grantRole: fixed(m.said_role_given),
  revokeRole: fixed(m.said_role_taken),
  revokeInvitation: fixed(m.said_revoked),
  mergePeople: fixed(m.said_merged),

  moveRequest:
    ({ requestId = '' }, seen) =>
    () => {
      const entry = seen.entry(requestId);
      return entry?.place ? m.queue_moved({ name: nameOf(entry, seen), place: entry.place }) : '';
    },
  holdRequest: ({ held, ...value }, seen) =>
    ofEntry((name) => (held ? m.said_held({ name }) : m.said_released({ name })))(value, seen),
  removeRequest: ofEntry((subject) => sentence(m.act_remove({ subject }))),
  askToBeNext: ofEntry((name) => m.said_asked({ name })),
  nameSpeaker:
    ({ requestId = '' }, seen) =>
    () =>
      m.said_speaker({ name: nameOf(seen.entry(requestId), seen) }),
  clearQueue: fixed(() => sentence(m.act_clear())),
  setQueueOpen: ({ open }) => (open ? m.said_queue_open : m.said_queue_closed),

  nextSpeaker:
    ({ roomId = '' }, seen) =>
    () =>
      floorText(roomId, seen),
  grantFloor: ({ requestId = '', roomId = '' }, seen) => {
    const inRoom = requestId === '' ? roomId : (seen.entry(requestId)?.roomId ?? '');
    return () => floorText(inRoom, seen);
  },
  startSpeech: fixed(m.said_clock_runs),
  pauseSpeech: fixed(() => sentence(m.clock_paused())),
  resumeSpeech: fixed(m.said_clock_runs),
  addTime:
    ({ speechId }, seen) =>
    () => {
      const limitMs = speechOf(speechId, seen)?.limitMs ?? 0;
      return limitMs > 0 ? m.said_limit({ time: formatClock(limitMs) }) : '';
    },
  takeOffTime: fixed(m.said_taken_off),
  endSpeech: ({ speechId }, seen) => {
    const speech = speechOf(speechId, seen);
    const ended = sentence(m.act_end({ subject: nameOf(speech, seen) }));
    return () => `${ended} ${floorText(speech?.roomId ?? '', seen)}`;
  },
  undo: ({ actId }, seen) => {
    const acts = seen.rooms.flatMap((room) => seen.acts(room.id));
    const act = acts.find(({ id }) => id === actId);
    if (!act) return () => '';
    const undone = m.said_undone({ act: actWord(act) });
    const ofFloor = act.kind === ActKind.GRANT || act.kind === ActKind.END;
    return () => (ofFloor ? `${undone} ${floorText(act.roomId, seen)}` : undone);
  },
};

// Before a command is sent. What it returns is asked for once the command is done, and says what to
// say; "" where nothing is.
export function ownAct(body: CommandBody, seen: Seen): () => string {
  const sayer = sayers[body.case] as Sayer<CommandBody['value']> | undefined;
  return sayer ? sayer(body.value, seen) : () => '';
}
