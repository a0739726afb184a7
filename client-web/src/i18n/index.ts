// Words: `import { m } from '../i18n'`, then m.name() or m.name({ value }). Messages:
// messages/{en,fr}.json.
export * as m from './generated/messages/_index.js';
export {
  currentLanguage,
  languages,
  ownNames,
  setLanguage,
  type Language,
} from './language.svelte';
