import { afterEach, expect, it, vi } from 'vitest';
import { RequestKind } from '../wire';
import { connect } from './runtime';
import { ModelServer, ServerLine, bytesOf } from './testing/server';

const server = new ModelServer(() => Date.now());

// The browser's socket, as far as the runtime uses it, with the model server behind it.
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  readonly #line = new ServerLine();
  onopen: () => void = () => undefined;
  onmessage: (event: { data: ArrayBuffer }) => void = () => undefined;
  onclose: (event: { code: number }) => void = () => undefined;

  constructor() {
    FakeSocket.all.push(this);
  }
  open(): void {
    this.readyState = FakeSocket.OPEN;
    server.lines.add(this.#line);
    this.onopen();
  }
  end(): void {
    this.readyState = 3;
    this.onclose({ code: 1006 });
  }
  send(bytes: Uint8Array): void {
    if (this.readyState !== FakeSocket.OPEN) throw new Error('already in CLOSING or CLOSED state');
    server.hear(this.#line, bytes);
    const out = this.#line.out.splice(0);
    queueMicrotask(() => this.onmessage({ data: bytesOf(out).buffer }));
  }
  close(): void {
    this.readyState = 3;
  }
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('C1: says nothing to a socket that is closing; a command waits for the next one', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('__BUILD__', 'test');
  const connection = connect('token', { url: 'ws://server/api/v1/connect' });
  connection.start();
  const [first] = FakeSocket.all;
  if (first === undefined) throw new Error('no socket');
  first.open();
  await vi.advanceTimersByTimeAsync(10);
  expect(connection.machine.status.kind).toBe('live');
  first.readyState = 2;
  const value = { roomId: 'plenary', kind: RequestKind.HAND };
  const outcome = connection.send({ case: 'requestFloor', value }, true);
  await vi.advanceTimersByTimeAsync(10);
  expect(server.acted.size).toBe(0);
  first.end();
  await vi.advanceTimersByTimeAsync(2_000);
  FakeSocket.all.at(-1)?.open();
  await vi.advanceTimersByTimeAsync(10);
  expect(await outcome).toMatchObject({ kind: 'done' });
  expect(server.acted.size).toBe(1);
  connection.stop();
});
