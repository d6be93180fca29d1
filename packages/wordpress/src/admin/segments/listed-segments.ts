import { jsonPath, type Problem } from '@attune/core'
import type { JsonObject } from '@attune/core/json'
import type { Segment } from '../../editor/segments/segment.ts'
import { isWithin } from '../builder/is-within.ts'
import { memberOf, objectIn } from '../document/json-at.ts'
import { segmentsIn } from '../document/names.ts'
import type { ListedSegment } from './segment-row.tsx'
import type { Draft } from './use-draft.ts'

/** The draft's segments beside what the server knows of those that are published. */
export function listedSegments(draft: Draft, published: readonly Segment[]): readonly ListedSegment[] {
  const known = new Map(published.map((segment) => [segment.key, segment]))
  const before = objectIn(draft.saved, 'segments')
  return segmentsIn(draft.document).map(({ key, label, segment }) => {
    const state = stateOf(key, segment, before, known.has(key))
    const { scope, confidential = false, usage = 0, sentence = '' } = known.get(key) ?? {}
    return {
      key,
      label,
      scope,
      confidential,
      usage,
      state,
      sentence: draft.sentences?.[key] ?? (state === 'published' ? sentence : ''),
      errors: errorsAt(draft.problems ?? [], key),
    }
  })
}

/** Published segments of a ruleset whose document is not here. */
export function publishedSegments(published: readonly Segment[]): readonly ListedSegment[] {
  return published.map((segment) => ({ ...segment, state: 'published', errors: 0 }))
}

function stateOf(
  key: string,
  segment: JsonObject,
  before: JsonObject,
  isKnown: boolean,
): ListedSegment['state'] {
  const saved = memberOf(before, key)
  if (saved === undefined || !isKnown) return 'new'
  return saved === segment || JSON.stringify(saved) === JSON.stringify(segment) ? 'published' : 'changed'
}

function errorsAt(problems: readonly Problem[], key: string): number {
  const place = jsonPath('$.segments', key)
  return problems.filter(({ path, severity }) => severity === 'error' && isWithin(path, place)).length
}
