// The moderator's page in the states of the gallery: what it says to eye, finger and screen reader.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { openGallery, show, startGallery } from './support/gallery.mjs';

let gallery;
let browser;
let page;
let scenes;

before(async () => {
  [gallery, browser] = await Promise.all([startGallery(), startBrowser()]);
  page = await newPage(browser);
  scenes = (await openGallery(page, gallery.url)).filter((one) => one.startsWith('moderate/'));
});

after(async () => {
  await browser?.close();
  await gallery?.stop();
});

// As it stands at first, whatever was done in it before.
async function showAnew(scene) {
  await show(page, 'home/usual');
  await show(page, scene);
}

const tab = (name) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();

// Opens one row of each list, with what can be done there.
async function unfold() {
  for (const row of ['[data-entry]', '[data-item]', '[data-person]']) {
    const head = page.locator(`${row} [data-head]:visible`).first();
    if ((await head.count()) > 0) await head.click();
  }
}

// In the page: what can be pressed or filled in, with its size.
function targetsIn(selector) {
  return [...document.querySelectorAll(selector)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest('.hidden-visually, .skip, dialog:not([open])'))
    .map((one) => {
      const target = one.matches('[type="checkbox"], [type="radio"]') ? one.closest('label') : one;
      const { width, height } = (target ?? one).getBoundingClientRect();
      const name = (one.ariaLabel || one.textContent || one.labels?.[0]?.textContent || '').trim();
      return {
        name: `${one.localName} “${name.replace(/\s+/g, ' ').slice(0, 40)}”`,
        width,
        height,
      };
    })
    .filter(({ width, height }) => width > 0 && height > 0);
}

