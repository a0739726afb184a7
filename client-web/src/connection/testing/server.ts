// A model of the server for tests of the connection: one session whose content is a list of
// entries, with durable commands that act once, a window to resume from, and refusals on demand.
// Speaks real bytes.
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { toHex } from '../../core/bytes';
import {
  Audience,
  RefusalCode,
  ViewKind,
  decodeBatch,
  type Plain,
  type PlainInit,
  type Position,
  type ServerMessage,
  type ViewEntity,
} from '../../wire';
import {
  ClientMessageSchema,
  ServerBatchSchema,
  type ClientMessage,
} from '../../wire/generated/plenary/v1/wire_pb';
import { fromPlain, toPlain } from '../../testing/protobuf';
import type { ServerBatch } from '../../wire/generated/plenary/v1/wire_pb';

type Message = PlainInit<ServerBatch>['messages'] extends infer List
  ? NonNullable<List> extends readonly (infer Element)[]
    ? Element
    : never
  : never;

export interface Line {
  readonly greeted: boolean;
}

interface Step {
  readonly position: Position;
  readonly put: string | undefined;
  readonly removed: string | undefined;
}

// One connection as the server has it.
export class ServerLine implements Line {
  greeted = false;
  at: Position | undefined;
  readonly out: Message[] = [];
}

export class ModelServer {
  readonly steps: Step[] = [
    { position: { seq: 1, id: Uint8Array.of(1) }, put: undefined, removed: undefined },
  ];
  readonly acted = new Map<string, Position>(); // command id → where
  readonly issuedAt = new Map<string, number>(); // command id → as its sender says
  readonly lines = new Set<ServerLine>();
  window = 8; // steps that a reader may be behind and still resume
  unavailable = 0; // so many of the next commands are answered UNAVAILABLE
  doubled = false; // every change is sent twice
  nowMs: () => number;
  history = 0;

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
  }

  get head(): Position {
    return (this.steps.at(-1) as Step).position;
  }

  contentAt(position: Position): readonly string[] {
    const content = new Set<string>();
    for (const step of this.steps) {
      if (step.removed !== undefined) content.delete(step.removed);
      if (step.put !== undefined) content.add(step.put);
      if (toHex(step.position.id) === toHex(position.id)) return [...content].sort();
    }
    throw new Error(`position ${position.seq} never was`);
  }

  append(change: { put?: string; removed?: string }): Position {
    const seq = this.head.seq + 1;
    const id = Uint8Array.of(seq & 255, (seq >> 8) & 255, this.history);
    this.steps.push({ position: { seq, id }, put: change.put, removed: change.removed });
    return { seq, id };
  }

  // The end of the log is lost and another history takes its place.
  fork(lost: number): void {
    this.steps.splice(-lost);
    this.history += 1;
    for (const [id, position] of this.acted) {
      if (position.seq > this.head.seq) this.acted.delete(id);
    }
  }

  // Brings every line to the head, in one change each; returns the lines that got something.
  flush(): void {
    for (const line of this.lines) {
      if (!line.greeted || line.at === undefined) continue;
      const change = this.change(line.at);
      if (change === undefined) continue;
      line.out.push(change);
      if (this.doubled) line.out.push(change);
      line.at = this.head;
    }
  }

  change(from: Position): Message | undefined {
    const index = this.indexOf(from);
    if (index < 0 || index === this.steps.length - 1) return undefined;
    const put: PlainInit<ViewEntity>[] = [];
    const removed: { kind: ViewKind; id: string }[] = [];
    for (const step of this.steps.slice(index + 1)) {
      if (step.put !== undefined) put.push({ kind: { case: 'entry', value: { id: step.put } } });
      if (step.removed !== undefined) removed.push({ kind: ViewKind.ENTRY, id: step.removed });
    }
    const value = { from, to: this.head, put: netPuts(put, removed), removed };
    return { body: { case: 'change', value } };
  }

  private indexOf(position: Position): number {
    return this.steps.findIndex((step) => toHex(step.position.id) === toHex(position.id));
  }

  wholeView(): Message {
    const entities = this.contentAt(this.head).map((id) => ({
      kind: { case: 'entry' as const, value: { id } },
    }));
    const value = { position: this.head, audience: Audience.EVERYONE, entities };
    return { body: { case: 'view', value } };
  }

  hear(line: ServerLine, bytes: Uint8Array): void {
    const { id, body } = toPlain(fromBinary(ClientMessageSchema, bytes)) as Plain<ClientMessage>;
    if (body.case === 'hello') this.hello(line, body.value.position);
    else if (!line.greeted) throw new Error(`${body.case ?? 'nothing'} before Hello`);
    else if (body.case === 'heartbeat') {
      if (body.value.serverTimeMs === 0) line.out.push(this.heartbeat());
    } else if (body.case === 'submit') this.submit(line, id, body.value.issuedAtMs);
    else if (body.case === 'question') {
      line.out.push({
        body: { case: 'answer', value: { id, body: { case: 'queue', value: { total: 7 } } } },
      });
    }
  }

  heartbeat(): Message {
    return { body: { case: 'heartbeat', value: { serverTimeMs: Math.round(this.nowMs()) } } };
  }

  private hello(line: ServerLine, position: Position | undefined): void {
    const index = position === undefined ? -1 : this.indexOf(position);
    const resumed = index >= 0 && this.steps.length - index <= this.window;
    const serverTimeMs = Math.round(this.nowMs());
    line.greeted = true;
    line.out.push({ body: { case: 'welcome', value: { serverTimeMs, resumed, personId: 'me' } } });
    if (resumed && position !== undefined) {
      const change = this.change(position);
      if (change !== undefined) line.out.push(change);
    } else line.out.push(this.wholeView());
    line.at = this.head;
    line.out.push(this.personal());
  }

  private submit(line: ServerLine, id: Uint8Array, issuedAtMs: number): void {
    const reply = (outcome: NonNullable<PlainInit<Reply>['outcome']>) =>
      line.out.push({ body: { case: 'reply', value: { id, outcome, createdId: toHex(id) } } });
    this.issuedAt.set(toHex(id), issuedAtMs);
    const known = this.acted.get(toHex(id));
    if (known !== undefined) reply({ case: 'position', value: known });
    else if (this.nowMs() - issuedAtMs > 5 * 60_000) {
      reply({ case: 'refusal', value: { code: RefusalCode.EXPIRED } });
    } else if (this.unavailable > 0) {
      this.unavailable -= 1;
      reply({ case: 'refusal', value: { code: RefusalCode.UNAVAILABLE } });
    } else {
      const position = this.append({ put: toHex(id) });
      this.acted.set(toHex(id), position);
      this.flush();
      reply({ case: 'position', value: position });
      line.out.push(this.personal());
    }
  }

  private personal(): Message {
    return { body: { case: 'personal', value: { personId: 'me', position: this.head } } };
  }
}

type Reply = Extract<ServerMessage['body'], { case: 'reply' }>['value'];

// What was put and taken away again in the same change is only removed.
function netPuts(put: PlainInit<ViewEntity>[], removed: { id: string }[]): typeof put {
  const gone = new Set(removed.map(({ id }) => id));
  return put.filter(({ kind }) => kind?.case !== 'entry' || !gone.has(kind.value.id ?? ''));
}

// As one WebSocket message.
export function bytesOf(messages: readonly Message[]): Uint8Array<ArrayBuffer> {
  return toBinary(ServerBatchSchema, fromPlain(ServerBatchSchema, { messages })).slice();
}

// Through real bytes.
export function overTheWire(messages: readonly Message[]): readonly ServerMessage[] {
  return decodeBatch(bytesOf(messages));
}
