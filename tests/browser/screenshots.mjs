// Pictures of every page in every state, to be looked at. Run by hand:
//
//   node tests/browser/screenshots.mjs FOLDER [--only TEXT] [--widths 320,1440] [--themes dark]
//                                      [--languages fr] [--full]
//
// FOLDER/PAGE-SCENE-WIDTH-THEME-LANGUAGE.png, and FOLDER/sheets/*.png with a dozen or two on each,
// one sheet per page, width, theme and language. --full takes whole pages instead of one window.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { newPage, startBrowser } from './support/browser.mjs';
import { openGallery, show, startGallery } from './support/gallery.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    widths: { type: 'string', default: '320,390,1024,1440,1920' },
    themes: { type: 'string', default: 'light,dark' },
    languages: { type: 'string', default: 'en,fr' },
    full: { type: 'boolean', default: false },
  },
});
const [given] = positionals;
if (given === undefined) {
  console.error('usage: node screenshots.mjs FOLDER [options, see the top of this file]');
  process.exit(2);
}
const folder = resolve(given);
const heights = { 320: 640, 390: 844, 1024: 768, 1440: 900, 1920: 1080 };
const own = ['participant', 'moderate', 'display']; // sheets of their own
const list = (text) => text.split(',').filter((word) => word !== '');

// Many pictures on one, each with its name, scaled to be read at a glance.
async function sheet(browser, name, width, pictures) {
  const columns = width <= 390 ? 8 : 4;
  const cell = Math.floor(1900 / columns);
  const cells = pictures.map(({ label, file }) => {
    const picture = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
    return `<figure><img src="${picture}"><figcaption>${label}</figcaption></figure>`;
  });
  const page = await browser.newPage({ viewport: { width: 1920, height: 600 } });
  await page.setContent(`<style>
    body { margin: 8px; background: #888; font: 13px sans-serif;
      display: grid; grid-template-columns: repeat(${columns}, ${cell}px); gap: 6px; }
    figure { margin: 0; background: #fff; } img { display: block; width: 100%; }
    figcaption { padding: 2px 4px; }</style>${cells.join('')}`);
  await page.screenshot({ path: join(folder, 'sheets', `${name}.png`), fullPage: true });
  await page.close();
}

mkdirSync(join(folder, 'sheets'), { recursive: true });
const [gallery, browser] = await Promise.all([startGallery(), startBrowser()]);
const complaints = [];
let count = 0;
try {
  for (const language of list(values.languages)) {
    const page = await newPage(browser, { locale: language });
    const scenes = (await openGallery(page, gallery.url)).filter((one) =>
      one.includes(values.only),
    );
    for (const theme of list(values.themes)) {
      await page.emulateMedia({ colorScheme: theme });
      for (const width of list(values.widths).map(Number)) {
        await page.setViewportSize({ width, height: heights[width] ?? 900 });
        const sheets = new Map();
        for (const scene of scenes) {
          await show(page, scene);
          const lost = scene.startsWith('display/offline');
          if (lost) await page.waitForTimeout(5500); // "connection lost"
          const label = scene.replace('/', '-');
          const file = join(folder, `${label}-${width}-${theme}-${language}.png`);
          await page.screenshot({ path: file, fullPage: values.full });
          const [pageName] = scene.split('/');
          const name = own.includes(pageName) ? pageName : 'others';
          sheets.set(name, [...(sheets.get(name) ?? []), { label, file }]);
          count += 1;
        }
        for (const [name, pictures] of sheets) {
          await sheet(browser, `${name}-${width}-${theme}-${language}`, width, pictures);
        }
      }
    }
    complaints.push(...page.complaints);
    await page.context().close();
  }
} finally {
  await browser.close();
  await gallery.stop();
}
if (complaints.length > 0) writeFileSync(join(folder, 'complaints.txt'), complaints.join('\n'));
console.log(`${count} pictures in ${folder}, ${complaints.length} complaints on the console`);
