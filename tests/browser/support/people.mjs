// What people do and see on the pages, in the words that stand there, in the language of the page.
// Nothing here looks inside the client.
import assert from 'node:assert/strict';
import { wordsOn } from './words.mjs';

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export async function joinByCode(page, url, code, { name, delegation }) {
  await page.goto(url);
  const say = wordsOn(page);
  await page.getByLabel(say('join_code')).fill(`${code.slice(0, 4)} ${code.slice(4)}`);
  await page.getByRole('button', { name: say('continue') }).click();
  await fillIn(page, { name, delegation });
}

export async function joinByLink(page, link, { name, delegation }) {
  await page.goto(link);
  await fillIn(page, { name, delegation });
}

async function fillIn(page, { name, delegation }) {
  const say = wordsOn(page);
  await page.getByLabel(say('your_name')).fill(name);
  if (delegation) {
    await page.getByLabel(say('your_delegation')).selectOption({ label: delegation });
  }
  await page.getByRole('button', { name: say('join'), exact: true }).click();
}

export const raiseButton = (page) =>
  page.getByRole('button', { name: wordsOn(page)('raise_hand'), exact: true });

export async function raise(page, kind, note = '') {
  const say = wordsOn(page);
  await raiseButton(page)
    .or(page.getByRole('button', { name: say('raise_hand_again') }))
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  if (note) await dialog.getByLabel(say('note')).fill(note);
  await dialog.getByRole('button', { name: new RegExp(`^${escape(kind)}`) }).click();
}

// The names in the queue of a moderator's page, in order.
export async function queueOf(page) {
  return page.locator('[data-entry] .name').allInnerTexts();
}

export async function untilQueueIs(page, names) {
  await until(async () => assert.deepEqual(await queueOf(page), names), page);
}

export const entryRow = (page, name) => page.locator('[data-entry]').filter({ hasText: name });

export async function onEntry(page, name, button) {
  const row = entryRow(page, name);
  const head = row.locator('button').first();
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  await row.getByRole('button', { name: button, exact: true }).click();
}

// A button that follows the meeting, once it listens (A4): on the page or in a part of it.
export const steady = (scope, name) =>
  scope
    .locator('button[data-deaf="false"][aria-disabled="false"]')
    .and(scope.getByRole('button', { name, exact: true }));

// Presses a button, and whatever stands in its place as soon as the page shows what came of it: a
// double click of any speed, on a machine of any speed.
export async function pressTwice(button) {
  await button.scrollIntoViewIfNeeded();
  await button.evaluate(async (first) => {
    const { left, top, height } = first.getBoundingClientRect();
    const there = () => document.elementFromPoint(left + 12, top + height / 2)?.closest('button');
    const shows = () =>
      [there()?.textContent, document.querySelector('.floor .name')?.textContent].join('/');
    const before = shows();
    first.click();
    while (shows() === before) await new Promise((resolve) => requestAnimationFrame(resolve));
    there()?.click();
  });
}

export const nextButton = (page) =>
  page.getByRole('button', { name: new RegExp(`^${wordsOn(page)('next_speaker')}`) });

// Presses Next as soon as it names this person and listens again (A4).
export async function pressNext(page, name) {
  await page.locator('button[data-deaf="false"]', { hasText: name }).waitFor();
  await nextButton(page).click();
}

// The same, until the person has the floor: a second press before that would be meant for the same
// speech, and do nothing. Where the item's own speaker goes before the list, from the list.
export async function next(page, name) {
  const say = wordsOn(page);
  const large = page.locator('button[data-deaf="false"]').and(nextButton(page));
  const wanted = large.filter({ hasText: name });
  await wanted
    .or(large.filter({ hasText: say('named_for_item') }))
    .first()
    .waitFor();
  if ((await wanted.count()) > 0) await nextButton(page).click();
  else await onEntry(page, name, say('entry_give'));
  await untilFloorIs(page, name);
}

export async function startItem(page, title) {
  const row = page.locator('[data-item]').filter({ hasText: title });
  const head = row.locator('button').first();
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  const say = wordsOn(page);
  await steady(row, say('item_start'))
    .or(steady(row, say('item_reopen')))
    .click();
  await row.getByText(say('agenda_now'), { exact: true }).waitFor();
}

export const floorName = (page) => page.locator('.floor .name');

export async function untilFloorIs(page, name) {
  await until(async () => assert.equal(await floorName(page).innerText(), name), page);
}

// What the clock of the running speech shows, in milliseconds.
export async function clockMs(page) {
  return Number(await page.locator('[data-clock]').first().getAttribute('data-elapsed'));
}

// The clocks of several pages, each related to one instant of this process: every page is asked for
// its elapsed time and the clock tick that it was drawn at.
export async function clocksTogether(pages) {
  return Promise.all(
    pages.map((page) =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const clock = document.querySelector('[data-clock]');
            const watcher = new MutationObserver(() => {
              watcher.disconnect();
              // At the moment that it was drawn: elapsed time less the wall clock is the same on
              // all screens.
              resolve(Number(clock.getAttribute('data-elapsed')) - Date.now());
            });
            watcher.observe(clock, { attributes: true, attributeFilter: ['data-elapsed'] });
          }),
      ),
    ),
  );
}

export const spread = (values) => Math.max(...values) - Math.min(...values);

// Tries an assertion until it holds, and at the end says what the page showed.
export async function until(assertion, page, withinMs = 10_000) {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
      await page.waitForTimeout(50);
    }
  }
}
