import {
  type CompiledRuleset,
  type ConsentRules,
  type Context,
  compileRuleset,
  contextGroups,
  createSealKeys,
  DEFAULT_EVENT_RETENTION,
  DEFAULT_PROFILE_RETENTION,
  liveSecrets,
  type PublishedRuleset,
  type Purpose,
  parseDuration,
  type Ruleset,
  recordedPaths,
  type SealKeys,
} from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { publishRuleset } from '@attune/core/publish'
import type { IntakeStore, RehearsingStore, StoreRetention } from '@attune/storage'
import { type Accounts, createAccounts } from './accounts.ts'
import type { Behaviour } from './bot/create-behaviour.ts'
import { chanceBytes } from './chance-bytes.ts'
import { checkRuleset, checkStore, readOrigins, readPeer, readUnasked } from './check-options.ts'
import type { Asked } from './judge-events.ts'
import type { Limiter } from './limit/create-limiter.ts'
import { createStillTeller } from './live/still-teller.ts'
import { type HeardEvents, heardEvents } from './profile/heard-events.ts'
import type { ContextGroups, LiveQuestion } from './profile/live-question.ts'
import type { Watch } from './quality/create-watch.ts'
import { createRedactor, type RedactionOptions, type Redactor } from './redact/create-redactor.ts'
import { createSealedCookies, type SealedCookies } from './token/sealed-cookies.ts'
import type { Onlookers } from './watching/create-onlookers.ts'

export interface CollectorOptions {
  /** A document, which is checked and published here, or a published ruleset. */
  readonly ruleset: Ruleset | PublishedRuleset
  /** Signs cookies: at least 32 characters; of several the newest stands first. */
  readonly secret: string | readonly string[]
  /** Sites with one secret tell their cookies apart by this name. Default `site`. */
  readonly site?: string
  readonly store: IntakeStore & Partial<Pick<RehearsingStore, 'rehearse'>>
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number
  /** Default `crypto.getRandomValues`. */
  readonly randomBytes?: (count: number) => Uint8Array
  /** Hears what went wrong and in which step. Default: `console.error`. */
  readonly onError?: (error: unknown, step: string) => void
  /** Other origins whose pages may send events, like `https://shop.example`. Default none. */
  readonly allowedOrigins?: readonly string[]
  /** What is granted by visitors who were not asked, where the law leaves that to the site's owner: everywhere, or by region (`US`, `US-CA`, `*`). Default nothing. */
  readonly unasked?: readonly Purpose[] | ConsentRules['unasked']
  /** What `DNT: 1` means: nothing, or the same as Global Privacy Control. Default `ignore`. */
  readonly doNotTrack?: ConsentRules['doNotTrack']
  /** What the request tells about the visitor's context, as the host that decides pages reads it. Default nothing. */
  readonly context?: (request: Request) => Context
  /** Lets through only so many batches, by address block and visitor: `createLimiter`. Default: all. */
  readonly limiter?: Limiter | undefined
  /**
   * The request header in which the host in front says whose connection it was, such as `x-real-ip`, for hosts that tell it in no other way (Next.js, workers). It
   * must overwrite what a visitor sends. Default: without `createNodeHandler` nobody is limited by address.
   */
  readonly peer?: string | undefined
  /** Tells programs by what they do as well: `createBehaviour`. Default: by their user agents alone. */
  readonly behaviour?: Behaviour | undefined
  /** Hears of the events whose purpose is granted, to tell when they are not as they were: `createWatch`. Default nobody. */
  readonly watch?: Pick<Watch, 'hear' | 'use'> | undefined
  /** Shows what comes while it does: `createOnlookers`. Default nobody looks. */
  readonly onlookers?: Pick<Onlookers, 'hear' | 'refuse'> | undefined
  /** What of texts is kept although it may name a person. Default: of queries those parameters that name a campaign. */
  readonly redaction?: RedactionOptions | undefined
}

