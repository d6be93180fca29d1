import type { Json, JsonObject } from '@attune/core/json'
import { isJsonObject, listIn, memberOf, objectIn, textIn } from './json-at.ts'

/** A name and the type of its values: `string`, `number`, `boolean`, `list`. */
export interface Typed {
  readonly name: string
  readonly type: string
}

/** The names of a draft that conditions may refer to. What is malformed is not offered. */
export interface Names {
  readonly events: readonly string[]
  readonly propertiesOf: (event: string) => readonly Typed[]
  readonly traits: readonly Typed[]
  readonly scores: readonly string[]
  /** Scores that have a table of percentiles. */
  readonly ranked: readonly string[]
  readonly interests: readonly string[]
  readonly rfm: readonly string[]
  readonly funnels: readonly string[]
  readonly stagesOf: (funnel: string) => readonly string[]
  readonly segments: readonly { readonly key: string; readonly label: string }[]
}

// Every ruleset has it.
const EXPOSURE = ['placement', 'experience', 'variant'].map((name) => ({ name, type: 'string' }))

/** Gathers the names of a draft. */
export function namesIn(document: JsonObject): Names {
  const events = objectIn(document, 'events')
  const scores = objectIn(document, 'scores')
  const funnels = objectIn(document, 'funnels')
  return {
    events: [...Object.keys(events), ...(Object.hasOwn(events, 'exposure') ? [] : ['exposure'])],
    propertiesOf: (event) =>
      event === 'exposure' ? EXPOSURE : typedIn(objectIn(objectIn(events, event), 'properties'), typeOf),
    traits: typedIn(objectIn(document, 'traits'), (trait) => typeOf(isJsonObject(trait) ? trait.type : '')),
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

function typeOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
