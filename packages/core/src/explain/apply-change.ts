import type { SequenceStep } from '../condition/condition.ts'
import type { Context } from '../context/context.ts'
import type { AttuneEvent, RecordedContext } from '../event/event.ts'
import type { Question } from '../match/scope.ts'
import { applyEvents } from '../profile/apply-events.ts'
import type { Profile } from '../profile/profile.ts'
import { isObject, own } from '../result/json.ts'
import { emptyState } from '../signal/empty-state.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { Change, EventChange } from './change.ts'
import { TOUCHING } from './needed-consent.ts'
import { type Sample, sampleProperties } from './sample-value.ts'

// After every id that a site makes, so that a made-up event comes last in its second.
const LAST_ID = '\u{10ffff}'

/** The question as it would be after a change: events are really folded into a copy of the profile. */
export function applyChange(question: Question, change: Change, plan: SignalPlan): Question {
  switch (change.by) {
    case 'time':
      return { ...question, now: change.at }
    case 'consent': {
      const granted = change.purposes.map((purpose) => [purpose, true] as const)
      return { ...question, consent: { ...question.consent, ...Object.fromEntries(granted) } }
    }
    case 'context':
      return { ...question, context: withPath(question.context, change.path, change.value) }
    case 'trait':
      return { ...question, profile: withTrait(question.profile, change.name, change.value) }
    case 'event':
      return withEvents(question, plan, propertiesOf(change))
    case 'steps':
      return withEvents(question, plan, change.steps.map(stepEvent))
    case 'touch':
      return withEvents(question, plan, [
        { name: TOUCHING, properties: {}, context: recorded(change.of, change.value) },
      ])
  }
}

type Draft = Pick<AttuneEvent, 'name' | 'properties' | 'context'>

function stepEvent({ event, where }: SequenceStep): Draft {
  return { name: event, properties: sampleProperties(where) }
}

function propertiesOf({ event, where, count, value, different }: EventChange): readonly Draft[] {
  return Array.from({ length: count }, (_, at) => ({
    name: event,
    properties: {
      ...sampleProperties(where),
      ...(value === undefined ? {} : { [value.property]: value.is }),
      ...(different === undefined ? {} : { [different]: `${LAST_ID}${at}` }),
    },
  }))
}

function withEvents(question: Question, plan: SignalPlan, drafts: readonly Draft[]): Question {
  const { profile } = question
  const time = Math.max(question.now, (profile.last?.seconds ?? 0) * 1000)
  const before = profile.last !== null && time < (profile.last.seconds + 1) * 1000 ? profile.last.id : ''
  const events = drafts.map((draft, at) => ({
    ...draft,
    id: `${before.startsWith(LAST_ID) ? before : LAST_ID}${String(at).padStart(4, '0')}`,
    time,
  }))
  return { ...question, now: time, profile: applyEvents(withAllSignals(profile, plan), events, plan) }
}

// A profile of another plan lacks signals that this one folds.
function withAllSignals(profile: Profile, plan: SignalPlan): Profile {
  const signals = plan.keys.map((key, slot) => [
    key,
    own(profile.signals, key) ?? emptyState(plan.signals[slot]!),
  ])
  return { ...profile, signals: Object.fromEntries(signals) }
}

function withTrait(profile: Profile, name: string, value: Sample): Profile {
  const { [name]: _, ...others } = profile.traits
  return { ...profile, traits: value === null ? others : { ...others, [name]: value } }
}

function withPath(context: Context, path: string, value: unknown): Context {
  const dot = path.indexOf('.')
  if (dot < 0) return { ...context, [path]: value }
  const group = path.slice(0, dot)
  const members = own(context as { readonly [group: string]: unknown }, group)
  return { ...context, [group]: { ...(isObject(members) ? members : {}), [path.slice(dot + 1)]: value } }
}

// The paths of a touch are two names.
function recorded(path: string, value: Sample): RecordedContext {
  const [group = '', name = ''] = path.split('.')
  return { [group]: { [name]: value } }
}
