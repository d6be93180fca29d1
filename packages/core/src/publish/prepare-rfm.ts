import type { Comparison } from '../condition/comparison.ts'
import type { Rfm } from '../condition/condition.ts'
import { durationSeconds } from '../condition/duration.ts'
import type { Range } from '../condition/prepared-test.ts'
import { NOTHING, wholeRange } from '../condition/range.ts'
import type { LeafOf } from '../match/leaf.ts'
import { rfmSignals } from '../signal/needed-signals.ts'
import { RING_BUCKETS } from '../signal/ring.ts'
import type { Around } from './around.ts'

const DAY = 86_400

/** Prepares bands of recency, frequency and money: each becomes the range of seconds, counts or sums that has it. */
export function prepareRfm(condition: Rfm, { definitions, slotOf }: Around): LeafOf<'rfm'> {
  const definition = definitions.rfm[condition.rfm]!
  const signals = rfmSignals(definition, condition)
  const within = durationSeconds(definition.within)
  const { recency, frequency, monetary } = condition
  return {
    op: 'rfm',
    last: slotOf(signals.last),
    within,
    bucket: within / RING_BUCKETS,
    ...(recency === undefined ? {} : { recency: recencyRange(bandsOf(recency), definition.recency) }),
    ...(frequency === undefined
      ? {}
      : {
          frequency: {
            slot: slotOf(signals.frequency!),
            range: reachedRange(bandsOf(frequency), definition.frequency, 1),
          },
        }),
    ...(monetary === undefined
      ? {}
      : {
          monetary: {
            slot: slotOf(signals.monetary!),
            range: reachedRange(bandsOf(monetary), definition.monetary, 10_000),
          },
        }),
  }
}

type Bands = readonly [least: number, greatest: number]

function bandsOf(comparison: Comparison<number>): Bands {
  const [least, greatest] = wholeRange(comparison, Number)
  return [least ?? 1, greatest ?? 5]
}

// Band 1 reaches no cut point, band 5 all four.
function reachedRange([least, greatest]: Bands, cuts: readonly number[], unit: number): Range {
  if (least > 5 || greatest < 1) return NOTHING
  return [
    least <= 1 ? null : Math.round(cuts[least - 2]! * unit),
    greatest >= 5 ? null : Math.round(cuts[greatest - 1]! * unit) - 1,
  ]
}

// Band 5 exceeds no cut point, band 1 all four.
function recencyRange([least, greatest]: Bands, cuts: readonly number[]): Range {
  if (least > 5 || greatest < 1) return NOTHING
  return [greatest >= 5 ? null : cuts[4 - greatest]! * DAY + 1, least <= 1 ? null : cuts[5 - least]! * DAY]
}
