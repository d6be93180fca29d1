import { createHash } from 'node:crypto'
import type { Answered, Asker, Asking } from './ask.ts'
import { type Mutation, TARGETS } from './mutations.ts'
import { askPlainly, type GridVisitor, type GridVisitors } from './visitors.ts'

/** Says what is wrong with an answer; undefined when nothing is. */
export type Judge = (
  visitor: GridVisitor,
  mutation: Mutation,
  answer: Answered,
) => Promise<string | undefined>

/** What everybody is shown at each page, learnt from clean requests to the shop itself. */
export interface Oracle {
  /** For a request as a browser sends it: the very bytes. */
  readonly judgePlain: (visitor: GridVisitor, path: string, answer: Answered) => string | undefined
  readonly judge: Judge
  /** How many answers were compared with what the shop itself says to the same request, not with a page. */
  readonly compared: () => number
}

/** Learns from `shop`, which no cache stands before. */
export async function createOracle(shop: Asker, visitors: GridVisitors): Promise<Oracle> {
  const everybody = Object.values(visitors) as readonly GridVisitor[]
  const pages = new Map<string, string>()
  for (const visitor of everybody)
    for (const path of TARGETS) pages.set(keyOf(visitor, path), hash(await askPlainly(shop, visitor, path)))
  let compared = 0

  const isPageOf = (visitor: GridVisitor, path: string, answer: Answered): boolean =>
    pages.get(keyOf(visitor, path)) === hash(answer.body)

  // A cache may have read another path of the request, and packed the page as somebody else wanted it.
  const isPartOf = async (
    of: readonly GridVisitor[],
    { target }: Mutation,
    answer: Answered,
  ): Promise<boolean> => {
    for (const { headers } of of)
      for (const coding of ['identity', 'gzip']) {
        const whole = await shop.ask({ path: target, headers: [...headers, ['Accept-Encoding', coding]] })
        if (whole.wire.includes(answer.wire)) return true
      }
    return false
  }

  const foreign = (visitor: GridVisitor, { headers, body }: Answered): string | undefined => {
    const text = `${[...headers].join('\n')}\n${body.toString('latin1')}`
    const others = everybody.filter((other) => other !== visitor)
    return others.flatMap(({ own }) => own).find((mark) => text.includes(mark))
  }

  const judgePlain: Oracle['judgePlain'] = (visitor, path, answer) => {
    if (answer.status === 200 && isPageOf(visitor, path, answer)) return undefined
    return `${answer.status}, and not the page of ${visitor.name}: ${excerpt(answer)}`
  }

  const judge: Judge = async (visitor, mutation, answer) => {
    if (answer.status >= 500) return judgeFailure(visitor, mutation, answer)
    const mark = foreign(visitor, answer)
    if (mark !== undefined) return `shows ${mark.slice(0, 60)}, which is another's`
    if (answer.status >= 400) return undefined
    if (answer.status >= 300) return wrongRedirect(answer, mutation)
    if (mutation.method === 'HEAD' && answer.body.length === 0) return undefined
    if (isPageOf(visitor, mutation.target, answer)) return undefined
    if (isPageOf(visitors.nobody, mutation.target, answer)) return undefined
    if (answer.status === 206 && (await isPartOf([visitor, visitors.nobody], mutation, answer)))
      return undefined
    // Data of a page, a part of it, another page: what the shop itself answers, with nothing in between.
    compared++
    const direct = await shop.ask(
      answer.status === 206 ? unconditional(visitor, mutation) : askingOf(visitor, mutation),
    )
    if (answer.status === 206 && direct.wire.includes(answer.wire)) return undefined
    if (direct.status === answer.status && hash(direct.body) === hash(answer.body)) return undefined
    return `is neither a page of ${visitor.name} nor what the shop itself says (${direct.status}): ${excerpt(answer)}`
  }

  const judgeFailure: Judge = async (visitor, mutation, answer) => {
    const { status } = await shop.ask(askingOf(visitor, mutation))
    return `status ${answer.status} (the shop: ${status}): ${excerpt(answer)}`
  }

  return { judgePlain, judge, compared: () => compared }
}

/** A mutation as a visitor sends it. */
export function askingOf(visitor: GridVisitor, { method, path, headers, body }: Mutation): Asking {
  const replaced = headers.map(([name]) => name.toLowerCase())
  const own = visitor.headers.filter(([name]) => !replaced.includes(name.toLowerCase()))
  return { method, path, headers: [...own, ...headers], ...(body === undefined ? {} : { body }) }
}

// A cache answers these itself of what it has.
function unconditional(visitor: GridVisitor, mutation: Mutation): Asking {
  const { headers = [], ...rest } = askingOf(visitor, mutation)
  return { ...rest, headers: headers.filter(([name]) => !/^(?:if-|range)/i.test(name)) }
}

function wrongRedirect(answer: Answered, { path }: Mutation): string | undefined {
  const to = answer.headers.get('location')
  if (answer.status === 304 || to === undefined) return undefined
  const [code] = /v1~[\w~-]*/.exec(to) ?? []
  // Next.js mends the spelling of a path, and of whoever knew the code it is no secret.
  if (code !== undefined && !path.includes(code)) return `redirects to a code: ${to}`
  // A path of this site; never whom the request named.
  return /^\/(?![/\\])/.test(to) ? undefined : `redirects to ${to}`
}

const keyOf = (visitor: GridVisitor, path: string): string => `${visitor.name} ${path}`
const hash = (body: Buffer): string => createHash('sha1').update(body).digest('base64')
const excerpt = ({ body }: Answered): string => JSON.stringify(body.toString('latin1').slice(0, 160))
