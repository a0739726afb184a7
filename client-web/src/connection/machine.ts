// The life of a connection: what happens next, decided without a socket, a clock or chance
// (PROTOCOL.md). The shell, runtime.ts, brings what happened and does what is said here.
//
//   idle → connecting → greeting → [catching_up →] live
//              ↑ retry                    │ lost
//              └──────── offline ←────────┘        ended: nothing more, and why
import { noEstimate } from '../core/offset';
import { fromHex } from '../core/bytes';
import type { QuestionBody } from '../wire';
import * as commands from './commands';
import * as limits from './limits';
import { nextAsk, probe, receive } from './receive';
import { Turn } from './turn';
import type { EndReason, Input, Machine, Step, Surroundings, Timer } from './types';

export const idleMachine: Machine = {
  token: '',
  build: '',
  vigilant: false,
  status: { kind: 'idle' },
  attempt: 0,
  liveSinceMs: undefined,
  lostAtMs: undefined,
  lostFor: 0,
  heardAtMs: 0,
  freshAtMs: 0,
  helloAtMs: 0,
  distrustPosition: false,
  bye: undefined,
  welcome: undefined,
  view: undefined,
  personal: undefined,
  presence: undefined,
  clock: noEstimate,
  ask: { count: 0, sentAtMs: 0, heard: 0, heardAtMs: 0, serverMs: 0 },
  pending: [],
  questions: [],
};

export function newMachine(token: string, build: string, vigilant = false): Machine {
  return { ...idleMachine, token, build, vigilant };
}

export function step(machine: Machine, input: Input, at: Surroundings): Step {
  const turn = new Turn(machine, at);
  dispatch(turn, input);
  return { machine: turn.machine, effects: turn.effects };
}

function dispatch(turn: Turn, input: Input): void {
  const { kind } = turn.machine.status;
  const open = kind === 'greeting' || kind === 'catching_up' || kind === 'live';
  switch (input.kind) {
    case 'start':
      if (kind !== 'idle') break;
      turn.set({ freshAtMs: turn.at.nowMs });
      connect(turn);
      break;
    case 'stop':
      if (open || kind === 'connecting') turn.emit({ kind: 'close', code: 1000 });
      if (kind !== 'ended') end(turn, 'left');
      break;
    case 'opened':
      if (kind === 'connecting') greet(turn);
      break;
    case 'received':
      if (open && receive(turn, input.messages) === 'lost_track') resync(turn);
      break;
    case 'garbled':
      if (open) resync(turn);
      break;
    case 'closed':
      if (open || kind === 'connecting') closed(turn, input.code);
      break;
    case 'timer':
      onTimer(turn, input.timer);
      break;
    case 'online':
      if (open) probe(turn);
      else if (kind === 'offline' || kind === 'connecting') networkBack(turn);
      break;
    case 'network_lost':
      if (open) probe(turn);
      break;
    case 'woken':
      if (kind === 'offline') connect(turn);
      else if (open) probe(turn);
      break;
    case 'command':
      commands.submit(turn, input);
      break;
    case 'cancel':
      commands.cancel(turn, input.id);
      break;
    case 'question':
      question(turn, input.id, input.body);
      break;
  }
}

function connect(turn: Turn): void {
  turn.set({ status: { kind: 'connecting' }, bye: undefined });
  turn.emit({ kind: 'disarm', timer: 'retry' });
  turn.emit({ kind: 'open' });
  turn.emit({ kind: 'arm', timer: 'opening', afterMs: limits.openWithinMs });
}

function greet(turn: Turn): void {
  const { token, build, view, distrustPosition } = turn.machine;
  const { nowMs } = turn.at;
  turn.set({
    status: { kind: 'greeting' },
    heardAtMs: nowMs,
    helloAtMs: nowMs,
    ask: idleMachine.ask,
  });
  const known = view === undefined || distrustPosition ? {} : { position: view.position };
  const value = { token, build, ...known, audience: view?.audience ?? 0 };
  turn.emit({ kind: 'send', message: { body: { case: 'hello', value } } });
  turn.emit({ kind: 'arm', timer: 'opening', afterMs: limits.openWithinMs });
}

// The view no longer follows the server's. On a view that the server resumed, the position itself
// is in doubt.
function resync(turn: Turn): void {
  const distrustPosition = turn.machine.welcome?.resumed ?? false;
  turn.emit({ kind: 'close', code: 4000 });
  lose(turn);
  turn.set({ distrustPosition });
}

const endings: Readonly<Record<number, EndReason>> = {
  4500: 'bad_message',
  4501: 'too_big',
  4502: 'unknown_token',
  4503: 'removed',
  4504: 'revoked',
  4505: 'session_gone',
  4506: 'replaced',
};

