import {
  type CompiledRuleset,
  type Consent,
  DEFAULT_EVENT_RETENTION,
  DEFAULT_PROFILE_RETENTION,
  isGranted,
  parseDuration,
} from '@attune/core'
import type { Purpose } from '../consent/purpose.ts'
import { browserEnvironment, type Environment } from '../environment.ts'
import { safely } from '../safely.ts'
import { forgetSession } from '../session/forget-session.ts'
import { startTracker, type Tracker } from '../start-tracker.ts'
import { answerLocally } from './answer-locally.ts'
import { keepBatch } from './keep-batch.ts'
import {
  beginKept,
  dropKept,
  type KeptProfile,
  type LocalRetention,
  loadKept,
  saveKept,
} from './kept-profile.ts'
import { localParts } from './local-parts.ts'
import { type LocalVisitor, localConsent, localVisitor, type Teller } from './local-visitor.ts'
import { objectingPage } from './objecting-page.ts'
import { scopeStorage } from './scope-storage.ts'
import { withVisitor } from './with-visitor.ts'

/** How to set up a tracker that keeps the profile in this browser. */
export interface LocalOptions {
  /** The ruleset that says what is remembered. */
  readonly compiled: CompiledRuleset
  /** Address of a collector that hears of the events as well; without it nothing leaves the browser. */
  readonly collector?: string | undefined
  /** What may be remembered of a visitor who was not asked; default nothing. */
  readonly unasked?: readonly Purpose[] | undefined
  /** What Do Not Track means: `obey` takes it like Global Privacy Control. Default `ignore`. */
  readonly doNotTrack?: 'ignore' | 'obey' | undefined
  /** Ends the names in storage: several sites of one origin each have their own. Default ''. */
  readonly scope?: string | undefined
  /** Hears each time what is known of the visitor may have changed; `undefined`: nothing is known, or nothing may be. */
  readonly onChange?: (visitor: LocalVisitor | undefined) => void
  /**
   * Address of a script beside which the parts lie that a page loads only when it has what they watch, as `attune-video.js` lies beside
   * `attune.js`; without it forms, videos and searches are not watched. Sessions, placements and marks need none.
   */
  readonly script?: string | undefined
  /** The page, clock, chance and timers; default those of the browser. For tests. */
  readonly environment?: Environment
}

/** A tracker that also answers who the visitor is. */
export interface LocalTracker extends Tracker {
  /** The visitor as this browser knows them now; `undefined` without consent to `preferences`, or when nothing is known. */
  visitor(): LocalVisitor | undefined
  /** What may be remembered now: what the visitor said, or while they were not asked `unasked`. */
  granted(): Consent
}

const LOCAL = 'attune:local'

/**
 * Starts a tracker that folds events in the browser and keeps the profile in its storage, after consent to
 * `preferences` only; when that is withdrawn everything is forgotten at once.
 */
export function createLocalTracker(options: LocalOptions): LocalTracker {
  const { compiled, collector, unasked, onChange = () => {}, environment = browserEnvironment() } = options
  const { now, random } = environment
  const { doNotTrack, script, scope = '' } = options
  const host = doNotTrack === 'obey' ? objectingPage(environment.window) : environment.window
  const window = scopeStorage(host, scope)
  const { document } = window
  const retention = retentionOf(compiled)
  const endpoint = collector ?? LOCAL

  const granted = (): Consent => localConsent(window, unasked)
  const isKeeping = (): boolean => isGranted(granted(), 'preferences')
  const load = (): KeptProfile | undefined => {
    const kept = isKeeping() ? loadKept(window, now(), retention) : undefined
    return kept && withVisitor(kept, collector)
  }
  const visitor = (): LocalVisitor | undefined => {
    const kept = load()
    return kept && localVisitor(current(kept), teller())
  }
  // A profile of an earlier ruleset is refolded for this one before it answers.
  const current = (kept: KeptProfile): KeptProfile =>
    kept.history.profile.plan === compiled.plan.id ? kept : keepBatch(kept, [], compiled, teller())
  const teller = (): Teller => ({ window, consent: granted(), now: now() })
  const tell = () => safely(() => onChange(visitor()))

  const take = (body: string): void => {
    safely(() => {
      if (!isKeeping()) return
      const { events } = JSON.parse(body) as { readonly events: readonly unknown[] }
      const kept = withVisitor(load() ?? beginKept(compiled.plan), collector, random)
      saveKept(window, keepBatch(kept, events, compiled, teller()))
    })
    tell()
  }
  const hear = (heard: string): void => {
    const kept = load()
    if (kept === undefined || collector === undefined || kept.visitor === heard) return
    saveKept(window, { ...kept, visitor: heard, knownTo: collector })
    tell()
  }
  // Also at the start: another tab, or the end of the cookie, may have taken the consent away.
  const obey = (): void => {
    if (!isKeeping()) {
      dropKept(window)
      if (collector === undefined) safely(() => forgetSession(window))
    }
    tell()
  }
  document.addEventListener('attune:consent', obey)

  const page = answerLocally(window, { endpoint, take, hear, forward: collector !== undefined })
  const tracker = startTracker({
    endpoint,
    load: localParts({ compiled, script, isHeard: collector !== undefined, isKeeping, window }),
    environment: { ...environment, window: page, consent: unasked },
  })
  obey()
  return { ...tracker, visitor, granted }
}

function retentionOf({ ruleset }: CompiledRuleset): LocalRetention {
  const { events = DEFAULT_EVENT_RETENTION, profile = DEFAULT_PROFILE_RETENTION } = ruleset.retention ?? {}
  // The checker saw to it that both are durations.
  return { events: parseDuration(events)! * 1000, profile: parseDuration(profile)! * 1000 }
}
