import type { Count } from '../condition/condition.ts'
import { EXPOSURE } from '../event/event-definition.ts'
import type { Experience } from './experience.ts'

/** The condition that is true while a cap is reached. */
export function capCondition({ key, cap }: Experience): Count | undefined {
  if (cap === undefined) return undefined
  return { count: EXPOSURE, where: { experience: key }, within: cap.within, atLeast: cap.exposures }
}
