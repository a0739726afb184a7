// Somebody who has never seen it, with a phone and the link: on each screen one thing to do, and it
// is the wanted one. Three presses from the link to the raised hand, two where there is one kind.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { asReadOn, partnersInBoth } from './support/partners.mjs';
import { joinByLink } from './support/people.mjs';
import { button } from './support/said.mjs';
import { Server } from './support/server.mjs';
import { languages } from './support/words.mjs';

const server = new Server();
const tenSecondsMs = 10_000;
const personMs = 5000; // of them, for who reads, types a name and presses
let browser;
let formal, simple;

before(async () => {
  await server.start();
  browser = await startBrowser();
  const { rooms, delegations, ...rest } = partnersInBoth({ entry: 'open' });
  [formal, simple] = await Promise.all([
    open({ ...rest, rooms, delegations }),
    open({ ...rest, rooms: rooms.map((room) => ({ ...room, preset: 'simple' })) }),
  ]);
});

after(async () => {
  await browser?.close();
  await server.stop();
});

async function open(agenda) {
  const session = await server.createSession(agenda, ['moderator']);
  const chair = await newPage(browser);
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
  await button(chair, 'session_open').click();
  await button(chair, 'session_pause').first().waitFor();
  await chair.context().close();
  return session;
}

const placed = (page) => page.locator('[data-hand="placed"]');

// The one main button of a screen: nothing competes, and it can be pressed without scrolling.
async function onlyPrimary(page, key) {
  const wanted = button(page, key);
  await wanted.waitFor();
  const words = await page.locator('.primary:visible').allInnerTexts();
  assert.deepEqual(
    words.map((text) => text.trim()),
    [page.say(key)],
  );
  const { y, height } = await wanted.boundingBox();
  assert.ok(height >= 48 && y + height <= page.viewportSize().height, `${key}: ${y} + ${height}`);
  return { wanted, y, height };
}

// What the keyboard reaches first in a part of the page.
const firstIn = (page, part) =>
  page.locator(part).evaluate((root) => {
    const reached = root.querySelectorAll(
      'a[href], button, input, select, summary, [tabindex="0"]',
    );
    const shown = [...reached].find((one) => one.checkVisibility());
    return (shown.labels?.[0] ?? shown).textContent.trim();
  });

async function comeIn(page, session, delegation) {
  await page.goto(`${server.url}/j/${session.code}`);
  const { wanted } = await onlyPrimary(page, 'join');
  assert.equal(await firstIn(page, 'main'), page.say('your_name'));
  await page.getByLabel(page.say('your_name')).fill('Nino Beridze');
  if (delegation) {
    await page.getByLabel(page.say('your_delegation')).selectOption({ label: delegation });
  }
  await wanted.click();
}

async function raiseHand(page) {
  const { wanted, y, height } = await onlyPrimary(page, 'raise_hand');
  assert.ok(height >= 64, `the hand is ${height} px high`);
  assert.ok(y > page.viewportSize().height / 2, 'the hand is out of the thumb’s reach');
  // For the keyboard it is the first stop of all.
  assert.equal(await firstIn(page, 'body'), page.say('raise_hand'));
  await wanted.click();
}

describe('a hand within ten seconds of opening the link', () => {
  for (const language of languages) {
    it(`Q3 A1: three presses, one of them for the kind: ${language}`, async (t) => {
      const page = await newPage(browser, { phone: true, language });
      const from = performance.now();
      await comeIn(page, formal, asReadOn(page, 'Georgia'));
      await raiseHand(page);
      const kind = page.say('kind_intervention');
      const first = await firstIn(page, 'dialog');
      assert.ok(first.startsWith(kind), `${first} comes first`);
      const focused = await page.evaluate(() => document.activeElement.textContent.trim());
      assert.ok(focused.startsWith(kind), `${focused} has the focus`);
      assert.equal(await page.locator('dialog .primary:visible').count(), 0);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: new RegExp(`^${kind}`) })
        .click();
      await placed(page).waitFor();
      const tookMs = Math.round(performance.now() - from);
      t.diagnostic(`the machine took ${tookMs} ms of the ten seconds`);
      assert.ok(tookMs <= tenSecondsMs - personMs, `${tookMs} ms`);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    it(`Q3 A1: two presses where there is one kind of hand: ${language}`, async () => {
      const page = await newPage(browser, { phone: true, language });
      await comeIn(page, simple);
      await raiseHand(page);
      await placed(page).waitFor();
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

    it(`A1: by the keyboard alone, without looking for anything: ${language}`, async () => {
      const page = await newPage(browser, { language });
      await page.goto(`${server.url}/j/${formal.code}`);
      await page.getByLabel(page.say('your_name')).focus();
      await page.keyboard.type('Kim Min-jun');
      await page.keyboard.press('Enter');
      await button(page, 'raise_hand').waitFor();
      await page.keyboard.press('Tab'); // to the way past the page
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter'); // the ordinary kind
      await placed(page).getByText(page.say('kind_intervention')).waitFor();
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }
});
