import type { Json } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom, type Random } from '../../../core/test/oracle/random.ts'
import { damage } from './chance/damage.ts'
import { drawAskings, drawGuest, drawRuleset } from './chance/draw.ts'
import { tellAsking, tellGuest, tellRulesets } from './chance/tell.ts'
import type { Engine } from './engines/engine.ts'
import { startEngine } from './engines/start-engine.ts'

const SEEDS = 150
const COPIES = 30
const SLOW = { timeout: 300_000 }
/** What a document that is no good may answer: an exception of this kind, that names a place or the format. */
const REFUSED = /^InvalidArgumentException: .*(\$|not published in format 1)/

let engine: Engine

beforeAll(async () => {
  engine = await startEngine()
}, 60_000)
afterAll(() => engine.end())

/** Lines about one visitor. */
interface Told {
  readonly ruleset: string
  readonly guest: string
  readonly profile: string
  readonly question: string
}

/** What one seed asks: lines that come first, and copies of lines that do, of which the first is damaged. */
interface Trial {
  readonly before: readonly string[]
  readonly copies: readonly (readonly string[])[]
}

function tell(random: Random, revision: string): Told | undefined {
  const drawn = drawRuleset(random, revision)
  if (drawn === undefined) return undefined
  const guest = drawGuest(random, drawn)
  const events = tellGuest({ ...guest.guest, by: 'events' }, drawn)
  const [asking] = drawAskings(random, guest, drawn, events.profile, 1)
  return {
    ruleset: tellRulesets(drawn).text,
    guest: events.text,
    profile: tellGuest({ ...guest.guest, by: 'profile' }, drawn).text,
    question: tellAsking(asking!, drawn.compiled, events.profile).text,
  }
}

/** A damaged line is refused in words, or everything is answered; and damage sometimes hurts and sometimes does not. */
async function expectNoFault(trialOf: (random: Random, told: Told) => Trial): Promise<void> {
  const counts = { refused: 0, answered: 0 }
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = createRandom(seed)
    const told = tell(random, `r${seed}`)
    if (told === undefined) continue
    const { before, copies } = trialOf(random, told)
    const answers = await engine.ask([...before, ...copies.flat()])
    const errors = answers.map((answer): string | undefined => JSON.parse(answer).error).slice(before.length)
    for (const lines of copies) {
      const [first, ...rest] = errors.splice(0, lines.length)
      if (REFUSED.test(first ?? '')) counts.refused++
      else {
        counts.answered++
        const fault = [first, ...rest].find((error) => error !== undefined)
        expect(fault === undefined ? '' : [`seed ${seed}: ${fault}`, ...before, ...lines].join('\n')).toBe('')
      }
    }
  }
  expect(Math.min(counts.refused, counts.answered)).toBeGreaterThan((SEEDS * COPIES) / 20)
}

describe('what is damaged on its way is refused in words, or decides without a fault', () => {
  test('a published ruleset', SLOW, () =>
    expectNoFault((random, { ruleset, guest, question }) => {
      const line = JSON.parse(ruleset) as { readonly text: string }
      const published: Json = JSON.parse(line.text)
      const copies = Array.from({ length: COPIES }, () => {
        const text = JSON.stringify(damage(random, published))
        return [JSON.stringify({ ...line, text }), guest, question]
      })
      return { before: [], copies }
    }),
  )

  test('a profile', SLOW, () =>
    expectNoFault((random, { ruleset, profile, question }) => {
      const line = JSON.parse(profile) as { readonly profile: Json }
      const copies = Array.from({ length: COPIES }, () => {
        return [JSON.stringify({ ...line, profile: damage(random, line.profile) }), question]
      })
      return { before: [ruleset], copies }
    }),
  )
})
