import {
  type Consent,
  type Decision,
  emptyProfile,
  isGranted,
  own,
  type Profile,
  readSession,
} from '@attune/core'
import { answerBatch, answerLater, answerLimited, answerMistake, answerRefusal } from './answer.ts'
import { askedPlacementsOf } from './asked-placements.ts'
import { type Batch, parseBatch } from './batch/parse-batch.ts'
import { readBody } from './batch/read-body.ts'
import { type RequestRefusal, refuseRequest } from './batch/refuse-request.ts'
import { seedOf } from './batch/seed-of.ts'
import { isBot } from './bot/is-bot.ts'
import { SESSION_COOKIE } from './cookie-names.ts'
import { decideOne } from './decide-one.ts'
import { findProgram } from './find-program.ts'
import { hearEvents } from './hear-events.ts'
import { type IngestBatch, type IngestResult, ingest, tryOut } from './ingest.ts'
import { judgeEvents } from './judge-events.ts'
import { type Kept, keepEvents } from './keep-events.ts'
import { isSettled } from './left-behind.ts'
import { limitRequest } from './limit-request.ts'
import { type PlainAnswer, toPlainResponse, toResponse } from './plain-answer.ts'
import { answerProfile } from './profile/answer-profile.ts'
import { changedPlacements } from './profile/changed-placements.ts'
import { decideAsked } from './profile/decide-asked.ts'
import { liveQuestion } from './profile/live-question.ts'
import { newestMark } from './profile/newest-mark.ts'
import { quickReadOf } from './quick-read.ts'
import type { ProgramSign, Rejection } from './rejection.ts'
import { consentOf, contextOf } from './request-facts.ts'
import { type CollectorOptions, createSite, type Site } from './site.ts'
import { createSweeper } from './sweep.ts'
import { type CookieJar, openJar } from './token/cookie-jar.ts'

/** The header by which a page that decides for itself asks for the visitor's id: `visitor`. */
const ASK_HEADER = 'attune-ask'

export interface Collector {
  /** Answers a request of a browser. Never rejects; 2xx says that every accepted event is durable. */
  handle(request: Request): Promise<Response>
  /**
   * Answers another host of the same site that asks for a visitor's profile, `GET …/profile?visitor=<id>`, signed with the shared secret. Never
   * rejects.
   */
  profile(request: Request): Promise<Response>
  /** The same way without HTTP, for replays and servers. Rejects when the store does. */
  ingest(batch: IngestBatch): Promise<IngestResult>
  /** Says what `ingest` would refuse of a batch, and keeps, counts and tells nothing of it. The store is not asked: `conflict`, `erased` and `moved` are not among it. */
  tryOut(batch: IngestBatch): readonly Rejection[]
  /**
   * Begins to delete what has outlived its retention, unless that was begun within the last twelve hours. Whatever comes does so by itself; where nothing
   * may come for days, call it from a timer.
   */
  sweep(): void
}

/**
 * Creates a collector: batches of events in, profiles updated, a fresh visitor token out.
 * @throws when an option is missing or the ruleset is not sound.
 */
export function createCollector(options: CollectorOptions): Collector {
  const site = createSite(options)
  const sweep = createSweeper(site)
  return {
    handle: async (request) => {
      try {
        const answer = await collect(site, request)
        if (answer.told?.error !== undefined) site.onlookers?.refuse(answer.told.error)
        sweep()
        return quickReadOf(request) === undefined ? toResponse(answer) : toPlainResponse(answer)
      } catch (error) {
        site.onError(error, 'collect')
        return toResponse(answerMistake())
      }
    },
    profile: async (request) => {
      try {
        return toResponse(await answerProfile(site, request))
      } catch (error) {
        site.onError(error, 'profile')
        return toResponse(answerLater(1))
      }
    },
    ingest: async (batch) => {
      const result = await ingest(site, batch)
      sweep()
      return result
    },
    tryOut: (batch) => tryOut(site, batch),
    sweep,
  }
}

async function collect(site: Site, request: Request): Promise<PlainAnswer> {
  const refusal = refuseRequest(request, site.allowedOrigins)
  if (refusal !== undefined) return answerRefusal(refusal)
  const jar = openJar(request.headers.get('cookie'), site, request.url.startsWith('https:'))
  const consent = consentOf(site, request, jar)
  const visitor = isGranted(consent, 'preferences') ? jar.readVisitor() : undefined
  const limited = limitRequest(site, request, visitor)
  if (limited !== undefined) return answerLimited(limited.retryAfter)
  const body = await readBody(request)
  const batch = 'refusal' in body ? body.refusal : parseBatch(body.text)
  if ('error' in batch) {
    await countRefusal(site, batch, visitor, 'text' in body ? body.text : '')
    return answerRefusal(batch)
  }
  return collectBatch(site, request, batch, consent, jar)
}

