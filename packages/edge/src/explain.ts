import { baseline, type Consent, type Context, type Decision, own, type SegmentAnswer } from '@attune/core'
import {
  type ExperienceExplanation,
  explainDecisions,
  explainSegment,
  foldDenials,
} from '@attune/core/explain'
import type { Preview } from './preview/preview.ts'
import { isInternalPath } from './route/internal-path.ts'
import { createRouter } from './route/router.ts'
import { createSite, type PersonalizerOptions, type Site } from './site.ts'
import { type LoadedQuestion, loadQuestion, type ProfileSource, readVisit, type Visit } from './visit.ts'

/** Why one placement shows what it shows. */
export interface PlacementExplanation {
  readonly placement: string
  /** What a new document would show. */
  readonly decision: Decision
  /** What this session holds still for client-side navigation; `null` when nothing is pinned. */
  readonly pinned: Decision | null
  /** How each experience of the placement stood, with the trace of its audience. */
  readonly experiences: readonly ExperienceExplanation[]
}

/** A segment and whether the visitor is in it. */
export interface SegmentExplanation extends SegmentAnswer {
  readonly key: string
  readonly label: string
  /** Its condition in plain English. */
  readonly description: string
  /** "With one more view of hiking it would match."; empty where nothing was found. */
  readonly counterfactual: string
}

/** Why a page shows what it shows to whoever asks. Holds no visitor id. */
export interface Explanation {
  readonly route: string
  readonly path: string
  /** Milliseconds at which was decided. */
  readonly now: number
  /** The zone in which sentences tell instants. */
  readonly timezone: string
  readonly preview: Preview | null
  readonly profileFrom: ProfileSource
  readonly consent: Consent
  /** What the ruleset looks at of the request. */
  readonly context: Context
  readonly placements: readonly PlacementExplanation[]
  readonly segments: readonly SegmentExplanation[]
  /** What is out of the ordinary, in sentences. */
  readonly notes: readonly string[]
}

/** Explains pages. */
export interface Explainer {
  /**
   * Explains a page (path and query) to whoever makes this request; `undefined` when it is not personalised. The answer
   * is about one visitor: never store it, and give it to developers only.
   */
  explain(request: Request, path: string): Promise<Explanation | undefined>
}

/**
 * Creates an explainer with the options of the personalizer.
 * @throws when the secret is missing or short, or the ruleset is not published or without its document.
 */
export function createExplainer(options: PersonalizerOptions): Explainer {
  const site = createSite(options, 'createExplainer')
  const { document } = site.compiled.ruleset
  if (document === undefined) {
    throw new Error(
      '[edge] createExplainer: the ruleset was published without its document. Publish it with `attune publish`, without --no-document.',
    )
  }
  const routes = site.compiled.ruleset.routes
  const router = createRouter(Object.keys(routes))
  return {
    explain: async (request, path) => {
      const url = readAddress(request, path)
      const page = url === undefined || isInternalPath(url.pathname) ? undefined : router(url.pathname)
      if (url === undefined || page === undefined) return undefined
      const visit = readVisit(site, request)
      const loaded = await loadQuestion(site, visit, { headers: request.headers, url, path: page.path })
      const { question, source } = loaded
      return {
        route: page.route,
        path: page.path,
        now: question.now,
        timezone: document.timezone ?? 'UTC',
        preview: visit.preview ?? null,
        profileFrom: source,
        consent: question.consent,
        context: question.context,
        placements: explainPlacements(site, visit, loaded, own(routes, page.route) ?? []),
        segments: explainSegments(site, loaded),
        notes: notesOf(visit, loaded),
      }
    },
  }
}

// Only pages of the same origin; `//elsewhere/` is another.
function readAddress(request: Request, path: string): URL | undefined {
  try {
    const url = new URL(path, request.url)
    return path.startsWith('/') && url.origin === new URL(request.url).origin ? url : undefined
  } catch {
    return undefined
  }
}

function explainPlacements(
  { compiled }: Site,
  { readPin }: Visit,
  { question, source }: LoadedQuestion,
  placements: readonly string[],
): readonly PlacementExplanation[] {
  const explained =
    source === 'failed'
      ? placements.map((placement) => ({
          decision: baseline(compiled.ruleset, placement, 'ERROR', Number.POSITIVE_INFINITY),
          experiences: [],
        }))
      : explainDecisions(compiled, question, placements)
  const pin = readPin()
  return explained.map(({ decision, experiences }) => {
    const { placement } = decision
    return {
      placement,
      decision,
      pinned: own(pin, placement) ?? null,
      experiences: experiences.map(forPeople),
    }
  })
}

function explainSegments({ compiled }: Site, { question }: LoadedQuestion): readonly SegmentExplanation[] {
  return compiled.segments.keys.map((key) => {
    const { label, match, until, description, counterfactual } = explainSegment(compiled, question, key)
    return { key, label, match, until, description, counterfactual: counterfactual?.sentence ?? '' }
  })
}

function forPeople(experience: ExperienceExplanation): ExperienceExplanation {
  const { audience } = experience
  return audience === null ? experience : { ...experience, audience: foldDenials(audience) }
}

function notesOf({ personal, visitor }: Visit, { question, source }: LoadedQuestion): readonly string[] {
  const newest = (question.profile.last?.seconds ?? 0) * 1000
  const notes: readonly (readonly [boolean, string])[] = [
    [!personal, 'Without consent to preferences only functional experiences are considered.'],
    [personal && visitor === undefined, 'No visitor id yet: nothing that divides visitors is considered.'],
    [source === 'failed', 'The profile store gave no answer in time: baselines are shown.'],
    [
      question.now < newest,
      'The time looked at lies before the newest event: the profile may count events later than it.',
    ],
  ]
  return notes.filter(([holds]) => holds).map(([, note]) => note)
}
