// A chair who uses the keyboard, and perhaps a screen reader: the focus is never at the top of the
// page because what had it went, forms give it back, and what is half typed stays.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  entryRow,
  joinByCode,
  joinByLink,
  next,
  raise,
  startItem,
  steady,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import { untilRefused } from './support/said.mjs';
import { Server, unnamedMeeting } from './support/server.mjs';

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
  const session = await server.createSession({ ...unnamedMeeting(), entry: 'open' }, ['moderator']);
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

describe('what own acts did is said', () => {
  const voice = () => chair.locator('[data-aloud]');
  const untilSaid = (text) =>
    until(async () => {
      const said = (await voice().innerText()).trim();
      if (text instanceof RegExp) assert.match(said, text);
      else assert.equal(said, text);
    }, chair);

  it('A1: politely, by one voice, once it has happened', async () => {
    assert.equal(await voice().getAttribute('role'), 'status');
    await chair.locator('#floor').focus();
    await chair.locator('button[data-deaf="false"]', { hasText: 'Nino Beridze' }).waitFor();
    await chair.keyboard.press('n');
    await untilSaid('Floor: Nino Beridze, Georgia. 3 minutes.');
    const stage = chair.locator('.stage');
    for (const [word, key, text] of [
      ['Pause', ' ', 'Clock paused.'],
      ['Resume', ' ', 'The clock runs.'],
      ['+ 1 min', '+', 'Speaking time is now 4:00.'],
      ['+ 1 min', '+', 'Speaking time is now 5:00.'],
      ['End speech', 'e', 'Speech of Nino Beridze ended. The floor is free.'],
    ]) {
      await steady(stage, word).waitFor();
      await chair.keyboard.press(key);
      await untilSaid(text);
    }
    await press(button(chair, 'Undo: Speech of Nino Beridze ended'));
    await untilSaid(
      /^Undone: Speech of Nino Beridze ended\. Floor: Nino Beridze, Georgia\. 4:\d\d left\.$/,
    );
  });

  it('A1 Q8: moves and removals by any way; items too; nothing twice', async () => {
    await raise(kim, 'Point of order');
    await entryRow(chair, 'Point of order').waitFor();
    const hand = chair.locator('[data-entry]').filter({ hasText: 'Intervention' });
    await open(hand);
    await press(button(hand, 'Up'));
    await untilSaid('Kim Min-jun now has place 1.');
    await hand.locator('[data-focus]').focus();
    await chair.keyboard.press('Alt+ArrowDown');
    await untilSaid('Kim Min-jun now has place 2.');
    assert.equal(await chair.getByText('Kim Min-jun now has place 2.').count(), 1);
    await open(entryRow(chair, 'Point of order'));
    await press(button(entryRow(chair, 'Point of order'), 'Remove'));
    await untilSaid('Kim Min-jun removed from the queue.');
    await open(item('Lunch'));
    await press(steady(item('Lunch'), 'Start'));
    await untilSaid('“Lunch” started.');
    await press(button(chair, 'Undo: “Lunch” started'));
    await untilSaid('Undone: “Lunch” started.');
    await press(steady(chair.locator('.stage'), 'End speech'));
    await untilSaid('Speech of Nino Beridze ended. The floor is free.');
    await raise(nino, 'Intervention');
    await untilQueueIs(chair, ['Kim Min-jun', 'Nino Beridze']);
    await entryRow(chair, 'Nino Beridze').locator('[data-focus]').focus();
    await chair.keyboard.press('Alt+ArrowUp');
    await untilSaid('Nino Beridze now has place 1.');
  });

  it('A1: what is refused is not said to be done', async () => {
    await chair.context().setOffline(true);
    await chair.evaluate(() => window.dispatchEvent(new Event('offline')));
    await chair.getByText('Until then your buttons cannot act').waitFor();
    await chair.locator('#floor').focus();
    await chair.keyboard.press('n');
    await chair.getByRole('alert').getByText('Not connected').waitFor();
    assert.doesNotMatch(await voice().innerText(), /Floor:/);
    await chair.context().setOffline(false);
    await chair.getByText('Until then your buttons cannot act').waitFor({ state: 'detached' });
  });
});

