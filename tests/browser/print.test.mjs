// On paper at any time (R4): before, in and after the session, from whichever room one is in, in
// the reader's language.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addSpeakers } from './support/add-speakers.mjs';
import { newPage, startBrowser } from './support/browser.mjs';
import { asReadOn, partnersInBoth } from './support/partners.mjs';
import { joinByCode, joinByLink, next, startItem, until } from './support/people.mjs';
import { button, heading, text } from './support/said.mjs';
import { Server } from './support/server.mjs';

const server = new Server();
let browser;
let session;
let chair, nino;

const paper = (room) => `${server.url}/s/${session.id}/print${room ? `?room=${room}` : ''}`;
const rows = () => nino.locator('[data-speaker]');
const names = async () =>
  (await rows().locator('strong').allInnerTexts()).map((name) => name.trim());
const printed = async (title) => {
  await heading(nino, title).waitFor();
  await nino.emulateMedia({ media: 'print' });
  assert.ok(await heading(nino, title).isVisible());
  assert.equal(await button(nino, 'print_now').isVisible(), false);
  await nino.emulateMedia({ media: 'screen' });
};

before(async () => {
  await server.start();
  browser = await startBrowser();
  const meeting = partnersInBoth({ entry: 'open' });
  meeting.agenda.find(({ title }) => title === 'Statements of support').inscription_ahead = true;
  session = await server.createSession(meeting, ['moderator']);
  chair = await newPage(browser);
  nino = await newPage(browser, { language: 'fr' });
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
  await joinByCode(nino, server.url, session.code, { name: 'Nino Beridze' });
  await text(nino, 'hand_when_open').waitFor();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('printing at any time', () => {
  it('R4 S9: the agenda before the session is open, in the reader’s language', async () => {
    await nino.goto(paper());
    await nino.getByRole('row', { name: new RegExp(asReadOn(nino, 'Lunch')) }).waitFor();
    await printed('agenda');
  });

  it('R4 Q17: who is inscribed ahead stands under the item, before it begins', async () => {
    const title = asReadOn(nino, 'Statements of support');
    await nino.goto(paper('plenary'));
    await text(nino, 'print_nobody').waitFor();
    const again = await nino.context().newPage();
    await again.goto(`${server.url}/s/${session.id}`);
    again.say = nino.say;
    await button(again, 'inscribe_for', { item: title }).click();
    await again.getByRole('dialog').getByRole('button').first().click();
    await text(again, 'inscribed_you').waitFor();
    await again.close();
    const item = nino.locator('article section').filter({ hasText: title });
    await item.locator('[data-speaker]', { hasText: 'Nino Beridze' }).waitFor();
    assert.equal(await text(nino, 'print_nobody').count(), 0);
  });

  it('R4: the list of any room, from the plenary, with who speaks there', async () => {
    await button(chair, 'session_open').click();
    await chair.locator('[data-room="human"]').click();
    await startItem(chair, 'Human security');
    await addSpeakers(
      chair,
      ['Kim Min-jun', 'Layla al-Masri', 'Ana Kovač'].map((name) => ({ name })),
    );
    await next(chair, 'Kim Min-jun');
    await nino.goto(paper('human'));
    await until(async () => assert.deepEqual(await names(), ['Layla al-Masri', 'Ana Kovač']), nino);
    await nino.locator('.floor', { hasText: 'Kim Min-jun' }).waitFor();
    await nino.locator('article').getByText(asReadOn(nino, 'Human security')).first().waitFor();
    await printed('print_speakers');
    // Another room by choice, whose list is empty; and back.
    const choice = nino.getByLabel(nino.say('print_what'));
    await choice.selectOption('crisis');
    await text(nino, 'print_nobody').waitFor();
    await choice.selectOption('human');
    await until(async () => assert.equal(await rows().count(), 2), nino);
  });

  it('R4: while the session is paused, and once it is closed', async () => {
    await button(chair, 'session_pause').first().click();
    await button(chair, 'session_resume').first().waitFor();
    await nino.reload();
    await until(async () => assert.equal(await rows().count(), 2), nino);
    await button(chair, 'session_close').click();
    await button(chair, 'session_close_yes', {}, chair.getByRole('dialog')).click();
    await button(chair, 'session_reopen').first().waitFor();
    await nino.reload();
    await printed('print_speakers');
    await nino.goto(paper());
    await nino.getByRole('row', { name: new RegExp(asReadOn(nino, 'Lunch')) }).waitFor();
    await printed('agenda');
  });

  it('no page reported an error', () => {
    for (const page of [chair, nino]) assert.deepEqual(page.complaints, []);
  });
});
