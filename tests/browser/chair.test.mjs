// A chair and a deputy run the sample's first three items with four others, by the large button, by
// keys, by dragging; mistakes are undone; at the end the chair is handed over.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  entryRow,
  joinByLink,
  next,
  nextButton,
  onEntry,
  pressNext,
  pressTwice,
  raise,
  steady,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';
import { holdBack } from './support/wire.mjs';

const server = new Server();
let browser;
let chair, deputy, nino, kim, layla, ana;
let everyone;

const first = 'Deputy Chair of the Military Committee';
const second = 'Director General, International Military Staff';
const third = 'Director, Cooperative Security Division';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const listening = (page, text) =>
  page.locator('button[data-deaf="false"][aria-disabled="false"]', { hasText: text });
// Presses the large button, or another one that follows the meeting, once it says this.
const press = (page, text) => listening(page, text).click();
const stage = (page) => page.locator('.stage');
const head = (page, name) => entryRow(page, name).locator('[data-focus]');
const focused = (locator) => locator.evaluate((element) => element === document.activeElement);
const besideNext = (page) => page.locator('.steady', { has: nextButton(page) }).getByRole('alert');
const floorIsFree = (page) => page.locator('.floor').getByText('Nobody has the floor.').waitFor();

before(async () => {
  await server.start();
  browser = await startBrowser();
  const agenda = { ...partnersMeeting(), entry: 'open' };
  agenda.rooms[0].interruption_suspends = true;
  const session = await server.createSession(agenda, ['moderator', 'moderator', 'participant']);
  const people = [
    ['Elira Hoxha', 'Albania', 0, false],
    ['Armen Sargsyan', 'Armenia', 1, false],
    ['Nino Beridze', 'Georgia', 2, true],
    ['Kim Min-jun', 'Republic of Korea', 2, true],
    ['Layla al-Masri', 'Jordan', 2, true],
    ['Ana Kovač', 'Serbia', 2, true],
  ];
  everyone = [];
  for (const [name, delegation, link, phone] of people) {
    const page = await newPage(browser, { phone });
    await joinByLink(page, session.links[link], { name, delegation });
    everyone.push(page);
  }
  [chair, deputy, nino, kim, layla, ana] = everyone;
  await button(chair, 'Open the session').waitFor();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('the chair', () => {
  it('S1 S2 P6: the large button opens the session, starts, calls the speaker', async () => {
    await press(chair, 'Open the session');
    await press(chair, 'Start Welcome');
    await chair.locator('[data-item]', { hasText: 'Welcome' }).getByText('now').waitFor();
    await press(chair, `Next speaker ${first}`);
    for (const page of everyone) await untilFloorIs(page, first);
  });

  it('S2 P6: the next item by its own button; its named speaker goes before hands', async () => {
    await raise(nino, 'Intervention', 'A question on the mandate');
    await raise(kim, 'Intervention');
    await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
    await press(chair, 'Next item: Keynote');
    await nino.getByRole('heading', { name: /^Keynote/, level: 1 }).waitFor();
    await press(chair, `Next speaker ${second}`);
    for (const page of everyone) await untilFloorIs(page, second);
    await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
    await next(chair, 'Nino Beridze');
    await nino.getByRole('heading', { name: 'You have the floor' }).waitFor();
  });

  it('Q15: a mistaken Next is undone: the speech before goes on, the place is back', async () => {
    await next(chair, 'Kim Min-jun');
    await untilFloorIs(chair, 'Kim Min-jun');
    await button(chair, 'Undo: Floor given to Kim Min-jun').click();
    await nino.getByRole('heading', { name: 'You have the floor' }).waitFor();
    await untilFloorIs(deputy, 'Nino Beridze');
    await untilQueueIs(chair, ['Kim Min-jun']);
    await kim.getByText('Place 1', { exact: true }).first().waitFor();
    // The act stays in the list, marked.
    const list = chair.getByRole('region', { name: 'Recent acts' });
    const undone = list.locator('li', { hasText: 'Floor given to Kim Min-jun' });
    await undone.getByText('undone', { exact: true }).waitFor();
  });

  it('Q5: two moderators start the next item at once: one starts, the other is told', async () => {
    for (const page of [chair, deputy]) await listening(page, 'Next item: Opening').waitFor();
    await Promise.all([chair, deputy].map((page) => press(page, 'Next item: Opening')));
    await nino.getByRole('heading', { name: 'Opening remarks', level: 1 }).waitFor();
    for (const page of [chair, deputy]) {
      await listening(page, 'Next item: Workshops').waitFor();
      assert.equal(await page.locator('[data-item].current').count(), 1);
    }
  });

  it('Q5 P6: both give the named speaker the floor at once: one speech, no hand left', async () => {
    const give = (page) => listening(page, `Next speaker ${third}`);
    for (const page of [chair, deputy]) await give(page).waitFor();
    // Not the mouse's click, which waits until the button stands still.
    const now = (page) => give(page).evaluate((element) => element.click());
    await Promise.all([chair, deputy].map(now));
    for (const page of [chair, deputy, nino]) await untilFloorIs(page, third);
    for (const page of [chair, deputy]) await untilQueueIs(page, ['Kim Min-jun']);
  });

  it('Q5: who comes too late is told why beside the button', async () => {
    const release = await holdBack(deputy);
    await pressNext(deputy, 'Kim Min-jun');
    await steady(stage(chair), 'End speech').click();
    await floorIsFree(chair);
    await floorIsFree(deputy);
    await release();
    await besideNext(deputy).getByText('Something else happened meanwhile').waitFor();
    await untilQueueIs(chair, ['Kim Min-jun']);
  });

  it('Q5: who comes too late with what is done already is told that it is', async () => {
    await listening(deputy, 'Next speaker Kim Min-jun').waitFor();
    const release = await holdBack(deputy);
    await pressNext(deputy, 'Kim Min-jun');
    await next(chair, 'Kim Min-jun');
    await untilFloorIs(deputy, 'Kim Min-jun');
    await release();
    await besideNext(deputy).getByText('Kim Min-jun has the floor already.').waitFor();
    await button(chair, 'Undo: Floor given to Kim Min-jun').click();
    await untilQueueIs(chair, ['Kim Min-jun']);
  });

  it('Q5: so is who starts from the agenda an item that has begun', async () => {
    const row = (page, title) => page.locator('[data-item]', { hasText: title }).first();
    await row(deputy, 'Workshops').locator('[data-head]').click();
    const start = steady(row(deputy, 'Workshops'), 'Start');
    await start.waitFor();
    const release = await holdBack(deputy);
    await start.click();
    await press(chair, 'Next item: Workshops');
    await row(deputy, 'Workshops').getByText('now').waitFor();
    await release();
    const said = row(deputy, 'Workshops').getByRole('alert');
    await said.getByText(/^“Workshops.*” has begun already[.]$/).waitFor();
    await row(deputy, 'Workshops').locator('[data-head]').click();
    await chair.getByRole('button', { name: /^Undo: “Workshops.*” started/ }).click();
    await listening(chair, 'Next item: Workshops').waitFor();
  });
});

describe('keys of the chair', () => {
  it('A4: N calls the next, Space pauses and resumes, + adds a minute, E ends', async () => {
    await listening(chair, 'Next speaker Kim Min-jun').waitFor();
    await chair.keyboard.press('n');
    await untilFloorIs(chair, 'Kim Min-jun');
    await steady(stage(chair), 'Pause').waitFor();
    await chair.keyboard.press(' ');
    await kim.getByText('Clock paused').waitFor();
    await steady(stage(chair), 'Resume').waitFor();
    await chair.keyboard.press(' ');
    await kim.getByText('Clock paused').waitFor({ state: 'detached' });
    await chair.keyboard.press('+');
    await kim.getByText('of 4:00').waitFor();
    await chair.keyboard.press('e');
    await floorIsFree(chair);
  });

  it('A4: keys are letters in fields, and Space presses the button in focus', async () => {
    await raise(kim, 'Intervention');
    await next(chair, 'Kim Min-jun');
    await chair.keyboard.press('/');
    const search = chair.getByLabel('Find by name or delegation');
    await until(async () => assert.ok(await focused(search)), chair);
    await chair.keyboard.type('ne+ ');
    assert.equal(await search.inputValue(), 'ne+ ');
    await search.fill('');
    await chair.getByRole('tab', { name: 'Announcements' }).focus();
    await chair.keyboard.press(' ');
    await chair.getByRole('button', { name: 'Announce', exact: true }).waitFor();
    await untilFloorIs(chair, 'Kim Min-jun');
    assert.equal(await chair.getByText('Clock paused').count(), 0);
    await chair.getByRole('tab', { name: /^People/ }).click();
  });

  it('A4: ignored with a modifier and on repeat; ? shows them; a switch for all', async () => {
    await chair.locator('#floor').focus();
    await chair.keyboard.press('Control+e');
    await chair.keyboard.press('Alt+e');
    await chair.evaluate(() =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'e', bubbles: true, repeat: true }),
      ),
    );
    await chair.keyboard.press('?');
    const dialog = chair.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    await chair.keyboard.press('e'); // not under a dialog
    await dialog.getByLabel('Single keys act').uncheck();
    await button(dialog, 'Close').click();
    await chair.locator('#floor').focus();
    await chair.keyboard.press('e');
    await chair.keyboard.press('?');
    await untilFloorIs(chair, 'Kim Min-jun');
    await chair.reload();
    await untilFloorIs(chair, 'Kim Min-jun');
    await chair.locator('#floor').focus();
    await chair.keyboard.press('e');
    await button(chair, 'Keys').click();
    await untilFloorIs(chair, 'Kim Min-jun');
    await dialog.getByLabel('Single keys act').check();
    await button(dialog, 'Close').click();
    await steady(stage(chair), 'End speech').waitFor();
    await chair.locator('#floor').focus();
    await chair.keyboard.press('e');
    await floorIsFree(chair);
  });
});

