import { expect, it } from 'vitest';
import { make } from '../testing/make';
import { RequestKind } from '../wire';
import { withLowered } from './lowered';

const nino = { roomId: 'plenary', speakerName: 'Nino Beridze' };
const first = { ...nino, requestId: 'q1', kind: RequestKind.INTERVENTION };
const second = { ...nino, requestId: 'q2', kind: RequestKind.POINT_OF_ORDER };
const elsewhere = { ...first, requestId: 'q3', roomId: 'crisis' };
const act = (id: string) => ({ id, roomId: 'plenary', subject: 'Nino Beridze' });

it('Q15: two hands that were lowered are told apart by what they were for', () => {
  const { requests, acts } = make.personal({
    requests: [elsewhere, first, second],
    acts: [act('a1'), act('a2')],
  });
  const [, one, other] = requests;
  const left = requests.filter((request) => request !== one);
  const afterOne = withLowered(new Map(), requests, left, acts.slice(0, 1));
  expect([...afterOne]).toEqual([['a1', one]]);
  const afterBoth = withLowered(afterOne, left, requests.slice(0, 1), acts);
  expect([...afterBoth]).toEqual([
    ['a1', one],
    ['a2', other],
  ]);
  expect(withLowered(afterBoth, requests, requests, acts)).toBe(afterBoth);
});

it('Q16: a speaker who was named unseen does not matter', () => {
  const { requests } = make.personal({ requests: [{ ...first, speakerName: 'Zurab Lomidze' }] });
  const { acts } = make.personal({ acts: [act('a1')] });
  expect(withLowered(new Map(), requests, [], acts).get('a1')).toBe(requests[0]);
});

it('Q15: what this page never showed is not guessed', () => {
  const { requests, acts } = make.personal({ requests: [elsewhere], acts: [act('a1')] });
  expect(withLowered(new Map(), [], requests, acts).size).toBe(0);
  expect(withLowered(new Map(), requests, [], acts).size).toBe(0);
});
