import type { IntakeStore, ProfileReader, Quarantine, RehearsingStore } from '../profile-store.ts'
import type { TellsKeys } from '../standing-keys.ts'
import { StoreBusyError, StoreWriteError } from '../store-error.ts'
import type { VisitorMerging } from '../visitor-merging.ts'
import type { VisitorRights } from '../visitor-rights.ts'
import { histogramOf, type MetricSink, type MetricSpec } from './metric.ts'

// Whatever a store may be asked that waits for the store; what is missing here does not compile.
type Operation = Exclude<
  keyof (RehearsingStore & IntakeStore & Quarantine & VisitorRights & VisitorMerging & TellsKeys),
  'close'
>
const ASKED: { readonly [operation in Operation]: true } = {
  absorbedBy: true,
  append: true,
  dropRejected: true,
  erase: true,
  exportVisitor: true,
  listRejected: true,
  load: true,
  mergeVisitor: true,
  rehearse: true,
  reject: true,
  rejectedCounts: true,
  standingKeys: true,
  sweep: true,
}
const OPERATIONS: readonly string[] = Object.keys(ASKED)

/** How long a store took. */
export const STORE_DURATION: MetricSpec = {
  name: 'attune.store.duration',
  kind: 'histogram',
  unit: 's',
  description: 'How long the store took.',
  attributes: {
    'db.system.name': 'as you name it: redis, sqlite …',
    'db.operation.name': OPERATIONS,
    'error.type': ['busy', 'write', 'other'],
  },
}

/** Where to tell, and what of. */
export interface ObservedStoreOptions {
  readonly meter: MetricSink
  /** The kind of store, such as `redis` or `sqlite`. */
  readonly system: string
  /** Milliseconds that never go back. Default `performance.now`. */
  readonly clock?: (() => number) | undefined
}

/** A store, or a reader, that tells how long each question took; it answers as the one given does. */
export function observeStore<Store extends ProfileReader>(
  store: Store,
  options: ObservedStoreOptions,
): Store {
  const { meter, system, clock = () => performance.now() } = options
  const durations = histogramOf(meter, STORE_DURATION)
  // What is not observed is the store's own.
  const observed = Object.create(store)
  for (const operation of OPERATIONS) {
    const ask: unknown = Reflect.get(store, operation)
    if (typeof ask !== 'function') continue
    observed[operation] = async (...args: readonly unknown[]) => {
      const begun = clock()
      const tell = (error?: unknown): void =>
        durations.record((clock() - begun) / 1000, {
          'db.system.name': system,
          'db.operation.name': operation,
          ...(error === undefined ? {} : { 'error.type': kindOf(error) }),
        })
      try {
        const answer: unknown = await ask.apply(store, args)
        tell()
        return answer
      } catch (error) {
        tell(error ?? 'other')
        throw error
      }
    }
  }
  return observed
}

function kindOf(error: unknown): string {
  if (error instanceof StoreBusyError) return 'busy'
  return error instanceof StoreWriteError ? 'write' : 'other'
}
