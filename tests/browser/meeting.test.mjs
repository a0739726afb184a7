// A meeting of five pages: two moderators, two participants (one by code, one by link), the
// display. Some read French and the others English; PLENARY_ALL=1 takes the other way round too.
// The tests follow each other, as the meeting does.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { asReadOn, partnersInBoth } from './support/partners.mjs';
import {
  clockMs,
  clocksTogether,
  entryRow,
  floorName,
  joinByCode,
  joinByLink,
  next,
  nextButton,
  onEntry,
  queueOf,
  raise,
  raiseButton,
  spread,
  startItem,
  steady,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import {
  button,
  buttonOn,
  heading,
  text,
  undoOf,
  untilPlaced,
  untilTitled,
} from './support/said.mjs';
import { Server } from './support/server.mjs';

const server = new Server();
let browser;

before(async () => {
  await server.start();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

const as = (page, name, delegation) => ({ name, delegation: asReadOn(page, delegation) });

const ways = [
  ['fr', 'en'],
  ['en', 'fr'],
];

for (const [ours, theirs] of process.env.PLENARY_ALL ? ways : ways.slice(0, 1)) {
  describe(`the meeting, chair and display in ${ours}, the others in ${theirs}`, () => {
    let session;
    let chair, deputy, nino, kim, display;
    let pages;

    before(async () => {
      session = await server.createSession(partnersInBoth());
      chair = await newPage(browser, { language: ours });
      deputy = await newPage(browser, { language: theirs });
      nino = await newPage(browser, { language: theirs, phone: true });
      kim = await newPage(browser, { language: ours, phone: true });
      display = await newPage(browser, { language: ours });
      pages = { chair, deputy, nino, kim, display };
    });

    after(async () => {
      for (const page of Object.values(pages)) await page.context().close();
    });

    it('D1: in DRAFT the display shows start and join code', async () => {
      await display.goto(session.links[3]);
      const date = { en: '12 May 2027', fr: '12 mai 2027' }[ours];
      await text(display, 'display_draft_on', { date, time: '09:00' }).waitFor();
      const shown = await display.locator('.code').innerText();
      assert.equal(shown.replace(/\s/g, ''), session.code);
    });

    it('P1 P2: moderators come in by link, participants by code and by link', async () => {
      await joinByLink(chair, session.links[0], as(chair, 'Elira Hoxha', 'Albania'));
      await joinByLink(deputy, session.links[1], as(deputy, 'Armen Sargsyan', 'Armenia'));
      await joinByCode(nino, server.url, session.code, as(nino, 'Nino Beridze', 'Georgia'));
      await joinByLink(kim, session.links[2], as(kim, 'Kim Min-jun', 'Republic of Korea'));
      for (const page of [chair, deputy]) await heading(page, 'queue_title').waitFor();
      for (const page of [nino, kim]) await raiseButton(page).waitFor();
      for (const [name, page] of Object.entries(pages)) {
        assert.doesNotMatch(page.url(), /#/, `${name}: the token stays in the address bar`);
      }
    });

    it('P1: the same person after a reload', async () => {
      await nino.reload();
      await raiseButton(nino).waitFor();
      await text(chair, 'people_entered', { count: 4 }).waitFor();
    });

    it('S1: a moderator opens the session and starts items', async () => {
      await button(chair, 'session_open').click();
      await button(deputy, 'session_pause').first().waitFor();
      await startItem(chair, asReadOn(chair, 'Welcome'));
      await startItem(chair, asReadOn(chair, 'Opening remarks'));
      for (const page of [nino, kim]) {
        const name = asReadOn(page, 'Opening remarks');
        await page.getByRole('heading', { name, level: 1 }).waitFor();
      }
      await display.locator('.item', { hasText: asReadOn(display, 'Opening remarks') }).waitFor();
    });

    it('Q1 Q3 Q8: hands of several kinds stand in the same order on every page', async () => {
      await raise(nino, nino.say('kind_intervention'), 'On the second paragraph');
      await untilPlaced(nino, 1);
      await raise(kim, kim.say('kind_intervention'));
      await untilPlaced(kim, 2);
      await raise(kim, kim.say('kind_point_of_order'));
      for (const page of [chair, deputy]) {
        await untilQueueIs(page, ['Kim Min-jun', 'Nino Beridze', 'Kim Min-jun']);
      }
      await untilPlaced(nino, 2);
      await entryRow(chair, 'Nino Beridze').getByText('On the second paragraph').waitFor();
      // The note is for staff and owner (P8).
      assert.equal(await kim.getByText('On the second paragraph').count(), 0);
    });

    it('Q10: an entry says why it stands where it stands', async () => {
      await button(nino, 'why_here').click();
      const kind = nino.say('kind_point_of_order');
      await text(nino, 'why_higher_band', { count: 1, kind }).waitFor();
    });

    it('P5: an unconfirmed delegation is marked to staff, never shown on the display', async () => {
      const marked = entryRow(chair, 'Nino Beridze').getByText(chair.say('unconfirmed'));
      const georgia = display.getByText(asReadOn(display, 'Georgia'));
      await marked.waitFor();
      await display.getByText('Nino Beridze').waitFor();
      assert.equal(await georgia.count(), 0);
      await buttonOn(chair, 'person_confirm', 'Nino Beridze').click();
      await georgia.waitFor();
      await marked.waitFor({ state: 'detached' });
    });

    it('Q5: Next says who that is, and gives the floor on every page', async () => {
      assert.match(await nextButton(chair).innerText(), /Kim Min-jun/);
      await next(chair, 'Kim Min-jun');
      for (const page of [chair, deputy, nino, display]) {
        const name = page === display ? display.locator('.name') : floorName(page);
        await until(async () => assert.equal(await name.innerText(), 'Kim Min-jun'), page);
      }
      await heading(kim, 'you_have_floor').waitFor();
      await untilTitled(kim, 'you_have_floor');
    });

    it('Q14: the next one is told', async () => {
      await heading(nino, 'you_are_next').waitFor();
      await untilTitled(nino, 'you_are_next');
    });

    it('T1: clocks on all pages agree within 250 ms', async (t) => {
      const clocks = await clocksTogether([chair, deputy, nino, kim, display]);
      t.diagnostic(`spread of five clocks: ${spread(clocks)} ms`);
      assert.ok(spread(clocks) <= 250, `${clocks}`);
    });

    it('T3: pause, resume, add time; the speaker can yield', async () => {
      await steady(chair.locator('.stage'), chair.say('speech_pause')).click();
      await text(nino, 'clock_paused').waitFor();
      const stood = await clockMs(nino);
      await nino.waitForTimeout(700);
      assert.equal(await clockMs(nino), stood);
      await steady(chair.locator('.stage'), chair.say('speech_resume')).click();
      await text(nino, 'clock_paused').waitFor({ state: 'detached' });
      await button(chair, 'speech_add').click();
      await text(kim, 'clock_of', { limit: '4:00' }).waitFor();
      await button(kim, 'i_am_done').click();
      for (const page of [chair, deputy]) await text(page, 'floor_nobody').waitFor();
    });

    it('Q15: an end is undone, and the speech goes on', async () => {
      await undoOf(chair, 'act_end', 'Kim Min-jun').click();
      await heading(kim, 'you_have_floor').waitFor();
      await steady(chair.locator('.stage'), chair.say('speech_end')).click();
      await text(chair, 'floor_nobody').waitFor();
    });

    it('Q8: a moderator holds, releases and moves, by single clicks', async () => {
      await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
      await onEntry(chair, 'Nino Beridze', chair.say('entry_hold'));
      await text(nino, 'own_held').waitFor();
      await untilPlaced(kim, 1);
      await onEntry(chair, 'Nino Beridze', chair.say('entry_release'));
      await untilPlaced(nino, 1);
      await onEntry(chair, 'Nino Beridze', chair.say('entry_down'));
      await untilQueueIs(deputy, ['Kim Min-jun', 'Nino Beridze']);
      await undoOf(chair, 'act_move', 'Nino Beridze').click();
      await untilQueueIs(deputy, ['Nino Beridze', 'Kim Min-jun']);
    });

    it('A1: the focus stays on its entry when the list moves under it', async () => {
      const head = entryRow(deputy, 'Kim Min-jun').locator('button').first();
      await head.focus();
      await onEntry(chair, 'Nino Beridze', chair.say('entry_down'));
      await untilQueueIs(deputy, ['Kim Min-jun', 'Nino Beridze']);
      assert.ok(await head.evaluate((element) => element === document.activeElement));
      await onEntry(chair, 'Kim Min-jun', chair.say('entry_down'));
      await untilQueueIs(deputy, ['Nino Beridze', 'Kim Min-jun']);
      assert.ok(await head.evaluate((element) => element === document.activeElement));
    });

    it('Q6: a closed queue refuses, except points of order', async () => {
      await steady(chair, chair.say('queue_close')).click();
      await text(nino, 'queue_closed').waitFor();
      await button(nino, 'raise_hand_again').click();
      const dialog = nino.getByRole('dialog');
      const kind = (key) => dialog.getByRole('button', { name: new RegExp(`^${nino.say(key)}`) });
      assert.equal(await kind('kind_right_of_reply').getAttribute('aria-disabled'), 'true');
      await kind('kind_point_of_order').click();
      await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze', 'Kim Min-jun']);
      await steady(chair, chair.say('queue_open')).click();
      await button(deputy, 'queue_close').waitFor();
    });

    it('Q15: a withdrawal is undone by its owner, in the same place', async () => {
      const kind = nino.locator('strong', { hasText: nino.say('kind_point_of_order') });
      const own = nino.locator('li', { has: kind });
      await own.getByRole('button', { name: nino.say('lower_hand') }).click();
      await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
      await button(nino, 'hand_back_up').click();
      await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze', 'Kim Min-jun']);
    });

    it('Q8: somebody lets the next one go first, never forward', async () => {
      const ownOf = (page, kind) =>
        page.locator('[data-request]', { has: page.getByText(page.say(kind), { exact: true }) });
      const intervention = ownOf(nino, 'kind_intervention');
      // Behind the only point of order there is none that it could let go first.
      await ownOf(nino, 'kind_point_of_order').waitFor();
      assert.equal(await button(nino, 'step_back').count(), 1);
      await button(nino, 'step_back', {}, intervention).click();
      await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun', 'Nino Beridze']);
      await text(nino, 'own_moved', {}, intervention).waitFor();
      await button(nino, 'step_back').waitFor({ state: 'detached' });
      await button(kim, 'step_back').click();
      await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze', 'Kim Min-jun']);
    });

    it('Q14: somebody is asked to be next, and is ready', async () => {
      await onEntry(chair, 'Kim Min-jun', chair.say('entry_ask'));
      await text(kim, 'asked_title').waitFor();
      await button(kim, 'asked_yes').click();
      await entryRow(chair, 'Kim Min-jun').getByText(chair.say('entry_accepted')).waitFor();
    });

    it('Q5: both moderators press Next at once: nobody is skipped or doubled', async () => {
      await untilQueueIs(chair, ['Nino Beridze', 'Nino Beridze', 'Kim Min-jun']);
      await untilQueueIs(deputy, ['Nino Beridze', 'Nino Beridze', 'Kim Min-jun']);
      for (const page of [chair, deputy]) {
        await page.locator('button[data-deaf="false"]', { hasText: 'Nino Beridze' }).waitFor();
      }
      await Promise.all([chair, deputy].map((page) => nextButton(page).click()));
      await untilFloorIs(chair, 'Nino Beridze');
      await untilFloorIs(deputy, 'Nino Beridze');
      await untilQueueIs(chair, ['Nino Beridze', 'Kim Min-jun']);
      await untilQueueIs(deputy, ['Nino Beridze', 'Kim Min-jun']);
    });

    it('A4: Next is deaf for a second after its label changed', async () => {
      await next(chair, 'Nino Beridze');
      await chair.locator('button[data-deaf="true"]', { hasText: 'Kim Min-jun' }).waitFor();
      await nextButton(chair).click({ force: true });
      await chair.locator('button[data-deaf="false"]', { hasText: 'Kim Min-jun' }).waitFor();
      await untilQueueIs(chair, ['Kim Min-jun']);
      await untilFloorIs(chair, 'Nino Beridze');
    });

    it('P9: a person changes rooms, and the entry stays', async () => {
      await text(kim, 'change_room').click();
      await buttonOn(kim, 'room_enter', asReadOn(kim, 'Human security')).click();
      const plenary = asReadOn(kim, 'Plenary');
      const elsewhere = kim.getByText(kim.say('own_in_room', { room: plenary }), { exact: true });
      await elsewhere.waitFor();
      const where = chair.say('entry_in_room', { room: asReadOn(chair, 'Human security') });
      await entryRow(chair, 'Kim Min-jun').getByText(where).waitFor();
      await buttonOn(kim, 'room_enter', plenary).click();
      await elsewhere.waitFor({ state: 'detached' });
    });

    it('S1 T1: the pause of the session stops the clock', async () => {
      await steady(chair.locator('.top'), chair.say('session_pause')).click();
      await text(nino, 'paused_line').waitFor();
      await text(display, 'display_paused_line').waitFor();
      const stood = await clockMs(display);
      await display.waitForTimeout(600);
      assert.equal(await clockMs(display), stood);
      await steady(chair.locator('.top'), chair.say('session_resume')).click();
      await text(nino, 'paused_line').waitFor({ state: 'detached' });
    });

    it('S5: an announcement stands until withdrawn; each reader may put it away', async () => {
      await chair.getByRole('tab', { name: chair.say('tab_announcements') }).click();
      await chair.getByLabel(chair.say('announce_text')).fill('Coffee in the foyer');
      await button(chair, 'announce_send').click();
      for (const page of [nino, kim]) await page.getByText('Coffee in the foyer').waitFor();
      await button(nino, 'announcement_put_away').click();
      await nino.getByText('Coffee in the foyer').waitFor({ state: 'detached' });
      await button(chair, 'announce_withdraw').click();
      await kim.getByText('Coffee in the foyer').waitFor({ state: 'detached' });
    });

    it('S6: closing asks first, and is reversed', async () => {
      await button(chair, 'session_close').click();
      const sure = chair.getByRole('dialog');
      await sure.getByRole('button', { name: chair.say('session_close_yes') }).click();
      await text(nino, 'closing_line').waitFor();
      await text(display, 'display_closed').waitFor();
      await steady(deputy.locator('.top'), deputy.say('session_reopen')).click();
      await text(nino, 'closing_line').waitFor({ state: 'detached' });
    });

    it('no page reported an error', () => {
      for (const [name, page] of Object.entries(pages)) {
        assert.deepEqual(page.complaints, [], name);
      }
    });

    it('Q8: the queue is as it was left', async () => {
      assert.deepEqual(await queueOf(chair), ['Kim Min-jun']);
    });
  });
}
