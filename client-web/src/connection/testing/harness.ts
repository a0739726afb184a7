// Runs the connection machine against a model server in time of its own: timers, latency and losses
// are all events in one queue, so a run is repeated exactly.
import { fromBinary } from '@bufbuild/protobuf';
import { toHex } from '../../core/bytes';
import type { Position } from '../../wire';
import { encodeMessage, type CommandBody } from '../../wire';
import { ClientMessageSchema } from '../../wire/generated/plenary/v1/wire_pb';
import { newMachine, step } from '../machine';
import type { AnswerBody, Earlier, Effect, Input, Machine, Outcome, Timer } from '../types';
import { ModelServer, ServerLine, overTheWire } from './server';

interface Event {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

interface Socket {
  readonly line: ServerLine;
  open: boolean; // still heard by the machine
  severed: boolean; // nothing arrives any more, and neither side knows
  lastArrivalMs: number;
}

export interface Network {
  up: boolean; // else a new socket fails
  silent: boolean; // else: what is sent vanishes, and nobody is told
  delayMs: () => number;
}

export class Harness {
  ownMs = 5_000_000;
  wallAheadMs = 0; // the device's clock, as it runs on in sleep or is set
  readonly server: ModelServer;
  machine: Machine;
  readonly network: Network = { up: true, silent: false, delayMs: () => 10 };
  readonly outcomes = new Map<string, Outcome>();
  readonly answers = new Map<string, AnswerBody | undefined>();
  readonly sent: string[] = []; // cases of what the machine sent
  readonly submitted = new Map<string, number>(); // command id → times it was sent
  exchanged = 0; // messages that arrived, on either side
  onExchange: () => void = () => undefined;
  check: () => void = () => undefined;
  #events: Event[] = [];
  #order = 0;
  #timers = new Map<Timer, Event>();
  #socket: Socket | undefined;
  #ids = 0;

  constructor(
    readonly skewMs = 0,
    readonly random: () => number = () => 0.5,
    vigilant = false,
    server?: ModelServer,
  ) {
    this.server = server ?? new ModelServer(() => this.ownMs + this.skewMs);
    this.machine = newMachine('token', 'build', vigilant);
  }

  take(input: Input): void {
    const wallMs = this.ownMs + this.wallAheadMs;
    const turn = step(this.machine, input, { nowMs: this.ownMs, wallMs, random: this.random() });
    this.machine = turn.machine;
    for (const effect of turn.effects) this.#do(effect);
    this.check();
  }

  command(
    keep = false,
    body: CommandBody = { case: 'openSession', value: {} },
    earlier?: Earlier,
  ): string {
    this.#ids += 1;
    const id = earlier?.id ?? this.#ids.toString(16).padStart(32, '0');
    this.take({ kind: 'command', id, body, keep, earlier });
    return id;
  }

  later(afterMs: number, run: () => void): Event {
    const event = { atMs: this.ownMs + afterMs, order: (this.#order += 1), run };
    this.#events.push(event);
    return event;
  }

  // Lets `ms` pass.
  run(ms: number): void {
    const until = this.ownMs + ms;
    for (;;) {
      const next = this.#events.reduce<Event | undefined>(
        (first, event) =>
          event.atMs <= until && (first === undefined || earlier(event, first)) ? event : first,
        undefined,
      );
      if (next === undefined) break;
      this.#events = this.#events.filter((event) => event !== next);
      this.ownMs = Math.max(this.ownMs, next.atMs);
      next.run();
    }
    this.ownMs = until;
  }

  get live(): boolean {
    return this.machine.status.kind === 'live';
  }

  // What the page shows, as ids; undefined before the first view.
  get shown(): readonly string[] | undefined {
    const { view } = this.machine;
    return view === undefined ? undefined : [...view.entries.keys()].sort();
  }

  get position(): Position | undefined {
    return this.machine.view?.position;
  }

  // The network goes: both sides learn of it at once, with this code.
  drop(code = 1006): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#lose(socket);
    this.#socket = undefined;
    this.take({ kind: 'closed', code });
  }