/** Everything that one collector works with, made ready once. */
export interface Site {
  readonly name: string
  readonly compiled: CompiledRuleset
  readonly contextual: ContextGroups
  /** Says once of each placement why it stays as it was decided although a page has it as a live one. */
  readonly tellStill: (still: LiveQuestion['still']) => void
  readonly heard: HeardEvents
  readonly asked: Asked
  readonly keys: SealKeys
  readonly accounts: Accounts
  /** Newest first. */
  readonly secrets: readonly string[]
  readonly sealed: SealedCookies
  readonly store: CollectorOptions['store']
  readonly retention: StoreRetention
  readonly clock: () => number
  readonly randomBytes: (count: number) => Uint8Array
  readonly onError: (error: unknown, step: string) => void
  readonly allowedOrigins: readonly string[]
  readonly consentRules: ConsentRules
  readonly context: (request: Request) => Context
  readonly limiter: Limiter | undefined
  readonly peer: string | undefined
  readonly behaviour: Behaviour | undefined
  readonly watch: Pick<Watch, 'hear'> | undefined
  readonly onlookers: Pick<Onlookers, 'hear' | 'refuse'> | undefined
  readonly redactor: Redactor
}

/** Makes options ready; throws at what is missing and names the cure. */
export function createSite(options: CollectorOptions): Site {
  const { secret, store, site: name = 'site' } = options
  if (secret === undefined || secret.length === 0) {
    throw new Error('[collector] createCollector: `secret` is missing. Set it to sign visitor cookies.')
  }
  if (store === undefined) {
    throw new Error(
      '[collector] createCollector: `store` is missing. Create one with @attune/storage/sqlite.',
    )
  }
  checkStore(store)
  checkRuleset(options.ruleset)
  const ruleset = toPublished(options.ruleset)
  const compiled = compileRuleset(ruleset)
  const keys = createSealKeys(secret)
  const accounts = createAccounts(keys, name)
  const redactor = createRedactor(options.redaction)
  const { onError = logError } = options
  options.watch?.use(compiled.ruleset.events, (name) => isPlain(name, redactor))
  return {
    name,
    compiled,
    contextual: contextGroups(ruleset),
    tellStill: createStillTeller(onError),
    heard: heardEvents(compiled.plan),
    asked: {
      events: compiled.ruleset.events,
      traits: compiled.ruleset.document?.traits ?? {},
      recorded: recordedPaths(compiled.plan),
    },
    keys,
    accounts,
    secrets: liveSecrets(secret),
    sealed: createSealedCookies(keys, name, compiled, accounts),
    store,
    retention: {
      events: milliseconds(ruleset.retention?.events ?? DEFAULT_EVENT_RETENTION),
      profiles: milliseconds(ruleset.retention?.profile ?? DEFAULT_PROFILE_RETENTION),
    },
    clock: options.clock ?? Date.now,
    randomBytes: options.randomBytes ?? chanceBytes,
    onError,
    allowedOrigins: readOrigins(options.allowedOrigins ?? []),
    consentRules: rulesOf(options),
    context: options.context ?? (() => ({})),
    limiter: options.limiter,
    peer: readPeer(options.peer),
    behaviour: options.behaviour,
    watch: options.watch,
    onlookers: options.onlookers,
    redactor,
  }
}

function logError(error: unknown, step: string): void {
  console.error(`[collector] ${step}:`, error)
}

// What is joined to other words by a sign of names is found only without it.
function isPlain(name: string, { text }: Redactor): boolean {
  return [name, name.replaceAll(/[_-]/g, ' ')].every((shape) => text(shape) === shape)
}

function rulesOf({ unasked, doNotTrack = 'ignore' }: CollectorOptions): ConsentRules {
  if (unasked === undefined) return { doNotTrack }
  return { unasked: readUnasked(unasked), doNotTrack }
}

function toPublished(ruleset: Ruleset | PublishedRuleset): PublishedRuleset {
  if ('published' in ruleset) return ruleset
  const parsed = parseRuleset(ruleset)
  if (parsed.ok) return publishRuleset(parsed.value)
  const [first] = parsed.problems
  throw new Error(`[collector] createCollector: the ruleset is not sound. ${first?.path}: ${first?.message}`)
}

function milliseconds(duration: string): number {
  return parseDuration(duration)! * 1000
}
