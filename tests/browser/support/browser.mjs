// Debian's Chromium, one context a person, and what every test asserts about a page: that nothing
// was reported on its console.
import { chromium } from 'playwright-core';
import { wordsIn } from './words.mjs';

export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export async function startBrowser() {
  return chromium.launch({
    executablePath: process.env.PLENARY_CHROMIUM ?? '/usr/bin/chromium',
    args,
  });
}

// What Chromium itself reports while a test takes the network away.
const expected = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|WebSocket connection to/;

const locales = { en: 'en-GB', fr: 'fr-FR' };

// For somebody who reads this language: `page.say` has its words.
export async function newPage(browser, { phone = false, language = 'en', ...others } = {}) {
  const { locale = locales[language], timezoneId = 'Europe/Brussels' } = others;
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    hasTouch: phone,
    locale,
    colorScheme: others.colorScheme ?? 'light',
    timezoneId,
    reducedMotion: 'reduce',
    serviceWorkers: 'block', // installed.test.mjs has a browser of its own
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.say = wordsIn(language);
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(`${error}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) {
      page.complaints.push(message.text());
    }
  });
  return page;
}
