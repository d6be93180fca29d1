import { type Condition, childrenOf } from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import { purposeBits } from '../consent/consent.ts'
import { DEFAULT_PURPOSE, type Purpose } from '../consent/purpose.ts'
import { purposeOfEvent } from '../event/event-definition.ts'
import { own } from '../result/json.ts'

const FUNCTIONAL = purposeBits(['functional'])

/** The purposes, as bits, of every event and trait that a single condition reads; `functional` needs no grant. */
export function neededPurposes(condition: Condition, definitions: Definitions): number {
  return purposeBits(purposesOf(condition, definitions)) & ~FUNCTIONAL
}

/** Every event that a single condition (not those below it) reads. */
export function readEvents(condition: Condition, definitions: Definitions): readonly string[] {
  if ('count' in condition) return [condition.count]
  if ('distinct' in condition) return [condition.distinct]
  if ('absent' in condition) return [condition.absent]
  if ('since' in condition) return [condition.since]
  if ('unfinished' in condition) return [condition.unfinished, condition.without]
  if ('interest' in condition)
    return Object.keys(own(definitions.interests, condition.interest)?.points ?? {})
  return []
}

/** Segment key → what carries its condition. */
export interface SegmentConditions {
  readonly [key: string]: { readonly when: Condition }
}

/** Tells whether a condition, all below it and the segments it refers to read nothing but context, time and consent. */
export function readsOnlyContext(condition: Condition, segments: SegmentConditions): boolean {
  if ('segment' in condition) {
    const segment = own(segments, condition.segment)
    return segment !== undefined && readsOnlyContext(segment.when, segments)
  }
  if ('attr' in condition) return !condition.attr.startsWith('trait.')
  if ('when' in condition || 'consent' in condition) return true
  const children = childrenOf(condition)
  return children.length > 0 && children.every((child) => readsOnlyContext(child, segments))
}

function purposesOf(condition: Condition, definitions: Definitions): readonly Purpose[] {
  if ('attr' in condition && condition.attr.startsWith('trait.')) {
    return [own(definitions.traits, condition.attr.slice('trait.'.length))?.purpose ?? DEFAULT_PURPOSE]
  }
  return readEvents(condition, definitions).map((event) => purposeOfEvent(definitions.events, event))
}
