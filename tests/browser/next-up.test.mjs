// Who is next: the chair's large button, the display and the phone say the same, when a hand is
// left up from the item before, and in a break.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  joinByCode,
  joinByLink,
  nextButton,
  onEntry,
  raise,
  steady,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import { Server } from './support/server.mjs';

const server = new Server();
const longName = 'Maximiliana-Theodora Alexandrovna von Hohenstein-Sigmaringen'; // 60 characters
const longTitle = `On ${'the wording of the second paragraph and '.repeat(3)}its annexes`;
const director = 'Director General';
const commissioner = 'Commissioner';
const agenda = {
  title: 'Talks',
  date: '2027-05-12',
  start: '09:00',
  zone: 'Europe/Brussels',
  entry: 'open',
  rooms: [
    { id: 'hall', name: 'Hall', preset: 'formal' },
    { id: 'side', name: 'Side room', preset: 'simple' },
  ],
  agenda: [
    { room: 'hall', kind: 'welcome', title: 'Welcome', planned_minutes: 10, speakers: ['Chair'] },
    {
      room: 'hall',
      kind: 'remarks',
      title: 'Keynote',
      planned_minutes: 15,
      speakers: [director, commissioner],
    },
    { room: 'hall', kind: 'break', title: 'Coffee', planned_minutes: 15 },
    { room: 'hall', kind: 'other', title: 'Debate', planned_minutes: 30 },
    { room: 'hall', kind: 'other', title: longTitle, planned_minutes: 30 },
    { room: 'hall', kind: 'other', title: 'Close', planned_minutes: 5 },
  ],
};
let browser;
let chair, nino, kim, long, screen;
const listening = (page, text) =>
  page.locator('button[data-deaf="false"][aria-disabled="false"]', { hasText: text });
const press = (page, text) => listening(page, text).click();
const onDisplay = (names) =>
  until(
    async () => assert.deepEqual(await screen.locator('li .next').allInnerTexts(), names),
    screen,
  );
const youAreNext = (page) => page.getByRole('heading', { name: 'You are next' });

