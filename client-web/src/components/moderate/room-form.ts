// A room's settings as their form has them: seconds in place of milliseconds, one form of the name.
import { withForm } from '../../core/forms';
import {
  HolderKind,
  Overrun,
  Preset,
  type CommandBody,
  type RequestKind,
  type RoomView,
} from '../../wire';
import { textIn } from '../words';

const inSeconds = (ms: number | undefined) => (ms ?? 0) / 1000;

export const formOf = ({ name, settings }: RoomView, language: string) => ({
  name: textIn(name, language),
  preset: settings?.preset ?? Preset.SIMPLE,
  holder: settings?.holder ?? HolderKind.PERSON,
  limit: inSeconds(settings?.speechLimitMs),
  warning: inSeconds(settings?.warningMs),
  overrun: settings?.overrun ?? Overrun.COUNT_UP,
  suspends: settings?.interruptionSuspends ?? false,
  waits: settings?.clockWaitsForStart ?? false,
  hidden: settings?.namesHidden ?? false,
  capacity: settings?.capacity ?? 0,
});
export type RoomForm = ReturnType<typeof formOf>;
export type Seconds = Readonly<Partial<Record<RequestKind, number>>>;

export const secondsOf = ({ settings }: RoomView): Seconds =>
  Object.fromEntries(
    (settings?.kindLimits ?? []).map(({ kind, limitMs }) => [kind, inSeconds(limitMs)]),
  );

export function changeRoom(
  room: RoomView,
  form: RoomForm,
  byKind: Seconds,
  language: string,
): CommandBody {
  const kindLimits = Object.entries(byKind)
    .filter(([, seconds]) => seconds > 0)
    .map(([kind, seconds]) => ({ kind: Number(kind) as RequestKind, limitMs: seconds * 1000 }));
  const name = form.name.trim();
  const changed = name !== '' && form.name !== textIn(room.name, language);
  return {
    case: 'changeRoom',
    value: {
      roomId: room.id,
      ...(changed ? { name: withForm(room.name, language, name) } : {}),
      settings: {
        preset: form.preset,
        holder: form.holder,
        speechLimitMs: form.limit * 1000,
        kindLimits,
        warningMs: form.warning * 1000,
        overrun: form.overrun,
        interruptionSuspends: form.suspends,
        clockWaitsForStart: form.waits,
        namesHidden: form.hidden,
        capacity: form.capacity,
      },
    },
  };
}
