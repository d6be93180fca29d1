import { purposeBits } from '../consent/consent.ts'
import { DEFAULT_PURPOSE, type Purpose } from '../consent/purpose.ts'
import { purposeOfEvent } from '../event/event-definition.ts'
import { own } from '../result/json.ts'
import { type Condition, childrenOf } from './condition.ts'
import type { Definitions } from './definitions.ts'

const FUNCTIONAL = purposeBits(['functional'])

/** The purposes, as bits, of every event and trait that a single condition reads; `functional` needs no grant. */
export function neededPurposes(condition: Condition, definitions: Definitions): number {
  return purposeBits(purposesOf(condition, definitions)) & ~FUNCTIONAL
}

/** Every event that a single condition (not those below it) reads, those of its definition and of its `unless` included. */
export function readEvents(condition: Condition, definitions: Definitions): readonly string[] {
  if ('sequence' in condition) {
    const steps = condition.sequence.map(({ event }) => event)
    return condition.unless === undefined ? steps : [...steps, condition.unless]
  }
  if ('unfinished' in condition) return [condition.unfinished, condition.without]
  if ('interest' in condition)
    return Object.keys(own(definitions.interests, condition.interest)?.points ?? {})
  if ('score' in condition)
    return own(definitions.scores, condition.score)?.points.map(({ event }) => event) ?? []
  if ('funnel' in condition)
    return own(definitions.funnels, condition.funnel)?.steps.map(({ event }) => event) ?? []
  if ('rfm' in condition) {
    const definition = own(definitions.rfm, condition.rfm)
    return definition === undefined ? [] : [definition.event]
  }
  const kind = EVENT_KINDS.find((name) => Object.hasOwn(condition, name))
  // The mark of such a kind is the event's name.
  return kind === undefined ? [] : [(condition as unknown as { readonly [mark: string]: string })[kind]!]
}

const EVENT_KINDS = ['count', 'sum', 'avg', 'min', 'max', 'distinct', 'absent', 'since', 'regular'] as const

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
  if ('touch' in condition) return [DEFAULT_PURPOSE]
  return readEvents(condition, definitions).map((event) => purposeOfEvent(definitions.events, event))
}
