import {
  type AttuneEvent,
  type CompiledRuleset,
  type Consent,
  type Context,
  failure,
  isGranted,
  isObject,
  type Json,
  jsonPath,
  own,
  type Problem,
  type Profile,
  parseConsent,
  parseContext,
  parseEvent,
  parseVisitorId,
  type Result,
  success,
} from '@attune/core'
import type { RulesetCache } from './ruleset-cache.ts'

/** One question, checked: what is known of a visitor, and when it is asked. */
export interface Case {
  readonly compiled: CompiledRuleset
  readonly events: readonly AttuneEvent[]
  readonly traits: Profile['traits']
  readonly context: Context
  readonly consent: Consent
  readonly visitor: string | undefined
  /** Milliseconds since 1970. */
  readonly now: number
  /** Milliseconds since 1970, where it was given. */
  readonly firstSeen: number | undefined
}

const FIELDS = ['ruleset', 'events', 'traits', 'context', 'consent', 'visitor', 'now', 'firstSeen']
const MAX_TIME = 8.64e15

/** Reads a case; problems name their place in the case (`$.events[3].time`). */
export function parseCase(value: Json, cache: RulesetCache): Result<Case> {
  if (!isObject(value)) {
    return failure(
      '$',
      'not-an-object',
      'A case is an object with ruleset, now and what is known of a visitor.',
    )
  }
  const mistyped = Object.keys(value).find((key) => nearField(key) !== undefined)
  if (mistyped !== undefined) {
    const message = `The field ${JSON.stringify(mistyped)} is written ${JSON.stringify(nearField(mistyped))}.`
    return failure(jsonPath('$', mistyped), 'unknown-field', message, mistyped)
  }
  if (!Object.hasOwn(value, 'ruleset')) {
    return failure('$.ruleset', 'ruleset', 'A case needs a ruleset. Give the whole document.')
  }
  const now = parseTime(own(value, 'now'), '$.now')
  const firstSeen = own(value, 'firstSeen') ?? undefined
  const seen = firstSeen === undefined ? success(undefined) : parseTime(firstSeen, '$.firstSeen')
  const compiled = compileRuleset(own(value, 'ruleset') as Json, cache)
  const events = parseEvents(own(value, 'events') ?? [])
  const traits = parseTraits(own(value, 'traits') ?? {})
  const context = parseContext(own(value, 'context') ?? {})
  const consent = parseConsent(own(value, 'consent') ?? {})
  const visitor = parseVisitor(own(value, 'visitor') ?? undefined, consent)
  const parts = [compiled, now, seen, events, traits, context, consent, visitor]
  if (
    !(compiled.ok && now.ok && seen.ok && events.ok && traits.ok && context.ok && consent.ok && visitor.ok)
  ) {
    return {
      ok: false,
      problems: parts.flatMap((part): readonly Problem[] => (part.ok ? [] : part.problems)),
    }
  }
  return success({
    compiled: compiled.value,
    events: events.value,
    traits: traits.value,
    context: context.value,
    consent: consent.value,
    visitor: visitor.value,
    now: now.value,
    firstSeen: seen.value,
  })
}

// Other fields, a case's name for one, are the asker's own; a slip of the pen must not be taken for one.
function nearField(key: string): string | undefined {
  if (FIELDS.includes(key)) return undefined
  const plain = key.toLowerCase().replaceAll(/[^a-z]/g, '')
  return FIELDS.find((field) => [field, `${field}s`].some((form) => sameWord(form, plain)))
}

function sameWord(field: string, plain: string): boolean {
  const word = field.toLowerCase()
  return word === plain || (word.endsWith('s') && word.slice(0, -1) === plain)
}

function compileRuleset(value: Json, cache: RulesetCache): Result<CompiledRuleset> {
  const compiled = cache.compile(value)
  if (compiled.ok) return compiled
  const problems = compiled.problems.map((problem) => ({
    ...problem,
    path: `$.ruleset${problem.path.slice(1)}`,
  }))
  return { ok: false, problems }
}

function parseTime(value: unknown, path: string): Result<number> {
  if (typeof value === 'number' && value >= 0 && value <= MAX_TIME) return success(value)
  const name = path.slice(2)
  const found = value === undefined ? `${name} is missing` : `${JSON.stringify(value)} is no time`
  return failure(path, 'time', `${found}. Give ${name} in milliseconds since 1970.`, value)
}

function parseEvents(value: unknown): Result<readonly AttuneEvent[]> {
  if (!Array.isArray(value)) return failure('$.events', 'not-a-list', 'Events are a list.', value)
  const events: AttuneEvent[] = []
  const problems: Problem[] = []
  value.forEach((item: unknown, at) => {
    const parsed = parseEvent(item, jsonPath('$.events', at))
    if (parsed.ok) events.push(parsed.value)
    else problems.push(...parsed.problems)
  })
  return problems.length > 0 ? { ok: false, problems } : success(events)
}

// A trait's value is taken as it is: one of a wrong type never matches.
function parseTraits(value: unknown): Result<Profile['traits']> {
  if (!isObject(value)) return failure('$.traits', 'traits', 'Traits are an object of name to value.', value)
  return success(value as Profile['traits'])
}

function parseVisitor(value: unknown, consent: Result<Consent>): Result<string | undefined> {
  if (value !== undefined) return parseVisitorId(value)
  // Buckets are made from the id, so every personal decision needs one.
  if (consent.ok && isGranted(consent.value, 'preferences')) {
    return failure(
      '$.visitor',
      'visitor-id',
      'With consent to preferences a case needs a visitor id. Give "visitor".',
    )
  }
  return success(undefined)
}
