// The numbers of the vocabulary's enums in place of their names, in what is built: an enum of
// TypeScript is an object with every name and number in it, both ways, and twenty of them weigh as
// much as a page (A3).
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const generated = fileURLToPath(new URL('../src/wire/generated/plenary/v1', import.meta.url));

// "RequestKind.HAND" → "1"
export function numbersOf(source) {
  const numbers = new Map();
  for (const [, name, body] of source.matchAll(/^export enum (\w+) \{$([\s\S]*?)^\}$/gm)) {
    for (const [, member, number] of body.matchAll(/^ {2}(\w+) = (\d+),$/gm)) {
      numbers.set(`${name}.${member}`, number);
    }
  }
  return numbers;
}

export const inline = (code, numbers) =>
  code.replace(/(?<![\w$.])[A-Z]\w*\.[A-Z][A-Z_]*\b/g, (use) => numbers.get(use) ?? use);

export function enums() {
  let numbers;
  return {
    name: 'plenary-enums',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      const files = readdirSync(generated).filter((name) => name.endsWith('_pb.ts'));
      const sources = files.map((name) => readFileSync(join(generated, name), 'utf8'));
      numbers = numbersOf(sources.join('\n'));
      if (numbers.size === 0) throw new Error('enums: none are found');
    },
    transform(code, id) {
      if (!/\/src\/.*\.(ts|svelte)$/.test(id) || id.includes('/generated/')) return undefined;
      return { code: inline(code, numbers), map: null };
    },
  };
}
