// An agenda item while it is typed. It starts from the item as it was; what others change meanwhile
// does not overwrite what is being typed, nor the other way round.
import {
  ItemKind,
  type AgendaEntry,
  type AgendaItem,
  type CommandBody,
  type Text,
} from '../../wire';
import { m } from '../../i18n';
import { entryOf, isMinutes, laidOver, linesOf, mostLimitMinutes, mostMinutes } from './entry';

export class ItemForm {
  readonly itemId: string; // "" a new one
  readonly #opened: AgendaEntry | undefined;
  title = $state.raw<Text>({ text: '', translations: [] });
  kind = $state(ItemKind.OTHER);
  room = $state('');
  minutes = $state<number | null>(10); // null: the field is empty
  fixedStart = $state('');
  speakers = $state('');
  limitMinutes = $state<number | null>(0);
  startsClosed = $state(false);
  inscription = $state(false);
  refused = $state(false); // as it is; until something is typed
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

  // What to say at a field; "" nothing.
  get titleWrong(): string {
    return this.refused && this.title.text.trim() === '' ? m.title_missing() : '';
  }
  get minutesWrong(): string {
    return this.refused && !isMinutes(this.minutes, mostMinutes)
      ? m.editor_minutes_accepted({ most: mostMinutes })
      : '';
  }
  get limitWrong(): string {
    return this.refused && !isMinutes(this.limitMinutes, mostLimitMinutes)
      ? m.item_limit_accepted({ most: mostLimitMinutes })
      : '';
  }
  readonly check = (): boolean => {
    this.refused = true;
    return this.titleWrong === '' && this.minutesWrong === '' && this.limitWrong === '';
  };

  // `now`: the item as others have left it by now.
  command(now: AgendaItem | undefined): CommandBody {
    const typed = {
      roomId: this.room,
      kind: this.kind,
      title: { ...this.title, text: this.title.text.trim() },
      plannedMs: Math.round((this.minutes ?? 0) * 60_000),
      fixedStart: this.fixedStart,
      speakers: linesOf(this.speakers),
      queueStartsClosed: this.startsClosed,
      inscriptionAhead: this.inscription,
      speechLimitMs: Math.round((this.limitMinutes ?? 0) * 60_000),
    };
    const item = this.#opened && now ? laidOver(typed, this.#opened, entryOf(now)) : typed;
    return this.itemId
      ? { case: 'changeItem', value: { itemId: this.itemId, item } }
      : { case: 'addItem', value: { item } };
  }
}
