// Mutation testing of the rooms that decide: run it by `npm run mutate`, at the root.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['packages/core/src/{match,signal,allocation,code}/**/*.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'packages/core/vitest.mutate.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // Only what the tests of core read is copied to the sandbox.
  ignorePatterns: [
    '**',
    '!package.json',
    '!packages/core/**',
    '!test/vectors/**',
    '**/node_modules',
    '**/dist',
  ],
  // Types are checked elsewhere; nothing here reads a tsconfig.
  tsconfigFile: 'packages/core/none.json',
  checkers: [],
  disableTypeChecks: false,
  // A mutant of a module's top level is met by every test, but made once: run it with the module loaded anew.
  ignoreStatic: false,
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: '.attune/reports/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  tempDirName: '.stryker-tmp',
  thresholds: { high: 90, low: 85, break: 85 },
  timeoutMS: 4_000,
}
