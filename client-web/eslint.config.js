import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// What is pure neither asks the time nor touches the browser: both are passed in.
const impure = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'pass time in',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'pass time in' },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'pass it in',
  },
];
const browser = [
  'window',
  'document',
  'navigator',
  'localStorage',
  'sessionStorage',
  'location',
  'history',
  'WebSocket',
  'fetch',
  'crypto',
  'performance',
  'setTimeout',
  'setInterval',
  'requestAnimationFrame',
  'queueMicrotask',
  'console',
];

export default ts.config(
  { ignores: ['dist/', 'src/wire/generated/', 'src/i18n/generated/', 'project.inlang/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true }],
      'svelte/no-at-html-tags': 'error',
      'svelte/prefer-svelte-reactivity': 'off', // our maps are values, never changed once made
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['src/core/**/*.ts', 'src/connection/**/*.ts'],
    ignores: ['**/*.test.ts', 'src/connection/runtime.ts'],
    rules: {
      'no-restricted-globals': ['error', ...browser],
      'no-restricted-syntax': ['error', ...impure],
    },
  },
  { files: ['**/*.test.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['src/offline/**'],
    languageOptions: { globals: { ...globals.serviceworker } },
  },
  {
    files: ['scripts/**', '*.config.*'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-console': 'off' },
  },
);
