import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createMemoryStore } from '@attune/storage/memory'
import { afterEach, expect, test, vi } from 'vitest'
import { importCommand } from '../../packages/cli/src/commands/import.ts'
import { parseCall } from '../../packages/cli/src/parse-call.ts'
import { createIdentity } from '../../packages/collector/src/index.ts'
import type { SignedIn } from '../../packages/collector/src/server.ts'
import { encodeTraits } from '../../packages/tracker/src/traits/encode-traits.ts'
import { pageRuleset } from './guide-ruleset.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runExample } from './run-example.ts'

const page = readPage('docs/guide/identity.md')
const blocks = blocksOf(page)
const [fromPage, fromServer] = blocks.filter(({ info }) => info === 'ts')
const ruleset = { ...pageRuleset(page), experiences: [] }
const env = {
  ATTUNE_SECRET: 'a secret of more than thirty-two characters',
  ATTUNE_SERVER_SECRET: 'another secret that our own servers know',
}

afterEach(() => vi.unstubAllGlobals())

test('the module of the page tells the tracker of the page', async () => {
  const track = vi.fn(async (_name: string, _traits: object) => {})
  const { followTraits } = await import('@attune/tracker/traits')
  await runExample(fromPage!.text, {
    modules: {
      '@attune/tracker': async () => ({ createTracker: () => ({ track }) }),
      '@attune/tracker/traits': async () => ({
        followTraits: () => (traits: Parameters<typeof encodeTraits>[0]) =>
          track('identify', encodeTraits(traits)),
      }),
    },
  })
  expect(followTraits).toBeTypeOf('function')
  expect(track).toHaveBeenCalledWith('identify', { newsletter: true, sports: '["hiking","climbing"]' })
})

test('what the page says of a user is heard, and by the source that the ruleset of the page names', async () => {
  const store = createMemoryStore()
  const identity = createIdentity({
    // The page's own ruleset, which the collector checks.
    ruleset: ruleset as never,
    secret: env.ATTUNE_SECRET,
    serverSecret: env.ATTUNE_SERVER_SECRET,
    store,
    shownTraits: ['newsletter', 'sports'],
  })
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => identity.identify(new Request(url, init)))
  const headers = { cookie: 'attune_consent=preferences' }
  const given = { request: new Request('https://shop.example/login', { headers }), user: { id: 'user 7' } }
  const { signedIn, told, isTaken } = await runExample<{
    signedIn: SignedIn
    told: Response
    isTaken: boolean
  }>(fromServer!.text, {
    modules: { '@attune/collector/server': () => import('@attune/collector/server') },
    given,
    env,
  })
  expect(signedIn.cookies[0]).toMatch(/^__Host-attune_visitor=/)
  expect([told.status, isTaken]).toEqual([200, true])
})

test('the command of the page is one', () => {
  const line = blocks
    .find(({ info }) => info === 'sh')!
    .text.trim()
    .split(' ')
  expect(line.slice(0, 2)).toEqual(['attune', 'import'])
  const { options } = parseCall(importCommand, line.slice(2))
  expect(options).toEqual({
    ruleset: 'ruleset.json',
    'id-column': 'customer_id',
    map: ['Tier=tier'],
    consent: 'preferences',
  })
})

test('the shop does what the page shows for Next', () => {
  const read = (path: string) =>
    readFileSync(fileURLToPath(new URL(`../../examples/next-shop/${path}`, import.meta.url)), 'utf8')
  const of = (info: string) => blocks.find((block) => block.info === info)!.text
  // An ordinary Next.js imports its own files without an ending; this repository's type check wants one.
  expect(read('app/attune/traits/route.ts').replace("identity.ts'", "identity'")).toBe(
    of('ts file=app/attune/traits/route.ts'),
  )
  expect(read('app/attune/identity.ts')).toContain("import { createIdentity } from '@attune/next/identity'")
  for (const call of of('ts file=actions').match(/identity\.\w+/g) ?? [])
    expect(read('app/account/actions.ts')).toContain(call)
})

test('the scripts that the page names are built from a source', () => {
  const scripts = [...new Set([...page.text.matchAll(/attune-\w+(?=\.js)/g)].map(([name]) => name))]
  expect(scripts).toEqual(['attune-traits', 'attune-preferences'])
  const source = (name: string) =>
    fileURLToPath(new URL(`../../packages/tracker/src/${name}.ts`, import.meta.url))
  expect(scripts.filter((name) => !existsSync(source(name)))).toEqual([])
})
