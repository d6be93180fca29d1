import { isWhole } from '../allocation/allocation.ts'
import { readsOnlyContext, type SegmentConditions } from '../condition/needed-purposes.ts'
import type { Experience } from './experience.ts'

/** Tells whether an experience may be shown to a visitor of whom nothing may be remembered. */
export function isFunctional(
  { purpose, allocation, audience }: Experience,
  segments: SegmentConditions,
): boolean {
  if (purpose !== 'functional' || !isWhole(allocation)) return false
  return audience === undefined || readsOnlyContext(audience, segments)
}
