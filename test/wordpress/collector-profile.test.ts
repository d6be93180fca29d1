import { createServer, type Server } from 'node:http'
import { createCollector } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import { createSealKeys, encodeVisitor } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import {
  adaptive,
  addPost,
  BROWSER,
  paragraph,
  SECRET,
  STAGE_DOCUMENT,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

const VISITOR = 'CCCCCCCCCCCCCCCCCCCCCC'
const STRANGER = 'DDDDDDDDDDDDDDDDDDDDDD'

let site: WordPressSite
let server: Server

beforeAll(async () => {
  site = await startStage('6.5')
  const name = new URL(site.origin).host
  const store = createMemoryStore()
  const collector = createCollector({ ruleset: STAGE_DOCUMENT, secret: SECRET, site: name, store })
  const events = [1, 2, 3].map((id) => ({
    id: `e${id}`,
    name: 'view_item',
    time: Date.now() - 60_000,
    properties: {},
  }))
  await collector.ingest({ visitor: VISITOR, consent: { preferences: true }, events })
  const port = await freePort()
  server = createServer(createNodeHandler(collector.profile)).listen(port, '127.0.0.1')
  await site.php(
    `Attune\\save_settings( array( 'page_cache' => 'none', 'collector' => 'http://127.0.0.1:${port}/attune/collect' ) );`,
  )
  await addPost(site, {
    name: 'asked',
    content: adaptive(
      { placementId: 'asked' },
      variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
      variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
    ),
  })
})
afterAll(async () => {
  server?.closeAllConnections()
  server?.close()
  await site?.stop()
})

async function marksFor(visitor: string, consent = 'preferences'): Promise<readonly string[]> {
  const signed = encodeVisitor(createSealKeys(SECRET), new URL(site.origin).host, visitor)
  const answer = await site.fetch('/asked/', {
    cookies: `attune_consent=${consent}; attune_visitor=${signed}`,
    headers: { 'user-agent': BROWSER },
  })
  return (await answer.text()).match(/MARK-[A-Z]+/g) ?? []
}

test('PHP shows what the collector’s profile says of a visitor without a token', async () => {
  // A busy machine may not answer within the 25 ms that PHP waits; then the default is right.
  await expect.poll(() => marksFor(VISITOR), { timeout: 30_000 }).toEqual(['MARK-KEEN'])
})

test('a visitor the collector never heard of, or who did not agree, sees the default', async () => {
  expect(await marksFor(STRANGER)).toEqual(['MARK-DEFAULT'])
  expect(await marksFor(VISITOR, 'none')).toEqual(['MARK-DEFAULT'])
})
