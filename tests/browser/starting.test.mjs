// When the pages do not start, or a part of them fails: calm words in both languages and a way on,
// never a blank page. And what a development build alone has is in no other.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { Server, webFolder } from './support/server.mjs';

const server = new Server();
let browser;

before(async () => {
  await server.start();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

const asEnglish = (page) => page.getByRole('heading', { name: 'This page has not started' });
const asFrench = (page) => page.getByRole('heading', { name: 'Cette page n’a pas démarré' });
const codeField = (page) => page.getByLabel('Join code');
const manifest = () => JSON.parse(readFileSync(join(webFolder, '.vite/manifest.json'), 'utf8'));
const home = () => `**/${manifest()['src/pages/enter/HomePage.svelte'].file}`;

async function saysThatItHasNotStarted(page) {
  await asEnglish(page).waitFor();
  await asFrench(page).waitFor();
  assert.equal(await page.locator('#unstarted [lang="fr"]').count(), 1);
}

// Eight seconds of style's time in a tenth of one.
async function hurry(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Animation.enable');
  await devtools.send('Animation.setPlaybackRate', { playbackRate: 80 });
}

describe('starting', () => {
  it('A3: without JavaScript the page says what it needs', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.url}/j/12345678`);
    await saysThatItHasNotStarted(page);
    await context.close();
  });

  it('A3: a browser without modules is told so by the one script that it runs', async () => {
    const page = await newPage(browser);
    const asItSees = (html) =>
      html.replace(/<script type="module".*?<\/script>/gs, '').replace('nomodule', '');
    await page.route(`${server.url}/`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: asItSees(await response.text()) });
    });
    await page.goto(server.url);
    await saysThatItHasNotStarted(page);
    assert.equal(await page.evaluate(() => document.documentElement.className), 'old');
  });

  it('A3: a browser that lacks what the pages call is told so at once', async () => {
    const page = await newPage(browser);
    await page.addInitScript(() => Reflect.deleteProperty(AbortSignal, 'timeout'));
    await page.goto(server.url);
    await saysThatItHasNotStarted(page);
  });

  it('A3: a script that is lost, or that the browser cannot read, leaves words', async () => {
    const lost = (route) => route.abort();
    const unreadable = (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'let yesterday = @syntax;' });
    for (const answer of [lost, unreadable]) {
      const page = await newPage(browser);
      await hurry(page);
      await page.route(/\/assets\/.*\.js$/, answer);
      await page.goto(server.url);
      await saysThatItHasNotStarted(page);
      await page.context().close();
    }
  });

  it('A3: a page that starts says nothing of the kind', async () => {
    const page = await newPage(browser);
    await hurry(page);
    await page.goto(server.url);
    await codeField(page).waitFor();
    assert.equal(await page.locator('#unstarted').count(), 0);
  });

  it('A3: a part of the page that does not arrive is said, and loads again', async () => {
    const page = await newPage(browser);
    await page.route(home(), (route) => route.abort());
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'A part of this page did not arrive' }).waitFor();
    await page.unroute(home());
    await page.getByRole('button', { name: 'Load again' }).click();
    await codeField(page).waitFor();
  });

  it('A3: a component that fails leaves words and a way on', async () => {
    const page = await newPage(browser, { locale: 'fr-FR' });
    const body = 'export default () => { throw new Error("as a mistake of ours would"); };';
    await page.route(home(), (route) => route.fulfill({ contentType: 'text/javascript', body }));
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'Cette page a cessé de fonctionner' }).waitFor();
    await page.unroute(home());
    await page.getByRole('button', { name: 'Recharger' }).click();
    await page.getByLabel('Code d’accès').waitFor();
  });

  it('A3: only a development build has the gallery', async () => {
    assert.equal((await fetch(`${server.url}/gallery`)).status, 404);
    const files = readdirSync(webFolder, { recursive: true }).filter((name) => /\.js$/.test(name));
    assert.ok(files.length > 5);
    for (const name of files) {
      const text = readFileSync(join(webFolder, name), 'utf8');
      assert.doesNotMatch(text, /plenaryGallery|Maximiliana|StagedConnection/, name);
    }
  });
});
