import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const core = fileURLToPath(new URL('./', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))

// The first failing test settles a mutant, so the quickest that are likely to fail come first.
const FIRST = ['vectors.test.ts', 'seal.test.ts', 'sha256.test.ts', 'kinds.test.ts']

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = FIRST.findIndex((name) => moduleId.endsWith(`/${name}`))
      return place === -1 ? FIRST.length : place
    }
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}

// The tests that judge a mutant: quick ones that ask core alone. The rest of the oracle and the properties ask the same for longer.
const config: ViteUserConfig = defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@attune\/core$/, replacement: `${core}src/index.ts` },
      { find: /^@attune\/core\/([a-z-]+)$/, replacement: `${core}src/$1.ts` },
    ],
  },
  test: {
    include: [
      'packages/core/test/{adopt-unheard,history,merge,murmur3,publish,seal,sha256,signals-*}.test.ts',
      'packages/core/test/oracle/{folding,kinds}.test.ts',
      'packages/core/test/hostile/published.test.ts',
      'test/vectors/**/*.test.ts',
    ],
    // One worker for all files: starting one for each takes longer than most mutants.
    isolate: false,
    env: { ATTUNE_MUTATE: '1' },
    sequence: { sequencer: QuickestFirst },
    testTimeout: 60_000,
  },
})

export default config
