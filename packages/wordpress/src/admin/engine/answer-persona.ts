import {
  type AttuneEvent,
  applyEvents,
  type CompiledRuleset,
  type Context,
  compareEvents,
  emptyProfile,
  type Profile,
  parseDuration,
  parseInstant,
  type Question,
  type Ruleset,
} from '@attune/core'
import { explainSegment, foldDenials, type SegmentTrace } from '@attune/core/explain'
import type { Json, JsonObject } from '@attune/core/json'
import { compileDocument } from '@attune/core/publish'
import type { Persona, PersonaEvent } from '../bench/persona.ts'
import { isJsonObject } from '../document/json-at.ts'

/** What every segment of a draft answers to a persona, and why. */
export interface Answered {
  readonly traces: readonly SegmentTrace[]
  /** Milliseconds since 1970 of the time that was asked about. */
  readonly now: number
  readonly timezone: string
}

/** Asks a checked draft's segments about a persona. `present` is what "now" means to it, in milliseconds. */
export function answerPersona(draft: JsonObject, persona: Persona, present: number): Answered {
  const asked = compiledOf(draft)
  const document = asked.ruleset.document!
  const seconds = parseInstant(persona.now)
  const now = seconds === undefined ? present : seconds * 1000
  const question: Question = {
    profile: profileOf(asked, persona, now),
    context: contextOf(persona.context),
    consent: Object.fromEntries(persona.consent.map((purpose) => [purpose, true])),
    now,
  }
  const traces = Object.keys(document.segments ?? {}).map((key) =>
    foldDenials(explainSegment(asked, question, key)),
  )
  return { traces, now, timezone: document.timezone ?? 'UTC' }
}

// Who tries several personas asks one draft many times.
const compiled = new WeakMap<JsonObject, CompiledRuleset>()

function compiledOf(draft: JsonObject): CompiledRuleset {
  const known = compiled.get(draft)
  if (known !== undefined) return known
  // It was checked before.
  const made = compileDocument({ ...draft, revision: 'draft' } as unknown as Ruleset)
  compiled.set(draft, made)
  return made
}

function profileOf({ plan }: CompiledRuleset, persona: Persona, now: number): Profile {
  const events = persona.events.flatMap((event, at) => eventsOf(event, at, now))
  const profile = applyEvents(emptyProfile(plan), events.sort(compareEvents), plan)
  const known = Math.floor(now / 1000) - (parseDuration(persona.knownFor) ?? 0)
  const firstSeen = persona.knownFor === '' ? profile.firstSeen : Math.min(known, profile.firstSeen ?? known)
  // The form offers declared traits only, each in its type.
  return { ...profile, firstSeen, traits: persona.traits as Profile['traits'] }
}

function eventsOf(
  { name, ago, times, properties, context }: PersonaEvent,
  at: number,
  now: number,
): readonly AttuneEvent[] {
  const last = now - (parseDuration(ago) ?? 0) * 1000
  return Array.from({ length: times }, (_, time) => ({
    id: `${String(at).padStart(4, '0')}-${String(times - time).padStart(4, '0')}`,
    name,
    time: last - time * 60_000,
    properties,
    context: contextOf(context),
  }))
}

// `geo.country` → { geo: { country } }; the name after the first dot is taken whole.
function contextOf(values: Persona['context']): Context {
  const context: { [group: string]: Json } = {}
  for (const [path, value] of Object.entries(values)) {
    const dot = path.indexOf('.')
    const group = path.slice(0, dot)
    const members = context[group]
    if (dot < 0) context[path] = value
    else context[group] = { ...(isJsonObject(members) ? members : {}), [path.slice(dot + 1)]: value }
  }
  return context
}
