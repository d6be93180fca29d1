import { createSealKeys, encodeVisitor } from '@attune/core'
import { Response } from 'miniflare'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealPreview } from '../support/preview.ts'
import { newSecret } from './hosts.ts'
import { type Outbound, type RunningWorker, startWorkerText } from './start-worker.ts'

const slot = (variants: string, asked: object = {}): string => {
  const told = { p: 'hero', d: 'default', v: [['hiking', 'any', ['always']]], ...asked }
  return `<attune-slot data-attune="${JSON.stringify(told).replaceAll('"', '&quot;')}">${variants}</attune-slot>`
}
const variant = (key: string, content: string, rest = ''): string =>
  `<template data-variant="${key}"${rest}>${content}</template>`
const both = (hiking = 'HIKING', otherwise = 'OTHERWISE'): string =>
  variant('hiking', hiking) + variant('default', otherwise, ' data-default')

const WORKER = `
  import { publishRuleset } from '@attune/core/publish'
  import { createWordPressWorker } from '@attune/edge/worker'
  const ruleset = publishRuleset({
    version: 1, revision: 'r1', timezone: 'UTC', events: { view: {} }, placements: {}, experiences: [], routes: {},
    segments: {
      always: { when: { when: { from: '2020-01-01T00:00:00Z' } } },
      never: { when: { when: { until: '2020-01-01T00:00:00Z' } } },
      quiet: { when: { count: 'view', atMost: 0 } },
    },
  })
  export default createWordPressWorker((env) => ({ ruleset, secret: env.SECRET, site: 'site', keep: 0,
    store: { load: () => new Promise(() => {}) }, onError: () => {} }))
`

const VISITOR = 'visitor-of-22-chars-01'
const SECRET = newSecret()
let page = ''
let headers: Record<string, string> = {}
let worker: RunningWorker

const wordpress: Outbound = async (request) => {
  const isEdge = request.headers.has('x-attune-edge')
  const told = isEdge ? { 'x-attune-slots': '1', vary: 'X-Attune-Edge' } : {}
  const all = { 'content-type': 'text/html; charset=UTF-8', ...told, ...headers }
  return new Response(inPieces(isEdge ? page : 'PLAIN'), { headers: all })
}

// So that names are cut in two.
function inPieces(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull: (controller) => {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, at + 7))
      else controller.close()
      at += 7
    },
  })
}

beforeAll(async () => {
  worker = await startWorkerText(WORKER, { SECRET }, wordpress)
})
afterAll(() => worker?.stop())

async function shown(html: string, said: Record<string, string> = {}): Promise<string> {
  page = html
  headers = said
  const answer = await fetch(worker.origin)
  expect(answer.status).toBe(200)
  return answer.text()
}

test.each<[string, string, string]>([
  ['the chosen variant', `a${slot(both())}b`, 'aHIKINGb'],
  ['the default where none holds', slot(both(), { v: [['hiking', 'any', ['never']]] }), 'OTHERWISE'],
  [
    'the default where a segment is unknown here',
    slot(both(), { v: [['hiking', 'all', ['gone']]] }),
    'OTHERWISE',
  ],
  ['the default where none is to be chosen from', slot(both(), { v: [] }), 'OTHERWISE'],
  ['what holds for whom nothing is false', slot(both(), { v: [['hiking', 'none', ['never']]] }), 'HIKING'],
  [
    'no variant for whom is unknown without consent',
    slot(both(), { v: [['hiking', 'any', ['quiet']]] }),
    'OTHERWISE',
  ],
  ['a variant on its schedule', slot(both(), { v: [['hiking', 'all', [], 1, 9e9]] }), 'HIKING'],
  ['none before it', slot(both(), { v: [['hiking', 'all', [], 9e9, null]] }), 'OTHERWISE'],
  ['none after it', slot(both(), { v: [['hiking', 'all', [], null, 1]] }), 'OTHERWISE'],
  ['no share to whom has no id', slot(both(), { v: [['hiking', 'share', [0, 10000]]] }), 'OTHERWISE'],
  [
    'the default where the chosen variant is missing',
    slot(variant('default', 'OTHERWISE', ' data-default')),
    'OTHERWISE',
  ],
  ['a slot in a variant', slot(both(`<b>${slot(both('INNER', 'NOT'))}</b>`)), '<b>INNER</b>'],
  [
    'nothing of a slot in a variant that is not chosen',
    slot(both('HIKING', slot(both('INNER', 'NOT')))),
    'HIKING',
  ],
  ['several slots', slot(both()) + slot(both(), { v: [] }), 'HIKINGOTHERWISE'],
])('shows %s', async (_, html, expected) => {
  expect(await shown(html)).toBe(expected)
})

