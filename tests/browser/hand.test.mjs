// The hand on a phone: at once pending, raised when it is durable; what the page says when it is
// refused, when the connection goes and when it comes back.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { joinByCode, joinByLink, queueOf, raiseButton, steady, until } from './support/people.mjs';
import { Server } from './support/server.mjs';
import { Wire } from './support/wire.mjs';
import { wordsIn } from './support/words.mjs';

const server = new Server();
let browser;
let session;
let chair, nino, wire;

const agenda = {
  title: 'Partners',
  date: '2027-05-12',
  start: '09:00',
  zone: 'Europe/Brussels',
  entry: 'open',
  rooms: [
    { id: 'plenary', name: 'Plenary', preset: 'simple' },
    { id: 'workshop', name: 'Workshop', preset: 'simple' },
  ],
  agenda: [
    { title: 'Welcome', room: 'plenary', kind: 'welcome', planned_minutes: 10 },
    { title: 'Statements', room: 'plenary', kind: 'statements', planned_minutes: 30 },
  ],
};
const hand = (page) => page.locator('#hand');
const box = (page, state) => page.locator(`[data-hand="${state}"]`);
// The page may be back by itself before the press; then there is nothing left to press.
const comeBack = () =>
  nino
    .getByRole('button', { name: 'Try now' })
    .click({ timeout: 5000 })
    .catch(() => undefined);
