// A day's busiest hour on one page: a plenary and five workshops, 33 delegations, twelve items, and
// eighty who wait. The plenary's moderator, in French, sees all rooms, goes into one, acts there
// and comes back; in the rooms people read English.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addSpeakers } from './support/add-speakers.mjs';
import { newPage, startBrowser } from './support/browser.mjs';
import { asReadOn, partnersInBoth } from './support/partners.mjs';
import {
  joinByCode,
  joinByLink,
  next,
  nextButton,
  raise,
  raiseButton,
  spread,
  startItem,
  until,
  untilFloorIs,
  untilQueueIs,
} from './support/people.mjs';
import { button, buttonOn, text, untilPlaced } from './support/said.mjs';
import { Server } from './support/server.mjs';

const server = new Server();
const waiting = { plenary: 34, crisis: 16, cooperative: 12, terrorism: 9, human: 6, cyber: 3 };
const speaking = ['plenary', 'crisis', 'terrorism', 'human']; // one of those waiting each
let browser;
let session, meeting;
let chair, deputy, kim, nino, layla;
let phones; // a room to somebody in it

const glance = (page, room) => page.locator(`[data-room="${room}"]`);
const choose = async (page, room) => {
  await glance(page, room).click();
  await page.locator(`[data-room="${room}"][aria-pressed="true"]`).waitFor();
};
const press = (page, words) =>
  page.locator('button[data-deaf="false"][aria-disabled="false"]', { hasText: words }).click();
const nameOf = (page, id) => asReadOn(page, meeting.rooms.find((room) => room.id === id).name);
const speakerOf = (room, number) => `${room} ${String(number).padStart(2, '0')}`;

// The sample with a fifth workshop, twelve items in all.
function agenda() {
  const { rooms, agenda: items, ...rest } = partnersInBoth({ entry: 'open' });
  items[0].speakers = []; // whoever raises a hand first has the floor first
  const left = ['Situational briefing', 'Statements of support'];
  const workshop = items.find(({ room }) => room === 'human');
  const fifth = { ...workshop, room: 'cyber', title: 'Cyber defence', titles: {} };
  return {
    ...rest,
    rooms: [
      ...rooms.map((room) =>
        room.id === 'counter-terrorism' ? { ...room, id: 'terrorism' } : room,
      ),
      { ...rooms.at(-1), id: 'cyber', name: 'Cyber defence', names: {} },
    ],
    agenda: [...items.filter(({ title }) => !left.includes(title)), fifth].map((item) =>
      item.room === 'counter-terrorism' ? { ...item, room: 'terrorism' } : item,
    ),
  };
}

// In each room its workshop runs, as many hands are up as there are to be, and somebody may speak.
async function fill(page, rooms) {
  for (const [index, room] of rooms.entries()) {
    await choose(page, room);
    const item = meeting.agenda.find((one) => one.room === room && one.kind === 'workshop');
    await startItem(page, asReadOn(page, item.title));
    const count = waiting[room] + (speaking.includes(room) ? 1 : 0);
    const speakers = Array.from({ length: count }, (_, at) => {
      const { name } = meeting.delegations[(index * 7 + at) % meeting.delegations.length];
      return { name: speakerOf(room, at + 1), delegation: asReadOn(page, name) };
    });
    await addSpeakers(page, speakers);
    if (speaking.includes(room)) await next(page, speakerOf(room, 1));
  }
}

before(async () => {
  await server.start();
  browser = await startBrowser();
  meeting = agenda();
  session = await server.createSession(meeting);
  chair = await newPage(browser, { language: 'fr' });
  deputy = await newPage(browser);
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha', delegation: 'Albanie' });
  await joinByLink(deputy, session.links[1], { name: 'Armen Sargsyan', delegation: 'Armenia' });
  await press(chair, chair.say('session_open'));
  await button(deputy, 'session_pause').first().waitFor();
  await Promise.all([
    fill(chair, ['plenary', 'cyber']),
    fill(deputy, ['crisis', 'cooperative', 'terrorism', 'human']),
  ]);
  const people = [
    ['Kim Min-jun', 'Japan', 'crisis'],
    ['Nino Beridze', 'Georgia', 'human'],
    ['Layla al-Masri', 'Jordan', 'plenary'],
  ];
  phones = new Map();
  for (const [name, delegation, room] of people) {
    const page = await newPage(browser, { phone: true });
    await joinByCode(page, server.url, session.code, { name, delegation });
    await raiseButton(page).waitFor();
    if (room !== 'plenary') {
      await text(page, 'change_room').click();
      await buttonOn(page, 'room_enter', nameOf(page, room)).click();
      await untilFloorIs(page, speakerOf(room, 1));
    }
    phones.set(room, page);
  }
  [kim, nino, layla] = phones.values();
  await choose(chair, 'plenary');
});

after(async () => {
  await browser?.close();
  await server.stop();
});

// When a text with a time in it next changes, and to what: a second of it begins at one moment on
// all screens.
function nextSecond(part) {
  return part.evaluate(
    (element) =>
      new Promise((resolve) => {
        const timeOf = () => /\d+:\d\d/.exec(element.textContent)?.[0];
        const first = timeOf();
        const watcher = new MutationObserver(() => {
          if (timeOf() === first) return;
          watcher.disconnect();
          const [minutes, seconds] = timeOf().split(':').map(Number);
          resolve((minutes * 60 + seconds) * 1000 + Date.now()); // what is left: counts down
        });
        watcher.observe(element, { childList: true, subtree: true, characterData: true });
      }),
  );
}

