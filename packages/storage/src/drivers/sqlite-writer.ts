import type { SignalPlan } from '@attune/core'
import { type Connection, toError } from './sqlite-connection.ts'
import type { AppendAnswer, Outcome, Write } from './sqlite-messages.ts'

/** Gathers writes into groups. */
export interface Writer {
  /** Resolves when the write is on the disk. */
  write(write: Write, plan?: SignalPlan): Promise<AppendAnswer | null>
}

interface Pending {
  readonly write: Write
  readonly plan: SignalPlan | undefined
  readonly resolve: (answer: AppendAnswer | null) => void
  readonly reject: (error: unknown) => void
}

// A group is one transaction: with more than these, the last of them would wait too long.
const MAX_GROUP = 256
// What waits longer than a disk in trouble needs is refused at once: its sender keeps it and comes again.
const MAX_PENDING = 2_000

/**
 * Creates a writer. What arrives in one turn of the event loop, or while the group before is being committed, goes
 * together: one wait for the disk serves them all, and a lone write waits for nobody.
 */
export function createWriter({ ask }: Connection): Writer {
  let pending: Pending[] = []
  let busy = false

  const flush = async () => {
    const group = pending.slice(0, MAX_GROUP)
    pending = pending.slice(MAX_GROUP)
    const plans = new Set(group.flatMap(({ plan }) => (plan === undefined ? [] : [plan])))
    try {
      const outcomes = await ask('write', { writes: group.map(({ write }) => write) }, [...plans])
      group.forEach(({ resolve, reject }, place) => {
        settle(outcomes[place]!, resolve, reject)
      })
    } catch (error) {
      // The disk is in trouble: whoever waits behind would wait for nothing.
      const refused = [...group, ...pending]
      pending = []
      for (const { reject } of refused) reject(error)
    }
    busy = pending.length > 0
    if (busy) flush()
  }

  return {
    write: (write, plan) =>
      new Promise((resolve, reject) => {
        if (pending.length >= MAX_PENDING) {
          return reject(toError({ code: 'busy', message: `${MAX_PENDING} writes wait already` }))
        }
        pending.push({ write, plan, resolve, reject })
        if (busy) return
        busy = true
        setImmediate(flush)
      }),
  }
}

function settle(outcome: Outcome, resolve: Pending['resolve'], reject: Pending['reject']): void {
  if (outcome.ok) resolve(outcome.answer)
  else reject(toError(outcome.failure))
}
