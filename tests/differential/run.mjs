// The C++ document against Yjs, seed by seed:
//
//   node run.mjs --driver PROGRAM [--seeds N] [--first SEED] [--data FOLDER] [--report FILE]
//
// A failure names its seed; --first SEED --seeds 1 plays it again. Fails if Node's packages or the
// driver are missing; it never skips. The traces of --data are replayed too; where they are not, it
// says so loudly.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Driver } from './driver.mjs';
import { runHostile } from './hostile.mjs';
import { runMarkdown } from './markdown.mjs';
import { runScenario } from './scenario.mjs';
import { runAwareness } from './awareness.mjs';
import { hasTrace, runTrace, tracePath } from './traces.mjs';

const { values: options } = parseArgs({
  options: {
    driver: { type: 'string' },
    seeds: { type: 'string', default: '300' },
    first: { type: 'string', default: '1' },
    data: { type: 'string' },
    report: { type: 'string' },
  },
});

const outcome = { passed: 0, failed: 0, failures: [] };
let driver = new Driver(options.driver);

async function attempt(name, play) {
  try {
    await play();
    outcome.passed += 1;
  } catch (error) {
    outcome.failed += 1;
    outcome.failures.push(`${name}: ${error.message.split('\n').slice(0, 12).join('\n')}`);
    if (outcome.failures.length <= 10) console.error(`${name}: ${error.stack.slice(0, 1500)}`);
    if (driver.ended) driver = new Driver(options.driver);
  }
}

const first = Number(options.first);
for (let seed = first; seed < first + Number(options.seeds); seed += 1) {
  await attempt(`seed ${seed}`, () => runScenario(seed, driver));
  await attempt(`markdown, seed ${seed}`, () => runMarkdown(seed, driver));
  if (outcome.failed > 50) break;
}
await runHostile(driver, attempt);
await attempt('awareness', () => runAwareness(driver));
for (const name of ['friendsforever', 'automerge-paper']) {
  if (hasTrace(options.data, name)) {
    await attempt(`trace ${name}`, () => runTrace(driver, options.data, name));
  } else {
    console.error(
      `!!! NOT REPLAYED: ${tracePath(options.data ?? 'no --data', name)} is not there !!!`,
    );
  }
}
driver.end();
console.log(`differential: ${outcome.passed} passed, ${outcome.failed} failed`);
if (options.report) writeFileSync(options.report, JSON.stringify(outcome));
process.exit(outcome.failed > 0 ? 1 : 0);
