// Where the focus lands when what had it goes from a page (A1): a browser would leave a keyboard
// and a screen reader at the page's very top. One net under all lists and panels of the moderator's
// and the organizer's pages; what knows better, as a form that closes, is asked first.
import type { Attachment } from 'svelte/attachments';
import { isLost } from './lost-focus';

interface Step {
  readonly element: Element;
  readonly at: number; // its place among those beside it
}

// What has a name of its own, so that it can be said where one is.
const parts = 'section, nav, fieldset, dialog, [role="group"], [role="tabpanel"], #floor';

const isShown = (element: Element) => element.getClientRects().length > 0;

// An element and what it stands in, from the inside out.
function wayOut(from: Element): readonly Step[] {
  const way: Step[] = [];
  for (let element: Element | null = from; element; element = element.parentElement) {
    const at = Array.from(element.parentElement?.children ?? []).indexOf(element);
    way.push({ element, at });
  }
  return way;
}

// An item of the agenda that went to another room's list has its row there.
function whereItWent(element: Element): Element | undefined {
  const id = element.isConnected ? null : element.getAttribute('data-item');
  const row = id === null ? null : document.querySelector(`[data-item="${CSS.escape(id)}"]`);
  return row !== null && isShown(row) ? row : undefined;
}

const headOf = (row: Element) => row.querySelector('[data-head]') ?? row;

// The row that it was in; else the one that took its place, else the part around. Of a row what
// opens it, never a button that acts: who holds Enter down would act again.
function landingOf(way: readonly Step[]): Element | undefined {
  for (const [index, { element, at }] of way.entries()) {
    const gone = whereItWent(element);
    if (gone) return headOf(gone);
    if (element.localName === 'li') {
      const beside = way[index + 1]?.element;
      const others = beside?.isConnected ? beside.children : [];
      const row = element.isConnected ? element : others[Math.min(at, others.length - 1)];
      if (row && isShown(row)) return headOf(row);
    } else if (index > 0 && element.matches(parts) && isShown(element)) {
      return element;
    }
  }
  return undefined;
}

function focusOn(element: Element): void {
  if (!(element instanceof HTMLElement)) return;
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.tabIndex = -1;
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  }
  element.focus({ preventScroll: element.matches(parts) });
}

export const catchesFocus: Attachment<HTMLElement> = (page) => {
  let way: readonly Step[] = [];
  const came = ({ target }: FocusEvent) => {
    way = target instanceof Element ? wayOut(target) : [];
  };
  // A click beside everything takes the focus too, and that is what its reader wants.
  const went = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null) return;
    setTimeout(() => {
      if (isLost()) way = [];
    });
  };
  const watcher = new MutationObserver(() => {
    const held = way[0]?.element;
    if (held === undefined) return;
    if (!isLost()) {
      if (held.isConnected) way = wayOut(held);
      return;
    }
    // A row that is moved in the document loses it as well.
    const landing = held.isConnected ? held : landingOf(way);
    if (landing) focusOn(landing);
  });
  page.addEventListener('focusin', came);
  page.addEventListener('focusout', went);
  watcher.observe(page, { childList: true, subtree: true });
  return () => {
    page.removeEventListener('focusin', came);
    page.removeEventListener('focusout', went);
    watcher.disconnect();
  };
};
