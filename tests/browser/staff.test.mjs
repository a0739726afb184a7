// What staff can do with agenda, people, rooms and invitations; each act seen from the other side.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  joinByCode,
  joinByLink,
  next,
  onEntry,
  pressTwice,
  raise,
  raiseButton,
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
let chair, nino, display;

const button = (page, name) => page.getByRole('button', { name, exact: true });
const tab = (name) => chair.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const person = (name) => chair.locator('[data-person]').filter({ hasText: name });

async function onPerson(name, act) {
  const head = person(name).locator('button').first();
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  await person(name).getByRole('button', { name: act, exact: true }).click();
}

async function onItem(title, act) {
  const row = chair.locator('[data-item]').filter({ hasText: title });
  const head = row.locator('button').first();
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  await row.getByRole('button', { name: act, exact: true }).click();
}

const titles = () => chair.locator('[data-item] .title').allInnerTexts();

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession({ ...partnersMeeting(), entry: 'open' }, [
    'moderator',
    'display',
  ]);
  chair = await newPage(browser);
  nino = await newPage(browser, { phone: true });
  display = await newPage(browser);
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha', delegation: 'Albania' });
  await joinByCode(nino, server.url, session.code, { name: 'Nino Beridze', delegation: 'Georgia' });
  await display.goto(session.links[1]);
  await button(chair, 'Open the session').click();
  await startItem(chair, 'Welcome');
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('staff', () => {
  it('S4: an item is added, changed, moved and removed while live', async () => {
    await button(chair, 'Add an item').click();
    await chair.getByLabel('Title (English)').fill('Family photo');
    await chair.getByLabel('Planned minutes').fill('5');
    await button(chair, 'Save').click();
    await until(async () => assert.equal((await titles()).at(-1), 'Family photo'), chair);
    await onItem('Family photo', 'Up');
    await until(async () => assert.equal((await titles()).at(-2), 'Family photo'), chair);
    await onItem('Family photo', 'Change');
    await chair.getByLabel('Title (English)').fill('Group photo');
    await chair.getByLabel('Takes inscriptions ahead').check();
    await button(chair, 'Save').click();
    await nino.getByText('Group photo').first().waitFor();
    await onItem('Group photo', 'Remove');
    await nino.getByText('Group photo').first().waitFor({ state: 'detached' });
  });

  it('Q17: hands go up for a later item that takes inscriptions ahead', async () => {
    await onItem('Statements of support', 'Change');
    await chair.getByLabel('Takes inscriptions ahead').check();
    await button(chair, 'Save').click();
    await button(nino, 'Inscribe for “Statements of support”').click();
    await nino
      .getByRole('dialog')
      .getByRole('button', { name: /^Intervention/ })
      .click();
    await nino.getByText('You are inscribed').waitFor();
    await onItem('Statements of support', 'Remove');
    const ask = chair.getByRole('dialog', { name: 'Remove “Statements of support”?' });
    await ask.getByText('1 person is inscribed for it').waitFor();
    await button(ask, 'Cancel').click();
    await untilQueueIs(chair, []);
    const row = chair.locator('[data-item]').filter({ hasText: 'Statements of support' });
    if (!(await steady(row, 'Start').isVisible())) await row.locator('button').first().click();
    await pressTwice(steady(row, 'Start')); // a double click does not end it again (A4)
    await steady(row, 'End item').waitFor();
    await untilQueueIs(chair, ['Nino Beridze']);
  });

  it('Q6 S8: an item is reopened; starting one can clear the queue, and is undone', async () => {
    const row = chair.locator('[data-item]').filter({ hasText: 'Welcome' });
    if ((await row.locator('button').first().getAttribute('aria-expanded')) === 'false') {
      await row.locator('button').first().click();
    }
    await row.getByLabel('The queue is cleared').check();
    await steady(row, 'Reopen').click();
    await untilQueueIs(chair, []);
    await chair.getByRole('button', { name: /^Undo: “Welcome” started/ }).click();
    await untilQueueIs(chair, ['Nino Beridze']);
    await display.locator('.item', { hasText: 'Statements of support' }).waitFor();
  });

  it('P6 Q8: staff make a person without a device, and raise for the person', async () => {
    await chair.getByText('Add someone').click();
    await button(chair, 'New person without a device').click();
    await chair.getByLabel('Name', { exact: true }).fill('Director General');
    await button(chair, 'Add this person').dblclick(); // makes one
    await chair
      .locator('details', { hasText: 'Add someone' })
      .getByRole('combobox')
      .selectOption({ label: 'Point of order' });
    await button(chair, 'Raise for Director General').click();
    await untilQueueIs(chair, ['Director General', 'Nino Beridze']);
    await next(chair, 'Director General');
    await until(
      async () => assert.equal(await display.locator('.name').innerText(), 'Director General'),
      display,
    );
    await steady(chair.locator('.stage'), 'End speech').click();
    await chair.getByText('Nobody has the floor.').waitFor();
  });

  it('Q8: any entry can be given the floor', async () => {
    await onEntry(chair, 'Nino Beridze', 'Give the floor');
    await untilFloorIs(chair, 'Nino Beridze');
    await button(nino, 'I am done').click();
    await chair.getByText('Nobody has the floor.').waitFor();
  });

  it('P4: a person is renamed, muted, and can raise again afterwards', async () => {
    await tab('People');
    await onPerson('Nino Beridze', 'Change name or delegation');
    await person('Nino Beridze').getByLabel('Name', { exact: true }).fill('Dr Nino Beridze');
    await person('Nino Beridze').getByRole('button', { name: 'Save' }).click();
    await person('Dr Nino Beridze').waitFor();
    await onPerson('Dr Nino Beridze', 'Mute requests');
    await nino.getByText('A moderator has muted your requests').waitFor();
    await onPerson('Dr Nino Beridze', 'Unmute');
    await nino.getByText('A moderator has muted your requests').waitFor({ state: 'detached' });
    await raise(nino, 'Intervention');
    await untilQueueIs(chair, ['Dr Nino Beridze']);
    await button(chair, 'Clear').click();
    await raiseButton(nino).waitFor();
  });

  it('Q3 Q7: the room’s preset decides the kinds; a reply names its topic', async () => {
    await tab('Room');
    await chair.getByLabel('Kinds of hands').selectOption({
      label: 'Workshop: point of order, clarifying question, reply, new topic',
    });
    await chair.getByLabel('The clock waits for Start').check();
    await chair.getByRole('tabpanel').getByRole('button', { name: 'Save' }).first().click();
    await chair.getByText('Saved.').waitFor();
    await raiseButton(nino).click();
    const dialog = nino.getByRole('dialog');
    const reply = dialog.getByRole('button', { name: /^Reply/ });
    await reply.getByText('There is no topic to answer to yet.').waitFor();
    assert.equal(await reply.getAttribute('aria-disabled'), 'true');
    await dialog.getByLabel('Note').fill('Rules of procedure');
    await dialog.getByRole('button', { name: /^New topic/ }).click();
    await untilQueueIs(chair, ['Dr Nino Beridze']);
    await next(chair, 'Dr Nino Beridze');
    await nino.getByRole('heading', { name: 'You have the floor' }).waitFor();
  });

  it('T6: the clock waits for Start', async () => {
    await nino.getByText('The clock waits for the start').waitFor();
    await steady(chair.locator('.stage'), 'Start').click();
    await nino.getByText('The clock waits for the start').waitFor({ state: 'detached' });
    await button(nino, 'I am done').click();
    await raiseButton(nino).click();
    await nino.getByRole('dialog').getByText('You answer to “Rules of procedure”.').waitFor();
    await nino.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  });

  it('P8: where the room hides names, others see delegations only', async () => {
    await raise(nino, 'New topic', 'The budget');
    await untilQueueIs(chair, ['Dr Nino Beridze']);
    await display.getByText('Dr Nino Beridze').waitFor();
    await chair.getByLabel('Others see delegations only, no names').check();
    await chair.getByRole('tabpanel').getByRole('button', { name: 'Save' }).first().click();
    await display.getByText('Dr Nino Beridze').waitFor({ state: 'detached' });
    await display.getByText('Georgia').waitFor();
    await untilQueueIs(chair, ['Dr Nino Beridze']);
  });

  it('P2: an invitation makes a moderator, until it is revoked', async () => {
    await tab('Invitations');
    await chair.getByText('New invitation').click();
    await chair.getByLabel('Role').selectOption({ label: 'Moderator' });
    await chair.getByLabel('What you call it').fill('For the deputy');
    await button(chair, 'Make a link').click();
    const link = await chair.getByLabel('Link', { exact: true }).inputValue();
    const deputy = await newPage(browser);
    await joinByLink(deputy, link, { name: 'Armen Sargsyan', delegation: 'Armenia' });
    await deputy.getByRole('heading', { name: 'Queue' }).waitFor();
    const row = chair.getByRole('tabpanel').locator('li').filter({ hasText: 'For the deputy' });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await deputy
      .getByRole('heading', { name: /This page is for moderators|This link was withdrawn/ })
      .waitFor();
    const late = await newPage(browser);
    await late.goto(link);
    await late.getByRole('alert').or(late.getByLabel('Your name')).first().waitFor();
    assert.equal(await late.getByLabel('Your name').count(), 0);
  });

  it('P2: a moderator makes another one of a participant, at once', async () => {
    await tab('People');
    await onPerson('Dr Nino Beridze', 'Make Moderator (whole session)');
    await nino.getByRole('link', { name: 'Moderate' }).click();
    await nino.getByRole('heading', { name: 'Queue' }).waitFor();
    await nino.goBack();
    await nino.getByRole('link', { name: 'Moderate' }).waitFor();
  });

  it('no page reported an error', () => {
    for (const page of [chair, nino, display]) assert.deepEqual(page.complaints, []);
  });
});

