// The focus that went with what had it (A1). In a file of its own: every page loads it first.

export const isLost = () =>
  document.activeElement === null || document.activeElement === document.body;

export function focusIfLost(element: HTMLElement | null | undefined): void {
  if (isLost()) element?.focus({ preventScroll: true });
}
