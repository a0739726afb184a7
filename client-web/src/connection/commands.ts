// Commands on their way (C2, C5). An id acts once on the server, so what is not known to have
// arrived is sent again with the same id: the reader's own raise and withdraw for as long as they
// may be late, all else only shortly after it was pressed, since a moderator's button must do
// nothing later.
import { serverTime } from '../core/offset';
import { fromHex } from '../core/bytes';
import { RefusalCode, type CommandBody, type Position, type Refusal, type Reply } from '../wire';
import { toHex } from '../core/bytes';
import * as limits from './limits';
import type { Turn } from './turn';
import type { Input, Outcome, PendingCommand } from './types';

export const done = (createdId: string): Outcome => ({ kind: 'done', createdId });
export const refused = (refusal: Refusal): Outcome => ({ kind: 'refused', createdId: '', refusal });
const refusedFor = (code: RefusalCode, limit = 0): Outcome =>
  refused({ code, field: '', limit, accepted: '' });
const cannotAct: Outcome = { kind: 'cannot_act', createdId: '' };
const unknown: Outcome = { kind: 'unknown', createdId: '' };
const cancelled: Outcome = { kind: 'cancelled', createdId: '' };

type Pressed = Extract<Input, { kind: 'command' }>;

export function submit(turn: Turn, { id, body, keep, earlier }: Pressed): void {
  const live = turn.machine.status.kind === 'live';
  if (turn.machine.pending.some((command) => command.id === id)) return;
  if (turn.machine.status.kind === 'ended' || (!live && !keep)) {
    turn.emit({ kind: 'settle', id, outcome: cannotAct });
    return;
  }
  if (turn.machine.pending.length >= limits.mostPending) {
    const outcome = refusedFor(RefusalCode.RATE_LIMITED, limits.mostPending);
    turn.emit({ kind: 'settle', id, outcome });
    return;
  }
  replaceKept(turn, body);
  const { nowMs, wallMs } = turn.at;
  const ageMs = earlier?.ageMs ?? 0;
  const command: PendingCommand = {
    id,
    body,
    issuedAtMs: nowMs - ageMs,
    issuedWallMs: wallMs - ageMs,
    keep,
    tries: earlier?.sent === true ? 1 : 0,
    state: earlier?.sent === true ? { kind: 'waiting', untilMs: nowMs } : { kind: 'kept' },
  };
  turn.set({ pending: [...turn.machine.pending, command] });
  if (live) transmit(turn, command);
  rearm(turn);
}

// A second press while nothing was sent yet stands for the first.
function replaceKept(turn: Turn, body: CommandBody): void {
  for (const command of turn.machine.pending) {
    if (command.state.kind === 'kept' && sameSubject(command.body, body)) {
      settle(turn, command, cancelled);
    }
  }
}

function sameSubject(a: CommandBody, b: CommandBody): boolean {
  if (a.case === 'requestFloor' && b.case === 'requestFloor') {
    const subject = ({ roomId, kind, itemId = '' }: typeof a.value) =>
      `${roomId} ${kind} ${itemId}`;
    return subject(a.value) === subject(b.value);
  }
  return (
    a.case === 'withdrawRequest' &&
    b.case === 'withdrawRequest' &&
    a.value.requestId === b.value.requestId
  );
}

export function cancel(turn: Turn, id: string): void {
  const command = turn.machine.pending.find((one) => one.id === id);
  if (command?.state.kind === 'kept') settle(turn, command, cancelled);
  rearm(turn);
}

function transmit(turn: Turn, command: PendingCommand): void {
  const { nowMs } = turn.at;
  change(turn, { ...command, tries: command.tries + 1, state: { kind: 'sent', atMs: nowMs } });
  const issuedAtMs = Math.round(serverTime(turn.machine.clock, nowMs - ageMs(turn, command)));
  const submitted = { issuedAtMs, command: { body: command.body } };
  const body = { case: 'submit' as const, value: submitted };
  turn.emit({ kind: 'send', message: { id: fromHex(command.id), body } });
}

function change(turn: Turn, changed: PendingCommand): void {
  turn.set({
    pending: turn.machine.pending.map((command) => (command.id === changed.id ? changed : command)),
  });
}

function settle(turn: Turn, command: PendingCommand, outcome: Outcome): void {
  turn.set({ pending: turn.machine.pending.filter(({ id }) => id !== command.id) });
  turn.emit({ kind: 'settle', id: command.id, outcome });
}

// The connection is live again: what was kept or not answered goes out, in the order in which it
// was pressed.
export function resume(turn: Turn): void {
  giveUpLate(turn);
  for (const command of turn.machine.pending) {
    const { kind } = command.state;
    if (kind === 'kept' || kind === 'waiting') transmit(turn, command);
  }
  settleReached(turn);
  rearm(turn);
}

