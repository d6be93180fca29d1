import type { BehaviourRules, ProgramReason } from './behaviour-rules.ts'

const MINUTE = 60_000
// Two page views so near each other in distance from their neighbours are equally far: a share of it, or milliseconds.
const EVEN_SHARE = 0.02
const EVEN_MS = 20

/** What one event says about who made it. */
export type Sort = 'page' | 'act' | 'sign' | 'act-sign' | 'other'

/** How visitors behaved lately, by the number of their place: 33 bytes each. */
export interface BehaviourStates {
  /** Forgets whoever had the place before. */
  clear(slot: number): void
  /** Hears of an event at `time`, milliseconds; says why it can be no person's, if so. `asksSigns`: signs of a person would have been sent. */
  hear(slot: number, sort: Sort, time: number, asksSigns: boolean): ProgramReason | undefined
}

/** Creates the states of `size` places. */
export function createBehaviourStates(size: number, rules: BehaviourRules): BehaviourStates {
  const pages = createStreaks(size, rules.pageGap)
  const acts = createStreaks(size, rules.actGap)
  const gaps = new Float32Array(size)
  const evenRuns = new Uint8Array(size)
  const unsigned = new Uint16Array(size)

  function hearPage(slot: number, time: number, asksSigns: boolean): ProgramReason | undefined {
    const gap = time - pages.last(slot)
    const isEven = Math.abs(gap - gaps[slot]!) <= Math.max(EVEN_MS, EVEN_SHARE * gap)
    evenRuns[slot] = isEven && gap > 0 ? Math.min(255, evenRuns[slot]! + 1) : 0
    gaps[slot] = gap
    unsigned[slot] = Math.min(65_535, unsigned[slot]! + 1)
    pages.hear(slot, time)
    if (pages.lately(slot) > rules.pagesPerMinute) return 'rate'
    if (pages.run(slot) >= rules.pageRun || evenRuns[slot]! >= rules.evenRun) return 'timing'
    const isBlind = rules.pagesWithoutSign > 0 && unsigned[slot]! >= rules.pagesWithoutSign
    return asksSigns && isBlind ? 'no-focus' : undefined
  }

  function hearAct(slot: number, time: number): ProgramReason | undefined {
    acts.hear(slot, time)
    if (acts.lately(slot) > rules.actsPerMinute) return 'rate'
    return acts.run(slot) >= rules.actRun ? 'timing' : undefined
  }

  return {
    clear: (slot) => {
      pages.clear(slot)
      acts.clear(slot)
      gaps[slot] = 0
      evenRuns[slot] = 0
      unsigned[slot] = 0
    },
    hear: (slot, sort, time, asksSigns) => {
      if (sort === 'sign' || sort === 'act-sign') {
        unsigned[slot] = 0
        evenRuns[slot] = 0
      }
      if (sort === 'page') return hearPage(slot, time, asksSigns)
      return sort === 'act' || sort === 'act-sign' ? hearAct(slot, time) : undefined
    },
  }
}

interface Streaks {
  clear(slot: number): void
  hear(slot: number, time: number): void
  last(slot: number): number
  /** How many in a row came within the gap. */
  run(slot: number): number
  /** About how many there were in the minute before the last: the last whole minute counts by the share of it that is in. */
  lately(slot: number): number
}

function createStreaks(size: number, gap: number): Streaks {
  const lasts = new Float64Array(size)
  const runs = new Uint8Array(size)
  const now = new Uint16Array(size)
  const before = new Uint16Array(size)

  function count(slot: number, time: number): void {
    const minutes = Math.floor(time / MINUTE) - Math.floor(lasts[slot]! / MINUTE)
    if (minutes > 0) {
      before[slot] = minutes === 1 ? now[slot]! : 0
      now[slot] = 0
    }
    now[slot] = Math.min(65_535, now[slot]! + 1)
  }

  return {
    clear: (slot) => {
      lasts[slot] = 0
      runs[slot] = 0
      now[slot] = 0
      before[slot] = 0
    },
    hear: (slot, time) => {
      count(slot, time)
      // What comes late says nothing about how fast things followed each other; what comes at once may be one press that did several things.
      if (time <= lasts[slot]!) return
      runs[slot] = time - lasts[slot]! <= gap ? Math.min(255, runs[slot]! + 1) : 0
      lasts[slot] = time
    },
    last: (slot) => lasts[slot]!,
    run: (slot) => runs[slot]!,
    lately: (slot) => now[slot]! + before[slot]! * (1 - (lasts[slot]! % MINUTE) / MINUTE),
  }
}
