// No page is drawn by a server and taken over by the browser. What Svelte has for that never runs
// here, and it guards all of it by one variable: without it the first load is lighter (A3).
const inside = /\/svelte\/src\/internal\/client\/.*\.js$/;
const imports = /(^import [\s\S]*?;$)/m;
const read = /(?<![\w.])hydrating\b(?!\s*[:=])/g; // neither declared nor assigned

export function neverHydrated() {
  return {
    name: 'plenary-never-hydrated',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!inside.test(id)) return undefined;
      const parts = code.split(imports);
      const made = parts.map((part) => (imports.test(part) ? part : part.replace(read, 'false')));
      return { code: made.join(''), map: null };
    },
  };
}
