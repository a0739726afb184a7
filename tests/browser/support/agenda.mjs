// The agenda editor, and an agenda as a file that is chosen there.

export const item = (page, title) =>
  page.locator('[data-item]').filter({ has: page.getByText(title, { exact: true }) });
export const hoursOf = async (page, title) =>
  (await item(page, title).locator('.hours').innerText()).replace(/\s+/g, ' ').trim();
export const section = (page, room) =>
  page.getByRole('region').filter({ has: page.getByRole('heading', { name: room, exact: true }) });
export const titlesOf = (page, room) =>
  section(page, room).locator('[data-item] .title').allInnerTexts();
export const file = (content) => ({
  name: 'agenda.json',
  mimeType: 'application/json',
  buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});
