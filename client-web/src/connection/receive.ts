// What a connection hears: the welcome, views and their changes, the reader's own values, answers,
// the time.
import { toHex } from '../core/bytes';
import { withRoundTrip, withStamp } from '../core/offset';
import { applyChange, wholeView } from '../core/view';
import type { Answer, ServerMessage, ViewChange, Welcome } from '../wire';
import * as commands from './commands';
import * as limits from './limits';
import type { Turn } from './turn';

// 'lost_track': the view does not follow; nothing of the rest was taken.
export function receive(turn: Turn, messages: readonly ServerMessage[]): 'taken' | 'lost_track' {
  turn.set({ heardAtMs: turn.at.nowMs });
  for (const { body } of messages) {
    switch (body.case) {
      case 'welcome':
        if (!welcomed(turn, body.value)) return 'lost_track';
        break;
      case 'view':
        turn.set({ view: wholeView(body.value), distrustPosition: false });
        if (turn.machine.status.kind === 'catching_up') goLive(turn);
        break;
      case 'change':
        if (!changed(turn, body.value)) return 'lost_track';
        break;
      case 'personal':
        turn.set({ personal: body.value });
        break;
      case 'presence':
        turn.set({ presence: body.value });
        break;
      case 'reply':
        commands.onReply(turn, body.value);
        break;
      case 'answer':
        answered(turn, body.value);
        break;
      case 'heartbeat':
        heartbeat(turn, body.value.serverTimeMs);
        break;
      case 'bye':
        turn.set({ bye: body.value });
        break;
      default: // of a newer server: nothing that this page needs
        break;
    }
  }
  if (turn.machine.status.kind === 'live') turn.set({ freshAtMs: turn.at.nowMs });
  commands.settleReached(turn);
  return 'taken';
}

function welcomed(turn: Turn, welcome: Welcome): boolean {
  const { status, view, clock, helloAtMs, vigilant } = turn.machine;
  if (status.kind !== 'greeting') return false;
  if (welcome.resumed && view === undefined) return false;
  const { nowMs } = turn.at;
  turn.set({
    welcome,
    status: { kind: 'catching_up' },
    clock: withRoundTrip(clock, helloAtMs, nowMs, welcome.serverTimeMs),
  });
  turn.emit({ kind: 'disarm', timer: 'opening' });
  const silence = vigilant ? limits.vigilantSilenceMs : limits.silenceMs;
  turn.emit({ kind: 'arm', timer: 'silence', afterMs: silence });
  turn.emit({ kind: 'arm', timer: 'ask', afterMs: limits.askAfterMs[0] ?? limits.askEveryMs });
  if (welcome.resumed) goLive(turn);
  return true;
}

function goLive(turn: Turn): void {
  turn.set({ status: { kind: 'live' }, liveSinceMs: turn.at.nowMs, lostAtMs: undefined });
  commands.resume(turn);
}

function changed(turn: Turn, change: ViewChange): boolean {
  const { view, status } = turn.machine;
  if (view === undefined || status.kind !== 'live') return status.kind === 'catching_up';
  const applied = applyChange(view, change);
  if (applied.kind === 'applied') turn.set({ view: applied.view });
  return applied.kind !== 'mismatch';
}

function answered(turn: Turn, answer: Answer): void {
  const id = toHex(answer.id);
  if (!turn.machine.questions.some((question) => question.id === id)) return;
  turn.set({ questions: turn.machine.questions.filter((question) => question.id !== id) });
  const { body } = answer;
  turn.emit({ kind: 'answer', id, answer: body.case === undefined ? undefined : body });
}

function heartbeat(turn: Turn, serverTimeMs: number): void {
  const { ask, clock } = turn.machine;
  const { nowMs } = turn.at;
  const first = ask.heard === 0 ? { heardAtMs: nowMs, serverMs: serverTimeMs } : {};
  turn.set({
    clock: withStamp(clock, nowMs, serverTimeMs),
    ask: { ...ask, ...first, heard: ask.heard + 1 },
  });
  sendHeartbeat(turn, serverTimeMs);
}

function sendHeartbeat(turn: Turn, serverTimeMs: number): void {
  turn.emit({ kind: 'send', message: { body: { case: 'heartbeat', value: { serverTimeMs } } } });
}

// Counts the exchange before, if it was one, and begins the next.
export function nextAsk(turn: Turn): void {
  const { ask, clock, vigilant } = turn.machine;
  if (ask.count > 0 && ask.heard === 1) {
    turn.set({ clock: withRoundTrip(clock, ask.sentAtMs, ask.heardAtMs, ask.serverMs) });
  }
  const count = ask.count + 1;
  turn.set({ ask: { count, sentAtMs: turn.at.nowMs, heard: 0, heardAtMs: 0, serverMs: 0 } });
  sendHeartbeat(turn, 0);
  const unsure = turn.machine.clock.errorMs > limits.sureWithinMs;
  const usual = unsure ? limits.unsureAskEveryMs : limits.askEveryMs;
  const most = vigilant ? limits.vigilantAskEveryMs : usual;
  const afterMs = Math.min(most, limits.askAfterMs[count] ?? most);
  turn.emit({ kind: 'arm', timer: 'ask', afterMs });
}

// Is anybody there? Taints a running comparison of clocks, which then does not count.
export function probe(turn: Turn): void {
  if (turn.machine.status.kind === 'greeting') return;
  turn.set({ ask: { ...turn.machine.ask, heard: turn.machine.ask.heard + 1 } });
  sendHeartbeat(turn, 0);
  turn.emit({ kind: 'arm', timer: 'probe', afterMs: limits.probeMs });
}
