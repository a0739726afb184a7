// What single scenes of the gallery say and show, beyond what every page is held to.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { openGallery, show, startGallery } from './support/gallery.mjs';
import { until } from './support/people.mjs';
import { text } from './support/said.mjs';

let gallery;
let browser;
let english, french;

async function pageIn(language) {
  const page = await newPage(browser, { language });
  await openGallery(page, gallery.url);
  return page;
}

before(async () => {
  [gallery, browser] = await Promise.all([startGallery(), startBrowser()]);
  english = await pageIn('en');
  french = await pageIn('fr');
});

after(async () => {
  await browser?.close();
  await gallery?.stop();
});

const both = (test) => Promise.all([english, french].map(test));
const boxOf = (locator) => locator.evaluate((one) => one.getBoundingClientRect().toJSON());

describe('a phone', () => {
  before(() => both((page) => page.setViewportSize({ width: 390, height: 844 })));

  it('S5: announcements stand below who is next, and a screen reader gets them whole', async () => {
    for (const scene of ['participant/usual', 'participant/much']) {
      await both(async (page) => {
        await show(page, scene);
        const next = await boxOf(page.locator('section:has(#next-title) li').first());
        const bar = await boxOf(page.locator('#hand'));
        assert.ok(next.bottom <= bar.top, `${scene}: who is next ends at ${next.bottom}`);
        await text(page, 'announcement').first().waitFor();
      });
    }
    const said = await french.locator('[role="status"] > div p').first().textContent();
    assert.match(said, /^Annonce\u202f: Coffee/);
  });

  it('Q14 P9: the way to where the reader is next stands apart from the words', async () => {
    await show(english, 'participant/next_elsewhere');
    const words = await boxOf(english.locator('.next p').first());
    const button = await boxOf(english.locator('.next button'));
    assert.ok(button.top - words.bottom >= 8, `${button.top - words.bottom} px between them`);
  });
});

describe('the display', () => {
  before(() => both((page) => page.setViewportSize({ width: 1280, height: 720 })));

  it('T2: says what its number counts', async () => {
    for (const [scene, key] of [
      ['usual', 'clock_left'],
      ['short', 'clock_left'],
      ['unlimited', 'clock_elapsed'],
      ['over_counting', 'clock_over_time'],
    ]) {
      await both(async (page) => {
        await show(page, `display/${scene}`);
        const words = await page.locator('[data-clock] .words span').allInnerTexts();
        assert.ok(words.includes(page.say(key)), `${scene}: ${words}`);
      });
    }
  });

  it('D1 S1: not begun at its hour, it begins shortly', async () => {
    await both(async (page) => {
      await show(page, 'display/draft'); // planned for half an hour ago
      await text(page, 'display_draft_soon').waitFor();
      await show(page, 'participant/draft');
      await text(page, 'draft_soon').waitFor();
    });
  });

  it('D1 S2: paused in a break, the code stays and nobody is next', async () => {
    await both(async (page) => {
      await show(page, 'display/paused_break');
      await text(page, 'display_paused_line').waitFor();
      await page.locator('.code').waitFor();
      assert.equal(await page.locator('.next').count(), 0);
    });
  });

  it('T4: who was interrupted is named, and resumes afterwards', async () => {
    await both(async (page) => {
      await show(page, 'moderate/interrupted');
      const said = page.say('floor_suspended', { name: '' }).trim();
      const line = page.locator('main p', { hasText: said });
      const onStage = await line.first().innerText();
      await show(page, 'display/interrupted');
      assert.equal(await line.innerText(), onStage);
    });
  });
});

describe('names that the display hides', () => {
  const nations = { en: ['Ireland', 'Switzerland'], fr: ['Irlande', 'Suisse'] };

  it('P8 S9: a delegation stands for its speaker, paused as well', async () => {
    await both(async (page) => {
      const [, speaking] = nations[page.say.language];
      for (const scene of ['names_hidden', 'paused_names_hidden']) {
        await show(page, `display/${scene}`);
        await page.locator('main').getByText(speaking, { exact: true }).waitFor();
        assert.equal(await page.getByText('Oksana Petrenko').count(), 0);
      }
    });
  });

  it('P8 T4: and for who was interrupted', async () => {
    await both(async (page) => {
      const [speaking, suspended] = nations[page.say.language];
      await show(page, 'display/interrupted_names_hidden');
      await page.locator('main').getByText(speaking, { exact: true }).waitFor();
      await page.getByText(page.say('floor_suspended', { name: suspended })).waitFor();
    });
  });
});

describe('a speech over its time', () => {
  it('T2: counts up, stands at 0:00 or hides its clock, as the room agreed', async () => {
    for (const name of ['participant', 'moderate', 'display']) {
      for (const [overrun, figures] of [
        ['counting', /^\+0:[345]\d/], // 0:34 when the scene begins
        ['held', /^0:00/],
        ['hidden', /^$/],
      ]) {
        await both(async (page) => {
          await show(page, `${name}/over_${overrun}`);
          await page.locator('main').getByText(page.say('clock_over_time')).first().waitFor();
          const shown = await page.locator('[data-clock]').first().innerText();
          const [first] = /[+]?\d+:\d\d/.exec(shown) ?? [''];
          assert.match(first, figures, `${name} ${overrun}: ${shown}`);
        });
      }
    }
  });
});

describe('a clock for who does not see it', () => {
  it('A1 T2: says what is left when the warning comes, once', async () => {
    for (const name of ['participant', 'moderate']) {
      await both(async (page) => {
        await show(page, `${name}/short`); // begins at 0:19; the warning was at 0:30
        const said = page.locator('[data-clock] [aria-live="polite"]');
        const words = await said.textContent();
        const [time] = /0:1\d/.exec(words) ?? [];
        assert.equal(words, page.say('clock_said_warning', { time }));
        const clock = page.locator('[data-clock] .time').first();
        await until(async () => assert.ok(!(await clock.innerText()).includes(time)), page);
        assert.equal(await said.textContent(), words);
      });
    }
  });
});

describe('the way in', () => {
  it('A1: a missing name is said at its field, which has the focus', async () => {
    await both(async (page) => {
      await show(page, 'join/usual');
      const field = page.getByLabel(page.say('your_name'));
      await field.fill(' ');
      await page.getByRole('button', { name: page.say('join'), exact: true }).click();
      const said = page.getByRole('alert');
      await said.getByText(page.say('name_missing')).waitFor();
      assert.ok(await field.evaluate((one) => one === document.activeElement));
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.equal(await field.evaluate((one) => getComputedStyle(one).borderTopWidth), '2px');
      assert.equal(await field.getAttribute('aria-describedby'), await said.getAttribute('id'));
      const gap = (await boxOf(said)).top - (await boxOf(field)).bottom;
      assert.ok(gap >= 0 && gap < 16, `${gap} px below it`);
    });
  });
});
