// What must not be left in: reminders, switched-off tests, things that hold on one machine only,
// and files that a build makes.
import { isGenerated, lineOf } from '../source.mjs';

const endings = /\.(cpp|hpp|proto|ts|mjs|js|svelte|sh|md|css|html|txt|json|ya?ml|conf|service)$/;
const isOwnText = (path) =>
  (endings.test(path) || /(^|\/)(run|Dockerfile)$/.test(path)) && !path.startsWith('tests/tidy/');
const built = /(^|\/)(node_modules|dist|build)\/|_pb\.(ts|js)$/;
const isLock = (path) => path.endsWith('package-lock.json');
const isTestCode = (path) =>
  !path.startsWith('tests/tidy/') &&
  /^(tests|client-web)\//.test(path) &&
  /\.(cpp|hpp|ts|mjs|js)$/.test(path);

function search(tree, wanted, patterns) {
  const findings = [];
  for (const path of tree.paths.filter(wanted)) {
    const text = tree.read(path);
    for (const [pattern, why] of patterns) {
      for (const match of text.matchAll(pattern)) {
        findings.push(`${path}:${lineOf(text, match.index)}: ${why}: ${match[0].trim()}`);
      }
    }
  }
  return findings;
}

const reminders = [[/\b(?:TODO|FIXME|XXX|HACK|[Nn]ot implemented)\b/g, 'a reminder']];
const switchedOff = [
  [/\bGTEST_SKIP\b|\bDISABLED_\w+/g, 'a test that does not run'],
  [/\b(?:it|test|describe|suite)\.(?:skip|only|todo|fails)\b/g, 'a test that does not run'],
  [/\b[xf](?:it|describe)\(/g, 'a test that does not run'],
  [/\b(?:skip|only|todo):\s*true\b/g, 'a test that does not run'],
];
const machine = [
  [/(?<![\w./~$}-])\/(?:work|root|home\/\w+|Users\/\w+)\/[\w.-]+/g, 'a path of one machine'],
];
const registry = [
  [/"resolved":\s*"https?:[^"]*"/g, 'a download address (npm: omit-lockfile-registry-resolved)'],
];

const one = (name, wanted, patterns, bad, good) => ({
  name,
  check: (tree) => search(tree, wanted, patterns),
  bad,
  good,
});

export const leftovers = [
  one(
    'no reminders',
    (path) => isOwnText(path) && !isLock(path),
    reminders,
    [{ 'server/a.cpp': '// TODO: later\n' }, { 'deploy/run': '# FIXME\n' }],
    [{ 'server/a.cpp': '// later, see SPEC.md\n' }],
  ),
  one(
    'no test is switched off',
    isTestCode,
    switchedOff,
    [
      { 'tests/unit/a.cpp': 'GTEST_SKIP();\n' },
      { 'tests/unit/a.cpp': 'TEST(A, DISABLED_B) {}\n' },
      { 'client-web/src/a.test.ts': "it.only('a', f);\n" },
      { 'client-web/src/a.test.ts': "describe.skip('a', f);\n" },
      { 'tests/browser/a.mjs': "test('a', { skip: true }, f);\n" },
    ],
    [{ 'client-web/src/a.test.ts': "it('skips', f);\n" }],
  ),
  one(
    'nothing holds on one machine only',
    (path) => isOwnText(path) && !isLock(path),
    machine,
    [{ 'deploy/run': `cd /${'work'}/main\n` }, { 'README.md': `see /${'root'}/notes\n` }],
    [{ 'client-web/src/a.ts': 'import "../core/work/a";\n', 'a.md': '`client-web/root/x`\n' }],
  ),
  one(
    'lock files name no download address',
    isLock,
    registry,
    [{ 'client-web/package-lock.json': '"resolved": "https://host.example/a.tgz"\n' }],
    [{ 'client-web/package-lock.json': '"version": "1.0.0"\n' }],
  ),
  {
    name: 'nothing generated or built is committed',
    check: (tree) =>
      tree.paths
        .filter((path) => isGenerated(path) || built.test(path))
        .map((path) => `${path}: is made by the build`),
    bad: [
      { 'client-web/src/wire/generated/wire_pb.ts': '' },
      { 'proto/plenary/v1/wire.pb.h': '' },
      { 'client-web/dist/index.html': '' },
    ],
    good: [{ 'client-web/src/wire/codec.ts': '' }],
  },
];