const lowerButton = (page) => page.getByRole('button', { name: 'Lower hand', exact: true });

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession(agenda, ['moderator']);
  chair = await newPage(browser);
  nino = await newPage(browser, { phone: true });
  wire = await Wire.of(nino);
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
  await joinByCode(nino, server.url, session.code, { name: 'Nino Beridze' });
  await raiseButton(nino).waitFor();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('the hand on a phone', () => {
  it('S1: before the session is open the button says so, and does nothing', async () => {
    const words = hand(nino).getByText('as soon as the session is open');
    await words.waitFor();
    assert.equal(await raiseButton(nino).getAttribute('aria-disabled'), 'true');
    await raiseButton(nino).click({ force: true });
    await chair.getByRole('button', { name: 'Open the session' }).click();
    await words.waitFor({ state: 'detached' });
    assert.equal(await raiseButton(nino).getAttribute('aria-disabled'), 'false');
    assert.deepEqual(await queueOf(chair), []);
  });

  it('C2: pending at once, with its place when it is durable', async () => {
    wire.hold();
    await raiseButton(nino).click();
    await box(nino, 'pending').getByText('Going up…').waitFor();
    assert.equal(await raiseButton(nino).count(), 0);
    // Durable on the server by now; the page does not know, so it does not say so.
    await until(async () => assert.deepEqual(await queueOf(chair), ['Nino Beridze']), chair);
    assert.equal(await box(nino, 'pending').count(), 1);
    const dashed = await box(nino, 'pending').evaluate((one) => getComputedStyle(one).borderStyle);
    assert.equal(dashed, 'dashed');
    wire.release();
    await box(nino, 'placed').getByText('Place 1').waitFor();
  });

  it('C2: likewise on the way down, and back up in the same place', async () => {
    wire.hold();
    await lowerButton(nino).click();
    await box(nino, 'lowering').getByText('Going down…').waitFor();
    const said = nino.getByRole('status').filter({ hasText: 'Going down…' });
    assert.equal(await said.count(), 1);
    await until(async () => assert.deepEqual(await queueOf(chair), []), chair);
    assert.equal(await box(nino, 'lowering').count(), 1);
    wire.release();
    await raiseButton(nino).waitFor();
    const back = nino.locator('.own [role=status]', { hasText: 'You lowered your hand.' });
    assert.match(await back.innerText(), /^Hand You lowered/);
    await nino.getByRole('button', { name: 'Raise it again in the same place' }).click();
    await box(nino, 'placed').getByText('Place 1').waitFor();
    await lowerButton(nino).click();
    await raiseButton(nino).waitFor();
  });

  it('Q6: a refusal says why, in the reader’s language, where the hand is', async () => {
    await nino.getByRole('button', { name: 'FR', exact: true }).click();
    const raise = nino.getByRole('button', { name: 'Lever la main', exact: true });
    await raise.waitFor();
    wire.hold();
    await steady(chair, 'Close the queue').click();
    await chair.getByRole('button', { name: 'Open the queue' }).waitFor();
    await raise.click();
    await box(nino, 'pending').waitFor();
    wire.release();
    await hand(nino).getByRole('alert').getByText('La liste des orateurs est close.').waitFor();
    await raise.waitFor();
    await nino.getByRole('button', { name: 'EN', exact: true }).click();
    await hand(nino).getByRole('alert').getByText('The list of speakers is closed.').waitFor();
    await steady(chair, 'Open the queue').click();
    await nino.getByText('The queue is closed').first().waitFor({ state: 'detached' });
    await hand(nino).getByRole('alert').waitFor({ state: 'detached' });
  });

  it('Q6: a closed queue without points of order speaks of none, and offers no hand', async () => {
    await steady(chair, 'Close the queue').click();
    for (const language of ['fr', 'en']) {
      await nino.getByRole('button', { name: language.toUpperCase(), exact: true }).click();
      const say = wordsIn(language);
      const closed = say('queue_closed_wholly');
      await hand(nino).getByText(closed).waitFor();
      await nino.getByRole('status').getByText(closed).waitFor();
      const blocked = nino.getByRole('button', { name: say('raise_hand'), exact: true });
      assert.equal(await blocked.getAttribute('aria-disabled'), 'true');
      await blocked.click({ force: true });
      assert.equal(await hand(nino).getByRole('alert').count(), 0);
    }
    await steady(chair, 'Open the queue').click();
    await hand(nino).locator('button[aria-disabled="false"]').waitFor();
    assert.deepEqual(await queueOf(chair), []);
  });

  it('A4: a double tap raises one hand, and lowering stands elsewhere', async () => {
    const where = await raiseButton(nino).boundingBox();
    const [x, y] = [where.x + where.width / 2, where.y + where.height / 2];
    await nino.touchscreen.tap(x, y);
    await nino.touchscreen.tap(x, y);
    await box(nino, 'placed').waitFor();
    await nino.touchscreen.tap(x, y);
    const lower = await lowerButton(nino).boundingBox();
    const apart =
      lower.y + lower.height <= where.y ||
      lower.y >= where.y + where.height ||
      lower.x + lower.width <= where.x ||
      lower.x >= where.x + where.width;
    assert.ok(apart, JSON.stringify({ where, lower }));
    await until(async () => assert.deepEqual(await queueOf(chair), ['Nino Beridze']), chair);
    await box(nino, 'placed').getByText('Place 1').waitFor();
    await lowerButton(nino).click();
    await raiseButton(nino).waitFor();
  });

  it('A1: the focus is where the hand is, whatever its state', async () => {
    await raiseButton(nino).focus();
    await nino.keyboard.press('Enter');
    await box(nino, 'placed').waitFor();
    const inBar = () => document.getElementById('hand').contains(document.activeElement);
    await until(async () => assert.ok(await nino.evaluate(inBar)), nino);
    await lowerButton(nino).focus();
    await nino.keyboard.press('Enter');
    await raiseButton(nino).waitFor();
    const own = () => document.activeElement?.matches('.own, .own *');
    await until(async () => assert.ok(await nino.evaluate(own)), nino);
  });

  it('C5: raised while offline it is kept, can be taken back, and goes up later', async () => {
    await wire.down();
    await nino.getByText(/^Offline since \d\d:\d\d/).waitFor();
    await raiseButton(nino).click();
    await box(nino, 'pending').getByText('Not sent yet').waitFor();
    await nino.getByRole('button', { name: 'Do not raise it' }).click();
    await raiseButton(nino).click();
    await box(nino, 'pending').getByText('Not sent yet').waitFor();
    assert.deepEqual(await queueOf(chair), []);
    wire.up();
    await comeBack();
    await box(nino, 'placed').getByText('Place 1').waitFor();
    await until(async () => assert.deepEqual(await queueOf(chair), ['Nino Beridze']), chair);
  });

  it('P9: on the way to another room the hand waits', async () => {
    await lowerButton(nino).click();
    await raiseButton(nino).waitFor();
    await nino.getByText('Change room').click();
    wire.hold();
    await nino.getByRole('button', { name: 'Enter: Workshop' }).click();
    await hand(nino).getByText('You are changing the room…').waitFor();
    assert.equal(await raiseButton(nino).getAttribute('aria-disabled'), 'true');
    wire.release();
    await hand(nino).getByText('You are changing the room…').waitFor({ state: 'detached' });
    await nino.getByRole('button', { name: 'Enter: Plenary' }).click();
    await nino.getByRole('button', { name: 'Enter: Workshop' }).waitFor();
    await nino.locator('#hand button[aria-disabled="false"]').click();
    await box(nino, 'placed').getByText('Place 1').waitFor();
  });

  it('C5: what is kept outlives the page, says so, and goes up once', async () => {
    await lowerButton(nino).click();
    await raiseButton(nino).waitFor();
    await wire.down();
    await nino.getByText(/^Offline since \d\d:\d\d/).waitFor();
    await raiseButton(nino).click();
    await box(nino, 'pending').getByText('Not sent yet').waitFor();
    await nino.reload();
    await nino.getByText('Your hand is kept').waitFor();
    wire.up();
    await comeBack();
    await box(nino, 'placed').getByText('Place 1').waitFor();
    await until(async () => assert.deepEqual(await queueOf(chair), ['Nino Beridze']), chair);
    await lowerButton(nino).click();
    await raiseButton(nino).waitFor();
    await nino.reload();
    await raiseButton(nino).waitFor();
    assert.deepEqual(await queueOf(chair), []);
  });

  it('S6: once the session is closed, no hand is asked for or held', async () => {
    await raiseButton(nino).click();
    await box(nino, 'placed').waitFor();
    await chair.getByRole('button', { name: 'Close…' }).click();
    const dialog = chair.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Close the session' }).click();
    await lowerButton(nino).waitFor({ state: 'detached' });
    await nino.getByText('this screen stays on').waitFor({ state: 'detached' });
    await nino.getByRole('heading', { name: 'Agenda' }).waitFor();
  });

  it('no page reported an error', () => {
    for (const page of [chair, nino]) assert.deepEqual(page.complaints, []);
  });
});
