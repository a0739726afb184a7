// Invitations as links, QR codes and cards; the agenda and the list of speakers on paper.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { joinByCode, joinByLink, raiseButton, until } from './support/people.mjs';
import { readQr } from './support/qr.mjs';
import { partnersMeeting, Server } from './support/server.mjs';
import { Wire } from './support/wire.mjs';

const server = new Server();
let browser;
let session;
let chair;

const button = (page, name) => page.getByRole('button', { name, exact: true });
const address = (page) => `/s/${session.id}/${page}`;
const delegations = ['Albania', { name: 'Georgia', names: { fr: 'Géorgie' } }, 'Japan'];

before(async () => {
  await server.start();
  browser = await startBrowser();
  const agenda = { ...partnersMeeting(), entry: 'open', delegations };
  agenda.rooms[0].preset = 'simple';
  agenda.rooms[4].name = 'Japan'; // as a delegation is called
  session = await server.createSession(agenda, ['moderator']);
  chair = await newPage(browser);
  await joinByLink(chair, session.links[0].replace('/moderate#', '/invitations#'), {
    name: 'Elira Hoxha',
    delegation: 'Albania',
  });
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('invitations', () => {
  it('C5 P1: the QR code for everyone is the link with the join code', async () => {
    const code = chair.getByRole('img', { name: /^QR code to join/ });
    assert.equal(await readQr(code), `${server.url}/j/${session.code}`);
  });

  it('P2 P5: a link for a delegation, in French; its QR code opens it', async () => {
    await chair.getByLabel('Name of the person').fill('Nino Beridze');
    await chair.getByRole('combobox', { name: 'Delegation' }).selectOption({ label: 'Georgia' });
    await chair.getByLabel('Language of the link').first().selectOption('fr');
    await button(chair, 'Make a link').click();
    const made = chair.locator('[data-made]').filter({ hasText: 'Nino Beridze' });
    const link = await made.getByLabel('Link', { exact: true }).inputValue();
    assert.match(link, /\?lang=fr#/);
    assert.equal(await readQr(made.locator('[data-qr]')), link);

    const nino = await newPage(browser, { phone: true, locale: 'en-GB' });
    await nino.goto(link);
    await nino.getByText(/^Votre invitation est .*Géorgie/).waitFor();
    assert.equal(await nino.getByLabel('Votre nom').inputValue(), 'Nino Beridze');
    assert.equal(new URL(nino.url()).hash, '');
    // The reader's choice goes before it.
    await nino.getByRole('button', { name: 'EN', exact: true }).click();
    await nino.reload();
    await nino.getByLabel('Your name').waitFor();
    await nino.context().close();
  });

  it('P2 C3: that a link for one person is used shows by itself', async () => {
    await chair.getByLabel('What you call it').fill('For Zurab');
    await chair.getByLabel('For one person only').check();
    await button(chair, 'Make a link').click();
    const made = chair.locator('[data-made]').filter({ hasText: 'For Zurab' });
    const link = await made.getByLabel('Link', { exact: true }).inputValue();
    const row = chair.locator('[aria-labelledby="list"] li').filter({ hasText: 'For Zurab' });
    await row.waitFor();
    assert.equal(await row.getByText('used', { exact: true }).count(), 0);
    const zurab = await newPage(browser, { phone: true });
    await zurab.goto(link);
    await zurab.getByLabel('Votre nom').fill('Zurab Lomidze');
    await zurab.getByRole('button', { name: 'Entrer', exact: true }).click();
    await row.getByText('used', { exact: true }).waitFor();
    await zurab.context().close();
    await chair.getByLabel('For one person only').uncheck();
  });

  it('P2: a link for a room that is called as its delegation', async () => {
    await chair.getByRole('combobox', { name: 'For', exact: true }).selectOption('human');
    await chair.getByRole('combobox', { name: 'Delegation' }).selectOption({ label: 'Japan' });
    await chair.getByLabel('What you call it').fill('Table 4');
    await button(chair, 'Make a link').click();
    await button(chair, 'Revoke: Table 4').waitFor();
    const row = chair.locator('[aria-labelledby="list"] li').filter({ hasText: 'Table 4' });
    assert.equal(await row.getByText('Japan', { exact: true }).count(), 2);
  });

  it('P2: a link for one person tells the second one that it has been used', async () => {
    await chair.getByLabel('What you call it').fill('Rapporteur');
    await chair.getByLabel('For one person only').check();
    await chair.getByLabel('Language of the link').first().selectOption('en');
    await button(chair, 'Make a link').click();
    const made = chair.locator('[data-made]').filter({ hasText: 'Rapporteur' });
    const link = await made.getByLabel('Link', { exact: true }).inputValue();
    const [first, second] = [await newPage(browser), await newPage(browser)];
    await joinByLink(first, link, { name: 'Paolo Rossi' });
    await raiseButton(first).waitFor();
    await second.goto(link);
    await second.getByLabel('Your name').fill('Pia Bianchi');
    await button(second, 'Join').click();
    await second.getByRole('alert').getByText(second.say('return_used')).waitFor();
    for (const page of [first, second]) await page.context().close();
    await chair.getByLabel('For one person only').uncheck();
  });

  it('P2: a display’s link is for one room; revoking refuses it at once', async () => {
    await chair.getByLabel('Role').selectOption({ label: 'Display' });
    await chair.getByLabel('Language of the link').first().selectOption('en');
    await chair.getByLabel('What you call it').fill('Hall screen');
    await button(chair, 'Make a link').click();
    const voice = chair.locator('[data-aloud]'); // A1
    await voice.getByText('Link made for Hall screen.').waitFor({ state: 'attached' });
    const made = chair.locator('[data-made]').filter({ hasText: 'Hall screen' });
    const link = await made.getByLabel('Link', { exact: true }).inputValue();
    const screen = await newPage(browser);
    await screen.goto(link);
    await screen.getByText('The session begins on 12 May 2027 at 09:00').waitFor();
    await button(chair, 'Revoke: Hall screen').click();
    await screen.getByRole('heading', { name: 'This link was withdrawn' }).waitFor();
    await made.waitFor({ state: 'detached' });
    await voice.getByText('Invitation revoked.').waitFor({ state: 'attached' });
    await chair.getByText('Revoked (1)').waitFor();
    await screen.context().close();
  });

  it('C3: a list that was never seen is not said to be empty', async () => {
    const page = await chair.context().newPage();
    const wire = await Wire.of(page);
    await page.goto(`${server.url}${address('moderate')}`);
    await button(page, 'Open the session').first().waitFor();
    await wire.down();
    await page
      .getByText(/^Offline/)
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Invitations' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Invitations' });
    const notSeen = panel.getByText('Not connected: the list comes');
    await notSeen.waitFor();
    assert.equal(await page.getByText('No invitations yet').count(), 0);
    wire.up();
    await notSeen.waitFor({ state: 'detached' });
    await page
      .getByRole('button', { name: /^Revoke/ })
      .first()
      .waitFor();
    await page.close();
  });

  it('P5 C5 S9: a card for each delegation, with a link that opens for it', async () => {
    await button(chair, 'Make 3 cards').click();
    await button(chair, 'Print the cards').waitFor();
    const cards = chair.locator('[data-card]');
    assert.equal(await cards.count(), 3);
    const card = cards.filter({ hasText: 'Géorgie' });
    await card.getByText('you are in for Georgia.').waitFor();
    await card.getByText('vous entrez pour Géorgie.').waitFor();
    const code = `${session.code.slice(0, 4)} ${session.code.slice(4)}`;
    await card.getByText(code, { exact: true }).waitFor();
    const usual = chair.viewportSize();
    for (const width of [320, 390, 1440]) {
      await chair.setViewportSize({ width, height: 900 });
      const cut = await cards.evaluateAll((all) =>
        all.map((one) => one.scrollHeight - one.clientHeight),
      );
      assert.ok(Math.max(...cut) <= 0, `at ${width} px the cards are cut by ${cut} px`);
    }
    await chair.setViewportSize(usual);
    const link = await readQr(card.locator('[data-qr]'));
    assert.ok(link.startsWith(`${server.url}/s/${session.id}#`), link);
    const ana = await newPage(browser, { phone: true });
    await joinByLink(ana, link, { name: 'Ana Japaridze' });
    await raiseButton(ana).waitFor();
    await ana.context().close();
    await chair.reload(); // the server keeps no links; this tab does
    await until(async () => assert.equal(await cards.count(), 3), chair);
    await button(chair, 'Revoke: Japan').click();
    await until(async () => assert.equal(await cards.count(), 2), chair);
    await button(chair, 'Make 1 card').waitFor();
  });

  it('P2: the link of the last moderator stays, and says why on a row of its own', async () => {
    const row = chair
      .locator('section:has(#list) li', { hasText: chair.say('role_moderator') })
      .first();
    await row.getByRole('button').click();
    const why = row.getByRole('alert');
    await why.getByText(chair.say('refusal_last_moderator')).waitFor();
    const { top, width } = await why.evaluate((one) => one.getBoundingClientRect().toJSON());
    const wide = await row.evaluate((one) => one.clientWidth);
    const bottom = await row
      .getByRole('button')
      .evaluate((one) => one.getBoundingClientRect().bottom);
    assert.ok(top >= bottom && Math.abs(width - wide) < 2, `${top} ${bottom} ${width} ${wide}`);
  });

  it('the cards alone are printed, on A4 and on Letter', async () => {
    await chair.emulateMedia({ media: 'print' });
    assert.ok(await chair.locator('[data-card]').first().isVisible());
    for (const hidden of ['nav', '#one', '#list', '[data-made]']) {
      assert.equal(await chair.locator(hidden).first().isVisible(), false, hidden);
    }
    for (const format of ['A4', 'Letter']) {
      const pdf = (await chair.pdf({ format })).toString('latin1');
      assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1, format);
    }
    await chair.emulateMedia({ media: 'screen' });
  });
});

