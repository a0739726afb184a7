// A tree of files as the checks see it: the checkout, or a few lines given by a self-test.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export function checkoutTree(root) {
  const out = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 1 << 26,
  });
  const isFile = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile();
  const paths = [...new Set(out.toString().split('\0'))].filter((path) => path && isFile(path));
  const texts = new Map();
  return {
    root,
    paths: paths.sort(),
    isExecutable: (path) => (statSync(join(root, path)).mode & 0o100) !== 0,
    read(path) {
      if (!texts.has(path)) texts.set(path, readFileSync(join(root, path), 'utf8'));
      return texts.get(path);
    },
  };
}

export function givenTree(files) {
  return {
    root: null,
    paths: Object.keys(files).sort(),
    isExecutable: (path) => files[path].startsWith('#!'),
    read: (path) => files[path],
  };
}
