// The moderator's page in the states of the gallery: what it says to eye, finger and screen reader.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { openGallery, show, startGallery } from './support/gallery.mjs';

let gallery;
let browser;
let page;

before(async () => {
  [gallery, browser] = await Promise.all([startGallery(), startBrowser()]);
  page = await newPage(browser);
  await openGallery(page, gallery.url);
});

after(async () => {
  await browser?.close();
  await gallery?.stop();
});

// As it stands at first, whatever was done in it before.
async function showAnew(scene) {
  await show(page, 'home/usual');
  await show(page, scene);
}

describe('the moderator’s page', () => {
  it('Q14: the large button says that who is next is away, and since when', async () => {
    const big = page.locator('button.big');
    await showAnew('moderate/usual');
    assert.doesNotMatch(await big.innerText(), /away/);
    for (const scene of ['moderate/next_away', 'moderate/next_away_long']) {
      await showAnew(scene);
      const name = await page.locator('[data-entry] .name').first().innerText();
      const text = await big.innerText();
      assert.match(text, /away since 10:08/);
      assert.ok(text.includes(name), `${text} names ${name}`);
    }
  });

  it('no page reported an error', () => {
    assert.deepEqual(page.complaints, []);
  });
});
