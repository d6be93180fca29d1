import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { NodeHandler } from '../../packages/cli/src/serve/open-server.ts'
import { servedRoutes } from '../../packages/cli/src/serve/route-request.ts'
import { guideConfig } from '../faults/cache-grid/guide-config.ts'
import { readPages } from './markdown.ts'

const answered: NodeHandler = async () => {}
const served = servedRoutes({
  collect: answered,
  profile: answered,
  consent: answered,
  pixel: answered,
  identity: { identify: answered, signOut: answered, traits: answered },
  rights: { myData: answered, export: answered, erase: answered },
  insight: { ruleset: answered, health: answered },
  watch: async () => false,
})

const shop = fileURLToPath(new URL('../../examples/next-shop/app/attune', import.meta.url))
const inShop = readdirSync(shop, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/route.ts'))
  .map((path) => `app/attune/${path}`)
// Where the guides say that a route of Next.js stands.
const inGuide = readPages('docs/guide').flatMap(
  ({ text }) => text.match(/app\/attune\/[\w./[\]-]+\/route\.ts/g) ?? [],
)

const paths = [
  ...new Set([
    ...served.map(({ path }) => path),
    ...[...inShop, ...inGuide].map((path) =>
      path
        .replace(/^app/, '')
        .replace(/\/route\.ts$/, '')
        .replace('/[[...action]]', ''),
    ),
  ]),
].filter((path) => path.startsWith('/attune/'))

/** What a configuration lets through below `/attune/`. */
function listOf(language: 'nginx' | 'vcl'): RegExp {
  const config = guideConfig(language)
  const found =
    language === 'nginx'
      ? /location ~ (\^\/attune\/\S+) \{/.exec(config)
      : /req\.url !~ "(\^\/attune\/\S+)"\)/.exec(config)
  return new RegExp(found?.[1] ?? '(?!)')
}

test.each(['nginx', 'vcl'] as const)(
  '%s lets through what Next.js or attune serve answers, and no page of a code',
  (language) => {
    const list = listOf(language)
    expect(paths.length).toBeGreaterThan(30)
    expect(paths.filter((path) => !list.test(path))).toEqual([])
    const code = '/attune/AQIDBAUGBwgJCgsMDQ4PEA'
    const closed = [
      code,
      `${code}/product/tent`,
      '/attune/',
      '/attune/live/x',
      '/attune/collect/x',
      '/attune/in/../x',
      '/attune/nothing',
    ]
    expect(closed.filter((path) => list.test(path))).toEqual([])
  },
)
