import { describe, expect, it } from 'vitest';
import { make } from '../../../testing/make';
import { RequestKind } from '../../../wire';
import { canStepBack } from './step-back';

const { INTERVENTION, POINT_OF_ORDER, RIGHT_OF_REPLY } = RequestKind;
const kinds = [POINT_OF_ORDER, INTERVENTION, RIGHT_OF_REPLY].map((kind, band) => ({
  ...{ kind, band, limitMs: 0 },
}));
const queue = [POINT_OF_ORDER, INTERVENTION, INTERVENTION].map((kind, index) =>
  make.entry({ kind, place: index + 1 }),
);
const room = { kinds, waitingCount: queue.length };
const hand = (kind: RequestKind, place: number, itemId = '') => ({ kind, place, itemId });

describe('letting the next one go first', () => {
  it('Q8: only within the band, and only before somebody', () => {
    expect(canStepBack(hand(POINT_OF_ORDER, 1), room, queue)).toBe(false);
    expect(canStepBack(hand(INTERVENTION, 2), room, queue)).toBe(true);
    expect(canStepBack(hand(INTERVENTION, 3), room, queue)).toBe(false);
  });

  it('Q8: not a held hand, nor one for a later item', () => {
    expect(canStepBack(hand(INTERVENTION, 0), room, queue)).toBe(false);
    expect(canStepBack(hand(INTERVENTION, 2, 'later'), room, queue)).toBe(false);
  });

  it('Q8: nothing would be gained behind one that is held, which staff see', () => {
    const held = [...queue.slice(0, 2), make.entry({ kind: INTERVENTION, place: 0, held: true })];
    expect(canStepBack(hand(INTERVENTION, 2), room, held)).toBe(false);
  });

  it('Q8: far behind, where the view has nobody', () => {
    const long = { kinds, waitingCount: 80 };
    expect(canStepBack(hand(INTERVENTION, 60), long, queue)).toBe(true);
    expect(canStepBack(hand(INTERVENTION, 80), long, queue)).toBe(false);
  });
});
