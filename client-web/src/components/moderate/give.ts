// Gives the floor to somebody who has no hand up: raises it for the person, and calls it.
import { ordinaryKind } from '../../core/kinds';
import { RequestKind, type RoomView } from '../../wire';
import type { Around, Outcome } from '../around';

// `note`: of a new topic it is the title. The outcome of the last step.
export async function giveFloorTo(
  around: Around,
  room: RoomView,
  forPersonId: string,
  note: string,
): Promise<Outcome> {
  const seenSpeechId = room.currentSpeechId; // as it was when the button was pressed (Q5)
  const kind = ordinaryKind(room.kinds);
  const value = { roomId: room.id, kind, forPersonId };
  const hand = kind === RequestKind.NEW_TOPIC ? { ...value, note } : value;
  const raised = await around.send({ case: 'requestFloor', value: hand });
  if (raised.kind !== 'done') return raised;
  const requestId = raised.createdId;
  const given = await around.send({ case: 'grantFloor', value: { requestId, seenSpeechId } });
  // The hand was raised for this alone; another moderator may have been quicker.
  if (given.kind === 'refused') {
    void around.send({ case: 'withdrawRequest', value: { requestId } });
  }
  return given;
}