describe('printing', () => {
  it('R4: the agenda prints at any time, with its hours, without the controls', async () => {
    await chair.goto(`${server.url}${address('print')}`);
    const row = chair.getByRole('row', { name: /Lunch/ });
    await row.waitFor();
    assert.match(await row.innerText(), /12:00\s+Lunch\s+60/);
    await chair.getByText('Planned end 15:05').waitFor();
    await chair.emulateMedia({ media: 'print' });
    assert.equal(await chair.getByLabel('What to print').isVisible(), false);
    assert.equal(await chair.locator('nav').isVisible(), false);
    assert.ok(await row.isVisible());
    await chair.emulateMedia({ media: 'screen' });
  });

  it('R4 P8: a participant prints the list of speakers of a room, in order', async () => {
    await chair.goto(`${server.url}${address('moderate')}`);
    await button(chair, 'Open the session').first().click();
    await button(chair, 'Pause').first().waitFor();
    const page = await newPage(browser, { locale: 'fr-FR' });
    await page.goto(`${server.url}/j/${session.code}`);
    await page.getByLabel('Votre nom').fill('Kim Min-jun');
    await page.getByLabel('Votre délégation').selectOption({ label: 'Japan' });
    await page.getByRole('button', { name: 'Entrer', exact: true }).click();
    await page.getByRole('button', { name: 'Lever la main' }).click();
    await page.getByText('Place 1', { exact: true }).first().waitFor();
    const hana = await newPage(browser, { phone: true });
    await joinByCode(hana, server.url, session.code, {
      name: 'Yamada Hanako',
      delegation: 'Japan',
    });
    await raiseButton(hana).click();
    await hana.getByText('Place 2', { exact: true }).first().waitFor();
    await page.goto(`${server.url}${address('print')}?room=plenary`);
    const rows = page.locator('[data-speaker]');
    await until(async () => assert.equal(await rows.count(), 2), page);
    assert.match(await rows.nth(0).innerText(), /1\s+Kim Min-jun\s+Japan/);
    assert.match(await rows.nth(1).innerText(), /2\s+Yamada Hanako\s+Japan/);
    await page.getByRole('heading', { name: 'Liste des orateurs' }).waitFor();
    assert.deepEqual(page.complaints, []);
    assert.deepEqual(chair.complaints, []);
    await page.context().close();
    await hana.context().close();
  });
});
