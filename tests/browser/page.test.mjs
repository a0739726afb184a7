// The participant's page under a keyboard, a screen reader, a zoom, and a long list.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import {
  joinByCode,
  joinByLink,
  next,
  onEntry,
  raiseButton,
  startItem,
  steady,
  until,
} from './support/people.mjs';
import { partnersMeeting, Server } from './support/server.mjs';

const server = new Server();
let browser;
let session;
let chair, nino, kim;

async function raise(page, kind = 'Intervention') {
  await raiseButton(page)
    .or(page.getByRole('button', { name: 'Raise a hand for something else' }))
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^${kind}`) })
    .click();
}

before(async () => {
  await server.start();
  browser = await startBrowser();
  session = await server.createSession({ ...partnersMeeting(), entry: 'open' }, ['moderator']);
  [chair, nino, kim] = await Promise.all([
    newPage(browser),
    newPage(browser, { phone: true }),
    newPage(browser, { phone: true }),
  ]);
  await joinByLink(chair, session.links[0], { name: 'Elira Hoxha' });
  await chair.getByRole('button', { name: 'Open the session' }).click();
  await startItem(chair, 'Welcome');
  await nino.clock.install();
  await nino.addInitScript(() => {
    window.shaken = 0;
    navigator.vibrate = () => (window.shaken += 1) > 0;
  });
  await joinByCode(nino, server.url, session.code, { name: 'Nino Beridze' });
  await joinByCode(kim, server.url, session.code, { name: 'Kim Min-jun' });
  await raiseButton(kim).waitFor();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

// What a screen reader is told: every text that appears in a live region, in order.
async function listen(page) {
  await page.evaluate(() => {
    window.heard = [];
    const live = '[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"]';
    const said = (node) => {
      const region = (node instanceof Element ? node : node.parentElement)?.closest(live);
      const text = region?.textContent.replace(/\s+/g, ' ').trim();
      if (text) window.heard.push(text);
    };
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === 'characterData') said(target);
        for (const node of addedNodes) {
          said(node);
          if (node instanceof Element) node.querySelectorAll(live).forEach(said);
        }
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  return {
    times: async (words) =>
      (await page.evaluate(() => window.heard)).filter((text) => text.includes(words)).length,
  };
}

describe('the participant’s page', () => {
  it('A1: says the own place every 15 s at most, "you are next" at once', async () => {
    const ears = await listen(nino);
    const heard = (words, times = 1) =>
      until(async () => assert.ok((await ears.times(words)) >= times, words), nino);
    await raise(kim);
    await kim.getByText('Place 1', { exact: true }).first().waitFor();
    await raise(nino);
    await heard('Your place is 2.');
    await raise(kim, 'Point of order');
    await nino.getByText('Place 3', { exact: true }).first().waitFor();
    await nino.clock.runFor(10_000);
    assert.equal(await ears.times('Your place is 3.'), 0);
    await nino.clock.runFor(6_000);
    await heard('Your place is 3.');
    await next(chair, 'Kim Min-jun');
    await next(chair, 'Kim Min-jun');
    await heard('You are next');
    await nino.waitForFunction(() => document.title === 'You are next');
    await steady(chair, 'Close the queue').click();
    await heard('The queue is closed');
    await next(chair, 'Nino Beridze');
    await heard('You have the floor');
    await nino.waitForFunction(() => document.title === 'You have the floor');
    assert.equal(await ears.times('1:'), 0, 'clocks are silent');
    await nino.clock.runFor(2_000);
    await nino.getByRole('button', { name: 'I am done' }).click();
    await steady(chair, 'Open the queue').click();
    await heard('The queue is open.');
    await steady(chair.locator('.top'), 'Pause').click();
    await heard('The session is paused.');
    await steady(chair.locator('.top'), 'Resume').click();
    await heard('The session is open.');
    await raiseButton(nino).waitFor();
  });

  it('A1: the focus stays where the reader acts: kinds, floor and back, announcement', async () => {
    const isIn = (part) =>
      until(async () => {
        const at = await kim.evaluate(() => {
          const { activeElement } = document;
          return activeElement?.closest('#hand, .own-floor, .list')?.outerHTML.slice(0, 99);
        });
        assert.match(at ?? 'nothing', part);
      }, kim);
    const press = async (button) => {
      await button.focus();
      await kim.keyboard.press('Enter');
    };
    const named = (name) => kim.getByRole('button', { name });
    await press(raiseButton(kim));
    await press(named('Cancel'));
    await isIn(/id="hand"/);
    await press(raiseButton(kim));
    await press(named(/^Intervention/));
    await kim.locator('[data-hand="placed"]').waitFor();
    await isIn(/id="hand"/);
    await next(chair, 'Kim Min-jun');
    await kim.getByRole('heading', { name: 'You have the floor' }).waitFor();
    await isIn(/class="own-floor/);
    await press(kim.locator('.own-floor button[aria-disabled="false"]'));
    await raiseButton(kim).waitFor();
    await isIn(/id="hand"/);
    await chair.getByRole('tab', { name: 'Announcements' }).click();
    await chair.getByLabel('Text').fill('Lunch is served.');
    await chair.getByRole('button', { name: 'Announce', exact: true }).click();
    await press(named('Put away'));
    await named('Put away').waitFor({ state: 'detached' });
    await isIn(/class="list/);
  });

  it('Q14: each speech calls its speaker, also one that was not next', async () => {
    await raise(kim);
    await kim.locator('[data-hand="placed"]').waitFor();
    await raise(nino);
    await nino.getByText('Place 2', { exact: true }).first().waitFor();
    const before = await nino.evaluate(() => window.shaken);
    await onEntry(chair, 'Nino Beridze', 'Give the floor');
    await nino.getByRole('heading', { name: 'You have the floor' }).waitFor();
    await until(async () => {
      assert.equal(await nino.evaluate(() => window.shaken), before + 1);
    }, nino);
    await nino.clock.runFor(2_000);
    await nino.getByRole('button', { name: 'I am done' }).click();
    await raiseButton(nino).waitFor();
  });

  it('Q14: one entry is called once; whoever is pushed back hears so at once', async () => {
    await kim.getByRole('button', { name: 'Lower hand', exact: true }).click();
    await raiseButton(kim).waitFor();
    const ears = await listen(kim);
    const call = kim.locator('section.next');
    await raise(kim);
    await call.waitFor();
    assert.equal(await call.getAttribute('role'), 'alert');
    await kim.waitForTimeout(500);
    assert.equal(await ears.times('Your place is'), 0);
    await raise(nino, 'Point of order');
    await call.waitFor({ state: 'detached' });
    await until(async () => assert.equal(await ears.times('Your place is 2.'), 1), kim, 3_000);
    await nino.getByRole('button', { name: 'Lower hand', exact: true }).click();
    await call.waitFor();
    assert.equal(await call.getAttribute('role'), null);
    assert.equal(await ears.times('You are next'), 1);
  });

  it('P9: who is next in another room is told in which, and led there', async () => {
    await kim.getByRole('heading', { name: 'You are next', exact: true }).waitFor();
    await kim.getByText('Change room').click();
    await kim
      .getByRole('button', { name: /^Enter: / })
      .first()
      .click();
    await kim.getByRole('heading', { name: 'You are next in Plenary' }).waitFor();
    await kim.waitForFunction(() => document.title === 'You are next in Plenary');
    await kim.getByRole('button', { name: 'Go to Plenary' }).click();
    await kim.getByRole('heading', { name: 'You are next', exact: true }).waitFor();
    await kim.getByRole('button', { name: 'Lower hand', exact: true }).click();
    await raiseButton(kim).waitFor();
  });

  it('Q14: who reads the agenda sees the call, and the floor', async () => {
    const toTheEnd = () => kim.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const inSight = (part) =>
      until(async () => {
        const { top, bottom } = await part.evaluate((one) => one.getBoundingClientRect().toJSON());
        assert.ok(top >= 0 && bottom <= 844, `${top} to ${bottom}`);
      }, kim);
    await raise(kim);
    await toTheEnd();
    await inSight(kim.locator('[data-hand="placed"]').getByText('You are next'));
    await next(chair, 'Kim Min-jun');
    await inSight(kim.locator('#own-floor'));
    await inSight(kim.locator('.own-floor button'));
    await kim.locator('.own-floor button[aria-disabled="false"]').click();
    await raiseButton(kim).waitFor();
  });

  it('Q8: a hand that staff take away is said, and heard; not one that got the floor', async () => {
    const told = kim.locator('#hand').getByText('A moderator took your hand down.');
    assert.equal(await told.count(), 0);
    const ears = await listen(kim);
    await raise(kim);
    await kim.locator('[data-hand="placed"]').waitFor();
    await onEntry(chair, 'Kim Min-jun', 'Remove');
    await told.waitFor();
    assert.ok((await ears.times('Intervention A moderator took your hand down.')) > 0);
    await raise(kim);
    await told.waitFor({ state: 'detached' });
    await kim.locator('[data-hand="placed"]').waitFor();
    await chair.getByRole('button', { name: 'Clear', exact: true }).click();
    await told.waitFor();
    await raise(kim);
    await kim.locator('[data-hand="placed"]').waitFor();
    await kim.getByRole('button', { name: 'Lower hand', exact: true }).click();
    await raiseButton(kim).waitFor();
    await kim.getByText('You lowered your hand.').first().waitFor();
    assert.equal(await told.count(), 0);
  });

  // A zoom of 400 % of 1280 × 1024, the narrowest phone, and a usual one.
  for (const [width, height] of [
    [320, 256],
    [320, 568],
    [390, 844],
  ]) {
    it(`A1: no bar over what has the focus, nothing cut off: ${width} × ${height}`, async () => {
      await kim.setViewportSize({ width, height });
      const wide = () => document.documentElement.scrollWidth - window.innerWidth;
      assert.ok((await kim.evaluate(wide)) <= 0);
      // From the very top, and not beyond the last control: the window would lose the focus.
      await kim.evaluate(() => {
        const top = document.createElement('span');
        top.tabIndex = -1;
        document.body.prepend(top);
        top.focus();
        top.remove();
      });
      const seen = new Set();
      for (let last = false; !last;) {
        await kim.keyboard.press('Tab');
        const found = await kim.evaluate(async () => {
          await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
          const element = document.activeElement;
          if (element === null || element === document.body) return undefined;
          const { left, top, width, height } = element.getBoundingClientRect();
          const [x, y] = [left + width / 2, top + height / 2];
          const at = document.elementFromPoint(x, y);
          const name = element.textContent.trim() || element.id;
          const free = at !== null && (element.contains(at) || at.contains(element));
          const last = element.closest('#hand') !== null;
          return { name, free, at: at?.className ?? '', y, last };
        });
        assert.ok(found, 'the focus left the page');
        last = found.last;
        seen.add(found.name);
        assert.ok(found.free, `${found.name} lies under ${found.at} at ${found.y}`);
      }
      assert.ok(seen.size >= 5, [...seen].join());
    });
  }

  it('no page reported an error', () => {
    for (const page of [chair, nino, kim]) assert.deepEqual(page.complaints, []);
  });
});
