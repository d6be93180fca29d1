import { expect, test } from 'vitest'
import { compileChecked } from './cases.ts'
import { checkSegments } from './check-case.ts'
import { foldAll } from './fold.ts'
import { LEAVES, makeLeaf } from './make-condition.ts'
import { makeRuleset } from './make-ruleset.ts'
import { makeNow, makeWorld } from './make-world.ts'
import { createRandom } from './random.ts'
import { scaled } from './scale.ts'
import { visible } from './world.ts'

// What an event beyond the kept ones still adds to: all but chains.
const KINDS = LEAVES.filter((kind) => !['sequence', 'reached', 'stage'].includes(kind))
const RULESETS = scaled(150)
const MOST_EVENTS = 700

test('of hundreds of events in any order, however late, all kinds but chains answer as the page says', {
  timeout: 120_000,
}, () => {
  let settled = 0
  for (let seed = 1; seed <= RULESETS; seed++) {
    const random = createRandom(seed)
    const { experiences: _, ...base } = makeRuleset(random, `r${seed}`)
    const segments = KINDS.map((kind) => [`${kind}-0`, { when: makeLeaf(random, kind) }] as const)
    const ruleset = { ...base, segments: Object.fromEntries(segments) }
    const compiled = compileChecked(ruleset)!
    const made = makeWorld(random, ruleset, MOST_EVENTS)
    const newest = made.world.events.at(-1)?.at ?? 0
    const now = random.chance(0.5) ? makeNow(random, made.world) : newest + random.below(86400)
    const heard = made.sent.filter(({ time }) => Math.floor(time / 1000) <= now)
    if (heard.length >= 256) settled++
    const world = { ...made.world, events: visible(made.world, now) }
    const profile = foldAll(random, world, random.shuffle(heard), compiled.plan)
    const [wrong] = checkSegments({ seed, world, compiled, profile, now }, random)
    expect(JSON.stringify(wrong, null, 1)).toBeUndefined()
  }
  expect(settled).toBeGreaterThan(RULESETS / 4)
})
