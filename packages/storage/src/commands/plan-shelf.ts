import type { SignalPlan } from '@attune/core'
import type { RedisCommands } from './redis-commands.ts'

/** The plans that profiles were folded for: without its plan nobody could read one. */
export interface PlanShelf {
  /** Keeps a plan before the first profile that names it. */
  keep(plan: SignalPlan): Promise<void>
  /** The plan of an id, from `text` when it is there already; `undefined` when the store lost it. */
  find(id: string, text: string | null): Promise<SignalPlan | undefined>
}

// A Redis that was emptied has lost them as well: each is said again after so many milliseconds.
const REPEAT = 60_000

/** Creates the shelf at a key; a plan never changes under its id. */
export function createPlanShelf(commands: RedisCommands, key: string): PlanShelf {
  const plans = new Map<string, SignalPlan>()
  const kept = new Map<string, number>()
  return {
    keep: async (plan) => {
      const now = performance.now()
      if (now - (kept.get(plan.id) ?? Number.NEGATIVE_INFINITY) < REPEAT) return
      await commands.pipeline([['HSETNX', key, plan.id, JSON.stringify(plan)]])
      kept.set(plan.id, now)
      plans.set(plan.id, plan)
    },
    find: async (id, text) => {
      const known = plans.get(id)
      if (known !== undefined) return known
      const found = text ?? (await commands.pipeline([['HGET', key, id]]))[0]
      if (typeof found !== 'string') return undefined
      const plan: SignalPlan = JSON.parse(found)
      plans.set(id, plan)
      return plan
    },
  }
}
