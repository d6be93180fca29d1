import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isObject } from '@attune/core'
import type { RulesetSource } from '@attune/storage'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { publish } from '../../packages/cli/src/commands/publish.ts'
import { main } from '../../packages/cli/src/main.ts'
import { makeIo } from '../../packages/cli/test/support/make-io.ts'
import { makeRuleset } from '../../packages/cli/test/support/make-ruleset.ts'
import { makeVercel, TOKEN } from '../../packages/cli/test/support/vercel.ts'
import { NO_REDIS, startRedis } from '../support/redis.ts'
import { blocksOf, readPage } from './markdown.ts'
import * as edgeConfig from './rulesets/edge-config.ts'
import * as file from './rulesets/file.ts'
import { answerHealth } from './rulesets/health.ts'
import * as own from './rulesets/own.ts'
import * as redis from './rulesets/redis.ts'
import * as upstash from './rulesets/upstash.ts'

const page = readPage('docs/guide/rulesets.md')
const SECRET = 'a secret of more than thirty-two characters'
const folder = mkdtempSync(join(tmpdir(), 'attune-docs-'))
beforeAll(() => vi.stubEnv('ATTUNE_SECRET', SECRET))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** Runs a command of the page on a ruleset of that revision, its environment written before it; answers standard output. */
async function runCommand(begins: string, revision: string, env: Readonly<Record<string, string>> = {}) {
  const line = blocksOf(page).find(({ info, text }) => info === 'sh' && text.includes(begins))?.text ?? ''
  const words = line.trim().split(' ')
  const args = words.slice(words.indexOf('attune') + 1)
  const ruleset = join(folder, 'ruleset.json')
  writeFileSync(ruleset, JSON.stringify(makeRuleset({ revision })))
  const out = join(folder, 'ruleset.published.json')
  const placed = args.map((word) =>
    word === 'ruleset.json' ? ruleset : word.endsWith('.published.json') ? out : word,
  )
  const { io, out: written, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ...env } })
  expect([await main(placed, [publish], io, '1'), err()]).toEqual([
    0,
    expect.stringMatching(/^Published to /),
  ])
  return { written: written(), out }
}

async function stateOf(source: RulesetSource) {
  await source.load()
  return source.state()
}

const FRESH = { state: 'fresh', revision: 'test.1', age: expect.any(Number) }

test.each(['file', 'health', 'edge-config', 'redis', 'upstash', 'own'])(
  'the example %s stands on the page',
  (name) => {
    const text = readFileSync(new URL(`rulesets/${name}.ts`, import.meta.url), 'utf8')
    expect(blocksOf(page).map((block) => block.text)).toContain(text)
  },
)

test('a file that the command of the page wrote is read by the example', async () => {
  const { out } = await runCommand('--out', 'test.1')
  vi.stubEnv('ATTUNE_RULESET', out)
  expect(await stateOf(file.openRuleset())).toEqual(FRESH)
})

test('what the command of the page put into Edge Config is read by the example', async () => {
  const vercel = makeVercel()
  const reading = http.get(
    'https://edge-config.vercel.com/ecfg_test/item/:key',
    ({ params }) =>
      // What the stand-in holds came as JSON.
      new HttpResponse(JSON.stringify(vercel.items.get(String(params.key)))),
  )
  const server = setupServer(...vercel.handlers, reading)
  server.listen()
  try {
    await runCommand('edge-config', 'test.1', { VERCEL_TOKEN: TOKEN })
    vi.stubEnv('EDGE_CONFIG', 'https://edge-config.vercel.com/ecfg_test?token=reads')
    expect(await stateOf(edgeConfig.openRuleset())).toEqual(FRESH)
  } finally {
    server.close()
  }
})

describe.skipIf(NO_REDIS)(`on a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  test('what the command of the page put into Redis is read by the example, and by that of Upstash', async () => {
    const server = await startRedis()
    const { startUpstashBridge } = await import('../support/upstash-bridge.ts')
    const bridge = await startUpstashBridge({ redis: server.port })
    try {
      await runCommand('redis', 'test.1', { REDIS_URL: server.url })
      vi.stubEnv('REDIS_URL', server.url)
      expect(await stateOf(redis.openRuleset())).toEqual(FRESH)
      vi.stubEnv('UPSTASH_REDIS_REST_URL', bridge.url)
      vi.stubEnv('UPSTASH_REDIS_REST_TOKEN', bridge.token)
      expect(await stateOf(upstash.openRuleset())).toEqual(FRESH)
    } finally {
      await bridge.close()
      await server.stop()
    }
  })
})

test('a source of one’s own reads a signed ruleset, and the health page tells how it stands', async () => {
  const { sealRuleset } = await import('@attune/storage/ruleset-source')
  const { out } = await runCommand('--out', 'test.1')
  const row = await sealRuleset(readFileSync(out, 'utf8'), SECRET)
  const source = own.openRuleset(async () => row)
  const before = answerHealth(source)
  expect([before.status, await before.json()]).toEqual([503, { ruleset: { state: 'default' } }])
  await source.load()
  const after = answerHealth(source)
  const told: unknown = await after.json()
  expect([after.status, isObject(told) && told.ruleset]).toEqual([200, FRESH])
})
