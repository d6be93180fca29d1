import { bucketOf } from '@attune/core'
import { Window as HappyWindow } from 'happy-dom'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Known } from '../../src/front/known.ts'

const NOW = Date.UTC(2026, 10, 22, 12) / 1000
const LATER = NOW + 3_600

let window: Window & typeof globalThis

beforeEach(() => {
  vi.useFakeTimers({ now: NOW * 1000 })
  vi.resetModules()
  // happy-dom describes the same objects with types of its own.
  window = new HappyWindow({ url: 'https://site.test/' }) as unknown as Window & typeof globalThis
  vi.stubGlobal('window', window)
  vi.stubGlobal('document', window.document)
  vi.stubGlobal('localStorage', window.localStorage)
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function know(known: Partial<Known>): void {
  const whole: Known = { h: '3fa1c2', u: 'visitor-1', s: [], ...known }
  window.localStorage.setItem('attune_known', JSON.stringify(whole))
}

/** Puts a placement on the page and lets the resolver choose; answers what stands there. */
async function choose(variants: readonly unknown[], asked: object = {}): Promise<string> {
  const { document } = window
  const script = document.createElement('script')
  Object.defineProperty(document, 'currentScript', { configurable: true, value: script })
  await import('../../src/front/resolver.ts')
  const placement = document.createElement('attune-placement')
  placement.dataset.attune = JSON.stringify({ p: 'hero', h: '3fa1c2', v: variants, ...asked })
  placement.innerHTML =
    '<template data-variant="offer"><p>Offer</p></template><template data-variant="b"><p>B</p></template><p>Default</p>'
  document.body.append(placement, script)
  ;(window as { attuneChoose?: () => void }).attuneChoose?.()
  return placement.textContent?.trim() ?? ''
}

const offerTo = (how: string, of: readonly number[], ...bounds: readonly (number | null)[]) => [
  ['offer', how, of, ...bounds],
]

test('a visitor of whom nothing is known sees the default', async () => {
  expect(await choose(offerTo('any', [0]))).toBe('Default')
  expect(window.document.querySelector('attune-placement')?.getAttribute('data-shown')).toBe('default')
})

test('who has no number yet is in no share, as on the server', async () => {
  const all = offerTo('share', [0, 10_000])
  know({ u: '' })
  expect(await choose(all)).toBe('Default')
})

test('a placement of another ruleset does not make the others forget what is known', async () => {
  know({ s: [[true, LATER]] })
  expect(await choose(offerTo('any', [0]), { h: '000000' })).toBe('Default')
  expect(await choose(offerTo('any', [0]))).toBe('Offer')
})

test('any: one of the segments is enough', async () => {
  know({
    s: [
      [false, LATER],
      [true, LATER],
    ],
  })
  expect(await choose(offerTo('any', [0, 1]))).toBe('Offer')
})

test('all: every one of them is needed', async () => {
  know({
    s: [
      [false, LATER],
      [true, LATER],
    ],
  })
  expect(await choose(offerTo('all', [0, 1]))).toBe('Default')
})

test('none: all of them are known to be false', async () => {
  know({
    s: [
      [false, LATER],
      [false, LATER],
    ],
  })
  expect(await choose(offerTo('none', [0, 1]))).toBe('Offer')
})

test('none: an unknown segment is not taken for false', async () => {
  know({
    s: [
      [false, LATER],
      [null, LATER],
    ],
  })
  expect(await choose(offerTo('none', [0, 1]))).toBe('Default')
})

test('the first variant that fits is shown', async () => {
  know({ s: [[true, LATER]] })
  expect(await choose([['b', 'any', [0]], ...offerTo('any', [0])])).toBe('B')
})

test('what time has changed since is what counts now', async () => {
  know({ s: [[false, NOW, true, LATER]] })
  expect(await choose(offerTo('any', [0]))).toBe('Offer')
})

test('past the end of what was worked out nothing is known', async () => {
  know({ s: [[true, NOW]] })
  expect(await choose(offerTo('any', [0]))).toBe('Default')
})

test.each<[string, Partial<Known>, string]>([
  ['who is held out sees the default', { o: true }, 'Default'],
  ['who is not sees it', {}, 'Offer'],
  ['who was held out by another ruleset sees it', { o: true, h: '000000' }, 'Offer'],
])('of what is for everybody: %s', async (_, known, shown) => {
  know(known)
  expect(await choose(offerTo('all', []))).toBe(shown)
})

test.each([
  ['nobody', '', '', 'Offer'],
  ['somebody since', '1763812800000', '', 'Default'],
  ['somebody else since', '1763812800000', '1763812700000', 'Default'],
  ['somebody long ago', '1763812800000', '1763812800000', 'Offer'],
])('where %s went', async (_, gone, heeded, shown) => {
  window.document.cookie = 'attune_consent=preferences'
  if (gone) window.document.cookie = `attune_gone=${gone}`
  if (heeded) window.localStorage.setItem('attune_heeded', heeded)
  know({ s: [[true, LATER]] })
  expect(await choose(offerTo('any', [0]))).toBe(shown)
})

test('what was worked out for another ruleset does not count', async () => {
  know({ h: '000000', s: [[true, LATER]] })
  expect(await choose(offerTo('any', [0]))).toBe('Default')
})

test('a variant begins at its first second and ends before its last', async () => {
  know({ s: [[true, LATER]] })
  expect(await choose(offerTo('any', [0], NOW, LATER))).toBe('Offer')
})

test.each([
  ['before it begins', NOW + 1, null],
  ['from its end on', null, NOW],
])('a variant is not shown %s', async (_when, from, until) => {
  know({ s: [[true, LATER]] })
  expect(await choose(offerTo('any', [0], from, until))).toBe('Default')
})

test('a share has the bucket that core gives', async () => {
  const bucket = bucketOf('visitor-1', 'hero')
  know({})
  expect(await choose(offerTo('share', [bucket, bucket + 1]))).toBe('Offer')
})

test('the share beside it is not shown', async () => {
  const bucket = bucketOf('visitor-1', 'hero')
  know({})
  expect(await choose(offerTo('share', [bucket + 1, 10_000]))).toBe('Default')
})

test.each([
  [true, 'Offer'],
  [false, 'Default'],
  [null, 'Default'],
])('a share is drawn among its audience alone (%s)', async (truth, shown) => {
  know({ s: [[truth, LATER]] })
  expect(await choose([['offer', 'share', [0, 10_000], null, null, ['any', [0]]]])).toBe(shown)
})

test.each(['', '{', 'null', '7', '{"h":"3fa1c2"}', '{"h":"3fa1c2","s":7,"u":1}'])(
  'a damaged memory (%j) leaves the default',
  async (text) => {
    window.localStorage.setItem('attune_known', text)
    expect(await choose(offerTo('any', [0]))).toBe('Default')
  },
)

test('a damaged placement keeps its default', async () => {
  know({ s: [[true, LATER]] })
  expect(await choose([], { v: 7 })).toBe('Default')
})