async function collectBatch(
  site: Site,
  request: Request,
  batch: Batch,
  consent: Consent,
  jar: CookieJar,
): Promise<PlainAnswer> {
  const received = site.clock()
  const isPersonal = isGranted(consent, 'preferences')
  const known = isPersonal ? jar.readVisitor() : undefined
  const marked = isPersonal && site.behaviour !== undefined ? jar.readProgram() : undefined
  const visitor = isPersonal ? (known ?? marked ?? jar.createVisitor(seedOf(batch.events))) : undefined
  const suspect = { visitor, isMarked: marked !== undefined, consent, received }
  const program = programOf(site, request.headers.get('user-agent'), batch, suspect)
  const { sent } = batch
  const page = request.headers.get('referer') ?? undefined
  const since = known === undefined ? sinceOf(request, jar, received) : jar.readLeft(received)
  const sender = { consent, program, page, sent, received, since }
  const judged = judgeEvents(batch.events, batch.problems, sender, site.asked)
  if (site.watch !== undefined) hearEvents(site.watch, batch, judged, received)
  const session = isPersonal ? readSession(jar.get(SESSION_COOKIE), received) : undefined
  const pin = known === undefined ? undefined : jar.readPin(known)
  const question = { context: contextOf(site, request, batch, session), consent, now: received, visitor }
  const pinOf = (placement: string) => (pin === undefined ? undefined : own(pin, placement))
  const decisionOf = (placement: string, before: Profile | null): Decision | undefined =>
    decideOne(site, question, placement, before)
  let kept: Kept
  try {
    kept = await keepEvents(site, judged, { consent, visitor, sent, pinOf, decisionOf }, received)
  } catch (error) {
    site.onError(error, 'append')
    return answerLater(1 + (site.randomBytes(1)[0]! % 3), batch.events.length)
  }
  const { accepted, duplicates, rejected } = kept
  const counts = { accepted, duplicates, rejected }
  const asks = askedPlacementsOf(request)
  if (kept.isMoved) {
    // A device that signed in has another cookie by now; who still has this one may be somebody else.
    if (asks !== undefined) return answerBatch({ ...counts, ends: true }, [])
    return answerBatch(counts, isSettled(kept.movedAt, received) ? jar.forgetChosen() : [])
  }
  if (kept.isErased) return answerBatch(counts, jar.letGo(received))
  if (visitor === undefined) return answerBatch(counts, jar.forget(isGranted(consent, 'statistics')))
  // The mark that says so ends as it was written: nobody who goes on calling is one for ever.
  if (program === 'earlier') return answerBatch(counts, jar.forgetChosen())
  if (program !== undefined && program !== 'user-agent') return answerBatch(counts, jar.writeProgram(visitor))
  const mayTell = request.headers.get(ASK_HEADER) === 'visitor'
  const isLate = kept.profile === null && asks !== undefined && accepted + duplicates > 0
  // Over a socket nothing else waits, and without its profile a page would not hear what this batch changed.
  const profile = isLate ? await loadLate(site, visitor) : kept.profile
  if (profile === null) {
    // Taken in, yet not known in time: the token that the visitor has lacks this batch at most, and is better than none.
    const isKept = accepted + duplicates > 0
    const tells = mayTell && (isKept || known !== undefined)
    const cookies = isKept && asks === undefined ? jar.writeVisitor(visitor) : []
    return answerBatch(tells ? { ...counts, visitor } : counts, cookies)
  }
  const answer = mayTell ? { ...counts, visitor } : counts
  const readBefore = () => kept.readBefore() ?? emptyProfile(site.compiled.plan)
  const mayChange = judged.taken.some(({ event }) => site.heard.has(event.name))
  const live = asks && mayChange ? liveQuestion(site, question, profile, asks.placements) : undefined
  if (live !== undefined) site.tellStill(live.still)
  const isUntold = (placement: string): boolean =>
    site.contextual.has(placement) && live?.answered.includes(placement) !== true
  const changed = mayChange
    ? changedPlacements({
        ...site,
        ...{ isUntold, pin: pin ?? {}, readBefore, after: profile },
        question: live?.question ?? question,
      })
    : []
  const told = {
    ...answer,
    ...(changed.length === 0 ? {} : { changed }),
    ...(live === undefined ? {} : { decisions: decideAsked(site.compiled, live), upTo: newestMark(profile) }),
  }
  const cookies = [
    // A socket sets none; its page asks for these apart.
    ...(asks === undefined
      ? [...jar.writeVisitor(visitor), ...jar.writeToken(visitor, profile, received, batch.utcOffset)]
      : []),
    ...(pin === undefined || changed.length === 0 ? [] : jar.writePin(visitor, pin, changed)),
  ]
  return answerBatch(told, cookies)
}

async function loadLate({ store, compiled, onError }: Site, visitor: string): Promise<Profile | null> {
  try {
    return await store.load(visitor, compiled.plan)
  } catch (error) {
    onError(error, 'load-late')
    return null
  }
}

// Since when this browser is nobody's. What a page sends while it is left was done by whoever signed out there.
function sinceOf({ headers }: Request, jar: CookieJar, now: number): number | undefined {
  const left = jar.readLeft(now)
  const isLeaving = headers.get('content-type')?.startsWith('text/plain') === true
  return left !== undefined && isLeaving ? Number.POSITIVE_INFINITY : left
}

interface Sending {
  readonly visitor: string | undefined
  /** A cookie of ours says that it was a program lately. */
  readonly isMarked: boolean
  readonly consent: Consent
  readonly received: number
}

function programOf(
  { behaviour, asked }: Site,
  userAgent: string | null,
  batch: Batch,
  { visitor, isMarked, ...rest }: Sending,
): ProgramSign | undefined {
  if (isBot(userAgent)) return 'user-agent'
  if (isMarked) return 'earlier'
  if (behaviour === undefined || visitor === undefined) return undefined
  return findProgram(behaviour, batch, { visitor, events: asked.events, ...rest })
}

// Nobody knows how many events it would have been. What no erase would find by its visitor is not kept.
async function countRefusal(
  site: Site,
  { error: reason }: RequestRefusal,
  visitor: string | undefined,
  content: string,
): Promise<void> {
  const kept = visitor === undefined ? { event: '' } : { event: site.redactor.raw(content), visitor }
  try {
    await site.store.reject([{ reason, time: site.clock(), ...kept }])
  } catch (failure) {
    site.onError(failure, 'reject')
  }
}
