import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('./packages/', import.meta.url))

// Workspace packages resolve to their source, so unit tests need no build.
const alias = [
  { find: /^@attune\/([a-z-]+)$/, replacement: `${packages}$1/src/index.ts` },
  { find: /^@attune\/([a-z-]+)\/([a-z-]+)$/, replacement: `${packages}$1/src/$2` },
]
const extensions = ['.ts', '.tsx', '.mjs', '.js', '.json']

const config: ViteUserConfig = defineConfig({
  resolve: { alias, extensions },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/test/**/*.test.{ts,tsx}',
            'test/vectors/**/*.test.ts',
            'test/architecture/**/*.test.ts',
            'test/docs/**/*.test.ts',
          ],
          // One fewer than there are cores is Vitest's choice; on two that leaves one idle.
          maxWorkers: 2,
          // A machine with other work takes its time; what hangs is found all the same.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          // Each file has a shop, a secret, a store and a browser of its own, and waits more than it works.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/edges/*.test.ts', 'test/faults/**/*.test.ts', 'test/package/**/*.test.ts'],
          // They fill both cores, or look at the clock: files take turns.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'wordpress',
          include: ['test/wordpress/**/*.test.ts', 'test/edges/wordpress/**/*.test.ts'],
          globalSetup: './test/support/wordpress-setup.ts',
          // Each file has a WordPress, a browser, ports and folders of its own, and none keeps two cores busy.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})

export default config
