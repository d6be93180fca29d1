import { compileWhere } from '../condition/where.ts'
import { addToBucket } from './buckets.ts'
import { POINTS } from './decay.ts'
import type { Fold, Mutable } from './fold.ts'
import type { Bucket, ScoreSignal, ScoreState } from './signal.ts'

interface Work {
  readonly buckets: Bucket[]
  readonly since: number | undefined
}

/** Adds the points of every entry that an event matches. */
export function foldScore(signal: ScoreSignal): Fold<ScoreState, Work> {
  const entries = signal.points.map(({ event, where, points }) => ({
    name: event,
    points,
    matches: compileWhere(where) ?? (() => true),
  }))
  return {
    open: ({ buckets, since }) => ({ buckets: [...buckets], since }),
    add: ({ buckets }, event) => {
      let points = 0
      for (const entry of entries) {
        if (entry.name === event.name && entry.matches(event.properties)) points += entry.points
      }
      if (points > 0) addToBucket(buckets, Math.floor(event.seconds / signal.bucket), points, POINTS)
    },
    close: ({ buckets, since }) => {
      const state: Mutable<ScoreState> = { buckets }
      if (since !== undefined) state.since = since
      return state
    },
  }
}
