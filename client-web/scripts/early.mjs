// The early script, in index.html itself (a request of its own would be a round trip before all
// that it begins), with the names of the files that each page needs at once. The server allows it
// by its digest (gateway/static_files.cpp). Only the build has it: in development nothing is far
// away. Writes the same list for scripts/size.mjs.
const pages = {
  home: 'src/pages/enter/HomePage.svelte',
  join: 'src/pages/enter/JoinPage.svelte',
  session: 'src/pages/session/SessionPage.svelte',
  moderate: 'src/pages/moderate/ModeratePage.svelte',
  display: 'src/pages/display/DisplayPage.svelte',
};
const script = 'src/early/early.ts';

// The chunk that a source file is in, every chunk that it imports statically, and their style.
export function filesOf(bundle, source) {
  const files = new Set();
  const visit = (name) => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || files.has(name)) return;
    files.add(name);
    chunk.imports.forEach(visit);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
  };
  const has = (chunk) => chunk.moduleIds?.some((id) => id.endsWith(`/${source}`));
  visit(Object.values(bundle).find(has)?.fileName);
  if (files.size === 0) throw new Error(`early: ${source} is in no file`);
  return [...files];
}

export function early() {
  return {
    name: 'plenary-early',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: script, name: 'early' });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (bundle === undefined) return html;
        const [name, ...more] = filesOf(bundle, script);
        if (more.length > 0) throw new Error('early: not one file by itself');
        const { code } = bundle[name];
        Reflect.deleteProperty(bundle, name); // it stands in the page, and nothing else names it
        if (code.includes('</script')) throw new Error('early: would end before its end');
        // What the page of index.html itself brings needs no second mention.
        const there = (file) => html.includes(`/${file}"`);
        const files = Object.fromEntries(
          Object.entries(pages).map(([page, source]) => [
            page,
            filesOf(bundle, source)
              .filter((file) => !there(file))
              .map((file) => `/${file}`),
          ]),
        );
        const attrs = { 'data-files': JSON.stringify(files) };
        const children = `(()=>{${code.trim()}})()`;
        return { html, tags: [{ tag: 'script', attrs, children, injectTo: 'head-prepend' }] };
      },
    },
    generateBundle(_options, bundle) {
      const first = ['src/main.ts', pages.join, pages.session];
      const source = JSON.stringify({
        first: ['index.html', ...new Set(first.flatMap((one) => filesOf(bundle, one)))],
        join: [...new Set(['src/main.ts', pages.join].flatMap((one) => filesOf(bundle, one)))],
        session: [
          ...new Set(['src/main.ts', pages.session].flatMap((one) => filesOf(bundle, one))),
        ],
      });
      this.emitFile({ type: 'asset', fileName: '.vite/first.json', source });
    },
  };
}