// The Bye says it best; a browser may report any close as 1006.
function closed(turn: Turn, socketCode: number): void {
  const { bye } = turn.machine;
  const code = bye?.code || socketCode;
  if ((code >= 4500 && code < 5000) || bye?.retry === false) {
    end(turn, endings[code] ?? 'other');
  } else lose(turn);
}

function lose(turn: Turn): void {
  const { status, liveSinceMs, lostAtMs, bye } = turn.machine;
  const { nowMs, random } = turn.at;
  const stable = liveSinceMs !== undefined && nowMs - liveSinceMs >= limits.stableAfterMs;
  const attempt = stable ? 0 : turn.machine.attempt;
  turn.set({
    attempt: attempt + 1,
    liveSinceMs: undefined,
    lostAtMs: status.kind === 'live' ? nowMs : lostAtMs,
    lostFor: bye?.code ?? 0,
  });
  disarmAll(turn);
  const asked = bye?.retryAfterMs ?? 0;
  const doubled = Math.min(limits.longestRetryMs, limits.firstRetryMs * 2 ** Math.min(attempt, 16));
  retryAfter(turn, asked > 0 ? asked * (0.5 + random) : doubled * (0.5 + random / 2));
  commands.interrupt(turn);
  loseQuestions(turn);
}

// What failed without a network says nothing about the server, and a try of that time may hang on.
function networkBack(turn: Turn): void {
  turn.set({ attempt: 0 });
  if (turn.machine.status.kind === 'connecting') turn.emit({ kind: 'close', code: 1000 });
  turn.emit({ kind: 'disarm', timer: 'opening' });
  retryAfter(turn, turn.at.random * limits.returnSpreadMs);
}

function retryAfter(turn: Turn, afterMs: number): void {
  turn.set({ status: { kind: 'offline', retryAtMs: turn.at.nowMs + afterMs } });
  turn.emit({ kind: 'arm', timer: 'retry', afterMs });
}

function end(turn: Turn, reason: EndReason): void {
  const { status, lostAtMs } = turn.machine;
  const lost = status.kind === 'live' ? turn.at.nowMs : lostAtMs;
  turn.set({ status: { kind: 'ended', reason }, lostAtMs: lost, liveSinceMs: undefined });
  disarmAll(turn);
  turn.emit({ kind: 'disarm', timer: 'retry' });
  commands.abandonAll(turn);
  loseQuestions(turn);
}

function disarmAll(turn: Turn): void {
  for (const timer of ['opening', 'silence', 'probe', 'ask'] as const) {
    turn.emit({ kind: 'disarm', timer });
  }
}

function loseQuestions(turn: Turn): void {
  for (const { id } of turn.machine.questions) turn.emit({ kind: 'answer', id, answer: undefined });
  turn.set({ questions: [] });
}

function onTimer(turn: Turn, timer: Timer): void {
  const { status, heardAtMs, vigilant } = turn.machine;
  const { nowMs } = turn.at;
  switch (timer) {
    case 'retry':
      if (status.kind === 'offline') connect(turn);
      break;
    case 'opening':
      if (status.kind === 'connecting' || status.kind === 'greeting') hangUp(turn);
      break;
    case 'silence': {
      if (status.kind !== 'live' && status.kind !== 'catching_up') break;
      const silence = vigilant ? limits.vigilantSilenceMs : limits.silenceMs;
      const left = heardAtMs + silence - nowMs;
      if (left <= 0) hangUp(turn);
      else turn.emit({ kind: 'arm', timer: 'silence', afterMs: left });
      break;
    }
    case 'probe':
      if (status.kind === 'live' || status.kind === 'catching_up') {
        if (nowMs - heardAtMs >= limits.probeMs) hangUp(turn);
      }
      break;
    case 'ask':
      if (status.kind === 'live' || status.kind === 'catching_up') nextAsk(turn);
      break;
    case 'commands':
      commands.onTimer(turn);
      break;
  }
}

function hangUp(turn: Turn): void {
  turn.emit({ kind: 'close', code: 4003 });
  lose(turn);
}

function question(turn: Turn, id: string, body: QuestionBody): void {
  const { status, questions } = turn.machine;
  if (status.kind !== 'live' || questions.length >= limits.mostQuestions) {
    turn.emit({ kind: 'answer', id, answer: undefined });
    return;
  }
  turn.set({ questions: [...questions, { id, askedAtMs: turn.at.nowMs }] });
  const message = { id: fromHex(id), body: { case: 'question' as const, value: { body } } };
  turn.emit({ kind: 'send', message });
}
