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
    // A field's own text is scrolled in it, as fields do; but a number is read at a glance.
    if (element.type === 'number' && element.scrollWidth > element.clientWidth) {
      found.push(`a number is cut off: ${element.labels?.[0]?.textContent.trim()}`);
      continue;
    }
    if (/^(input|textarea|select)$/.test(element.localName) && !sticksOut) continue;
    found.push(name(element));
  }
  return found;
}

// In the page: words that run into what follows them. Svelte takes the blank at a block's start.
const runTogether = () =>
  [...document.body.innerText.matchAll(/\p{L}+\(\p{L}*|·\p{L}+|\p{L}+·/gu)].map(([text]) => text);

// In the page: whether every one of these is in the window, wholly, with nothing over it.
function whatIsSeen(parts) {
  const inSight = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return inside && over !== null && (element.contains(over) || over.contains(element));
  };
  return Object.fromEntries(
    Object.entries(parts).map(([name, selector]) => {
      const all = [...document.querySelectorAll(selector)];
      // Of lists the first few count, of rooms all.
      return [name, all.length > 0 && all.slice(0, name === 'rooms' ? 9 : 1).every(inSight)];
    }),
  );
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

  it('A1: no words run together, whatever a page shows', async () => {
    const page = await newPage(browser);
    const scenes = await openGallery(page, gallery.url);
    const findings = [];
    for (const scene of scenes) {
      await show(page, scene);
      for (const text of await page.evaluate(runTogether)) findings.push(`${scene}: ${text}`);
    }
    assert.equal(findings.join('\n'), '');
    await page.context().close();
  });

  it('A1: a chair sees floor, clock, next, first entries, agenda without scrolling', async () => {
    const page = await newPage(browser);
    await openGallery(page, gallery.url);
    const findings = [];
    const parts = {
      speaker: '.floor .name',
      clock: '[data-clock] .time',
      end: '.stage .row button:last-of-type',
      next: 'button.primary.big',
      undo: 'button[aria-label^="Undo: "]',
      'first entry': '[data-entry] [data-focus]',
      'agenda position': '[data-item].current .title',
      rooms: '[data-room]:not([data-room="plenary"])',
    };
    for (const width of [1024, 1440, 1920]) {
      await page.setViewportSize({ width, height: widths[width] });
      for (const scene of ['moderate/usual', 'moderate/much']) {
        await show(page, scene);
        const seen = await page.evaluate(whatIsSeen, parts);
        for (const [part, is] of Object.entries(seen)) {
          if (!is) findings.push(`${scene} at ${width}: ${part} is not in sight`);
        }
      }
    }
    assert.equal(findings.join('\n'), '');
    await page.context().close();
  });

  it('A1: on a phone the hand is at the bottom, who speaks on the first screen', async () => {
    const page = await newPage(browser, { locale: 'fr-FR' });
    const scenes = await openGallery(page, gallery.url);
    const findings = [];
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: widths[width] });
      for (const scene of scenes.filter((one) => one.startsWith('participant/'))) {
        await show(page, scene);
        const bottom = await page.evaluate(
          () => document.querySelector('#hand')?.getBoundingClientRect().bottom,
        );
        if (bottom !== undefined && Math.abs(bottom - widths[width]) > 1) {
          findings.push(`${scene} at ${width}: the hand's bar ends at ${bottom}`);
        }
      }
      for (const scene of ['participant/usual', 'participant/much', 'participant/next']) {
        await show(page, scene);
        const parts = { speaker: '.floor .name', clock: '[data-clock] .time' };
        const seen = await page.evaluate(whatIsSeen, parts);
        for (const [part, is] of Object.entries(seen)) {
          if (!is) findings.push(`${scene} at ${width}: ${part} is not in sight`);
        }
      }
    }
    assert.equal(findings.join('\n'), '');
    await page.context().close();
  });

  it('the rows of an agenda that is edited have their columns beneath one another', async () => {
    const page = await newPage(browser, { locale: 'fr-FR' });
    await openGallery(page, gallery.url);
    for (const width of [1024, 1440]) {
      await page.setViewportSize({ width, height: widths[width] });
      await show(page, 'agenda/much');
      for (const column of ['.title', '.minutes input', '.tools']) {
        const lefts = await page
          .locator(`ol:first-of-type > li [data-item] ${column}`)
          .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
        assert.ok(lefts.length >= 12, `${lefts.length} of ${column}`);
        assert.equal(new Set(lefts.slice(0, 12)).size, 1, `${column} at ${width}`);
      }
    }
    await page.context().close();
  });

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
