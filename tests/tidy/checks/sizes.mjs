// Sizes as a ratchet: 400 lines a file, 70 a function, 100 columns. What is larger today stands in
// sizes.txt with its present number; a number that no longer holds, either way, is a finding.
import { functionsOf, isGenerated, languageOf } from '../source.mjs';

const limits = { file: 400, function: 70, columns: 100 };
const list = 'tests/tidy/sizes.txt';

function measured(tree) {
  const over = new Map();
  for (const path of tree.paths) {
    const language = languageOf(path);
    if (!language || isGenerated(path) || !/^(server|tests|client-web)\//.test(path)) continue;
    const text = tree.read(path);
    const lines = text.split('\n');
    if (text.endsWith('\n')) lines.pop();
    if (lines.length > limits.file) over.set(`file ${path}`, lines.length);
    const widest = Math.max(0, ...lines.map((line) => [...line].length));
    if (widest > limits.columns) {
      const at = lines.findIndex((line) => [...line].length > limits.columns) + 1;
      over.set(`columns ${path}`, Object.assign(Object(widest), { at }));
    }
    for (const { name, lines: length, line } of functionsOf(text, language)) {
      if (length <= limits.function) continue;
      const key = `function ${path} ${name}`;
      const before = over.get(key) ?? 0;
      if (length > before) over.set(key, Object.assign(Object(length), { at: line }));
    }
  }
  return over;
}

function exceptions(tree) {
  const text = tree.paths.includes(list) ? tree.read(list) : '';
  const rows = text.split('\n').filter((row) => row.trim() && !row.startsWith('#'));
  const split = (row) => [row.slice(0, row.lastIndexOf(' ')), Number(row.split(' ').at(-1))];
  return new Map(rows.map(split));
}

const calls = '  g();\n'.repeat(70);
const manyTests = "  it('b', () => {});\n".repeat(90);

export const sizes = {
  name: 'files, functions and lines keep their size',
  check(tree) {
    const findings = [];
    const over = measured(tree);
    const known = exceptions(tree);
    for (const [key, number] of over) {
      const allowed = known.get(key);
      const limit = limits[key.split(' ')[0]];
      const where = number.at ? ` (line ${number.at})` : '';
      if (allowed === undefined) findings.push(`${key} ${number}${where}: the limit is ${limit}`);
      else if (number > allowed) findings.push(`${key} ${number}: grew from ${allowed} in ${list}`);
      else if (number < allowed) findings.push(`${key} ${number}: lower ${allowed} in ${list}`);
    }
    for (const key of known.keys()) {
      if (!over.has(key)) findings.push(`${key}: keeps the limit now, take it off ${list}`);
    }
    return findings;
  },
  bad: [
    { 'server/core/a.cpp': 'int x;\n'.repeat(401) },
    { 'server/core/a.cpp': `int x; // ${'x'.repeat(100)}\n` },
    { 'server/core/a.cpp': `int f(int a) {\n${'  ++a;\n'.repeat(70)}}\n` },
    { 'tests/unit/core/a.cpp': `TEST(Queue, Q1_Order) {\n${'  f();\n'.repeat(70)}}\n` },
    {
      'server/core/a.cpp': `namespace a {\nclass B {\n  f(C c = {}) const {\n${calls}  }\n};\n}\n`,
    },
    { 'client-web/src/a.ts': `const f = () => {\n${calls}};\n` },
    { 'client-web/src/a.ts': `class A {\n  private f(x: B): C {\n${calls}  }\n}\n` },
    { 'server/core/a.cpp': `A::A(int b) : b_{b}, c_{1} {\n${calls}}\n` },
    {
      'client-web/src/a.svelte': `<script lang="ts">\nfunction f() {\n${calls}}\n</script>\n`,
    },
    { 'server/core/a.cpp': 'int x;\n'.repeat(410), [list]: 'file server/core/a.cpp 420\n' },
    { 'server/core/a.cpp': 'int x;\n', [list]: 'file server/core/a.cpp 420\n' },
  ],
  good: [
    { 'server/core/a.cpp': 'int x;\n'.repeat(410), [list]: 'file server/core/a.cpp 410\n' },
    { 'client-web/src/a.test.ts': `describe('a', () => {\n${manyTests}});\n` },
    {
      'server/core/a.cpp': `namespace a {\nint f() { return 1'000; }\n${'int x;\n'.repeat(90)}}\n`,
    },
  ],
};
