// How soon somebody can act on a cheap phone with bad Wi-Fi (A3): Chromium slows its processor down
// four times and the network to 400 ms and 400 kbit/s.
//
// "Interactive" is measured in the page, from the start of the navigation: the control that the
// reader came for stands there, may be pressed, and the main thread was free once since then.
import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { newPage, startBrowser } from './support/browser.mjs';
import { joinByCode, joinByLink, raiseButton } from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';

// With the processor to itself, and the best of some tries: what the pages need, not what else
// runs. On a machine that has other work the figures say little of the pages: then each is told,
// and held to twice as much.
// What ran before is in that load for a while yet: it is waited out, as far as it goes.
const isBusy = () => loadavg()[0] > 0.75 * availableParallelism();
const echoMs = 45_000;
let busy = false;
const budgetMs = () => 2_000 * (busy ? 2 : 1);
// All that a participant's page needs, over such a line, with nothing in the cache: two round trips
// and 53 KiB with their heads take 1.85 s of it, and the processor the rest.
const coldBudgetMs = () => 2_500 * (busy ? 2 : 1);
const most = 10; // tries until one is within the budget
const mostBytes = 60 * 1024; // before then: page, script and style, with their heads
const phone = {
  offline: false,
  latency: 400,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
};

const server = new Server();
let browser;
let session;

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession({ ...partnersMeeting(), entry: 'open' });
  const chair = await newPage(browser); // hands go up once the session is open
  await joinByLink(chair, session.links[0], { name: 'Ana Castillo' });
  const open = chair.getByRole('button', { name: 'Open the session' });
  await open.click();
  await open.waitFor({ state: 'detached' });
  await chair.context().close();
  for (let waitedMs = 0; isBusy() && waitedMs < echoMs; waitedMs += 1_000) await setTimeout(1_000);
  busy = isBusy();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

async function soonest(t, page, url, { selector, cold, budget }) {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', phone);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(watchFor, selector);
  let sentBytes = 0;
  // What comes behind the hand may be there before a slow processor has shown the hand.
  const later = new Set();
  client.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (/\/assets\/more-/.test(request.url)) later.add(requestId);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!later.has(requestId)) sentBytes += encodedDataLength;
  });
  let mostSent = 0;
  const taken = [];
  do {
    if (cold) await client.send('Network.clearBrowserCache');
    sentBytes = 0;
    await page.goto(url, { waitUntil: 'commit' });
    taken.push(await page.evaluate(() => window.interactiveAtMs));
    mostSent = Math.max(mostSent, sentBytes);
    await page.goto('about:blank');
  } while (taken.at(-1) > budget && taken.length < most);
  await client.detach();
  const best = Math.min(...taken);
  t.diagnostic(`${Math.round(best)} ms (of ${taken.map(Math.round).join(', ')})`);
  t.diagnostic(`${(mostSent / 1024).toFixed(1)} KiB over HTTP, with its heads`);
  if (busy) t.diagnostic(`busy: a load of ${loadavg()[0].toFixed(1)}, so held to ${budget} ms`);
  assert.ok(mostSent <= mostBytes, `${mostSent} bytes`);
  assert.ok(best <= budget, `${best} ms`);
}

function watchFor(selector) {
  window.interactiveAtMs = new Promise((resolve) => {
    const look = () => {
      const control = document.querySelector(selector);
      if (!control || control.disabled || control.ariaDisabled === 'true') return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { childList: true, subtree: true, attributes: true });
  });
}

describe('first load on a throttled phone', () => {
  it('A3: the form to join with a code, with an empty cache', async (t) => {
    const page = await newPage(browser, { phone: true });
    const url = `${server.url}/j/${session.code}`;
    const selector = 'form button.primary';
    await soonest(t, page, url, { selector, cold: true, budget: budgetMs() });
    assert.deepEqual(page.complaints, []);
  });

  it('A3: the hand, from the link, in a browser that has joined', async (t) => {
    const page = await newPage(browser, { phone: true });
    await joinByCode(page, server.url, session.code, { name: 'Nino Beridze' });
    await raiseButton(page).waitFor();
    await page.getByRole('heading', { name: 'Agenda' }).waitFor();
    const url = `${server.url}/s/${session.id}`;
    const selector = '#hand button.primary';
    await soonest(t, page, url, { selector, cold: false, budget: budgetMs() });
    assert.deepEqual(page.complaints, []);
  });

  it('A3: the hand, from the link, the cache lost', async (t) => {
    const page = await newPage(browser, { phone: true });
    await joinByCode(page, server.url, session.code, { name: 'Kim Min-jun' });
    await raiseButton(page).waitFor();
    const url = `${server.url}/s/${session.id}`;
    const selector = '#hand button.primary';
    await soonest(t, page, url, { selector, cold: true, budget: coldBudgetMs() });
    assert.deepEqual(page.complaints, []);
  });
});
