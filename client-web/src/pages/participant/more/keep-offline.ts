// Lets the page open without a network the next time (src/offline/service-worker.js). Later, when
// nothing else is being fetched: nobody waits for it.
const afterMs = 3_000;

export function keepForOffline(): () => void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return () => undefined;
  const timer = setTimeout(() => {
    navigator.serviceWorker.register('/sw.js').catch(() => undefined); // a private window
  }, afterMs);
  return () => clearTimeout(timer);
}
