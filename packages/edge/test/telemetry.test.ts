import { SpanStatusCode } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { startTelemetry, untold } from '../../storage/test/support/telemetry.ts'
import { createHost } from '../src/host.ts'
import { createPersonalizer, type Personalizer } from '../src/personalize.ts'
import { createPreview } from '../src/preview/preview.ts'
import { observePersonalizer, PERSONALIZER_METRICS } from '../src/telemetry.ts'
import { ANNA, keys, makeCookies, makeOptions, makeProfile, makeRequest, makeViews, NOW } from './make.ts'

const hiker = makeCookies(ANNA, makeProfile(makeViews(3)))
const attune_preview = createPreview(keys, 'site', { exp: NOW / 1000 + 60 })

function observe(options: Parameters<typeof makeOptions>[0] = {}) {
  const telemetry = startTelemetry()
  let now = 0
  const clock = () => (now += 0.5)
  const observed = observePersonalizer(createPersonalizer(makeOptions(options)), { ...telemetry, clock })
  return { ...telemetry, observed }
}

const counted = async (
  personalizer: Personalizer,
  metrics: () => Promise<readonly string[]>,
  path: string,
) => {
  await personalizer.personalize(makeRequest(path, hiker))
  return metrics()
}

test('a page counts its time by where the profile came from, and its placements by reason', async () => {
  const { observed, metrics, sum } = observe()
  expect(await counted(observed, metrics, '/?utm_source=secret')).toEqual([
    'attune.decision.duration{attune.profile.source=token} 1',
    'attune.decisions{feature_flag.key=hero,feature_flag.result.reason=targeting_match} 1',
    'attune.decisions{feature_flag.key=rail,feature_flag.result.reason=default} 1',
  ])
  expect(await sum('attune.decision.duration')).toBe(0.0005)
})

test('profiles from the store, from nowhere, of a store that failed and of a pin are told apart', async () => {
  const away = { load: () => Promise.reject(new Error('away')) }
  const there = { load: async () => makeProfile(makeViews(3)) }
  const known = { attune_consent: 'preferences', attune_visitor: hiker.attune_visitor ?? '' }
  const source = async (store: typeof there | typeof away, cookies: object) => {
    const { observed } = observe({ store, onError: () => {} })
    return (await observed.personalize(makeRequest('/', { ...cookies })))?.source
  }
  expect(await source(there, known)).toBe('store')
  expect(await source(away, known)).toBe('failed')
  expect(await source(there, {})).toBe('empty')
  const { observed, metrics } = observe()
  const shown = await observed.personalize(makeRequest('/', hiker))
  const [, pin = ''] = /attune_pin=([^;]+)/.exec(shown?.cookies.join() ?? '') ?? []
  const again = makeRequest('/', { ...hiker, attune_pin: pin }, { 'sec-fetch-dest': 'empty' })
  expect((await observed.personalize(again))?.source).toBe('pin')
  expect((await metrics()).filter((line) => line.includes('duration'))).toEqual([
    'attune.decision.duration{attune.profile.source=pin} 1',
    'attune.decision.duration{attune.profile.source=token} 1',
  ])
})

test('a personalizer answers the same observed as unobserved', async () => {
  const { observed } = observe()
  const plain = createPersonalizer(makeOptions())
  for (const path of ['/', '/cart', '/elsewhere']) {
    const asked = () => makeRequest(path, hiker)
    expect(await observed.personalize(asked())).toEqual(await plain.personalize(asked()))
    expect(observed.withdraw(asked())).toEqual(plain.withdraw(asked()))
  }
})

test('a preview is traced and not counted', async () => {
  const { observed, metrics, spans } = observe()
  await observed.personalize(makeRequest('/', { ...hiker, attune_preview }))
  expect(await metrics()).toEqual([])
  expect(spans().map(({ name }) => name)).toEqual(['attune.decide'])
})

test('a span tells route, source and reasons, and of a page that is not personalised nothing', async () => {
  const { observed, spans } = observe()
  await observed.personalize(makeRequest('/product/tent?email=anna@example.com', hiker))
  await observed.personalize(makeRequest('/elsewhere', hiker))
  const [span, other] = spans()
  expect(span?.attributes).toEqual({ 'http.route': '/product/[slug]', 'attune.profile.source': 'token' })
  expect(span?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
    ['feature_flag.evaluation', { 'feature_flag.key': 'rail', 'feature_flag.result.reason': 'default' }],
    ['feature_flag.evaluation', { 'feature_flag.key': 'bar', 'feature_flag.result.reason': 'default' }],
  ])
  expect([other?.attributes, other?.events, other?.status.code]).toEqual([{}, [], SpanStatusCode.UNSET])
})

test('nothing told names a visitor, an address, a variant or a segment', async () => {
  const { observed, metrics, spans } = observe()
  for (const path of ['/', '/cart', '/product/tent?email=anna@example.com'])
    await observed.personalize(makeRequest(path, hiker, { 'x-forwarded-for': '203.0.113.9' }))
  const lines = await metrics()
  expect(untold(lines, PERSONALIZER_METRICS)).toEqual([])
  const told =
    lines.join() + JSON.stringify(spans().map(({ name, attributes, events }) => [name, attributes, events]))
  for (const personal of [ANNA, 'anna@', '203.0.113.9', 'tent', 'hiker', 'hiking'])
    expect(told).not.toContain(personal)
})

test('a host decides with what stands in for its personalizers', async () => {
  const { meter, metrics } = startTelemetry()
  const { ruleset, secret, clock } = makeOptions()
  const host = createHost({
    ruleset,
    secret,
    clock,
    observe: (personalizer) => observePersonalizer(personalizer, { meter }),
  })
  await host.decide(makeRequest('/cart', hiker))
  expect(await metrics()).toContain(
    'attune.decisions{feature_flag.key=hero,feature_flag.result.reason=targeting_match} 1',
  )
})
