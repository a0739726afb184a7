// One step of the machine while it is being made: what has changed so far, and what is to be done.
import type { Effect, Machine, Surroundings } from './types';

export class Turn {
  machine: Machine;
  readonly effects: Effect[] = [];

  constructor(
    machine: Machine,
    readonly at: Surroundings,
  ) {
    this.machine = machine;
  }

  set(part: Partial<Machine>): void {
    this.machine = { ...this.machine, ...part };
  }

  emit(effect: Effect): void {
    this.effects.push(effect);
  }
}
