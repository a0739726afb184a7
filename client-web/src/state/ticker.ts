// One timer for all clocks of a page. Five times a second keeps screens within 250 ms of each other
// (T1); while the page is hidden nothing is drawn, so nothing ticks.
const tickMs = 200;

export function startTicking(tick: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const follow = () => {
    clearInterval(timer);
    timer = undefined;
    if (document.hidden) return;
    tick();
    timer = setInterval(tick, tickMs);
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', follow);
  };
}