describe('a double click', () => {
  it('Q5: on End ends one speech; the one that it interrupted goes on', async () => {
    await raise(kim, 'Intervention');
    await next(chair, 'Kim Min-jun');
    await raise(nino, 'Point of order');
    await next(chair, 'Nino Beridze');
    await pressTwice(steady(stage(chair), 'End speech'));
    await steady(stage(chair), 'End speech').waitFor();
    await untilFloorIs(chair, 'Kim Min-jun');
  });

  it('A4: on Pause or Close does one thing, and the other way round one more', async () => {
    for (const [part, words] of [
      [stage(chair), ['Pause', 'Resume', 'Pause']],
      [chair.locator('.top'), ['Pause', 'Resume', 'Pause']],
      [chair, ['Close the queue', 'Open the queue', 'Close the queue']],
    ]) {
      await pressTwice(steady(part, words[0]));
      await pressTwice(steady(part, words[1]));
      await steady(part, words[2]).waitFor();
    }
    await steady(stage(chair), 'End speech').click();
    await floorIsFree(chair);
  });
});

describe('the queue under the chair’s hand', () => {
  const names = ['Nino Beridze', 'Kim Min-jun', 'Layla al-Masri', 'Ana Kovač'];

  it('Q8: an entry is dragged before another; all see it', async () => {
    for (const page of [nino, kim, layla, ana]) await raise(page, 'Intervention');
    await untilQueueIs(chair, names);
    await drag('Ana Kovač', 'Kim Min-jun');
    for (const page of [chair, deputy]) {
      await untilQueueIs(page, ['Nino Beridze', 'Ana Kovač', 'Kim Min-jun', 'Layla al-Masri']);
    }
    await ana.getByText('Place 2', { exact: true }).first().waitFor();
    await button(chair, 'Undo: Ana Kovač moved').click();
    await untilQueueIs(chair, names);
  });

  it('Q8: a drag goes on while the list moves under it; Escape leaves all as it was', async () => {
    const to = await begin('Ana Kovač', 'Kim Min-jun');
    await onEntry(deputy, 'Nino Beridze', 'To the end');
    const moved = ['Kim Min-jun', 'Layla al-Masri', 'Ana Kovač', 'Nino Beridze'];
    await untilQueueIs(chair, moved);
    const box = await entryRow(chair, 'Kim Min-jun').boundingBox();
    await chair.mouse.move(to.x, box.y + 4, { steps: 3 });
    await chair.locator('.line[data-entry]', { hasText: 'Kim Min-jun' }).waitFor();
    await chair.mouse.up();
    await untilQueueIs(deputy, ['Ana Kovač', 'Kim Min-jun', 'Layla al-Masri', 'Nino Beridze']);
    await begin('Layla al-Masri', 'Ana Kovač');
    await chair.keyboard.press('Escape');
    await chair.mouse.up();
    await chair.locator('.line[data-entry]').waitFor({ state: 'detached' });
    await untilQueueIs(chair, ['Ana Kovač', 'Kim Min-jun', 'Layla al-Masri', 'Nino Beridze']);
  });

  it('A1: arrows go through the list, Alt moves; the focus stays on the entry', async () => {
    await head(chair, 'Ana Kovač').focus();
    await chair.keyboard.press('ArrowDown');
    assert.ok(await focused(head(chair, 'Kim Min-jun')));
    await chair.keyboard.press('End');
    assert.ok(await focused(head(chair, 'Nino Beridze')));
    await chair.keyboard.press('Alt+ArrowUp');
    await untilQueueIs(deputy, ['Ana Kovač', 'Kim Min-jun', 'Nino Beridze', 'Layla al-Masri']);
    await untilQueueIs(chair, ['Ana Kovač', 'Kim Min-jun', 'Nino Beridze', 'Layla al-Masri']);
    assert.ok(await focused(head(chair, 'Nino Beridze')));
    await chair.getByRole('status').getByText('Nino Beridze now has place 3.').waitFor();
  });

  it('A1: an entry is moved by keys step by step, said at each, Enter puts it there', async () => {
    await onEntry(chair, 'Nino Beridze', 'Move by keys');
    await until(async () => assert.ok(await focused(head(chair, 'Nino Beridze'))), chair);
    for (const key of ['ArrowUp', 'ArrowUp']) await chair.keyboard.press(key);
    await chair.getByRole('status').getByText('Nino Beridze before Ana Kovač, place 1').waitFor();
    await chair.locator('.line[data-entry]', { hasText: 'Ana Kovač' }).waitFor();
    await chair.keyboard.press('Enter');
    await untilQueueIs(deputy, ['Nino Beridze', 'Ana Kovač', 'Kim Min-jun', 'Layla al-Masri']);
    await onEntry(chair, 'Nino Beridze', 'Move by keys');
    await chair.keyboard.press('ArrowDown');
    await chair.keyboard.press('Escape');
    await chair.getByRole('status').getByText('Not moved.').waitFor();
    await untilQueueIs(chair, ['Nino Beridze', 'Ana Kovač', 'Kim Min-jun', 'Layla al-Masri']);
  });

  async function begin(name, over) {
    const from = await head(chair, name).boundingBox();
    const onto = await entryRow(chair, over).boundingBox();
    const x = from.x + 120;
    await chair.mouse.move(x, from.y + from.height / 2);
    await chair.mouse.down();
    await chair.mouse.move(x, onto.y + 4, { steps: 6 });
    await chair.locator('.line[data-entry]', { hasText: over }).waitFor();
    return { x };
  }
  async function drag(name, over) {
    await begin(name, over);
    await chair.mouse.up();
  }
});

