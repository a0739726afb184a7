// Writes /sw.js: the service worker with the names of the files that it keeps, those of the pages
// for joining and for participants.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { filesOf } from './early.mjs';

const worker = fileURLToPath(new URL('../src/offline/service-worker.js', import.meta.url));
const sources = [
  'src/main.ts',
  'src/pages/enter/HomePage.svelte',
  'src/pages/enter/JoinPage.svelte',
  'src/pages/session/SessionPage.svelte',
  'src/pages/participant/more/index.ts',
  'src/i18n/refusals.ts',
];

export function offline() {
  return {
    name: 'plenary-offline',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const names = [...new Set(sources.flatMap((source) => filesOf(bundle, source)))].sort();
        const files = JSON.stringify(names.map((name) => `/${name}`));
        const body = readFileSync(worker, 'utf8');
        // The page has a script of its own (scripts/early.mjs), whose name is in no list of files.
        const page = bundle['index.html'].source;
        const hash = createHash('sha256').update(files).update(body).update(page);
        const version = hash.digest('hex').slice(0, 12);
        const head = `self.plenaryFiles = ${files};\nself.plenaryVersion = 'plenary-${version}';\n`;
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: head + body });
      },
    },
  };
}
