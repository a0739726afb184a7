// Starts an item, as the moderator saw the room (Q5). Returns what to say; "" if it was done.
import { m } from '../../i18n';
import { StartItem_Waiting, type RoomView } from '../../wire';
import type { Around } from '../around';
import { saidOf, type Said } from './quicker';

export async function startItem(
  around: Around,
  room: () => RoomView, // as it is now
  itemId: string,
  waiting = StartItem_Waiting.KEEP, // what becomes of who waits
): Promise<Said> {
  const value = { itemId, seenRunId: room().currentRunId, waiting };
  const title = around.itemTitle(itemId);
  return saidOf(await around.send({ case: 'startItem', value }), () =>
    room().currentItemId === itemId ? m.item_started_already({ title }) : '',
  );
}
