import {
  type AttuneEvent,
  type CompiledRuleset,
  decide,
  fillExperience,
  findEvent,
  foldEvents,
  IDENTIFY,
  isGranted,
  keepDeclared,
  keepDeclaredTraits,
  parseEvent,
  purposeOfEvent,
  readToldTraits,
  recordContext,
  recordedPaths,
} from '@attune/core'
import type { KeptProfile } from './kept-profile.ts'
import { localVisitor, type Teller } from './local-visitor.ts'

/**
 * Folds the events of a batch, as the tracker sends it, into what this browser keeps; an event that is known already, that the
 * visitor's consent does not cover or that the ruleset does not declare is left out, as a collector would.
 */
export function keepBatch(
  kept: KeptProfile,
  events: readonly unknown[],
  compiled: CompiledRuleset,
  teller: Teller,
): KeptProfile {
  const known = new Set(kept.recent.map(({ id }) => id))
  const fresh = events.flatMap((event) => {
    const taken = takeEvent(event, compiled, teller)
    if (taken === undefined || known.has(taken.id)) return []
    known.add(taken.id)
    return [withExperience(taken, kept, compiled, teller)]
  })
  const { history, settled } = foldEvents(kept.history, fresh, compiled.plan, () => kept.recent)
  const gone = new Set(settled.map(({ id }) => id))
  const recent = [...kept.recent, ...fresh].filter(({ id }) => !gone.has(id))
  return { ...kept, history, recent }
}

function takeEvent(
  given: unknown,
  { ruleset, plan }: CompiledRuleset,
  { window, consent, now }: Teller,
): AttuneEvent | undefined {
  const parsed = parseEvent(given)
  if (!parsed.ok) return undefined
  const { id, name, time } = parsed.value
  const definition = findEvent(ruleset.events, name)
  if (definition === undefined || !isGranted(consent, purposeOfEvent(ruleset.events, name))) return undefined
  const { properties: told } = parsed.value
  const traits = ruleset.document?.traits ?? {}
  const declared =
    name === IDENTIFY
      ? keepDeclaredTraits(readToldTraits(told, traits), traits, { consent, source: 'browser' })
      : keepDeclared(told, definition)
  if ('reason' in declared || ('traits' in declared && declared.traits.length === 0)) return undefined
  const context = recordContext(parsed.value, recordedPaths(plan), { consent, page: window.location.href })
  const { properties } = declared
  return { id, name, time: Math.min(time, now), properties, ...(context === undefined ? {} : { context }) }
}

function withExperience(
  event: AttuneEvent,
  kept: KeptProfile,
  compiled: CompiledRuleset,
  teller: Teller,
): AttuneEvent {
  return fillExperience(event, (placement) => decide(compiled, localVisitor(kept, teller), [placement])[0])
}
