import { expect, it } from 'vitest';
import { isOutdated, type Circumstances } from './refusal-holds';

const before: Circumstances = {
  place: 'plenary i1 live',
  queueOpen: false,
  hasTopic: false,
  muted: false,
  confirmed: false,
  handUp: false,
};

it('Q6: words of a refusal go when they are no longer true, and not with what caused it', () => {
  expect(isOutdated(before, before)).toBe(false);
  const changes: readonly Partial<Circumstances>[] = [
    { place: 'plenary i2 live' },
    { queueOpen: true },
    { hasTopic: true },
    { muted: true },
    { confirmed: true },
    { handUp: true },
  ];
  for (const change of changes) {
    expect(isOutdated(before, { ...before, ...change })).toBe(true);
  }
  const open = { ...before, queueOpen: true, hasTopic: true, confirmed: true, handUp: true };
  expect(isOutdated(open, before)).toBe(false);
});
