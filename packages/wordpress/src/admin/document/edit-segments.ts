import type { JsonObject } from '@attune/core/json'
import { toKey } from '../../blocks/adaptive/adaptive.ts'
import { isJsonObject, objectIn, withMember } from './json-at.ts'
import type { Preset } from './presets.ts'

/** The draft with a segment set. */
export function withSegment(document: JsonObject, key: string, segment: JsonObject): JsonObject {
  return withMember(document, 'segments', withMember(objectIn(document, 'segments'), key, segment))
}

/** The draft without a segment. */
export function withoutSegment(document: JsonObject, key: string): JsonObject {
  return withMember(document, 'segments', withMember(objectIn(document, 'segments'), key, undefined))
}

/**
 * The draft with a new segment under a key of its own: an empty one, or a preset's with the events that it asks for. An empty
 * `name` is the preset's.
 */
export function withNew(
  document: JsonObject,
  preset: Preset | undefined,
  name: string,
): { readonly document: JsonObject; readonly key: string } {
  const label = name.trim() || (preset?.label() ?? '')
  const key = freeKey(document, name.trim() || (preset?.key ?? ''))
  const segment = { label, when: preset?.when ?? {} }
  return { document: withSegment(withEvents(document, preset?.events ?? {}), key, segment), key }
}

/** A key that no segment has yet, made from a text. */
export function freeKey(document: JsonObject, text: string): string {
  const taken = objectIn(document, 'segments')
  const key = toKey(text) || 'segment'
  if (!Object.hasOwn(taken, key)) return key
  for (let count = 2; ; count++) if (!Object.hasOwn(taken, `${key}-${count}`)) return `${key}-${count}`
}

/**
 * The draft with all of another document that it does not have: events, traits, tables, segments. What both have stays as the
 * draft has it.
 */
export function withAdded(document: JsonObject, other: JsonObject): JsonObject {
  const groups = ['events', 'traits', 'interests', 'scores', 'funnels', 'rfm', 'segments']
  return groups.reduce((merged, group) => {
    const added = objectIn(other, group)
    if (Object.keys(added).length === 0) return merged
    return withMember(merged, group, { ...added, ...objectIn(merged, group) })
  }, document)
}

function withEvents(document: JsonObject, events: JsonObject): JsonObject {
  const known = objectIn(document, 'events')
  const all = Object.entries(events).reduce((merged, [name, wanted]) => {
    const has = objectIn(known, name)
    const properties = {
      ...objectIn(isJsonObject(wanted) ? wanted : {}, 'properties'),
      ...objectIn(has, 'properties'),
    }
    return withMember(merged, name, Object.keys(properties).length === 0 ? has : { ...has, properties })
  }, known)
  return Object.keys(all).length === 0 ? document : withMember(document, 'events', all)
}
