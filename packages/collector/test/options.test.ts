import { expect, test } from 'vitest'
import { createCollector } from '../src/collect.ts'
import type { CollectorOptions } from '../src/site.ts'
import { makeCollector } from './builders.ts'

const CREATES = '[collector] createCollector: '

// What users of JavaScript may give, as TypeScript would not let them.
function make(options: object): unknown {
  return makeCollector(options as Partial<CollectorOptions>)
}

test.each<[string, object, string]>([
  [
    'origins that are a text',
    { allowedOrigins: 'https://shop.example' },
    '`allowedOrigins` is "https://shop.example". Give a list, like [\'https://shop.example\'].',
  ],
  [
    'an origin without a scheme',
    { allowedOrigins: ['shop.example'] },
    '`allowedOrigins` names "shop.example". Give scheme and host, like https://shop.example.',
  ],
  [
    'an origin with a path',
    { allowedOrigins: ['https://shop.example/cart'] },
    '`allowedOrigins` names "https://shop.example/cart". Give scheme and host, like https://shop.example.',
  ],
  [
    'a purpose that is none',
    { unasked: ['prefs'] },
    '`unasked` names "prefs", which is no purpose. Use functional, preferences, statistics-anonymous, statistics, marketing.',
  ],
  [
    'a purpose of a region that is none',
    { unasked: { US: ['prefs'] } },
    '`unasked.US` names "prefs", which is no purpose. Use functional, preferences, statistics-anonymous, statistics, marketing.',
  ],
  [
    'purposes that are a text',
    { unasked: 'preferences' },
    '`unasked` is "preferences". Give a list of functional, preferences, statistics-anonymous, statistics, marketing.',
  ],
  [
    'a store that is none',
    { store: {} },
    '`store` is {}, which takes no events. Create one with @attune/storage/sqlite.',
  ],
  [
    'a path in place of a ruleset',
    { ruleset: './ruleset.json' },
    '`ruleset` is "./ruleset.json". Give what `attune publish` wrote, read as JSON.',
  ],
])('%s: refused with place, value and cure', (_, options, message) => {
  expect(() => make(options)).toThrow(new TypeError(CREATES + message))
})

test('a source in place of a ruleset is refused, and the message says how it is followed', () => {
  const source = { load: async () => ({}), follow: () => {} }
  const cure = 'followRuleset(source, (ruleset) => createCollector({ ruleset, … })) of @attune/edge.'
  for (const ruleset of [source, () => source]) expect(() => make({ ruleset })).toThrow(cure)
})

test('a ruleset that was forgotten is missed with the cure', () => {
  const { ruleset, ...rest } = { ruleset: undefined, secret: 'x'.repeat(32), store: { append: 1, reject: 1 } }
  expect(() => createCollector({ ...rest, ruleset } as unknown as CollectorOptions)).toThrow(
    '`ruleset` is undefined. Give what `attune publish` wrote',
  )
})

test('an origin may end in a slash, and may be that of an app', async () => {
  const collector = makeCollector({ allowedOrigins: ['https://shop.example/', 'capacitor://localhost'] })
  const statuses = ['https://shop.example', 'capacitor://localhost', 'https://evil.example'].map(
    async (origin) => {
      const headers = { origin, 'content-type': 'application/json' }
      const request = new Request('https://collect.example/attune/collect', {
        method: 'POST',
        headers,
        body: '{}',
      })
      return (await collector.handle(request)).status
    },
  )
  expect(await Promise.all(statuses)).toEqual([400, 400, 403])
})
