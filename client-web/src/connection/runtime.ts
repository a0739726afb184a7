// The shell around the connection machine: the socket, the timers, chance and time. Decides
// nothing.
import { toHex } from '../core/bytes';
import { serverTime } from '../core/offset';
import { takeSocket, type EarlySocket } from '../early/left';
import { decodeBatch, encodeMessage, type CommandBody, type QuestionBody } from '../wire';
import { newMachine, step } from './machine';
import type { AnswerBody, Earlier, Effect, Input, Machine, Outcome, Timer } from './types';

export interface Connection {
  readonly machine: Machine;
  // Called after every step that changed something, once for what one message brought.
  onChange: (machine: Machine) => void;
  start(): void;
  stop(): void;
  wake(): void; // tries at once, or checks that the connection still stands
  serverNowMs(): number;
  send(body: CommandBody, keep: boolean, earlier?: Earlier): Promise<Outcome>;
  cancel(commandId: string): boolean;
  ask(body: QuestionBody): Promise<AnswerBody | undefined>;
}

export interface Options {
  readonly vigilant?: boolean; // of a display
  readonly url?: string;
}

export function connect(token: string, options: Options = {}): Connection {
  const url = options.url ?? `${location.origin.replace(/^http/, 'ws')}/api/v1/connect`;
  return new SocketConnection(url, newMachine(token, __BUILD__, options.vigilant));
}

// Does not jump when somebody sets the computer's clock.
const ownTimeMs = () => performance.timeOrigin + performance.now();
const newId = () => toHex(crypto.getRandomValues(new Uint8Array(16)));

class SocketConnection implements Connection {
  machine: Machine;
  onChange: (machine: Machine) => void = () => undefined;
  readonly #url: string;
  #socket: WebSocket | undefined;
  readonly #timers = new Map<Timer, ReturnType<typeof setTimeout>>();
  readonly #outcomes = new Map<string, (outcome: Outcome) => void>();
  readonly #answers = new Map<string, (answer: AnswerBody | undefined) => void>();
  readonly #listeners = new AbortController();
  #greeted = false; // the early script has sent this connection's Hello

  constructor(url: string, machine: Machine) {
    this.#url = url;
    this.machine = machine;
  }

  start(): void {
    const { signal } = this.#listeners;
    window.addEventListener('online', () => this.#take({ kind: 'online' }), { signal });
    window.addEventListener('offline', () => this.#take({ kind: 'network_lost' }), { signal });
    window.addEventListener('pageshow', () => this.#wakeIfShown(), { signal });
    document.addEventListener('visibilitychange', () => this.#wakeIfShown(), { signal });
    this.#take({ kind: 'start' });
  }

  stop(): void {
    this.#listeners.abort();
    this.#take({ kind: 'stop' });
  }

  wake(): void {
    this.#take({ kind: 'woken' });
  }

  serverNowMs(): number {
    return serverTime(this.machine.clock, ownTimeMs());
  }

  send(body: CommandBody, keep: boolean, earlier?: Earlier): Promise<Outcome> {
    const id = earlier?.id ?? newId();
    const outcome = new Promise<Outcome>((resolve) => this.#outcomes.set(id, resolve));
    this.#take({ kind: 'command', id, body, keep, earlier });
    return outcome;
  }

  cancel(commandId: string): boolean {
    this.#take({ kind: 'cancel', id: commandId });
    return !this.machine.pending.some(({ id }) => id === commandId);
  }

  ask(body: QuestionBody): Promise<AnswerBody | undefined> {
    const id = newId();
    const answer = new Promise<AnswerBody | undefined>((resolve) => this.#answers.set(id, resolve));
    this.#take({ kind: 'question', id, body });
    return answer;
  }

  #wakeIfShown(): void {
    if (!document.hidden) this.wake();
  }

  #take(input: Input, nowMs = ownTimeMs()): void {
    const before = this.machine;
    const at = { nowMs, wallMs: Date.now(), random: Math.random() };
    const { machine, effects } = step(before, input, at);
    this.machine = machine;
    if (machine !== before) this.onChange(machine);
    for (const effect of effects) this.#do(effect);
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case 'open':
        this.#open();
        break;
      case 'send':
        if (this.#greeted) this.#greeted = false;
        else this.#write(encodeMessage(effect.message));
        break;
      case 'close':
        this.#drop()?.close(effect.code);
        break;
      case 'arm':
        clearTimeout(this.#timers.get(effect.timer));
        this.#timers.set(
          effect.timer,
          setTimeout(() => this.#take({ kind: 'timer', timer: effect.timer }), effect.afterMs),
        );
        break;
      case 'disarm':
        clearTimeout(this.#timers.get(effect.timer));
        this.#timers.delete(effect.timer);
        break;
      case 'settle':
        this.#outcomes.get(effect.id)?.(effect.outcome);
        this.#outcomes.delete(effect.id);
        break;
      case 'answer':
        this.#answers.get(effect.id)?.(effect.answer);
        this.#answers.delete(effect.id);
        break;
    }
  }

  // A socket that is closing takes nothing, and the browser reports who tries; its end comes, and
  // what was not confirmed is sent again on the next one.
  #write(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(bytes);
  }

  // Forgets the socket: what it still says is heard by nobody.
  #drop(): WebSocket | undefined {
    const socket = this.#socket;
    this.#socket = undefined;
    return socket;
  }

  #open(): void {
    this.#drop()?.close();
    const early = takeSocket(this.machine.token, this.machine.build);
    const socket = early?.socket ?? new WebSocket(this.#url, 'plenary.v1');
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    const heard = (input: () => Input) => () => {
      if (this.#socket === socket) this.#take(input());
    };
    socket.onopen = heard(() => ({ kind: 'opened' }));
    socket.onmessage = ({ data }) => heard(() => decoded(data))();
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#take({ kind: 'closed', code });
    };
    if (early !== undefined && early.openedAtMs > 0) queueMicrotask(() => this.#catchUp(early));
  }

  // What happened on a connection that the early script opened, at the times when it happened: the
  // clocks are compared by them.
  #catchUp({ socket, openedAtMs, heard }: EarlySocket): void {
    if (this.#socket !== socket) return;
    this.#greeted = true;
    this.#take({ kind: 'opened' }, openedAtMs);
    for (const { atMs, data } of heard) {
      if (this.#socket === socket) this.#take(decoded(data), atMs);
    }
  }
}

function decoded(data: unknown): Input {
  if (!(data instanceof ArrayBuffer)) return { kind: 'garbled' };
  try {
    return { kind: 'received', messages: decodeBatch(new Uint8Array(data)) };
  } catch {
    return { kind: 'garbled' };
  }
}
