// How messages become functions; shared by scripts/generate.mjs and vite.config.ts.
// Which language is asked for at run time stands in src/i18n/language.svelte.ts.
import { fileURLToPath } from 'node:url';

export const paraglide = {
  outdir: fileURLToPath(new URL('../src/i18n/generated', import.meta.url)),
  strategy: ['baseLocale'], // src/i18n/language.svelte.ts decides
  outputStructure: 'message-modules',
  emitTsDeclarations: false,
  isServer: 'false',
};
