import { describe, expect, onTestFinished, test } from 'vitest'
import { makeEvent, PLAN } from '../../packages/storage/src/contract/builders.ts'
import type { IntakeStore } from '../../packages/storage/src/index.ts'
import type { RunningWorker } from '../../packages/storage/src/queue.ts'
import { NO_REDIS, startRedis } from '../support/redis.ts'
import { guideRuleset } from './guide-ruleset.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runExample } from './run-example.ts'

const MODULES: { readonly [name: string]: () => Promise<unknown> } = {
  '@attune/core/publish': () => import('@attune/core/publish'),
  '@attune/storage/pseudonyms': () => import('../../packages/storage/src/pseudonyms.ts'),
  '@attune/storage/queue': () => import('../../packages/storage/src/queue.ts'),
  '@attune/storage/redis': () => import('../../packages/storage/src/redis.ts'),
  '@attune/storage/redis-queue': () => import('../../packages/storage/src/redis-queue.ts'),
}

const run = <Named>(text: string, url: string): Promise<Named> =>
  runExample(text, {
    modules: MODULES,
    given: { ruleset: guideRuleset() },
    env: { REDIS_URL: url, ATTUNE_KEYS_AT_REST: 'a secret for keys at rest that is long enough' },
  })

describe.skipIf(NO_REDIS)(`the page on the queue${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  test('has a store that pushes and a worker that folds', async () => {
    const server = await startRedis()
    onTestFinished(() => server.stop())
    const examples = blocksOf(readPage('docs/guide/queue.md')).filter(({ info }) => info === 'ts')
    const [first, second] = examples.map(({ text }) => text)
    const { store } = await run<{ readonly store: IntakeStore }>(first!, server.url)
    const { accepted } = await store.append({ visitor: 'v', events: [makeEvent('a')], plan: PLAN })
    expect(accepted).toEqual(['a'])
    const { worker, stopping } = await run<{
      readonly worker: RunningWorker
      readonly stopping: AbortController
    }>(second!, server.url)
    await expect.poll(() => worker.report().accepted, { timeout: 10_000 }).toBe(1)
    stopping.abort()
    await worker.ended
    await expect(store.load('v', PLAN)).resolves.not.toBeNull()
    await store.close()
  })
})
