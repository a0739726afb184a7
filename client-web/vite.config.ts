import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { early } from './scripts/early.mjs';
import { enums } from './scripts/enums.mjs';
import { icon } from './scripts/icon.mjs';
import { messages } from './scripts/messages.mjs';
import { neverHydrated } from './scripts/never-hydrated.mjs';
import { offline } from './scripts/offline.mjs';

// In development the pages come from Vite and everything under /api from a server started by hand.
const build = process.env['PLENARY_BUILD'] ?? 'dev';
const server = process.env['PLENARY_SERVER'] ?? 'http://127.0.0.1:8080';

// Which files the parts of the pages are: what every page needs, what joining needs more, what the
// participant's page needs more before a hand can be raised, and what it fetches behind that. One
// file each: many small ones compress worse, and each costs the head of an answer.
const everyPage = [
  'src/(main|App|routes|styles/(base|tokens)|pages/problem)',
  'rolldown/runtime',
  'src/(i18n/(index|language)|wire/refusal-codes|early/left)',
  'src/state/(identity|storage|known-name|known-sessions)',
  'src/core/(zone|names|token|bytes|codes)',
  'src/components/(Notice|LanguageSwitch|times|Icon|Name)\\.',
  // Words that both joining and the participant's page have.
  'generated/messages/(app_name|optional|try_again|join_failed|refusal_unspecified)\\.',
  'svelte/src/internal/client/dom/blocks/(each|html|await|if|snippet|component)',
  'svelte/src/internal/client/dom/elements/bindings/(input|this)',
];
const parts = [
  { name: 'base', test: new RegExp(everyPage.join('|')) },
  { name: 'enter', test: /src\/(pages\/enter\/(JoinPage|Frame)|api\/(http|index|lobby))/ },
  { name: 'participant', test: /src\/pages\/(session\/SessionPage|participant\/(?!more\/))/ },
  { name: 'refusals', test: /src\/i18n\/refusals/ },
  { name: 'more', test: /src\/pages\/(participant\/more|session\/Ended)/ },
].map((part, index) => ({ ...part, priority: 9 - index }));

export default defineConfig({
  plugins: [messages(), neverHydrated(), svelte(), enums(), icon(), early(), offline()],
  define: { __BUILD__: JSON.stringify(build) },
  server: { proxy: { '/api': { target: server, ws: true } } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows no data: script or style
    modulePreload: { polyfill: false }, // it would be an inline script
    cssCodeSplit: true,
    reportCompressedSize: false,
    manifest: true,
    // Svelte's own package does not say that these do nothing unless they are used, and no page is
    // a custom element.
    rolldownOptions: {
      output: { codeSplitting: { groups: parts } },
      treeshake: {
        moduleSideEffects: (id) =>
          !/svelte\/src\/(legacy|internal\/client)\/|\/i18n\/(generated|refusals)/.test(id),
      },
    },
  },
  // Tests of the store run Svelte as browsers do, not as a server would.
  ...(process.env['VITEST'] === undefined ? {} : { resolve: { conditions: ['browser'] } }),
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
