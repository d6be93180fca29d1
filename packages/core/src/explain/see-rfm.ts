import type { Rfm } from '../condition/condition.ts'
import type { RfmDefinition } from '../condition/definitions.ts'
import { durationSeconds } from '../condition/duration.ts'
import type { Json, JsonObject } from '../result/json.ts'
import type { TimesState } from '../signal/signal.ts'
import { seeAmount } from './see-ring.ts'
import type { SeenSignal } from './seen-signal.ts'

const DAY = 86_400

/** The named bands, 1 to 5, and what they were made from; `null` with no event in the window. */
export function seeRfm(
  condition: Rfm,
  definition: RfmDefinition,
  [last, ...rings]: readonly SeenSignal[],
  now: number,
): Json {
  const [time] = (last!.state as TimesState).times
  if (time === undefined || time <= now - durationSeconds(definition.within)) return null
  const seen: { [band: string]: JsonObject } = {}
  if (condition.recency !== undefined) {
    const exceeded = definition.recency.filter((days) => now - time > days * DAY).length
    seen.recency = { band: 5 - exceeded, at: time * 1000 }
  }
  const amounts = rings.map((ring) => seeAmount(ring, definition.within, now) ?? 0)
  if (condition.frequency !== undefined) {
    const events = amounts.shift() ?? 0
    seen.frequency = { band: bandOf(definition.frequency, events), events }
  }
  if (condition.monetary !== undefined) {
    const total = (amounts.shift() ?? 0) / 10_000
    seen.monetary = { band: bandOf(definition.monetary, total), total }
  }
  return seen
}

function bandOf(cuts: readonly number[], amount: number): number {
  return 1 + cuts.filter((cut) => amount >= cut).length
}
