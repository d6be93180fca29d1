import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSealKeys, encodeVisitor } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVisitor } from '../support/http-visitor.ts'
import { type ShopServer, startShop } from '../support/shop-server.ts'

describe('a store that hangs', () => {
  let data: string
  let shop: ShopServer

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'attune-hang-'))
    // Whoever reads a pipe that nobody writes to waits for ever: so does the storage thread.
    execFileSync('mkfifo', [join(data, 'attune.db')])
    shop = await startShop({ ATTUNE_DATA: data })
  })
  afterAll(async () => {
    await shop?.stop()
    await rm(data, { recursive: true, force: true })
  })

  test('a known visitor without a token gets the baseline, soon', async () => {
    const visitor = createVisitor(shop.origin)
    visitor.grant('preferences')
    const id = 'AAAAAAAAAAAAAAAAAAAAAA'
    visitor.cookies.set('attune_visitor', encodeVisitor(createSealKeys(shop.secret), 'site', id))
    await visitor.get('/')
    const began = performance.now()
    const answer = await visitor.get('/')
    expect(answer.status).toBe(200)
    expect(answer.variants['home-hero']).toBe('default')
    // The deadline is 25 ms; the rest is room for a busy machine, far below any patience.
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  test('the collector does not acknowledge what it could not keep, and says when to come again', async () => {
    const visitor = createVisitor(shop.origin)
    visitor.grant('preferences')
    const answer = await visitor.send([
      { name: 'view_item', properties: { item_id: 'a', item_category: 'hiking' } },
    ])
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
