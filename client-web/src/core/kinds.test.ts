import { describe, expect, it } from 'vitest';
import { RequestKind, type OfferedKind } from '../wire';
import { ordinaryFirst, ordinaryKind, takesWhenClosed } from './kinds';

const { HAND, INTERVENTION, POINT_OF_ORDER, RIGHT_OF_REPLY } = RequestKind;
const offered = (...kinds: RequestKind[]) => kinds.map((kind) => ({ kind }) as OfferedKind);

describe('kinds of hands', () => {
  it('Q3: to choose from, what most people want comes first, the rest by band', () => {
    const kinds = ordinaryFirst(offered(POINT_OF_ORDER, INTERVENTION, RIGHT_OF_REPLY));
    expect(kinds.map(({ kind }) => kind)).toEqual([INTERVENTION, POINT_OF_ORDER, RIGHT_OF_REPLY]);
  });

  it('Q6: a closed queue takes points of order, where the room has them', () => {
    expect(takesWhenClosed(offered(POINT_OF_ORDER, INTERVENTION))).toBe(true);
    expect(takesWhenClosed(offered(HAND))).toBe(false);
  });

  it('P6: a named speaker speaks as the room’s ordinary kind', () => {
    expect(ordinaryKind(offered(POINT_OF_ORDER, INTERVENTION))).toBe(INTERVENTION);
    expect(ordinaryKind([])).toBe(HAND);
  });
});