describe('two at the room’s settings', () => {
  it('T2: saving keeps what the other one changed meanwhile', async () => {
    const limit = (page) => page.getByLabel('Speaking time in seconds (0: none)');
    const warning = (page) => page.getByLabel('Warning before the end, in seconds');
    const save = async (page) => {
      const form = page.locator('.stack.dense', { has: limit(page) });
      await button(form, 'Save').click();
      await form.getByText('Saved.', { exact: true }).waitFor();
    };
    for (const page of [chair, deputy]) await page.getByRole('tab', { name: 'Room' }).click();
    await warning(chair).fill('45'); // not saved yet
    await limit(deputy).fill('600');
    await save(deputy);
    await until(async () => assert.equal(await limit(chair).inputValue(), '600'), chair);
    assert.equal(await warning(chair).inputValue(), '45');
    await save(chair);
    await until(async () => assert.equal(await warning(deputy).inputValue(), '45'), deputy);
    for (const page of [chair, deputy]) {
      assert.equal(await limit(page).inputValue(), '600');
      await page.getByRole('tab', { name: /^People/ }).click();
    }
  });
});

describe('the chair handed over', () => {
  it('P2: in mid-meeting; the new one has the buttons, the old one’s go', async () => {
    await chair.getByLabel('Find by name or delegation').fill('georgia');
    const row = chair.locator('[data-person]').filter({ hasText: 'Nino Beridze' });
    await row.locator('button').first().click();
    await button(row, 'Hand over the chair').click();
    await row.getByText('Nino Beridze moderates from now on').waitFor();
    await button(row, 'Hand over').click();
    await chair.getByRole('heading', { name: 'This page is for moderators' }).waitFor();
    assert.equal(await nextButton(chair).count(), 0);
    await nino.getByRole('link', { name: 'Moderate' }).click();
    await nino.getByRole('tab', { name: 'Queue' }).waitFor();
    await untilQueueIs(deputy, ['Nino Beridze', 'Ana Kovač', 'Kim Min-jun', 'Layla al-Masri']);
    await next(nino, 'Nino Beridze');
    await next(nino, 'Ana Kovač');
    await ana.getByRole('heading', { name: 'You have the floor' }).waitFor();
    await chair.getByRole('link', { name: /participant/ }).click();
    await untilFloorIs(chair, 'Ana Kovač');
  });

  it('C5: offline, buttons say that they cannot act, and nothing is sent later', async () => {
    await deputy.context().setOffline(true);
    await deputy.evaluate(() => window.dispatchEvent(new Event('offline')));
    await deputy.getByText('Until then your buttons cannot act').waitFor();
    await nextButton(deputy).click({ force: true });
    await deputy.getByRole('alert').getByText('Not connected').waitFor();
    await deputy.context().setOffline(false);
    await deputy.getByText('Until then your buttons cannot act').waitFor({ state: 'detached' });
    await listening(deputy, 'Next speaker Kim Min-jun').waitFor();
    await untilFloorIs(deputy, 'Ana Kovač');
    await untilQueueIs(nino, ['Kim Min-jun', 'Layla al-Masri']);
  });

  it('no page reported an error', () => {
    for (const page of everyone) assert.deepEqual(page.complaints, []);
  });
});
