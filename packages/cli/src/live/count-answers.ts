import type { Onlookers } from '@attune/collector/watching'
import type { ConsentLog } from '@attune/storage/consent'

/** A consent log that does as the one given does, and lets `onlookers` hear of each answer that it kept. */
export function countAnswers(log: ConsentLog, onlookers: Pick<Onlookers, 'answer'>): ConsentLog {
  return {
    ...log,
    append: async (change) => {
      const isKept = await log.append(change)
      if (isKept) onlookers.answer(change.granted)
      return isKept
    },
  }
}
