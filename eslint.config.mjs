// @ts-check
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { fences } from './scripts/fences.mjs';

/** One `no-restricted-imports` a room, from the same table that test/unit/repository/fences.test.ts walks. */
const fenceRules = fences.map(({ room, rooms, packages }) => ({
  files: [`${room}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...(rooms.length > 0
            ? [
                {
                  regex: `^(\\.\\./)+${room === 'webview' ? 'src/' : '(src/)?'}(${rooms.join('|')})/`,
                  message: `${room} may not look into this room.`,
                },
              ]
            : []),
          ...(packages.length > 0 ? [{ regex: `^(${packages.join('|')})(/|$)`, message: `${room} may not import this package.` }] : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'test/fixtures/', 'webview/assets/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // A leading underscore says that a parameter is there for its position.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Interfaces are the project's habit for objects; type literals stay legal for unions.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    // Promises that nobody waits for are how an editor loses errors; the one rule that is worth the type checker here.
    files: ['src/{extension,server,cli,runner}/**/*.ts', 'webview/**/*.{ts,tsx}', 'test/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { '@typescript-eslint/no-floating-promises': 'error', '@typescript-eslint/no-misused-promises': 'error' },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'writable', __dirname: 'readonly', process: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  // Programs of the command line print; so do tests that report figures, and the examples.
  { files: ['scripts/**', 'src/cli/**', 'examples/**', 'test/**'], rules: { 'no-console': 'off' } },
  // Assertions narrow what a test has just checked.
  { files: ['test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  ...fenceRules,
);
