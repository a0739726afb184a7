// A button and the form that it opens in its place (A1): the first field has the focus, Escape
// closes, and then the button has the focus again. A form that was open before, and comes back with
// its panel, leaves the focus where it is.
import type { Attachment } from 'svelte/attachments';
import { takingOver } from '../focus';
import { isLost } from '../lost-focus';

interface Unfolding {
  readonly opener: Attachment<HTMLElement>;
  readonly form: Attachment<HTMLElement>;
}

export function unfolding(close: () => void): Unfolding {
  const takesOver = takingOver();
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    close();
  };
  return {
    opener: takesOver,
    form(element) {
      const leave = takesOver(element);
      element.tabIndex = -1; // not before, or it would take the focus unheard
      const first = element.querySelector<HTMLElement>('input, select, textarea');
      if (isLost()) (first ?? element).focus();
      element.addEventListener('keydown', escape);
      return () => {
        element.removeEventListener('keydown', escape);
        leave?.();
      };
    },
  };
}
