// Nothing on the display is cut off, and nothing can be scrolled there: where a text is too long
// for the screen, everything gets smaller together until it fits.
const steps = [1, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5, 0.44];

function shrinkToScreen(screen: HTMLElement): void {
  for (const step of steps) {
    screen.style.setProperty('--fit', String(step));
    if (screen.scrollHeight <= window.innerHeight && screen.scrollWidth <= window.innerWidth)
      return;
  }
}

// At once and whenever something else is shown, the screen changes, or letters of another font
// come, which are wider or narrower than those that stood in for them. Shrinking itself changes an
// attribute alone, which is not observed.
export function keepOnScreen(screen: HTMLElement): () => void {
  const shrink = () => {
    shrinkToScreen(screen);
  };
  const observer = new MutationObserver(shrink);
  observer.observe(screen, { subtree: true, childList: true, characterData: true });
  window.addEventListener('resize', shrink);
  document.fonts.addEventListener('loadingdone', shrink);
  shrink();
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', shrink);
    document.fonts.removeEventListener('loadingdone', shrink);
  };
}
