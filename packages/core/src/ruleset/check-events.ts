import type { TraitDefinition } from '../condition/definitions.ts'
import { type EventDefinition, EXPOSURE } from '../event/event-definition.ts'
import { type Findings, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkKey, checkPurpose } from './check-each.ts'
import { checkQuality } from './check-quality.ts'

const EVENT_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
const PROPERTY_TYPES = ['string', 'number', 'boolean']
const TRAIT_TYPES = ['string', 'number', 'boolean', 'list']

/** Checks what a ruleset says of an event. */
export function checkEventDefinition(
  findings: Findings,
  path: string,
  name: string,
  value: unknown,
): EventDefinition | undefined {
  if (name === EXPOSURE) {
    findings.error(path, 'built-in', 'The event "exposure" is built in. Remove it.', name)
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
export function checkTrait(findings: Findings, path: string, value: unknown): TraitDefinition | undefined {
  if (!findings.object(path, value, 'A trait')) return undefined
  findings.fields(path, value, ['type', 'purpose'])
  checkPurpose(findings, jsonPath(path, 'purpose'), value.purpose)
  if (TRAIT_TYPES.includes(value.type as string)) return value as unknown as TraitDefinition
  findings.error(
    jsonPath(path, 'type'),
    'trait-type',
    `${quote(value.type)} is no type. Use ${TRAIT_TYPES.join(', ')}.`,
    value.type,
  )
  return undefined
}
