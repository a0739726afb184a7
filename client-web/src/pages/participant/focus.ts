import type { Attachment } from 'svelte/attachments';

// What had the focus inside may go when the state that `changes` reads does: then the element
// itself has it, so that a keyboard and a screen reader stay where they were (A1).
export function keepsFocus(changes: () => unknown): Attachment<HTMLElement> {
  let inside = false;
  return (element) => {
    changes();
    if (inside && document.activeElement === document.body) element.focus({ preventScroll: true });
    const came = () => (inside = true);
    const went = ({ relatedTarget }: FocusEvent) => {
      // Without a next element it went with what had it, or nowhere.
      if (relatedTarget !== null) inside = element.contains(relatedTarget as Node);
    };
    element.addEventListener('focusin', came);
    element.addEventListener('focusout', went);
    return () => {
      element.removeEventListener('focusin', came);
      element.removeEventListener('focusout', went);
    };
  };
}
