import type { AttuneEvent, Profile, SignalPlan } from '@attune/core'
import { afterEach, beforeEach } from 'vitest'
import type { AppendResult, RehearsingStore } from '../profile-store.ts'
import type { VisitorMerging } from '../visitor-merging.ts'
import type { VisitorRights } from '../visitor-rights.ts'
import { PLAN } from './builders.ts'

/** What the suite asks of a store. */
export type SuiteStore = RehearsingStore & VisitorRights & VisitorMerging

/** A fresh, empty store, and how to go on with what it kept. */
export interface ContractSubject {
  readonly store: SuiteStore
  /** Opens again what a closed store kept; missing for stores that keep nothing. */
  readonly reopen?: () => Promise<SuiteStore>
  /** Cleans up after the test; the stores are closed by then. */
  readonly dispose?: () => Promise<void>
  /** What the store calls a visitor in its answers, where that is not the id. */
  readonly nameOf?: (visitor: string) => string
}

/** The store of the test that runs, and what the tests of the contract ask of it. */
export interface AskedStore {
  readonly store: SuiteStore
  readonly mayReopen: boolean
  readonly nameOf: (visitor: string) => string
  readonly reopen: () => Promise<void>
  readonly add: (events: readonly AttuneEvent[], visitor?: string, plan?: SignalPlan) => Promise<AppendResult>
  readonly addAll: (batches: readonly (readonly AttuneEvent[])[]) => Promise<Profile | null>
}

/** Gives each test of the suite around it a store of its own. */
export function askEachTime(create: () => Promise<ContractSubject>): AskedStore {
  let subject: ContractSubject
  let store: SuiteStore
  beforeEach(async () => {
    subject = await create()
    store = subject.store
  })
  afterEach(async () => {
    await store.close()
    await subject.dispose?.()
  })
  const add: AskedStore['add'] = (events, visitor = 'v', plan = PLAN) =>
    store.append({ visitor, events, plan })
  return {
    get store() {
      return store
    },
    get mayReopen() {
      return subject.reopen !== undefined
    },
    nameOf: (visitor) => subject.nameOf?.(visitor) ?? visitor,
    reopen: async () => {
      store = await subject.reopen!()
    },
    add,
    addAll: async (batches) => {
      for (const batch of batches) await add(batch)
      return store.load('v', PLAN)
    },
  }
}

/** What became of each id of a batch, without the profiles. */
export function sorted({
  accepted,
  duplicates,
  conflicts,
}: AppendResult): Omit<AppendResult, 'before' | 'profile'> {
  return { accepted, duplicates, conflicts }
}
