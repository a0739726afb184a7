// Raises many hands as the chair would: for people without a device, in the room that the
// moderator's page shows. A quick machine would go beyond what one connection may ask for in a
// second, so there is a pause after each person: two commands a person, and 20 a second are taken.
import { text } from './said.mjs';

const pauseMs = 100;

// `speakers` as [{ name, delegation }], the delegation as the page calls it, or without one.
export async function addSpeakers(page, speakers) {
  const { say } = page;
  await text(page, 'add_on_behalf').first().click();
  const people = speakers.map(({ name, delegation = '' }) => {
    return { name, delegation, raise: say('add_raise', { name }) };
  });
  const words = {
    make: say('add_person_new'),
    name: say('name'),
    delegation: say('delegation'),
    add: say('add_person_make'),
  };
  await page.evaluate(inThePage, { people, words, pauseMs });
}

async function inThePage({ people, words, pauseMs: pause }) {
  const until = async (what, find) => {
    for (const end = performance.now() + 10_000; performance.now() < end;) {
      const found = find();
      if (found) return found;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const said = [...document.querySelectorAll('[role="alert"]')].map((one) => one.textContent);
    throw new Error(`${what} did not come; the page says: ${said.join()}`);
  };
  const press = async (word) => {
    const ready = (one) => one.textContent.trim() === word && one.ariaDisabled !== 'true';
    const button = await until(word, () => [...document.querySelectorAll('button')].find(ready));
    button.click();
  };
  const labelled = (word, tag) => {
    const begins = (label) => label.textContent.trim().startsWith(word);
    const label = [...document.querySelectorAll('label')].find(
      (one) => begins(one) && one.querySelector(tag),
    );
    return label?.querySelector(tag);
  };
  const fill = (field, value, event) => {
    field.value = value;
    field.dispatchEvent(new Event(event, { bubbles: true }));
  };
  for (const { name, delegation, raise } of people) {
    await press(words.make);
    const field = await until('the field', () => labelled(words.name, 'input'));
    fill(field, name, 'input');
    if (delegation !== '') {
      const list = labelled(words.delegation, 'select');
      const option = [...list.options].find((one) => one.textContent === delegation);
      fill(list, option.value, 'change');
    }
    await press(words.add);
    await press(raise);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
