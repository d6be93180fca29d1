import { createSealKeys, decodeCode, type PublishedRuleset } from '@attune/core'
import { createRulesetSource } from '@attune/storage/ruleset-source'
import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { createProxy } from '../src/proxy.ts'
import { makeRuleset, SECRET } from './support/make-ruleset.ts'

const FLIPS = 1_000
const keys = createSealKeys(SECRET)

/** The nth ruleset: its variants bear its number, and a German sees the second of each placement. */
function makeNumbered(number: number): PublishedRuleset {
  const names = [`plain-${number}`, `german-${number}`] as const
  const placement = { baseline: names[0], variants: names }
  return makeRuleset({
    revision: `r${number}`,
    segments: { german: { when: { attr: 'language', in: ['de'] } } },
    placements: { hero: placement, offer: placement, footer: placement },
    experiences: ['hero', 'offer', 'footer'].map((key) => ({
      key,
      placement: key,
      audience: { segment: 'german' },
      purpose: 'functional' as const,
      allocation: [{ variant: names[1], share: 1 }],
    })),
    routes: { '/': ['hero', 'offer', 'footer'] },
  })
}

function makePage(language: string): NextRequest {
  return new NextRequest('http://localhost:3000/', {
    headers: { 'sec-fetch-dest': 'document', 'accept-language': language },
  })
}

function codeOf(response: Response): string {
  return new URL(response.headers.get('x-middleware-rewrite')!).pathname.split('/')[2]!
}

test('1,000 changes under load, one of ten of them damaged: each answer is that of exactly one revision in force while it was asked', async () => {
  const published: PublishedRuleset[] = []
  let text = ''
  const source = createRulesetSource('the test', async () => ({ text, version: text }), { onError: () => {} })
  const proxy = createProxy({ ruleset: source, secret: SECRET })
  const numberInForce = (): number => published.indexOf(source.recent()[0]!)
  const explained: number[] = []

  const ask = async (language: 'de' | 'en'): Promise<void> => {
    const before = Math.max(0, numberInForce())
    const code = codeOf(await proxy(makePage(language)))
    const after = numberInForce()
    const answers = published.slice(Math.max(0, before - 3)).flatMap((ruleset) => {
      const variants = decodeCode(keys, 'site', ruleset, '/', code)
      return variants === undefined ? [] : [{ number: Number(ruleset.revision.slice(1)), variants }]
    })
    expect(answers).toHaveLength(1)
    const [{ number, variants }] = answers as [{ number: number; variants: object }]
    const shown = `${language === 'de' ? 'german' : 'plain'}-${number}`
    expect(variants).toEqual({ hero: shown, offer: shown, footer: shown })
    const place = published.findIndex(({ revision }) => revision === `r${number}`)
    expect(place).toBeGreaterThanOrEqual(before)
    expect(place).toBeLessThanOrEqual(after)
    explained.push(number)
  }

  source.follow((ruleset) => () => {
    published.push(ruleset)
  })
  text = JSON.stringify(makeNumbered(0))
  await source.load()
  for (let flip = 1; flip <= FLIPS; flip++) {
    const whole = JSON.stringify(makeNumbered(flip))
    text = flip % 10 === 0 ? whole.replace('"op":"attr"', '"op":"atr"') : whole
    await Promise.all([ask('de'), source.refresh(), ask('en'), ask('de')])
  }
  expect(published).toHaveLength(1 + FLIPS * 0.9)
  expect(explained).toHaveLength(3 * FLIPS)
  expect(new Set(explained).size).toBeGreaterThan(FLIPS * 0.8)
}, 60_000)
