import { isObject, type Json, parseConsent, parseContext } from '@attune/core'
import type { Preview } from '@attune/edge'

/** What somebody wants to look at: a preview without its end. */
export type AskedPreview = Omit<Preview, 'exp'>

// A cookie holds 4 KB; signed and encoded this stays below.
const MAX_TEXT = 2_000
// The end of the year 9999: later instants have no calendar.
const MAX_NOW = 253_402_300_799_999

/** Reads what a page asks the preview to be; `end` for none. `undefined` when it says something else. */
export function parsePreview(text: string): AskedPreview | 'end' | undefined {
  const body = text.length > MAX_TEXT ? undefined : readObject(text)
  if (body === undefined) return undefined
  if (body.end === true) return 'end'
  const { now, assume, profile } = body
  const context = body.context === undefined ? undefined : parseContext(body.context)
  const consent = body.consent === undefined ? undefined : parseConsent(body.consent)
  if (now !== undefined && !isInstant(now)) return undefined
  if (assume !== undefined && !isAnswers(assume)) return undefined
  if (profile !== undefined && profile !== 'empty') return undefined
  if (context?.ok === false || consent?.ok === false) return undefined
  return {
    ...(now === undefined ? {} : { now }),
    ...(assume === undefined ? {} : { assume }),
    ...(context === undefined ? {} : { context: context.value }),
    ...(consent === undefined ? {} : { consent: consent.value }),
    ...(profile === undefined ? {} : { profile }),
  }
}

function readObject(text: string): { readonly [field: string]: Json | undefined } | undefined {
  try {
    const body: Json = JSON.parse(text)
    return isObject(body) ? body : undefined
  } catch {
    return undefined
  }
}

function isInstant(value: Json): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_NOW
}

function isAnswers(value: Json): value is { readonly [segment: string]: boolean } {
  return isObject(value) && Object.values(value).every((answer) => typeof answer === 'boolean')
}
