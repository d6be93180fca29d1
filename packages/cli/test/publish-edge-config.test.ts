import { join } from 'node:path'
import type { Ruleset } from '@attune/core'
import { openEnvelope } from '@attune/storage/ruleset-source'
import { HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { publish } from '../src/commands/publish.ts'
import type { Io } from '../src/io.ts'
import { main } from '../src/main.ts'
import { askVercel } from '../src/publish/ask-vercel.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'
import { CONFIG, makeVercel, refuse, TOKEN, type VercelStandIn } from './support/vercel.ts'

// Vercel itself was not asked: this is what its reference says of its answers.
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const ATTUNE_SECRET = 'a secret of more than thirty-two characters'
const ENV = { ATTUNE_SECRET, VERCEL_TOKEN: TOKEN }
const OLD = { signature: 'sha256=old', document: 'old' }

interface Asked {
  readonly options?: readonly string[]
  readonly env?: Io['env']
  readonly ruleset?: Ruleset
}

async function publishTo(vercel: VercelStandIn, asked: Asked = {}) {
  const { options = ['--config', CONFIG], env = ENV, ruleset = makeRuleset() } = asked
  server.use(...vercel.handlers)
  const folder = makeFolder({ 'rules.json': JSON.stringify(ruleset) })
  const { io, out, err } = makeIo({ env })
  const code = await main(
    ['publish', 'edge-config', join(folder, 'rules.json'), ...options],
    [publish],
    io,
    '1',
  )
  return { code, out: out(), err: err() }
}

/** A ruleset with so many segments more. */
function makeLarge(segments: number) {
  const more = Array.from({ length: segments }, (_, index) => [
    `segment-${index}`,
    { when: { attr: 'language', in: [`x${index}`] } },
  ])
  return makeRuleset({ segments: { ...makeRuleset().segments, ...Object.fromEntries(more) } })
}

describe('publishing to Edge Config', () => {
  test('puts the signed ruleset into one item and says size, limit, revision and digest', async () => {
    const vercel = makeVercel({ flags: { a: true } })
    const { code, out, err } = await publishTo(vercel)
    const size = Buffer.byteLength(JSON.stringify(Object.fromEntries(vercel.items)))
    const shown = new Intl.NumberFormat('en-GB').format(size)
    expect([code, out, err]).toEqual([
      0,
      '',
      `Published to Edge Config ${CONFIG}, item attune: ${shown} of 8,192 bytes of the plan hobby, digest d1gest, ` +
        'within 10 seconds in every region, revision test.1.\n',
    ])
    expect(vercel.asked).toEqual(['GET /items', 'PATCH /items', 'GET /item', 'GET'])
    expect(vercel.items.get('flags')).toEqual({ a: true })
    const { text } = await openEnvelope('the item', vercel.items.get('attune'), [ATTUNE_SECRET])
    expect(JSON.parse(text)).toMatchObject({ published: 1, revision: 'test.1', document: makeRuleset() })
  })

  test('takes the id from EDGE_CONFIG, the team from VERCEL_TEAM_ID and the item from --key', async () => {
    for (const team of ['team_1', 'a-name']) {
      const vercel = makeVercel({}, team)
      const EDGE_CONFIG = `https://edge-config.vercel.com/${CONFIG}?token=reads`
      const env = { ...ENV, VERCEL_TEAM_ID: team, EDGE_CONFIG }
      const { code } = await publishTo(vercel, { env, options: ['--key', 'my-rules', '--no-document'] })
      expect([code, [...vercel.items.keys()]]).toEqual([0, ['my-rules']])
    }
  })

  test.each<readonly [string, object, readonly string[], RegExp]>([
    ['the token', { ATTUNE_SECRET }, ['--config', CONFIG], /VERCEL_TOKEN is not set/],
    ['the secret', { VERCEL_TOKEN: TOKEN }, ['--config', CONFIG], /ATTUNE_SECRET is not set/],
    ['the id', ENV, [], /Give --config ecfg_…, or set EDGE_CONFIG/],
    ['an id that is one', ENV, ['--config', '../x'], /Give the id of an Edge Config/],
    ['a key that is one', ENV, ['--config', CONFIG, '--key', 'a/b'], /letters, digits, _ and -/],
    [
      'a plan that is one',
      ENV,
      ['--config', CONFIG, '--plan', 'free'],
      /Choose one of hobby, pro, enterprise/,
    ],
    [
      'options of its own',
      ENV,
      ['--config', CONFIG, '--out', 'x'],
      /--out means nothing to the target edge-config/,
    ],
  ])('asks for %s before it asks Vercel', async (_, env, options, said) => {
    const vercel = makeVercel()
    const { code, err } = await publishTo(vercel, { env: { ...env }, options })
    expect([code, vercel.asked]).toEqual([2, []])
    expect(err).toMatch(said)
  })

  test('a ruleset that is too large for the plan is not sent, and the cure is said', async () => {
    const vercel = makeVercel({ attune: OLD })
    const { code, err } = await publishTo(vercel, { ruleset: makeLarge(40) })
    expect([code, vercel.asked, vercel.items.get('attune')]).toEqual([2, ['GET /items'], OLD])
    expect(err).toMatch(
      /The ruleset has 1\d,\d{3} bytes; the plan hobby allows a store 8,192 in all\. Nothing was published\. Leave the document out with --no-document \(then \d,\d{3} bytes\), or say --plan pro or enterprise if that is yours/,
    )
    expect(
      (await publishTo(vercel, { ruleset: makeLarge(40), options: ['--config', CONFIG, '--plan', 'pro'] }))
        .code,
    ).toBe(0)
  })

  test('what else the store holds counts, and what the item held before does not', async () => {
    const full = makeVercel({ others: 'x'.repeat(7_000) })
    const { code, err } = await publishTo(full)
    expect([code, full.items.has('attune')]).toEqual([2, false])
    expect(err).toMatch(/beside 7,0\d\d of other items/)
    const replaced = makeVercel({ attune: { signature: 'old', document: 'x'.repeat(7_000) } })
    expect((await publishTo(replaced)).code).toBe(0)
  })
})

const PAGE = (): Response => HttpResponse.html('<p>sign in</p>')
const REFUSALS: readonly (readonly [string, () => Response, RegExp])[] = [
  ['400', () => refuse(400, 'bad items'), /Vercel answered 400 \(bad items\)/],
  ['401', () => refuse(401, 'no'), /does not know VERCEL_TOKEN/],
  ['402', () => refuse(402, 'pay'), /open payment/],
  ['403', () => refuse(403, 'no'), /VERCEL_TEAM_ID/],
  ['404', () => refuse(404, 'none'), /there is no ecfg_test for this token\. Check --config/],
  ['409', () => refuse(409, 'conflict'), /somebody else writes at the same time/],
  ['413', () => refuse(413, 'large'), /too large\. Leave the document out with --no-document/],
  ['429', () => refuse(429, 'slow', { 'retry-after': '30' }), /Publish again in 30 seconds/],
]
const UNCLEAR: readonly (readonly [string, () => Response, RegExp])[] = [
  ['500', () => refuse(500, 'oops'), /Vercel has trouble: status 500 \(oops\)/],
  ['503 as text', () => new HttpResponse('busy', { status: 503 }), /Vercel has trouble: status 503/],
  ['a page', PAGE, /is no JSON\. Look for a proxy/],
  ['cut JSON', () => new HttpResponse('{"stat'), /is no JSON/],
  ['an empty answer', () => new HttpResponse(''), /is no JSON/],
  ['another address', () => HttpResponse.redirect('https://elsewhere.test/', 307), /is no JSON/],
  ['a lost connection', () => HttpResponse.error(), /api\.vercel\.com did not answer/],
]

describe('when Vercel does not answer as asked', () => {
  test.each([...REFUSALS, ...UNCLEAR])(
    'before the write (%s), nothing is written',
    async (_, answer, said) => {
      const vercel = makeVercel({ attune: OLD })
      vercel.instead['GET /items'] = answer
      const { code, err } = await publishTo(vercel)
      expect([code, vercel.asked, vercel.items.get('attune')]).toEqual([2, ['GET /items'], OLD])
      expect(err).toMatch(said)
      expect(err).toContain('Nothing was published')
      expect(err).not.toContain(TOKEN)
    },
  )

  test.each(REFUSALS)('a write that is refused (%s) leaves what was there', async (_, answer, said) => {
    const vercel = makeVercel({ attune: OLD })
    vercel.instead['PATCH /items'] = answer
    const { code, err } = await publishTo(vercel)
    expect([code, vercel.items.get('attune')]).toEqual([2, OLD])
    expect(err).toMatch(said)
    expect(err).toContain('Nothing was published')
  })

  test.each(UNCLEAR)(
    'a write whose answer is lost (%s) is looked after: not done',
    async (_, answer, said) => {
      const vercel = makeVercel({ attune: OLD })
      vercel.instead['PATCH /items'] = answer
      const { code, err } = await publishTo(vercel)
      expect([code, vercel.items.get('attune')]).toEqual([2, OLD])
      expect(err).toMatch(said)
      expect(err).toContain('Nothing was published: what was there is still there')
    },
  )

  test.each(UNCLEAR)('a write whose answer is lost (%s) is looked after: done', async (_, answer) => {
    const vercel = makeVercel({ attune: OLD })
    vercel.instead['PATCH /items'] = answer
    vercel.isDoneAnyway = true
    const { code, err } = await publishTo(vercel)
    expect(code).toBe(0)
    expect(err).toContain('Published to Edge Config')
  })

  test('when neither the write nor the look after it is answered, that is said', async () => {
    const vercel = makeVercel()
    vercel.instead = { 'PATCH /items': PAGE, 'GET /item': PAGE }
    const { code, err } = await publishTo(vercel)
    expect(code).toBe(2)
    expect(err).toContain('Whether it was published is not known: publish again.')
  })

  test('when somebody else writes in between, that is said', async () => {
    const vercel = makeVercel()
    vercel.instead['GET /item'] = () => HttpResponse.json({ key: 'attune', value: OLD })
    const { code, err } = await publishTo(vercel)
    expect(code).toBe(2)
    expect(err).toContain('somebody else published at the same time. Publish again.')
  })

  test('without a digest it is published all the same: the item was read back', async () => {
    const vercel = makeVercel()
    vercel.instead.GET = PAGE
    const { code, err } = await publishTo(vercel)
    expect([code, err.includes('digest')]).toEqual([0, false])
  })
})

test('an answer that takes too long is given up', async () => {
  const vercel = makeVercel()
  server.use(...vercel.handlers)
  vercel.instead.GET = () => new HttpResponse(new ReadableStream())
  const access = { token: TOKEN, team: undefined, config: CONFIG, timeout: 20 }
  expect(await askVercel(access, '')).toEqual({ status: 0, said: expect.stringMatching(/timeout/) })
})
