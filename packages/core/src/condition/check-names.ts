import { type EventDefinition, findEvent } from '../event/event-definition.ts'
import { didYouMean, quote } from '../result/findings.ts'
import { own } from '../result/json.ts'
import type { CheckScope } from './check-scope.ts'
import type { NamedSection } from './named.ts'

const UNKNOWN: { readonly [S in NamedSection]: { readonly code: string; readonly what: string } } = {
  events: { code: 'unknown-event', what: 'event' },
  traits: { code: 'unknown-trait', what: 'trait' },
  interests: { code: 'unknown-interest', what: 'interest family' },
  scores: { code: 'unknown-score', what: 'score' },
  funnels: { code: 'unknown-funnel', what: 'funnel' },
  rfm: { code: 'unknown-rfm', what: 'RFM table' },
  segments: { code: 'unknown-segment', what: 'segment' },
}

/** Tells whether a ruleset gives a name, and reports it when it does not. */
export function checkName(
  { findings, named }: CheckScope,
  path: string,
  section: NamedSection,
  name: unknown,
): name is string {
  if (typeof name === 'string' && named[section].has(name)) return true
  const { code, what } = UNKNOWN[section]
  const hint = didYouMean(name, named[section])
  findings.error(
    path,
    code,
    name === undefined
      ? `There is no ${what} here. Name one of "${section}".`
      : `The ${what} ${quote(name)} is not declared. Add it to "${section}".${hint}`,
    name,
  )
  return false
}

/** Finds what a name stands for; nothing, unreported, where the definition has an error of its own. */
export function findNamed<T>(
  scope: CheckScope,
  path: string,
  section: Exclude<NamedSection, 'events' | 'segments'>,
  definitions: { readonly [name: string]: T },
  name: unknown,
): T | undefined {
  return checkName(scope, path, section, name) ? own(definitions, name) : undefined
}

/** Checks that an event is declared; answers its definition. */
export function checkEvent(scope: CheckScope, path: string, name: unknown): EventDefinition | undefined {
  const found = typeof name === 'string' ? findEvent(scope.definitions.events, name) : undefined
  if (found === undefined) checkName(scope, path, 'events', name)
  return found
}

/** Checks that an event declares a property; answers its type. */
export function checkProperty(
  { findings }: CheckScope,
  path: string,
  event: EventDefinition,
  name: unknown,
): string | undefined {
  const properties = event.properties ?? {}
  const type = typeof name === 'string' ? own(properties, name) : undefined
  if (type === undefined) {
    const hint = didYouMean(name, Object.keys(properties))
    findings.error(
      path,
      'unknown-property',
      name === undefined
        ? `No property is named. Name one of the event's "properties": ${Object.keys(properties).join(', ') || 'it declares none yet'}.`
        : `The property ${quote(name)} is not declared. Add it to the event's "properties".${hint}`,
      name,
    )
  }
  return type
}
