// Opens the pages without a network, so that they can say that there is none. It keeps the files of
// one build and nothing of any session: what is shown of a session always comes over a connection.
// The build puts in the names (scripts/offline.mjs).
const files = self.plenaryFiles;
const cacheName = self.plenaryVersion;
const page = '/';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([page, ...files])));
});

// The caches of builds before go when no window of theirs is left, which is when this one begins.
self.addEventListener('activate', (event) => {
  const begin = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith('plenary-') && name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(begin());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (!pathname.startsWith('/api/')) event.respondWith(fresh(request));
  } else if (files.includes(pathname)) event.respondWith(kept(request));
});

// The server's own page whenever there is a network.
async function fresh(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await caches.match(page, { cacheName });
    if (found === undefined) throw error;
    return found;
  }
}

async function kept(request) {
  const found = await caches.match(request, { cacheName, ignoreVary: true });
  return found ?? fetch(request);
}
