import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerLine } from '../../../cli/src/evaluate/answer-line.ts'
import { createRulesetCache } from '../../../cli/src/evaluate/ruleset-cache.ts'
import { createRandom } from '../../../core/test/oracle/random.ts'
import { drawAskings, drawGuest, drawRuleset } from './chance/draw.ts'
import { isSame } from './chance/talk.ts'
import { tellGuest } from './chance/tell.ts'
import type { Engine } from './engines/engine.ts'
import { startEngine } from './engines/start-engine.ts'

const SEEDS = 120
const ASKINGS = 10
const cache = createRulesetCache()
let engine: Engine

beforeAll(async () => {
  engine = await startEngine('bin/evaluate.php')
}, 60_000)
afterAll(() => engine.end())

/** A case for `attune evaluate`, its answer, and the same case for PHP: published, and with the profile in place of events. */
interface Asked {
  readonly line: string
  readonly wanted: string
}

function ask(seed: number): readonly Asked[] {
  const random = createRandom(seed)
  const drawn = drawRuleset(random, `r${seed}`)
  if (drawn === undefined) return []
  const { ruleset: document, compiled } = drawn
  const { document: _, ...ruleset } = compiled.ruleset
  const guest = drawGuest(random, drawn)
  const { batches, traits } = guest.guest
  const { profile } = tellGuest(guest.guest, drawn)
  return drawAskings(random, guest, drawn, profile, ASKINGS).map(({ assume: _assume, ...asking }) => {
    const known = { ruleset: document, events: batches.flat(), traits, ...asking }
    const line = JSON.stringify(known)
    const wanted = answerLine({ ok: true, bytes: new TextEncoder().encode(line) }, cache)
    const folded = (JSON.parse(wanted) as { readonly profile?: unknown }).profile
    return { line: JSON.stringify({ ruleset, profile: folded, ...asking }), wanted }
  })
}

test('bin/evaluate.php writes the lines of attune evaluate', { timeout: 120_000 }, async () => {
  const asked = Array.from({ length: SEEDS }, (_, at) => ask(at + 1)).flat()
  const answers = await engine.ask(asked.map(({ line }) => line))
  let refused = 0
  for (const [at, { line, wanted }] of asked.entries()) {
    const given = answers[at]!
    // What one refuses the other does, each in its own words.
    const isRefused = isError(wanted) && isError(given)
    if (isRefused) refused++
    else if (!isSame(given, wanted)) expect(`${given}\n${line}`).toBe(wanted)
  }
  expect(asked.length).toBeGreaterThan(1_000)
  expect(refused).toBeLessThan(asked.length / 3)
})

test('a line that is no case gets an error, and the run goes on', async () => {
  const [{ line, wanted }] = ask(1).filter((each) => !isError(each.wanted)) as [Asked]
  const bad = [
    '',
    'nothing',
    '[]',
    '{}',
    '{"ruleset":{}}',
    line.slice(0, -1),
    line.replace('"published":1', '"published":7'),
  ]
  const answers = await engine.ask([...bad, line])
  expect(answers.slice(0, -1).map(isError)).toEqual(bad.map(() => true))
  expect(isSame(answers.at(-1)!, wanted)).toBe(true)
})

function isError(line: string): boolean {
  return Object.hasOwn(JSON.parse(line), 'error')
}
