import { COLLECTOR_METRICS } from '@attune/collector/telemetry'
import { CannotRun } from '../command.ts'
import { didYouMean } from '../terminal/near-name.ts'

/** Every reason that an event is rejected for. */
const REASONS: readonly string[] = COLLECTOR_METRICS.flatMap(({ name, attributes }) => {
  const reasons = name === 'attune.collect.rejected' ? attributes['error.type'] : undefined
  return typeof reasons === 'object' ? reasons : []
})

/** Lets pass what events are rejected for: `bot` and `bot/timing` alike. @throws CannotRun at another word: nothing would ever be shown. */
export function checkReasons(reasons: readonly string[]): readonly string[] {
  for (const reason of reasons) {
    if (REASONS.includes(reason.split('/')[0]!)) continue
    throw new CannotRun(
      `No event is rejected for ${JSON.stringify(reason)}.${didYouMean(reason, REASONS)} Reasons: ${REASONS.join(', ')}.`,
    )
  }
  return reasons
}
