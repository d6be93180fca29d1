import {
  createIdentity as createCollectorIdentity,
  type Identity,
  type IdentityOptions,
  type KnownPerson,
  leaveCookies,
  type Person,
  type SignedIn,
  type Taken,
} from '@attune/collector'
import { followRuleset, type RulesetOrSource } from '@attune/edge'
import { cookies, headers } from 'next/headers'
import { toPublicRequest } from '../public-request.ts'
import { type SecretInput, toSecret } from '../secret-input.ts'
import { writeCookies } from './write-cookies.ts'

/** How people are known who sign in; the same ruleset, secret, site and store as the collector's. */
export interface SiteIdentityOptions extends Omit<IdentityOptions, 'ruleset' | 'secret' | 'store' | 'log'> {
  readonly ruleset: RulesetOrSource
  readonly secret: SecretInput
  /** A function is called at the first request, so that a build opens nothing. */
  readonly store: IdentityOptions['store'] | (() => IdentityOptions['store'])
  /** Proof of consent, where it is noted whose answers of before a sign-in are; likewise. Default nowhere. */
  readonly log?: IdentityOptions['log'] | (() => IdentityOptions['log'])
}

/** What came of a sign-in; `failed`: the store did not answer, and the visitor stays who they were. */
export type SignInOutcome = SignedIn['outcome'] | 'failed'

/** Knows people who sign in. */
export interface SiteIdentity {
  /**
   * Joins what was done in this browser before to the account of whoever signs in, and writes its cookies: call it in the Server Function or
   * Route Handler that has just made sure who it is. Called again it changes nothing. Never rejects: a sign-in does not fail because of it.
   */
  signIn(person: Person): Promise<SignInOutcome>
  /** Lets this browser begin anew: call it where the site ends its own session. Never rejects. */
  signOut(): Promise<void>
  /** Keeps traits of a user who need not be there, by the consent that the site knows of. Rejects when the store does. */
  tell(person: KnownPerson): Promise<Taken>
  /** The handler of `app/attune/traits/route.ts`: what is known of the visitor, of `shownTraits`, for the preference centre. */
  readonly GET: (request: Request) => Promise<Response>
}

/** Creates it. */
export function createIdentity(options: SiteIdentityOptions): SiteIdentity {
  const { onError = (error, step) => console.error(`[next] ${step}:`, error), clock = Date.now } = options
  let follow: (() => Promise<Identity | undefined>) | undefined
  const identity = async (): Promise<Identity> => {
    follow ??= open({ ...options, onError })
    const ready = await follow()
    if (ready === undefined)
      throw new Error('[next] createIdentity: there is no ruleset yet. Try again later.')
    return ready
  }
  const changing = async <Value>(step: string, work: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await work()
    } catch (error) {
      onError(error, step)
      return undefined
    }
  }
  const tellTraits = async (request: Request): Promise<Response> => {
    const ready = await changing('traits', identity)
    if (ready === undefined) return new Response(null, { status: 503, headers: LATER })
    return ready.traits(toPublicRequest(request))
  }
  return {
    signIn: async (person) => {
      const request = await visitorsRequest()
      const signedIn = await changing('sign-in', async () => (await identity()).signIn(request, person))
      if (signedIn === undefined) return 'failed'
      writeCookies(await cookies(), signedIn.cookies)
      return signedIn.outcome
    },
    signOut: async () => {
      const request = await visitorsRequest()
      // Whoever signs out does so without a ruleset and a store as well.
      writeCookies(await cookies(), leaveCookies(request, clock()))
    },
    tell: async (person) => (await identity()).tell(person),
    GET: tellTraits,
  }
}

const LATER = { 'retry-after': '5', 'cache-control': 'no-store' }

async function visitorsRequest(): Promise<Request> {
  const given = new Headers(await headers())
  // What is asked for matters to nobody, but by which scheme it was.
  return toPublicRequest(new Request('http://localhost/', { headers: given }))
}

function open({ ruleset, secret, store, log, ...rest }: SiteIdentityOptions) {
  const settings = {
    ...rest,
    secret: toSecret(secret, 'createIdentity'),
    store: typeof store === 'function' ? store() : store,
    log: typeof log === 'function' ? log() : log,
  }
  return followRuleset(ruleset, (published) => createCollectorIdentity({ ...settings, ruleset: published }))
}
