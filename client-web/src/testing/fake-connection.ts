// A connection that is what a test says it is.
import { flushSync } from 'svelte';
import { newMachine } from '../connection/machine';
import type { Connection } from '../connection/runtime';
import type { Machine, Outcome } from '../connection/types';
import type { CommandBody } from '../wire';

export class FakeConnection implements Connection {
  machine: Machine;
  onChange: (machine: Machine) => void = () => undefined;
  readonly sent: { body: CommandBody; keep: boolean }[] = [];
  started = 0;
  stopped = 0;

  constructor(public nowMs: number) {
    this.machine = { ...newMachine('token', 'build'), freshAtMs: nowMs };
  }

  start = () => void (this.started += 1);
  stop = () => void (this.stopped += 1);
  wake = () => undefined;
  serverNowMs = () => this.nowMs;
  cancel = () => true;
  ask = () => Promise.resolve(undefined);
  send = (body: CommandBody, keep: boolean): Promise<Outcome> => {
    this.sent.push({ body, keep });
    return Promise.resolve({ kind: 'done', createdId: '' });
  };
  become(part: Partial<Machine>): void {
    this.machine = { ...this.machine, ...part };
    this.onChange(this.machine);
    flushSync();
  }
}
