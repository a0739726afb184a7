// What the participant's page says when something is not as usual: each has its own calm words.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  clocksTogether,
  joinByCode,
  joinByLink,
  queueOf,
  raiseButton,
  spread,
  until,
} from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';
import { Wire } from './support/wire.mjs';

const server = new Server();
let browser;
let session;
let chair;

const heading = (page, name) => page.getByRole('heading', { name });
const place = (page, number) =>
  page.locator('[data-hand="placed"]', { hasText: `Place ${number}` });

async function phone(name, { before: prepare, ...options } = {}) {
  const page = await newPage(browser, { phone: true, ...options });
  await prepare?.(page);
  await joinByCode(page, server.url, session.code, { name });
  await raiseButton(page).waitFor();
  return page;
}

async function raise(page) {
  await raiseButton(page).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Intervention/ })
    .click();
  await page.locator('[data-hand="placed"]').waitFor();
}

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession({ ...partnersMeeting(), entry: 'open' }, ['moderator']);
  chair = await newPage(browser);
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
  await chair.getByRole('button', { name: 'Open the session' }).click();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('words for what is not as usual', () => {
  it('Q2 C1 C3: offline for a minute with the hand up, and back in the same place', async () => {
    const first = await phone('Kim Min-jun');
    await raise(first);
    let wire;
    const nino = await phone('Nino Beridze', {
      before: async (page) => {
        await page.clock.install();
        wire = await Wire.of(page);
      },
    });
    await raise(nino);
    await place(nino, 2).waitFor();
    await wire.down();
    const line = nino.getByText(/^Offline since \d\d:\d\d\. What you see may be old\./);
    await line.waitFor();
    await nino.getByText('Your hand stays up.').waitFor();
    // What may be old is marked by a word and by hatching.
    await nino.getByRole('heading', { name: 'Next (may be old)' }).waitFor();
    for (const part of ['section.floor', 'section:has(#next-title)', '[data-hand="placed"]']) {
      const image = (one) => getComputedStyle(one).backgroundImage;
      assert.match(await nino.locator(part).first().evaluate(image), /repeating-linear-gradient/);
    }
    const tries = wire.opened;
    await nino.clock.fastForward(60_000);
    await until(() => assert.ok(wire.opened > tries), nino);
    await line.waitFor();
    await place(nino, 2).waitFor();
    await until(
      async () => assert.deepEqual(await queueOf(chair), ['Kim Min-jun', 'Nino Beridze']),
      chair,
    );
    wire.up();
    await nino.clock.fastForward(30_000);
    await line.waitFor({ state: 'detached' });
    await place(nino, 2).waitFor();
    assert.equal(await nino.getByText('may be old').count(), 0);
    assert.deepEqual(await queueOf(chair), ['Kim Min-jun', 'Nino Beridze']);
    assert.deepEqual(nino.complaints, []);
    for (const page of [first, nino]) await page.context().close();
  });

  it('C3: restarting, full, unavailable; the page comes back by itself', async () => {
    let wire;
    const page = await phone('Ana Kovač', { before: async (one) => (wire = await Wire.of(one)) });
    for (const [code, words] of [
      [4001, 'The server is starting again.'],
      [4004, 'The server cannot read the session just now.'],
      [4007, 'The server has as many connections as it takes.'],
    ]) {
      await wire.bye(code, { retryAfterMs: 60_000 });
      await page.getByText(words).waitFor();
      await page.getByText('The page comes back by itself.').waitFor();
      await page.getByRole('button', { name: 'Try now' }).click();
      await page.getByText(words).waitFor({ state: 'detached' });
    }
    await page.context().close();
  });

  it('C3: while the second part of the page fails, no message asks for it again', async () => {
    const more = /\/assets\/more-.*\.js$/;
    let asked = 0;
    const refuse = (route) => {
      asked += 1;
      return route.abort();
    };
    const page = await newPage(browser, { phone: true });
    await page.route(more, refuse);
    await page.goto(`${server.url}/j/${session.code}`);
    await page.getByLabel('Your name').fill('Ana Kovač');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText('Part of this page did not load.').waitFor();
    const askedAtFirst = asked;
    await raise(page);
    await until(async () => assert.ok((await queueOf(chair)).includes('Ana Kovač')), chair);
    assert.equal(asked, askedAtFirst);
    await page.unroute(more);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Lower hand', exact: true }).click();
    await raiseButton(page).waitFor();
    await page.context().close();
  });

  it('P2 P4 S6: revoked, removed, gone, too many windows, expired: each says so', async () => {
    let wire;
    const page = await phone('Ana Kovač', { before: async (one) => (wire = await Wire.of(one)) });
    for (const [code, words] of [
      [4504, 'This link was withdrawn'],
      [4503, 'You were removed from this session'],
      [4505, 'This session is no longer here'],
      [4506, 'Open in too many windows'],
      [4500, 'This page is out of date'],
      [4502, 'This link no longer opens the session'],
    ]) {
      await wire.bye(code);
      await heading(page, words).waitFor();
      assert.equal(await raiseButton(page).count(), 0);
      await page.reload();
      if (code !== 4502) await raiseButton(page).waitFor();
    }
    await heading(page, 'You are not in this session yet').waitFor();
    await page.context().close();
  });

  it('P1: a full session and a wrong code say so where one tried to come in', async () => {
    const page = await newPage(browser, { phone: true });
    await page.route('**/api/v1/enter', (route) =>
      route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 409, code: 'limit_reached', limit: 10_000 }),
      }),
    );
    await joinByCode(page, server.url, session.code, { name: 'Ana Kovač' });
    await page.getByRole('alert').getByText('The session has as many people as it takes').waitFor();
    assert.equal(await page.getByLabel('Your name').inputValue(), 'Ana Kovač');
    await page.goto(`${server.url}/j/00000000`);
    await page.getByRole('alert').getByText('No session has this code').waitFor();
    await page.getByRole('link', { name: 'Enter a join code' }).click();
    await page.getByLabel('Join code').waitFor();
    await page.context().close();
  });

  it('P1: a browser that keeps nothing says so, and a reload is the same person', async () => {
    const page = await phone('Layla al-Masri', {
      before: (one) =>
        one.addInitScript(() => {
          const denied = () => {
            throw new DOMException('denied', 'SecurityError');
          };
          Object.defineProperty(window, 'localStorage', { get: denied });
        }),
    });
    await page.getByText('This browser keeps nothing once the page is closed.').waitFor();
    await raise(page);
    await page.reload();
    await page.locator('[data-hand="placed"]').waitFor();
    assert.deepEqual(page.complaints, []);
    await page.getByRole('button', { name: 'Lower hand', exact: true }).click();
    await raiseButton(page).waitFor();
    await page.context().close();
  });

  it('T1: a device whose clock is five hours fast; its clocks are the meeting’s', async (t) => {
    const aheadMs = 5 * 3600_000;
    const page = await phone('Yamada Hanako', {
      before: (one) =>
        one.addInitScript((ms) => {
          const RealDate = Date;
          const origin = performance.timeOrigin + ms;
          Object.defineProperty(performance, 'timeOrigin', { value: origin });
          globalThis.Date = class extends RealDate {
            constructor(...parts) {
              if (parts.length > 0) super(...parts);
              else super(RealDate.now() + ms);
            }
            static now() {
              return RealDate.now() + ms;
            }
          };
        }, aheadMs),
    });
    await page.getByText(/The clock of this device is 5 h .*fast/).waitFor();
    await raise(page);
    await until(async () => assert.ok((await queueOf(chair)).includes('Yamada Hanako')), chair);
    const entry = chair.locator('[data-entry]').filter({ hasText: 'Yamada Hanako' });
    const head = entry.locator('button').first();
    if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
    await entry.getByRole('button', { name: 'Give the floor', exact: true }).click();
    await heading(page, 'You have the floor').waitFor();
    const clocks = await clocksTogether([chair, page]);
    const real = [clocks[0], clocks[1] + aheadMs];
    t.diagnostic(`two clocks: ${spread(real)} ms apart`);
    assert.ok(spread(real) <= 250, `${real}`);
    await page.getByRole('button', { name: 'I am done' }).click();
    await raiseButton(page).waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it('S7: elsewhere the times are the session’s, and their zone is named', async () => {
    const wires = [];
    const before = async (page) => wires.push(await Wire.of(page));
    const page = await phone('Nino from afar', { timezoneId: 'Asia/Tbilisi', before });
    await page.getByText('Times are those of Europe/Brussels.').first().waitFor();
    const near = await phone('Nino at home', { before });
    await near.getByText(/^Expected end/).waitFor();
    assert.equal(await near.getByText('Times are those of').count(), 0);
    for (const wire of wires) await wire.down();
    await page.getByText(/^Offline since \d\d:\d\d \(Europe\/Brussels\)\./).waitFor();
    await near.getByText(/^Offline since \d\d:\d\d\./).waitFor();
    await page.context().close();
    await near.context().close();
  });

  it('P3: two tabs are one person with one hand', async () => {
    const one = await phone('Jean-Baptiste Rochat');
    const other = await one.context().newPage();
    await other.goto(one.url());
    await raise(one);
    await other.locator('[data-hand="placed"]').waitFor();
    const named = async () =>
      (await queueOf(chair)).filter((name) => name === 'Jean-Baptiste Rochat').length;
    await until(async () => assert.equal(await named(), 1), chair);
    await other.getByRole('button', { name: 'Lower hand', exact: true }).click();
    await raiseButton(one).waitFor();
    await until(async () => assert.equal(await named(), 0), chair);
    await one.context().close();
  });
});
