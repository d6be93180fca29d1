import { baseline, type Decision, decide, own, type Pin, variantsOf } from '@attune/core'
import { PIN_COOKIE, TOKEN_COOKIE, VISITOR_COOKIE } from './cookie/cookie-names.ts'
import { PREFIX } from './cookie/read-cookies.ts'
import { clearCookie, writeCookie } from './cookie/write-cookie.ts'
import { createCodeCache } from './decision/code-cache.ts'
import { isDocumentRequest } from './decision/is-document-request.ts'
import { writePin } from './decision/write-pin.ts'
import { internalPath, isInternalPath } from './route/internal-path.ts'
import { createRouter, type PageAddress } from './route/router.ts'
import { createSite, type PersonalizerOptions, type Site } from './site.ts'
import { type Asked, type DecisionSource, loadQuestion, readVisit, timingOf, type Visit } from './visit.ts'

/** What a request is answered with. */
export interface Personalized {
  /** The pattern, as in the ruleset's `routes`. */
  readonly route: string
  /** Same-origin path of the variant page: `/attune/<code>/product/tent`. */
  readonly path: string
  readonly code: string
  /** One for every placement of the route, in its order. */
  readonly decisions: readonly Decision[]
  /** `Set-Cookie` values; none without consent, apart from those that take a cookie away. */
  readonly cookies: readonly string[]
  /** A signed preview was looked at: the answer must not be stored anywhere. */
  readonly preview: boolean
  /** From where the profile came that was decided on. */
  readonly source: DecisionSource
  /** What the `Server-Timing` of a preview says; visitors are told nothing. */
  readonly timing?: string | undefined
}

/** What the host knows about a request that its headers do not say. */
export interface PersonalizeOptions {
  /** The request asks for a document; default: by its fetch metadata. Documents are decided afresh, other requests keep the pin. */
  readonly document?: boolean | undefined
}

/** Turns requests into decisions. */
export interface Personalizer {
  /** Decides a request; `undefined` when its page is not personalised. Never rejects: trouble shows the baseline. */
  personalize(request: Request, options?: PersonalizeOptions): Promise<Personalized | undefined>
  /** `Set-Cookie` values for a page that is not personalised: what a visitor who withdrew consent still carries goes. */
  withdraw(request: Request): readonly string[]
}

interface Page extends PageAddress {
  readonly url: URL
  readonly placements: readonly string[]
}

type Shown = Omit<Personalized, 'route' | 'path' | 'code'>

const PERSONAL_COOKIES = [VISITOR_COOKIE, TOKEN_COOKIE, PIN_COOKIE]

/**
 * Creates a personalizer.
 * @throws when the secret is missing or short, or the ruleset is not published.
 */
export function createPersonalizer(options: PersonalizerOptions): Personalizer {
  const site = createSite(options, 'createPersonalizer')
  const { ruleset } = site.compiled
  const routes = ruleset.routes
  const router = createRouter(Object.keys(routes))
  const encode = createCodeCache(site.keys, site.site, ruleset)

  function findPage(request: Request): Page | undefined {
    const url = new URL(request.url)
    const page = isInternalPath(url.pathname) ? undefined : router(url.pathname)
    if (page === undefined || !site.exists(page.path, page.route)) return undefined
    return { ...page, url, placements: routes[page.route]! }
  }

  function answer(page: Page, shown: Shown): Personalized {
    const { route } = page
    const code = encode(route, variantsOf(shown.decisions))
    return { route, path: internalPath(code, page), code, ...shown }
  }

  return {
    withdraw: (request) => {
      // Most requests carry nothing of ours, and need no second look.
      if (!request.headers.get('cookie')?.includes(PREFIX)) return []
      const visit = readVisit(site, request)
      return visit.personal ? [] : writeCookies(site, visit, {})
    },
    personalize: async (request, { document } = {}) => {
      let page: Page | undefined
      try {
        page = findPage(request)
        if (page === undefined) return undefined
        return answer(
          page,
          await decidePage(site, request, page, document ?? isDocumentRequest(request.headers)),
        )
      } catch (error) {
        site.report(error, 'personalize')
        // Of an address that cannot be read nothing can be said.
        return (
          page &&
          answer(page, {
            decisions: failed(site, page.placements),
            cookies: [],
            preview: false,
            source: 'failed',
          })
        )
      }
    },
  }
}

async function decidePage(site: Site, request: Request, page: Page, document: boolean): Promise<Shown> {
  const { headers } = request
  const visit = readVisit(site, request)
  // Client-side navigation keeps what the document showed; a new document is decided afresh.
  const kept = document ? {} : visit.readPin()
  const open = page.placements.filter((placement) => own(kept, placement) === undefined)
  const { fresh, source } = await decideOpen(site, visit, { headers, ...page }, open)
  const shown: Pin = {
    ...kept,
    ...Object.fromEntries(fresh.map((decision) => [decision.placement, decision])),
  }
  return {
    decisions: page.placements.map((placement) => shown[placement]!),
    cookies: writeCookies(site, visit, shown),
    preview: visit.preview !== undefined,
    source,
    timing: timingOf(site, visit, source),
  }
}

async function decideOpen(
  site: Site,
  visit: Visit,
  asked: Asked,
  placements: readonly string[],
): Promise<{ readonly fresh: readonly Decision[]; readonly source: DecisionSource }> {
  if (placements.length === 0) return { fresh: [], source: 'pin' }
  const { question, source } = await loadQuestion(site, visit, asked)
  if (source !== 'failed') return { fresh: decide(site.compiled, question, placements), source }
  // Deciding on a profile that did not come would take everybody for newcomers: what was shown last stays.
  const last = visit.readPin()
  return {
    fresh: failed(site, placements).map((decision) => own(last, decision.placement) ?? decision),
    source,
  }
}

function writeCookies(site: Site, visit: Visit, pin: Pin): readonly string[] {
  const { cookies, secure, preview, personal, visitor } = visit
  if (preview !== undefined) return []
  if (!personal)
    return PERSONAL_COOKIES.filter((name) => cookies.has(name)).map((name) => clearCookie(name, secure))
  if (visitor === undefined) return []
  const owner = { site: site.site, visitor }
  const text = writePin(site.keys, owner, site.compiled.ruleset, pin, cookies.get(PIN_COOKIE))
  return text === undefined ? [] : [writeCookie(PIN_COOKIE, text, secure)]
}

function failed({ compiled }: Site, placements: readonly string[]): readonly Decision[] {
  return placements.map((placement) =>
    baseline(compiled.ruleset, placement, 'ERROR', Number.POSITIVE_INFINITY),
  )
}
