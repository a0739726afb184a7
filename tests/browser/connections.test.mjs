// What happens to a meeting when connections and the server fail.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  clocksTogether,
  joinByCode,
  joinByLink,
  next,
  nextButton,
  queueOf,
  raise,
  raiseButton,
  spread,
  startItem,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';
import { Wire } from './support/wire.mjs';

const server = new Server();
let browser;
let session;
let chair, deputy, nino, kim, display;
let projector; // the display's connection

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession({ ...partnersMeeting(), entry: 'open' });
  chair = await newPage(browser);
  deputy = await newPage(browser);
  nino = await newPage(browser, { phone: true });
  kim = await newPage(browser, { phone: true });
  display = await newPage(browser);
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha', delegation: 'Albania' });
  await joinByLink(deputy, session.links[1], { name: 'Armen Sargsyan', delegation: 'Armenia' });
  await joinByCode(nino, server.url, session.code, { name: 'Nino Beridze', delegation: 'Georgia' });
  await joinByLink(kim, session.links[2], { name: 'Kim Min-jun', delegation: 'Japan' });
  projector = await Wire.of(display);
  await display.goto(session.links[3]);
  await chair.getByRole('button', { name: 'Open the session' }).click();
  await startItem(chair, 'Welcome');
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('connections', () => {
  it('C1 T1 Q2: after SIGKILL and restart all are back, same order, same clocks', async (t) => {
    await raise(kim, 'Intervention');
    await untilQueueIs(chair, ['Kim Min-jun']);
    await next(chair, 'Kim Min-jun');
    await raise(nino, 'Intervention');
    await raise(nino, 'Point of order');
    await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze']);
    const everyone = [chair, deputy, nino, kim, display];
    const before = await clocksTogether(everyone);

    await server.kill();
    for (const page of [chair, nino])
      await page
        .getByText(/^Offline/)
        .first()
        .waitFor();
    await nextButton(chair).click({ force: true });
    await chair.getByText('Not connected: nothing can be changed').first().waitFor();
    const restarted = Date.now();
    await server.start();
    for (const page of [chair, deputy, nino, kim]) {
      await until(
        async () => assert.equal(await page.getByText(/^Offline/).count(), 0),
        page,
        20_000,
      );
    }
    await display.getByText('Connection lost').waitFor({ state: 'detached', timeout: 20_000 });
    t.diagnostic(`everyone is back ${Date.now() - restarted} ms after the restart began`);

    for (const page of [chair, deputy]) {
      await untilFloorIs(page, 'Kim Min-jun');
      assert.deepEqual(await queueOf(page), ['Nino Beridze', 'Nino Beridze']);
    }
    const afterwards = await clocksTogether(everyone);
    t.diagnostic(`five clocks: ${spread(before)} ms apart before, ${spread(afterwards)} ms after`);
    t.diagnostic(`clocks against those before: ${spread([...before, ...afterwards])} ms`);
    assert.ok(spread(afterwards) <= 250, `${afterwards}`);
    assert.ok(spread([...before, ...afterwards]) <= 250, `${before} / ${afterwards}`);
  });

  it('C3: the page says since when it is offline, and that the hand stays up', async () => {
    await nino.context().setOffline(true);
    await nino.getByText(/^Offline since \d\d:\d\d/).waitFor({ timeout: 40_000 });
    await nino.getByText('Your hand stays up.').waitFor();
    await nino.context().setOffline(false);
    await nino.getByText(/^Offline/).waitFor({ state: 'detached', timeout: 40_000 });
  });

  it('C5: a hand raised while offline is kept, and goes up with the connection', async () => {
    await chair.getByRole('button', { name: 'Clear' }).click();
    await untilQueueIs(chair, []);
    await raiseButton(nino).waitFor();
    await nino.context().setOffline(true);
    await nino.getByText(/^Offline/).waitFor({ timeout: 40_000 });
    await raise(nino, 'Intervention');
    await nino.getByText('Your hand is kept').waitFor();
    assert.deepEqual(await queueOf(chair), []);
    await nino.context().setOffline(false);
    await nino.getByText('Place 1', { exact: true }).first().waitFor({ timeout: 40_000 });
    await untilQueueIs(chair, ['Nino Beridze']);
  });

  it('D1: stale for more than 5 s, "connection lost" replaces the clock', async (t) => {
    const clock = display.locator('[data-clock]');
    const lost = display.getByText('Connection lost');
    const silence = [() => projector.hold(), () => projector.release()];
    const noNetwork = [() => projector.down(), () => projector.up()];
    for (const [cut, mend] of [silence, noNetwork]) {
      await clock.waitFor();
      const cutAtMs = Date.now();
      await cut();
      await lost.waitFor();
      const tookMs = Date.now() - cutAtMs;
      t.diagnostic(`said ${tookMs} ms after the last that arrived`);
      assert.ok(tookMs <= 7000, `${tookMs} ms`); // two seconds for a loaded machine
      assert.equal(await clock.count(), 0);
      await mend();
      await lost.waitFor({ state: 'detached', timeout: 40_000 });
    }
    await clock.waitFor();
  });

  it('P4: who is removed is told so, and is refused on coming back', async () => {
    const person = chair.locator('[data-person]').filter({ hasText: 'Kim Min-jun' });
    await person.locator('button').first().click();
    await person.getByRole('button', { name: 'Remove…' }).click();
    await chair.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await kim.getByRole('heading', { name: 'You were removed from this session' }).waitFor();
    await kim.reload();
    await kim.getByRole('heading', { name: 'You were removed from this session' }).waitFor();
  });

  it('P4: at the door, with the code once more, too; somebody else may come in', async () => {
    await kim.getByRole('link', { name: 'Enter a join code' }).click();
    await kim.getByLabel('Join code').fill(session.code);
    await kim.getByRole('button', { name: 'Continue' }).click();
    const said = kim.getByRole('status').filter({ hasText: 'You were removed from this session.' });
    await said.getByText('speak to a moderator').waitFor();
    assert.equal(await kim.getByRole('button', { name: 'Continue' }).count(), 0);
    await kim.getByRole('button', { name: 'Someone else uses this device' }).click();
    await kim.getByLabel('Your name').waitFor();
  });

  it('P2: a role that was revoked is gone at once', async () => {
    const person = chair.locator('[data-person]').filter({ hasText: 'Armen Sargsyan' });
    await person.locator('button').first().click();
    await person.getByRole('button', { name: 'Take back Moderator (whole session)' }).click();
    await deputy.getByRole('heading', { name: 'This page is for moderators' }).waitFor();
  });

  it('no page reported an error', () => {
    for (const page of [chair, deputy, nino, kim, display]) assert.deepEqual(page.complaints, []);
  });
});
