import type { AttuneEvent } from '@attune/core'
import { redactText } from './redact-text.ts'

type RecordedContext = NonNullable<AttuneEvent['context']>

/** What is left as it was sent. */
export interface RedactionOptions {
  /** Parameters of addresses that are kept; default `utm_source`, `_medium`, `_campaign`, `_term` and `_content`. */
  readonly keepParameters?: readonly string[]
  /** Properties whose text is kept as it is, such as `isbn`: whoever names one answers for what it holds. Default none. */
  readonly exempt?: readonly string[]
}

/** Takes out of events, before anything is kept, what names a person or opens a door. */
export interface Redactor {
  /** A text without mail addresses, telephone and card numbers, tokens, and queries of addresses. */
  text(text: string): string
  /** An event whose properties and recorded context went through `text`; the same object when there was nothing to take out. */
  event(event: AttuneEvent): AttuneEvent
  /** JSON text of anything that was sent, every text and name in it gone through `text`; cut so that nothing is left by half. */
  content(value: unknown): string
  /** The same of text that is no JSON. */
  raw(text: string): string
}

/** Parameters of addresses that are kept when nothing else is said: they name campaigns. */
export const KEPT_PARAMETERS: readonly string[] = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
]

// Stores keep 4,096 characters of a refused event. What is cut out of the middle of a secret is still one: the end of a cut text goes.
const MOST_CONTENT = 4_096
const UNSURE_END = 512
// Nobody nests what is worth mending deeper.
const MOST_DEPTH = 16

/** Creates a redactor. */
export function createRedactor(options: RedactionOptions = {}): Redactor {
  const kept = new Set((options.keepParameters ?? KEPT_PARAMETERS).map((name) => name.toLowerCase()))
  const exempt = new Set(options.exempt)
  const text = (given: string): string => redactText(given, kept)

  const raw = (given: string): string => {
    const most = MOST_CONTENT + UNSURE_END
    if (given.length <= most) return text(given)
    return text(given.slice(0, most).toWellFormed()).slice(0, -UNSURE_END)
  }

  // The same list when nothing is to be taken out.
  const list = (given: readonly unknown[]): readonly unknown[] => {
    const shown = given.map((item) => (typeof item === 'string' ? text(item) : item))
    return shown.every((item, at) => item === given[at]) ? given : shown
  }

  const members = <Members extends { readonly [name: string]: unknown }>(given: Members): Members => {
    let changed: { [name: string]: unknown } | undefined
    for (const name of Object.keys(given)) {
      const value = given[name]
      if (exempt.has(name)) continue
      const shown = Array.isArray(value) ? list(value) : typeof value === 'string' ? text(value) : value
      if (shown === value) continue
      changed ??= { ...given }
      changed[name] = shown
    }
    // Only texts became other texts.
    return changed === undefined ? given : (changed as Members)
  }

  const inside = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return raw(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth === MOST_DEPTH) return null
    if (Array.isArray(value)) return value.map((item) => inside(item, depth + 1))
    const shown = Object.entries(value).map(
      ([name, member]) => [raw(name), exempt.has(name) ? member : inside(member, depth + 1)] as const,
    )
    return Object.fromEntries(shown)
  }

  return {
    text,
    raw,
    event: (event) => {
      const properties = members(event.properties)
      const context = event.context && contextOf(event.context, members)
      if (properties === event.properties && context === event.context) return event
      return { ...event, properties, ...(context === undefined ? {} : { context }) }
    },
    content: (value) => JSON.stringify(inside(value, 0)) ?? '',
  }
}

type Members = <Given extends { readonly [name: string]: unknown }>(given: Given) => Given

function contextOf(context: RecordedContext, members: Members): RecordedContext {
  const { utm, referrer, url } = context
  const shown = {
    ...(utm && { utm: members(utm) }),
    ...(referrer && { referrer: members(referrer) }),
    ...(url && { url: members(url) }),
  }
  return shown.utm === utm && shown.referrer === referrer && shown.url === url ? context : shown
}
