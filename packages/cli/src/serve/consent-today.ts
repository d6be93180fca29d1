import type { CollectorOptions } from '@attune/collector'
import { type Consent, isGranted, own, type Purpose } from '@attune/core'
import type { ConsentLog, LastAnswer, SharedAnswers } from '@attune/storage/consent'
import { type Call, type Command, choiceOption, textOption } from '../command.ts'

/** The option that says whom to believe what a visitor grants of whom no answer is known. */
export const UNKNOWN_CONSENT_OPTIONS: Command['options'] = {
  'unknown-consent': {
    type: 'string',
    value: '<word>',
    help: 'Of visitors who answered no banner of ours: `believe` takes a mail’s or a format’s word for what they grant. Default refuse: what --unasked grants everywhere.',
  },
}

/** Reads whether what is said of them is believed. @throws CannotRun when the word is none. */
export function readBelievesUnknown(call: Call): boolean {
  return choiceOption(call, 'unknown-consent', ['refuse', 'believe']) === 'believe'
}

/**
 * What whoever starts a server that hears others should know while nobody chose whether they are believed; `undefined` when there is nothing to say. `isTold`: whether
 * mails or formats may come at all.
 */
export function adviseUnknownConsent(call: Call, isTold: boolean): string | undefined {
  return isTold && textOption(call, 'unknown-consent') === undefined ? ADVICE : undefined
}

const ADVICE =
  'What mails and formats say that a visitor grants is not believed of whoever answered no banner of ours: of a site that asks with another tool nothing of them is kept. Say --unknown-consent believe there, or refuse to leave it so.'

/** Where answers to the banner stand, and under which names a visitor's do. */
export interface AnswerSource {
  readonly log: Pick<ConsentLog, 'last' | 'absorbedBy'>
  /** What was answered at whichever machine of the site; where it knows nothing, `log` may refuse and not grant. Without it there is but this machine. */
  readonly shared?: Pick<SharedAnswers, 'read'> | undefined
  readonly pseudonyms: (visitor: string) => readonly string[]
  /** What the site takes for granted unasked; of whom no answer is known that of everywhere holds. Default nothing. */
  readonly unasked?: CollectorOptions['unasked']
  /** Whether what is said holds of whom no answer is known. Default false. */
  readonly believesUnknown?: boolean
}

/**
 * Creates what tells what a visitor grants today: what their last answer to our banner grants, as far as somebody else does not say that they refused it; what
 * is said never grants more than that answer. Of an account that is the last one under it or of its browsers before somebody signed in there. Of whom no answer is known,
 * what is said holds as far as the site takes it for granted wherever they are. Rejects when it cannot be known what they answered.
 */
export function createConsentToday({
  log,
  shared,
  pseudonyms,
  unasked,
  believesUnknown = false,
}: AnswerSource): (visitor: string, said: Consent) => Promise<Consent> {
  const everywhere = unaskedEverywhere(unasked)
  return async (visitor, said) => {
    const own = pseudonyms(visitor)
    const here = await log.last([...own, ...(await log.absorbedBy(own))])
    const there = await shared?.read(own)
    // What was answered here is told there before it is answered; a later one was given elsewhere.
    const last = later(there, here)
    const isKnown = shared === undefined || there !== undefined
    if (last !== undefined && isKnown) return unlessRefused(said, last.granted)
    const unanswered = believesUnknown ? said : both(said, everywhere)
    // An answer that expired there may have been a withdrawal at another machine.
    return last === undefined ? unanswered : both(unanswered, last.granted)
  }
}

// Where they are a mail or a format does not tell.
function unaskedEverywhere(unasked: CollectorOptions['unasked'] = {}): readonly Purpose[] {
  return isList(unasked) ? unasked : (unasked['*'] ?? [])
}

// `Array.isArray` knows no lists that are only read.
function isList(unasked: NonNullable<CollectorOptions['unasked']>): unasked is readonly Purpose[] {
  return Array.isArray(unasked)
}

// A purpose that is not said is one that a format has no word for.
function unlessRefused(said: Consent, granted: readonly Purpose[]): Consent {
  return Object.fromEntries(granted.map((purpose) => [purpose, own(said, purpose) !== false]))
}

function both(said: Consent, granted: readonly Purpose[]): Consent {
  return Object.fromEntries(granted.map((purpose) => [purpose, isGranted(said, purpose)]))
}

function later(there: LastAnswer | undefined, here: LastAnswer | undefined): LastAnswer | undefined {
  if (there === undefined || here === undefined) return there ?? here
  return here.time > there.time ? here : there
}
