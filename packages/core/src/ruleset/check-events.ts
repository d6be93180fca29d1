import type { TraitDefinition } from '../condition/definitions.ts'
import { type EventDefinition, isBuiltIn } from '../event/event-definition.ts'
import { TRAIT_WEIGHTS } from '../profile/tell-traits.ts'
import { type Findings, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkKey, checkPurpose } from './check-each.ts'
import { checkQuality } from './check-quality.ts'

const EVENT_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
const PROPERTY_TYPES = ['string', 'number', 'boolean']
/** The most that a source's telling of a trait may weigh. */
const MAX_WEIGHT = 100
const TRAIT_TYPES = ['string', 'number', 'boolean', 'list']

/** Checks what a ruleset says of an event. */
export function checkEventDefinition(
  findings: Findings,
  path: string,
  name: string,
  value: unknown,
): EventDefinition | undefined {
  if (isBuiltIn(name)) {
    findings.error(path, 'built-in', `The event ${quote(name)} is built in. Remove it.`, name)
    return undefined
  }
  if (!EVENT_NAME.test(name))
    findings.error(path, 'event-name', `${quote(name)} is no event name. Use letters, digits and _.`, name)
  if (!findings.object(path, value, 'An event')) return undefined
  findings.fields(path, value, ['purpose', 'properties', 'bounds', 'defaults', 'required', 'signed'])
  checkPurpose(findings, jsonPath(path, 'purpose'), value.purpose)
  if (value.properties !== undefined && !checkProperties(findings, path, value.properties)) return undefined
  checkQuality(findings, path, value)
  return value
}

function checkProperties(findings: Findings, path: string, properties: unknown): boolean {
  const place = jsonPath(path, 'properties')
  if (!findings.object(place, properties, '"properties"')) return false
  for (const [property, type] of Object.entries(properties)) {
    if (findings.isFull) return false
    const at = jsonPath(place, property)
    if (!checkKey(findings, at, property) || PROPERTY_TYPES.includes(type as string)) continue
    const message = `${quote(type)} is no type. Use ${PROPERTY_TYPES.join(', ')}.`
    findings.error(at, 'property-type', message, type)
  }
  return true
}

/** Checks what a ruleset says of a trait. */
export function checkTrait(
  findings: Findings,
  path: string,
  name: string,
  value: unknown,
): TraitDefinition | undefined {
  if (name === TRAIT_WEIGHTS) {
    findings.error(path, 'built-in', `The name ${quote(name)} is taken. Rename the trait.`, name)
    return undefined
  }
  if (!findings.object(path, value, 'A trait')) return undefined
  findings.fields(path, value, ['type', 'purpose', 'sources'])
  checkPurpose(findings, jsonPath(path, 'purpose'), value.purpose)
  if (value.sources !== undefined) checkSources(findings, jsonPath(path, 'sources'), value.sources)
  if (TRAIT_TYPES.includes(value.type as string)) return value as unknown as TraitDefinition
  findings.error(
    jsonPath(path, 'type'),
    'trait-type',
    `${quote(value.type)} is no type. Use ${TRAIT_TYPES.join(', ')}.`,
    value.type,
  )
  return undefined
}

function checkSources(findings: Findings, path: string, sources: unknown): void {
  if (!findings.object(path, sources, '"sources"')) return
  if (Object.keys(sources).length === 0)
    findings.error(
      path,
      'empty-list',
      'Nobody may tell this trait. Name a source, or remove "sources".',
      sources,
    )
  for (const [source, weight] of Object.entries(sources)) {
    if (findings.isFull) return
    const at = jsonPath(path, source)
    const isWeight = Number.isInteger(weight) && Number(weight) >= 1 && Number(weight) <= MAX_WEIGHT
    if (!checkKey(findings, at, source) || isWeight) continue
    findings.error(
      at,
      'bound',
      `${quote(weight)} is no whole number from 1 to ${MAX_WEIGHT}. Write one.`,
      weight,
    )
  }
}
