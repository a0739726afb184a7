// What is typed on the moderator's page and not sent yet. Its panels go when another room is looked
// at, or when the window takes another shape; this goes with the page.
import { createContext } from 'svelte';
import type { PersonRow, RequestKind } from '../../wire';
import type { ItemForm } from '../organize/item-form.svelte';
import type { RoomForm, Seconds } from './room-form';

class Announcement {
  text = $state('');
  roomId = $state('');
}

// A hand to be raised for somebody.
class OnBehalf {
  open = $state(false);
  person = $state.raw<Pick<PersonRow, 'personId' | 'name'>>();
  making = $state(false);
  name = $state('');
  delegationId = $state('');
  delegationText = $state('');
  note = $state('');
  kind = $state<RequestKind>();
}

// What was touched of a room's settings.
class Settings {
  touched = $state.raw<Partial<RoomForm>>({});
  kinds = $state.raw<Seconds>({});
}

export class Kept {
  readonly announcement = new Announcement();
  #items = $state.raw<ReadonlyMap<string, ItemForm>>(new Map());
  readonly #onBehalf = new Map<string, OnBehalf>();
  readonly #settings = new Map<string, Settings>();

  // Forms of agenda items, open as long as they are here: by item, or by the room that gets one.
  item(id: string): ItemForm | undefined {
    return this.#items.get(id);
  }
  openItem(id: string, form: ItemForm): void {
    this.#items = new Map(this.#items).set(id, form);
  }
  closeItem(id: string): void {
    this.#items = new Map([...this.#items].filter(([one]) => one !== id));
  }

  onBehalf(roomId: string): OnBehalf {
    return madeOnce(this.#onBehalf, roomId, () => new OnBehalf());
  }
  settings(roomId: string): Settings {
    return madeOnce(this.#settings, roomId, () => new Settings());
  }
}

function madeOnce<T>(all: Map<string, T>, key: string, make: () => T): T {
  const one = all.get(key) ?? make();
  all.set(key, one);
  return one;
}

export const [getKept, setKept] = createContext<Kept>();
