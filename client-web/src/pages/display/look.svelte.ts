// Dark or light: said in the link (?theme=dark), or chosen by the key D and remembered; else as the
// system says.
import { store, stored } from '../../state/storage';

export type Look = 'dark' | 'light' | undefined;

const storageName = 'plenary.display.theme';
const asLook = (text: string | null | undefined): Look =>
  text === 'dark' || text === 'light' ? text : undefined;

export class DisplayLook {
  #look: Look = $state(
    asLook(new URL(location.href).searchParams.get('theme')) ?? asLook(stored(storageName)),
  );

  get value(): Look {
    return this.#look;
  }

  // The quiet key: alone, and not held down.
  readonly press = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'd' || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const dark = this.#look
      ? this.#look === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    this.#look = dark ? 'light' : 'dark';
    store(storageName, this.#look);
    const address = new URL(location.href);
    if (!address.searchParams.has('theme')) return;
    address.searchParams.delete('theme'); // what is chosen here goes before the link
    history.replaceState(history.state, '', address);
  };
}
