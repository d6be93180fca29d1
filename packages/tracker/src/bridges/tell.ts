import { safely } from '../safely.ts'

/** What hears an event: the tracker's `track`, or whatever stands in for it. */
export type Hear = (name: string, properties: object) => unknown

type Call = readonly [name: string, properties: object]
interface Stub {
  readonly q?: Call[]
  track?: (...call: Call) => unknown
}

// What a page says before attune.js comes; without it nothing is ever heard, and this is all that is kept.
const MOST_NOTED = 100

/** Tells `window.attune`; before it has come, what it will be told is noted in its stub. */
export function tellPage(window: Window & typeof globalThis): Hear {
  const page = window as { attune?: Stub }
  return (name, properties) =>
    safely(() => {
      page.attune ??= createStub()
      return page.attune.track?.(name, properties)
    })
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
