import type { Problem, Ruleset } from '@attune/core'
import { jsonPath } from '@attune/core'
import { sentenceOf } from '@attune/core/explain'
import type { JsonObject } from '@attune/core/json'
import { segmentsIn } from '../document/names.ts'

/** Segment → what its condition says in plain words; a segment with an error says nothing. */
export function sentencesOf(
  document: JsonObject,
  problems: readonly Problem[],
): Readonly<Record<string, string>> {
  const wrong = problems.filter(({ severity }) => severity === 'error').map(({ path }) => path)
  // A definition that is wrong is named by conditions that are sound in themselves.
  if (wrong.some((path) => !path.startsWith('$.segments'))) return {}
  const sound = segmentsIn(document).filter(
    ({ key }) => !wrong.some((path) => path.startsWith(jsonPath('$.segments', key))),
  )
  // Nothing was found in these, so they are what the schema says.
  const { segments = {} } = document as unknown as Ruleset
  return Object.fromEntries(
    sound.map(({ key }) => [key, sentenceOf(segments[key]!.when, document as unknown as Ruleset)]),
  )
}
