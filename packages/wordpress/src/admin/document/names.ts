import type { Json, JsonObject } from '@attune/core/json'
import { isJsonObject, listIn, memberOf, objectIn, textIn } from './json-at.ts'

/** A name and the type of its values: `string`, `number`, `boolean`, `list`. */
export interface Typed {
  readonly name: string
  readonly type: string
}

/** A trait, and who is believed to tell it. */
export interface NamedTrait extends Typed {
  /** The heaviest first; empty where everybody is, and the latest word holds. */
  readonly sources: readonly string[]
}

/** The names of a draft that conditions may refer to. What is malformed is not offered. */
export interface Names {
  readonly events: readonly string[]
  readonly propertiesOf: (event: string) => readonly Typed[]
  readonly traits: readonly NamedTrait[]
  readonly scores: readonly string[]
  /** Scores that have a table of percentiles. */
  readonly ranked: readonly string[]
  readonly interests: readonly string[]
  readonly rfm: readonly string[]
  readonly funnels: readonly string[]
  readonly stagesOf: (funnel: string) => readonly string[]
  readonly segments: readonly { readonly key: string; readonly label: string }[]
}

// Every ruleset has these. What `identify` tells are traits, and asked for as such.
const BUILT_IN: Readonly<Record<string, readonly Typed[]>> = {
  exposure: ['placement', 'experience', 'variant'].map((name) => ({ name, type: 'string' })),
  identify: [],
}

/** Gathers the names of a draft. */
export function namesIn(document: JsonObject): Names {
  const events = objectIn(document, 'events')
  const scores = objectIn(document, 'scores')
  const funnels = objectIn(document, 'funnels')
  return {
    events: [...new Set([...Object.keys(events), ...Object.keys(BUILT_IN)])],
    propertiesOf: (event) =>
      Object.hasOwn(BUILT_IN, event)
        ? BUILT_IN[event]!
        : typedIn(objectIn(objectIn(events, event), 'properties'), typeOf),
    traits: Object.entries(objectIn(document, 'traits')).map(traitIn),
    scores: Object.keys(scores),
    ranked: Object.keys(scores).filter((name) => listIn(objectIn(scores, name), 'percentiles').length > 0),
    interests: Object.keys(objectIn(document, 'interests')),
    rfm: Object.keys(objectIn(document, 'rfm')),
    funnels: Object.keys(funnels),
    stagesOf: (funnel) =>
      listIn(objectIn(funnels, funnel), 'steps')
        .map((step) => (isJsonObject(step) ? textIn(step, 'stage') : ''))
        .filter((stage) => stage !== ''),
    segments: segmentsIn(document).map(({ key, label }) => ({ key, label })),
  }
}

/** A segment of a draft; its condition may be anything. */
export interface DraftSegment {
  readonly key: string
  /** Its key where it has none. */
  readonly label: string
  readonly segment: JsonObject
}

/** The segments of a draft, in their order. */
export function segmentsIn(document: JsonObject): readonly DraftSegment[] {
  return Object.entries(objectIn(document, 'segments')).map(([key, value]) => {
    const segment = isJsonObject(value) ? value : {}
    return { key, label: textIn(segment, 'label') || key, segment }
  })
}

/** The condition of a segment; `undefined` when it has none that is an object. */
export function conditionOf(segment: JsonObject): JsonObject | undefined {
  const when = memberOf(segment, 'when')
  return isJsonObject(when) ? when : undefined
}

/** The condition of a segment; `undefined` also while nothing was put into it. */
export function begunConditionOf(segment: JsonObject): JsonObject | undefined {
  const when = conditionOf(segment)
  return when === undefined || Object.keys(when).length === 0 ? undefined : when
}

function typedIn(object: JsonObject, typeIn: (value: Json) => string): readonly Typed[] {
  return Object.entries(object).map(([name, value]) => ({ name, type: typeIn(value) }))
}

function traitIn([name, value]: readonly [string, Json]): NamedTrait {
  const trait = isJsonObject(value) ? value : {}
  const sources = Object.entries(objectIn(trait, 'sources')).sort(([, a], [, b]) => Number(b) - Number(a))
  return { name, type: typeOf(trait.type), sources: sources.map(([source]) => source) }
}

function typeOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
