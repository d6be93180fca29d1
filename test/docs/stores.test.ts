import { describe, expect, test } from 'vitest'
import { makeEvent, PLAN } from '../../packages/storage/src/contract/builders.ts'
import { NO_REDIS, startRedis } from '../support/redis.ts'
import { makeAuthority, NO_REDIS_TLS, startTlsRedis } from '../support/redis-tls.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runStoreExample } from './run-store-example.ts'

describe.skipIf(NO_REDIS)(`the page on stores${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  const all = blocksOf(readPage('docs/guide/stores.md')).filter(({ text }) =>
    text.includes("from '@attune/storage/redis'"),
  )
  const overTls = all.filter(({ text }) => text.includes('  ca:'))
  const examples = all.filter((example) => !overTls.includes(example))

  test('has an example for Redis', () => {
    expect(examples.length).toBeGreaterThan(0)
  })

  test.each(examples.map(({ place, text }) => [place, text] as const))('%s keeps events', async (_, text) => {
    const server = await startRedis()
    const { store } = await runStoreExample(text, { REDIS_URL: server.url })
    const { accepted } = await store!.append({ visitor: 'v', events: [makeEvent('a')], plan: PLAN })
    expect(accepted).toEqual(['a'])
    await store!.close()
    await server.stop()
  })

  test.skipIf(NO_REDIS_TLS)('the example over TLS keeps events when it is given the authority', async () => {
    const authority = makeAuthority()
    const { server, port } = await startTlsRedis(authority)
    const [example, ...others] = overTls
    expect(others).toEqual([])
    const place = { REDIS_URL: `rediss://localhost:${port}`, REDIS_CA_FILE: authority.file }
    const { store } = await runStoreExample(example!.text, place)
    const { accepted } = await store!.append({ visitor: 'v', events: [makeEvent('a')], plan: PLAN })
    expect(accepted).toEqual(['a'])
    await store!.close()
    await server.stop()
    authority.remove()
  })
})
