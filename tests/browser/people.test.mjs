// Somebody comes back on another device, two who are one are merged, a delegation names its
// speaker, and "you are next" is told once.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  entryRow,
  joinByCode,
  joinByLink,
  next,
  onEntry,
  raise,
  raiseButton,
  startItem,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import { untilRefused } from './support/said.mjs';
import { Server, unnamedMeeting } from './support/server.mjs';

const server = new Server();
let browser;
const pages = [];

const button = (page, name) => page.getByRole('button', { name, exact: true });
const person = (page, name) => page.locator('[data-person]').filter({ hasText: name });

const untilFocused = (target) =>
  until(
    async () => assert.ok(await target.evaluate((one) => one === document.activeElement)),
    target.page(),
  );

async function openPage(options) {
  const page = await newPage(browser, options);
  pages.push(page);
  return page;
}

async function onPerson(chair, name, act) {
  await chair.getByRole('tab', { name: /^People/ }).click();
  const head = person(chair, name).locator('button').first();
  await head.waitFor();
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  await person(chair, name).getByRole('button', { name: act, exact: true }).click();
}

// A session whose first item runs, and its chair.
async function meeting(agenda) {
  const session = await server.createSession({ ...agenda, entry: 'open' }, ['moderator']);
  const chair = await openPage();
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha', delegation: 'Albania' });
  await button(chair, 'Open the session').click();
  await startItem(chair, 'Welcome');
  return { session, chair };
}

async function participant(session, name, delegation) {
  const page = await openPage({ phone: true });
  await joinByCode(page, server.url, session.code, { name, delegation });
  await raiseButton(page).or(page.locator('.place').first()).first().waitFor();
  return page;
}

async function returnLink(chair, name, { revoke = false } = {}) {
  await onPerson(chair, name, 'Return link…');
  if (revoke) await chair.getByLabel('Devices used so far stop working').check();
  await button(chair, 'Make the link').click();
  const link = await chair.getByLabel('Return link', { exact: true }).inputValue();
  await button(chair, 'Close').click();
  return link.replace(/^https?:\/\/[^/]+/, server.url);
}

