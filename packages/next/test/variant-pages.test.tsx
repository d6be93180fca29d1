import { baselineVariants, createSealKeys, encodeCode, type Variants } from '@attune/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { createVariantPages } from '../src/page/create-variant-pages.ts'
import { Placement } from '../src/page/placement.tsx'
import { makeRuleset, SECRET } from './support/make-ruleset.ts'

const ruleset = makeRuleset()
const pages = createVariantPages({ ruleset, secret: SECRET })

function makeCode(route: string, variants: Variants, secret: string = SECRET, site = 'site'): string {
  return encodeCode(createSealKeys(secret), site, ruleset, route, variants)
}

const home = pages.variantPage('/', ({ decisions }) => (
  <Placement id="hero" variants={{ default: 'All', hiking: 'Hills' }} decisions={decisions} />
))

async function openHome(code: string): Promise<string> {
  return renderToStaticMarkup(await home({ params: Promise.resolve({ code }) }))
}

// Next's `notFound` throws an error that only Next knows how to answer.
const NOT_FOUND = expect.objectContaining({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' })

test('a page shows what its code says', async () => {
  expect(await openHome(makeCode('/', { hero: 'hiking' }))).toContain('data-attune-variant="hiking">Hills')
  expect(await openHome(makeCode('/', { hero: 'default' }))).toContain('data-attune-variant="default">All')
})

test.each([
  ['that is nonsense', 'nonsense'],
  ['that is empty', ''],
  ['signed with another secret', makeCode('/', { hero: 'hiking' }, `${SECRET} of somebody else`)],
  ['of another site', makeCode('/', { hero: 'hiking' }, SECRET, 'other')],
  ['of another route', makeCode('/product/[slug]', { offer: 'none' })],
  ['with one character changed', makeCode('/', { hero: 'hiking' }).replace(/.$/, '_')],
  ['with something appended', `${makeCode('/', { hero: 'hiking' })}~x`],
])('a code %s is not found', async (_, code) => {
  await expect(openHome(code)).rejects.toEqual(NOT_FOUND)
})

test('a code of a ruleset whose variants were others is not found', async () => {
  const before = makeRuleset({
    placements: {
      hero: { baseline: 'default', variants: ['default', 'climbing'] },
      offer: { baseline: 'none', variants: ['none'] },
    },
  })
  const code = encodeCode(createSealKeys(SECRET), 'site', before, '/', { hero: 'climbing' })
  await expect(openHome(code)).rejects.toEqual(NOT_FOUND)
})

test('a page is given the parts of the public path, without the code', async () => {
  const render = vi.fn(() => null)
  const page = pages.variantPage('/product/[slug]', render)
  const code = makeCode('/product/[slug]', { offer: 'ten-percent' })
  // Next hands over every part of the page's folders.
  const params = Promise.resolve({ code, slug: 'trail-boots' })
  await page({ params })
  expect(render.mock.calls).toEqual([
    [
      {
        decisions: { offer: { variant: 'ten-percent', baseline: 'none' } },
        params: { slug: 'trail-boots' },
      },
    ],
  ])
})

test('a build renders the baseline of each path ahead', async () => {
  const params = pages.staticParams('/product/[slug]', () => [{ slug: 'a' }, { slug: 'b' }])
  const code = makeCode('/product/[slug]', baselineVariants(ruleset, '/product/[slug]'))
  expect(await params()).toEqual([
    { slug: 'a', code },
    { slug: 'b', code },
  ])
  expect(await pages.staticParams('/')()).toEqual([{ code: makeCode('/', { hero: 'default' }) }])
})

test('a build without the secret renders nothing ahead, a request says what to set', async () => {
  const without = createVariantPages({ ruleset, secret: undefined })
  expect(await without.staticParams('/')()).toEqual([])
  const page = without.variantPage('/', () => null)
  await expect(page({ params: Promise.resolve({ code: 'x' }) })).rejects.toThrow(
    '[next] createVariantPages: `secret` is missing. Set ATTUNE_SECRET to at least 32 characters',
  )
})

test('a route that the ruleset does not have is a mistake, named at once', () => {
  expect(() => pages.variantPage('/basket', () => null)).toThrow(
    '[next] variantPage: the ruleset has no route `/basket`. Add it to its `routes` (there are: /, /product/[slug]).',
  )
  expect(() => pages.staticParams('/basket')).toThrow(
    '[next] staticParams: the ruleset has no route `/basket`.',
  )
})

test('decisions say what of the request their audiences look at that no page can tell later', () => {
  const referred = makeRuleset({
    segments: {
      hiker: {
        when: {
          all: [
            { attr: 'referrer.host', is: 'hikes.example' },
            { attr: 'geo.country', is: 'GB' },
          ],
        },
      },
    },
  })
  const { readDecisions } = createVariantPages({ ruleset: referred, secret: SECRET })
  const code = encodeCode(createSealKeys(SECRET), 'site', referred, '/', { hero: 'hiking' })
  expect(readDecisions('/', code)).toEqual({
    hero: { variant: 'hiking', baseline: 'default', still: ['referrer'] },
  })
})
