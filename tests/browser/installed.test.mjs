// The pages on a phone's home screen: what Chromium wants of them, and what opens without a
// network.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { args } from './support/browser.mjs';
import { joinByCode, raiseButton } from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';

const server = new Server();
const profile = mkdtempSync(join(tmpdir(), 'plenary-profile-'));
let context;
let page;
let session;
const complaints = [];

before(async () => {
  await server.start();
  session = await server.createSession({ ...partnersMeeting(), entry: 'open' }, []);
  // A profile on disk: in a private window nothing can be installed.
  context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.PLENARY_CHROMIUM ?? '/usr/bin/chromium',
    args,
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
  });
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${error}`));
  page.on('console', (message) => {
    if (/Content Security Policy|manifest/i.test(message.text())) complaints.push(message.text());
  });
  await joinByCode(page, server.url, session.code, { name: 'Nino Beridze' });
  await raiseButton(page).waitFor();
});

after(async () => {
  await context?.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

describe('on the home screen', () => {
  it('A3: Chromium finds nothing that is in the way of installing', async () => {
    const client = await context.newCDPSession(page);
    const { errors, url } = await client.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors, []);
    const manifest = await (await fetch(url)).json();
    for (const { src, type } of manifest.icons) {
      const icon = await fetch(new URL(src, url));
      assert.equal(icon.headers.get('content-type'), type);
      assert.ok((await icon.arrayBuffer()).byteLength > 200);
    }
    const colours = await page
      .locator('meta[name="theme-color"]')
      .evaluateAll((all) => all.map(({ content, media }) => [content, media]));
    assert.deepEqual(colours, [
      ['#faf9f7', '(prefers-color-scheme: light)'],
      ['#131418', '(prefers-color-scheme: dark)'],
    ]);
  });

  it('P1: the icon leads back to the session; a pasted link is as good as its code', async () => {
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Bi-annual Meeting with Partners' }).click();
    await raiseButton(page).waitFor();
    await page.goto(server.url);
    await page.getByLabel('Join code').fill(`${server.url}/j/${session.code}`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${server.url}/j/${session.code}`);
    await page.getByText('Nino Beridze').waitFor(); // known here already
    await page.goBack();
    await page.getByRole('link', { name: 'Bi-annual Meeting with Partners' }).click();
    await raiseButton(page).waitFor();
  });

  it('C3: opens without a network, says so with nothing old on it, comes back', async () => {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, {
      timeout: 20_000,
    });
    await context.setOffline(true);
    await page.reload();
    await page.getByText('Not connected yet.').waitFor();
    await page.getByText('The page comes back by itself.').waitFor();
    assert.equal(await page.locator('#hand, .floor').count(), 0);
    await context.setOffline(false);
    await raiseButton(page).waitFor();
    assert.equal(await page.getByText('Not connected yet.').count(), 0);
  });

  it('keeps the files of one build and nothing of a session', async () => {
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (one) => (await caches.open(one)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.includes('/'));
    for (const path of kept) assert.match(path, /^\/$|^\/assets\/[\w.-]+$/);
    assert.deepEqual(complaints, []);
  });
});