// The connection is lost: what was sent may have arrived or not.
export function interrupt(turn: Turn): void {
  const untilMs = turn.at.nowMs;
  turn.set({
    pending: turn.machine.pending.map((command) =>
      command.state.kind === 'sent' ? { ...command, state: { kind: 'waiting', untilMs } } : command,
    ),
  });
  rearm(turn);
}

export function onReply(turn: Turn, reply: Reply): void {
  const id = toHex(reply.id);
  const command = turn.machine.pending.find((one) => one.id === id);
  if (command === undefined || command.state.kind === 'accepted') return; // answered before
  if (reply.outcome.case === 'position') {
    accept(turn, command, reply.outcome.value, reply.createdId);
  } else if (reply.outcome.case === 'refusal') {
    const refusal = reply.outcome.value;
    const again = refusal.code === RefusalCode.UNAVAILABLE && command.tries < limits.mostTries;
    if (!again) settle(turn, command, refused(refusal));
    else {
      const doubled = Math.min(
        limits.longestAgainMs,
        limits.firstAgainMs * 2 ** (command.tries - 1),
      );
      const untilMs = turn.at.nowMs + doubled * (0.5 + turn.at.random / 2);
      change(turn, { ...command, state: { kind: 'waiting', untilMs } });
    }
  }
  rearm(turn);
}

function accept(turn: Turn, command: PendingCommand, position: Position, createdId: string): void {
  const untilMs = turn.at.nowMs + limits.settleWithinMs;
  change(turn, { ...command, state: { kind: 'accepted', position, createdId, untilMs } });
  settleReached(turn);
}

// A command is done for the reader when the view shows it: the view that it changed, and for the
// own hand the reader's own values too, which come apart. A view that does not move for it (nothing
// that this audience sees changed) is not waited for long.
export function settleReached(turn: Turn): void {
  const { view, personal } = turn.machine;
  for (const command of turn.machine.pending) {
    if (command.state.kind !== 'accepted') continue;
    const { position, createdId, untilMs } = command.state;
    const seen = (view?.position.seq ?? 0) >= position.seq;
    const own = !command.keep || (personal?.position?.seq ?? 0) >= position.seq;
    if ((seen && own) || turn.at.nowMs >= untilMs) settle(turn, command, done(createdId));
  }
}

// The older of two clocks' answers: the browser's own stands still while a phone sleeps, the
// device's may be set.
function ageMs({ at }: Turn, { issuedAtMs, issuedWallMs }: PendingCommand): number {
  return Math.max(at.nowMs - issuedAtMs, at.wallMs - issuedWallMs);
}

function lastMomentMs(turn: Turn, command: PendingCommand): number {
  const late = command.keep ? limits.expiredAfterMs - limits.expiryMarginMs : limits.resendForMs;
  return turn.at.nowMs + late - ageMs(turn, command);
}

// What is too late to be sent (again) is given up: never sent is certain, all else is not known.
function giveUpLate(turn: Turn): void {
  for (const command of turn.machine.pending) {
    const { kind } = command.state;
    if ((kind !== 'kept' && kind !== 'waiting') || turn.at.nowMs < lastMomentMs(turn, command))
      continue;
    settle(turn, command, kind === 'kept' ? refusedFor(RefusalCode.EXPIRED) : unknown);
  }
}

// The commands' timer: whatever is due.
export function onTimer(turn: Turn): void {
  giveUpLate(turn);
  settleReached(turn);
  if (turn.machine.status.kind === 'live') {
    for (const command of turn.machine.pending) {
      if (dueMs(turn, command) > turn.at.nowMs) continue;
      if (command.tries >= limits.mostTries) settle(turn, command, unknown);
      else transmit(turn, command);
    }
  }
  rearm(turn);
}

function dueMs(turn: Turn, command: PendingCommand): number {
  const { state } = command;
  const live = turn.machine.status.kind === 'live';
  if (state.kind === 'accepted') return state.untilMs;
  if (state.kind === 'sent') return state.atMs + limits.replyWithinMs;
  if (state.kind === 'waiting' && live) return Math.min(state.untilMs, lastMomentMs(turn, command));
  return lastMomentMs(turn, command);
}

function rearm(turn: Turn): void {
  const due = Math.min(...turn.machine.pending.map((command) => dueMs(turn, command)));
  if (due === Infinity) turn.emit({ kind: 'disarm', timer: 'commands' });
  else {
    const afterMs = Math.max(0, due - turn.at.nowMs);
    turn.emit({ kind: 'arm', timer: 'commands', afterMs });
  }
}

// The connection has ended for good.
export function abandonAll(turn: Turn): void {
  for (const command of turn.machine.pending) {
    const { state } = command;
    if (state.kind === 'accepted') settle(turn, command, done(state.createdId));
    else settle(turn, command, state.kind === 'kept' ? cannotAct : unknown);
  }
  turn.emit({ kind: 'disarm', timer: 'commands' });
}
