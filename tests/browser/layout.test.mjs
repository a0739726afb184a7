// Every page in every state, in both languages, from 320 px (which is also 1280 px at a zoom of
// 400 %) to a projector: nothing is wider than the window, nothing sticks out of its box or is cut
// off, and the display never needs to be scrolled.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { openGallery, show, startGallery } from './support/gallery.mjs';

const widths = { 320: 640, 390: 844, 1024: 768, 1440: 900, 1920: 1080 };
// French is the longer one: it takes the widths at which pages change their shape, English the
// narrowest. PLENARY_ALL=1 takes all for both.
const all = Object.keys(widths).map(Number);
const few = { 'en-GB': [320], 'fr-FR': [320, 1024, 1440] };
const taken = (locale) => (process.env.PLENARY_ALL === '1' ? all : few[locale]);

// In the page: what is wider than the window or than its own box.
function tooWide() {
  const found = [];
  const name = (element) => {
    const classes = [...element.classList].filter((one) => !one.startsWith('svelte-'));
    const text = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
    return `${[element.localName, ...classes].join('.')} “${text}”`;
  };
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide`);
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || element.closest('.hidden-visually, .skip, svg')) {
      continue;
    }
    const sticksOut = box.right > innerWidth + 0.5 || box.left < -0.5;
    const spills = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
    if (!sticksOut && !spills) continue;
    // A field's own text is scrolled in it, as fields do.
    if (/^(input|textarea|select)$/.test(element.localName) && !sticksOut) continue;
    found.push(name(element));
  }
  return found;
}

let gallery;
let browser;

before(async () => {
  [gallery, browser] = await Promise.all([startGallery(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await gallery?.stop();
});

describe('layout', () => {
  for (const locale of ['en-GB', 'fr-FR']) {
    it(`A1 A5: nothing sticks out or is cut off at any width: ${locale}`, async () => {
      const page = await newPage(browser, { locale });
      const scenes = await openGallery(page, gallery.url);
      const findings = [];
      for (const width of taken(locale)) {
        await page.setViewportSize({ width, height: widths[width] });
        for (const scene of scenes) {
          await show(page, scene);
          const found = await page.evaluate(tooWide);
          if (found.length > 0)
            findings.push(`${scene} at ${width}: ${found.slice(0, 3).join('; ')}`);
        }
      }
      assert.equal(findings.join('\n'), '');
      await page.context().close();
    });
  }

  it('D1: the display fits on the projector, 16:9 and 4:3, whatever it shows', async () => {
    const page = await newPage(browser, { locale: 'fr-FR' });
    const scenes = await openGallery(page, gallery.url);
    const findings = [];
    for (const [width, height] of [
      [1920, 1080],
      [1280, 720],
      [1024, 768],
    ]) {
      await page.setViewportSize({ width, height });
      for (const scene of scenes.filter((one) => one.startsWith('display/'))) {
        await show(page, scene);
        const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
        if (over > 0) findings.push(`${scene} at ${width} × ${height}: ${over} px too high`);
      }
    }
    assert.equal(findings.join('\n'), '');
    await page.context().close();
  });
});
