// Counts single tests in the reports that test programs write, for tests/run:
//
//   node tests/count.mjs gtest FOLDER PROGRAM...   one GoogleTest JSON per program
//   node tests/count.mjs vitest FILE               Vitest's JSON reporter
//   node tests/count.mjs plain FILE                {"passed": n, "failed": n}
//
// Prints "PASSED FAILED" and, on standard error, the names of what failed. A test that was skipped
// or disabled has not passed; a program that left no report has crashed or hung: one failure.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [kind, place, ...programs] = process.argv.slice(2);
const outcome = { passed: 0, failed: [] };
const note = (passed, name) => (passed ? (outcome.passed += 1) : outcome.failed.push(name));

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    outcome.failed.push(`${path}: no report`);
    return null;
  }
}

function countGtest(report, program) {
  for (const suite of report.testsuites) {
    for (const test of suite.testsuite) {
      const ran = test.status === 'RUN' && test.result === 'COMPLETED';
      note(ran && !test.failures, `${program}: ${suite.name}.${test.name}`);
    }
  }
}

function countVitest(report) {
  for (const file of report.testResults) {
    if (file.status === 'failed' && file.assertionResults.length === 0) note(false, file.name);
    for (const test of file.assertionResults) note(test.status === 'passed', test.fullName);
  }
}

if (kind === 'gtest') {
  for (const program of programs) {
    const report = readJson(join(place, `${program}.json`));
    if (report) countGtest(report, program);
  }
} else {
  const report = readJson(place);
  if (report && kind === 'vitest') countVitest(report);
  if (report && kind === 'plain') {
    outcome.passed += report.passed;
    for (let at = 0; at < report.failed; at += 1) {
      outcome.failed.push(report.failures?.[at] ?? `${place}: a failure`);
    }
  }
}
for (const name of outcome.failed) console.error(`  failed: ${name}`);
console.log(`${outcome.passed} ${outcome.failed.length}`);
