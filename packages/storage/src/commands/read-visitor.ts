import type { AttuneEvent, SignalPlan } from '@attune/core'
import type { KeptEvent } from '../kept-event.ts'
import { readEventText } from './event-text.ts'
import type { RedisCommands } from './redis-commands.ts'
import { READ } from './scripts.ts'
import type { VisitorKeys } from './store-keys.ts'

/** What tells a repetition from a conflict. */
type Known = Pick<KeptEvent, 'name' | 'properties'>

/** A visitor as the store has it. */
export interface VisitorRow {
  /** Changes with every write. */
  readonly version: string
  /** Id of the plan that the profile was folded for. */
  readonly plan: string
  readonly profile: string
  /** How many recent events there must be. */
  readonly count: number
  /** When the oldest kept event was, milliseconds; empty when none is kept. */
  readonly oldest: string
  /** Those of the ids asked about that are known. */
  readonly known: ReadonlyMap<string, Known>
  /** What folding in order under the same plan does not need; missing when it was not asked for. */
  readonly rest?: VisitorRest
}

/** The part of a visitor that a change of the plan, or an event out of order, needs. */
export interface VisitorRest {
  /** `null` while the recent events are the whole history. */
  readonly base: string | null
  readonly recent: readonly AttuneEvent[]
  /** The plan's text; `null` when it has to be asked for. */
  readonly plan: string | null
}

/** Stands for a visitor who was erased. */
export const ERASED = 'erased'

/** Stands for a visitor who was merged into another one. */
export interface MovedRow {
  readonly into: string
  /** When, milliseconds; missing where it was not asked for. */
  readonly at?: number
}

/** Tells whether a visitor is there: neither unheard of, nor erased, nor merged into another one. */
export function isThere(row: VisitorRow | MovedRow | typeof ERASED | undefined): row is VisitorRow {
  return typeof row === 'object' && 'version' in row
}

/** What is asked of a visitor besides the profile. */
export interface VisitorQuestion {
  /** The plan that the profile is wanted for; missing: any. */
  readonly plan?: SignalPlan
  readonly ids?: readonly string[]
  /** Reads everything. Default: only when the profile was folded for another plan. */
  readonly whole?: boolean
}

/**
 * Reads a visitor in one step; `undefined` for a visitor nobody has heard of, `ERASED` for one who was erased. `plans` is the key of the plans, given where
 * one node holds all keys.
 */
export async function readVisitor(
  commands: RedisCommands,
  { profile, recent, settled }: VisitorKeys,
  plans: string | undefined,
  { plan, ids = [], whole = false }: VisitorQuestion,
): Promise<VisitorRow | MovedRow | typeof ERASED | undefined> {
  const keys = plans === undefined ? [profile, recent, settled] : [profile, recent, settled, plans]
  return toRow(await commands.run(READ, keys, [plan?.id ?? '', whole ? 1 : 0, ...ids]), ids)
}

/** Makes a row of what the script `READ` answered about `ids`. */
export function toRow(
  reply: unknown,
  ids: readonly string[],
): VisitorRow | MovedRow | typeof ERASED | undefined {
  // What our own script answers.
  const row = reply as
    | readonly []
    | readonly [typeof ERASED]
    | readonly ['moved', string]
    | readonly ['moved', string, at: string | null]
    | readonly [string, string, string, string, string, readonly (string | null)[], ...Rest]
  if (row.length === 0) return undefined
  if (row.length === 1) return ERASED
  if (row.length === 2) return { into: row[1] }
  if (row.length === 3) return row[2] === null ? { into: row[1] } : { into: row[1], at: Number(row[2]) }
  const [version, plan, profile, count, oldest, found, base, recent, planText] = row
  const known = ids.flatMap((id, at) => {
    const text = found[at] ?? null
    return text === null ? [] : [[id, toKnown(readEventText(id, text))] as const]
  })
  const light = { version, plan, profile, count: Number(count), oldest, known: new Map(known) }
  if (recent === undefined) return light
  return { ...light, rest: { base: base ?? null, recent: toEvents(recent), plan: planText ?? null } }
}

function toKnown({ name, properties }: AttuneEvent): Known {
  return { name, properties: JSON.stringify(properties) }
}

type Rest =
  | readonly [base?: undefined, recent?: undefined, planText?: undefined]
  | readonly [base: string | null, recent: readonly string[], planText: string | null]

/** Reads events of a hash, id → event. */
export function toEvents(pairs: readonly string[]): readonly AttuneEvent[] {
  const events: AttuneEvent[] = []
  for (let at = 0; at < pairs.length; at += 2) events.push(readEventText(pairs[at]!, pairs[at + 1]!))
  return events
}
