// An agenda item while it is typed. It starts from the item as it was; what others change meanwhile
// does not overwrite what is being typed, nor the other way round.
import {
  ItemKind,
  type AgendaEntry,
  type AgendaItem,
  type CommandBody,
  type Text,
} from '../../wire';
import { entryOf, laidOver, linesOf } from './entry';

export class ItemForm {
  readonly itemId: string; // "" a new one
  readonly #opened: AgendaEntry | undefined;
  title = $state.raw<Text>({ text: '', translations: [] });
  kind = $state(ItemKind.OTHER);
  room = $state('');
  minutes = $state(10);
  fixedStart = $state('');
  speakers = $state('');
  limitMinutes = $state(0);
  startsClosed = $state(false);
  inscription = $state(false);
  shown = false; // it stood on the page before, and does not ask for the focus again

  constructor(item: AgendaItem | undefined, roomId: string) {
    this.itemId = item?.id ?? '';
    this.room = item?.roomId ?? roomId;
    this.#opened = item && entryOf(item);
    if (!item) return;
    this.title = item.title ?? this.title;
    this.kind = item.kind;
    this.minutes = item.plannedMs / 60_000;
    this.fixedStart = item.fixedStart;
    this.speakers = item.speakers.map(({ name }) => name).join('\n');
    this.limitMinutes = item.speechLimitMs / 60_000;
    this.startsClosed = item.queueStartsClosed;
    this.inscription = item.inscriptionAhead;
  }

  get incomplete(): boolean {
    return this.title.text.trim() === '' || !(this.minutes >= 0) || !(this.limitMinutes >= 0);
  }

  // `now`: the item as others have left it by now.
  command(now: AgendaItem | undefined): CommandBody {
    const typed = {
      roomId: this.room,
      kind: this.kind,
      title: { ...this.title, text: this.title.text.trim() },
      plannedMs: Math.round(this.minutes * 60_000),
      fixedStart: this.fixedStart,
      speakers: linesOf(this.speakers),
      queueStartsClosed: this.startsClosed,
      inscriptionAhead: this.inscription,
      speechLimitMs: Math.round(this.limitMinutes * 60_000),
    };
    const item = this.#opened && now ? laidOver(typed, this.#opened, entryOf(now)) : typed;
    return this.itemId
      ? { case: 'changeItem', value: { itemId: this.itemId, item } }
      : { case: 'addItem', value: { item } };
  }
}
