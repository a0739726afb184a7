import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// In development the pages come from Vite and everything under /api from a server started by hand.
const build = process.env['PLENARY_BUILD'] ?? 'dev';
const server = process.env['PLENARY_SERVER'] ?? 'http://127.0.0.1:8080';

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
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
