// Every page in every state through axe, no rule switched off: light in English as on a laptop,
// dark in French as on a phone. PLENARY_ALL=1 takes every combination of the three.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { openGallery, show, startGallery } from './support/gallery.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = { laptop: [1440, 900], phone: [390, 844] };
const all = ['laptop', 'phone'].flatMap((size) =>
  ['light', 'dark'].flatMap((theme) =>
    ['en-GB', 'fr-FR'].map((locale) => ({ size, theme, locale })),
  ),
);
const few = [
  { size: 'laptop', theme: 'light', locale: 'en-GB' },
  { size: 'phone', theme: 'dark', locale: 'fr-FR' },
];
const combinations = process.env.PLENARY_ALL === '1' ? all : few;

const unfolded = [
  'participant/usual',
  'participant/raised',
  'moderate/usual',
  'create/usual',
  'agenda/usual',
  'invitations/usual',
  'print/usual',
  'print/speakers_much',
];

// Off by default in axe: the size of targets (2.5.8), and on the display 7:1 for what is not large.
const rulesFor = (scene) => ({
  'target-size': { enabled: true },
  'color-contrast-enhanced': { enabled: scene.startsWith('display/') },
});

async function findingsOf(page, scene) {
  const found = await page.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run(document, {
      rules,
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  }, rulesFor(scene));
  return found.map((finding) => [finding, scene]);
}

// Each finding once, with the scenes that have it.
function grouped(findings) {
  const scenes = new Map();
  for (const [finding, scene] of findings) {
    scenes.set(finding, [...(scenes.get(finding) ?? []), scene]);
  }
  return [...scenes].map(([finding, all]) => `${finding}\n    in ${all.join(', ')}`).join('\n');
}

// Unfolds what is folded, until nothing is: the first of each list's rows stands for the others.
async function openEverything(page) {
  return page.evaluate(async () => {
    let opened = 0;
    const folded = ['details:not([open]) > summary', '[aria-expanded="false"]'];
    const seen = new Set();
    for (let found = true; found;) {
      found = false;
      for (const one of document.querySelectorAll(folded.join(','))) {
        const list = one.closest('li')?.parentElement ?? one;
        if (one.closest('dialog') || one.getClientRects().length === 0) continue;
        if (seen.has(one) || seen.has(list)) continue;
        seen.add(one).add(list);
        one.click();
        opened += 1;
        found = true;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }
    return opened;
  });
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

describe('axe', () => {
  for (const { size, theme, locale } of combinations) {
    it(`A1: axe finds nothing on any page in any state: ${size}, ${theme}, ${locale}`, async () => {
      const page = await newPage(browser, { locale, colorScheme: theme });
      const [width, height] = sizes[size];
      await page.setViewportSize({ width, height });
      const scenes = await openGallery(page, gallery.url);
      await page.evaluate(axe);
      assert.ok(scenes.length > 100);
      const findings = [];
      for (const scene of scenes) {
        await show(page, scene);
        findings.push(...(await findingsOf(page, scene)));
      }
      assert.equal(grouped(findings), '');
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }

  it('A1 D1: axe finds nothing on a display that lost its connection', async () => {
    const page = await newPage(browser);
    await page.clock.install(); // it says so after five seconds
    await openGallery(page, gallery.url);
    await page.evaluate(axe);
    const findings = [];
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme });
      for (const scene of ['display/offline', 'display/offline_free']) {
        await show(page, scene);
        await page.clock.fastForward(6000);
        await page.getByText('Connection lost').waitFor();
        findings.push(...(await findingsOf(page, scene)));
      }
    }
    assert.equal(grouped(findings), '');
    await page.context().close();
  });

  it('A1: axe finds nothing in what opens on demand: dialogs, tabs, tools, forms', async () => {
    const page = await newPage(browser);
    await openGallery(page, gallery.url);
    await page.evaluate(axe);
    const findings = [];
    const look = async (scene) => findings.push(...(await findingsOf(page, scene)));
    let opened = 0;
    for (const scene of unfolded) {
      await show(page, scene);
      const tabs = await page.getByRole('tab').all();
      for (const tab of tabs.length > 0 ? tabs : [undefined]) {
        await tab?.click();
        opened += await openEverything(page);
        await look(scene);
      }
      for (const opener of await page.locator('[aria-haspopup="dialog"]:visible').all()) {
        await opener.click();
        const dialog = page.locator('dialog[open]');
        await dialog.waitFor();
        const { width } = await dialog.boundingBox();
        assert.ok(width <= 34 * 16 + 1, `a question ${width} px wide in ${scene}`);
        opened += 1;
        await look(scene);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'hidden' });
      }
    }
    assert.ok(opened > 12, `only ${opened} things opened`);
    assert.equal(grouped(findings), '');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
});
