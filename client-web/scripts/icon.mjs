// The icon of the tab, in index.html itself: a browser asks for it while the pages' own files are
// still on their way, and on a slow line they wait for it (A3).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const drawing = fileURLToPath(new URL('../public/icon.svg', import.meta.url));
const named = 'href="/icon.svg"';

export function icon() {
  return {
    name: 'plenary-icon',
    apply: 'build',
    transformIndexHtml(html) {
      if (!html.includes(named)) throw new Error('icon: index.html does not name it');
      const svg = readFileSync(drawing, 'utf8')
        .trim()
        .replace(/\s*\n\s*/g, ' ');
      const text = svg.replaceAll('"', "'").replace(/[%#<>]/g, encodeURIComponent);
      return html.replace(named, `href="data:image/svg+xml,${text}"`);
    },
  };
}
