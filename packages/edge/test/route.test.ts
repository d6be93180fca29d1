import fc from 'fast-check'
import { expect, test } from 'vitest'
import { internalPath, isInternalPath } from '../src/route/internal-path.ts'
import { createRouter } from '../src/route/router.ts'

const router = createRouter([
  '/',
  '/[slug]/x',
  '/product/[slug]',
  '/product/new',
  '/product/[slug]/[part]',
  '/cart',
])

test.each([
  ['/', '/', '/', ''],
  ['/cart', '/cart', '/cart', ''],
  ['/cart/', '/cart', '/cart', ''],
  ['/c%61rt', '/cart', '/cart', ''],
  ['/product/tent', '/product/[slug]', '/product/tent', ''],
  ['/product/caf%C3%A9', '/product/[slug]', '/product/caf%C3%A9', ''],
  ['/product/100%25', '/product/[slug]', '/product/100%25', ''],
  ['/product/new', '/product/new', '/product/new', ''],
  ['/product/n%65w', '/product/new', '/product/new', ''],
  ['/product/x', '/product/[slug]', '/product/x', ''],
  ['/other/x', '/[slug]/x', '/other/x', ''],
  ['/product/tent/front', '/product/[slug]/[part]', '/product/tent/front', ''],
  ['/cart.rsc', '/cart', '/cart', '.rsc'],
  ['/index.rsc', '/', '/', '.rsc'],
  ['/.rsc', '/', '/', '.rsc'],
  ['/cart.segments/_tree.segment', '/cart', '/cart', '.segments/_tree.segment'],
  ['/cart.segments/_tree.segment.rsc', '/cart', '/cart', '.segments/_tree.segment.rsc'],
  [
    '/product/tent.segments/product/$d$slug/__PAGE__.segment.rsc',
    '/product/[slug]',
    '/product/tent',
    '.segments/product/$d$slug/__PAGE__.segment.rsc',
  ],
  ['/index.segments/_full.segment.rsc', '/', '/', '.segments/_full.segment.rsc'],
])('%s is the page %s', (pathname, route, path, suffix) => {
  expect(router(pathname)).toEqual({ route, path, suffix })
})

test.each([
  '',
  'cart',
  '//',
  '//cart',
  '/cart//',
  '/nowhere',
  '/product/',
  '/product//',
  '/product/..',
  '/product/%2e%2e',
  '/product/%252e%252e',
  '/product/a%2Fb',
  '/product/a%252Fb',
  '/product/a%5Cb',
  '/product/a\\b',
  '/product/%00',
  '/product/%zz',
  '/product/%E0%A4%A',
  '/index',
  '/cart.segments/../x.segment',
  '/cart.segments/%2e%2e/x.segment',
  '/cart.segments/.segment',
  `/product/${'x'.repeat(2_050)}`,
])('%j is no page of the ruleset', (pathname) => {
  expect(router(pathname)).toBeUndefined()
})

test('a route called __proto__ is a page like any other, and no page where it is not a route', () => {
  expect(createRouter(['/__proto__'])('/__proto__')?.route).toBe('/__proto__')
  expect(router('/__proto__')).toBeUndefined()
})

test('the internal path is the prefix, the code and the public path with its suffix', () => {
  const path = (pathname: string) => internalPath('v1~k~p~m', router(pathname)!)
  expect(path('/')).toBe('/attune/v1~k~p~m')
  expect(path('/index.segments/_tree.segment')).toBe('/attune/v1~k~p~m.segments/_tree.segment')
  expect(path('/product/tent/')).toBe('/attune/v1~k~p~m/product/tent')
})

test.each([
  '/attune',
  '/attune/',
  '/attune/v1~k~p~m/cart',
  '/attune.rsc',
  '//attune/x',
  '/\\attune/x',
  '/%61ttune/x',
  '/%2561ttune/x',
  '/%25%36%31ttune',
  '/%2Fattune/x',
  '/attune%2Fx',
  '/attune%5cx',
  '/./attune/x',
  '/cart/../attune/x',
  '/cart/%2e%2e/attune/x',
  '/ATTUNE/x',
  'attune/x',
])('%s lies under the internal prefix', (pathname) => {
  expect(isInternalPath(pathname)).toBe(true)
})

test.each(['/', '', '/attuned', '/attune-news/x', '/cart/attune', '/product/%61', '/%'])(
  '%j does not lie under the internal prefix',
  (pathname) => {
    expect(isInternalPath(pathname)).toBe(false)
  },
)

test('whatever is asked for, the internal path of a page stays below its code when it is resolved', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'product',
      'cart',
      'new',
      '.',
      '..',
      '%2e',
      '%2E%2e',
      '%2f',
      '%5c',
      '\\',
      '//',
      '@',
      ':',
      '?',
      '#',
    ),
    fc.constantFrom('.rsc', '.segments', '.segment', '%25', '%00', '\n', 'evil.example', 'http:'),
    fc.string({ unit: 'binary', maxLength: 5 }),
  )
  const pathname = fc.array(piece, { maxLength: 6 }).map((pieces) => `/${pieces.join('/')}`)
  let pages = 0
  fc.assert(
    fc.property(pathname, (text) => {
      const page = router(readPathname(text))
      if (page === undefined) return
      pages++
      const path = internalPath('v1~k~p~m', page)
      const url = new URL(path, 'https://shop.example')
      expect(url.origin).toBe('https://shop.example')
      expect(url.pathname).toBe(path)
      expect(path).toMatch(/^\/attune\/v1~k~p~m(?=[/.]|$)/)
      expect(new URL(decodeURIComponent(path), 'https://shop.example').pathname).toMatch(
        /^\/attune\/v1~k~p~m/,
      )
    }),
    { numRuns: 5_000 },
  )
  expect(pages).toBeGreaterThan(100)
})

function readPathname(text: string): string {
  return URL.canParse(text, 'https://shop.example') ? new URL(text, 'https://shop.example').pathname : text
}
