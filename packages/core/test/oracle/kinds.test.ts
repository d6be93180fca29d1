import { expect, test } from 'vitest'
import { casesAsked } from './cases-asked.ts'
import { checkSegments } from './check-case.ts'
import { LEAVES, makeLeaf } from './make-condition.ts'
import { createRandom } from './random.ts'
import { scaled } from './scale.ts'

// Each kind by itself, so that a fault is named by its kind.
const RULESETS = scaled(100)
const ASKED = 8

test.each(LEAVES)(
  '%s answers as the page says, until exactly or never late',
  { timeout: 120_000 },
  (kind) => {
    const random = createRandom(1)
    let cases = 0
    const asked = casesAsked(RULESETS, (chance) =>
      Object.fromEntries(Array.from({ length: ASKED }, (_, at) => [`${kind}-${at}`, makeLeaf(chance, kind)])),
    )
    for (const each of asked) {
      cases++
      const [wrong] = checkSegments(each, random)
      expect(JSON.stringify(wrong, null, 1)).toBeUndefined()
    }
    expect(cases).toBe(RULESETS * 12)
  },
)
