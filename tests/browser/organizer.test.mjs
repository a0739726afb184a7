// What an organizer does before and during a session: create it, make its agenda, bring one in and
// take it away.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { file, hoursOf, item, section, titlesOf } from './support/agenda.mjs';
import { newPage, startBrowser } from './support/browser.mjs';
import { joinByCode, joinByLink, until } from './support/people.mjs';
import { untilRefused } from './support/said.mjs';
import { partnersMeeting, Server } from './support/server.mjs';

const server = new Server();
let browser;

const button = (page, name) => page.getByRole('button', { name, exact: true });

before(async () => {
  await server.start();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await server.stop();
});

describe('creating a session', () => {
  let page;

  it('S7: the form proposes the browser’s zone, and says in words what is missing', async () => {
    page = await newPage(browser);
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Create a session' }).click();
    assert.equal(await page.getByLabel('Time zone').inputValue(), 'Europe/Brussels');
    await button(page, 'Create the session').click();
    await page.getByRole('alert').getByText('Please give a title.').waitFor();
    await untilRefused(page, page.getByLabel('Title'), 'Please give a title.');
    await page.getByLabel('Title').fill('Coordination');
    await page.getByLabel('Date').fill('');
    await button(page, 'Create the session').click();
    await untilRefused(page, page.getByLabel('Date'), 'Please give the date.');
    await page.getByLabel('Date').fill('2027-05-12');
    await button(page, 'Create the session').click();
    const key = page.getByLabel('Organizer’s key');
    await untilRefused(page, key, 'Please give the organizer’s key.');
    await page.getByLabel('Time zone').fill('Europe/Brusels');
    await page.getByText('Accepted are names such as Europe/Brussels.').first().waitFor();
    await page.getByLabel('Time zone').fill('Europe/Brussels');
    await page.getByLabel('Organizer’s key').fill('not-the-key');
    await button(page, 'Create the session').click();
    await page.getByText('This key does not open the server.').waitFor();
  });

  it('S4: mistakes of an agenda are shown with line, field and what is accepted', async () => {
    await page.getByText('Agenda (optional)').click();
    const paste = page.getByLabel('Or paste its text');
    await paste.fill(
      '{"title": "Talks",\n "rooms": [{"id": "a", "name": "A"}],\n "agenda": [\n' +
        '  {"room": "a", "title": "One", "kind": "brake"},\n  {"room": "b", "title": "Two"}\n]}',
    );
    const said = page.locator('.mistakes li');
    await until(async () => assert.equal(await said.count(), 2), page);
    assert.match(await said.nth(0).innerText(), /Line 4.*agenda\[0\]\.kind.*welcome, remarks/s);
    assert.match(await said.nth(1).innerText(), /Line 5.*agenda\[1\]\.room.*Accepted: a\./s);
    await button(page, 'Create the session').click();
    await page.getByText('The agenda has mistakes, so nothing was created.').waitFor();
    await paste.fill('{"title": "Talks"\n "agenda": []}');
    await page.getByText('“"” was not expected at character 2').waitFor();
    await paste.fill('{"title": "Talks", "titles": {"français!": 5}}'); // two at one place
    await until(async () => assert.equal(await said.count(), 2), page);
    await paste.fill('');
  });

  it('C2: when no answer comes, nobody is told that nothing was created', async () => {
    await page.getByLabel('Organizer’s key').fill(server.organizerKey);
    await page.route('**/api/v1/sessions', (route) => route.abort());
    await button(page, 'Create the session').click();
    await page.getByText('the session may have been created all the same').waitFor();
    await page.unroute('**/api/v1/sessions');
  });

  it('S4: a file fills the form, and makes the session with its rooms and items', async () => {
    await page.getByLabel('Choose a file').setInputFiles(file(partnersMeeting()));
    await page.getByText('Read: 13 items, 5 rooms, 33 delegations.').waitFor();
    assert.equal(await page.getByLabel('Title').inputValue(), 'Bi-annual Meeting with Partners');
    await page.getByLabel('Title').fill('Partners in May');
    await page.getByLabel('Organizer’s key').fill(server.organizerKey);
    await button(page, 'Create the session').click();
    await page.getByRole('heading', { name: 'The session “Partners in May” is ready' }).waitFor();
    assert.equal(new URL(page.url()).hash, '#create');
    await page.reload(); // the links are still there
    await button(page, 'Come in as moderator').click();
    await page.getByLabel('Your name').fill('Elira Hoxha');
    await page.getByLabel('Your delegation').selectOption({ label: 'Albania' });
    await button(page, 'Join').click();
    await page.getByRole('heading', { name: 'Agenda', exact: true }).waitFor();
    await until(async () => assert.equal((await titlesOf(page, 'Plenary')).length, 9), page);
    assert.equal(new URL(page.url()).pathname.split('/').at(-1), 'agenda');
    assert.deepEqual(
      page.complaints.filter((text) => !/401|ERR_FAILED/.test(text)),
      [],
    );
    await page.context().close();
  });

  it('A2: in French, with the key in the link and out of the address bar', async () => {
    const fr = await newPage(browser, { locale: 'fr-FR' });
    await fr.goto(`${server.url}/#${server.organizerKey}`);
    await fr.getByLabel('Titre').fill('Réunion de mai');
    assert.ok(!fr.url().includes(server.organizerKey));
    await button(fr, 'Créer la séance').click();
    await fr.getByText('est prête').waitFor();
    const code = (await fr.locator('.code').innerText()).replace(/\s/g, '');
    const someone = await newPage(browser, { phone: true });
    await joinByCode(someone, server.url, code, { name: 'Nino Beridze' });
    await someone.getByText('Réunion de mai').first().waitFor();
    await fr.context().close();
    await someone.context().close();
  });
});

