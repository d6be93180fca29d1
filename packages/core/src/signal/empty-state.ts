import { isExtreme } from './ring.ts'
import type { Signal, SignalState } from './signal.ts'

/** The state of a signal that heard nothing. */
export function emptyState(signal: Signal): SignalState {
  switch (signal.kind) {
    case 'times':
      return { times: [] }
    case 'total':
      return { total: isExtreme(signal.take) ? null : 0 }
    case 'ring':
    case 'score':
      return { buckets: [] }
    case 'distinct':
    case 'interest':
      return { values: [] }
    case 'periods':
      return { periods: [] }
    case 'chain':
      return { chains: signal.steps.map(() => null) }
    case 'touch':
      return {}
  }
}
