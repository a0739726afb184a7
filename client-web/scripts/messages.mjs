// Messages as they are built into the pages: what paraglide writes asks for its own ways to find a
// language, in every message anew; here src/i18n/language.svelte.ts alone decides. In development
// and in tests they are as written, and say the same.
const message = /\/i18n\/generated\/messages\/(\w+)\.js$/;
const runtime = /\/i18n\/generated\/runtime\.js$/;

const language = /^const (\w+?)_\w+ = .*?\((\w*)\) => \{([\s\S]*?)\n?\};$/gm;

// `return` of one text, and nothing else.
function textOf(body) {
  return /^\s*return (?:\/\*\*.*?\*\/ )?\((`(?:[^`\\]|\\.)*`)\)$/.exec(body)?.[1];
}

export function compact(code, key) {
  const forms = [...code.matchAll(language)].map(([, tag, , body]) => ({ tag, body }));
  const said = forms.map(({ tag, body }) => {
    const text = textOf(body);
    return { tag, value: text === undefined ? `(() => {${body}\n})()` : text };
  });
  const [base, ...others] = said;
  if (base === undefined || !code.includes(`export const ${key} = `)) return undefined;
  const value = others.reduceRight(
    (rest, other) => `localeOf(o) === "${other.tag}" ? ${other.value} : ${rest}`,
    base.value,
  );
  const registry = code.includes('registry.')
    ? "import * as registry from '../registry.js';\n"
    : '';
  const import_ = "import { localeOf } from '../runtime.js';\n";
  return `${registry}${import_}export const ${key} = (i, o) => ${value};\n`;
}

const ownRuntime = (code) => {
  const take = (name) => new RegExp(`^export const ${name} = .*$`, 'm').exec(code)?.[0] ?? '';
  return [
    take('baseLocale'),
    take('locales'),
    'let ask = () => baseLocale;',
    'export const getLocale = () => ask();',
    'export const localeOf = (options) => options?.locale ?? ask();', // asked for in one of them
    'export const overwriteGetLocale = (given) => (ask = given);',
    'export const experimentalStaticLocale = undefined;',
  ].join('\n');
};

export function messages() {
  return {
    name: 'plenary-messages',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (runtime.test(id)) return { code: ownRuntime(code), map: null };
      const key = message.exec(id)?.[1];
      if (key === undefined || key === '_index') return undefined;
      // One whose name is a word of JavaScript is written in another way, and stays as it is.
      const made = compact(code, key);
      return made === undefined ? undefined : { code: made, map: null };
    },
  };
}
