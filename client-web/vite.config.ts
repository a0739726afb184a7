import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// In development the pages come from Vite and everything under /api from a server started by hand.
const build = process.env['PLENARY_BUILD'] ?? 'dev';
const server = process.env['PLENARY_SERVER'] ?? 'http://127.0.0.1:8080';

const everywhere =
  /node_modules|src\/(wire|core(?!\/chair)|api|i18n\/(generated\/runtime|index|language|refusals))|App\.svel/;

export default defineConfig({
  plugins: [svelte()],
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
      // One file for what every page needs: many small ones compress worse.
      output: { codeSplitting: { groups: [{ name: 'base', test: everywhere }] } },
      treeshake: {
        moduleSideEffects: (id) => !/svelte\/src\/(legacy|internal\/client)\//.test(id),
      },
    },
  },
  // Tests of the store run Svelte as browsers do, not as a server would.
  ...(process.env['VITEST'] === undefined ? {} : { resolve: { conditions: ['browser'] } }),
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
