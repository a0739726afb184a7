// A display's link: of one room, for reading alone, and good until it is revoked (D1). One screen
// reads English and the other French.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addSpeakers } from './support/add-speakers.mjs';
import { newPage, startBrowser } from './support/browser.mjs';
import { joinByLink, next, startItem, untilFloorIs } from './support/people.mjs';
import { button, heading, text } from './support/said.mjs';
import { Server } from './support/server.mjs';

const server = new Server();
let browser;
let session;
let chair, hall, table;

const room = (id, name) => ({ id, name, preset: 'simple', speech_limit_s: 600 });
const agenda = {
  ...{ title: 'Talks', date: '2027-05-12', start: '09:00', zone: 'Europe/Brussels' },
  ...{ entry: 'open', rooms: [room('hall', 'Hall'), room('table', 'Table')] },
  agenda: [
    { room: 'hall', kind: 'statements', title: 'Statements', planned_minutes: 45 },
    { room: 'table', kind: 'workshop', title: 'Drafting', planned_minutes: 45 },
  ],
};
const tokenOf = (link) => new URL(link).hash.slice(1);
const shownOn = (page) => page.locator('main').innerText();

before(async () => {
  await server.start();
  browser = await startBrowser();
  const displays = ['hall', 'table'].map((id) => ({ role: 'display', room: id }));
  session = await server.createSession(agenda, ['moderator', ...displays]);
  chair = await newPage(browser);
  hall = await newPage(browser);
  table = await newPage(browser, { language: 'fr' });
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
  await hall.goto(session.links[1]);
  await table.goto(session.links[2]);
  await button(chair, 'session_open').click();
  for (const [id, item, name] of [
    ['hall', 'Statements', 'Nino Beridze'],
    ['table', 'Drafting', 'Kim Min-jun'],
  ]) {
    await chair.locator(`[data-room="${id}"]`).click();
    await startItem(chair, item);
    await addSpeakers(chair, [{ name }, { name: `After ${name}` }]);
    await next(chair, name);
  }
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('the link of a display', () => {
  it('D1: names one room: its item, speaker and who is next; nothing of another', async () => {
    await hall.locator('.name', { hasText: 'Nino Beridze' }).waitFor();
    await table.locator('.name', { hasText: 'Kim Min-jun' }).waitFor();
    await hall.locator('.next', { hasText: 'After Nino Beridze' }).waitFor();
    await table.locator('.next', { hasText: 'After Kim Min-jun' }).waitFor();
    assert.doesNotMatch(await shownOn(hall), /Drafting|Table|Kim/);
    assert.doesNotMatch(await shownOn(table), /Statements|Hall|Nino/);
  });

  it('D1: is read-only: nothing to press, and the keys of the chair do nothing', async () => {
    for (const page of [hall, table]) {
      assert.equal(await page.locator('a, button, input, select, summary, [tabindex]').count(), 0);
      for (const key of ['n', 'e', '+', 'Space', 'Enter']) await page.keyboard.press(key);
    }
    await untilFloorIs(chair, 'Kim Min-jun');
    await hall.locator('.name', { hasText: 'Nino Beridze' }).waitFor();
    assert.equal(await text(table, 'clock_paused').count(), 0);
  });

  it('D1: its token makes nobody a person, and opens nothing but the display', async () => {
    const response = await fetch(`${server.url}/api/v1/enter`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ token: tokenOf(session.links[1]), key: 'A'.repeat(22) },
        name: 'Somebody at the projector',
      }),
    });
    assert.equal(response.status, 401);
    const intruder = await newPage(browser);
    await intruder.goto(session.links[1].replace('/display#', '/moderate#'));
    await intruder.locator('main.display .name', { hasText: 'Nino Beridze' }).waitFor();
    assert.equal(await intruder.locator('a, button, input').count(), 0);
    await intruder.context().close();
  });

  it('D1: once revoked it is refused at once, in calm words; the other goes on', async () => {
    await chair.goto(`${server.url}/s/${session.id}/invitations`);
    const row = chair.locator('[aria-labelledby="list"] li').filter({ hasText: 'Table' });
    await row.getByRole('button').click();
    await heading(table, 'ended_revoked_title').waitFor();
    await text(table, 'ended_revoked').waitFor();
    assert.doesNotMatch(await table.locator('body').innerText(), /Drafting|Kim/);
    await table.reload();
    await heading(table, 'ended_revoked_title').waitFor();
    await hall.locator('.name', { hasText: 'Nino Beridze' }).waitFor();
    await hall.locator('[data-clock]').waitFor();
  });

  it('no page reported an error', () => {
    for (const page of [chair, hall, table]) assert.deepEqual(page.complaints, []);
  });
});
