import { createBehaviour } from '../../src/bot/create-behaviour.ts'
import { isBot } from '../../src/bot/is-bot.ts'
import { blockOf } from '../../src/limit/address-block.ts'
import { createRandomBytes } from '../random.ts'
import { browserAgents } from './browser-agents.ts'

/** How many declared programs are known by their user agents, and how many browsers are taken for one. */
export interface AgentReport {
  readonly programs: number
  readonly missed: readonly string[]
  readonly browsers: number
  readonly wrong: readonly string[]
}

/** Tries lists of user agents of programs, as `[{ "instances": ["…"] }]`, beside those of browsers. */
export function tryAgents(entries: readonly { readonly instances?: readonly string[] }[]): AgentReport {
  const programs = entries.flatMap(({ instances = [] }) => instances)
  const browsers = browserAgents()
  return {
    programs: programs.length,
    missed: programs.filter((agent) => !isBot(agent)),
    browsers: browsers.length,
    wrong: browsers.filter(isBot),
  }
}

/** A page of an access log that was shown. */
export interface LoggedPage {
  readonly address: string
  readonly userAgent: string
  /** Milliseconds. */
  readonly time: number
}

/** What of a log's sessions were programs, by reason. */
export interface LogReport {
  readonly pages: number
  readonly blocks: number
  readonly sessions: number
  /** `user-agent` or a reason of behaviour → sessions. */
  readonly programs: { readonly [reason: string]: number }
  /** The same in pages. */
  readonly programPages: { readonly [reason: string]: number }
}

const PAUSE = 30 * 60_000

/** Judges the pages of a log, in the order of their times; a visitor is an address with a user agent, a session ends with a pause of 30 minutes. */
export function tryLog(pages: readonly LoggedPage[]): LogReport {
  const behaviour = createBehaviour({ randomBytes: createRandomBytes(1) })
  const last = new Map<string, { time: number; session: number }>()
  const reasons: (string | undefined)[] = []
  const counts: number[] = []
  for (const { address, userAgent, time } of [...pages].sort((a, b) => a.time - b.time)) {
    const visitor = `${address} ${userAgent}`
    const before = last.get(visitor)
    const session =
      before !== undefined && time - before.time <= PAUSE ? before.session : reasons.push(undefined) - 1
    last.set(visitor, { time, session })
    counts[session] = (counts[session] ?? 0) + 1
    const seen = behaviour.judge(visitor, [{ name: 'page_view', time }], false, time)
    reasons[session] ??= isBot(userAgent) ? 'user-agent' : seen
  }
  const programs: Record<string, number> = {}
  const programPages: Record<string, number> = {}
  reasons.forEach((reason, session) => {
    if (reason === undefined) return
    programs[reason] = (programs[reason] ?? 0) + 1
    programPages[reason] = (programPages[reason] ?? 0) + (counts[session] ?? 0)
  })
  const blocks = new Set(pages.map(({ address }) => blockOf(address))).size
  return { pages: pages.length, blocks, sessions: reasons.length, programs, programPages }
}
