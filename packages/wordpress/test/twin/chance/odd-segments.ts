import type { Condition, Ruleset } from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import type { Random } from '../../../../core/test/oracle/random.ts'
import { ODD_VALUES } from './odd-values.ts'

const PATHS = [
  'geo.country', 'language', 'query.0', 'query.a.b', 'query.-1', 'custom.x', 'custom.0', 'custom.01', 'custom.toString', 'custom.😀',
  'session.pageViews', 'session.seconds', 'visitor.known', 'trait.tags', 'trait.age',
] // biome-ignore format: words, read at a glance as one list
const TEXTS = ODD_VALUES.filter((value) => typeof value === 'string')
const NUMBERS = ODD_VALUES.filter((value) => typeof value === 'number')
const MADE = 6

/** The ruleset with some segments more, whose tests hold odd values: those that the checker accepts. */
export function withOddSegments(random: Random, ruleset: Ruleset): Ruleset {
  const made = Array.from({ length: MADE }, (_, at) => [`odd-${at}`, { when: makeTest(random) }] as const)
  const accepted = made.filter(([key, segment]) => isAccepted({ ...ruleset, segments: { [key]: segment } }))
  return { ...ruleset, segments: { ...ruleset.segments, ...Object.fromEntries(accepted) } }
}

// Without experiences: they name segments that are not there.
function isAccepted({ experiences: _, ...ruleset }: Ruleset): boolean {
  return checkRuleset(ruleset).every(({ severity }) => severity !== 'error')
}

function makeTest(random: Random): Condition {
  const text = () => random.pick(TEXTS)
  const texts = () => Array.from({ length: 1 + random.below(4) }, text)
  const number = () => random.pick(NUMBERS)
  const ignoreCase = random.chance(0.4) ? { ignoreCase: true } : {}
  const test = random.pick<() => object>([
    () => ({ is: random.pick([text(), number(), random.chance(0.5)]), ...ignoreCase }),
    () => ({ isNot: random.pick([text(), number()]), ...ignoreCase }),
    () => ({ in: random.chance(0.7) ? texts() : [number(), number()], ...ignoreCase }),
    () => ({ notIn: random.chance(0.7) ? texts() : [number(), number()], ...ignoreCase }),
    () => ({ [random.pick(['contains', 'startsWith', 'endsWith'])]: text(), ...ignoreCase }),
    () => ({ [random.pick(['hasAny', 'hasAll'])]: texts(), ...ignoreCase }),
    () => ({ [random.pick(['versionAtLeast', 'versionAtMost'])]: text() }),
    () => ({ [random.pick(['atLeast', 'atMost', 'moreThan', 'lessThan', 'exactly'])]: number() }),
    () => ({ exists: random.chance(0.5) }),
  ])()
  // The checker, not the type, says which of these are conditions.
  return { attr: random.pick(PATHS), ...test } as Condition
}
