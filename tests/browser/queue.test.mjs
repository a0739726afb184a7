// A long queue on the moderator's page, with the real server: eighty wait, and it stays at hand.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addSpeakers } from './support/add-speakers.mjs';
import { newPage, startBrowser } from './support/browser.mjs';
import { joinByCode, joinByLink, next, until, untilFloorIs } from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';

const server = new Server();
const waiting = 80;
let browser;
let session;
let chair, deputy;

const button = (page, name) => page.getByRole('button', { name, exact: true });
const rows = (page) => page.locator('[data-entry]');
const nameAt = (page, index) => rows(page).nth(index).locator('.name').innerText();
const speaker = (number) => `Speaker ${String(number).padStart(2, '0')}`;

before(async () => {
  await server.start();
  browser = await startBrowser();
  const agenda = { ...partnersMeeting(), entry: 'open' };
  session = await server.createSession(agenda, ['moderator', 'moderator']);
  chair = await newPage(browser);
  deputy = await newPage(browser);
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha', delegation: 'Albania' });
  await joinByLink(deputy, session.links[1], { name: 'Armen Sargsyan', delegation: 'Armenia' });
  await button(chair, 'Open the session').click();
  await button(chair, 'Pause').first().waitFor();
  const people = Array.from({ length: waiting }, (_, index) => ({ name: speaker(index + 1) }));
  await addSpeakers(chair, people);
});

after(async () => {
  await browser?.close();
  await server.stop();
});

// In the page: which entries of a list change from now on.
function watchPaint(selector) {
  const touched = new Set();
  let nodes = 0;
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      const entry = element?.closest(selector);
      if (!entry) continue;
      nodes += 1;
      touched.add(entry.querySelector('.name')?.textContent ?? entry.textContent);
    }
  }).observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
  });
  window.painted = () => ({ entries: [...touched], nodes });
}

async function paintedAfterFrames() {
  for (let frames = 0; frames < 20; frames += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return window.painted();
}

describe('eighty waiting', () => {
  it('Q1: the first fifty stand there, all on request, in order', async () => {
    await chair.getByText('The first 50 of 80 are shown.').waitFor();
    assert.equal(await rows(chair).count(), 50);
    await button(chair, 'Show all 80').click();
    await until(async () => assert.equal(await rows(chair).count(), 80), chair);
    for (const place of [1, 50, 51, 80]) {
      assert.equal(await nameAt(chair, place - 1), speaker(place));
    }
  });

  it('R4: all eighty are on paper, in order, none of them cut off', async () => {
    const paper = await chair.context().newPage();
    await paper.goto(`${server.url}/s/${session.id}/print?room=plenary`);
    const speakers = paper.locator('[data-speaker]');
    await until(async () => assert.equal(await speakers.count(), waiting), paper);
    const names = (await speakers.allInnerTexts()).map((row) => /Speaker \d+/.exec(row)?.[0]);
    assert.deepEqual(
      names,
      Array.from({ length: waiting }, (_, index) => speaker(index + 1)),
    );
    await paper.emulateMedia({ media: 'print' });
    const clipped = await speakers.last().evaluate((row) => {
      const around = [];
      for (let one = row; one !== null; one = one.parentElement) around.push(one);
      return around
        .filter((one) => one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0)
        .filter((one) => getComputedStyle(one).overflowY !== 'visible').length;
    });
    assert.equal(clipped, 0);
    const pdf = (await paper.pdf({ format: 'A4' })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(pages >= 2 && pages <= 4, `${pages} pages`);
    await paper.close();
  });

  it('A1: one stop for Tab; the keys reach the last entry; only the opened has tools', async () => {
    assert.equal(await chair.locator('[data-focus][tabindex="0"]').count(), 1);
    await rows(chair).first().locator('[data-focus]').focus();
    await chair.keyboard.press('End');
    const last = rows(chair).last().locator('[data-focus]');
    assert.ok(await last.evaluate((element) => element === document.activeElement));
    await chair.keyboard.press('Enter');
    await button(chair, 'To the end').waitFor();
    assert.equal(await chair.getByRole('group', { name: /^Actions for Speaker/ }).count(), 1);
  });

  it('Q8: the last goes before the third; the list follows, beyond the view too', async () => {
    const tools = chair.getByRole('group', { name: 'Actions for Speaker 80' });
    await tools.getByRole('combobox').selectOption({ label: '3 Speaker 03' });
    await button(tools, 'Move').click();
    await until(async () => assert.equal(await nameAt(deputy, 2), 'Speaker 80'), deputy);
    await until(async () => assert.equal(await nameAt(chair, 2), 'Speaker 80'), chair);
    await until(async () => assert.equal(await nameAt(chair, 79), 'Speaker 79'), chair);
    assert.equal(await rows(chair).count(), 80);
  });

  it('A3: one entry of 80 changes, and nothing else is repainted', async (t) => {
    const phone = await newPage(browser, { phone: true });
    await joinByCode(phone, server.url, session.code, { name: 'Nino Beridze' });
    await phone.getByText('80 waiting').waitFor();
    await phone.getByRole('heading', { name: 'Agenda' }).waitFor();
    await rows(deputy).nth(39).locator('[data-focus]').click();
    const ask = deputy.getByRole('group', { name: /^Actions for Speaker/ });
    await button(ask, 'Ask to be next').waitFor();
    // Rows far below are drawn when the page has time: the move before this must have reached them.
    const drawn = async () => assert.match(await rows(chair).last().innerText(), /^80\b/);
    await until(drawn, chair);
    await chair.evaluate(watchPaint, '[data-entry]');
    await phone.evaluate(watchPaint, 'main ol li');
    await button(ask, 'Ask to be next').click();
    const asked = rows(chair).nth(39);
    await asked.getByText('asked', { exact: true }).waitFor();
    // What the page would draw later for the same change has been drawn by then.
    const painted = await chair.evaluate(paintedAfterFrames);
    t.diagnostic(`of 80 entries repainted: ${painted.entries.length}; nodes: ${painted.nodes}`);
    assert.deepEqual(painted.entries, [await asked.locator('.name').innerText()]);
    const elsewhere = await phone.evaluate(paintedAfterFrames);
    assert.deepEqual(elsewhere, { entries: [], nodes: 0 });
    await phone.context().close();
  });

  it('Q5: a call leaves every page with the same queue', async (t) => {
    const from = performance.now();
    await next(chair, 'Speaker 01');
    await untilFloorIs(deputy, 'Speaker 01');
    t.diagnostic(`called and seen after ${Math.round(performance.now() - from)} ms`);
    await until(async () => assert.equal(await rows(chair).count(), 79), chair);
    await until(async () => assert.equal(await nameAt(deputy, 0), 'Speaker 02'), deputy);
    assert.equal(await nameAt(chair, 78), 'Speaker 79');
  });

  it('no page reported an error', () => {
    for (const page of [chair, deputy]) assert.deepEqual(page.complaints, []);
  });
});
