// What somebody who waits is told, in French, while the chair and another one read English: the
// wait, the screen that stays on, a question from the chair, the clock; and what others see of it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addSpeakers } from './support/add-speakers.mjs';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  entryRow,
  joinByCode,
  joinByLink,
  next,
  onEntry,
  raiseButton,
  startItem,
  until,
  untilQueueIs,
} from './support/people.mjs';
import { button, heading, text, untilPlaced } from './support/said.mjs';
import { Server } from './support/server.mjs';
import { Wire } from './support/wire.mjs';

const server = new Server();
let browser;
let session;
let chair, nino, kim, wire;

const agenda = {
  ...{ title: 'Talks', date: '2027-05-12', start: '09:00', zone: 'Europe/Brussels' },
  entry: 'open',
  rooms: [{ id: 'hall', name: 'Hall', preset: 'simple', speech_limit_s: 240, warning_s: 2 }],
  agenda: [
    { room: 'hall', kind: 'statements', title: 'Statements', planned_minutes: 45 },
    { room: 'hall', kind: 'other', title: 'Replies', planned_minutes: 10, speech_limit_s: 4 },
  ],
};

// A phone whose screen can be kept on, or refuses to be.
async function phone(language, allows) {
  const page = await newPage(browser, { language, phone: true });
  await page.addInitScript((allowed) => {
    globalThis.locks = 0;
    const request = async () => {
      if (!allowed) throw new DOMException('low battery', 'NotAllowedError');
      globalThis.locks += 1;
      const release = async () => void (globalThis.locks -= 1);
      return Object.assign(new EventTarget(), { release });
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  }, allows);
  return page;
}
const locksOf = (page) => page.evaluate(() => globalThis.locks);
const lowered = async (page) => {
  await button(page, 'lower_hand').click();
  await raiseButton(page).waitFor();
};

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession(agenda, ['moderator']);
  chair = await newPage(browser);
  nino = await phone('fr', true);
  kim = await phone('en', false);
  wire = await Wire.of(nino);
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
  await button(chair, 'session_open').click();
  await startItem(chair, 'Statements');
  await joinByCode(nino, server.url, session.code, { name: 'Nino Beridze' });
  await joinByCode(kim, server.url, session.code, { name: 'Kim Min-jun' });
  await addSpeakers(chair, [{ name: 'Ana Kovač' }, { name: 'Layla al-Masri' }]);
  await next(chair, 'Ana Kovač');
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('who waits', () => {
  it('Q11: reads a place, and the wait as a range', async () => {
    await raiseButton(nino).click();
    await untilPlaced(nino, 2);
    const minutes = nino.say.like('minutes_range', { low: /\d+/, high: /\d+/ });
    await nino
      .getByText(nino.say.like('own_wait', { wait: minutes }))
      .first()
      .waitFor();
  });

  it('Q14: has a screen that stays on while the hand is up, or is told to keep it on', async () => {
    await text(nino, 'wake_lock_on').waitFor();
    assert.equal(await locksOf(nino), 1);
    await raiseButton(kim).click();
    await text(kim, 'wake_lock_off').waitFor();
    await lowered(kim);
    assert.equal(await text(kim, 'wake_lock_off').count(), 0);
    await lowered(nino);
    await until(async () => assert.equal(await locksOf(nino), 0), nino);
    await raiseButton(nino).click();
    await untilPlaced(nino, 2);
  });

  it('Q14: is asked to be next, and may decline; the place stays, and staff see it', async () => {
    await onEntry(chair, 'Nino Beridze', chair.say('entry_ask'));
    await text(nino, 'asked_title').waitFor();
    await button(nino, 'asked_no').click();
    const row = entryRow(chair, 'Nino Beridze');
    await row.getByText(chair.say('entry_declined'), { exact: true }).waitFor();
    await untilPlaced(nino, 2);
    await untilQueueIs(chair, ['Layla al-Masri', 'Nino Beridze']);
  });

  it('A1: after the answer the focus is on what it says, not at the top of the page', async () => {
    const focused = () => nino.evaluate(() => document.activeElement?.textContent);
    for (const [key, said] of [
      ['asked_no', 'asked_declined'],
      ['asked_yes', 'asked_accepted'],
    ]) {
      await onEntry(chair, 'Nino Beridze', chair.say('entry_ask'));
      await button(nino, key).focus();
      await nino.keyboard.press('Enter');
      await until(async () => assert.equal(await focused(), nino.say(said)), nino);
    }
    await untilPlaced(nino, 2);
    await untilQueueIs(chair, ['Layla al-Masri', 'Nino Beridze']);
  });

  it('P3: is a number to others; staff see who is away, and since when', async () => {
    await text(kim, 'people_here', { count: 3 }).waitFor();
    const here = nino.url();
    await nino.goto('about:blank');
    const away = chair.say('entry_away_since', { time: '' }).trim(); // whatever the hour
    await entryRow(chair, 'Nino Beridze').getByText(away).waitFor({ timeout: 30_000 });
    await text(kim, 'people_here', { count: 2 }).waitFor();
    assert.doesNotMatch(await kim.locator('body').innerText(), /away/);
    await nino.goto(here);
    await untilPlaced(nino, 2);
    await entryRow(chair, 'Nino Beridze').getByText(away).waitFor({ state: 'detached' });
  });

  it('C5: a hand lowered while offline goes down with the connection, once', async () => {
    await wire.down();
    await button(nino, 'lower_hand').click();
    await text(nino, 'lower_kept').first().waitFor();
    await untilQueueIs(chair, ['Layla al-Masri', 'Nino Beridze']);
    wire.up();
    await button(nino, 'try_now')
      .click({ timeout: 5000 })
      .catch(() => undefined);
    await untilQueueIs(chair, ['Layla al-Masri']);
    await raiseButton(nino).waitFor();
  });

  it('T2 A1: speaks, and hears from the clock that time is short, and over', async () => {
    await startItem(chair, 'Replies');
    await untilQueueIs(chair, ['Layla al-Masri']);
    await next(chair, 'Layla al-Masri');
    await raiseButton(nino).click();
    await next(chair, 'Nino Beridze');
    await heading(nino, 'you_have_floor').waitFor();
    const heard = nino.locator('[data-clock] [aria-live="polite"]');
    assert.equal(await heard.innerText(), '');
    for (const [key, values] of [
      ['clock_said_warning', { time: '0:02' }],
      ['clock_said_zero', {}],
    ]) {
      await heard.getByText(nino.say(key, values)).waitFor();
    }
    await text(nino, 'clock_over_time').first().waitFor();
    for (const page of [kim, chair]) await text(page, 'clock_over_time').first().waitFor();
    await button(nino, 'i_am_done').click();
  });

  it('no page reported an error', () => {
    for (const page of [chair, nino, kim]) assert.deepEqual(page.complaints, []);
  });
});

describe('a session of invited people', () => {
  it('P5: the code says so and asks for nothing; an invitation opens it', async () => {
    const invited = { ...agenda, entry: 'invited' };
    const closed = await server.createSession(invited, ['participant']);
    for (const language of ['en', 'fr']) {
      const page = await newPage(browser, { language, phone: true });
      await page.goto(`${server.url}/j/${closed.code}`);
      await text(page, 'join_invited_only').waitFor();
      assert.equal(await page.locator('form, .primary').count(), 0);
      await joinByLink(page, closed.links[0], { name: `Somebody in ${language}` });
      await text(page, 'hand_when_open').waitFor();
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    }
  });
});
