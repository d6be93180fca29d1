import { isObject, jsonPath } from '@attune/core'
import { readJson } from '@attune/core/json'
import type { Groups } from './growthbook-list.ts'
import type { Refusal } from './translate-condition.ts'

/** A condition of a file, and the segment that it becomes. */
export interface Source {
  readonly key: string
  readonly label: string
  /** JSON path in the file. */
  readonly path: string
  readonly condition: unknown
}

/** What a file holds. */
export interface Sources {
  readonly sources: readonly Source[]
  readonly groups: Groups
  /** What can be seen without looking into the conditions. */
  readonly refusals: readonly Refusal[]
}

type Members = { readonly [name: string]: unknown }

// The members of what the SDK endpoint answers, and of lists that the REST API answers.
const EXPORTED = [
  'features',
  'experiments',
  'savedGroups',
  'encryptedFeatures',
  'encryptedExperiments',
  'encryptedSavedGroups',
]
const BESIDE = ['status', 'dateUpdated', 'limit', 'offset', 'count', 'total', 'hasMore', 'nextOffset']

/** Finds the conditions of a file: it is one condition, what the SDK endpoint answers, or a list of saved groups. */
export function readSources(document: unknown, key: string): Sources {
  if (!isObject(document) || !isExport(document)) {
    return { sources: [{ key, label: key, path: '$', condition: document }], groups: {}, refusals: [] }
  }
  const encrypted = Object.keys(document).filter((name) => name.startsWith('encrypted'))
  const groups = Array.isArray(document.savedGroups) ? groupsOf(document.savedGroups) : document.savedGroups
  const refusals: Refusal[] = encrypted.map((name) => ({
    path: jsonPath('$', name),
    reason: 'This part is encrypted. Export it without encryption.',
  }))
  const sources = [
    ...entriesOf(document.features).flatMap(([name, feature]) => rulesOf(name, feature, refusals)),
    ...listOf(document.experiments).flatMap((experiment, at) => experimentOf(experiment, at, refusals)),
    ...listOf(document.savedGroups).flatMap((group, at) => savedGroupOf(group, at, refusals)),
  ]
  return { sources: sources.map(withSoundKey), groups: readGroups(groups), refusals }
}

function isExport(document: Members): boolean {
  const names = Object.keys(document)
  return (
    names.some((name) => EXPORTED.includes(name)) &&
    names.every((name) => EXPORTED.includes(name) || BESIDE.includes(name)) &&
    entriesOf(document.features).every(([name]) => !name.startsWith('$'))
  )
}

function rulesOf(name: string, feature: unknown, refusals: Refusal[]): readonly Source[] {
  const place = jsonPath('$.features', name)
  const rules = isObject(feature) ? listOf(feature.rules) : []
  return rules.flatMap((rule, at) => {
    const path = jsonPath(jsonPath(place, 'rules'), at)
    if (!isObject(rule) || rule.condition === undefined || hasParents(rule, path, refusals)) return []
    const label = `${name}, rule ${at + 1}`
    const key = `${name}-rule-${at + 1}`
    return [{ key, label, path: jsonPath(path, 'condition'), condition: rule.condition }]
  })
}

function experimentOf(experiment: unknown, at: number, refusals: Refusal[]): readonly Source[] {
  const path = jsonPath('$.experiments', at)
  if (!isObject(experiment) || experiment.condition === undefined) return []
  if (hasParents(experiment, path, refusals)) return []
  const key = typeof experiment.key === 'string' ? experiment.key : `experiment-${at + 1}`
  const name = typeof experiment.name === 'string' ? experiment.name : key
  return [{ key, label: name, path: jsonPath(path, 'condition'), condition: experiment.condition }]
}

// What depends on another feature's value cannot be said of a visitor.
function hasParents(rule: Members, path: string, refusals: Refusal[]): boolean {
  if (listOf(rule.parentConditions).length === 0) return false
  const reason = 'A condition on the value of another feature has no equal here. Write the segment by hand.'
  refusals.push({ path: jsonPath(path, 'parentConditions'), reason })
  return true
}

function savedGroupOf(group: unknown, at: number, refusals: Refusal[]): readonly Source[] {
  const path = jsonPath('$.savedGroups', at)
  if (!isObject(group) || typeof group.id !== 'string') return []
  const label = typeof group.name === 'string' ? group.name : group.id
  const source = { key: group.id, label }
  if (Array.isArray(group.values) && typeof group.attributeKey === 'string') {
    const condition = { [group.attributeKey]: { $in: group.values } }
    return [{ ...source, path: jsonPath(path, 'values'), condition }]
  }
  const place = jsonPath(path, 'condition')
  const read = typeof group.condition === 'string' ? readJson(group.condition) : undefined
  if (read?.ok) return [{ ...source, path: place, condition: read.value }]
  refusals.push({ path: place, reason: 'The condition of this group cannot be read. Export it again.' })
  return []
}

function groupsOf(list: readonly unknown[]): Members {
  const groups = list.filter(isObject)
  return Object.fromEntries(groups.map(({ id, values }) => [String(id), values] as const))
}

function readGroups(groups: unknown): Groups {
  const lists = entriesOf(groups).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  return Object.fromEntries(lists)
}

// A key here has 1 to 64 characters, none of them a control character, and no space at its ends.
function withSoundKey(source: Source): Source {
  const key = source.key
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 64)
    .trim()
  return { ...source, key: key === '' ? 'imported' : key }
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return isObject(value) ? Object.entries(value) : []
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
