// Every page by keyboard alone: Tab reaches everything that can be used, shows where it is, hides
// nothing under a bar, and leaves the page again. And the wishes of the reader's system: less
// motion, forced colours.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPage, startBrowser } from './support/browser.mjs';
import { openGallery, show, startGallery } from './support/gallery.mjs';

let gallery;
let browser;

before(async () => {
  [gallery, browser] = await Promise.all([startGallery(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await gallery?.stop();
});

const tours = [
  'participant/usual',
  'participant/asked',
  'participant/next',
  'participant/mine',
  'moderate/usual',
  'moderate/draft',
  'agenda/usual',
  'invitations/usual',
  'print/usual',
  'home/usual',
  'join/usual',
  'create/without_key',
  'created/usual',
  'ended/replaced',
  'problem/failed',
];

// In the page: marks what can be used; of a group of radio buttons or tabs one is a stop.
function markStops() {
  const able =
    'a[href], button, input, select, textarea, summary, [tabindex="0"], [contenteditable="true"]';
  let count = 0;
  for (const element of document.querySelectorAll(able)) {
    const shown = element.checkVisibility({ visibilityProperty: true });
    const closed = element.closest('details:not([open])');
    const folded = closed && element.localName !== 'summary';
    if (!shown || folded || element.disabled || element.tabIndex < 0) continue;
    if (element.type === 'radio' && !element.checked) continue;
    if (element.closest('dialog:not([open])')) continue;
    element.dataset.stop = String(count);
    count += 1;
  }
  document.activeElement?.blur();
  return count;
}

// Where the focus is, and what is wrong with how it shows.
function lookAtFocus() {
  const element = document.activeElement;
  if (element === null || element === document.body) return { stop: undefined, wrong: '' };
  const name = `${element.localName} “${(element.textContent || element.ariaLabel || '').trim()}”`;
  const style = getComputedStyle(element);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const box = element.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const at = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1),
  );
  const free = at !== null && (element.contains(at) || at.contains(element) || at.closest('label'));
  const wrong = !outlined
    ? `${name}: no outline`
    : !inside
      ? `${name}: outside the window`
      : free
        ? ''
        : `${name}: under ${at?.className}`;
  return { stop: element.dataset.stop, wrong: wrong.replace(/\s+/g, ' ') };
}

async function tour(page, scene) {
  await show(page, 'home/usual'); // the focus of the scene before goes with it
  await show(page, scene);
  const count = await page.evaluate(markStops);
  const reached = new Set();
  const wrong = [];
  let before;
  let left = false;
  for (let presses = 0; presses < count + 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(lookAtFocus);
    // A date's own parts are marked by the browser itself.
    if (focus.wrong && focus.stop !== before) wrong.push(`${scene}: ${focus.wrong}`);
    // Left the page: no trap. Where a page begins at its heading, what is above it comes then.
    if (focus.stop === undefined && reached.size > 0 && (left || reached.size === count)) break;
    left ||= focus.stop === undefined && reached.size > 0;
    // A date has a stop for each of its parts; any other that comes again closes the circle.
    if (focus.stop !== undefined && focus.stop !== before && reached.has(focus.stop)) break;
    before = focus.stop;
    if (focus.stop !== undefined) reached.add(focus.stop);
  }
  const missed = await page.evaluate(
    (seen) =>
      [...document.querySelectorAll('[data-stop]')]
        .filter(({ dataset }) => !seen.includes(dataset.stop))
        .map((one) => `${one.localName} “${one.textContent.trim().slice(0, 40)}”`),
    [...reached],
  );
  return { count, findings: [...wrong, ...missed.map((one) => `${scene}: ${one} not reached`)] };
}

describe('keyboard and system', () => {
  for (const [device, phone] of [
    ['a laptop', false],
    ['a phone', true],
  ]) {
    it(`A1: Tab reaches everything, visibly, and leads out again: ${device}`, async () => {
      const page = await newPage(browser, { phone });
      const scenes = await openGallery(page, gallery.url);
      const findings = [];
      let stops = 0;
      const taken = phone ? tours.filter((one) => one.startsWith('participant/')) : tours;
      for (const scene of taken) {
        assert.ok(scenes.includes(scene), scene);
        const found = await tour(page, scene);
        stops += found.count;
        findings.push(...found.findings);
      }
      assert.equal(findings.join('\n'), '');
      assert.ok(stops > taken.length * 3, `${stops} stops`);
      await page.context().close();
    });
  }

  it('A1: what cannot be pressed looks the same under the pointer, and can be read', async () => {
    const page = await newPage(browser);
    await openGallery(page, gallery.url);
    const lookOf = (element) => {
      const { color, backgroundColor, borderColor } = getComputedStyle(element);
      return [color, backgroundColor, borderColor];
    };
    let looked = 0;
    for (const [scene, kinds] of [
      ['moderate/paused', ['.primary']],
      ['moderate/offline', ['.primary', '.quiet', ':not(.primary, .quiet)']],
    ]) {
      await show(page, scene);
      for (const kind of kinds) {
        const button = page.locator(`button[aria-disabled="true"]${kind}:visible`).first();
        const before = await button.evaluate(lookOf);
        await button.hover();
        assert.ok(await button.evaluate((element) => element.matches(':hover')));
        assert.deepEqual(await button.evaluate(lookOf), before, `${scene} ${kind}`);
        looked += 1;
      }
    }
    assert.equal(looked, 4);
    await page.context().close();
  });

  it('A1: nothing moves for readers who want less motion', async () => {
    const page = await newPage(browser); // asks for it
    await openGallery(page, gallery.url);
    for (const scene of ['participant/raised', 'participant/mine', 'moderate/usual']) {
      await show(page, scene);
      const moving = await page.evaluate(
        () =>
          [...document.querySelectorAll('*')].filter((element) => {
            const { transitionDuration, animationDuration, animationName } =
              getComputedStyle(element);
            const longest = (text) => Math.max(...text.split(',').map((one) => parseFloat(one)));
            return (
              longest(transitionDuration) > 0.001 ||
              (animationName !== 'none' && longest(animationDuration) > 0.001)
            );
          }).length,
      );
      assert.equal(moving, 0, scene);
    }
    await page.context().close();
  });

  it('A1: in forced colours a main button has its edge, and the clock its line', async () => {
    const page = await newPage(browser);
    await page.emulateMedia({ forcedColors: 'active' });
    await openGallery(page, gallery.url);
    for (const scene of ['participant/usual', 'moderate/usual', 'home/usual']) {
      await show(page, scene);
      const bare = await page.evaluate(() =>
        [...document.querySelectorAll('button.primary')]
          .filter((button) => {
            const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } =
              getComputedStyle(button);
            const edge = borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1;
            return !edge || borderTopColor === backgroundColor;
          })
          .map((button) => button.textContent.trim()),
      );
      assert.deepEqual(bare, [], scene);
      const line = page.locator('[data-clock] .done');
      for (const one of await line.all()) {
        const ground = (element) => getComputedStyle(element).backgroundColor;
        assert.notEqual(await one.evaluate(ground), await one.locator('..').evaluate(ground));
      }
    }
    await page.context().close();
  });

  it('A1: long lists repaint only what changed', async () => {
    const page = await newPage(browser);
    await openGallery(page, gallery.url);
    await show(page, 'moderate/much');
    const rows = await page.evaluate(() => document.querySelectorAll('[data-entry]').length);
    assert.ok(rows >= 50, `${rows} rows`);
    // Rows of the queue, and people, that any change of theirs or in them touched.
    const touched = (act) =>
      page.evaluate(async (name) => {
        const changed = { queue: new Set(), people: new Set() };
        const note = (node) => {
          const element = node instanceof Element ? node : node.parentElement;
          const entry = element?.closest('[data-entry]');
          const person = element?.closest('[data-person]');
          if (entry) changed.queue.add(entry.dataset.entry);
          if (person) changed.people.add(person.dataset.person);
        };
        const watcher = new MutationObserver((records) => {
          for (const { target, addedNodes, removedNodes } of records) {
            for (const node of [target, ...addedNodes, ...removedNodes]) note(node);
          }
        });
        const all = { subtree: true, childList: true, characterData: true, attributes: true };
        watcher.observe(document.body, all);
        const { connection } = globalThis.plenaryGallery;
        if (name === 'raise') connection.raise();
        if (name === 'note') connection.note('q7', 'About the second paragraph');
        if (name === 'arrive') connection.arrive();
        await new Promise((resolve) => setTimeout(resolve, 1500));
        watcher.disconnect();
        return { queue: [...changed.queue], people: [...changed.people] };
      }, act);
    const still = await touched('nothing');
    assert.deepEqual(still, { queue: [], people: [] }, 'clocks tick beside the lists');
    const raised = await touched('raise');
    assert.ok(raised.queue.length <= 2, `a hand goes up: ${raised.queue}`);
    assert.deepEqual(raised.people, []);
    const noted = await touched('note');
    assert.deepEqual(noted.queue, ['q7'], 'a note changes');
    const arrived = await touched('arrive');
    assert.deepEqual(arrived.queue, [], 'somebody comes in');
    assert.ok(arrived.people.length <= 1, `somebody comes in: ${arrived.people}`);
    await page.context().close();
  });
});
