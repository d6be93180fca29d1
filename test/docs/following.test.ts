import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { createMemoryStore } from '@attune/storage/memory'
import { createFileRuleset } from '@attune/storage/ruleset-file'
import { afterAll, expect, test } from 'vitest'
import { createFollowingApp } from '../../examples/hono/following-app.ts'

const SECRET = 'a secret of more than thirty-two characters'
const folder = mkdtempSync(join(tmpdir(), 'attune-docs-'))
afterAll(() => rmSync(folder, { recursive: true }))

const document = JSON.parse(
  readFileSync(new URL('../../examples/hono/ruleset.json', import.meta.url), 'utf8'),
) as Ruleset

test('pages and collector of the example follow their ruleset together', async () => {
  const path = join(folder, 'ruleset.published.json')
  const publish = (changes: Partial<Ruleset>): void =>
    writeFileSync(path, JSON.stringify(publishRuleset({ ...document, ...changes })))
  const ruleset = createFileRuleset({ path, onError: () => {} })
  const app = createFollowingApp({ ruleset, secret: SECRET, store: createMemoryStore() })
  const collect = () => {
    const event = { id: `e${Math.random()}`, name: 'sign_up', time: Date.now() }
    return app.request('https://shop.example/attune/collect', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'attune_consent=preferences' },
      body: JSON.stringify({ sent: Date.now(), events: [event] }),
    })
  }
  const page = async (): Promise<string> => (await app.request('https://shop.example/')).text()

  expect([(await collect()).status, await page()]).toEqual([
    503,
    expect.stringContaining('Everything for outside'),
  ])

  publish({})
  await ruleset.refresh()
  const before = await collect()
  expect([before.status, await before.json()]).toEqual([
    200,
    expect.objectContaining({
      accepted: 0,
      rejected: [expect.objectContaining({ reason: 'unknown-event' })],
    }),
  ])

  publish({
    revision: 'next',
    events: { ...document.events, sign_up: {} },
    placements: {
      ...document.placements,
      'home-hero': { baseline: 'hiking', variants: ['hiking', 'default'] },
    },
  })
  await ruleset.refresh()
  const after = await collect()
  expect([after.status, await after.json()]).toEqual([
    200,
    expect.objectContaining({ accepted: 1, rejected: [] }),
  ])
  expect(await page()).toContain('Boots that have seen rain')
})
