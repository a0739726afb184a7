// Keeps a keyboard and a screen reader where they were when what had the focus goes (A1): a browser
// leaves them at the page's very top.
import type { Attachment } from 'svelte/attachments';
import { focusIfLost } from './lost-focus';

// Calls back whenever it becomes known whether the focus is inside.
function follow(element: HTMLElement, tell: (inside: boolean) => void): () => void {
  const came = () => tell(true);
  const went = ({ relatedTarget }: FocusEvent) => {
    // Without a next element it went with what had it, or nowhere.
    if (relatedTarget !== null) tell(element.contains(relatedTarget as Node));
  };
  element.addEventListener('focusin', came);
  element.addEventListener('focusout', went);
  return () => {
    element.removeEventListener('focusin', came);
    element.removeEventListener('focusout', went);
  };
}

// What had the focus inside may go when the state that `changes` reads does: then the element
// itself has it.
export function keepsFocus(changes: () => unknown): Attachment<HTMLElement> {
  let inside = false;
  return (element) => {
    changes();
    if (inside) focusIfLost(element);
    return follow(element, (now) => (inside = now));
  };
}

// For parts of a page that take each other's place: if the focus went with the one, the other has
// it.
export function takingOver(): Attachment<HTMLElement> {
  let orphaned = false;
  return (element) => {
    let inside = false;
    if (orphaned) focusIfLost(element);
    orphaned = false;
    const unfollow = follow(element, (now) => (inside = now));
    return () => {
      unfollow();
      orphaned = inside;
    };
  };
}

// Calls the reader who has scrolled away: what a call says must be seen.
export const inSight: Attachment<HTMLElement> = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight) element.scrollIntoView({ block: 'start' });
};
