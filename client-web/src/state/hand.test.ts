import { describe, expect, it } from 'vitest';
import type { CommandState, PendingCommand } from '../connection/types';
import { make } from '../testing/make';
import { RequestKind, type CommandBody } from '../wire';
import { handIn, loweringOf, risingIn } from './hand';

const position = { seq: 7, id: Uint8Array.of(7) };
const accepted = (createdId: string): CommandState => ({
  kind: 'accepted',
  position,
  createdId,
  untilMs: 0,
});
const command = (body: CommandBody, state: CommandState, more = {}): PendingCommand => ({
  id: 'c1',
  body,
  issuedAtMs: 0,
  issuedWallMs: 0,
  keep: true,
  tries: state.kind === 'kept' ? 0 : 1,
  state,
  ...more,
});
const raise = (state: CommandState, kind = RequestKind.INTERVENTION, more = {}) =>
  command({ case: 'requestFloor', value: { roomId: 'plenary', kind, ...more } }, state);
const lower = (state: CommandState) =>
  command({ case: 'withdrawRequest', value: { requestId: 'q1' } }, state);
const request = (requestId: string, kind: RequestKind, place: number, more = {}) =>
  make.personal({
    requests: [{ requestId, roomId: 'plenary', kind, place, ...more }],
  }).requests;
const sent: CommandState = { kind: 'sent', atMs: 0 };

describe('the hand in a room', () => {
  it('shows at once as pending, as raised when durable, as placed when the view has it', () => {
    expect(handIn('plenary', [], [])).toEqual({ kind: 'none' });
    const pending = { kind: 'pending', commandId: 'c1', requestKind: RequestKind.INTERVENTION };
    expect(handIn('plenary', [raise(sent)], [])).toEqual({ ...pending, way: 'sent' });
    const raised = { kind: 'raised', requestKind: RequestKind.INTERVENTION };
    expect(handIn('plenary', [raise(accepted('q1'))], [])).toEqual(raised);
    const mine = request('q1', RequestKind.INTERVENTION, 3);
    const placed = { kind: 'placed', request: mine[0], lowering: 'no' };
    expect(handIn('plenary', [raise(accepted('q1'))], mine)).toEqual(placed);
    expect(handIn('plenary', [], mine)).toEqual(placed);
  });

  it('C5: tells apart what was never sent and what is asked about again', () => {
    expect(handIn('plenary', [raise({ kind: 'kept' })], [])).toMatchObject({ way: 'kept' });
    const lost = raise({ kind: 'waiting', untilMs: 0 });
    expect(handIn('plenary', [lost], [])).toMatchObject({ way: 'again' });
    const second = { ...raise(sent), tries: 2 };
    expect(handIn('plenary', [second], [])).toMatchObject({ way: 'again' });
  });

  it('is not spoken of for another room, a later item, or somebody else', () => {
    expect(handIn('crisis', [raise(sent)], [])).toEqual({ kind: 'none' });
    const ahead = raise(sent, RequestKind.INTERVENTION, { itemId: 'i6' });
    expect(handIn('plenary', [ahead], [])).toEqual({ kind: 'none' });
    const others = { ...raise(sent), keep: false };
    expect(handIn('plenary', [others], [])).toEqual({ kind: 'none' });
    const inscribed = request('q1', RequestKind.INTERVENTION, 0, { itemId: 'i6' });
    expect(handIn('plenary', [], inscribed)).toEqual({ kind: 'none' });
  });

  it('the best place comes first, one that is held last', () => {
    const held = request('q1', RequestKind.INTERVENTION, 0, { held: true });
    const second = request('q2', RequestKind.RIGHT_OF_REPLY, 2);
    const first = request('q3', RequestKind.POINT_OF_ORDER, 1);
    const hand = handIn('plenary', [], [...held, ...second, ...first]);
    expect(hand).toMatchObject({ request: { requestId: 'q3' } });
  });

  it('a second kind is on its way beside the first; a changed note is no new hand', () => {
    const mine = request('q1', RequestKind.INTERVENTION, 3);
    expect(risingIn('plenary', [raise(sent, RequestKind.POINT_OF_ORDER)], mine)).toHaveLength(1);
    expect(risingIn('plenary', [raise(sent, RequestKind.INTERVENTION)], mine)).toHaveLength(0);
  });

  it('a withdrawal goes the same ways', () => {
    const mine = request('q1', RequestKind.INTERVENTION, 3);
    expect(handIn('plenary', [lower(sent)], mine)).toMatchObject({ lowering: 'sent' });
    expect(loweringOf('q1', [lower({ kind: 'kept' })])).toBe('kept');
    expect(loweringOf('q1', [lower({ kind: 'waiting', untilMs: 0 })])).toBe('again');
    expect(loweringOf('q2', [lower(sent)])).toBe('no');
  });
});
