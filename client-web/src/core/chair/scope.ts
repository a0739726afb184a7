// How far a moderator's word reaches (P2).
import type { RoomView } from '../../wire';

// Of the rooms that the reader moderates: who has the plenary has the session, and every room.
export const moderatesSession = (rooms: readonly Pick<RoomView, 'plenary'>[]): boolean =>
  rooms.some(({ plenary }) => plenary);
