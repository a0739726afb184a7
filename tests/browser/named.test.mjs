// Whom the agenda names is next until they had the floor: with a phone, with a hand up, after an
// undo, through an interruption; and nobody is next once the session is closed.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  entryRow,
  joinByCode,
  joinByLink,
  raise,
  steady,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import { Server } from './support/server.mjs';

const server = new Server();
const agenda = {
  title: 'Committee',
  date: '2027-05-12',
  start: '09:00',
  zone: 'Europe/Brussels',
  entry: 'open',
  rooms: [{ id: 'hall', name: 'Hall', preset: 'formal', interruption_suspends: true }],
  agenda: [
    { room: 'hall', kind: 'welcome', title: 'Welcome', planned_minutes: 10 },
    { room: 'hall', kind: 'other', title: 'Report', planned_minutes: 15, speakers: ['Rapporteur'] },
  ],
};
let browser;
let chair, kim, nino, ana, screen;

const button = (page, name) => page.getByRole('button', { name, exact: true });
const listening = (page, text) =>
  page.locator('button[data-deaf="false"][aria-disabled="false"]', { hasText: text });
const press = (page, text) => listening(page, text).click();
const youAreNext = (page) => page.getByRole('heading', { name: 'You are next' });
const onDisplay = (names) =>
  until(
    async () => assert.deepEqual(await screen.locator('li .next').allInnerTexts(), names),
    screen,
  );

before(async () => {
  await server.start();
  browser = await startBrowser();
  const session = await server.createSession(agenda, ['moderator', 'display']);
  [chair, screen] = [await newPage(browser), await newPage(browser)];
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
  await screen.goto(session.links[1]);
  const phones = [];
  for (const name of ['Kim Min-jun', 'Nino Beridze', 'Ana Kovač']) {
    const page = await newPage(browser, { phone: true });
    await joinByCode(page, server.url, session.code, { name });
    await page.getByRole('button', { name: 'Raise hand' }).waitFor();
    phones.push(page);
  }
  [kim, nino, ana] = phones;
  await press(chair, 'Open the session');
  await press(chair, 'Start Welcome');
  await raise(nino, 'Intervention');
  await youAreNext(nino).waitFor();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('whom the item names', () => {
  it('P6 P7 Q14: is called on the own phone, though somebody else waits', async () => {
    const row = chair.locator('[data-person]').filter({ hasText: 'Rapporteur' });
    await row.locator('button').first().click();
    await button(row, 'Merge with…').click();
    const dialog = chair.getByRole('dialog');
    await dialog.getByRole('searchbox').fill('Kim');
    await dialog.getByRole('button', { name: /Kim Min-jun/ }).click();
    await button(dialog, 'The other way round').click();
    await button(dialog, 'Merge into Kim Min-jun').click();
    await press(chair, 'Next item: Report');
    await listening(chair, 'Next speaker Rapporteur').waitFor();
    await youAreNext(kim).waitFor();
    assert.equal(await kim.title(), 'You are next');
    await kim.locator('li.own', { hasText: 'Rapporteur' }).getByText('(you)').waitFor();
    await youAreNext(nino).waitFor({ state: 'detached' });
    await onDisplay(['Rapporteur', 'Nino Beridze']);
  });

  it('P6: loses nothing by raising a hand', async () => {
    await raise(kim, 'Intervention');
    await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
    await youAreNext(kim).waitFor();
    await listening(chair, 'Next speaker Rapporteur').waitFor();
    await onDisplay(['Rapporteur', 'Nino Beridze']);
    await kim.getByRole('button', { name: 'Lower hand' }).click();
    await untilQueueIs(chair, ['Nino Beridze']);
  });

  it('Q15 P6: is next again once a mistaken Next is undone, and no hand stays behind', async () => {
    await press(chair, 'Next speaker Rapporteur');
    await untilFloorIs(chair, 'Kim Min-jun');
    await button(chair, 'Undo: Floor given to Kim Min-jun').click();
    await listening(chair, 'Next speaker Rapporteur').waitFor();
    await untilQueueIs(chair, ['Nino Beridze']);
    await onDisplay(['Rapporteur', 'Nino Beridze']);
  });

  it('T4 Q14: nobody is called while somebody who was interrupted resumes first', async () => {
    await press(chair, 'Next speaker Rapporteur');
    await youAreNext(nino).waitFor();
    await raise(ana, 'Point of order');
    await press(chair, 'Next speaker Ana Kovač');
    await untilFloorIs(nino, 'Ana Kovač');
    await nino.getByText('Resumes afterwards: Kim Min-jun').waitFor();
    await youAreNext(nino).waitFor({ state: 'detached' });
    await steady(chair.locator('.stage'), 'End speech').click();
    await untilFloorIs(nino, 'Kim Min-jun');
    await youAreNext(nino).waitFor();
  });
});

describe('what cannot be done', () => {
  it('S1: paused, no floor and no item is offered; resumed, they are', async () => {
    await steady(chair, 'Pause').first().click();
    await chair.getByText('Paused', { exact: true }).waitFor();
    await entryRow(chair, 'Nino Beridze').locator('[data-head]').click();
    const give = button(entryRow(chair, 'Nino Beridze'), 'Give the floor');
    assert.equal(await give.getAttribute('aria-disabled'), 'true');
    const start = chair.locator('[data-item]', { hasText: 'Welcome' });
    await start.locator('[data-head]').click();
    assert.equal(await button(start, 'Reopen').getAttribute('aria-disabled'), 'true');
    await steady(chair, 'Resume').first().click();
    await until(async () => assert.equal(await give.getAttribute('aria-disabled'), 'false'), chair);
  });

  it('A4: Enter pressed twice on Close asks, and closes nothing', async () => {
    await button(chair, 'Close…').focus();
    await chair.keyboard.press('Enter');
    await chair.keyboard.press('Enter');
    await chair.getByRole('dialog').waitFor({ state: 'hidden' });
    await chair.getByText('Open', { exact: true }).waitFor();
  });

  it('S6 Q14: nobody is next in a closed session', async () => {
    await youAreNext(nino).waitFor();
    await button(chair, 'Close…').click();
    await button(chair.getByRole('dialog'), 'Close the session').click();
    await nino.getByText('The session was closed').waitFor();
    await youAreNext(nino).waitFor({ state: 'detached' });
    assert.match(await nino.title(), /^Committee/);
  });

  it('no page reported an error', () => {
    for (const page of [chair, kim, nino, ana, screen]) assert.deepEqual(page.complaints, []);
  });

  it('A5: an address that leads nowhere is answered with a page that says so', async () => {
    const page = await newPage(browser);
    for (const path of ['/nothing', '/j/', '/s/', '/s/abc/nothing']) {
      const answer = await page.goto(`${server.url}${path}`);
      assert.equal(answer.status(), 404, path);
      await page.getByRole('heading', { name: page.say('page_not_found_title') }).waitFor();
      await page.getByRole('link', { name: page.say('to_start') }).waitFor();
    }
  });
});
