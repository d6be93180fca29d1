import type { Signal, SignalState } from './signal.ts'

/** The state of a signal that heard nothing. */
export function emptyState(signal: Signal): SignalState {
  switch (signal.kind) {
    case 'times':
      return { times: [] }
    case 'total':
      return { total: 0 }
    case 'ring':
      return { buckets: [] }
    case 'distinct':
    case 'interest':
      return { values: [] }
  }
}
