import type { Condition } from '../condition/condition.ts'
import { TRUE } from '../condition/truth.ts'
import { own } from '../result/json.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'
import { type Asking, askings } from './asking.ts'
import { assumedWords } from './assumed-words.ts'
import { type Estimating, estimateShares, rowKey, type Shares } from './estimate-shares.ts'
import { splitChoices } from './list-combinations.ts'
import { createRouteModel } from './route-model.ts'
import { createSolver } from './solve.ts'
import type { Traffic } from './traffic.ts'
import { CLOCK, whenReadings } from './when-reading.ts'

// What is asked once for each way down the experiences.
const WORK = 20_000_000
// Less likely rows of one part are not combined with those of the others.
const LEAST = 1e-7

/**
 * Estimates the share of each combination of a route at `now` (milliseconds since 1970). What it had to assume is added
 * to `assumed`.
 */
export function estimateRoute(
  ruleset: Ruleset,
  route: string,
  traffic: Traffic,
  now: number,
  assumed: Set<string>,
): Shares {
  const keys = ruleset.routes![route]!
  const model = createRouteModel(ruleset, keys, { left: WORK })
  const timezone = ruleset.timezone ?? 'UTC'
  const around: Estimating = {
    model,
    segments: ruleset.segments ?? {},
    shareOf: (condition) => shareOf(condition, traffic, timezone),
    assume: (condition) => assumed.add(assumedWords(condition, ruleset)),
  }
  const clock = model.axes.indexOf(CLOCK)
  const weights = weightsOf(traffic, ruleset)
  const total = new Map<string, number>()
  for (const asking of askings(model, weights.holdout > 0)) {
    const weight = weights[asking.asker]
    if (weight === 0) continue
    const domains = asking.domains.map((cells, at) =>
      at === clock ? model.axes.list[at]!.cellOf(Math.floor(now / 1000)) : cells,
    )
    for (const { variants, share } of spread(around, { ...asking, domains })) {
      const key = rowKey(keys, variants)
      total.set(key, (total.get(key) ?? 0) + weight * share)
    }
  }
  return total
}

interface Row {
  readonly variants: { readonly [placement: string]: string }
  readonly share: number
}

// Parts that do not depend on each other multiply.
function spread(around: Estimating, asking: Asking): readonly Row[] {
  const { relations } = around.model
  const solver = createSolver(relations, asking.domains, { left: WORK })
  return splitChoices(asking.choices, relations).reduce<readonly Row[]>(
    (rows, choices) => {
      const placements = choices.map(({ placement }) => placement)
      const shares = [...estimateShares(around, solver, asking, choices)]
      return rows.flatMap((row) =>
        shares.flatMap(([key, share]) => {
          if (row.share * share < LEAST) return []
          const shown = JSON.parse(key) as readonly string[]
          const variants = placements.map((placement, at) => [placement, shown[at]!] as const)
          return [
            { variants: { ...row.variants, ...Object.fromEntries(variants) }, share: row.share * share },
          ]
        }),
      )
    },
    [{ variants: {}, share: 1 }],
  )
}

function weightsOf(
  { consent = 1 }: Traffic,
  { holdout }: Ruleset,
): { readonly [A in Asking['asker']]: number } {
  const held = holdout?.share ?? 0
  return {
    known: consent * (1 - held),
    holdout: consent * held,
    'without-consent': 1 - consent,
    'without-id': 0,
  }
}

// Hours and weekdays have the share of the week that they last.
function shareOf(condition: Condition, { segments = {} }: Traffic, timezone: string): number | undefined {
  if ('segment' in condition) return own(segments, condition.segment)
  if (!('when' in condition)) return undefined
  return whenReadings(condition, timezone).reduce((share, { axis, points, test }) => {
    if (axis === CLOCK) return share
    return (share * points.filter((point) => test(point) === TRUE).length) / points.length
  }, 1)
}
