// Makes what the sources are built with: TypeScript of the vocabulary (proto/) and the functions of
// the messages (messages/*.json). Runs protoc, which is Debian's protobuf-compiler.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { compile } from '@inlang/paraglide-js';
import { paraglide } from './paraglide.mjs';

const client = fileURLToPath(new URL('..', import.meta.url));
const proto = join(client, '..', 'proto');
const wire = join(client, 'src', 'wire', 'generated');

const tables = join(client, 'scripts', 'protoc-gen-tables.mjs');

const newest = (folder) =>
  Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
const upToDate = (target, ...sources) => {
  try {
    return newest(target) > Math.max(...sources.map(newest));
  } catch {
    return false; // not made yet
  }
};

if (!upToDate(wire, proto, join(client, 'scripts'))) {
  rmSync(wire, { recursive: true, force: true });
  mkdirSync(wire, { recursive: true });
  const names = ['entities', 'commands', 'views', 'wire'];
  execFileSync(
    'protoc',
    [
      `--proto_path=${proto}`,
      `--plugin=protoc-gen-es=${join(client, 'node_modules', '.bin', 'protoc-gen-es')}`,
      `--es_out=${wire}`,
      '--es_opt=target=ts,import_extension=none',
      `--plugin=protoc-gen-tables=${tables}`,
      `--tables_out=${wire}`,
      '--tables_opt=target=ts',
      ...names.map((name) => `plenary/v1/${name}.proto`),
    ],
    { stdio: 'inherit' },
  );
}

await compile({ ...paraglide, project: join(client, 'project.inlang') });
