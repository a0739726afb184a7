// The gallery: a development build of the pages, which alone has it, served from a temporary
// folder. Every page in every state, without a server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const client = fileURLToPath(new URL('../../../client-web', import.meta.url));
const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

async function build(folder) {
  const vite = join(client, 'node_modules', '.bin', 'vite');
  const made = spawn(vite, ['build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: client,
    env: { ...process.env, NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [made.stdout, made.stderr]) stream.on('data', (bytes) => (log += bytes));
  const [code] = await once(made, 'close');
  if (code !== 0) throw new Error(`the gallery was not built:\n${log}`);
}

// Files of a folder; any other path has the page, as with the real server.
export async function serveFolder(folder) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://x').pathname);
    const file = join(folder, path);
    const found = existsSync(file) && statSync(file).isFile() ? file : join(folder, 'index.html');
    response.writeHead(200, { 'content-type': types[extname(found)] ?? 'text/plain' });
    response.end(readFileSync(found));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

export async function startGallery() {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-gallery-'));
  await build(folder);
  const served = await serveFolder(folder);
  const stop = async () => {
    await served.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: served.url, stop };
}

export async function openGallery(page, url) {
  await page.goto(`${url}/gallery`);
  await page.waitForFunction(() => globalThis.plenaryGallery !== undefined);
  return page.evaluate(() => globalThis.plenaryGallery.scenes);
}

// Shows a scene by its address alone, and waits until it stands: nothing is loading any more, and
// two frames were drawn.
export async function show(page, scene) {
  await page.evaluate(async (wanted) => {
    location.hash = wanted;
    const stands = () => document.querySelector('[data-scene]')?.dataset.scene === wanted;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const filled = () => document.querySelector('[data-scene] > *') !== null;
    for (let tries = 0; !(stands() && filled()); tries += 1) {
      if (tries > 600) throw new Error(`${wanted} does not stand`);
      await frame();
    }
    await document.fonts.ready;
    await frame();
    await frame();
  }, scene);
}
