// What the reader's hand in a room is right now, as one value: at once pending when it is raised,
// raised when that is durable, and placed when the view has it. The same on the way down.
import type { PendingCommand } from '../connection/types';
import type { CommandBody, OwnRequest, RequestKind } from '../wire';

export type HandState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'pending';
      readonly commandId: string;
      readonly requestKind: RequestKind;
      // 'kept': never sent, waits for the connection; 'again': sent, but the answer was lost
      readonly way: 'sent' | 'kept' | 'again';
    }
  | { readonly kind: 'raised'; readonly requestKind: RequestKind } // durable; no place seen yet
  | { readonly kind: 'placed'; readonly request: OwnRequest; readonly lowering: Lowering };

// 'no': it is up. A withdrawal goes the ways of a raise.
export type Lowering = 'no' | 'sent' | 'kept' | 'again';

type Raise = Extract<CommandBody, { case: 'requestFloor' }>;
export type PendingRaise = PendingCommand & { readonly body: Raise };

const wayOf = ({ state, tries }: PendingCommand): 'sent' | 'kept' | 'again' => {
  if (state.kind === 'kept') return 'kept';
  return state.kind === 'waiting' || tries > 1 ? 'again' : 'sent';
};

// Hands on their way up for now (not for a later item), which the reader's own list lacks.
export function risingIn(
  roomId: string,
  pending: readonly PendingCommand[],
  requests: readonly OwnRequest[],
): readonly PendingRaise[] {
  return pending.filter((command): command is PendingRaise => {
    const { body, keep, state } = command;
    if (!keep || body.case !== 'requestFloor' || body.value.roomId !== roomId) return false;
    if ((body.value.itemId ?? '') !== '') return false;
    if (state.kind === 'accepted') {
      return !requests.some(({ requestId }) => requestId === state.createdId);
    }
    return !requests.some(
      (one) => one.roomId === roomId && one.itemId === '' && one.kind === body.value.kind,
    );
  });
}

export function loweringOf(requestId: string, pending: readonly PendingCommand[]): Lowering {
  const command = pending.find(
    ({ body }) => body.case === 'withdrawRequest' && body.value.requestId === requestId,
  );
  return command === undefined ? 'no' : wayOf(command);
}

// The hand that the page speaks of first: the one with the best place, else one on its way.
export function handIn(
  roomId: string,
  pending: readonly PendingCommand[],
  requests: readonly OwnRequest[],
): HandState {
  const [request] = requests
    .filter((one) => one.roomId === roomId && one.itemId === '')
    .sort((a, b) => (a.place || Infinity) - (b.place || Infinity));
  if (request !== undefined) {
    return { kind: 'placed', request, lowering: loweringOf(request.requestId, pending) };
  }
  const [rising] = risingIn(roomId, pending, requests);
  if (rising === undefined) return { kind: 'none' };
  const requestKind = rising.body.value.kind ?? 0;
  return rising.state.kind === 'accepted'
    ? { kind: 'raised', requestKind }
    : { kind: 'pending', commandId: rising.id, requestKind, way: wayOf(rising) };
}
