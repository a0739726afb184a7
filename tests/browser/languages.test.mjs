// The same pages in French, and the words for what is wrong at the door.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { joinByCode, raiseButton } from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';

const server = new Server();
let browser;
let session;

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession({ ...partnersMeeting(), entry: 'open' }, []);
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('languages and the door', () => {
  it('A2: the language of a link stays with a reload', async () => {
    const page = await newPage(browser, { phone: true });
    await page.goto(`${server.url}/j/${session.code}?lang=fr`);
    await page.getByLabel('Votre nom').fill('Léa Girard');
    await page.getByRole('button', { name: 'Entrer', exact: true }).click();
    const raise = page.getByRole('button', { name: 'Lever la main' });
    await raise.waitFor();
    await page.reload();
    await raise.waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it('A2 S9: the page follows the browser into French; a switch changes it at once', async () => {
    const page = await newPage(browser, { phone: true, locale: 'fr-FR' });
    await page.goto(`${server.url}/j/${session.code}`);
    await page.getByLabel('Votre nom').fill('Jean-Baptiste Rochat');
    await page.getByLabel('Votre délégation').selectOption({ label: 'Switzerland' });
    await page.getByRole('button', { name: 'Entrer', exact: true }).click();
    await page.getByRole('button', { name: 'Lever la main' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
    // What nobody translated is in the first language, and says so (S9).
    const title = page.locator('h1 bdi');
    assert.equal(await title.getAttribute('lang'), 'en');
    await page.getByRole('button', { name: 'EN', exact: true }).click();
    await raiseButton(page).waitFor();
    assert.equal(await title.getAttribute('lang'), null);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await page.reload();
    await raiseButton(page).waitFor();
    assert.deepEqual(page.complaints, []);
  });

  it('P1: an unknown code, and one that is too short, are said in words', async () => {
    const page = await newPage(browser, { phone: true });
    await page.goto(server.url);
    await page.getByLabel('Join code').fill('1234');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('A join code has eight digits.').waitFor();
    await page.getByLabel('Join code').fill('00000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByLabel('Your name').count(), 0);
  });

  it('P4: who comes by the code waits to be let in, where the session says so', async () => {
    const own = await server.createSession({ ...partnersMeeting(), entry: 'open' }, ['moderator']);
    const chair = await newPage(browser);
    await chair.goto(own.links[0]);
    await chair.getByLabel('Your name').fill('Elira Hoxha');
    await chair.getByRole('button', { name: 'Join', exact: true }).click();
    await chair.getByRole('tab', { name: 'Room' }).click();
    await chair.getByText('Session', { exact: true }).click();
    await chair.getByLabel('Those who come by the code wait to be let in').check();
    await chair
      .locator('details')
      .filter({ hasText: 'Delegations' })
      .getByRole('button', { name: 'Save' })
      .click();

    const guest = await newPage(browser, { phone: true });
    await joinByCode(guest, server.url, own.code, { name: 'Kim Min-jun', delegation: 'Japan' });
    await guest.getByRole('heading', { name: 'Please wait to be let in' }).waitFor();
    // Which meeting it is, and nothing of it.
    await guest.getByRole('heading', { name: 'Bi-annual Meeting' }).waitFor();
    const seen = await guest.locator('body').innerText();
    assert.doesNotMatch(seen, /Welcome|Plenary|Elira/);
    await chair.getByRole('tab', { name: /^People/ }).click();
    await chair.getByRole('button', { name: 'Let in: Kim Min-jun' }).click();
    await raiseButton(guest).waitFor();
  });

  it('P1: a page without a key says how to come in', async () => {
    const page = await newPage(browser);
    await page.goto(`${server.url}/s/${session.id}`);
    await page.getByRole('heading', { name: 'You are not in this session yet' }).waitFor();
  });

  it('A1: no page is wider than a window of 320 px', async () => {
    const page = await newPage(browser, { phone: true });
    await page.setViewportSize({ width: 320, height: 640 });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.goto(server.url);
    await page.getByLabel('Join code').waitFor();
    assert.ok((await wide()) <= 0, 'enter');
    await joinByCode(page, server.url, session.code, { name: 'Ana Kovač', delegation: 'Albania' });
    await raiseButton(page).waitFor();
    assert.ok((await wide()) <= 0, 'participant');
  });

  it('S4: the organizer makes a session from a short form, and gets a link per role', async () => {
    const page = await newPage(browser);
    await page.goto(`${server.url}/#${server.organizerKey}`);
    await page.getByLabel('Title').fill('Quarterly review');
    await page.getByRole('button', { name: 'Create the session' }).click();
    await page.getByRole('heading', { name: 'The session “Quarterly review” is ready' }).waitFor();
    assert.match(await page.getByLabel('Moderator', { exact: true }).inputValue(), /\/moderate#/);
    assert.match(await page.getByLabel('Display', { exact: true }).inputValue(), /\/display#/);
    assert.deepEqual(page.complaints, []);
  });
});