  // The server says goodbye and closes.
  bye(code: number, retry: boolean, retryAfterMs = 0): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    socket.line.out.push({ body: { case: 'bye', value: { code, retry, retryAfterMs } } });
    this.deliver();
    this.later(this.network.delayMs() + 30, () => {
      if (this.#socket === socket) this.drop(code);
    });
  }

  // The server's side of the socket, for a test that sends something of its own.
  get line(): ServerLine | undefined {
    return this.#socket?.line;
  }

  // Sends what the server has for its lines, one message for all of it, in order.
  deliver(): void {
    const socket = this.#socket;
    if (socket === undefined || socket.line.out.length === 0) return;
    const messages = overTheWire(socket.line.out.splice(0));
    this.#travel(socket, () => {
      this.#exchange();
      if (socket.open) this.take({ kind: 'received', messages });
    });
  }

  #exchange(): void {
    this.exchanged += 1;
    this.onExchange();
  }

  // A stream keeps its order, whatever the delays.
  #travel(socket: Socket, arrive: () => void): void {
    if (this.network.silent) socket.severed = true;
    if (socket.severed) return;
    socket.lastArrivalMs = Math.max(socket.lastArrivalMs, this.ownMs + this.network.delayMs());
    this.later(socket.lastArrivalMs - this.ownMs, () => {
      if (socket.open && !socket.severed) arrive();
    });
  }

  #lose(socket: Socket): void {
    socket.open = false;
    this.server.lines.delete(socket.line);
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case 'open':
        this.#open();
        break;
      case 'send':
        this.#send(encodeMessage(effect.message));
        break;
      case 'close':
        if (this.#socket === undefined) throw new Error('closes what is not open');
        this.#lose(this.#socket);
        this.#socket = undefined;
        break;
      case 'arm':
        this.#disarm(effect.timer);
        if (!(effect.afterMs >= 0)) throw new Error(`${effect.timer} after ${effect.afterMs}`);
        this.#timers.set(
          effect.timer,
          this.later(effect.afterMs, () => {
            this.#timers.delete(effect.timer);
            this.take({ kind: 'timer', timer: effect.timer });
          }),
        );
        break;
      case 'disarm':
        this.#disarm(effect.timer);
        break;
      case 'settle':
        if (this.outcomes.has(effect.id)) throw new Error('settled twice');
        this.outcomes.set(effect.id, effect.outcome);
        break;
      case 'answer':
        if (this.answers.has(effect.id)) throw new Error('answered twice');
        this.answers.set(effect.id, effect.answer);
        break;
    }
  }

  #disarm(timer: Timer): void {
    const event = this.#timers.get(timer);
    this.#events = this.#events.filter((one) => one !== event);
    this.#timers.delete(timer);
  }

  #open(): void {
    if (this.#socket !== undefined) throw new Error('opens a second socket');
    const socket: Socket = {
      line: new ServerLine(),
      open: true,
      severed: false,
      lastArrivalMs: this.ownMs,
    };
    this.#socket = socket;
    this.later(this.network.delayMs(), () => {
      if (!socket.open || this.network.silent) return;
      if (!this.network.up) this.drop();
      else {
        this.server.lines.add(socket.line);
        this.take({ kind: 'opened' });
      }
    });
  }

  #send(bytes: Uint8Array): void {
    const socket = this.#socket;
    if (socket === undefined) throw new Error('sends without a socket');
    const { body, id } = fromBinary(ClientMessageSchema, bytes);
    this.sent.push(body.case ?? '');
    if (body.case === 'submit') {
      this.submitted.set(toHex(id), (this.submitted.get(toHex(id)) ?? 0) + 1);
    }
    this.#travel(socket, () => {
      this.#exchange();
      if (!socket.open) return;
      this.server.hear(socket.line, bytes);
      this.deliver();
    });
  }
}

function earlier(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

// Started and live.
export function live(harness = new Harness()): Harness {
  harness.take({ kind: 'start' });
  harness.run(100);
  if (!harness.live) throw new Error(`is ${harness.machine.status.kind}`);
  return harness;
}
