import {
  bucketOf,
  type CompiledRuleset,
  compileRuleset,
  evaluateSegments,
  type PublishedRuleset,
} from '@attune/core'
import { createLocalTracker, type LocalTracker, type LocalVisitor } from '@attune/tracker/local'
import { followTraits, type Identify } from '@attune/tracker/traits'
import { followConsentApi, unaskedPurposes } from './consent-api.ts'
import { sessionText } from './counted-session.ts'
import { fillValues } from './fill-values.ts'
import { forgetChosen, forgetEarlier, noteHeeded } from './forget-earlier.ts'
import { fetchFragments } from './fragments.ts'
import { dropKeyCookie, KEY_SEGMENTS, workOutKey, writeKey, writeKeyCookie } from './key-cookie.ts'
import { heldOut, KNOWN, workOutKnown } from './known.ts'
import { markShown } from './mark-shown.ts'
import { type PageConfig, readPageConfig } from './page-config.ts'
import { tellEvents } from './tell-events.ts'
import { watchShop } from './watch-shop.ts'
import { whoWent } from './who-went.ts'

/** What GET /ruleset gives browsers. */
type GivenRuleset = Pick<PageConfig, 'hash' | 'keys'> & { readonly ruleset: PublishedRuleset }

/** Starts on a page; without a configuration, or without its ruleset, it does nothing. Never throws into the page. */
export async function startPage(window: Window & typeof globalThis): Promise<void> {
  try {
    const config = readPageConfig(window.document)
    if (config === undefined) return
    const went = whoWent(window.document)
    forgetEarlier(window, config, went)
    const answer = await window.fetch(config.ruleset, { credentials: 'omit' })
    if (!answer.ok) return
    // Our own server published it. A page that a cache kept may be of an earlier ruleset, whose segments are gone: keys go with the
    // ruleset that they were worked out by.
    const { ruleset, ...named } = (await answer.json()) as GivenRuleset
    watch(window, { ...config, ...named }, compileRuleset(ruleset), went)
  } catch {
    // The page stays as it is.
  }
}

function watch(
  window: Window & typeof globalThis,
  config: PageConfig,
  compiled: CompiledRuleset,
  went: readonly string[],
): void {
  const hash = config.hash.slice(0, 6)
  const keys = config.keys.slice(0, KEY_SEGMENTS)
  const { scope, path, doNotTrack } = config
  const onChange = (visitor: LocalVisitor | undefined): void => {
    if (visitor === undefined) return forgetChosen(window, config)
    const isOut = isHeldOut(compiled, visitor)
    const session = sessionText(window.document)
    const known = isOut ? heldOut(hash) : workOutKnown(compiled, hash, keys, visitor, session)
    window.localStorage.setItem(KNOWN + scope, JSON.stringify(known))
    if (isOut) dropKeyCookie(window, path)
    else writeKeyCookie(window, path, workOutKey(known, visitor.now))
  }
  const session = sessionText(window.document)
  markShown(window.document)
  const unasked = unaskedPurposes(window, config)
  const collector = config.collector || undefined
  const script = config.script || undefined
  const tracker = createLocalTracker({ compiled, collector, script, unasked, doNotTrack, scope, onChange })
  ;(window as { attune?: unknown }).attune = withTraits(window, config, compiled, tracker)
  const note = (): void => noteHeeded(window, config, went, tracker.granted())
  window.document.addEventListener('attune:consent', note)
  if (config.consentApi) followConsentApi(window, tracker, unasked)
  tellEvents(window, config, tracker)
  watchShop(window, tracker)
  note()

  // Of a visitor who is not known, or does not want to be, nothing is asked: the defaults stay.
  const visitor = tracker.visitor()
  if (visitor === undefined || isHeldOut(compiled, visitor)) return
  fillValues(window.document, visitor.context)
  const answers = evaluateSegments(compiled, visitor, keys)
  const keyOf = (places: ReadonlySet<number>): string =>
    writeKey(
      hash,
      keys.map((key, place) => (places.has(place) ? answers[key]!.match : null)),
    )
  const source = { address: config.fragments, keyOf, hasCookies: config.collector !== '', session }
  void fetchFragments(window, source).then(() => markShown(window.document))
}

// A page tells traits where somebody believes it: conditions here, or a collector.
function withTraits(
  window: Window & typeof globalThis,
  { collector }: PageConfig,
  { ruleset }: CompiledRuleset,
  tracker: LocalTracker,
): LocalTracker & { readonly identify?: Identify } {
  if (collector === '' && ruleset.document?.traits === undefined) return tracker
  return { ...tracker, identify: followTraits({ window, track: tracker.track }) }
}

// Whoever is held out sees defaults everywhere, so that the rest can be compared with them.
function isHeldOut({ ruleset: { holdout } }: CompiledRuleset, { visitor }: LocalVisitor): boolean {
  return holdout !== undefined && visitor !== undefined && bucketOf(visitor, holdout.axis) < holdout.buckets
}
