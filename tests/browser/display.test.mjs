// The display through a whole session, in two languages, dark and light (D1).
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
  steady,
  until,
} from './support/people.mjs';
import { readQr } from './support/qr.mjs';
import { Server } from './support/server.mjs';
import { Wire } from './support/wire.mjs';

const server = new Server();
let browser;
let session;
let chair, screen, ecran;

const longName = 'Maximiliana-Theodora Alexandrovna von Hohenstein-Sigmaringen'; // 60 characters
const agenda = {
  title: 'Talks',
  titles: { fr: 'Pourparlers' },
  date: '2027-05-12',
  start: '09:00',
  zone: 'Europe/Brussels',
  languages: ['en', 'fr'],
  rooms: [{ id: 'hall', name: 'Hall', preset: 'simple', speech_limit_s: 180 }],
  agenda: [
    {
      ...{ room: 'hall', kind: 'welcome', title: 'Welcome', titles: { fr: 'Accueil' } },
      ...{ planned_minutes: 10, speakers: ['The Chair'] },
    },
    {
      ...{ room: 'hall', kind: 'statements', title: 'Statements', planned_minutes: 45 },
      titles: { fr: 'Déclarations' },
    },
    { room: 'hall', kind: 'break', title: 'Coffee', titles: { fr: 'Café' }, planned_minutes: 15 },
    { room: 'hall', kind: 'other', title: 'Debate', titles: { fr: 'Débat' }, planned_minutes: 30 },
  ],
};
const button = (page, name) => page.getByRole('button', { name, exact: true });
// What both screens show, each in its words; what comes from the session may have two forms.
const both = (key, values = {}) =>
  Promise.all(
    [screen, ecran].map((page) => {
      const own = Object.entries(values).map(([name, value]) => [
        name,
        value?.[page.say.language] ?? value,
      ]);
      return page
        .getByText(page.say.like(key, Object.fromEntries(own)))
        .first()
        .waitFor();
    }),
  );
const bothTitles = ({ en, fr }) =>
  Promise.all([screen.getByText(en).first().waitFor(), ecran.getByText(fr).first().waitFor()]);
const titled = (english) => {
  const one = [agenda, ...agenda.agenda].find(({ title }) => title === english);
  return { en: one.title, fr: one.titles.fr };
};
const clock = /\d?\d:\d\d/;
const overflows = (page) =>
  page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.documentElement;
    return [scrollHeight > innerHeight, scrollWidth > innerWidth];
  });

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession(agenda, ['moderator', 'display']);
  const link = session.links[1];
  chair = await newPage(browser);
  screen = await newPage(browser);
  ecran = await newPage(browser, { language: 'fr', locale: 'en-GB' }); // as the link says
  await screen.goto(link);
  await ecran.goto(link.replace('#', '?lang=fr&theme=dark#'));
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('the display', () => {
  it('D1 S9: in DRAFT when it starts, the code, and a QR code that brings people in', async () => {
    const date = { en: '12 May 2027', fr: '12 mai 2027' };
    await both('display_draft_on', { date, time: '09:00' });
    await bothTitles(titled('Talks'));
    const shown = await screen.locator('.code').innerText();
    assert.equal(shown.replace(/\s/g, ''), session.code);
    assert.equal(await readQr(screen.locator('[data-qr]')), `${server.url}/j/${session.code}`);
  });

  it('D1: without a speaker the item, who is named for it, and what is next', async () => {
    await button(chair, 'Open the session').first().click();
    await startItem(chair, 'Welcome');
    await bothTitles(titled('Welcome'));
    await bothTitles({ en: 'The Chair', fr: 'The Chair' });
    await both('display_then_at', { time: clock, item: titled('Statements') });
    assert.equal(await screen.locator('[data-qr]').count(), 0);
  });

  it('D1 A5: a speaker of 60 characters stands whole, with the clock and who is next', async () => {
    const people = [longName, 'פאטמה אל-זהרא', 'ნინო ბერიძე', '山田 花子', '김민준'];
    for (const name of people) {
      const page = await newPage(browser, { phone: true });
      await joinByCode(page, server.url, session.code, { name });
      await raiseButton(page).click();
      await page
        .getByText(/^Place \d/)
        .first()
        .waitFor();
      await page.context().close();
    }
    await next(chair, longName);
    await screen.locator('.name', { hasText: longName }).waitFor();
    await screen.locator('[data-clock]').waitFor();
    await both('display_waiting_more', { count: 1 });
    const names = await screen.locator('.next').allInnerTexts();
    assert.deepEqual(names, people.slice(1, 4));
    for (const [width, height] of [
      [1920, 1080],
      [1024, 768],
      [640, 480],
    ]) {
      await screen.setViewportSize({ width, height });
      await until(async () => {
        assert.deepEqual(await overflows(screen), [false, false], `${width} × ${height}`);
      }, screen);
    }
    assert.equal(
      await screen.locator('main').evaluate((one) => getComputedStyle(one).cursor),
      'none',
    );
  });

  it('D1: PAUSED in words, with the clock that stands', async () => {
    await steady(chair.locator('.top'), 'Pause').click();
    await both('display_paused_line');
    await both('display_clock_stands', { time: clock });
    await steady(chair.locator('.top'), 'Resume').click();
    await screen.locator('.name', { hasText: longName }).waitFor();
  });

  it('D1: in a break the hour of resumption, what follows, and how to join', async () => {
    await startItem(chair, 'Coffee'); // and leaves the statements out
    await both('display_resumes', { time: clock });
    await both('display_then', { item: titled('Debate') });
    await chair.getByText('Next item: Debate').first().waitFor();
    assert.equal(await readQr(ecran.locator('[data-qr]')), `${server.url}/j/${session.code}`);
  });

  it('D1: when the time of a break is over, no hour is promised', async () => {
    const later = await newPage(browser);
    await later.clock.install();
    const wire = await Wire.of(later);
    await later.goto(session.links[1]);
    await later.getByText(/^Resumes at/).waitFor();
    wire.hold(); // the server would say what time it really is
    await later.clock.fastForward(16 * 60_000);
    await later.getByText('The session resumes shortly').waitFor();
    await later.context().close();
  });

  it('D1: dark or light by the link, or by the key D, which is remembered', async () => {
    const look = (page) =>
      page.locator('main').evaluate((one) => getComputedStyle(one).backgroundColor);
    assert.equal(await look(ecran), 'rgb(19, 20, 24)');
    assert.equal(await look(screen), 'rgb(250, 249, 247)');
    await screen.keyboard.press('d');
    await until(async () => assert.equal(await look(screen), 'rgb(19, 20, 24)'), screen);
    await screen.reload();
    await screen.getByText(/^Resumes at/).waitFor();
    assert.equal(await look(screen), 'rgb(19, 20, 24)');
    await ecran.keyboard.press('d');
    await ecran.reload();
    await ecran.getByText(/^Reprise à/).waitFor();
    assert.equal(await look(ecran), 'rgb(250, 249, 247)');
  });

  it('D1: stale for more than five seconds, the connection is said to be lost', async () => {
    await ecran.context().setOffline(true);
    await ecran.getByText('Connexion perdue').waitFor({ timeout: 40_000 });
    await ecran.context().setOffline(false);
    await ecran.getByText('Connexion perdue').waitFor({ state: 'detached', timeout: 40_000 });
  });

  it('D1: CLOSED in words', async () => {
    await button(chair, 'Close…').click();
    await chair.getByRole('dialog').getByRole('button', { name: 'Close the session' }).click();
    await both('display_closed');
    assert.deepEqual(screen.complaints, []);
    assert.deepEqual(ecran.complaints, []);
  });
});

