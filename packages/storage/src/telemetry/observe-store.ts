import type { ProfileReader } from '../profile-store.ts'
import { StoreBusyError, StoreWriteError } from '../store-error.ts'
import { histogramOf, type MetricSink, type MetricSpec } from './metric.ts'

const OPERATIONS = ['append', 'load', 'reject', 'rejectedCounts', 'rehearse', 'sweep'] as const

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
