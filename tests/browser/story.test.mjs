// A whole meeting: six people, two moderators among them, over three items and a lunch, until the
// session is closed. Some read English and the others French, once each way round.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { asReadOn, partnersInBoth } from './support/partners.mjs';
import {
  entryRow,
  floorName,
  joinByCode,
  joinByLink,
  next,
  nextButton,
  raiseButton,
  steady,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import { button, heading, text, undoOf, untilPlaced, untilTitled } from './support/said.mjs';
import { Server } from './support/server.mjs';
import { Wire } from './support/wire.mjs';

const server = new Server();
const opening = 'Deputy Chair of the Military Committee'; // named for the first item
let browser;

before(async () => {
  await server.start();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

function agenda() {
  const meeting = partnersInBoth({ entry: 'open' });
  const items = ['Welcome', 'Statements of support', 'Lunch', 'Closing remarks'];
  const chosen = items.map((name) => meeting.agenda.find(({ title }) => title === name));
  const [plenary] = meeting.rooms;
  return { ...meeting, rooms: [{ ...plenary, preset: 'simple' }], agenda: chosen };
}

for (const [ours, theirs] of [
  ['en', 'fr'],
  ['fr', 'en'],
]) {
  describe(`a whole meeting, the chair in ${ours}, the deputy in ${theirs}`, () => {
    let session;
    let chair, deputy, nino, kim, layla, ana, display;
    let six, everyone;
    let wire; // of Layla's phone

    before(async () => {
      session = await server.createSession(agenda());
      const laptop = (language) => newPage(browser, { language });
      const phone = (language) => newPage(browser, { language, phone: true });
      [chair, deputy, display] = [await laptop(ours), await laptop(theirs), await laptop(ours)];
      [nino, kim, layla, ana] = [
        ...[await phone(theirs), await phone(ours)],
        ...[await phone(ours), await phone(theirs)],
      ];
      await layla.clock.install();
      wire = await Wire.of(layla);
      six = [chair, deputy, nino, kim, layla, ana];
      everyone = [...six, display];
    });

    after(async () => {
      for (const page of everyone) await page.context().close();
    });

    const shows = (name) => display.locator('.name', { hasText: name }).waitFor();
    // Presses the large button, or another one that follows the meeting, once it says this.
    const press = (page, words) =>
      page.locator('button[data-deaf="false"][aria-disabled="false"]', { hasText: words }).click();
    const goOnTo = (page, item) => press(page, `${page.say('item_next')} ${asReadOn(page, item)}`);
    const raise = async (page, place) => {
      await raiseButton(page).click();
      await untilPlaced(page, place);
    };
    const top = (page) => page.locator('.top');

    it('D1: in DRAFT the display shows when it starts and how to come in', async () => {
      await display.goto(session.links[3]);
      const date = { en: '12 May 2027', fr: '12 mai 2027' }[ours];
      await text(display, 'display_draft_on', { date, time: '09:00' }).waitFor();
      await text(display, 'display_join', {}, display.locator('.how')).waitFor();
    });

    it('P1 P2: six come in, two of them as moderators', async () => {
      const as = (page, name, from) => ({ name, delegation: asReadOn(page, from) });
      await joinByLink(chair, session.links[0], as(chair, 'Elira Hoxha', 'Albania'));
      await joinByLink(deputy, session.links[1], as(deputy, 'Armen Sargsyan', 'Armenia'));
      const [, , link] = session.links;
      const byCode = (page, who) => joinByCode(page, server.url, session.code, who);
      await Promise.all([
        joinByLink(nino, link, as(nino, 'Nino Beridze', 'Georgia')),
        joinByLink(kim, link, as(kim, 'Kim Min-jun', 'Republic of Korea')),
        byCode(layla, as(layla, 'Layla al-Masri', 'Jordan')),
        byCode(ana, as(ana, 'Ana Kovač', 'Serbia')),
      ]);
      await text(chair, 'people_entered', { count: 6 }).waitFor();
      await text(ana, 'hand_when_open').waitFor();
    });

    it('S1 S2 P6: the large button opens, starts the first item, calls its speaker', async () => {
      await press(chair, chair.say('session_open'));
      await press(chair, `${chair.say('item_start')} ${asReadOn(chair, 'Welcome')}`);
      await press(chair, `${chair.say('next_speaker')} ${opening}`);
      for (const page of six) await untilFloorIs(page, opening);
      await shows(opening);
    });

    it('S9 Q1: the second item; three hands stand in one order everywhere', async () => {
      await goOnTo(chair, 'Statements of support');
      for (const page of [nino, kim]) {
        const name = asReadOn(page, 'Statements of support');
        await page.getByRole('heading', { name, level: 1 }).waitFor();
      }
      await raise(nino, 1);
      await raise(kim, 2);
      await raise(layla, 3);
      for (const page of [chair, deputy]) {
        await untilQueueIs(page, ['Nino Beridze', 'Kim Min-jun', 'Layla al-Masri']);
        await entryRow(page, 'Nino Beridze').getByText(asReadOn(page, 'Georgia')).waitFor();
      }
      await next(chair, 'Nino Beridze');
      await untilTitled(nino, 'you_have_floor');
      await heading(kim, 'you_are_next').waitFor();
      await shows('Nino Beridze');
      await display.getByText(asReadOn(display, 'Georgia')).waitFor();
    });

    it('Q15: the deputy calls the next by mistake, and the chair undoes it', async () => {
      await next(deputy, 'Kim Min-jun');
      await untilTitled(kim, 'you_have_floor');
      await undoOf(chair, 'act_grant', 'Kim Min-jun').click();
      await untilTitled(nino, 'you_have_floor');
      await untilPlaced(kim, 1);
      await untilPlaced(layla, 2);
      for (const page of [chair, deputy]) {
        await untilFloorIs(page, 'Nino Beridze');
        await untilQueueIs(page, ['Kim Min-jun', 'Layla al-Masri']);
      }
      await shows('Nino Beridze');
    });

    it('Q2 C1 C3: a minute offline with the hand up, while the meeting goes on', async () => {
      await wire.down();
      const line = layla.getByText(
        layla.say.like('connection_offline_since', { time: /\d\d:\d\d/ }),
      );
      await line.waitFor();
      await text(layla, 'connection_hand_stays').waitFor();
      await next(chair, 'Kim Min-jun');
      await untilQueueIs(chair, ['Layla al-Masri']);
      await layla.clock.fastForward(60_000);
      await line.waitFor();
      await untilPlaced(layla, 2); // the last that is known, and marked as such
      await layla.getByText(layla.say('may_be_old')).first().waitFor();
      wire.up();
      await layla.clock.fastForward(30_000);
      await line.waitFor({ state: 'detached' });
      await untilTitled(layla, 'you_are_next');
      assert.equal(await floorName(layla).innerText(), 'Kim Min-jun');
      await untilQueueIs(deputy, ['Layla al-Masri']);
    });

    it('S1 D1: PAUSED in words on every page, and the same speech goes on', async () => {
      await steady(top(deputy), deputy.say('session_pause')).click();
      await text(display, 'display_paused_line').waitFor();
      for (const page of [layla, ana]) await text(page, 'paused_line').waitFor();
      await steady(top(chair), chair.say('session_resume')).click();
      await text(display, 'display_paused_line').waitFor({ state: 'detached' });
      await shows('Kim Min-jun');
    });

    it('P2: the chair is handed over to a delegate, who calls the next from a phone', async () => {
      await chair.getByLabel(chair.say('people_search')).fill('Nino');
      const row = chair.locator('[data-person]').filter({ hasText: 'Nino Beridze' });
      await row.locator('button').first().click();
      await button(chair, 'hand_over', {}, row).click();
      await text(chair, 'hand_over_line', { name: 'Nino Beridze' }, row).waitFor();
      await button(chair, 'hand_over_now', {}, row).last().click();
      await heading(chair, 'moderators_only_title').waitFor();
      assert.equal(await nextButton(chair).count(), 0);
      await nino.getByRole('link', { name: nino.say('moderate_link') }).click();
      await next(nino, 'Layla al-Masri');
      await untilTitled(layla, 'you_have_floor');
      await chair.getByRole('link', { name: chair.say('to_participant_page') }).click();
      await untilFloorIs(chair, 'Layla al-Masri');
      await shows('Layla al-Masri');
    });

    it('D1: in the break the display says when it goes on, and shows the code', async () => {
      await goOnTo(nino, 'Lunch');
      const time = /\d\d:\d\d/;
      await display.getByText(display.say.like('display_resumes', { time })).waitFor();
      const item = asReadOn(display, 'Closing remarks');
      await text(display, 'display_then', { item }).waitFor();
      const shown = await display.locator('.code').innerText();
      assert.equal(shown.replace(/\s/g, ''), session.code);
      await raiseButton(layla).waitFor(); // her speech ended with its item
    });

    it('S2: the third item; who has spoken yields, and the floor is free again', async () => {
      await goOnTo(nino, 'Closing remarks');
      await raise(ana, 1);
      await next(nino, 'Ana Kovač');
      await shows('Ana Kovač');
      await button(ana, 'i_am_done').click();
      for (const page of [deputy, kim]) await text(page, 'floor_nobody').waitFor();
      await text(display, 'display_then_nothing').waitFor();
    });

    it('S6 D1: CLOSED in words on every page', async () => {
      await button(deputy, 'session_close').click();
      const sure = deputy.getByRole('dialog');
      await button(deputy, 'session_close_yes', {}, sure).click();
      await text(display, 'display_closed').waitFor();
      for (const page of [chair, kim, layla, ana]) await text(page, 'closing_line').waitFor();
      for (const page of [kim, ana]) assert.equal(await raiseButton(page).count(), 0);
    });

    it('no page reported an error', async () => {
      for (const page of everyone) {
        assert.deepEqual(page.complaints, []);
        const { language } = page.say;
        await until(async () => {
          assert.equal(await page.evaluate(() => document.documentElement.lang), language);
        }, page);
      }
    });
  });
}
