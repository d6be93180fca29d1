import {
  bucketOf,
  type CompiledRuleset,
  compileRuleset,
  evaluateSegments,
  type PublishedRuleset,
} from '@attune/core'
import { createLocalTracker, type LocalVisitor } from '@attune/tracker/local'
import { followConsentApi } from './consent-api.ts'
import { fillValues } from './fill-values.ts'
import { fetchFragments } from './fragments.ts'
import { KEY_COOKIE, KEY_SEGMENTS, writeKey } from './key-cookie.ts'
import { heldOut, KNOWN, workOutKnown } from './known.ts'
import { markShown } from './mark-shown.ts'
import { type PageConfig, readPageConfig } from './page-config.ts'
import { TOLD, tellEvents } from './tell-events.ts'
import { watchShop } from './watch-shop.ts'

const DAY = 86_400

/** What GET /ruleset gives browsers. */
type GivenRuleset = Pick<PageConfig, 'hash' | 'keys'> & { readonly ruleset: PublishedRuleset }

/** Starts on a page; without a configuration, or without its ruleset, it does nothing. Never throws into the page. */
export async function startPage(window: Window & typeof globalThis): Promise<void> {
  try {
    const config = readPageConfig(window.document)
    if (config === undefined) return
    const answer = await window.fetch(config.ruleset, { credentials: 'omit' })
    if (!answer.ok) return
    // Our own server published it. A page that a cache kept may be of an earlier ruleset, whose segments are gone: keys go with the
    // ruleset that they were worked out by.
    const { ruleset, ...named } = (await answer.json()) as GivenRuleset
    watch(window, { ...config, ...named }, compileRuleset(ruleset))
  } catch {
    // The page stays as it is.
  }
}

function watch(window: Window & typeof globalThis, config: PageConfig, compiled: CompiledRuleset): void {
  const hash = config.hash.slice(0, 6)
  const keys = config.keys.slice(0, KEY_SEGMENTS)
  const onChange = (visitor: LocalVisitor | undefined): void => {
    if (visitor === undefined) return forget(window)
    const isOut = isHeldOut(compiled, visitor)
    const known = isOut ? heldOut(hash) : workOutKnown(compiled, hash, keys, visitor)
    window.localStorage.setItem(KNOWN, JSON.stringify(known))
    if (isOut) dropKeyCookie(window)
    else writeKeyCookie(window, compiled, hash, keys, visitor)
  }
  markShown(window.document)
  const tracker = createLocalTracker({ compiled, collector: config.collector || undefined, onChange })
  ;(window as { attune?: unknown }).attune = tracker
  if (config.consentApi) followConsentApi(window, tracker)
  tellEvents(window, config, tracker)
  watchShop(window, tracker)

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
  const source = { address: config.fragments, keyOf, hasCookies: config.collector !== '' }
  void fetchFragments(window, source).then(() => markShown(window.document))
}

// Whoever is held out sees defaults everywhere, so that the rest can be compared with them.
function isHeldOut({ ruleset: { holdout } }: CompiledRuleset, { visitor }: LocalVisitor): boolean {
  return holdout !== undefined && visitor !== undefined && bucketOf(visitor, holdout.axis) < holdout.buckets
}

// The key is good until the first of its segments may change, and never longer than a day.
function writeKeyCookie(
  window: Window,
  compiled: CompiledRuleset,
  hash: string,
  keys: readonly string[],
  visitor: LocalVisitor,
): void {
  const answers = evaluateSegments(compiled, visitor, keys)
  const ends = keys.flatMap((key) => answers[key]!.until ?? [])
  const seconds = Math.min(DAY, ...ends.map((end) => Math.floor((end - visitor.now) / 1000)))
  const value = writeKey(
    hash,
    keys.map((key) => answers[key]!.match),
  )
  setCookie(window, value, Math.max(0, seconds))
}

function forget(window: Window): void {
  for (const name of [KNOWN, TOLD]) window.localStorage.removeItem(name)
  dropKeyCookie(window)
}

function dropKeyCookie(window: Window): void {
  if (window.document.cookie.includes(`${KEY_COOKIE}=`)) setCookie(window, '', -1)
}

function setCookie(window: Window, value: string, seconds: number): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  window.document.cookie = `${KEY_COOKIE}=${value}; Path=/; SameSite=Lax; Max-Age=${seconds}${secure}`
}
