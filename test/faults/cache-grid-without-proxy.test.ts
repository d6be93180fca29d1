import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PublishedRuleset } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Asker, createAsker } from './cache-grid/ask.ts'
import { type BuiltShop, startBuiltShop } from './cache-grid/built-shop.ts'
import { ENDPOINTS } from './cache-grid/deceptions.ts'
import { forgeCodes, makeValidCodes, type ValidCode } from './cache-grid/forged-codes.ts'
import { readSeed, say } from './cache-grid/random.ts'
import { type GridVisitor, type GridVisitors, makeVisitors } from './cache-grid/visitors.ts'

const VALID = 60
const FORGED = 150
const seed = readSeed()
const published = fileURLToPath(new URL('../../examples/next-shop/ruleset.published.json', import.meta.url))
const SLUGS: { readonly [route: string]: string } = {
  '/product/[slug]': '/product/trail-boots',
  '/category/[slug]': '/category/hiking',
}

describe('the shop when somebody has found a way past its proxy', () => {
  let shop: BuiltShop
  let app: Asker
  let visitors: GridVisitors
  let valid: readonly ValidCode[]
  const ruleset = JSON.parse(readFileSync(published, 'utf8')) as PublishedRuleset

  beforeAll(async () => {
    // With the proxy first: it is what makes visitors known.
    const whole = await startBuiltShop()
    visitors = await makeVisitors(whole)
    await whole.stop()
    shop = await startBuiltShop({ proxy: false, secret: whole.secret })
    app = createAsker(shop.port)
    valid = makeValidCodes(VALID, { ruleset, secrets: [shop.secret], seed })
  })
  afterAll(async () => {
    app?.close()
    await shop?.stop()
  })

  const pathOf = ({ route, code }: ValidCode): string =>
    `/attune/${code}${SLUGS[route] ?? (route === '/' ? '' : route)}`
  const ask = (path: string, visitor: GridVisitor): Promise<Answered> =>
    app.ask({ path, headers: visitor.headers })

  test('a variant page is the same for whoever asks for it', async () => {
    const { hiker, climber, nobody } = visitors
    for (const one of valid) {
      const answers = [
        await ask(pathOf(one), hiker),
        await ask(pathOf(one), climber),
        await ask(pathOf(one), nobody),
      ]
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      expect(new Set(answers.map(({ body }) => body.toString())).size).toBe(1)
      expect(answers.flatMap(({ headers }) => headers.get('set-cookie') ?? [])).toEqual([])
    }
    say(`without the proxy: ${valid.length} codes, each page the same for 3 visitors, seed ${seed}`)
  })

  test('a code of another route, a forged one and none at all are 404s', async () => {
    let refused = 0
    const paths = [
      ...valid.map(({ route, code }) => `/attune/${code}${route === '/' ? '/cart' : ''}`),
      ...[...forgeCodes(FORGED, seed, valid)].map((code) => `/attune/${encodeURIComponent(code)}`),
      ...['', '/', '/product/trail-boots', '/undefined', '/[code]', '/__proto__'].map(
        (end) => `/attune${end}`,
      ),
    ]
    for (const path of paths) {
      const { status, body } = await ask(path, visitors.hiker)
      expect([path, status === 308 ? 404 : status]).toEqual([path, 404])
      expect(body.includes('data-attune-variant')).toBe(false)
      refused++
    }
    say(`without the proxy: ${refused} paths refused`)
  })

  test('an endpoint tells a visitor nothing of another, nor anything to somebody without proof', async () => {
    for (const path of ENDPOINTS) {
      for (const visitor of [visitors.nobody, visitors.climber]) {
        const { status, headers, body } = await ask(path, visitor)
        const said = `${[...headers].join('\n')}\n${body.toString()}`
        expect([
          path,
          status < 500,
          headers.get('cache-control')?.includes('no-store') ?? status === 405,
        ]).toEqual([path, true, true])
        expect(visitors.hiker.own.filter((mark) => said.includes(mark))).toEqual([])
        expect(said).not.toMatch(/hiking|high-intent|"profile"/)
      }
    }
  })
})
