import { type Consent, IDENTIFY, isGranted, type Profile, toBase64Url } from '@attune/core'
import { isErased, isMoved, type VisitorMerging } from '@attune/storage'
import { judgeEvents } from './judge-events.ts'
import { type Kept, keepEvents } from './keep-events.ts'
import { consentOf } from './request-facts.ts'
import type { Site } from './site.ts'
import { openJar } from './token/cookie-jar.ts'

/** What a server knows of whoever signs in. */
export interface Person {
  /** The site's own id of its user: 1 to 256 characters. It is never kept; nothing leads back to it without the secret. */
  readonly userId: string
  /** Traits that the server knows; kept by their purposes. */
  readonly traits?: { readonly [name: string]: unknown } | undefined
}

/** What a server tells of a user who need not be there. */
export interface KnownPerson extends Told {
  /** The site's own id of its user: 1 to 256 characters. */
  readonly userId: string
}

/** What came of a sign-in. */
export interface SignedIn {
  /** `joined`: the browser is the account's from now on. `consent`: the visitor has not granted `preferences`. `erased`: the account was. */
  readonly outcome: 'joined' | 'consent' | 'erased'
  /** `Set-Cookie` values for the answer to the visitor. */
  readonly cookies: readonly string[]
}

/** A site whose store can make one visitor of two. */
export interface MergingSite extends Site {
  readonly store: Site['store'] & VisitorMerging
  /** Notes in the log of consent that what stands there of the one visitor is of the other one. Default: nothing is proven. */
  readonly noteProofs?: ((from: string, into: string, at: number) => Promise<void>) | undefined
}

/** Makes a browser the account's: joins what was done there before to it, and knows it by the account's cookie from then on. */
export async function signIn(site: MergingSite, request: Request, person: Person): Promise<SignedIn> {
  const [account, ...older] = site.accounts.of(person.userId)
  const now = site.clock()
  const jar = openJar(request.headers.get('cookie'), site, request.url.startsWith('https:'))
  const consent = consentOf(site, request, jar)
  if (!isGranted(consent, 'preferences'))
    return { outcome: 'consent', cookies: jar.forget(isGranted(consent, 'statistics')) }
  const before = jar.readVisitor()
  // Who signed in here earlier and did not sign out is somebody else, or the same person already.
  const anonymous = before === undefined || jar.isAccount(before) ? [] : [before]
  const isOther = before !== undefined && jar.isAccount(before) && ![account, ...older].includes(before)
  let profile: Profile | null
  try {
    profile = await mergeAll(site, [...older, ...anonymous], account, now)
    const told = person.traits && (await keepTraits(site, account, { traits: person.traits, consent }))
    profile = told?.profile ?? profile
  } catch (error) {
    if (!isErased(error)) throw error
    return { outcome: 'erased', cookies: jar.letGo(now) }
  }
  const utcOffset = before === undefined ? undefined : jar.readUtcOffset(before, now)
  const cookies = [
    // What pages were chosen by until now.
    ...(isOther ? jar.letGo(now) : jar.forgetChosen()),
    // What somebody else left unsent is not of who signs in.
    ...jar.writeReturn(isOther ? now : jar.readLeft(now), now),
    ...jar.writeVisitor(account),
    ...(profile === null ? [] : jar.writeToken(account, profile, now, utcOffset)),
  ]
  return { outcome: 'joined', cookies: lastOfEach(cookies) }
}

/** Keeps traits that a server tells of a visitor. Rejects when the store does. */
export function keepTraits(
  site: Site,
  visitor: string,
  { traits, consent, source = 'server' }: Told,
): Promise<Kept> {
  const now = site.clock()
  const event = { id: toBase64Url(site.randomBytes(16)), name: IDENTIFY, time: now, properties: traits }
  const sender = { consent, program: undefined, received: now, isTrusted: true, source }
  const judged = judgeEvents([event], new Map(), sender, site.asked)
  const owner = isGranted(consent, 'preferences') ? visitor : undefined
  const nothing = () => undefined
  const told = { consent, visitor: owner, source, pinOf: nothing, decisionOf: nothing }
  return keepEvents(site, judged, told, now)
}

/** Traits, and by whom and under which consent they are told. */
export interface Told {
  readonly traits: { readonly [name: string]: unknown }
  /** What the person granted, as whoever tells knows it. */
  readonly consent: Consent
  /** Default `server`. */
  readonly source?: string | undefined
}

async function mergeAll(
  site: MergingSite,
  from: readonly string[],
  into: string,
  at: number,
): Promise<Profile | null> {
  const { plan } = site.compiled
  let profile: Profile | null | undefined
  for (const visitor of from) {
    try {
      await noteProofs(site, visitor, into, at)
      profile = (await site.store.mergeVisitor(visitor, into, plan, at)).profile
    } catch (error) {
      // Merged into somebody before: whoever has its cookie still brings nothing along.
      if (!isMoved(error)) throw error
    }
  }
  return profile === undefined ? site.store.load(into, plan) : profile
}

// Before the merge: while that cannot be noted nothing is joined, and signing in again is right. What was answered by somebody who was merged into
// another person, or erased, is not of this one.
async function noteProofs(
  { store, compiled, noteProofs: note }: MergingSite,
  from: string,
  into: string,
  at: number,
): Promise<void> {
  if (note === undefined) return
  try {
    await store.rehearse?.({ visitor: from, events: [], plan: compiled.plan })
  } catch (error) {
    if (isMoved(error) || isErased(error)) return
    throw error
  }
  await note(from, into, at)
}

// A cookie that is taken away and written again is only written.
function lastOfEach(cookies: readonly string[]): readonly string[] {
  const last = new Map(cookies.map((cookie) => [cookie.slice(0, cookie.indexOf('=')), cookie]))
  return [...last.values()]
}
