// Draws the pages' icons from client-web/public/icon.svg; run by hand when that changes.
//
//   node icons.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startBrowser } from './support/browser.mjs';

const folder = fileURLToPath(new URL('../../client-web/public/', import.meta.url));
const drawing = readFileSync(`${folder}icon.svg`, 'utf8');
const browser = await startBrowser();
for (const size of [180, 192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await page.screenshot({ path: `${folder}icon-${size}.png` });
  await page.close();
}
await browser.close();