describe('the focus of a chair', () => {
  it('A1 Q15: after Undo it is on the act, whose button went', async () => {
    await next(chair, 'Nino Beridze');
    await press(button(chair, 'Undo: Floor given to Nino Beridze'));
    const acts = chair.getByRole('region', { name: 'Recent acts' });
    await untilFocused(acts.locator('li', { hasText: 'Floor given to Nino Beridze' }));
    await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
  });

  it('A1: after Remove it is on the entry in its place, at the end on the queue', async () => {
    for (const [name, lands] of [
      ['Nino Beridze', entryRow(chair, 'Kim Min-jun').locator('button[aria-expanded]').first()],
      ['Kim Min-jun', chair.getByRole('region', { name: 'Queue' })],
    ]) {
      await open(entryRow(chair, name));
      await press(button(entryRow(chair, name), 'Remove'));
      await untilFocused(lands);
    }
    for (const name of ['Kim Min-jun', 'Nino Beridze']) {
      await press(button(chair, `Undo: ${name} removed from the queue`));
    }
    await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
  });

  it('A1: after End it is on the floor, after “before whom” on the entry’s tools', async () => {
    await next(chair, 'Nino Beridze');
    await press(steady(chair.locator('.stage'), 'End speech'));
    await chair.getByText('Nobody has the floor.').waitFor();
    await until(async () => assert.ok(await holdsFocus(chair.locator('#floor'))), chair);
    await raise(nino, 'Intervention');
    await untilQueueIs(chair, ['Kim Min-jun', 'Nino Beridze']);
    await open(entryRow(chair, 'Nino Beridze'));
    const tools = chair.getByRole('group', { name: 'Actions for Nino Beridze' });
    await tools.getByRole('combobox').selectOption({ label: '1 Kim Min-jun' });
    await press(button(tools, 'Move'));
    await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
    await untilFocused(tools);
  });

  it('A1: an item’s form takes it, and gives it back by Escape, Cancel and Save', async () => {
    const row = item('Lunch');
    for (const close of ['Escape', 'Cancel', 'Save']) {
      await open(row);
      await press(button(row, 'Change'));
      await untilFocused(row.getByLabel('Title (English)'));
      if (close === 'Escape') await chair.keyboard.press('Escape');
      else await press(button(row, close));
      await untilFocused(button(row, 'Change'));
    }
    await press(button(chair, 'Add an item'));
    await untilFocused(chair.getByLabel('Title (English)'));
    await chair.keyboard.type('Family photo');
    await press(button(chair, 'Save'));
    await untilFocused(button(chair, 'Add an item'));
    await open(item('Family photo'));
    await press(button(item('Family photo'), 'Remove'));
    await untilFocused(item('Closing remarks').locator('button[aria-expanded]').first());
  });

  it('A1: so do the forms of a person; who is removed stays the row in focus', async () => {
    await tab('People');
    const row = person('Kim Min-jun');
    await open(row);
    for (const [opener, close, field] of [
      ['Change name or delegation', 'Escape', row.getByLabel('Name', { exact: true })],
      ['Change name or delegation', 'Cancel', row.getByLabel('Name', { exact: true })],
      ['Change name or delegation', 'Save', row.getByLabel('Name', { exact: true })],
      ['Return link…', 'Escape', row.getByRole('checkbox')],
      ['Return link…', 'Cancel', row.getByRole('checkbox')],
      ['Hand over the chair', 'Escape', row.getByRole('group', { name: 'Hand over the chair' })],
      ['Hand over the chair', 'Cancel', row.getByRole('group', { name: 'Hand over the chair' })],
    ]) {
      await press(button(row, opener));
      await untilFocused(field);
      if (close === 'Escape') await chair.keyboard.press('Escape');
      else await press(button(row, close));
      await untilFocused(button(row, opener));
    }
    await press(button(row, 'Merge with…'));
    await untilFocused(chair.getByRole('dialog').getByRole('searchbox'));
    await chair.keyboard.type('Nino');
    await press(chair.getByRole('dialog').getByRole('button', { name: /Nino Beridze/ }));
    await chair.getByRole('dialog').getByText('Merge into').waitFor();
    await until(async () => assert.ok(await holdsFocus(chair.getByRole('dialog'))), chair);
    await chair.keyboard.press('Escape');
    await untilFocused(button(row, 'Merge with…'));
    await press(button(row, 'Remove…'));
    await press(button(chair.getByRole('dialog'), 'Remove'));
    await untilFocused(row.locator('button[aria-expanded]').first());
  });

  it('A1: withdrawn announcements, revoked links, delegations: the row or the list', async () => {
    await tab('Announcements');
    for (const text of ['Lunch at one.', 'The bus leaves at six.']) {
      await chair.getByLabel('Text', { exact: true }).fill(text);
      await button(chair, 'Announce').click();
      await chair.getByRole('tabpanel').getByText(text).waitFor();
    }
    const rows = chair.getByRole('tabpanel').locator('li');
    await press(button(rows.filter({ hasText: 'bus' }), 'Withdraw'));
    await untilFocused(rows.filter({ hasText: 'Lunch' }));
    await press(button(rows, 'Withdraw'));
    await untilFocused(chair.getByRole('tabpanel'));
    await tab('Invitations');
    await press(chair.getByRole('button', { name: /^Revoke/ }).first());
    await until(async () => assert.ok(await holdsFocus(chair.getByRole('tabpanel'))), chair);
    await tab('Room');
    await chair.locator('summary', { hasText: 'Session' }).click();
    await press(button(chair, 'Remove: Australia'));
    await untilFocused(button(chair, 'Change: Austria'));
    await press(button(chair.getByRole('tabpanel'), 'Save').first());
    await chair.getByText('Saved.').waitFor();
    await untilFocused(button(chair.getByRole('tabpanel'), 'Save').first());
  });

  it('A1: raising for somebody goes from field to field, and back', async () => {
    await chair.getByText('Add someone').click();
    await press(button(chair, 'New person without a device'));
    await untilFocused(behalf().getByLabel('Name'));
    await chair.keyboard.press('Escape');
    await untilFocused(button(chair, 'New person without a device'));
    await behalf().getByLabel('Find a person').fill('Nino');
    await press(behalf().getByRole('button', { name: /^Nino Beridze/ }));
    await untilFocused(behalf().getByRole('combobox'));
    await chair.keyboard.press('Escape');
    await until(async () => assert.ok(await holdsFocus(behalf())), chair);
    await chair.getByText('Add someone').click();
  });

  it('A1: a click beside everything takes it away, and it stays away', async () => {
    await chair.getByRole('heading', { level: 1 }).click();
    await raise(nino, 'Point of order');
    await entryRow(chair, 'Point of order').waitFor();
    assert.ok(await chair.evaluate(() => document.activeElement === document.body));
  });
});

