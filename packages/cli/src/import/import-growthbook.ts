import type { Ruleset, Segments } from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import type { AttributeMap } from './attribute.ts'
import { readSources, type Source } from './growthbook-sources.ts'
import { type Assumption, type Refusal, type Translation, translateCondition } from './translate-condition.ts'
import { toCondition } from './tree.ts'

/** What became of a file of another tool. */
export interface Imported {
  /** What to put into a ruleset's `segments`. */
  readonly segments: Segments
  /** What was left out, and why. */
  readonly refused: readonly Refusal[]
  /** What the attributes that were read may hold, so that the answers are the same. */
  readonly assumed: readonly Assumption[]
}

/** How a file is read. */
export interface ImportOptions {
  readonly map: AttributeMap
  /** Key of the segment that a lone condition becomes. */
  readonly key: string
}

/** Turns the conditions of a GrowthBook document into segments; one with a part that cannot be said is left out. */
export function importGrowthbook(document: unknown, { map, key }: ImportOptions): Imported {
  const { sources, groups, refusals } = readSources(document, key)
  const segments = new Map<string, Segments[string]>()
  const refused = [...refusals]
  const assumed = new Map<string, Assumption>()
  for (const source of sources) {
    const translation = translateCondition(source.condition, source.path, { find: map.find, groups })
    const problems =
      translation.refusals.length > 0 ? translation.refusals : complaints(source, translation, map)
    refused.push(...problems)
    if (problems.length > 0) continue
    segments.set(freeKey(source.key, segments), { label: source.label, when: toCondition(translation.tree) })
    for (const assumption of translation.assumptions)
      assumed.set(`${assumption.attribute.name}:${assumption.types}`, assumption)
  }
  return { segments: Object.fromEntries(segments), refused, assumed: [...assumed.values()] }
}

// Whatever the checker would refuse later is refused now: too many nodes, a name that no path may have.
function complaints(source: Source, { tree }: Translation, { traits }: AttributeMap): readonly Refusal[] {
  const when = toCondition(tree)
  const ruleset: Ruleset = {
    version: 1,
    revision: 'import',
    traits,
    segments: { [source.key]: { when } },
  }
  const errors = checkRuleset(ruleset).filter(({ severity }) => severity === 'error')
  return errors.map(({ message }) => ({ path: source.path, reason: message }))
}

// Two rules may have the same name once it is cut to a key.
function freeKey(key: string, taken: ReadonlyMap<string, unknown>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? key : `${key.slice(0, 58)}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}
