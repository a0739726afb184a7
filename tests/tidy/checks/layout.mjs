// Folders that must have tests, since the build passes over a folder that isn't there; and shell
// scripts that bash can read.
import { spawnSync } from 'node:child_process';

const required = [
  ...['core', 'connection', 'host', 'fanout', 'gateway', 'adapters', 'config', 'observe'].map(
    (folder) => [`tests/unit/${folder}/`, /\.cpp$/, `server/${folder}/`],
  ),
  ['tests/contract/', /\.cpp$/],
  ['tests/simulation/', /\.cpp$/],
  ['tests/integration/', /\.cpp$/],
  ['tests/browser/', /\.(mjs|ts)$/],
  ['tests/load/', /\.cpp$/],
  ['client-web/src/core/', /\.test\.ts$/],
  ['client-web/src/connection/', /\.test\.ts$/],
];

const has = (tree, folder, pattern) =>
  tree.paths.some((path) => path.startsWith(folder) && pattern.test(path));

export const folders = {
  name: 'every part has its folder of tests',
  check: (tree) =>
    required
      .filter(([folder, pattern]) => !has(tree, folder, pattern))
      .map(([folder, pattern]) => `${folder}: no file like ${pattern.source}`),
  bad: [{}, { 'tests/unit/core/README.md': '' }],
  good: [
    Object.fromEntries(
      required.flatMap(([folder]) => ['cpp', 'test.ts'].map((end) => [`${folder}a.${end}`, ''])),
    ),
  ],
};

const isScript = (tree, path) =>
  path.endsWith('.sh') || /^#!.*\bbash\b/.test(tree.read(path).slice(0, 40));
const mayBeScript = (path) => /\.sh$|(^|\/)[a-z-]+$/.test(path);

export const scripts = {
  name: 'shell scripts can be read and run',
  check(tree) {
    const findings = [];
    for (const path of tree.paths.filter((path) => mayBeScript(path) && isScript(tree, path))) {
      const text = tree.read(path);
      const { status, stderr } = spawnSync('bash', ['-n'], { input: text });
      if (status !== 0) findings.push(`${path}: ${stderr.toString().trim()}`);
      if (path.endsWith('.sh')) continue;
      if (!/^set -euo pipefail$/m.test(text)) findings.push(`${path}: has no "set -euo pipefail"`);
      if (!tree.isExecutable(path)) findings.push(`${path}: is not executable`);
    }
    return findings;
  },
  bad: [{ 'deploy/lib.sh': 'if true; then\n' }, { 'deploy/run': '#!/usr/bin/env bash\necho\n' }],
  good: [{ 'deploy/run': '#!/usr/bin/env bash\nset -euo pipefail\necho\n' }],
};