describe('a plenary and five workshops', () => {
  it('S2 Q1: one glance a room: its item, who speaks, and how many of the 80 wait', async () => {
    assert.equal(await chair.locator('[data-room]').count(), 6);
    for (const [room, count] of Object.entries(waiting)) {
      const one = glance(chair, room);
      await one.getByText(chair.say('waiting_count', { count })).waitFor();
      const who = speaking.includes(room) ? speakerOf(room, 1) : chair.say('glance_free');
      await one.getByText(who).waitFor();
      assert.match(await one.innerText(), new RegExp(nameOf(chair, room)));
    }
    const total = Object.values(waiting).reduce((sum, count) => sum + count);
    assert.equal(total, 80);
    assert.equal(await chair.locator('[data-item]').count(), 7); // the plenary's of the twelve
  });

  it('Q1: the counts are those that people in the rooms see', async () => {
    for (const [room, page] of phones) {
      await text(page, 'waiting_count', { count: waiting[room] }).first().waitFor();
    }
    await raise(nino, nino.say('kind_new_topic'));
    await untilPlaced(nino, 7);
    await glance(chair, 'human')
      .getByText(chair.say('waiting_count', { count: 7 }))
      .waitFor();
  });

  it('T1: the clocks at a glance agree with those in the rooms within 250 ms', async (t) => {
    for (const [room, page] of phones) {
      const clocks = await Promise.all([
        nextSecond(glance(chair, room).locator('.clock')),
        nextSecond(page.locator('.floor [data-clock] .time')),
      ]);
      t.diagnostic(`${room}: ${Math.round(spread(clocks))} ms apart`);
      assert.ok(spread(clocks) <= 250, `${room}: ${clocks}`);
    }
  });

  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
  ]) {
    it(`A1: six rooms, the floor and who is next, without scrolling: ${width} px`, async () => {
      await chair.setViewportSize({ width, height });
      // Where the list was scrolled to, to call somebody from it, is no matter here.
      await chair
        .locator('[data-entry]')
        .first()
        .evaluate((entry) => {
          for (let at = entry; at; at = at.parentElement) at.scrollTop = 0;
        });
      const parts = Object.keys(waiting).map((room) => glance(chair, room));
      const clock = chair.locator('.stage [data-clock]');
      for (const part of [
        ...parts,
        clock,
        nextButton(chair),
        chair.locator('[data-entry]').first(),
      ]) {
        const { y, height: high, x, width: wide } = await part.boundingBox();
        const shown = y >= 0 && y + high <= height && x >= 0 && x + wide <= width;
        assert.ok(shown, `${await part.innerText()}: ${y} + ${high}`);
      }
    });
  }

  it('P2 Q5: the moderator goes into a room, gives the floor there, and comes back', async () => {
    await chair.setViewportSize({ width: 1440, height: 900 });
    await choose(chair, 'human');
    await untilFloorIs(chair, speakerOf('human', 1));
    const names = Array.from({ length: 6 }, (_, at) => speakerOf('human', at + 2));
    await untilQueueIs(chair, [...names, 'Nino Beridze']);
    await next(chair, speakerOf('human', 2));
    await untilFloorIs(nino, speakerOf('human', 2));
    await glance(chair, 'human').getByText(speakerOf('human', 2)).waitFor();
    await glance(chair, 'human')
      .getByText(chair.say('waiting_count', { count: 6 }))
      .waitFor();
    // Nobody else's room moved.
    for (const [room, page] of [
      ['crisis', kim],
      ['plenary', layla],
    ]) {
      await untilFloorIs(page, speakerOf(room, 1));
      await glance(chair, room).getByText(speakerOf(room, 1)).waitFor();
    }
    await choose(chair, 'plenary');
    await untilFloorIs(chair, speakerOf('plenary', 1));
    await until(async () => assert.equal(await chair.locator('[data-entry]').count(), 34), chair);
  });

  it('Q5: what happens in a room shows at a glance, whichever room is open', async () => {
    await choose(deputy, 'crisis');
    await next(deputy, speakerOf('crisis', 2));
    await untilFloorIs(kim, speakerOf('crisis', 2));
    await glance(chair, 'crisis').getByText(speakerOf('crisis', 2)).waitFor();
    await glance(chair, 'crisis')
      .getByText(chair.say('waiting_count', { count: 15 }))
      .waitFor();
    await untilFloorIs(chair, speakerOf('plenary', 1));
  });

  it('A1: into a room and back by the keyboard alone; the focus stays on its room', async () => {
    await glance(chair, 'terrorism').focus();
    await chair.keyboard.press('Enter');
    await untilFloorIs(chair, speakerOf('terrorism', 1));
    const focused = () => document.activeElement?.getAttribute('data-room');
    assert.equal(await chair.evaluate(focused), 'terrorism');
    await glance(chair, 'plenary').focus();
    await chair.keyboard.press('Enter');
    await untilFloorIs(chair, speakerOf('plenary', 1));
    assert.equal(await chair.evaluate(focused), 'plenary');
  });

  it('S3: each room has its own end, the same for the moderator and for those in it', async () => {
    const endOn = async (page) => {
      const time = /.*\d\d:\d\d/;
      const today = page.say.like('agenda_expected_end', { time });
      const later = page.say.like('agenda_expected_end_on', { date: /.*/, time });
      const said = new RegExp(`${today.source}|${later.source}`);
      return /\d\d:\d\d/.exec(await page.getByText(said).first().innerText())[0];
    };
    for (const [room, page] of phones) {
      await choose(chair, room);
      await until(async () => assert.equal(await endOn(chair), await endOn(page), room), chair);
    }
    assert.notEqual(await endOn(layla), await endOn(kim)); // the plenary goes on after lunch
  });

  it('no page reported an error', () => {
    for (const page of [chair, deputy, kim, nino, layla]) assert.deepEqual(page.complaints, []);
  });
});
