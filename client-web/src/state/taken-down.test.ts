import { expect, it } from 'vitest';
import { make } from '../testing/make';
import { RequestKind } from '../wire';
import { takenDown } from './taken-down';

const hand = {
  requestId: 'q1',
  roomId: 'plenary',
  kind: RequestKind.INTERVENTION,
  speakerPersonId: 'p1',
};
const own = (more: Parameters<typeof make.personal>[0] = {}) =>
  make.personal({ personId: 'p1', ...more });
const up = own({ requests: [hand] });
const idsOf = (...pair: Parameters<typeof takenDown>) =>
  takenDown(...pair).map(({ requestId }) => requestId);

it('Q8: a hand that is removed, or cleared away, is told', () => {
  expect(idsOf(up, own())).toEqual(['q1']);
  const other = { ...hand, requestId: 'q2', kind: RequestKind.POINT_OF_ORDER };
  expect(idsOf(own({ requests: [hand, other] }), own())).toEqual(['q1', 'q2']);
  expect(idsOf(own({ requests: [hand, other] }), own({ requests: [other] }))).toEqual(['q1']);
});

it('Q8: not so the floor, a withdrawal, a merge, a hand that stays, or another speaker’s', () => {
  const plenary = { roomId: 'plenary' };
  expect(idsOf(up, up)).toEqual([]);
  expect(idsOf(up, own({ floors: [plenary] }))).toEqual([]);
  expect(idsOf(up, own({ acts: [{ ...plenary, id: 'a1' }] }))).toEqual([]);
  expect(idsOf(up, own({ requests: [{ ...hand, requestId: 'q2' }] }))).toEqual([]);
  const zurabs = own({ requests: [{ ...hand, speakerPersonId: 'p2' }] });
  expect(idsOf(zurabs, own())).toEqual([]);
  // A withdrawal of before says nothing about a hand that goes now.
  const after = { requests: [hand], acts: [{ ...plenary, id: 'a1' }] };
  expect(idsOf(own(after), own({ acts: after.acts }))).toEqual(['q1']);
});

it('Q17: an inscription that goes with its item is told, whatever else is up', () => {
  const inscribed = { ...hand, requestId: 'q2', itemId: 'i7' };
  const floors = [{ roomId: 'plenary' }];
  expect(idsOf(own({ requests: [inscribed, hand] }), up)).toEqual(['q2']);
  expect(idsOf(own({ requests: [inscribed] }), own({ floors }))).toEqual(['q2']);
  // Its item begins, and it stands in the queue.
  const called = own({ requests: [{ ...inscribed, itemId: '' }] });
  expect(idsOf(own({ requests: [inscribed] }), called)).toEqual([]);
});