describe('the agenda editor', () => {
  let page;
  let nino;
  let session;

  before(async () => {
    session = await server.createSession({ ...partnersMeeting(), entry: 'open' }, ['moderator']);
    page = await newPage(browser);
    nino = await newPage(browser, { phone: true, locale: 'fr-FR' });
    await joinByLink(page, session.links[0].replace('/moderate#', '/agenda#'), {
      name: 'Elira Hoxha',
      delegation: 'Albania',
    });
    await nino.goto(`${server.url}/j/${session.code}`);
    await nino.getByLabel('Votre nom').fill('Nino Beridze');
    await nino.getByRole('button', { name: 'Entrer', exact: true }).click();
  });

  it('S3: hours add up; time that is free and a fixed start that is missed are said', async () => {
    await item(page, 'Lunch').waitFor();
    assert.equal(await hoursOf(page, 'Opening remarks'), '09:25');
    assert.equal(await hoursOf(page, 'Lunch'), '12:00 fixed');
    await page.getByText('Planned 09:00 to 15:05').waitFor();
    await section(page, 'Plenary').locator('.free', { hasText: '1 h 10 min free' }).waitFor();
    const minutes = page.getByLabel('Planned minutes: Workshops');
    await minutes.fill('160');
    await minutes.press('Enter');
    await item(page, 'Lunch').getByText('ends 15 min later').waitFor();
    assert.equal(await hoursOf(page, 'Lunch'), '12:15 fixed');
    await page.getByText('Planned 09:00 to 15:20').waitFor();
    await minutes.fill('75');
    await minutes.press('Enter');
    await page.getByText('Planned 09:00 to 15:05').waitFor();
  });

  it('S7: a workshop longer than its time in the plenary is said', async () => {
    await page.getByLabel('Planned minutes: Human security').fill('90');
    await page.getByLabel('Planned minutes: Human security').press('Enter');
    await section(page, 'Human security')
      .getByText('15 min longer than the time for workshops in the plenary.')
      .waitFor();
  });

  it('S4 S9: an item has a title in each language, and each reads their own', async () => {
    await button(page, 'Add an item: Plenary').click();
    const form = page.getByRole('group', { name: 'Add an item' });
    await form.getByLabel('Title (English)').fill('Group photo');
    await form.getByLabel('Title (French)').fill('Photo de groupe');
    await form.getByLabel('Kind').selectOption({ label: 'Other' });
    await form.getByLabel('Planned minutes').fill('5');
    await form.getByLabel('Named speakers').fill('The photographer');
    await button(form, 'Save').click();
    await item(page, 'Group photo').getByText('The photographer').waitFor();
    await nino.getByText('Photo de groupe').first().waitFor();
  });

  it('S4 A1: moved by single clicks; the focus stays on the button, and it is said', async () => {
    const up = button(page, 'Up: Group photo');
    await up.click();
    await until(async () => {
      assert.equal((await titlesOf(page, 'Plenary')).at(-2), 'Group photo');
    }, page);
    const voice = page.locator('[data-aloud]');
    await voice.getByText('is now number 9 of the agenda.').waitFor({ state: 'attached' });
    assert.ok(await up.evaluate((one) => one === document.activeElement));
    assert.equal(await hoursOf(page, 'Group photo'), '14:55');
    assert.equal(await hoursOf(page, 'Closing remarks'), '15:00');
    await button(page, 'Down: Group photo').press('Enter');
    await until(async () => {
      assert.equal((await titlesOf(page, 'Plenary')).at(-1), 'Group photo');
    }, page);
  });

  it('S4: moved by a drag, before what it is dropped on', async () => {
    await page.setViewportSize({ width: 1440, height: 1800 }); // both ends of the drag in sight
    const target = item(page, 'Keynote: partnerships in the new Strategic Concept');
    await item(page, 'Group photo').locator('.grip').hover();
    await page.mouse.down();
    const { x, y } = await target.boundingBox();
    // The first movement begins the browser's own drag; where it is shows with those after it.
    await until(async () => {
      await page.mouse.move(x + 40, y + 8);
      await page.mouse.move(x + 41, y + 6);
      assert.equal(await page.locator('.falls').count(), 1);
    }, page);
    await page.mouse.up();
    await until(async () => {
      assert.equal((await titlesOf(page, 'Plenary'))[1], 'Group photo');
    }, page);
  });

  it('S4 S8: what never ran is removed; what has run is kept, and changed', async () => {
    const titles = await titlesOf(page, 'Plenary');
    await button(page, 'Remove: Group photo').press('Enter');
    await item(page, 'Group photo').waitFor({ state: 'detached' });
    const after = titles[titles.indexOf('Group photo') + 1];
    const landing = button(page, `Change: ${after}`); // A1: the row that took its place
    await until(async () => {
      assert.ok(await landing.evaluate((element) => element === document.activeElement), after);
    }, page);
    const chair = await page.context().newPage();
    await chair.goto(`${server.url}/s/${session.id}/moderate`);
    await button(chair, 'Open the session').click();
    const row = chair.locator('[data-item]').filter({ hasText: 'Welcome' });
    if ((await row.locator('button').first().getAttribute('aria-expanded')) === 'false') {
      await row.locator('button').first().click();
    }
    await row.getByRole('button', { name: /^Start/ }).click();
    await item(page, 'Welcome').getByText('now', { exact: true }).waitFor();
    await page.getByText('It has run, so it stays.').waitFor();
    assert.equal(await button(page, 'Remove: Welcome').count(), 0);
    await button(page, 'Change: Welcome').click();
    const form = page.getByRole('group', { name: 'Change', exact: true });
    await form.getByLabel('Title (English)').fill('Words of welcome');
    await form.getByLabel('Named speakers').fill('Welcome'); // as its kind is called
    await button(form, 'Save').click();
    await item(page, 'Words of welcome').waitFor();
    const about = item(page, 'Words of welcome').locator('.about bdi');
    await until(async () => {
      assert.deepEqual(await about.allInnerTexts(), ['Welcome', 'Welcome']);
    }, page);
    await chair.close();
  });

  it('S2 A1: more minutes than a week has are said in minutes; the focus stays', async () => {
    const row = item(page, 'Words of welcome');
    const field = row.getByRole('spinbutton');
    const before = await field.inputValue();
    for (const minutes of ['99999', '-5', '']) {
      await field.fill(minutes);
      await field.press('Enter');
      await row.getByRole('alert').getByText('Accepted are 0 to 10080 minutes').waitFor();
      assert.equal(await field.inputValue(), before);
      assert.ok(await field.evaluate((element) => element === document.activeElement));
      await field.fill(before);
      await row.getByRole('alert').waitFor({ state: 'detached' });
    }
  });

  it('S9: title and rooms of the session have a form in each language', async () => {
    await page.getByText('Title, day and languages').click();
    const details = page.locator('details', { hasText: 'Title, day and languages' });
    await details.getByLabel('Languages of the session').fill('en, fr, fr');
    await details.getByLabel('Title (French)').fill('Réunion semestrielle');
    const date = details.getByLabel('Date');
    const day = await date.inputValue();
    await date.fill('');
    await button(details, 'Save').click();
    await untilRefused(page, date, 'Please give the date.');
    await date.fill(day);
    await button(details, 'Save').click();
    await nino.getByText('Réunion semestrielle').first().waitFor();
    await page.locator('summary', { hasText: 'Rooms' }).click();
    const plenary = page.getByRole('group', { name: 'Plenary' });
    await plenary.getByLabel('Name (French)').fill('Plénière');
    await plenary.getByRole('button', { name: 'Save' }).click();
    await nino.getByText('Plénière').first().waitFor();
    await page.getByLabel('Name of the new room').fill('Press');
    await button(page, 'Add a room').click();
    await page.getByRole('heading', { name: 'Press', exact: true }).waitFor();
  });

  it('S4: exported, changed, and imported in place of what never ran', async () => {
    await page.getByText('Take the agenda away').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Save as a file').click(),
    ]);
    const agenda = JSON.parse(readFileSync(await download.path(), 'utf8'));
    assert.equal(agenda.titles.fr, 'Réunion semestrielle');
    assert.equal(agenda.agenda[0].title, 'Words of welcome');
    const items = [{ room: 'press', title: 'Questions', planned_minutes: 20 }];
    await page.getByText('Import an agenda').click();
    await page.getByLabel('Choose a file').setInputFiles(file({ ...agenda, agenda: items }));
    await page.locator('.mistakes', { hasText: 'agenda[0].room' }).waitFor();
    items[0].room = 'plenary';
    await page.getByLabel('Choose a file').setInputFiles(file({ ...agenda, agenda: items }));
    await page.locator('.fine', { hasText: /^Read: 1 item/ }).waitFor();
    await page.getByRole('radio', { name: /^Replace/ }).check();
    await button(page, 'Import').click();
    await page.getByRole('dialog').getByText('12 items that were never run go.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
    await page.getByText('Imported: 1 item.', { exact: true }).waitFor();
    await until(async () => {
      assert.deepEqual(await titlesOf(page, 'Plenary'), ['Words of welcome', 'Questions']);
    }, page);
    assert.deepEqual(page.complaints, []);
    assert.deepEqual(nino.complaints, []);
  });

  it('C2: an import whose answer is lost is sent again and done once', async () => {
    const path = '**/agenda?mode=*';
    await page.route(path, async (route) => {
      await route.fetch();
      await route.abort();
    });
    const items = [{ room: 'plenary', title: 'Late addition', planned_minutes: 5 }];
    await page.getByLabel('Choose a file').setInputFiles(file({ title: 'x', agenda: items }));
    await page.getByRole('radio', { name: /^Append/ }).check();
    await button(page, 'Import').click();
    const said = page.getByRole('alert').getByText('No answer came; it may have been imported');
    await said.waitFor();
    await item(page, 'Late addition').waitFor();
    assert.equal(await page.getByText('Nothing was imported').count(), 0);
    await page.unroute(path);
    await button(page, 'Import').click();
    await page.getByText('Imported: 1 item.', { exact: true }).waitFor();
    assert.equal(await item(page, 'Late addition').count(), 1);
  });

  it('S4: what was said of one source is not said of the next; letters are not lost', async () => {
    const source = page.getByLabel('Choose a file');
    const done = page.getByText('Imported: 1 item.', { exact: true });
    await done.waitFor(); // of the import before
    await source.setInputFiles({ ...file(''), buffer: Buffer.alloc(0) });
    await page.getByText('The file is empty.').waitFor();
    assert.equal(await done.count(), 0);
    const latin = JSON.stringify({ title: 'x', agenda: [{ room: 'plenary', title: 'Été' }] });
    await source.setInputFiles({ ...file(''), buffer: Buffer.from(latin, 'latin1') });
    await page.getByText('it must be text in UTF-8').waitFor();
    assert.equal(await page.getByText(/^Read:/).count(), 0);
    await source.setInputFiles(file(latin));
    await page.locator('.fine', { hasText: /^Read: 1 item/ }).waitFor();
  });

  it('P2: who moderates one room changes that room’s items, and not the session', async () => {
    const made = await fetch(`${server.url}/api/v1/sessions/${session.id}/invitations`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${server.organizerKey}`,
      },
      body: JSON.stringify({ role: 'moderator', room: 'human' }),
    });
    const { hash } = new URL((await made.json()).link);
    const lead = await newPage(browser);
    await joinByLink(lead, `${server.url}/s/${session.id}/agenda${hash}`, {
      name: 'Kim Min-jun',
      delegation: 'Japan',
    });
    await button(lead, 'Add an item: Human security').waitFor();
    await lead.locator('summary', { hasText: 'Take the agenda away' }).waitFor();
    assert.equal(await button(lead, 'Add an item: Plenary').count(), 0);
    for (const text of ['Import an agenda', 'Title, day and languages', 'Rooms']) {
      assert.equal(await lead.locator('summary', { hasText: text }).count(), 0, text);
    }
    await lead.goto(`${server.url}/s/${session.id}/moderate`);
    await lead.getByRole('tab', { name: 'Room' }).click();
    await lead.getByLabel('Speaking time in seconds (0: none)').waitFor();
    for (const name of ['Pause', 'Resume', 'Close…', 'Open the session']) {
      assert.equal(await button(lead.locator('header, #floor'), name).count(), 0, name);
    }
    assert.equal(await lead.locator('summary', { hasText: /^Session$/ }).count(), 0);
    await lead.getByRole('tab', { name: 'Invitations' }).click();
    await lead.locator('summary', { hasText: 'New invitation' }).click();
    const [role, scope] = await lead.getByRole('tabpanel').locator('select').all();
    assert.deepEqual(await role.locator('option').allInnerTexts(), [
      'Note-taker',
      'Moderator',
      'Display',
    ]);
    assert.deepEqual(await scope.locator('option').allInnerTexts(), ['Human security']);
    assert.deepEqual(lead.complaints, []);
    await lead.context().close();
  });

  it('C5: while offline nothing can be changed, and it says so', async () => {
    await page.context().setOffline(true);
    await page.getByText('Offline since').waitFor();
    await button(page, 'Up: Questions').press('Enter');
    await page.getByText('nothing can be changed until the page is live again').first().waitFor();
    assert.ok(
      (await page.getByLabel('Planned minutes: Questions').getAttribute('readonly')) !== null,
    );
    await page.context().setOffline(false);
  });
});
