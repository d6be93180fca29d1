import { describe, expect, test, vi } from 'vitest'
import { makeEvent, PLAN } from '../../packages/storage/src/contract/builders.ts'
import { NO_REDIS, startRedis } from '../support/redis.ts'
import { startUpstashBridge } from '../support/upstash-bridge.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runStoreExample } from './run-store-example.ts'

describe.skipIf(NO_REDIS)(`the page on stores, Upstash${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  const examples = blocksOf(readPage('docs/guide/stores.md')).filter(({ text }) =>
    /^const store = createUpstashStore/m.test(text),
  )

  test('has an example by address, with its reader, and one with a client', () => {
    expect(examples.map(({ text }) => [/^const reader/m.test(text), /^const client/m.test(text)])).toEqual([
      [true, false],
      [false, true],
    ])
  })

  test.each(examples.map(({ place, text }) => [place, text] as const))('%s keeps events', async (_, text) => {
    const server = await startRedis()
    const { url, token, close } = await startUpstashBridge({ redis: server.port })
    const { store, reader = store } = await runStoreExample(text, environment({ url, token }))
    const { accepted, profile } = await store!.append({ visitor: 'v', events: [makeEvent('a')], plan: PLAN })
    expect(accepted).toEqual(['a'])
    expect(await reader!.load('v', PLAN)).toEqual(profile)
    await store!.close()
    await close()
    await server.stop()
  })

  test('the guard of the page gives a page what was read a moment ago once the service is gone', async () => {
    const server = await startRedis()
    const bridge = await startUpstashBridge({ redis: server.port })
    const [guarded] = blocksOf(readPage('docs/guide/stores.md')).filter(({ text }) =>
      text.includes('guardReader('),
    )
    const { reader } = await runStoreExample(guarded!.text, environment(bridge))
    const { store } = await runStoreExample(examples[0]!.text, environment(bridge))
    const { profile } = await store!.append({ visitor: 'v', events: [makeEvent('a')], plan: PLAN })
    // A machine under load may take longer than a page waits.
    await vi.waitFor(async () => expect(await reader!.load('v', PLAN)).toEqual(profile))
    await bridge.close()
    expect(await reader!.load('v', PLAN)).toEqual(profile)
    await expect(reader!.load('somebody else', PLAN)).rejects.toThrow()
    await store!.close()
    await server.stop()
  })
})

function environment({ url, token }: { readonly url: string; readonly token: string }) {
  return {
    UPSTASH_REDIS_REST_URL: url,
    UPSTASH_REDIS_REST_TOKEN: token,
    UPSTASH_REDIS_REST_READONLY_TOKEN: token,
  }
}