before(async () => {
  await server.start();
  browser = await startBrowser();
  const session = await server.createSession(agenda, ['moderator', 'display']);
  [chair, screen] = [await newPage(browser), await newPage(browser)];
  [nino, kim] = [await newPage(browser, { phone: true }), await newPage(browser, { phone: true })];
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
  await screen.goto(session.links[1]);
  await joinByCode(nino, server.url, session.code, { name: 'Nino Beridze' });
  await joinByCode(kim, server.url, session.code, { name: 'Kim Min-jun' });
  long = await newPage(browser, { phone: true });
  await joinByCode(long, server.url, session.code, { name: longName });
  await press(chair, 'Open the session');
  await press(chair, 'Start Welcome');
  await press(chair, 'Next speaker Chair');
  await untilFloorIs(nino, 'Chair');
  await raise(nino, 'Intervention');
  await youAreNext(nino).waitFor();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('who is next', () => {
  it('P6: an item begins with its named speaker, on every page', async () => {
    await press(chair, 'Next item: Keynote');
    await listening(chair, `Next speaker ${director}`).waitFor();
    await youAreNext(nino).waitFor({ state: 'detached' });
    assert.match(await nino.title(), /^Talks/);
    await nino.locator('li', { hasText: director }).getByText('Named for this item').waitFor();
    await onDisplay([director, 'Nino Beridze']);
  });

  it('P6: a page that was not there when the item began says the same', async () => {
    for (const page of [chair, nino, screen]) await page.reload();
    await listening(chair, `Next speaker ${director}`).waitFor();
    await nino.locator('li', { hasText: director }).getByText('Named for this item').waitFor();
    await onDisplay([director, 'Nino Beridze']);
    assert.equal(await youAreNext(nino).count(), 0);
  });

  it('Q3 P6: a point of order goes before the named speaker, on every page', async () => {
    await raise(kim, 'Point of order');
    await listening(chair, 'Next speaker Kim Min-jun').waitFor();
    await youAreNext(kim).waitFor();
    await onDisplay(['Kim Min-jun', 'Nino Beridze']);
    await kim.getByRole('button', { name: 'Lower hand' }).click();
    await listening(chair, `Next speaker ${director}`).waitFor();
    await onDisplay([director, 'Nino Beridze']);
  });

  it('P6 Q14: while the named speaker speaks, the first hand is next', async () => {
    await press(chair, `Next speaker ${director}`);
    await untilFloorIs(nino, director);
    await listening(chair, 'Next speaker Nino Beridze').waitFor();
    await youAreNext(nino).waitFor();
    await onDisplay(['Nino Beridze']);
  });

  it('P6: once nobody waits, whoever else is named is next, on every page', async () => {
    await nino.getByRole('button', { name: 'Lower hand' }).click();
    await listening(chair, `Next speaker ${commissioner}`).waitFor();
    await nino.locator('li', { hasText: commissioner }).getByText('Named for this item').waitFor();
    await onDisplay([commissioner]);
    await raise(nino, 'Intervention');
    await listening(chair, 'Next speaker Nino Beridze').waitFor();
    await onDisplay(['Nino Beridze']);
  });

  it('S2 Q14: in a break nobody is called; the large button ends it', async () => {
    await press(chair, 'Next item: Coffee');
    await listening(chair, 'Start Debate').waitFor();
    await nino.getByText(/^Resumes at \d\d:\d\d$/).waitFor();
    await screen.getByText(/^Resumes at \d\d:\d\d$/).waitFor();
    await youAreNext(nino).waitFor({ state: 'detached' });
    assert.match(await nino.title(), /^Talks/);
    await nino.getByText('Place 1', { exact: true }).first().waitFor();
  });

  it('D1: who speaks in a break is seen', async () => {
    await onEntry(chair, 'Nino Beridze', 'Give the floor');
    await screen.locator('.name', { hasText: 'Nino Beridze' }).waitFor();
    await nino.getByRole('heading', { name: 'You have the floor' }).waitFor();
    await untilFloorIs(kim, 'Nino Beridze');
    for (const page of [nino, kim]) assert.equal(await page.getByText(/^Resumes at/).count(), 0);
    await steady(chair.locator('.stage'), 'End speech').click();
    for (const page of [screen, kim]) await page.getByText(/^Resumes at/).waitFor();
  });

  it('S2 Q14: after it who is first is called', async () => {
    await raise(kim, 'Intervention');
    await untilQueueIs(chair, ['Kim Min-jun']);
    await press(chair, 'Start Debate');
    await youAreNext(kim).waitFor();
    await listening(chair, 'Next speaker Kim Min-jun').waitFor();
    assert.equal(await kim.getByText(/^Resumes at/).count(), 0);
  });

  it('S1: that the session is open is said when it opens, not when a break ends', async () => {
    const opened = kim.getByRole('status').getByText('The session is open.');
    assert.equal(await opened.count(), 0);
    await steady(chair, 'Pause').first().click();
    await kim.getByText('The session is paused.').waitFor();
    await steady(chair, 'Resume').first().click();
    await opened.waitFor({ state: 'attached' });
  });

  it('A4: the large button stays where it is, however long the name of who speaks', async () => {
    const top = async () => (await nextButton(chair).boundingBox()).y;
    // A pixel is a matter of rounding; a second line of a name is 35.
    const stays = async (free, name) => {
      const now = await top();
      assert.ok(Math.abs(now - free) <= 2, `${name}: ${now} after ${free}`);
    };
    await chair.setViewportSize({ width: 1024, height: 768 });
    const free = await top();
    for (const [page, name] of [
      [kim, 'Kim Min-jun'],
      [long, longName],
    ]) {
      if (page === long) await raise(long, 'Intervention');
      await press(chair, `Next speaker ${name}`);
      await untilFloorIs(chair, name);
      await chair.locator('[data-room="hall"] .speaks', { hasText: name }).waitFor();
      await stays(free, name);
    }
    assert.equal(await chair.locator('.speaks').getAttribute('title'), longName);
    await steady(chair.locator('.stage'), 'End speech').click();
    await chair.getByText('Nobody has the floor.').waitFor();
    await stays(free, 'nobody');
    for (const title of [longTitle, 'Close']) {
      await press(chair, `Next item: ${title}`);
      await chair.locator('.line h2', { hasText: title }).waitFor();
      await stays(free, title);
    }
  });

  it('no page reported an error', () => {
    for (const page of [chair, nino, kim, long, screen]) assert.deepEqual(page.complaints, []);
  });
});
