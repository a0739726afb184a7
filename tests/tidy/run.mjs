// tidy: reads the sources, runs nothing of them. In Node, which the client's build needs anyway;
// Python is not on a fresh Debian, and the same in bash could be read by nobody.
//
//   node tests/tidy/run.mjs [--report FILE]
//
// Every check brings examples that it must find (`bad`) and must not find (`good`), which are tried
// first: a check that has gone blind fails as loudly as a source that breaks it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { includes } from './checks/includes.mjs';
import { folders, scripts } from './checks/layout.mjs';
import { leftovers } from './checks/leftovers.mjs';
import { limits } from './checks/limits.mjs';
import { openapi } from './checks/openapi.mjs';
import { pure } from './checks/pure.mjs';
import { rules } from './checks/rules.mjs';
import { sizes } from './checks/sizes.mjs';
import { checkoutTree, givenTree } from './tree.mjs';

const checks = [includes, pure, sizes, limits, openapi, rules, ...leftovers, folders, scripts];

function selfTest({ check, bad, good }) {
  const blind = bad.filter((files) => check(givenTree(files)).length === 0);
  const alarms = good.flatMap((files) => check(givenTree(files)));
  return [
    ...blind.map((files) => `is blind to ${JSON.stringify(files).slice(0, 160)}`),
    ...alarms.map((finding) => `finds what is right: ${finding}`),
  ];
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const checkout = checkoutTree(root);
const outcome = { passed: 0, failed: 0, failures: [] };

function report(name, findings) {
  if (findings.length === 0) {
    outcome.passed += 1;
    return;
  }
  outcome.failed += 1;
  outcome.failures.push(name);
  console.log(`tidy: ${name}`);
  for (const finding of findings) console.log(`  ${finding}`);
}

for (const check of checks) {
  report(`self-test of "${check.name}"`, selfTest(check));
  report(check.name, check.check(checkout));
}
console.log(`tidy: ${outcome.passed} passed, ${outcome.failed} failed`);
const at = process.argv.indexOf('--report');
if (at > 0) {
  mkdirSync(dirname(process.argv[at + 1]), { recursive: true });
  writeFileSync(process.argv[at + 1], JSON.stringify(outcome));
}
process.exitCode = outcome.failed > 0 ? 1 : 0;