// What drafts of agendas hold: one name twice, until it is known who comes.
describe('a part that fails', () => {
  let second;
  let screen;
  // Every hour that a page writes fails, as a mistake of its own would.
  const hours = (page, work) =>
    page.evaluate((works) => {
      const { prototype } = Intl.DateTimeFormat;
      globalThis.plenaryFormat ??= Object.getOwnPropertyDescriptor(prototype, 'format');
      const broken = () => {
        throw new Error('as a mistake of ours would');
      };
      const format = works ? globalThis.plenaryFormat : { get: broken, configurable: true };
      Object.defineProperty(prototype, 'format', format);
    }, work);

  before(async () => {
    const agenda = partnersMeeting();
    agenda.agenda[0].speakers = ['To be confirmed', 'To be confirmed', 'Ana Kovač'];
    const made = await server.createSession({ ...agenda, entry: 'open' }, ['moderator', 'display']);
    second = await newPage(browser);
    screen = await newPage(browser);
    await joinByLink(second, made.links[0], { name: 'Elira Hoxha', delegation: 'Albania' });
    await screen.goto(made.links[1]);
    await button(second, 'Open the session').click();
  });

  it('P6 D1: one name stands twice in an item: one person who is due', async () => {
    await startItem(second, 'Welcome');
    await screen.getByText('To be confirmed, To be confirmed, Ana Kovač').waitFor();
    const due = second.getByRole('region', { name: 'Named for this item' }).locator('li');
    await until(async () => assert.deepEqual(await due.count(), 1), second);
    await next(second, 'To be confirmed');
  });

  it('A1: takes neither Next nor End with it, and is tried again', async () => {
    await hours(second, false);
    await steady(second.locator('.stage'), 'End speech').click();
    await second.getByRole('alert').getByText('This part of the page stopped').first().waitFor();
    await next(second, 'Ana Kovač');
    await steady(second.locator('.stage'), 'End speech').click();
    await second.getByText('Nobody has the floor.').waitFor();
    await hours(second, true);
    await second.getByRole('button', { name: 'Try again' }).first().click();
    await button(second, 'Undo: Speech of Ana Kovač ended').waitFor();
  });

  it('D1: the display comes back by itself', async () => {
    await hours(screen, false);
    await startItem(second, 'Opening remarks');
    await screen.getByText('It comes back by itself in a moment.').waitFor();
    await hours(screen, true);
    await screen.locator('.item', { hasText: 'Opening remarks' }).waitFor();
    for (const page of [second, screen]) assert.deepEqual(page.complaints, []);
  });
});
