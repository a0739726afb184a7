// Nothing on the display is cut off, and nothing can be scrolled there: where a text is too long
// for the screen, everything gets smaller together until it fits.
const steps = [1, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5, 0.44];

export function shrinkToScreen(screen: HTMLElement): void {
  for (const step of steps) {
    screen.style.setProperty('--fit', String(step));
    if (screen.scrollHeight <= window.innerHeight && screen.scrollWidth <= window.innerWidth)
      return;
  }
}
