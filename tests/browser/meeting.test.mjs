// A meeting of five pages: two moderators, two participants (one by code, one by link), the
// display. The tests follow each other, as the meeting does.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  clockMs,
  clocksTogether,
  entryRow,
  floorName,
  joinByCode,
  joinByLink,
  next,
  nextButton,
  onEntry,
  queueOf,
  raise,
  raiseButton,
  spread,
  startItem,
  steady,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';

const server = new Server();
let browser;
let session;
let chair, deputy, nino, kim, display;
let pages;

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession(partnersMeeting());
  chair = await newPage(browser);
  deputy = await newPage(browser);
  nino = await newPage(browser, { phone: true });
  kim = await newPage(browser, { phone: true });
  display = await newPage(browser);
  pages = { chair, deputy, nino, kim, display };
});

after(async () => {
  await browser?.close();
  await server.stop();
});

const button = (page, name) => page.getByRole('button', { name, exact: true });

describe('the meeting', () => {
  it('D1: in DRAFT the display shows start and join code', async () => {
    await display.goto(session.links[3]);
    await display.getByText('The session begins on 12 May 2027 at 09:00').waitFor();
    const shown = await display.locator('.code').innerText();
    assert.equal(shown.replace(/\s/g, ''), session.code);
  });

  it('P1 P2: moderators come in by link, participants by code and by link', async () => {
    await joinByLink(chair, session.links[0], { name: 'Elira Hoxha', delegation: 'Albania' });
    await joinByLink(deputy, session.links[1], { name: 'Armen Sargsyan', delegation: 'Armenia' });
    await joinByCode(nino, server.url, session.code, {
      name: 'Nino Beridze',
      delegation: 'Georgia',
    });
    await joinByLink(kim, session.links[2], {
      name: 'Kim Min-jun',
      delegation: 'Republic of Korea',
    });
    for (const page of [chair, deputy])
      await page.getByRole('heading', { name: 'Queue' }).waitFor();
    for (const page of [nino, kim]) await raiseButton(page).waitFor();
    for (const [name, page] of Object.entries(pages)) {
      assert.doesNotMatch(page.url(), /#/, `${name}: the token stays in the address bar`);
    }
  });

  it('P1: the same person after a reload', async () => {
    await nino.reload();
    await raiseButton(nino).waitFor();
    await chair.getByText('4 people have entered').waitFor();
  });

  it('S1: a moderator opens the session and starts items', async () => {
    await button(chair, 'Open the session').click();
    await button(deputy, 'Pause').first().waitFor();
    await startItem(chair, 'Welcome');
    await startItem(chair, 'Opening remarks');
    for (const page of [nino, kim]) {
      await page.getByRole('heading', { name: 'Opening remarks', level: 1 }).waitFor();
    }
    await display.locator('.item', { hasText: 'Opening remarks' }).waitFor();
  });

  it('Q1 Q3 Q8: hands of several kinds stand in the same order on every page', async () => {
    await raise(nino, 'Intervention', 'On the second paragraph');
    await nino.getByText('Place 1', { exact: true }).first().waitFor();
    await raise(kim, 'Intervention');
    await kim.getByText('Place 2', { exact: true }).first().waitFor();
    await raise(kim, 'Point of order');
    for (const page of [chair, deputy]) {
      await untilQueueIs(page, ['Kim Min-jun', 'Nino Beridze', 'Kim Min-jun']);
    }
    await nino.getByText('Place 2', { exact: true }).first().waitFor();
    await entryRow(chair, 'Nino Beridze').getByText('On the second paragraph').waitFor();
    // The note is for staff and owner (P8).
    assert.equal(await kim.getByText('On the second paragraph').count(), 0);
  });

  it('Q10: an entry says why it stands where it stands', async () => {
    await button(nino, 'Why here?').click();
    await nino.getByText('1 Point of order goes before').waitFor();
  });

  it('P5: an unconfirmed delegation is marked to staff, never shown on the display', async () => {
    await entryRow(chair, 'Nino Beridze').getByText('not confirmed').waitFor();
    await display.getByText('Nino Beridze').waitFor();
    assert.equal(await display.getByText('Georgia').count(), 0);
    await button(chair, 'Confirm delegation: Nino Beridze').click();
    await display.getByText('Georgia').waitFor();
    await entryRow(chair, 'Nino Beridze').getByText('not confirmed').waitFor({ state: 'detached' });
  });

  it('Q5: Next says who that is, and gives the floor on every page', async () => {
    assert.match(await nextButton(chair).innerText(), /Kim Min-jun/);
    await next(chair, 'Kim Min-jun');
    for (const page of [chair, deputy, nino, display]) {
      const name = page === display ? display.locator('.name') : floorName(page);
      await until(async () => assert.equal(await name.innerText(), 'Kim Min-jun'), page);
    }
    await kim.getByRole('heading', { name: 'You have the floor' }).waitFor();
    await kim.waitForFunction(() => document.title === 'You have the floor');
  });

  it('Q14: the next one is told', async () => {
    await nino.getByRole('heading', { name: 'You are next' }).waitFor();
    await nino.waitForFunction(() => document.title === 'You are next');
  });

  it('T1: clocks on all pages agree within 250 ms', async (t) => {
    const clocks = await clocksTogether([chair, deputy, nino, kim, display]);
    t.diagnostic(`spread of five clocks: ${spread(clocks)} ms`);
    assert.ok(spread(clocks) <= 250, `${clocks}`);
  });

  it('T3: pause, resume, add time; the speaker can yield', async () => {
    await steady(chair.locator('.stage'), 'Pause').click();
    await nino.getByText('Clock paused').waitFor();
    const stood = await clockMs(nino);
    await nino.waitForTimeout(700);
    assert.equal(await clockMs(nino), stood);
    await steady(chair.locator('.stage'), 'Resume').click();
    await nino.getByText('Clock paused').waitFor({ state: 'detached' });
    await button(chair, '+ 1 min').click();
    await kim.getByText('of 4:00').waitFor();
    await button(kim, 'I am done').click();
    for (const page of [chair, deputy]) await page.getByText('Nobody has the floor.').waitFor();
  });

  it('Q15: an end is undone, and the speech goes on', async () => {
    await chair.getByRole('button', { name: 'Undo: Speech of Kim Min-jun ended' }).click();
    await kim.getByRole('heading', { name: 'You have the floor' }).waitFor();
    await steady(chair.locator('.stage'), 'End speech').click();
    await chair.getByText('Nobody has the floor.').waitFor();
  });

  it('Q8: a moderator holds, releases and moves, by single clicks', async () => {
    await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
    await onEntry(chair, 'Nino Beridze', 'Hold');
    await nino.getByText('Held by the moderator. You keep your place.').waitFor();
    await kim.getByText('Place 1', { exact: true }).first().waitFor();
    await onEntry(chair, 'Nino Beridze', 'Release');
    await nino.getByText('Place 1', { exact: true }).first().waitFor();
    await onEntry(chair, 'Nino Beridze', 'Down');
    await untilQueueIs(deputy, ['Kim Min-jun', 'Nino Beridze']);
    await chair.getByRole('button', { name: 'Undo: Nino Beridze moved' }).click();
    await untilQueueIs(deputy, ['Nino Beridze', 'Kim Min-jun']);
  });

  it('A1: the focus stays on its entry when the list moves under it', async () => {
    const head = entryRow(deputy, 'Kim Min-jun').locator('button').first();
    await head.focus();
    await onEntry(chair, 'Nino Beridze', 'Down');
    await untilQueueIs(deputy, ['Kim Min-jun', 'Nino Beridze']);
    assert.ok(await head.evaluate((element) => element === document.activeElement));
    await onEntry(chair, 'Kim Min-jun', 'Down');
    await untilQueueIs(deputy, ['Nino Beridze', 'Kim Min-jun']);
    assert.ok(await head.evaluate((element) => element === document.activeElement));
  });

  it('Q6: a closed queue refuses, except points of order', async () => {
    await steady(chair, 'Close the queue').click();
    await nino.getByText('The queue is closed; only points of order are taken.').waitFor();
    await button(nino, 'Raise a hand for something else').click();
    const dialog = nino.getByRole('dialog');
    assert.equal(
      await dialog.getByRole('button', { name: /^Right of reply/ }).getAttribute('aria-disabled'),
      'true',
    );
    await dialog.getByRole('button', { name: /^Point of order/ }).click();
    await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze', 'Kim Min-jun']);
    await steady(chair, 'Open the queue').click();
    await button(deputy, 'Close the queue').waitFor();
  });

  it('Q15: a withdrawal is undone by its owner, in the same place', async () => {
    await nino
      .locator('li', { has: nino.locator('strong', { hasText: 'Point of order' }) })
      .getByRole('button', { name: 'Lower hand' })
      .click();
    await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
    await button(nino, 'Raise it again in the same place').click();
    await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze', 'Kim Min-jun']);
  });

  it('Q8: somebody lets the next one go first, never forward', async () => {
    await onEntry(chair, 'Kim Min-jun', 'Ask to be next');
    await kim.getByText('The moderator asks: will you speak next?').waitFor();
    await button(kim, 'Yes, I am ready').click();
    await entryRow(chair, 'Kim Min-jun').getByText('is ready').waitFor();
  });

  it('Q5: both moderators press Next at once: nobody is skipped or doubled', async () => {
    await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze', 'Kim Min-jun']);
    await untilQueueIs(deputy, ['Nino Beridze', 'Nino Beridze', 'Kim Min-jun']);
    for (const page of [chair, deputy]) {
      await page.locator('button[data-deaf="false"]', { hasText: 'Nino Beridze' }).waitFor();
    }
    await Promise.all([chair, deputy].map((page) => nextButton(page).click()));
    await untilFloorIs(chair, 'Nino Beridze');
    await untilFloorIs(deputy, 'Nino Beridze');
    await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
    await untilQueueIs(deputy, ['Nino Beridze', 'Kim Min-jun']);
  });

  it('A4: Next is deaf for a second after its label changed', async () => {
    await next(chair, 'Nino Beridze');
    await chair.locator('button[data-deaf="true"]', { hasText: 'Kim Min-jun' }).waitFor();
    await nextButton(chair).click({ force: true });
    await chair.locator('button[data-deaf="false"]', { hasText: 'Kim Min-jun' }).waitFor();
    await untilQueueIs(chair, ['Kim Min-jun']);
    await untilFloorIs(chair, 'Nino Beridze');
  });

  it('P9: a person changes rooms, and the entry stays', async () => {
    await kim.getByText('Change room').click();
    await button(kim, 'Enter: Human security').click();
    await kim.getByText('In Plenary', { exact: true }).waitFor();
    await entryRow(chair, 'Kim Min-jun').getByText('in Human security').waitFor();
    await button(kim, 'Enter: Plenary').click();
    await kim.getByText('In Plenary', { exact: true }).waitFor({ state: 'detached' });
  });

  it('S1 T1: the pause of the session stops the clock', async () => {
    await steady(chair.locator('.top'), 'Pause').click();
    await nino.getByText('The session is paused.').waitFor();
    await display.getByText('The session is paused', { exact: true }).waitFor();
    const stood = await clockMs(display);
    await display.waitForTimeout(600);
    assert.equal(await clockMs(display), stood);
    await steady(chair.locator('.top'), 'Resume').click();
    await nino.getByText('The session is paused.').waitFor({ state: 'detached' });
  });

  it('S5: an announcement stands until withdrawn; each reader may put it away', async () => {
    await chair.getByRole('tab', { name: 'Announcements' }).click();
    await chair.getByLabel('Text').fill('Coffee in the foyer');
    await button(chair, 'Announce').click();
    for (const page of [nino, kim]) await page.getByText('Coffee in the foyer').waitFor();
    await button(nino, 'Put away').click();
    await nino.getByText('Coffee in the foyer').waitFor({ state: 'detached' });
    await button(chair, 'Withdraw').click();
    await kim.getByText('Coffee in the foyer').waitFor({ state: 'detached' });
  });

  it('S6: closing asks first, and is reversed', async () => {
    await button(chair, 'Close…').click();
    await chair.getByRole('dialog').getByRole('button', { name: 'Close the session' }).click();
    await nino.getByText('The session was closed.').waitFor();
    await display.getByText('The session is closed').waitFor();
    await steady(deputy.locator('.top'), 'Reopen').click();
    await nino.getByText('The session was closed.').waitFor({ state: 'detached' });
  });

  it('no page reported an error', () => {
    for (const [name, page] of Object.entries(pages)) {
      assert.deepEqual(page.complaints, [], name);
    }
  });

  it('Q8: the queue is as it was left', async () => {
    assert.deepEqual(await queueOf(chair), ['Kim Min-jun']);
  });
});
