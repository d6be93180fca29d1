import { adoptPlan, type Profile, type SignalPlan } from '@attune/core'
import { ERASED, isThere, toRow, type VisitorRow } from '../commands/read-visitor.ts'
import { READ } from '../commands/scripts.ts'
import { storeKeys } from '../commands/store-keys.ts'
import { historyOf } from '../commands/visitor-history.ts'
import type { ProfileReader } from '../profile-store.ts'
import { readProfile } from './profile-text.ts'
import { createUpstashRest, resultOf, strange } from './upstash-rest.ts'

export interface UpstashReaderOptions {
  /** The REST URL of the database: `UPSTASH_REDIS_REST_URL`. */
  readonly url: string | undefined
  /** A REST token of the database; the read-only one is enough. */
  readonly token: string | undefined
  /** As the store that writes has it. Default `default`. */
  readonly site?: string | undefined
  /** Milliseconds after which a request is given up; the edge shows the baseline sooner. Default 100. */
  readonly timeout?: number | undefined
  /** Default: the platform's own. */
  readonly fetch?: typeof fetch | undefined
}

const FROM = 'createUpstashReader'

/**
 * Reads the profiles that `createUpstashStore` keeps, for hosts that decide: one request a profile, whatever plan it was
 * folded for, answered by the nearest region. A region may lag behind a moment; the visitor token, which the collector
 * answers, does not. Needs nothing but `fetch`.
 * @throws when the URL or the token cannot be one.
 */
export function createUpstashReader(options: UpstashReaderOptions): ProfileReader {
  const { url, token, site = 'default', timeout = 100, fetch } = options
  const rest = createUpstashRest(FROM, { url, token, timeout, fetch, readYourWrites: false, again: true })
  const keys = storeKeys(site)
  return {
    load: async (visitor, plan) => {
      const { profile, recent, settled } = keys.visitor(visitor)
      // Whole and not by its hash, which the service may not know; and as one that writes nothing, which any region answers.
      const words = ['EVAL_RO', READ.source, 4, profile, recent, settled, keys.plans, plan.id, 0]
      return readAnswer(resultOf(FROM, await rest.command(words)), plan)
    },
  }
}

function readAnswer(reply: unknown, plan: SignalPlan): Profile | null {
  if (!isRow(reply)) throw strange(FROM)
  try {
    const row = toRow(reply, [])
    return isThere(row) ? profileOf(row, plan) : null
  } catch {
    throw strange(FROM)
  }
}

// What answers in the place of a database may be anything; that it is what we wrote, nobody signed.
function isRow(reply: unknown): boolean {
  if (!Array.isArray(reply)) return false
  return (
    reply.length === 0 ||
    (reply.length === 1 && reply[0] === ERASED) ||
    (reply.length === 3 && reply[0] === 'moved') ||
    (reply.length > 5 && reply.slice(0, 5).every((part) => typeof part === 'string'))
  )
}

function profileOf(row: VisitorRow, plan: SignalPlan): Profile {
  if (row.plan === plan.id) return readProfile(row.profile, plan)
  if (row.rest === undefined) throw new TypeError('The script answers the rest of a profile of another plan.')
  const text = row.rest.plan
  const from: SignalPlan | undefined = text === null ? undefined : JSON.parse(text)
  const { history, recent } = historyOf(row, from, plan)
  return adoptPlan(history, plan, () => recent).history.profile
}
