import assert from 'node:assert/strict';
import { until } from './people.mjs';

// What stands on a page, found by its key in messages/ and read in the language of the page; in a
// part of the page where one is given.
export const text = (page, key, values, part = page) => part.getByText(page.say(key, values));
export const heading = (page, key, values) =>
  page.getByRole('heading', { name: page.say(key, values) });
export const button = (page, key, values, part = page) =>
  part.getByRole('button', { name: page.say(key, values), exact: true });

// A button that says on what it acts, where several would say the same.
export const buttonOn = (page, act, what) => button(page, 'act_on', { act: page.say(act), what });
export const undoOf = (page, act, subject) => buttonOn(page, 'undo', page.say(act, { subject }));

export const untilPlaced = (page, place) =>
  page.getByText(page.say('own_place', { place }), { exact: true }).first().waitFor();
export const untilTitled = (page, key) =>
  page.waitForFunction((title) => document.title === title, page.say(key));

// A field that was refused is marked and has the focus, and what describes it says why.
export const untilRefused = (page, field, why) =>
  until(async () => {
    const seen = await field.evaluate((one) => ({
      marked: one.getAttribute('aria-invalid'),
      focused: one === document.activeElement,
      says: document.getElementById(one.getAttribute('aria-describedby'))?.innerText,
    }));
    assert.deepEqual(seen, { marked: 'true', focused: true, says: why });
  }, page);
