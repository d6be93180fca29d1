import { afterAll, beforeAll, expect, test } from 'vitest'
import { shrink } from './chance/shrink.ts'
import { type Difference, listen, type Sizes, speak } from './chance/talk.ts'
import { count, createTally } from './chance/tally.ts'
import type { Engine } from './engines/engine.ts'
import { startEngine } from './engines/start-engine.ts'

// `npm run soak` asks for more, from other seeds.
const CASES = Number(process.env.ATTUNE_TWIN_CASES ?? 100_000)
const FIRST_SEED = Number(process.env.ATTUNE_TWIN_SEED ?? 1)
/** A case is one visitor at one instant, asked about every segment and every placement. */
const SIZES: Sizes = { guests: 8, askings: 12 }
const SEEDS_AT_ONCE = 4
const TIMEOUT = 120_000 + CASES * 4
const REASONS = ['CAPPED', 'CONSENT_DENIED', 'DEFAULT', 'HOLDOUT', 'SPLIT', 'TARGETING_MATCH']

let engine: Engine

beforeAll(async () => {
  engine = await startEngine()
}, 60_000)
afterAll(() => engine.end())

test(`${CASES} cases of chance: PHP answers as TypeScript does`, { timeout: TIMEOUT }, async () => {
  const tally = createTally()
  let seed = FIRST_SEED
  let heard: Promise<readonly Difference[]> = Promise.resolve([])
  while (tally.cases < CASES) {
    const spoken = Array.from({ length: SEEDS_AT_ONCE }, () => speak(seed++, SIZES)).flat()
    count(tally, spoken)
    await expectNone(await heard)
    // While PHP answers these, the next are drawn.
    heard = listen(engine, spoken)
  }
  await expectNone(await heard)
  process.stdout.write(`Chance, ${engine.name}: ${tally.cases} cases, seeds ${FIRST_SEED} to ${seed - 1}\n`)
  expect([...tally.reasons.keys()].sort()).toEqual(REASONS)
  const rare = [...tally.matches, ...tally.reasons, ['turning', tally.turning]].filter(
    ([, times]) => Number(times) < tally.cases / 200,
  )
  expect(rare).toEqual([])
})

async function expectNone([first, ...more]: readonly Difference[]): Promise<void> {
  if (first === undefined) return
  const found = first.scene === undefined ? undefined : await shrink(engine, first.scene)
  const { wanted, given } = found ?? first
  const where =
    found === undefined
      ? `Only after the lines before it: ${first.text}`
      : `The case for bin/evaluate.php, of a visitor known by ${found.scene.by}:\n${found.line}`
  throw new Error(
    `Seed ${first.seed}: PHP answers this and ${more.length} more otherwise.\nTypeScript: ${wanted}\nPHP:        ${given}\n${where}`,
  )
}
