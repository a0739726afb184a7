// Every rule that server/SPEC.md marks as built has a test that carries its ID in its name; no test
// names a rule that isn't there.
import { codeOf, isGenerated, languageOf } from '../source.mjs';

const spec = 'server/SPEC.md';
const idPattern = /(?<![A-Za-z0-9])([A-Z]\d{1,2})(?=[_: ,])/g;

export function rulesOf(text) {
  const rows = text.matchAll(/^- ([A-Z]\d{1,2}) (\*\*built\*\*|\*later\*) \S/gm);
  return new Map([...rows].map((row) => [row[1], row[2] === '**built**']));
}

const isTest = (path) =>
  !isGenerated(path) &&
  !path.startsWith('tests/tidy/') &&
  (/^tests\/.*\.(cpp|ts|mjs|js)$/.test(path) || /^client-web\/.*\.test\.ts$/.test(path));

// The names of the tests in a file: TEST(Queue, Q1_Order), it('Q1: …'), including names on the
// line after the parenthesis.
function testNames(path, text) {
  const language = languageOf(path);
  const code = codeOf(text, language, { keepStrings: true });
  if (language === 'cpp') {
    return [...code.matchAll(/\b(?:TYPED_)?TEST(?:_[FP])?\s*\(([^)]*)\)/g)].map((row) => row[1]);
  }
  const calls =
    /\b(?:it|test|describe|step|scenario)(?:\.\w+)*\s*(?:\([^()]*\))?\(\s*(['"`])(.*?)\1/gs;
  return [...code.matchAll(calls)].map((row) => row[2]);
}

export const rules = {
  name: 'every built rule of SPEC.md has a test',
  check(tree) {
    if (!tree.paths.includes(spec)) return [`${spec} is missing`];
    const known = rulesOf(tree.read(spec));
    const findings = [];
    if (known.size === 0) findings.push(`${spec}: no line reads "- Q1 **built** …"`);
    const proven = new Set();
    for (const path of tree.paths.filter(isTest)) {
      for (const name of testNames(path, tree.read(path))) {
        for (const [, id] of `${name} `.matchAll(idPattern)) {
          proven.add(id);
          if (!known.has(id)) findings.push(`${path}: ${name.trim()}: ${spec} has no rule ${id}`);
        }
      }
    }
    for (const [id, built] of known) {
      if (built && !proven.has(id)) findings.push(`${spec}: ${id} is built, but no test names it`);
    }
    return findings;
  },
  bad: [
    { [spec]: '- Q1 **built** Order.\n' },
    { [spec]: '- Q1 **built** Order.\n', 'tests/unit/core/a.cpp': '// TEST(Queue, Q1_Order)\n' },
    { [spec]: '- Q1 **built** Order.\n', 'tests/unit/core/a.cpp': 'TEST(Queue, Q11_Order) {}\n' },
    {
      [spec]: '- Q1 **built** Order.\n',
      'tests/unit/core/a.cpp': 'TEST(Queue, Q1_Order) {}\nTEST(Queue, Q99_Order) {}\n',
    },
    { [spec]: 'nothing\n' },
    {},
  ],
  good: [
    {
      [spec]: '- Q1 **built** A.\n- Q2 **built** B.\n- T1 **built** C.\n- B1 *later* D.\n',
      'tests/unit/core/a.cpp': 'TEST(\n    Queue, Q1_T1_OrderIsBandThenKey) {}\n',
      'client-web/src/core/a.test.ts': "it('Q2: the place stays', () => {});\n",
    },
  ],
};
