// A chair who uses the keyboard, and perhaps a screen reader: the focus is never at the top of the
// page because what had it went, forms give it back, and what is half typed stays.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  joinByCode,
  joinByLink,
  raise,
  startItem,
  until,
  untilQueueIs,
} from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';

const server = new Server();
let browser;
let chair, nino, kim;

const button = (scope, name) => scope.getByRole('button', { name, exact: true });
const tab = (name) => chair.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const person = (name) => chair.locator('[data-person]').filter({ hasText: name });
const item = (title) => chair.locator('[data-item]').filter({ hasText: title });
const behalf = () => chair.locator('details', { hasText: 'Add someone' });
const room = (id) => chair.locator(`[data-room="${id}"]`);

// Presses as a keyboard does: the focus first.
async function press(target, key = 'Enter') {
  await target.focus();
  await chair.keyboard.press(key);
}

async function open(row) {
  const head = row.locator('button[aria-expanded]').first();
  if ((await head.getAttribute('aria-expanded')) === 'false') await press(head);
}

const isFocused = (target) => target.evaluate((one) => one === document.activeElement);
const holdsFocus = (target) => target.evaluate((one) => one.contains(document.activeElement));
const untilFocused = (target) =>
  until(async () => assert.ok(await isFocused(target), await whereFocusIs()), chair);
const whereFocusIs = () => chair.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));

before(async () => {
  await server.start();
  browser = await startBrowser();
  const session = await server.createSession({ ...partnersMeeting(), entry: 'open' }, [
    'moderator',
  ]);
  chair = await newPage(browser);
  nino = await newPage(browser, { phone: true });
  kim = await newPage(browser, { phone: true });
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha', delegation: 'Albania' });
  await joinByCode(nino, server.url, session.code, { name: 'Nino Beridze', delegation: 'Georgia' });
  await joinByCode(kim, server.url, session.code, {
    name: 'Kim Min-jun',
    delegation: 'Republic of Korea',
  });
  await button(chair, 'Open the session').click();
  await startItem(chair, 'Welcome');
  await raise(nino, 'Intervention');
  await raise(kim, 'Intervention');
  await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('what is half typed', () => {
  it('A1 B2: outlives a look at another room and another tab, and takes no focus', async () => {
    await press(button(chair, 'Add an item'));
    await chair.getByLabel('Title (English)').fill('Family ph');
    await open(item('Lunch'));
    await press(button(item('Lunch'), 'Change'));
    await item('Lunch').getByLabel('Planned minutes').fill('75');
    await chair.getByText('Add someone').click();
    await button(chair, 'New person without a device').click();
    await behalf().getByLabel('Name').fill('Director Gen');
    await tab('Room');
    await chair.getByLabel('Warning before the end, in seconds').fill('44');
    await tab('Announcements');
    await chair.getByLabel('Text', { exact: true }).fill('The bus lea');
    await press(room('crisis'));
    await chair.getByText('No item is running').or(chair.getByText('Start')).first().waitFor();
    assert.equal(await chair.getByLabel('Title (English)').count(), 0);
    await tab('Room');
    assert.notEqual(
      await chair.getByLabel('Warning before the end, in seconds').inputValue(),
      '44',
    );
    await press(room('plenary'));
    await item('Lunch').waitFor();
    assert.ok(await isFocused(room('plenary')), await whereFocusIs());
    const title = chair.getByLabel('Title (English)');
    assert.equal(await title.last().inputValue(), 'Family ph');
    assert.equal(await item('Lunch').getByLabel('Planned minutes').inputValue(), '75');
    assert.equal(await behalf().getByLabel('Name').inputValue(), 'Director Gen');
    assert.equal(await chair.getByLabel('Warning before the end, in seconds').inputValue(), '44');
    await tab('Announcements');
    assert.equal(await chair.getByLabel('Text', { exact: true }).inputValue(), 'The bus lea');
  });

  it('no page reported an error', () => {
    for (const page of [chair, nino, kim]) assert.deepEqual(page.complaints, []);
  });
});