describe('the agenda editor', () => {
  it('A1 S4: an item that changes its room keeps the focus, and it is said', async () => {
    const page = await chair.context().newPage();
    await page.goto(chair.url().replace(/moderate.*/, 'agenda'));
    const place = (name) =>
      page.getByRole('region').filter({ has: page.getByRole('heading', { name, exact: true }) });
    await button(place('Plenary'), 'Change: Lunch').press('Enter');
    const form = page.getByRole('group', { name: 'Change', exact: true });
    for (const [to, words] of [
      ['Human security', '“Lunch” is now in Human security.'],
      ['Plenary', '“Lunch” is now in Plenary.'],
    ]) {
      await form.getByRole('combobox', { name: /^Room/ }).selectOption({ label: to });
      await button(form, 'Save').press('Enter');
      await page.locator('[data-aloud]', { hasText: words }).waitFor({ state: 'attached' });
      const change = button(place(to), 'Change: Lunch');
      await until(async () => assert.ok(await isFocused(change)), page);
      await change.press('Enter');
    }
    await page.close();
  });
});

describe('what is half typed', () => {
  it('A1 S2: what an item’s form refuses is said at the field, in minutes', async () => {
    await press(button(chair, 'Add an item'));
    const form = chair.getByRole('group', { name: 'Add an item' });
    const title = form.getByLabel('Title (English)');
    await press(button(form, 'Save'));
    await untilRefused(chair, title, 'Please give a title.');
    await title.fill('Group photo');
    for (const minutes of ['-1', '99999', '']) {
      await form.getByLabel('Planned minutes').fill(minutes);
      await press(button(form, 'Save'));
      const why = 'Accepted are 0 to 10080 minutes, which is a week.';
      await untilRefused(chair, form.getByLabel('Planned minutes'), why);
    }
    await press(button(form, 'Cancel'));
    assert.equal(await item('Group photo').count(), 0);
  });

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

  it('Q14 P3: the large button says that who is next is away, before the call', async () => {
    await chair.locator('button.big', { hasText: 'Nino Beridze' }).waitFor();
    assert.doesNotMatch(await chair.locator('button.big').innerText(), /away/);
    await nino.goto('about:blank');
    const big = chair.locator('button.big', { hasText: /Nino Beridze[^]*away since \d\d:\d\d/ });
    await big.waitFor();
  });

  it('A1 S6: after Close it is on the state of the session, whose buttons changed', async () => {
    await press(button(chair, 'Close…'));
    await press(button(chair.getByRole('dialog'), 'Close the session'));
    await untilFocused(chair.getByRole('group', { name: 'State of the session' }));
    await button(chair, 'Reopen').waitFor();
  });

  it('no page reported an error', () => {
    for (const page of [chair, nino, kim]) assert.deepEqual(page.complaints, []);
  });
});
