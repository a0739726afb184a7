// What stands for a reader in a room: for everyone or that room, less what the reader put away
// (S5). Newest first.
import type { AnnouncementView } from '../wire';

export function standing(
  all: readonly AnnouncementView[],
  roomId: string,
  putAway: { has(id: string): boolean },
): readonly AnnouncementView[] {
  return all
    .filter((one) => (one.roomId === '' || one.roomId === roomId) && !putAway.has(one.id))
    .sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
}