describe('the moderator’s page', () => {
  it('Q14: the large button says that who is next is away, and since when', async () => {
    const big = page.locator('button.big');
    await showAnew('moderate/usual');
    assert.doesNotMatch(await big.innerText(), /away/);
    for (const scene of ['moderate/next_away', 'moderate/next_away_long']) {
      await showAnew(scene);
      const name = await page.locator('[data-entry] .name').first().innerText();
      const text = await big.innerText();
      assert.match(text, /away since 10:08/);
      assert.ok(text.includes(name), `${text} names ${name}`);
    }
  });

  it('B2: one glance per room: who speaks, the clock, how many wait', async () => {
    await showAnew('moderate/usual');
    const seen = await page.locator('[data-room]').evaluateAll((rooms) =>
      rooms.map((one) => ({
        id: one.dataset.room,
        speaks: one.querySelector('.speaks')?.textContent ?? '',
        clock: one.querySelector('.clock strong')?.textContent ?? '',
        says: one.querySelector('.clock')?.textContent.replace(/\s+/g, ' ').trim() ?? '',
        waiting: one.querySelector('.hands').textContent,
      })),
    );
    assert.deepEqual(
      seen.map(({ id, speaks, waiting }) => [id, speaks, waiting]),
      [
        ['plenary', 'Oksana Petrenko', '55 waiting'],
        ['crisis', 'Nino Beridze', '11 waiting'],
        ['cooperative', 'Layla al-Masri', '33 waiting'],
        ['counter-terrorism', 'Jean-Baptiste Rochat', '55 waiting'],
        ['human', '', '77 waiting'],
      ],
    );
    for (const { id, clock, says } of seen.slice(0, 4)) {
      assert.match(clock, /^\+?\d+:\d\d$/, id);
      assert.match(says, /left|over/, id);
    }
    assert.match(seen[3].says, /over$/); // 140 of 120 seconds
    const free = page.locator('[data-room="human"]');
    await free.getByText('Nobody speaks').waitFor();
    await free.click();
    assert.equal(await free.getAttribute('aria-pressed'), 'true');
    await page.getByText('Human security').first().waitFor();
  });

  it('Q3 P5: every field of the settings is named, and so is its group', async () => {
    await showAnew('moderate/usual');
    await tab('Room');
    for (const [room, kinds] of [
      ['Plenary', ['Point of order', 'Intervention', 'Right of reply']],
      ['Crisis prevention and management', ['Clarifying question', 'Reply', 'New topic']],
    ]) {
      const group = page.getByRole('group', { name: `Settings of ${room}`, exact: true });
      await group.waitFor();
      for (const [role, names] of [
        ['textbox', ['Name']],
        ['combobox', ['Kinds of hands', 'A place belongs to', 'When the time is over']],
        ['spinbutton', ['Speaking time in seconds (0: none)', 'Capacity (0: no limit)']],
        ['checkbox', ['The clock waits for Start']],
      ]) {
        for (const name of names)
          assert.equal(await group.getByRole(role, { name }).count(), 1, name);
      }
      const limits = group.getByRole('group', { name: 'Other speaking times, by kind' });
      for (const name of kinds) {
        assert.equal(await limits.getByRole('spinbutton', { name }).count(), 1, name);
      }
      await page.locator('[data-room="crisis"]').click();
    }
    await page.locator('[data-room="plenary"]').click();
    await page.locator('summary', { hasText: 'Session' }).click();
    const session = page.getByRole('group', { name: 'Session', exact: true });
    assert.equal(await session.last().getByRole('combobox').count(), 1);
    const delegations = page.getByRole('group', { name: 'Delegations', exact: true });
    // One for each language of the session.
    assert.equal(await delegations.getByRole('textbox', { name: /^Delegation/ }).count(), 2);
    const lonely = await page.evaluate(() =>
      [...document.querySelectorAll('#panel-settings :is(input, select, textarea)')]
        .filter((one) => {
          const set = one.closest('fieldset');
          const by = document.getElementById(set?.getAttribute('aria-labelledby'));
          return !(by ?? set?.querySelector('legend'))?.textContent.trim();
        })
        .map((one) => one.labels?.[0]?.textContent),
    );
    assert.deepEqual(lonely, []);
  });

  it('A1: what the chair presses most is 48 px high, everything 24 at least', async () => {
    const often =
      '.stage button, button.big, .where + * button, [aria-labelledby="named-title"] button';
    const any = 'button, a[href], input, select, textarea, summary';
    const findings = [];
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const scene of scenes) {
        await showAnew(scene);
        await unfold();
        const names = await page.getByRole('tab').all();
        for (const one of names.length > 0 && scene === 'moderate/usual' ? names : [undefined]) {
          await one?.click();
          const small = (least) => (target) => target.height < least - 0.5;
          const frequent = (await page.evaluate(targetsIn, often)).filter(small(48));
          const all = await page.evaluate(targetsIn, any);
          const tiny = all.filter(({ width: wide, height }) => Math.min(wide, height) < 23.5);
          for (const { name, width: wide, height } of [...frequent, ...tiny]) {
            findings.push(`${scene} at ${width}: ${name} is ${wide} × ${height}`);
          }
        }
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    assert.equal([...new Set(findings)].slice(0, 30).join('\n'), '');
  });

  it('C3: a search while offline keeps what was typed, and says that it waits', async () => {
    await showAnew('moderate/offline');
    const people = page.getByRole('tabpanel', { name: 'People' });
    await people.getByText('the list comes as soon as the page is live again').waitFor();
    await people.getByRole('searchbox').fill('nino');
    await people.getByText('the search goes on as soon as the page is live again').waitFor();
    await page.locator('summary', { hasText: 'Add someone' }).click();
    const behalf = page.locator('details', { hasText: 'Add someone' });
    await behalf.getByRole('searchbox').fill('nino');
    await behalf.getByText('the search goes on as soon as the page is live again').waitFor();
    assert.equal(await page.getByText('Nobody of that name').count(), 0);
    assert.equal(await page.locator('[aria-busy="true"]').count(), 0);
    for (const part of [people, behalf]) {
      assert.equal(await part.getByRole('searchbox').inputValue(), 'nino');
      assert.equal(await part.getByRole('listitem').count(), 0);
    }
    // The connection comes back.
    await page.evaluate(() => globalThis.plenaryGallery.connection.comeBack());
    await people.locator('[data-person]', { hasText: 'Nino Beridze' }).first().waitFor();
    await behalf
      .getByRole('button', { name: /^Nino Beridze/ })
      .first()
      .waitFor();
    await people.getByRole('searchbox').fill('nobody at all');
    await people.getByText('Nobody of that name.').waitFor();
  });

  it('C3: so do the rest of the queue, and more of the people', async () => {
    await showAnew('moderate/much');
    await page.locator('[data-person]').first().waitFor();
    await page.evaluate(() => globalThis.plenaryGallery.connection.lose());
    await page.getByRole('button', { name: 'Show all 80' }).click();
    await page.getByText('the list comes as soon as the page is live again').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('more can be shown once the page is live again').waitFor();
    assert.equal(await page.locator('[data-entry]').count(), 50);
    await page.evaluate(() => globalThis.plenaryGallery.connection.comeBack());
    await page.locator('[data-entry]').nth(79).waitFor();
    await page.getByText('the list comes as soon').waitFor({ state: 'detached' });
    await page.getByText('more can be shown once').waitFor({ state: 'detached' });
  });

  it('T6: the button that takes an outage off says what it is for, without a pointer', async () => {
    await showAnew('moderate/usual');
    const spare = page.getByRole('button', { name: 'Don’t count 30 s after an outage' });
    assert.match(await spare.innerText(), /after an outage/);
  });

  it('T6: no outage of 30 s is offered before 30 s have counted', async () => {
    for (const [scene, blocked] of [
      ['moderate/awaiting', 'true'],
      ['moderate/usual', 'false'],
    ]) {
      await showAnew(scene);
      const spare = page.getByRole('button', { name: 'Don’t count 30 s' });
      assert.equal(await spare.getAttribute('aria-disabled'), blocked, scene);
    }
  });

  it('C5: that it is not connected is said until it is, and no longer', async () => {
    await showAnew('moderate/usual');
    await page.evaluate(() => globalThis.plenaryGallery.connection.lose());
    await page.locator('button.big').click({ force: true });
    const said = page.getByRole('alert').getByText('Not connected');
    await said.waitFor();
    await page.evaluate(() => globalThis.plenaryGallery.connection.comeBack());
    await said.waitFor({ state: 'detached', timeout: 2000 });
  });

  it('S6: closing and closed, nothing is offered that is refused', async () => {
    for (const scene of ['moderate/closing', 'moderate/closed']) {
      await showAnew(scene);
      const heading = page.getByRole('heading', { name: 'Agenda', level: 2 });
      await heading.waitFor();
      assert.equal(await page.getByRole('heading', { name: 'Queue' }).count(), 0);
      for (const name of ['Add an item', 'Close the queue', 'Clear', 'Start item']) {
        assert.equal(await page.getByRole('button', { name }).count(), 0, `${scene}: ${name}`);
      }
      assert.equal(await page.getByText('Add someone').count(), 0);
      assert.equal(await page.getByText('Expected end').count(), 0);
      await page.locator('[data-item] [data-head]').first().click();
      await page.getByText('its items stay as they are').waitFor();
      await page.locator('[data-head]', { hasText: 'Layla al-Masri' }).click();
      const tools = page.getByRole('group', { name: 'Layla al-Masri' });
      await tools.getByRole('button', { name: 'Remove' }).waitFor(); // rights are no proceedings
      for (const name of ['Mute', 'Change name', 'Merge']) {
        assert.equal(await tools.getByText(name).count(), 0, `${scene}: ${name}`);
      }
      await tab('Announcements');
      await page.getByText('nothing can be announced any more').waitFor();
      assert.equal(await page.getByRole('tabpanel').getByRole('button').count(), 0);
      await tab('Room');
      await page.getByText('its settings stay as they are').waitFor();
      assert.equal(await page.getByRole('tabpanel').getByRole('button').count(), 0);
      await tab('People');
    }
    await page.getByText('can still be saved as a file (“Edit the agenda”)').waitFor();
    await show(page, 'agenda/closed');
    const main = page.getByRole('main');
    await main.getByText('its items stay as they are').waitFor();
    assert.deepEqual(await main.getByRole('spinbutton').all(), []);
    assert.deepEqual(await main.locator('summary').allInnerTexts(), ['Take the agenda away']);
    await main.locator('summary').click();
    assert.equal(await main.getByRole('button').count(), 1);
  });

  it('C3: offline, all that may be old says so, by a word and by hatching', async () => {
    await showAnew('moderate/offline');
    const parts = ['nav', '.phase', '.counts', '.floor'].map((part) => page.locator(part));
    const lists = ['Queue', 'Agenda'].map((name) => page.getByRole('region', { name }));
    for (const part of [...parts, ...lists]) {
      const old = part.filter({ hasText: '(may be old)' }).first();
      await old.waitFor();
      assert.match(await old.evaluate((one) => getComputedStyle(one).backgroundImage), /gradient/);
    }
  });

  it('A1: on a phone a room is chosen in a tab that goes: the focus is on its floor', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await showAnew('moderate/usual');
    await tab('Rooms');
    await page.locator('[data-room="crisis"]').press('Enter');
    await page.getByRole('tab', { name: 'Queue', selected: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'floor');
  });

  it('no page reported an error', () => {
    assert.deepEqual(page.complaints, []);
  });
});