before(async () => {
  await server.start();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('a lost phone', () => {
  let session, chair, nino, tablet;

  before(async () => {
    ({ session, chair } = await meeting(unnamedMeeting()));
    nino = await participant(session, 'Nino Beridze', 'Georgia');
    await raise(nino, 'Intervention', 'On article 5');
    await untilQueueIs(chair, ['Nino Beridze']);
    await nino.getByRole('heading', { name: 'You are next' }).waitFor();
  });

  it('P8: a note stays until another is written, and staff see which', async () => {
    const row = entryRow(chair, 'Nino Beridze').filter({ hasText: 'Intervention' });
    const other = button(nino, 'Raise a hand for something else');
    await other.click();
    await nino.getByRole('dialog').getByText('“On article 5”').waitFor();
    await nino
      .getByRole('dialog')
      .getByRole('button', { name: /^Intervention/ })
      .click();
    // What was sent before this has been done when this is.
    await raise(nino, 'Point of order');
    await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze']);
    await row.getByText('On article 5').waitFor();
    await raise(nino, 'Intervention', 'On article 6');
    await row.getByText('On article 6').waitFor();
    await raise(nino, 'Intervention', 'On article 5');
    await row.getByText('On article 5').waitFor();
    await nino
      .locator('[data-request]', { hasText: 'Point of order' })
      .getByRole('button', { name: 'Lower hand' })
      .click();
    await untilQueueIs(chair, ['Nino Beridze']);
  });

  it('P7: a return link leads to the same person, with the same place, once', async () => {
    const link = await returnLink(chair, 'Nino Beridze');
    tablet = await openPage({ phone: true });
    await tablet.goto(link);
    await tablet.getByText('With this link you come back as').waitFor();
    await tablet.getByText('Nino Beridze').waitFor();
    assert.doesNotMatch(tablet.url(), /#/);
    await button(tablet, 'Continue on this device').click();
    await tablet.getByText('On article 5').waitFor();
    await nino.getByText('On article 5').waitFor();
    const stranger = await openPage({ phone: true });
    await stranger.goto(link);
    await button(stranger, 'Continue on this device').click();
    await stranger.getByText('This link has been used already').waitFor();
    // Loaded again in the browser that it led in, it leads on.
    await tablet.reload();
    await tablet.getByText('On article 5').waitFor();
  });

  it('Q14: “you are next” is told once, not on the second device nor after a reload', async () => {
    for (const page of [tablet, nino]) {
      await page.reload();
      const section = page.locator('section.next');
      await section.waitFor();
      assert.equal(await section.getAttribute('role'), null);
    }
  });

  it('P7: a link that revokes the devices of before says so to them', async () => {
    const link = await returnLink(chair, 'Nino Beridze', { revoke: true });
    const phone = await openPage({ phone: true });
    await phone.goto(link);
    await button(phone, 'Continue on this device').click();
    await phone.getByText('On article 5').waitFor();
    for (const page of [nino, tablet]) {
      await page.getByRole('heading', { name: /withdrawn|revoked|no longer/i }).waitFor();
    }
    await untilQueueIs(chair, ['Nino Beridze']);
    nino = phone;
  });

  it('P7: two who are one are merged; the better place stays, on both devices', async () => {
    const twin = await participant(session, 'N. Beridze', 'Georgia');
    await raise(twin, 'Intervention');
    await raise(twin, 'Point of order');
    await untilQueueIs(chair, ['N. Beridze', 'Nino Beridze', 'N. Beridze']);
    await onPerson(chair, 'N. Beridze', 'Merge with…');
    const dialog = chair.getByRole('dialog');
    await dialog.getByRole('searchbox').fill('Nino');
    await dialog.getByRole('button', { name: /Nino Beridze/ }).click();
    await dialog.getByText('The delegation: Georgia').waitFor();
    await button(dialog, 'The other way round').click();
    await button(dialog, 'Merge into Nino Beridze').click();
    await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze']);
    await person(chair, 'N. Beridze').waitFor({ state: 'detached' });
    await twin.getByText('On article 5').waitFor();
    await next(chair, 'Nino Beridze');
    await untilFloorIs(chair, 'Nino Beridze');
    for (const page of [nino, twin]) {
      await page.getByRole('heading', { name: 'You have the floor' }).waitFor();
    }
    await button(twin, 'I am done').click();
    await chair.getByText('Nobody has the floor.').waitFor();
  });

  it('no page reported an error', () => {
    for (const page of pages) assert.deepEqual(page.complaints.filter(unexpected), []);
  });
});

// The stranger's refusal, which the browser reports by itself.
const unexpected = (text) => !/status of 409|status of 401/.test(text);

describe('a delegation’s place', () => {
  let session, chair, nino, zurab;

  before(async () => {
    const agenda = unnamedMeeting();
    agenda.rooms[0].holder = 'delegation';
    ({ session, chair } = await meeting(agenda));
    nino = await participant(session, 'Nino Beridze', 'Georgia');
    zurab = await participant(session, 'Zurab Lomidze', 'Georgia');
  });

  it('Q16: every member sees the hand and who speaks; another speaker is named', async () => {
    await raise(nino, 'Intervention');
    await untilQueueIs(chair, ['Nino Beridze']);
    await nino.getByText('You speak for your delegation.').waitFor();
    await zurab.getByText('Nino Beridze speaks for your delegation.').waitFor();
    await zurab.getByText('Your delegation is next').waitFor();
    assert.equal(await zurab.getByRole('heading', { name: 'You are next' }).count(), 0);
    await button(nino, 'Name another speaker').click();
    await nino.getByLabel('Zurab Lomidze').check();
    await button(nino, 'Name this speaker').click();
    await untilQueueIs(chair, ['Zurab Lomidze']);
    await zurab.getByRole('heading', { name: 'You are next' }).waitFor();
    await nino.getByText('Zurab Lomidze speaks for your delegation.').waitFor();
  });

  it('Q16: staff name one too', async () => {
    await onEntry(chair, 'Zurab Lomidze', 'Another speaker…');
    await entryRow(chair, 'Zurab Lomidze').getByLabel('Nino Beridze').check();
    await button(entryRow(chair, 'Zurab Lomidze'), 'Name this speaker').click();
    await untilQueueIs(chair, ['Nino Beridze']);
  });

  it('Q16: any member lowers the hand of the delegation', async () => {
    await button(zurab, 'Lower hand').click();
    await untilQueueIs(chair, []);
    await raiseButton(nino).waitFor();
    await until(async () => assert.equal(await zurab.locator('.place').count(), 0), zurab);
    await nino.getByText('Zurab Lomidze lowered your delegation’s hand.').waitFor();
  });

  it('P1: who comes in again is told who they are; somebody else is another person', async () => {
    const again = await nino.context().newPage();
    again.complaints = [];
    pages.push(again);
    await again.goto(`${server.url}/j/${session.code}`);
    await again.getByText('You are in this session already as Nino Beridze').waitFor();
    await button(again, 'Continue').click();
    await again.getByText(/You are here as\s+Nino Beridze,\s+Georgia/).waitFor();
    await again.goto(`${server.url}/j/${session.code}`);
    await button(again, 'Someone else uses this device').click();
    assert.equal(await again.getByLabel('Your name').inputValue(), '');
    await again.getByLabel('Your name').fill('Ana Marku');
    await again.getByLabel('Your delegation').selectOption({ label: 'Albania' });
    await button(again, 'Join').click();
    await again.getByText('You are here as').waitFor();
    await raise(again, 'Intervention');
    await untilQueueIs(chair, ['Ana Marku']);
    // And the front page leads her back, without a code.
    await again.goto(server.url);
    await again.locator('ul a').first().click();
    await again.getByText(/You are here as\s+Ana Marku/).waitFor();
  });

  it('P2 A1: who gets the chair reads so at once; who gave it is led to what is left', async () => {
    const said = (page) =>
      page.getByRole('status').filter({ hasText: 'You now have the moderator’s role.' });
    const give = async (from, name) => {
      await onPerson(from, name, 'Hand over the chair');
      await button(from, 'Hand over').focus();
      await from.keyboard.press('Enter');
      const heading = from.getByRole('heading', { name: 'This page is for moderators' });
      await heading.waitFor();
      const isFocused = () => heading.evaluate((one) => one === document.activeElement);
      await until(async () => assert.ok(await isFocused()), from);
      await from.getByRole('link', { name: 'To the participant’s page' }).click();
      await from.getByText('You are here as').waitFor();
    };
    await give(chair, 'Zurab Lomidze');
    await said(zurab).getByRole('link', { name: 'Moderator’s page' }).click();
    await zurab.setViewportSize({ width: 1280, height: 900 });
    await give(zurab, 'Elira Hoxha');
    assert.equal(await said(zurab).count(), 0);
    await said(chair).waitFor();
    await button(chair, 'Put away').focus();
    await chair.keyboard.press('Enter');
    await said(chair).waitFor({ state: 'detached' });
    assert.ok(await chair.evaluate(() => document.activeElement.matches('[role="status"]')));
    await chair.getByRole('link', { name: 'Moderate' }).click();
    await chair.getByRole('tab', { name: /^People/ }).waitFor();
  });

  it('P5 S9 A1: a delegation is renamed, in each language; in use, it says so', async () => {
    await chair.getByRole('tab', { name: 'Room' }).click();
    await chair.locator('summary', { hasText: /^Session$/ }).click();
    const list = chair.getByRole('group', { name: 'Delegations', exact: true });
    const row = list.getByRole('listitem').filter({ hasText: 'Albania' });
    const missing = 'Please give the delegation’s name.';
    await button(row, 'Remove: Albania').click();
    await row.getByRole('alert').getByText('Its name can be changed.').waitFor();
    const change = button(list, 'Change: Albania');
    await change.press('Enter');
    const form = list.getByRole('group', { name: 'Change: Albania' });
    const name = form.getByLabel('Delegation (English)');
    await untilFocused(name);
    await name.fill(' ');
    await button(form, 'Save').click();
    await untilRefused(chair, name, missing);
    await chair.keyboard.press('Escape');
    await untilFocused(change);
    await change.press('Enter');
    await name.fill('Republic of Albania');
    await form.getByLabel('Delegation (French)').fill('Albanie');
    await button(form, 'Save').press('Enter');
    await chair.locator('[data-aloud]', { hasText: 'Delegation changed.' }).waitFor();
    await untilFocused(button(list, 'Change: Republic of Albania'));
    const added = list.getByLabel('Delegation (English)');
    await button(list, 'Add').click();
    await untilRefused(chair, added, missing);
    await added.fill('Observers');
    await list.getByLabel('Delegation (French)').fill('Observateurs');
    await button(list, 'Add').click();
    await button(list, 'Remove: Observers').waitFor();
    await button(chair, 'FR').click();
    for (const french of ['Albanie', 'Observateurs']) {
      await button(chair, `Modifier : ${french}`).waitFor();
    }
    await button(chair, 'EN').click();
  });

  it('no page reported an error', () => {
    for (const page of pages) assert.deepEqual(page.complaints.filter(unexpected), []);
  });
});
