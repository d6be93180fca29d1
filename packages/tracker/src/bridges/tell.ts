import { safely } from '../safely.ts'
import type { Traits } from '../traits/encode-traits.ts'

/** What hears an event: the tracker's `track`, or whatever stands in for it. */
export type Hear = (name: string, properties: object) => unknown

type Call = readonly [name: string, properties: object]
/** The tracker, or what notes calls for it. */
interface Stub {
  readonly q?: Call[]
  /** Traits of `identify` from before attune-traits.js came. */
  readonly i?: Traits[]
  track?: (...call: Call) => unknown
}

// What a page says before attune.js comes; without it nothing is ever heard, and this is all that is kept.
const MOST_NOTED = 100

/** Tells `window.attune`; before it has come, what it will be told is noted in its stub. */
export function tellPage(window: Window & typeof globalThis): Hear {
  return (name, properties) => safely(() => stubOf(window).track?.(name, properties))
}

/** What the page has as `window.attune`: the tracker, or a stub that will become it. */
export function stubOf(window: Window & typeof globalThis): Stub {
  const page = window as { attune?: Stub }
  page.attune ??= createStub()
  return page.attune
}

function createStub(): Stub {
  const q: Call[] = []
  return {
    q,
    track: (...call) => {
      if (q.length < MOST_NOTED) q.push(call)
    },
  }
}