describe('what changes while it is shown', () => {
  it('D1 A5: gets smaller until it stands whole: a title, a name', async () => {
    const waiting = ['Nino', 'Zoe', 'Kim'];
    const { links } = await server.createSession(agenda, ['moderator', 'display']);
    const [staff, small] = [await newPage(browser), await newPage(browser)];
    await small.setViewportSize({ width: 640, height: 360 });
    await small.goto(links[1]);
    await joinByLink(staff, links[0], { name: 'Elira Hoxha' });
    await button(staff, 'Open the session').first().click();
    await startItem(staff, 'Debate');
    await addSpeakers(
      staff,
      [longName, ...waiting].map((name) => ({ name })),
    );
    await next(staff, longName);
    const names = small.locator('.next');
    await names.nth(2).waitFor();
    const stands = () =>
      until(async () => assert.deepEqual(await overflows(small), [false, false]), small);
    await stands();

    const item = staff.locator('[data-item]').filter({ hasText: 'Debate' });
    await button(item, 'Change').click();
    const title = `On ${'the wording of the paragraph, '.repeat(6)}and its annexes`;
    await item.getByLabel('Title').first().fill(title);
    await button(item, 'Save').click();
    await small.getByText(title).waitFor();
    await stands();
    for (const [index, name] of waiting.entries()) {
      await staff.getByLabel('Find by name or delegation').fill(name);
      const person = staff.locator('[data-person]').filter({ hasText: name });
      await person.locator('button').first().click();
      await button(person, 'Change name or delegation').click();
      const long = `${name}${longName.slice(name.length)}`;
      await person.getByLabel('Name', { exact: true }).fill(long);
      await button(person, 'Save').click();
      await names.nth(index).filter({ hasText: long }).waitFor();
    }
    await stands();
    for (const page of [staff, small]) assert.deepEqual(page.complaints, []);
  });
});

describe('the display that a chair opens in the own browser', () => {
  it('P8: hides names and who is held, as one opened by a link', async () => {
    const committee = {
      ...agenda,
      delegations: ['Georgia', 'Jordan', 'Serbia', 'Albania'],
      rooms: [{ id: 'hall', name: 'Hall', preset: 'simple', names_hidden: true }],
    };
    const { id, links } = await server.createSession(committee, ['moderator', 'display']);
    const [own, linked] = [await newPage(browser), await newPage(browser)];
    await linked.goto(links[1]);
    await joinByLink(own, links[0], { name: 'Elira Hoxha' });
    await button(own, 'Open the session').first().click();
    await startItem(own, 'Debate');
    await addSpeakers(
      own,
      committee.delegations.map((delegation) => ({
        name: `Somebody of ${delegation}`,
        delegation,
      })),
    );
    await onEntry(own, 'Albania', 'Hold');
    await entryRow(own, 'Albania').getByText('held').first().waitFor();
    await own.goto(`${server.url}/s/${id}/display`);
    await until(async () => {
      for (const page of [own, linked]) {
        const row = await page.locator('main section').innerText();
        assert.deepEqual(row.match(/[^\d\s].*/g), ['Next', 'Georgia', 'Jordan', 'Serbia']);
      }
    }, own);
    assert.equal(await own.locator('main').innerText(), await linked.locator('main').innerText());
    for (const page of [own, linked]) assert.deepEqual(page.complaints, []);
  });
});
