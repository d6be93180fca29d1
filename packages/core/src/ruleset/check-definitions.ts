import type { Definitions, InterestDefinition, TraitDefinition } from '../condition/definitions.ts'
import { parseDuration } from '../condition/duration.ts'
import { isPurpose, PURPOSES } from '../consent/purpose.ts'
import {
  type EventDefinition,
  type EventDefinitions,
  EXPOSURE,
  findEvent,
} from '../event/event-definition.ts'
import { isTimezone } from '../match/local-time.ts'
import { didYouMean, type Findings, quote } from '../result/findings.ts'
import { isObject, own } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'

const EVENT_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
const PROPERTY_TYPES = ['string', 'number', 'boolean']
const TRAIT_TYPES = ['string', 'number', 'boolean', 'list']
const PERSONAL =
  /e-?mail|phone|address|birth|passport|iban|card|ssn|first_?name|last_?name|full_?name|surname/i
/** Keys that no part of a ruleset may have. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype']

/** Checks the names that conditions refer to, and answers those that are sound. */
export function checkDefinitions(
  findings: Findings,
  ruleset: { readonly [key: string]: unknown },
): Definitions {
  const events = checkEach(findings, ruleset, 'events', checkEventDefinition)
  const timezone = ruleset.timezone
  if (timezone !== undefined && !(typeof timezone === 'string' && isTimezone(timezone))) {
    findings.error(
      '$.timezone',
      'unknown-timezone',
      `There is no time zone ${quote(timezone)}. Use an IANA name such as "Europe/London".`,
      timezone,
    )
  }
  return {
    events,
    traits: checkEach(findings, ruleset, 'traits', checkTrait),
    interests: checkEach(findings, ruleset, 'interests', (at, path, key, value) =>
      checkInterest(at, path, key, value, events),
    ),
    timezone: 'UTC',
  }
}

/** Checks every member of one of the ruleset's objects and answers those that are sound. */
export function checkEach<T>(
  findings: Findings,
  ruleset: { readonly [key: string]: unknown },
  name: string,
  check: (findings: Findings, path: string, key: string, value: unknown) => T | undefined,
): { readonly [key: string]: T } {
  const members = ruleset[name]
  const path = jsonPath('$', name)
  if (members === undefined || !findings.object(path, members, `"${name}"`)) return {}
  const sound: (readonly [string, T])[] = []
  for (const [key, value] of Object.entries(members)) {
    if (!checkKey(findings, jsonPath(path, key), key)) continue
    const made = check(findings, jsonPath(path, key), key, value)
    if (made !== undefined) sound.push([key, made])
  }
  return Object.fromEntries(sound)
}

/** Checks a key that people choose: 1 to 64 characters without control characters. */
export function checkKey(findings: Findings, path: string, key: unknown): key is string {
  const isSound =
    typeof key === 'string' && key !== '' && key.length <= 64 && key.trim() === key && !/\p{Cc}/u.test(key)
  if (isSound && !FORBIDDEN.includes(key)) return true
  findings.error(
    path,
    'key',
    `${quote(key)} is no key. Use 1 to 64 characters, for example "high-intent".`,
    key,
  )
  return false
}

function checkEventDefinition(
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
  findings.fields(path, value, ['purpose', 'properties'])
  checkPurpose(findings, jsonPath(path, 'purpose'), value.purpose)
  const properties = value.properties === undefined ? {} : value.properties
  if (!findings.object(jsonPath(path, 'properties'), properties, '"properties"')) return {}
  for (const [property, type] of Object.entries(properties)) {
    const place = jsonPath(jsonPath(path, 'properties'), property)
    if (!checkKey(findings, place, property)) continue
    if (!PROPERTY_TYPES.includes(type as string))
      findings.error(
        place,
        'property-type',
        `${quote(type)} is no type. Use ${PROPERTY_TYPES.join(', ')}.`,
        type,
      )
  }
  return value as EventDefinition
}

/** Checks a purpose that may be left out. */
export function checkPurpose(findings: Findings, path: string, purpose: unknown): void {
  if (purpose === undefined || isPurpose(purpose)) return
  findings.error(
    path,
    'unknown-purpose',
    `There is no purpose ${quote(purpose)}. Purposes: ${PURPOSES.join(', ')}.`,
    purpose,
  )
}

function checkTrait(
  findings: Findings,
  path: string,
  name: string,
  value: unknown,
): TraitDefinition | undefined {
  if (!findings.object(path, value, 'A trait')) return undefined
  findings.fields(path, value, ['type', 'purpose'])
  if (!TRAIT_TYPES.includes(value.type as string)) {
    findings.error(
      jsonPath(path, 'type'),
      'trait-type',
      `${quote(value.type)} is no type. Use ${TRAIT_TYPES.join(', ')}.`,
      value.type,
    )
  }
  checkPurpose(findings, jsonPath(path, 'purpose'), value.purpose)
  if (PERSONAL.test(name))
    findings.warning(
      path,
      'personal-data',
      `The trait ${quote(name)} looks like personal data. Keep a yes or no, or a band, instead.`,
      name,
    )
  return value as unknown as TraitDefinition
}

function checkInterest(
  findings: Findings,
  path: string,
  _key: string,
  value: unknown,
  events: EventDefinitions,
): InterestDefinition | undefined {
  if (!findings.object(path, value, 'An interest family')) return undefined
  findings.fields(path, value, ['of', 'halfLife', 'points'])
  const halfLife = parseDuration(value.halfLife)
  if (halfLife === undefined)
    findings.error(
      jsonPath(path, 'halfLife'),
      'duration',
      `${quote(value.halfLife)} is no duration. Write for example "14d".`,
      value.halfLife,
    )
  const points = value.points
  const place = jsonPath(path, 'points')
  if (!findings.object(place, points, '"points"')) return undefined
  if (Object.keys(points).length === 0)
    findings.error(place, 'empty-list', 'No event gives points. Name at least one.', points)
  const sound = Object.entries(points).map(([event, amount]) => {
    const known = checkPointEvent(findings, jsonPath(place, event), event, value.of, events)
    return checkPoints(findings, jsonPath(place, event), amount) && known
  })
  return halfLife !== undefined && sound.every(Boolean) ? (value as unknown as InterestDefinition) : undefined
}

function checkPointEvent(
  findings: Findings,
  path: string,
  event: string,
  of: unknown,
  events: EventDefinitions,
): boolean {
  const definition = findEvent(events, event)
  if (definition === undefined) {
    findings.error(
      path,
      'unknown-event',
      `The event ${quote(event)} is not declared. Add it to "events".${didYouMean(event, Object.keys(events))}`,
      event,
    )
    return false
  }
  const properties = isObject(definition.properties) ? definition.properties : {}
  const type = typeof of === 'string' ? own(properties as { [name: string]: string }, of) : undefined
  if (type === 'string') return true
  const message =
    type === undefined
      ? `The event ${event} declares no property ${quote(of)}. Add it.`
      : `The property ${quote(of)} of ${event} is ${quote(type)}; an interest needs "string".`
  findings.error(path, type === undefined ? 'unknown-property' : 'type-mismatch', message, of)
  return false
}

function checkPoints(findings: Findings, path: string, amount: unknown): boolean {
  const isSound =
    typeof amount === 'number' && amount >= 0 && amount <= 1000 && Number(amount.toFixed(2)) === amount
  if (!isSound)
    findings.error(
      path,
      'points',
      `${quote(amount)} are no points. Use 0 to 1000 with at most two decimals.`,
      amount,
    )
  return isSound
}