test.each<[string, string, string]>([
  [
    'rules that are damaged',
    '<attune-slot data-attune="{">HIDDEN<template data-variant="hiking">HIDDEN</template>' +
      '<template data-variant="default" data-default>OTHERWISE</template></attune-slot>',
    'OTHERWISE',
  ],
  ['rules of a shape to come', slot(both('HIDDEN'), { v: [['hiking', 'some', ['always']]] }), 'OTHERWISE'],
  ['a slot without rules', `<attune-slot>${both('HIDDEN')}</attune-slot>`, 'OTHERWISE'],
  [
    'a variant that ends early',
    slot(
      `${variant('hiking', 'SEEN</template>HIDDEN<i>HIDDEN</i>')}${variant('default', 'HIDDEN', ' data-default')}`,
    ),
    'SEEN</template>',
  ],
  [
    'a variant that another left open',
    slot(`${variant('hiking', '<div>SEEN')}${variant('default', 'HIDDEN', ' data-default')}`),
    '<div>SEEN',
  ],
  ['a slot in a variant that never ends', slot(both('SEEN<attune-slot>HIDDEN', 'HIDDEN')), 'SEEN'],
  ['comments beside variants', slot(`<!-- HIDDEN -->${both('SEEN', 'HIDDEN')}`), 'SEEN'],
  ['slots in a comment', `<!-- ${slot(both('HIDDEN'))} -->SEEN`, 'SEEN'],
  ['slots in noscript', `<noscript>${slot(both('HIDDEN'))}</noscript>SEEN`, '<noscript></noscript>SEEN'],
  ['slots in a text area', `<textarea>a ${slot(both('HIDDEN'))}</textarea>`, '<textarea></textarea>'],
  [
    'slots in data',
    `<script type="application/ld+json">{"a":"${slot(both('HIDDEN'))}"}</script>`,
    '<script type="application/ld+json"></script>',
  ],
  [
    'scripts and styles as they are',
    '<script>if (a < b && c) d("</p>")</script><style>a > b {}</style><title>A &amp; B</title>',
    '<script>if (a < b && c) d("</p>")</script><style>a > b {}</style><title>A &amp; B</title>',
  ],
])('leaves nothing unchosen of %s', async (_, html, expected) => {
  const text = await shown(html)
  expect(text).toBe(expected)
  expect(text).not.toMatch(/HIDDEN|attune|data-variant/)
})

test('a page of all variants that is no HTML is asked for again, as browsers ask', async () => {
  expect(await shown(slot(both()), { 'content-type': 'application/xhtml+xml' })).toBe('PLAIN')
})

test('whose profile does not come sees defaults, in time: also where somebody unknown would not', async () => {
  page = slot(both())
  headers = {}
  const cookie = `attune_consent=preferences; attune_visitor=${encodeVisitor(createSealKeys(SECRET), 'site', VISITOR)}`
  const before = performance.now()
  expect(await (await fetch(worker.origin, { headers: { cookie } })).text()).toBe('OTHERWISE')
  expect(performance.now() - before).toBeLessThan(2_000)
})

test('a preview is shown, and stored nowhere', async () => {
  page = slot(both(), { v: [['hiking', 'any', ['never']]] })
  headers = { 'cache-control': 'public, max-age=60' }
  const cookie = `attune_preview=${sealPreview(SECRET, { assume: { never: true } })}`
  const answer = await fetch(worker.origin, { headers: { cookie } })
  expect(await answer.text()).toBe('HIKING')
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
})
