import type { Answered } from './ask.ts'
import type { GridCache } from './caches.ts'
import { breaksNext } from './known-faults.ts'
import type { Mutation } from './mutations.ts'
import { askingOf, type Oracle } from './oracle.ts'
import type { GridVisitor, GridVisitors } from './visitors.ts'

/** A grid of one cache. */
export interface GridOptions {
  readonly cache: GridCache
  readonly oracle: Oracle
  readonly visitors: GridVisitors
  readonly mutations: readonly Mutation[]
  /** What else is wrong with an answer; nothing by default. */
  readonly complain?: (mutation: Mutation, answer: Answered) => readonly string[]
}

/** What became of it. */
export interface GridFigures {
  readonly requests: number
  /** Status class (`2xx`) → how many answers to mutated requests. */
  readonly answers: { readonly [status: string]: number }
  /** How many answers of 500 are Next.js's own fault; see `breaksNext`. */
  readonly knownFaults: number
  /** One sentence for each answer that is wrong. */
  readonly wrong: readonly string[]
}

// As many at a time, so that the visitors' requests lie between one another's.
const LANES = 12

/**
 * Sends every mutation through a cache as one of two visitors and as nobody, and between them the same pages as the other
 * visitor asks for them plainly.
 */
export async function runGrid({
  cache,
  oracle,
  visitors,
  mutations,
  complain = () => [],
}: GridOptions): Promise<GridFigures> {
  const wrong: string[] = []
  const answers: Record<string, number> = {}
  let requests = 0
  let knownFaults = 0

  // Also a baseline: it is what one visitor is shown.
  const keptWrongly = (answer: Answered): string | undefined =>
    cache.wasStored(answer) && answer.body.includes('data-attune-variant')
      ? 'was kept by the cache'
      : undefined

  async function send(visitor: GridVisitor, mutation: Mutation): Promise<void> {
    requests++
    const answer = await cache.ask(askingOf(visitor, mutation))
    const kind = `${Math.floor(answer.status / 100)}xx`
    answers[kind] = (answers[kind] ?? 0) + 1
    if (answer.status === 500 && breaksNext(mutation) && !cache.wasStored(answer)) {
      knownFaults++
      return
    }
    const said = [
      await oracle.judge(visitor, mutation, answer),
      keptWrongly(answer),
      ...complain(mutation, answer),
    ]
    for (const complaint of said)
      if (complaint !== undefined) wrong.push(`${visitor.name} ${describe(mutation)}: ${complaint}`)
  }

  async function sendPlain(visitor: GridVisitor, path: string, after: Mutation): Promise<void> {
    requests++
    const answer = await cache.ask({ path, headers: visitor.headers })
    const complaint = oracle.judgePlain(visitor, path, answer) ?? keptWrongly(answer)
    if (complaint !== undefined)
      wrong.push(`${visitor.name} at ${path} after ${describe(after)}: ${complaint}`)
  }

  async function runLane(lane: number): Promise<void> {
    for (let at = lane; at < mutations.length; at += LANES) {
      const mutation = mutations[at]!
      const [one, other] =
        at % 2 === 0 ? [visitors.hiker, visitors.climber] : [visitors.climber, visitors.hiker]
      await send(one, mutation)
      await send(visitors.nobody, mutation)
      await sendPlain(other, mutation.target, mutation)
      await sendPlain(visitors.nobody, mutation.target, mutation)
    }
  }

  await Promise.all(Array.from({ length: LANES }, (_, lane) => runLane(lane)))
  return { requests, answers, knownFaults, wrong }
}

function describe({ method, path, headers }: Mutation): string {
  const said = headers.map(([name, value]) => `${name}: ${value.slice(0, 80)}`).join(', ')
  return `${method} ${path.slice(0, 160)}${said === '' ? '' : ` {${said}}`}`
}
