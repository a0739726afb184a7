// Gives the floor to whom the agenda names, with a hand up or without one (P6).
import { ordinaryKind } from '../../core/kinds';
import { RequestKind, type RoomView } from '../../wire';
import type { Around, Outcome } from '../around';

export function giveFloorTo(around: Around, room: RoomView, personId: string): Promise<Outcome> {
  const kind = ordinaryKind(room.kinds);
  // As it was when the button was pressed (Q5).
  const seen = { roomId: room.id, seenSpeechId: room.currentSpeechId };
  const note = kind === RequestKind.NEW_TOPIC ? around.itemTitle(room.currentItemId) : '';
  return around.send({ case: 'grantFloor', value: { ...seen, personId, kind, note } });
}
