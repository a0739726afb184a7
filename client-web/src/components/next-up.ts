import { nextUp, type NextUp } from '../core/next-up';
import type { SessionFace } from './face';

// Who is next in a room, as every page knows it.
export function nextUpIn(session: SessionFace, roomId: string): NextUp {
  const room = session.room(roomId);
  if (!room) return { kind: 'nobody' };
  return nextUp({
    room,
    item: session.currentItem(roomId),
    speaking: session.floorOf(roomId) !== undefined,
    entries: session.queueOf(roomId),
  });
}
